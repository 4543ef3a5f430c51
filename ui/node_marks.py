"""How the states of planned nodes look: a shape, a colour and a word for each; never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from domain.node_plans import DONE, DONE_LATE, DONE_ON_TIME, DROPPED, DUE_NOW, NOT_TOLD, OVERDUE, UPCOMING
from ui.formats import count, is_missing, signed_days
from ui.html_tables import Graded
from ui.locale import Language, language, t, text_in
from ui.names import field_name
from ui.theme import GRADES, LIGHT


@dataclass(frozen=True, slots=True)
class NodeMark:
    """A state's sign in texts, plotly's symbol for it, and the grade whose colour it has; none for ink."""

    sign: str
    symbol: str
    grade: str | None = None

    def colour(self) -> str:
        """Colour of the mark in a chart."""
        return GRADES[self.grade].colour if self.grade else LIGHT.text


MARKS = {
    OVERDUE: NodeMark("▲", "triangle-up", "behind"),
    DUE_NOW: NodeMark("◆", "diamond", "attention"),
    NOT_TOLD: NodeMark("○", "circle-open", "unknown"),
    UPCOMING: NodeMark("◇", "diamond-open"),
    DONE_LATE: NodeMark("■", "square", "attention"),
    DONE: NodeMark("◎", "circle-open-dot"),
    DONE_ON_TIME: NodeMark("●", "circle", "on_track"),
    DROPPED: NodeMark("×", "x-thin-open", "unknown"),
}


def node_name(code: str) -> str:
    """Name of a node: 环评批复."""
    return field_name(f"node_{code}")


def node_letter(code: str) -> str:
    """The one sign that stands for a node beside its mark: 环."""
    return t(f"letter.{code}")


def state_text(state: str, to: Language | None = None) -> str:
    """A state's sign and word: ▲ 到期未完成."""
    return f"{MARKS[state].sign} {text_in(to or language(), f'node.{state}')}"


def state_cell(state: str, late: str = "") -> Graded | str:
    """A state in a table, in its colour, with how late it is."""
    text = f"{state_text(state)} {late}".rstrip()
    grade = MARKS[state].grade
    return Graded(text, grade) if grade else text


def late_text(node: Any) -> str:
    """Days late of a compared node, at least so many where the day on which it was done is not known; empty for none."""
    if is_missing(node.delay_days) or node.delay_days <= 0:
        return ""
    if node.state == DONE_LATE and node.done_precision != "day":
        return t("nodes.at_least", days=count(node.delay_days))
    return signed_days(node.delay_days)


def legend(*others: str) -> str:
    """Every mark with its word in a line, and what else the chart shows."""
    entries = [
        f'<span class="hx-{MARKS[state].grade or "plain"}">{escape(state_text(state))}</span>' for state in MARKS
    ]
    return f'<p class="hx-legend">{"".join(entries)}{"".join(f"<span>{escape(text)}</span>" for text in others)}</p>'
