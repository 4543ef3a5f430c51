"""What a page says of samples: made-up rows, values and targets are marked as such where they are drawn."""

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


def made_up_mark(*, is_row: bool = False) -> str:
    """The mark of a made-up value, or of a row that is made up as a whole; its meaning for the pointer."""
    kind = "row" if is_row else "value"
    words = escape(t(f"samples.{kind}_meaning"))
    return f'<i class="hx-made-up hx-made-up-{kind}" title="{words}">{escape(t(f"samples.{kind}"))}</i>'


def made_up_legend(*, rows: bool, values: bool) -> str:
    """What the marks that are drawn mean, in a line; nothing for none."""
    entries = [made_up_mark(is_row=True) + escape(t("samples.row_meaning"))] if rows else []
    entries += [made_up_mark() + escape(t("samples.value_meaning"))] if values else []
    return f'<p class="hx-legend">{"".join(f"<span>{each}</span>" for each in entries)}</p>' if entries else ""
