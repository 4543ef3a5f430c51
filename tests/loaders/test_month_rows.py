"""Rows of several months in one list: which are the return's, and what contradicts it."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, codes, read

TITLE = "滨海片区2024年8月项目表"
HEADINGS = ["月份", "项目名称", "总投资", "当月完成投资"]


def monthly_rows(*rows: list[Any], title: str = TITLE, headings: list[str] | None = None) -> Page:
    return Page([[title], ["单位：万元"], headings or HEADINGS, *rows])


@pytest.mark.parametrize(
    ("page", "read_rows", "found"),
    [
        (monthly_rows(["7月", "风电", 50_000, 1], ["8月", "风电", 50_000, 2], ["9月", "风电", 50_000, 3]), [5], {"tables_of_other_months": 1}),
        (monthly_rows([7, "风电", 50_000, "坏"], [8, "风电", 50_000, 2]), [5], {"tables_of_other_months": 1}),
        (monthly_rows(["2023年8月", "风电", 50_000, 1], ["2024年8月", "风电", 50_000, 2]), [5], {"tables_of_other_months": 1}),
        (monthly_rows([None, "风电", 50_000, 1], [None, "光伏", 50_000, 2]), [4, 5], {}),
        (monthly_rows(["8月", "风电", 50_000, 1], ["8月", "光伏", 50_000, 2]), [4, 5], {}),
        (monthly_rows(["7月", "风电", 50_000, 1], ["8月", "光伏", 50_000, 2]), [4, 5], {}),
        (monthly_rows(["6月", "风电", 50_000, 1], ["7月", "光伏", 50_000, 2]), [4, 5], {}),
        (monthly_rows(["7月", "风电", 50_000, 1], ["7月", "光伏", 50_000, 2]), [4, 5], {"period_conflict": 1}),
        (monthly_rows(["7月份"], [1, "风电", 50_000, 1], ["8月份"], [1, "风电", 50_000, 2], headings=["序号", *HEADINGS[1:]]), [7],
         {"tables_of_other_months": 1}),
        (monthly_rows(["7月新开工项目"], [1, "风电", 50_000, 1], headings=["序号", *HEADINGS[1:]]), [5], {}),
    ],
    ids=["words", "numbers", "years", "empty", "this month", "other projects", "none of this month", "all of another", "lines",
         "a line that says more"],
)  # fmt: skip
def test_rows_of_other_months(page: Page, read_rows: list[int], found: dict[str, int]) -> None:
    """The return's month is read where the months list the same projects; a list of another month is refused."""
    submission = read(page)
    assert [row.cell_row for _, row in submission.rows] == read_rows
    assert codes(submission) == found


def test_many_rows_are_counted() -> None:
    """Twelve rows are listed, and their number said."""
    rows = [[month, f"风电{number}期", 50_000, 1] for month in ("7月", "8月") for number in range(14)]
    (found,) = read(monthly_rows(*rows)).findings
    assert "等 14 行" in found.message()
