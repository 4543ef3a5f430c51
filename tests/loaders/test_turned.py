"""Lists that lie on their side: recognised, read, and every value with the cell in which it stands."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, codes, read

TITLE = "滨海片区2024年8月项目表"
LYING = [
    ["项目名称", "海上风电", "屋顶光伏"],
    ["总投资", 50_000, 60_000],
    ["1-8月完成投资", 300, 400],
    ["形象进度", "桩基", "主体"],
]


def lying(*rows: list[Any], merges: tuple[str, ...] = ()) -> Page:
    return Page([[TITLE], ["单位：万元"], *rows], merges=merges)


def test_values_and_their_cells() -> None:
    """A project is a column: its values come from there, and its row is that of the names."""
    row = read(lying(*LYING)).rows[1][1]
    assert (row.cell_row, row.values["project_name"], int(row.values["investment_ytd_wan"])) == (3, "屋顶光伏", 400)
    assert {name: cell for name, (cell, _) in row.elsewhere.items()} == {
        "project_name": "C3", "total_investment_wan": "C4", "investment_ytd_wan": "C5", "progress_text": "C6",
    }  # fmt: skip


def test_the_columns_are_called_by_their_rows() -> None:
    """What we call a column is a row of the sheet and bears its number."""
    assert [column.column for column in read(lying(*LYING)).tables[0].columns] == ["3", "4", "5", "6"]


def test_stages_merged_over_the_names() -> None:
    """Groups stand over the projects, as they stand beside them in other lists."""
    page = lying([None, "签约项目", "在建项目", None], ["项目名称", "甲园", "乙园", "丙园"], *[[*row, row[-1]] for row in LYING[1:]],
                 merges=("C3:D3",))  # fmt: skip
    assert [row.values["stage"] for _, row in read(page).rows] == [None, "building", "building"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row[:2] for row in LYING], "project_card"),
        ([[*row[:2], None, *row[:1], row[2]] for row in LYING], "project_card"),
        ([["名称", "甲", "乙"], ["数", 1, 2]], "no_table"),
    ],
    ids=["one card", "cards side by side", "nothing known"],
)
def test_cards_are_no_list(rows: list[list[Any]], code: str) -> None:
    """One project, or labels again among the values: a card, which is refused as before."""
    assert codes(read(lying(*rows))) == {code: 1}


def test_a_list_that_stands_upright_goes_first() -> None:
    """Beside an upright list nothing is turned; the other sheet is told as not read."""
    upright = Page(
        [[TITLE], ["单位：万元"], ["序号", "项目名称", "总投资"], [1, "海上风电", 50_000], [2, "屋顶光伏", 50_000]]
    )
    submission = read(upright, Page([["附表"], *LYING], "附表"))
    assert codes(submission) == {"sheet_skipped": 1} and len(submission.tables) == 1


def test_faults_are_told_at_their_cells() -> None:
    """An error and a formula without a result keep their places."""
    found = {(each.code, each.cell) for each in read(lying(*LYING[:2], ["1-8月完成投资", "#N/A", "=1+1"])).findings}
    assert {("formula_error", "B5"), ("formula_not_calculated", "C5")} <= found


def test_a_very_large_sheet_is_not_turned() -> None:
    """Turning costs memory: past a bound the sheet is as it was before."""
    page = lying(*LYING, *[["x"] * 60 for _ in range(3400)])
    assert "list_turned" not in codes(read(page))
