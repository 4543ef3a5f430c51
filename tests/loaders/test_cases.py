"""Whole workbooks of every shape against what a careful clerk reads in them: a folder of ``cases`` is a test."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.submissions import ColumnReading, Known, RowReading, Submission
from loaders.confirming import confirm_suggestions, open_return
from loaders.reading import read_return

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
AMPLE = 40


def read_case(folder: Path) -> tuple[Submission, dict[str, Any]]:
    """The reading of a case's workbook under the name it was sent with, and what is expected of it."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    (workbook,) = folder.glob("input.*")
    return read_return(workbook.read_bytes(), expected["file_name"]), expected


def fields_by_letter(columns: list[ColumnReading]) -> dict[str, Any]:
    """Column letter -> field, or the two fields of a column that holds two facts; columns that are not read are left out."""
    found: dict[str, list[str]] = {}
    for column in columns:
        if column.field:
            found.setdefault(column.column, []).append(column.field)
    return {letter: names[0] if len(names) == 1 else names for letter, names in found.items()}


def row_as_plain(row: RowReading, names: list[str]) -> dict[str, Any]:
    """A row's number and those of its values that the case speaks of, amounts as numbers and dates as ISO text."""
    return {name: row.cell_row if name == "cell_row" else as_plain(row.values.get(name)) for name in names}


def as_plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def permits_as_plain(submission: Submission) -> list[dict[str, Any]]:
    """What was read of the steps: project, step, state, cell, and of the dates, office and number those that are said."""
    sheets = len(submission.tables) > 1
    read = [
        {"project": each.project_name, "step": each.step, "state": each.state, "applied": as_plain(each.applied_date),
         "due": as_plain(each.due_date), "granted": as_plain(each.granted_date), "office": each.office, "number": each.number,
         "cell": f"{each.sheet}!{each.cell}" if sheets else each.cell}
        for each in submission.permits
    ]  # fmt: skip
    return [{name: value for name, value in each.items() if value} for each in read]


def land_as_plain(submission: Submission) -> list[dict[str, Any]]:
    return [
        {"project": each.project_name, "wanted": as_plain(each.wanted_mu), "applied": as_plain(each.applied_mu),
         "granted": as_plain(each.granted_mu), "cell": each.cell}
        for each in submission.land
    ]  # fmt: skip


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path) -> None:
    """Sender, month, tables, columns, rows, steps, land and findings are exactly those of the expected file."""
    submission, expected = read_case(folder)
    assert (submission.body, submission.period and str(submission.period)) == (expected["body"], expected["period"])
    tables = [(table.sheet, table.kind, table.unit) for table in submission.tables]
    assert tables == [(table["sheet"], table["kind"], table["unit"]) for table in expected["tables"]]
    for table, wanted in zip(submission.tables, expected["tables"], strict=True):
        assert fields_by_letter(table.columns) == wanted["columns"]
        assert [row.cell_row for row in table.rows] == [row["cell_row"] for row in wanted["rows"]]
        assert [row_as_plain(row, [*want]) for row, want in zip(table.rows, wanted["rows"], strict=True)] == wanted["rows"]
    assert permits_as_plain(submission) == expected.get("permits", [])
    assert land_as_plain(submission) == expected.get("land", [])
    found = sorted((each.code, each.sheet, each.cell) for each in submission.findings)
    assert found == sorted(map(tuple, expected["findings"]))


def test_there_are_enough_cases() -> None:
    """A folder that went missing is noticed."""
    assert len(CASES) >= AMPLE


@pytest.mark.parametrize("name", ["name_heading_empty", "name_heading_unknown", "name_heading_says_more"])
def test_a_confirmed_name_heading_is_read(name: str) -> None:
    """Once a person says that the column holds the names the rows are there and nothing is asked any more."""
    (workbook,) = (Path(__file__).parent / "cases" / name).glob("input.*")
    submission, decisions = confirm_suggestions(open_return(workbook.read_bytes(), "报表.xlsx"), Known())
    assert [decision.answer for decision in decisions] == ["project_name"]
    assert submission.findings == [] and submission.rows
