"""How the states of approval steps look: a shape, a colour and a word for each; names, dates and sources of steps."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from domain.node_plans import PLAN
from domain.permit_steps import APPLIED, GRANTED, NOT_APPLIED, NOT_NEEDED, PERMIT_STEP
from domain.permit_words import HAND
from domain.permits import DUE_SOON, NOT_TOLD, OVERDUE, SAID_GRANTED, SAID_OPEN
from ui.formats import cell_place, count, day_text, is_missing
from ui.html_tables import Graded
from ui.locale import language, t
from ui.names import capital, field_name


@dataclass(frozen=True, slots=True)
class StepMark:
    """A state's sign and the grade whose colour it has; none for ink."""

    sign: str
    grade: str | None = None

    @property
    def css_class(self) -> str:
        return f"hx-{self.grade or 'plain'}"


MARKS = {
    OVERDUE: StepMark("▲", "behind"),
    DUE_SOON: StepMark("◇", "attention"),
    APPLIED: StepMark("◐"),
    NOT_APPLIED: StepMark("□"),
    NOT_TOLD: StepMark("○", "unknown"),
    GRANTED: StepMark("●", "on_track"),
    NOT_NEEDED: StepMark("–", "unknown"),
}
# What the returns' words say of a step that nobody else told: beside the state, never instead of it.
HINT_MARKS = {SAID_GRANTED: StepMark("√", "unknown"), SAID_OPEN: StepMark("×", "unknown")}


def step_name(code: str) -> str:
    """Name of a step: 施工许可证."""
    step = PERMIT_STEP[code]
    return step.name if language() == "zh" else capital(step.english)


def short_step(code: str) -> str:
    """Name of a step for a narrow column: 施工许可."""
    return t(f"permits.short_{code}")


def state_name(state: str) -> str:
    """Word of a state: 逾期."""
    return t(f"permit.{state}")


def hint_name(hint: str) -> str:
    """What the monthly returns say: 月报称已办."""
    return t(f"permit.hint_{hint}")


def state_text(state: str) -> str:
    """A state's sign and word: ▲ 逾期."""
    return f"{MARKS[state].sign} {state_name(state)}"


def state_cell(cell: Any) -> Graded | str:
    """A step's state in a table, in its colour, with the days that it is late or waits, and the returns' word."""
    text = " ".join(filter(None, [state_text(cell.state), days_text(cell), hint_text(cell)]))
    grade = MARKS[cell.state].grade
    return Graded(text, grade) if grade else text


def days_text(cell: Any) -> str:
    """Days overdue, or waited since the application; of a grant that came late how much; empty for none."""
    if cell.state == GRANTED and not is_missing(cell.days_late):
        return t("permits.granted_late", count=count(cell.days_late))
    days = cell.days_late if cell.state == OVERDUE else cell.days_waiting
    return "" if is_missing(days) else t("permits.days", count=count(days))


def hint_text(cell: Any) -> str:
    """What the returns' words say where it is something else than what was told; empty otherwise."""
    if is_missing(cell.hint) or ((cell.told == GRANTED) == (cell.hint == SAID_GRANTED) and not is_missing(cell.told)):
        return ""
    return f"({HINT_MARKS[cell.hint].sign} {hint_name(cell.hint)})"


def due_text(cell: Any) -> str:
    """The date to which a step is held, as precise as it was given; empty for none."""
    return "" if is_missing(cell.due_date) else day_text(cell.due_date, cell.due_precision)


def moved_text(cell: Any) -> str:
    """That the newest date is another one than the date to which the step is held; empty where it is not."""
    if is_missing(cell.newest_due_date) or cell.newest_due_date == cell.due_date:
        return ""
    return t("permits.moved", day=day_text(cell.newest_due_date))


def plain_day(day: pd.Timestamp | None) -> str:
    """A day as 2024-08-15; empty for none."""
    return "" if is_missing(day) else day_text(day)


def source_text(word: Any) -> str:
    """Who told a step, and where it stands; empty where nobody did."""
    if is_missing(word.source):
        return ""
    if word.source == HAND:
        return t("permits.by_hand", who=t("permits.office_name") if word.recorded_by == "office" else word.recorded_by,
                 day=plain_day(word.recorded_at))  # fmt: skip
    place = cell_place(word.sheet, word.cell)
    return f"{word.file_name} {place}" + (t("permits.typed", text=word.text) if word.text else "")


def due_source_text(cell: Any) -> str:
    """Where the date to which a step is held was given."""
    if is_missing(cell.due_by):
        return ""
    if cell.due_by == HAND:
        return t("permits.due_by_hand")
    name = t("page.node_plan") if cell.due_by == PLAN else t("table.permits")
    return f"{name} {cell_place(cell.due_sheet, cell.due_cell)}"


def hint_source(cell: Any) -> str:
    """Which field of the returns says what: 手续办理情况：已办."""
    return "" if is_missing(cell.hint) else f"{field_name(cell.hint_by)}：{t(f'permits.says_{cell.hint}')}"


def legend() -> str:
    """Every mark with its word in a line."""
    states = [(mark, state_name(state)) for state, mark in MARKS.items()]
    hints = [(mark, hint_name(hint)) for hint, mark in HINT_MARKS.items()]
    entries = [f'<span class="{mark.css_class}">{mark.sign} {escape(word)}</span>' for mark, word in (*states, *hints)]
    return f'<p class="hx-legend">{"".join(entries)}</p>'
