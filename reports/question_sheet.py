"""The questions that stand against a district, in the form of its next month: a sheet of them, and each at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from domain.cross_checks import cross_examine, standing_questions
from domain.cross_questions import CROSS_CHECKS, QUESTION_SHEET, spoken
from domain.cross_rows import READ_COLUMNS, periods_examined
from domain.periods import Period
from domain.scope import Record, Scope
from storage.engine import Database
from storage.queries import project_states

TITLE_ROW, NOTE_ROW, HEADING_ROW = range(3)
NOTE = "填表说明：请在“改正处”所指的格里改正；数据无误的，在该项目的备注栏写明原因。本页不用填写。"
HEADINGS = (("序号", 6), ("项目", 34), ("待核实问题", 90), ("改正处", 18), ("首次提出", 12))


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question as the form has it: of which project, at which field, its sentence, and since when it stands."""

    project_id: str
    project_name: str
    field: str
    text: str
    first_asked: Period

    @property
    def remark(self) -> str:
        """The question in the comment of its cell."""
        return f"待核实：{self.text}"


def form_questions(db: Database, scope: Scope, record: Record, body: str) -> list[FormQuestion]:
    """What stands against a body in the record's period, in the order of the list."""
    states = project_states(db, scope, record, periods_examined(record.period), READ_COLUMNS)
    found = standing_questions(cross_examine(states[states["body"] == body]), record.period)
    return [_question(row) for _, row in found.iterrows()]


def _question(row: pd.Series) -> FormQuestion:
    check = CROSS_CHECKS[row["code"]]
    since = Period.parse(row["first_asked"])
    return FormQuestion(row["project_id"], row["project_name"], check.fields[0], spoken(check, row["details"]), since)


def draw_questions(
    book: Any, title: str, questions: Sequence[FormQuestion], places: Mapping[tuple[str, str], str]
) -> None:
    """Add the sheet to an xlsxwriter workbook; ``places``: (project, field) -> the cell of the form where it belongs."""
    sheet = book.add_worksheet(QUESTION_SHEET)
    sheet.write_string(TITLE_ROW, 0, title, book.add_format({"bold": True, "font_size": 18}))
    sheet.write_string(NOTE_ROW, 0, NOTE, book.add_format({"font_color": "#5F6B7A"}))
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#EDF1F5"})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    for column, (heading, width) in enumerate(HEADINGS):
        sheet.write_string(HEADING_ROW, column, heading, head)
        sheet.set_column(column, column, width)
    for number, each in enumerate(questions, 1):
        row = HEADING_ROW + number
        sheet.write_number(row, 0, number, text)
        # As typed strings: what a sender wrote is never run as a formula.
        sheet.write_string(row, 1, each.project_name, text)
        sheet.write_string(row, 2, each.text, text)
        _write_place(sheet, row, places[each.project_id, each.field], text)
        sheet.write_string(row, 4, f"{each.first_asked.year}年{each.first_asked.month}月", text)
    sheet.freeze_panes(HEADING_ROW + 1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_place(sheet: Any, row: int, place: str, style: Any) -> None:
    """The cell to correct, as a link to it."""
    name, _, cell = place.partition("!")
    sheet.write_url(row, 3, f"internal:'{name}'!{cell}", style, place)
