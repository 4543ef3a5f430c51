"""Plan and actual of a project in two rows: which figures are read, and from which cells."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, codes, read, the

from domain.submissions import RowReading, Submission

TITLE = "滨海片区2024年8月项目表"
HEADINGS = ["序号", "项目名称", "总投资", "类别"]


def pairs(
    heading: str, *cells: tuple[Any, Any], labels: tuple[str, str] = ("计划", "实际")
) -> Page:
    """Projects with a row each of plan and actual and one further column."""
    rows: list[list[Any]] = []
    for number, (plan, actual) in enumerate(cells, 1):
        rows += [[number, f"风电{number}期", 50_000, labels[0], plan], [None, None, None, labels[1], actual]]
    return Page([[TITLE], ["单位：万元"], [*HEADINGS, heading], *rows])


def first(submission: Submission) -> RowReading:
    return submission.rows[0][1]


@pytest.mark.parametrize(
    ("heading", "plan", "actual"),
    [
        ("全年投资", "annual_plan_wan", "investment_ytd_wan"),
        ("年度投资", "annual_plan_wan", "investment_ytd_wan"),
        ("1-8月完成投资", None, "investment_ytd_wan"),
        ("8月完成投资", None, "investment_month_wan"),
        ("本月投资", None, "investment_month_wan"),
    ],
)
def test_money_of_plan_and_actual(heading: str, plan: str | None, actual: str) -> None:
    """Only the plan of the whole year has a field; the plan of a month or of part of the year is told and not read."""
    values = first(read(pairs(heading, (2000, 1500), (3000, 2500)))).values
    money = {
        name: int(value)
        for name, value in values.items()
        if name.endswith("_wan") and name != "total_investment_wan" and value
    }
    assert money == ({plan: 2000} if plan else {}) | {actual: 1500}


@pytest.mark.parametrize(
    ("heading", "plan", "actual"),
    [
        ("开工时间", "planned_start_date", "start_date"),
        ("竣工时间", "planned_completion_date", "completion_date"),
        ("计划开工时间", "planned_start_date", None),
    ],
)
def test_dates_of_plan_and_actual(heading: str, plan: str, actual: str | None) -> None:
    """开工时间 is the planned one in the plan's row and the actual one in the actual's; each value knows its cell."""
    row = first(read(pairs(heading, ("2024年3月", "2024年4月"), ("2024年5月", None))))
    assert str(row.values[plan]) == "2024-03-31" and row.elsewhere[plan] == ("E4", "2024年3月")
    assert actual is None or str(row.values[actual]) == "2024-04-01"


def test_a_planned_date_in_the_actual_row_alone() -> None:
    """A column planned by its own heading is the project's, in whichever row it stands."""
    assert (
        str(first(read(pairs("计划开工时间", (None, "2024年4月"), ("2024年5月", None)))).values["planned_start_date"])
        == "2024-04-30"
    )


def test_what_the_project_is_stands_in_either_row() -> None:
    """Name and total are taken from the plan's row where the actual one leaves them empty, with their cells."""
    row = first(read(pairs("1-8月完成投资", (2000, 1500))))
    assert (row.cell_row, row.values["project_name"], row.elsewhere["project_name"][0]) == (5, "风电1期", "B4")
    assert row.elsewhere["total_investment_wan"] == ("C4", "50000")


def test_the_actual_row_may_stand_first() -> None:
    """The labels tell the rows apart, not their order."""
    row = first(read(pairs("1-8月完成投资", (1500, 2000), labels=("实际", "计划"))))
    assert (row.cell_row, int(row.values["investment_ytd_wan"])) == (4, 1500)


def test_two_totals_of_one_project_are_not_read() -> None:
    """An amount that is the project's own and differs between the rows: only the sender knows which counts."""
    page = Page(
        [
            [TITLE],
            ["单位：万元"],
            ["序号", "项目名称", "类别", "总投资"],
            [1, "风电", "计划", 50_000],
            [None, None, "实际", 40_000],
        ]
    )
    submission = read(page)
    assert codes(submission) == {"plan_rows": 1, "heading_unknown": 1, "required_missing": 1}


def test_faults_are_told_at_the_cells_in_which_they_stand() -> None:
    """A formula's error in the plan's row stays at its cell when the rows are laid into one."""
    page = pairs("全年投资", ("#N/A", 1500), (3000, "=1+1"), ("=1+2", 2000))
    page.rows[3][2] = "=5*10000"
    found = {(each.code, each.cell) for each in read(page).findings if each.code.startswith("formula")}
    assert found == {("formula_error", "E4"), ("formula_not_calculated", "E7"), ("formula_not_calculated", "E8"),
                     ("formula_not_calculated", "C4")}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (
            [[1, "风电", 50_000, "计划", 5], [None, None, None, "实际", 4], [2, "光伏", 50_000, "计划", 5]],
            "plan_rows_unclear",
        ),
        (
            [[1, "风电", 50_000, "计划", 5], [None, None, None, "计划", 4], [None, None, None, "实际", 4]],
            "plan_rows_unclear",
        ),
        ([[1, "风电", 50_000], [None, "计划", None, None, 5], [None, "实际", None, None, 4]], "plan_rows_unclear"),
    ],
    ids=["plan alone", "two plans", "in the names"],
)
def test_rows_that_do_not_match_are_refused(rows: list[list[Any]], code: str) -> None:
    """A plan is never read as what is done."""
    submission = read(Page([[TITLE], ["单位：万元"], [*HEADINGS, "1-8月完成投资"], *rows]))
    assert the(code, submission).kind.blocks


@pytest.mark.parametrize(
    "rows",
    [
        [[1, "风电", 50_000, "计划", 5], [2, "光伏", 50_000, "完成", 4]],
        [[1, "风电", 50_000, "计划", 5], [2, "光伏", 50_000, "其他", 4], [3, "储能", 50_000, "实际", 4]],
    ],
    ids=["each its own name", "other words"],
)
def test_a_column_of_such_words_alone_is_no_plan(rows: list[list[Any]]) -> None:
    """Where each row has its own name the words say something else."""
    submission = read(Page([[TITLE], ["单位：万元"], [*HEADINGS, "1-8月完成投资"], *rows]))
    assert len(submission.rows) == len(rows) and "plan_rows" not in codes(submission)


def test_headings_said_again_part_no_pairs() -> None:
    """On the next printed page the rows of plan and actual go on."""
    head = [[TITLE], ["单位：万元"], [*HEADINGS, "1-8月完成投资"]]
    body = [[[number, f"风电{number}期", 50_000, "计划", 9], [None, None, None, "实际", number]] for number in (1, 2)]
    submission = read(Page([*head, *body[0], *head, *body[1]]))
    assert [int(row.values["investment_ytd_wan"]) for _, row in submission.rows] == [1, 2]
