"""Lines that offices put among the projects: pages of print, reckoned figures, notes, continued rows, ditto marks."""

from __future__ import annotations

from typing import Any

import pytest
from workbooks import Page, codes, monthly, read, the

from loaders.rows import NUMBERING

TITLE = "滨海片区2024年8月项目表"
HEAD = ["序号", "项目名称", "总投资", "1-8月完成投资"]
WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000}


def listing(*rows: list[Any], merges: tuple[str, ...] = ()) -> Page:
    return Page([[TITLE], ["单位：万元"], HEAD, *rows], merges=merges)


def numbered(first: int, last: int) -> list[list[Any]]:
    return [[number, f"风电{number}期", 50_000, 100] for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("between", "tables"),
    [
        ([HEAD], 1), ([["第1页"], HEAD], 1), ([["第 1 页，共 2 页"], [TITLE], ["单位：万元"], HEAD], 1), ([["本页小计", None, 100_000], HEAD], 1),
        ([["续表"], HEAD, [None]], 1), ([["二、前期项目"], HEAD], 2), ([["另一张项目表"], HEAD], 2), ([[TITLE], [*HEAD[:3], "备注"]], 2),
    ],
)  # fmt: skip
def test_headings_of_the_next_page(between: list[list[Any]], tables: int) -> None:
    """Page numbers, page totals and the title again are passed over; other headings begin another table."""
    submission = read(listing(*numbered(1, 2), *between, *numbered(3, 4)))
    assert (len(submission.tables), len(submission.rows)) == (tables, 4)


@pytest.mark.parametrize(
    ("between", "serial"),
    [([[TITLE], ["单位：万元"], HEAD], 1), ([["二、前期项目"], [TITLE], HEAD], 1)],
)
def test_the_title_again_is_no_other_table(between: list[list[Any]], serial: int) -> None:
    """With the sheet's own title the serial numbers may begin anew."""
    submission = read(listing(*numbered(1, 2), *between, [serial, "光伏", 60_000, 100]))
    assert (len(submission.tables), len(submission.rows)) == (1, 3)


def test_other_tables_of_the_same_headings() -> None:
    """Another title and numbers that begin anew: another table."""
    submission = read(listing(*numbered(1, 2), ["前期项目"], HEAD, [1, "光伏", 60_000, 100]))
    assert len(submission.tables) == 2


@pytest.mark.parametrize(
    "line",
    [["平均", None, 50_000, 100], ["上年同期", None, 90_000, 90], [None, "同比增长（%）", 5, 6], ["比上月增减", None, 5, 6], [None, "完成率", "50%", "60%"],
     ["其中", "省重点项目（1个）", 50_000, 100], ["其中：", "10亿元以上", 50_000, 100], ["过次页", None, 100_000, 200], ["总", "计", 100_000, 200],
     ["全部总和", None, 100_000, 200]],
)  # fmt: skip
def test_reckoned_lines_are_no_projects(line: list[Any]) -> None:
    """Means, comparisons, classes and totals in other words give no row and no false alarm."""
    submission = read(listing(*numbered(1, 2), line))
    assert len(submission.rows) == 2 and codes(submission) == {}


def test_a_project_beside_the_word_of_which() -> None:
    """其中 before a name that is no class begins the list of the projects."""
    submission = read(
        listing(["合计", None, 100_000, 200], ["其中", "海上风电", 50_000, 100], [None, "屋顶光伏", 50_000, 100])
    )
    assert [row.values["project_name"] for _, row in submission.rows] == ["海上风电", "屋顶光伏"]


def test_numbered_notes_under_a_lone_word() -> None:
    """Under 备注 the numbered lines are notes, unless figures follow them."""
    assert len(read(listing(*numbered(1, 2), ["备注："], [1, "本表由片区填报"])).rows) == 2
    assert len(read(listing(*numbered(1, 2), ["备注"], [3, "光伏", 60_000, 100])).rows) == 3


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("1. 海上风电", "海上风电"), ("（2）海上风电", "海上风电"), ("③海上风电", "海上风电"), ("4、海上风电", "海上风电"), ("5）海上风电", "海上风电"),
        ("2.5GW海上风电", "2.5GW海上风电"), ("3、4号泊位", "3、4号泊位"), ("110千伏线路", "110千伏线路"), ("1号码头", "1号码头"),
        ("（3）号地块", "（3）号地块"), ("一、二期厂房", "一、二期厂房"),
    ],
)  # fmt: skip
def test_the_number_of_a_line_is_no_part_of_a_name(typed: str, name: str) -> None:
    """A number before a name goes, one inside it stays."""
    assert NUMBERING.sub("", typed) == name


@pytest.mark.parametrize("mark", ["同上", "〃", "同前", "”"])
def test_ditto_marks_say_what_the_row_above_says(mark: str) -> None:
    """Texts and dates are taken from above with their cell; an amount is asked."""
    rows = [
        WIND | {"建设单位": "甲", "实际开工时间": "2024年3月"},
        {"项目名称": "光伏", "总投资": mark, "建设单位": mark, "实际开工时间": mark},
    ]
    submission = read(monthly(*rows, {"项目名称": "储能", "总投资": 50_000, "建设单位": mark}))
    values = [(row.values["owner_name"], row.elsewhere.get("owner_name", ("",))[0]) for _, row in submission.rows]
    assert values == [("甲", ""), ("甲", "D4"), ("甲", "D4")]
    assert codes(submission) == {"not_a_number": 1}


def test_a_ditto_mark_in_the_first_row() -> None:
    """With nothing above it a ditto mark says nothing."""
    assert read(monthly(WIND | {"建设单位": "同上"})).rows[0][1].values["owner_name"] is None


@pytest.mark.parametrize(
    ("heading", "text", "day"),
    [
        ("实际开工时间", "已于3月18日开工", "2024-03-18"), ("实际开工时间", "拟6月开工", None), ("实际开工时间", "6月底前", None),
        ("实际开工时间", "预计2024年6月", None), ("计划开工时间", "已于3月开工", None), ("计划开工时间", "预计2024年6月", "2024-06-30"),
        ("计划开工时间", "6月底前", "2024-06-30"), ("计划开工时间", "2024年6月", "2024-06-30"),
    ],
)  # fmt: skip
def test_plans_and_deeds_in_each_others_columns(heading: str, text: str, day: str | None) -> None:
    """What is only planned is no actual date, what is done no plan: asked, and the text kept."""
    submission = read(monthly(WIND | {heading: text}))
    name = "start_date" if heading.startswith("实际") else "planned_start_date"
    values = submission.rows[0][1].values
    assert (values[name] and str(values[name]), values[f"{name}_text"]) == (day, text)
    assert codes(submission).get("date_unreadable", 0) == (day is None)


@pytest.mark.parametrize("text", ["未开工", "尚未开工", "暂无"])
def test_not_yet_is_an_answer(text: str) -> None:
    """A project that has not begun has no day of beginning, and nothing is wrong with that."""
    submission = read(monthly(WIND | {"实际开工时间": text}))
    assert (submission.rows[0][1].values["start_date"], codes(submission)) == (None, {})


@pytest.mark.parametrize(
    ("serials", "count"),
    [
        ([1, "（1）", "（2）", 2], 2),
        (["1", "1.1", "1.2", "2"], 2),
        (["（1）", "（2）", "（3）", "（4）"], 0),
        ([1, 2, 3, 4], 0),
    ],
)
def test_parts_beside_their_whole(serials: list[Any], count: int) -> None:
    """Numbers in brackets under a plain number are parts of a project."""
    rows = [[serial, f"风电{number}期", 50_000, 100] for number, serial in enumerate(serials, 1)]
    assert codes(read(listing(*rows))) == ({"sub_projects": 1} if count else {})


@pytest.mark.parametrize(
    ("typed", "unit", "read_as", "code"),
    [
        ("3.2亿元（含设备）", "单位：万元", 32_000, "number_in_words"), ("50000（含土地）", "单位：万元", 50_000, "number_in_words"),
        ("￥50,000", "单位：万元", 50_000, None), ("¥50000", "单位：万元", 50_000, None), ("5（亿元）", "单位：万元", None, "not_a_number"),
        ("约50000", "单位：万元", None, "not_a_number"), ("（50000）", "单位：万元", None, "not_a_number"), (50_000, "单位：万元、亿元", None, "unit_unknown"),
    ],
)  # fmt: skip
def test_amounts_with_something_beside_them(typed: Any, unit: str, read_as: int | None, code: str | None) -> None:
    """A note in brackets leaves an amount as it is and is told; a unit in brackets or a word of doubt is asked."""
    submission = read(monthly(WIND | {"总投资": typed, "备注": "x"}, unit=unit))
    assert submission.rows[0][1].values["total_investment_wan"] == read_as
    assert codes(submission) == ({code: 1} if code else {})


def test_a_share_with_a_note() -> None:
    """The sentence says how the share was read."""
    assert "按 95% 读取" in the("number_in_words", read(monthly(WIND | {"投资完成率": "95%（含设备）"}))).message()


@pytest.mark.parametrize(
    ("path", "cells", "field"),
    [
        (("8月", "计划"), ["主体封顶", "桩基"], None), (("9月", "计划"), ["主体封顶", "桩基"], "next_step_text"), (("9月", "计划"), [300, 400], None),
        (("9月", "计划投资"), [300, 400], None), (("9月", "年度计划投资"), [300, 400], "annual_plan_wan"), (("2024年", "计划投资"), [300, 400], "annual_plan_wan"),
        (("8月", "完成率"), [0.5, 0.6], None), (("1-8月", "完成率"), [0.5, 0.6], "investment_share_rate"), (("8月", "实际完成"), [300, 400], "investment_month_wan"),
        (("1-8月完成情况", "投资"), [300, 400], "investment_ytd_wan"),
    ],
)  # fmt: skip
def test_plans_of_single_months(path: tuple[str, str], cells: list[Any], field: str | None) -> None:
    """What is planned for one month is neither the year's plan nor what comes next, and figures are no words."""
    head = [[TITLE], ["单位：万元"], ["序号", "项目名称", "总投资", path[0], "备注"], [None, None, None, path[1], None]]
    rows = [[number, f"风电{number}期", 50_000, cell, "x"] for number, cell in enumerate(cells, 1)]
    columns = read(Page([*head, *rows], merges=("A3:A4", "B3:B4", "C3:C4", "E3:E4"))).tables[0].columns
    assert columns[3].field == field
