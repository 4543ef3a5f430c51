"""How many generated cases a test tries: enough of them in the suite, ten times as many under ``make soak``."""

from __future__ import annotations

import os

from hypothesis import settings

TIMES = int(os.environ.get("EXAMPLES", "1"))


def tried(count: int) -> settings:
    """So many examples in the suite, for a test whose examples take long; EXAMPLES=10 multiplies them."""
    return settings(deadline=None, max_examples=count * TIMES)
