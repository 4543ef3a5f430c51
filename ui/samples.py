"""What a page says of samples: made-up data and targets are named as such where they are drawn."""

from __future__ import annotations

from html import escape

from domain.scope import Record, Scope
from ui import reads
from ui.locale import t


def sample_words(scope: Scope, record: Record, *, shows_targets: bool, is_large: bool) -> str:
    """What a page's head says of samples, once, as HTML; empty for nothing.

    In large type the sidebar with its ribbon is closed, so that the head says it in its place; elsewhere it speaks of
    the year's targets alone, of which none is published (facts.md), on the pages that draw them.
    """
    if is_large and reads.sample_receipts(scope, record):
        return _line("head.samples")
    return _line("head.sample_targets") if shows_targets and reads.sample_targets(scope, record) else ""


def _line(key: str) -> str:
    return f'<p class="hx-rule hx-samples">{escape(t(key))}</p>'
