"""Projects that stand more than once in a return: what is kept, what is added, and what is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from workbooks import Page, codes, project, read, record, the

TITLE = "滨海片区2024年8月项目表"
MONEY = [["序号", "项目名称", "总投资", "1-8月完成投资"], [1, "海上风电", 50_000, 300], [2, "屋顶光伏", 60_000, 400]]
WORDS = [["序号", "项目名称", "形象进度", "存在问题"], [1, "海上风电", "桩基", "缺地"], [2, "屋顶光伏", "主体", "无"]]


def page(name: str, rows: list[list[Any]], title: str = TITLE) -> Page:
    return Page([[title], ["单位：万元"], *rows], name)


def test_two_lists_that_agree_are_one() -> None:
    """What only the other sheet says is added, with its sheet and cell."""
    submission = read(page("投资", MONEY), page("进度", WORDS))
    row = submission.rows[0][1]
    assert (int(row.values["investment_ytd_wan"]), row.values["issue_text"]) == (300, "缺地")
    assert row.elsewhere["investment_ytd_wan"] == ("投资!D4", "300")
    assert submission.is_acceptable and codes(submission) == {"project_repeated_same": 2}


def test_a_finding_about_an_added_value_stands_where_the_value_does() -> None:
    """A fall of the sum is told at the sheet and cell of the figure."""
    known = record(project("海上风电", investment_ytd_wan=Decimal(900)))
    found = the("cumulative_fell", read(page("投资", MONEY), page("进度", WORDS), known=known))
    assert (found.sheet, found.cell) == ("投资", "D4")


def test_a_column_is_missed_where_a_project_lacks_it() -> None:
    """The list of words may lack the total only as long as the other list has each of its projects."""
    submission = read(page("投资", MONEY[:2]), page("进度", WORDS))
    assert codes(submission)["required_missing"] == 1


@pytest.mark.parametrize("second", ["在建", "签约"])
def test_a_project_under_two_stages_keeps_what_either_says(second: str) -> None:
    """Among the signed and among those under construction: the last stage counts, and the day of signing is kept."""
    signed_list = [["序号", "项目名称", "总投资", "签约时间"], [1, "海上风电", 50_000, "2024年3月"]]
    building = [["序号", "项目名称", "总投资", "备注"], [1, "海上风电", 50_000, "x"]]
    submission = read(
        page("签约", signed_list, "滨海片区2024年8月签约项目表"),
        page(second, building, f"滨海片区2024年8月{second}项目"),
    )
    assert submission.rows[0][1].values["signed_date"] is not None


def test_contradicting_rows_are_not_mixed() -> None:
    """Where figures differ the last row counts alone, and a person is asked."""
    other = [["序号", "项目名称", "总投资", "备注"], [1, "海上风电", 70_000, "x"]]
    row = read(page("一", MONEY[:2]), page("二", other)).rows[0][1]
    assert (int(row.values["total_investment_wan"]), row.values["investment_ytd_wan"]) == (70_000, None)
