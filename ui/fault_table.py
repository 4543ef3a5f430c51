"""The lines of a pasted list or a file that cannot be taken, the same wherever many are recorded at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ui.formats import count
from ui.html import note
from ui.html_tables import Column, Row, plain_table
from ui.locale import language, t

MOST_FAULTS = 30


class Fault(Protocol):
    """A line that cannot be taken: its number (0 for the whole), what stands there, and why, in a language."""

    @property
    def line(self) -> int: ...

    @property
    def text(self) -> str: ...

    def message(self, language: str) -> str: ...


def fault_table(faults: Sequence[Fault]) -> str:
    """The lines that cannot be taken, with why, and how many more there are; empty for none."""
    if not faults:
        return ""
    columns = [
        Column("line", t("faults.line"), "number", width="52px"),
        Column("text", t("faults.text")),
        Column("why", t("faults.why")),
    ]
    rows: list[Row] = [
        {"line": count(each.line) if each.line else "", "text": each.text, "why": each.message(language())}
        for each in faults[:MOST_FAULTS]
    ]
    more = note(t("faults.more", count=count(len(faults) - MOST_FAULTS))) if len(faults) > MOST_FAULTS else ""
    return plain_table(columns, rows, is_compact=True) + more
