"""A rectification ledger as a file: text in both codings, workbooks as offices keep them, and what is no ledger."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from domain.rectification_lists import ReadLedger
from loaders.rectification_file import ledger_of_file
from loaders.workbook import UnreadableFile

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "rectification.csv"
ABOUT = [
    ["台账名称", "整改台账"],
    ["方案问题数", 31],
    ["方案措施数", 125],
    ["方案日期", date(2024, 12, 26)],
    ["出处", "报告"],
]
HEAD = ["序号", "存在问题", "措施序号", "整改措施", "牵头单位（责任人）", "提出日期", "完成时限"]
ROWS = [
    [1, "转化慢", "1-1", "建清单", "招商局", datetime(2024, 6, 20), "2024年8月"],
    [None, None, "1-2", "逐个会办", "招商局", "2024.6.20", datetime(2024, 10, 31)],
]


def workbook(*sheets: list[list[object]], hidden: tuple[int, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
        if number in hidden:
            sheet.sheet_state = "hidden"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def told(found: ReadLedger) -> list[tuple[str, str, date, date]]:
    return [(task.text, task.lead, task.opened_on, task.due_date) for task in found.tasks]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-8", "gb18030"])
def test_text_in_every_coding(coding: str) -> None:
    """As spreadsheets save it."""
    content = SAMPLE.read_text(encoding="utf-8-sig").encode(coding)
    found = ledger_of_file(content, is_example=True)
    assert (len(found.problems), len(found.tasks), found.faults) == (6, 14, [])
    assert all(each.is_example for each in found.details)


@pytest.mark.parametrize("title", [[], [["整改台账"], []], [["整改台账"], ["填表说明：每项措施一行"]]])
def test_a_workbook_as_an_office_keeps_it(title: list) -> None:
    """With a title or without; days as days or as words; a problem named once for the rows below it."""
    found = ledger_of_file(workbook([*title, *ABOUT, HEAD, *ROWS]))
    assert found.rectification
    assert (found.rectification.problem_count, found.rectification.on_date) == (31, date(2024, 12, 26))
    assert told(found) == [
        ("建清单", "招商局", date(2024, 6, 20), date(2024, 8, 31)),
        ("逐个会办", "招商局", date(2024, 6, 20), date(2024, 10, 31)),
    ]
    assert [each.serial for each in found.problems] == ["1"]
    assert found.faults == []


def test_merged_cells_of_a_problem() -> None:
    """Its rows stand under one cell."""
    book = openpyxl.load_workbook(BytesIO(workbook([*ABOUT, HEAD, *ROWS])))
    book.active.merge_cells(start_row=7, end_row=8, start_column=2, end_column=2)
    buffer = BytesIO()
    book.save(buffer)
    found = ledger_of_file(buffer.getvalue())
    assert (len(found.tasks), len(found.problems), found.faults) == (2, 1, [])


def test_the_first_visible_sheet_with_headings_counts() -> None:
    """Not a hidden one, nor a cover."""
    found = ledger_of_file(workbook([*ABOUT, HEAD], [["封面"]], [*ABOUT, HEAD, *ROWS], hidden=(0,)))
    assert len(found.tasks) == 2


@pytest.mark.parametrize("content", [b"", b"\x00\xff", workbook([["a"]]), workbook([["a"]], hidden=())])
def test_what_is_no_ledger_is_said(content: bytes) -> None:
    """Without headings there is nothing to read."""
    assert [fault.code for fault in ledger_of_file(content).faults] == ["no_headings"]


def test_a_damaged_workbook_is_refused() -> None:
    """By the gate, like any other."""
    with pytest.raises(UnreadableFile):
        ledger_of_file(b"PK\x03\x04damaged")
