"""What a return says of itself: month, sender, unit, and when its places disagree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import blocks_of

from domain.periods import Period
from loaders.frame import month_of, read_body, read_period, read_year, unit_of_lines

HEADINGS = ["序号", "项目名称", "总投资"]


def returns(*lines: object, headings: list[str] | None = None, below: str = "", name: str = "项目") -> list:
    """The table of a return with lines over its headings."""
    rows = [[line] if isinstance(line, str) else line for line in lines]
    return blocks_of([*rows, headings or HEADINGS, [1, "风电", 5], [below]], name=name)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2024年8月重大项目推进情况表", "2024-08"),
        ("2024 年 10 月", "2024-10"),
        ("二〇二四年十二月", "2024-12"),
        ("二○二四年八月", "2024-08"),
        ("2024年1-8月", "2024-08"),
        ("2024年1月至8月", "2024-08"),
        ("2024年度1～8月", "2024-08"),
        ("2024年1月1日至8月31日", "2024-08"),
        ("2023年12月—2024年8月", "2024-08"),
        ("2024年4-6月", "2024-06"),
        ("截至2024年8月31日", "2024-08"),
        ("截至2024.8.31", "2024-08"),
        ("2024-08", "2024-08"),
        ("2024.1-8月", "2024-08"),
        ("报表202408", "2024-08"),
        ("2024年第三季度", "2024-09"),
        ("2024年1季度", "2024-03"),
        ("2024年上半年", "2024-06"),
        ("2024年度下半年", "2024-12"),
        ("填报日期：2024年9月3日", None),
        ("2024年8月  填表时间：2024年9月3日", "2024-08"),
        ("报送期限：2024年9月5日", None),
        ("2024年重大项目", None),
        ("8月重大项目", None),
        ("1950年8月", None),
        ("五五五五年八月", None),
        ("20240831", None),
        ("项目2024123456", None),
        ("", None),
    ],
)
def test_month_of_a_line(text: str, month: str | None) -> None:
    """The last month of a range; not the day of filling in, nor a year that no return can mean."""
    assert month_of(text) == (Period.parse(month) if month else None)


@given(st.text() | st.text(alphabet="12089年月季度上下半第一三〇.-/至 填报日期", max_size=16))
def test_any_line_has_a_month_or_none(text: str) -> None:
    """Nothing raises, whatever a line says."""
    month = month_of(text)
    assert month is None or 1 <= month.month <= 12


class TestPeriod:
    @pytest.mark.parametrize(
        ("blocks", "file_name"),
        [
            (returns("滨海片区2024年8月项目表"), "报表.xlsx"),
            (returns("滨海片区项目表", "截至日期：2024年8月31日"), "报表.xlsx"),
            (returns("滨海片区项目表"), "滨海片区2024年8月.xlsx"),
            (returns("滨海片区项目表", name="2024.8"), "报表.xlsx"),
            (returns("滨海片区2024年8月项目表", "填报日期：2024年9月2日"), "报表.xlsx"),
        ],
        ids=["title", "cut-off line", "file name", "sheet name", "not the day of filling in"],
    )
    def test_each_place_may_say_it(self, blocks: list, file_name: str) -> None:
        """Title, cut-off line, sheet name or file name: one is enough."""
        assert read_period(file_name, blocks) == (Period(2024, 8), [])

    def test_no_place_says_it(self) -> None:
        """Without a month anywhere the file cannot be placed."""
        period, (found,) = read_period("报表.xlsx", returns("滨海片区项目表"))
        assert (period, found.code, found.sheet, found.cell) == (None, "period_unknown", "", "")

    def test_places_that_disagree_are_listed_once(self) -> None:
        """The finding stands at the first cell and lists who says what."""
        period, (found,) = read_period(
            "2024年8月.xlsx", returns("滨海片区2024年8月项目表", [None, "截至2024年7月31日"])
        )
        assert period is None
        assert (found.code, found.sheet, found.cell) == ("period_conflict", "项目", "A1")
        assert "表题（项目 A1） 2024年8月、表头上方（项目 B2） 2024年7月、文件名 2024年8月" in found.message()

    def test_headings_of_another_month(self) -> None:
        """1-7月累计完成投资 under a title of August is last month's form."""
        blocks = returns("2024年8月", headings=["序号", "项目名称", "1-7月累计完成投资"])
        period, (found,) = read_period("报表.xlsx", blocks)
        assert (period, found.code, found.value) == (Period(2024, 8), "period_conflict", "1-7月累计完成投资")
        assert "表头“1-7月累计完成投资” 7月" in found.message()

    @pytest.mark.parametrize(
        "headings",
        [
            ["项目名称", "7月完成投资", "1-8月累计完成投资"],
            ["项目名称", "总投资", "9月计划完成投资"],
            ["项目名称", "总投资", "12月底前完成情况"],
            ["项目名称", "总投资", "截至2023年12月累计完成投资"],
            ["项目名称", "总投资", "上年12月累计完成投资"],
            ["项目名称", "总投资", "8月形象进度"],
        ],
        ids=["one is right", "a plan", "a deadline", "another year", "last year", "right"],
    )
    def test_headings_that_do_not_contradict(self, headings: list[str]) -> None:
        """Plans, deadlines and figures of another year say nothing of the period."""
        assert read_period("报表.xlsx", returns("2024年8月", headings=["总投资", *headings])) == (Period(2024, 8), [])


class TestBody:
    @pytest.mark.parametrize(
        ("blocks", "file_name", "body"),
        [
            (returns("滨海片区2024年8月项目表"), "报表.xlsx", "binhai"),
            (returns("2024年8月项目表", "填报单位：响水片区管理办公室"), "报表.xlsx", "xiangshui"),
            (returns("2024年8月项目表", below="填报单位（盖章）：黄海新区滨海港片区"), "报表.xlsx", "binhai"),
            (returns("2024年8月项目表"), "响水片区8月.xlsx", "xiangshui"),
            (returns("2024年8月项目表", "填报单位：滨海港片区  填报日期：9月2日"), "报表.xlsx", "binhai"),
        ],
        ids=["title", "sender line", "foot", "file name", "sender beside a date"],
    )
    def test_each_place_may_say_it(self, blocks: list, file_name: str, body: str) -> None:
        """Title, sender line, foot or file name: one is enough."""
        assert read_body(file_name, blocks) == (body, [])

    @pytest.mark.parametrize("line", ["2024年8月项目表", "滨海片区、响水片区2024年8月汇总", "江苏滨海港码头工程进度"])
    def test_no_sender(self, line: str) -> None:
        """A return that names no district, or both, or only a harbour, has no sender."""
        body, (found,) = read_body("报表.xlsx", returns(line))
        assert (body, found.code, found.cell) == (None, "body_unknown", "")

    def test_senders_that_disagree(self) -> None:
        """The title of one district in the file of another."""
        body, (found,) = read_body("响水片区2024年8月.xlsx", returns("滨海片区2024年8月项目表"))
        assert (body, found.code, found.sheet, found.cell) == (None, "body_conflict", "项目", "A1")
        assert "表题（项目 A1） 滨海片区、文件名 响水片区" in found.message()

    def test_senders_that_disagree_outside_cells(self) -> None:
        """When no place is a cell the finding names the sheet."""
        _, (found,) = read_body("响水片区.xlsx", returns(name="滨海片区"))
        assert (found.sheet, found.cell, found.value) == ("滨海片区", "", "滨海片区")


class TestYearAndUnit:
    @pytest.mark.parametrize(
        ("line", "file_name", "year"),
        [
            ("2024年度目标任务分解表", "表.xlsx", 2024),
            ("目标任务", "二〇二四年目标.xlsx", 2024),
            ("1950年目标", "2024年目标.xlsx", 2024),
            ("目标任务", "表.xlsx", None),
        ],
    )
    def test_year_of_a_yearly_form(self, line: str, file_name: str, year: int | None) -> None:
        """From title or file name, when it is a year that can be meant."""
        assert read_year(file_name, returns(line)) == year

    @pytest.mark.parametrize(
        ("lines", "below", "unit"),
        [
            (["项目表", "单位：万元"], "", "万元"),
            (["项目表", "金额单位：人民币亿元"], "", "亿元"),
            (["项目表（单位：万元、亩）"], "", "万元"),
            (["项目表（亿元）"], "", "亿元"),
            (["亿元以上项目表", "单位：元"], "", "元"),
            (["项目表（亿元以上）"], "", None),
            (["项目表（亿元以上，单位：万元）"], "", "万元"),
            (["项目表（亿元及以上；万元）"], "", "万元"),
            (["项目表"], "注：金额单位：亿元", "亿元"),
            (["项目表", "填报单位：滨海片区"], "", None),
        ],
    )
    def test_unit_of_a_table(self, lines: list[str], below: str, unit: str | None) -> None:
        """A unit line goes before brackets in the title; 亿元以上 is a class of projects, not a unit."""
        (block,) = returns(*lines, below=below)
        assert unit_of_lines(block) == unit
