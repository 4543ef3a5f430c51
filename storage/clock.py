"""The one place that looks at the clock; everything else is given its dates."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

# The office's time, whatever the machine is set to; China has no summer time.
OFFICE_TIME = timezone(timedelta(hours=8))


def office_time() -> datetime:
    """Now, as the office's wall clock shows it, without a zone."""
    return datetime.now(OFFICE_TIME).replace(tzinfo=None, microsecond=0)
