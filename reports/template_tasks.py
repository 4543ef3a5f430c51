"""The sheet of a district's form that lists its open tasks: what was decided, who leads, by when, and a column to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.scope import Record, Scope
from domain.task_lists import pressing_first
from domain.tasks import TASK_ANSWER, TASK_HEADING, TASK_SHEET, is_of_body, task_lives
from reports.template_sheets import A3, GREY, YELLOW
from storage.engine import Database
from storage.queries import task_events, tasks

NOTE = "填表说明：黄色格填写本月落实情况；其余各格请勿改动。已办结的写明结果和佐证材料。"
COLUMNS = (("序号", 6), (TASK_HEADING, 60), ("涉及项目", 30), ("牵头", 18), ("配合", 24), ("时限", 13), (TASK_ANSWER, 60))
TITLE_ROW, NOTE_ROW, HEADING_ROW = range(3)


def task_lines(db: Database, scope: Scope, record: Record, body: str, names: Mapping[str, str]) -> list[list[str]]:
    """The open tasks that concern a district at the end of the record's month, the most pressing first.

    Each as its cells, serial number and answer left out; ``names`` are those of the projects.
    """
    lives = task_lives(tasks(db, scope, record), task_events(db, scope, record), record.period.last_day)
    return [
        [life.task.text, names.get(life.task.project_id, ""), life.lead, life.taking_part, life.due_date.isoformat()]
        for life in pressing_first(life for life in lives if is_of_body(life, body))
    ]


def draw_tasks(book: Any, lines: Sequence[Sequence[str]], whose: str) -> None:
    """Add the sheet to an xlsxwriter workbook; ``whose`` are district and month, for the title."""
    sheet = book.add_worksheet(TASK_SHEET)
    _draw_head(book, sheet, f"{whose}{TASK_SHEET}{TASK_ANSWER}表")
    # A due date is a text: nothing is reckoned from it, and no program turns it into another form.
    style = {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
    plain, asked = book.add_format(style), book.add_format({**style, "bg_color": YELLOW})
    serial = book.add_format({"border": 1, "align": "center", "valign": "vcenter"})
    for number, line in enumerate(lines, 1):
        row = HEADING_ROW + number
        sheet.write_number(row, 0, number, serial)
        for column, text in enumerate(line, 1):
            # As a typed string: what was typed on a screen is never run as a formula.
            sheet.write_string(row, column, text, plain) if text else sheet.write_blank(row, column, None, plain)
        sheet.write_blank(row, len(COLUMNS) - 1, None, asked)
    sheet.freeze_panes(HEADING_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)


def _draw_head(book: Any, sheet: Any, title: str) -> None:
    last = len(COLUMNS) - 1
    large = book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"})
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, title, large)
    note = book.add_format({"font_color": "#5F6B7A", "text_wrap": True, "valign": "vcenter"})
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, last, NOTE, note)
    head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    for column, (heading, width) in enumerate(COLUMNS):
        colour = YELLOW if heading == TASK_ANSWER else GREY
        sheet.write_string(HEADING_ROW, column, heading, book.add_format({**head, "bg_color": colour}))
        sheet.set_column(column, column, width)
    for row, height in ((TITLE_ROW, 32), (NOTE_ROW, 24), (HEADING_ROW, 28)):
        sheet.set_row(row, height)
