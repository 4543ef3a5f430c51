"""What a workbook is when it is no list: a card of one project, a summary, or nothing known."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, as_read

from loaders.recognition import explain_no_table
from loaders.workbook import Workbook

CARD = [["项目名称", "风电"], ["建设单位", "甲公司"], ["总投资", "5亿元"], ["建设内容", "风机"], ["存在问题", "无"]]
SUMMARY = [["地区", "项目数", "总投资"], ["滨海片区", 5, 100], ["响水片区", 6, 120]]


def explained(*pages: list[list[Any]]) -> tuple[str, str, str]:
    """(code, sheet, cell) of the explanation."""
    found = explain_no_table(as_read(*(Page(rows, f"表{number}") for number, rows in enumerate(pages, 1))))
    return found.code, found.sheet, found.cell


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (CARD, ("project_card", "表1", "")),
        ([["项目卡片"], [], *CARD], ("project_card", "表1", "")),
        ([["项目名称", "风电", "建设单位", "甲公司"], ["总投资", 5, "建设内容", "风机"], ["存在问题", "无"]], ("project_card", "表1", "")),
        (SUMMARY, ("summary_only", "表1", "A1")),
        ([["2024年8月汇总"], *SUMMARY], ("summary_only", "表1", "A2")),
        ([["行业", "重点项目个数"], ["风电", 5]], ("summary_only", "表1", "A1")),
        ([["地区", "项目数"], ["滨海片区", "若干"]], ("no_table", "表1", "")),
        ([["地区", "天气"], ["滨海片区", 5]], ("no_table", "表1", "")),
        ([["通知"], ["请各单位按时报送"]], ("no_table", "表1", "")),
        ([["建设单位", "甲公司"], ["总投资", 5], ["建设内容", "风机"], ["存在问题", "无"]], ("no_table", "表1", "")),
        ([["项目名称", "总投资", "建设单位", "备注"]], ("no_table", "表1", "")),
        ([], ("no_table", "表1", "")),
    ],
    ids=[
        "card", "card under a title", "card of two columns", "summary", "summary under a title", "summary by industry",
        "no figures", "no measure", "words", "card without a name", "headings alone", "empty",
    ],
)  # fmt: skip
def test_what_a_workbook_is(rows: list[list[Any]], expected: tuple[str, str, str]) -> None:
    """Labels beside values make a card, groups with figures a summary; anything else is not known."""
    assert explained(rows) == expected


def test_any_sheet_may_be_the_card() -> None:
    """A card on the second sheet explains the file, before a summary on the first."""
    assert explained(SUMMARY, CARD) == ("project_card", "表2", "")
    assert explained([["通知"]], SUMMARY) == ("summary_only", "表2", "A1")


def test_a_workbook_without_sheets() -> None:
    """Nothing at all is explained as well."""
    assert explain_no_table(Workbook("xls", [])).sheet == ""
