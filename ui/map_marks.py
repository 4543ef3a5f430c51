"""How projects and works look on the map: a shape, a colour and a word for each; never a colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import pandas as pd

from domain.grades import ATTENTION, BEHIND, ON_TRACK, SLIGHTLY, UNKNOWN
from domain.reasons import has_issue
from domain.submissions import INFRASTRUCTURE
from ui.locale import t
from ui.theme import GRADES, LIGHT, Palette

UNGRADED, WORK, WORK_BLOCKED = "ungraded", "work", "work_blocked"


@dataclass(frozen=True, slots=True)
class MapMark:
    """A sign in texts, plotly's symbol for it, and the grade whose colour it has; none for ink."""

    sign: str
    symbol: str
    grade: str | None = None

    def colour(self, palette: Palette) -> str:
        """Colour of the mark in a chart on the palette's ground."""
        if self.grade is None:
            return palette.text
        grade = GRADES[self.grade]
        return grade.colour if palette is LIGHT else grade.dark


# In the order in which a meeting looks at them.
MARKS = {
    BEHIND: MapMark("▲", "triangle-up", BEHIND),
    ATTENTION: MapMark("◆", "diamond", ATTENTION),
    SLIGHTLY: MapMark("◆", "diamond", SLIGHTLY),
    WORK_BLOCKED: MapMark("▣", "square-open-dot"),
    UNKNOWN: MapMark("○", "circle-open", UNKNOWN),
    ON_TRACK: MapMark("●", "circle", ON_TRACK),
    UNGRADED: MapMark("◎", "circle-open-dot", UNKNOWN),
    WORK: MapMark("■", "square"),
}
PLACES = {code: place for place, code in enumerate(MARKS)}


def marks_of(rows: pd.DataFrame) -> pd.Series:
    """The mark of every row: a project's grade, none of which is a mark of its own; a work's by whether it has an issue."""
    marks = rows["grade"].astype(object).where(rows["grade"].notna(), UNGRADED)
    is_work = rows["kind"] == INFRASTRUCTURE
    is_blocked = has_issue(rows["issue_text"])
    return marks.mask(is_work, WORK).mask(is_work & is_blocked, WORK_BLOCKED)


def mark_name(code: str) -> str:
    """Word of a mark: 滞后; of a work that it has an issue."""
    return t(f"map.{code}") if code in (UNGRADED, WORK, WORK_BLOCKED) else t(f"grade.{code}")


def mark_text(code: str) -> str:
    """A mark's sign and word: ▲ 滞后."""
    return f"{MARKS[code].sign} {mark_name(code)}"


def legend(marks: Iterable[str]) -> str:
    """Those of the marks that the map shows, each with its word."""
    found = set(marks)
    entries = [
        f'<span class="hx-{MARKS[code].grade or "plain"}">{escape(mark_text(code))}</span>'
        for code in MARKS
        if code in found
    ]
    return f'<p class="hx-legend">{"".join(entries)}</p>'
