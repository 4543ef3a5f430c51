"""The rectification ledger as a workbook to fill in and to hand back: what is on record, in the form that is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.rectification import LedgerCounts
from domain.rectification_rows import ledger_about, ledger_headings, ledger_row, written_lives
from domain.tasks import TaskLife
from reports.workbooks import FORM_STYLES, new_book

NAME = "整改台账"
REMARK = (
    "填表说明：每项措施一行，同一问题只在第一行写明；进展情况填本期进展；办结的填申请销号日期、申请人、办理结果、佐证材料。"
    "公开月份至公开日期填最近一期通报公布的问题数。请勿改写表头。"
)
ROWS_TO_FILL = 20
WIDE, NARROW = 28, 12
WIDE_HEADINGS = {"存在问题", "整改措施", "办理措施", "时间安排", "进展情况", "办理结果", "佐证材料"}


def rectification_form(ledgers: Sequence[LedgerCounts], lives: Sequence[TaskLife]) -> bytes:
    """The .xlsx: a sheet for each ledger, of the first with the supervision tasks; without a ledger one sheet to fill in."""
    buffer, book, formats = new_book(FORM_STYLES)
    for at, counts in enumerate(ledgers or [None]):
        sheet = book.add_worksheet(NAME if at == 0 else f"{NAME}{at + 1}")
        _write_sheet(sheet, formats, counts, lives, is_first=at == 0)
    book.close()
    return buffer.getvalue()


def _write_sheet(
    sheet: Any, formats: dict[str, Any], counts: LedgerCounts | None, lives: Sequence[TaskLife], *, is_first: bool
) -> None:
    problems = {each.problem.problem_id: each.problem for each in counts.problems} if counts else {}
    rows = [
        ledger_row(life, problems.get(life.detail.problem_id))
        for life in written_lives(lives, list(problems), is_first=is_first)
    ]
    headings = ledger_headings()
    sheet.write_string(0, 0, NAME, formats["bold"])
    sheet.write_string(1, 0, REMARK)
    about = ledger_about(counts)
    for at, (name, value) in enumerate(about, 2):
        sheet.write_string(at, 0, str(name), formats["head"])
        _write(sheet, at, 1, value, formats)
    top = 2 + len(about)
    for column, heading in enumerate(headings):
        sheet.write_string(top, column, str(heading), formats["head"])
        sheet.set_column(column, column, WIDE if heading in WIDE_HEADINGS else NARROW)
    for at, row in enumerate([*rows, *([None] * len(headings) for _ in range(ROWS_TO_FILL))], top + 1):
        for column, value in enumerate(row):
            _write(sheet, at, column, value, formats)
    sheet.freeze_panes(top + 1, 0)


def _write(sheet: Any, row: int, column: int, value: object, formats: dict[str, Any]) -> None:
    """A day as a day, a number as a number, all words as words: nothing that somebody wrote is a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats["cell"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["cell"])
    else:
        sheet.write_string(row, column, str(value), formats["cell"])
