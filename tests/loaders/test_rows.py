"""Rows read by their columns: values, where they came from, and what is told when they cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from workbooks import Page, as_read, monthly

from domain.findings import Finding
from domain.submissions import INFRASTRUCTURE, NODE_PLAN, PROJECTS, TARGETS, Known, RowReading
from loaders.columns import match_columns
from loaders.reader import Reader
from loaders.rows import read_rows
from loaders.tables import find_blocks


def read(page: Page, kind: str = PROJECTS) -> tuple[list[RowReading], list[Finding]]:
    """The rows of a page's only table and what they told."""
    (block,) = find_blocks(as_read(page).sheets[0])
    columns, _ = match_columns(block, kind, "binhai", Known())
    reader = Reader(block, kind, columns, "binhai", 2024)
    return read_rows(reader), reader.findings


def only(page: Page, kind: str = PROJECTS) -> RowReading:
    (row,) = read(page, kind)[0]
    return row


WIND = {"序号": 1, "项目名称": "风电", "总投资": 50_000}


class TestValues:
    def test_values_by_field_and_the_row_as_typed(self) -> None:
        """A row keeps its number, its typed values by field and all cells as texts."""
        row = only(monthly(WIND | {"计划竣工时间": "2024年三季度", "形象进度": "主体封顶"}))
        assert row.cell_row == 4
        assert row.texts == ("1", "风电", "50000", "2024年三季度", "主体封顶")
        assert row.values["total_investment_wan"] == Decimal(50_000)
        assert row.values["planned_completion_date"] == date(2024, 9, 30)
        assert row.values["planned_completion_date_text"] == "2024年三季度"
        assert row.values["planned_completion_date_precision"] == "quarter"
        assert row.values["district"] == "binhai"
        assert row.values["annual_plan_wan"] is None
        assert (row.rejected, row.elsewhere) == (set(), {})

    @pytest.mark.parametrize(
        ("page", "wan"),
        [
            (monthly({"项目名称": "风电", "总投资（亿元）": 5, "备注": "x"}), 50_000),
            (monthly({"项目名称": "风电", "总投资": 5, "备注": "x"}, unit="单位：亿元"), 50_000),
            (monthly({"项目名称": "风电", "总投资": 5, "备注": "x"}, unit="", title="2024年8月项目表（亿元）"), 50_000),
            (monthly({"项目名称": "风电", "总投资": 5, "备注": "x"}), 5),
            (monthly({"项目名称": "风电", "总投资": "5亿元", "备注": "x"}), 50_000),
        ],
        ids=["heading", "line", "title", "ten thousand", "cell"],
    )
    def test_money_in_the_unit_stated(self, page: Page, wan: int) -> None:
        """The unit may stand in the heading, a line, the title or the cell."""
        assert only(page).values["total_investment_wan"] == wan

    def test_key_project_marks_go_from_the_name(self) -> None:
        """★ before a name is a mark, not part of it."""
        assert only(monthly(WIND | {"项目名称": "★ 滨海（风电）"})).values["project_name"] == "滨海(风电)"

    def test_phone_numbers_are_not_even_kept_as_text(self) -> None:
        """The row as typed has no phone number and no person."""
        row = only(monthly(WIND | {"联系人": "张某", "联系电话": "13800000000", "备注": "x"}))
        assert row.texts == ("1", "风电", "50000", None, None, "x")

    def test_a_value_that_cannot_be_read_is_rejected(self) -> None:
        """The finding stands at the cell; the value is None and known as rejected."""
        (row,), (found,) = read(monthly(WIND | {"总投资": "约5亿"}))
        assert (row.values["total_investment_wan"], row.rejected) == (None, {"total_investment_wan"})
        assert (found.code, found.sheet, found.cell, found.value) == ("not_a_number", "项目", "C4", "约5亿")
        assert "“总投资”应填数字，现为“约5亿”" in found.message()

    def test_errors_and_formulas_without_a_result(self) -> None:
        """An error rejects the value, a formula without a result is empty; both are told at the cell."""
        page = monthly(WIND | {"年度计划投资": "#REF!", "本月完成投资": "=1+1", "备注": "x"})
        (row,), findings = read(page)
        assert row.rejected == {"annual_plan_wan"}
        assert row.values["annual_plan_wan"] is row.values["investment_month_wan"] is None
        assert [(found.code, found.cell) for found in findings] == [
            ("formula_error", "D4"),
            ("formula_not_calculated", "E4"),
        ]
        assert "#REF!" in findings[0].message()

    @pytest.mark.parametrize("name", ["#N/A", "★"])
    def test_a_row_without_a_name_after_all_is_not_read(self, name: str) -> None:
        """An error or a lone mark is no name: no project is made of it."""
        rows, findings = read(monthly(WIND | {"项目名称": name}, WIND))
        assert [row.cell_row for row in rows] == [5]
        assert (findings[-1].code, findings[-1].cell, findings[-1].value) == ("name_missing", "B4", name)


class TestMerged:
    def test_words_are_filled_down_and_amounts_are_not(self) -> None:
        """A merged owner is every row's owner, told from which cell; a merged amount counts once."""
        page = monthly(
            WIND | {"建设单位": "甲公司", "年度计划投资": 9},
            {"序号": 2, "项目名称": "光伏", "总投资": 60_000},
            merges=("D4:D5", "E4:E5"),
        )
        (first, second), findings = read(page)
        assert (first.values["owner_name"], first.elsewhere) == ("甲公司", {})
        assert (second.values["owner_name"], second.elsewhere) == ("甲公司", {"owner_name": ("D4", "甲公司")})
        assert (first.values["annual_plan_wan"], second.values["annual_plan_wan"]) == (Decimal(9), None)
        assert [(found.code, found.cell) for found in findings] == [("amount_merged", "E4")]

    def test_an_empty_merge_fills_nothing(self) -> None:
        """A merge without a text leaves its rows empty."""
        page = monthly(WIND | {"建设单位": None, "备注": "x"}, WIND | {"项目名称": "光伏"}, merges=("D4:D5",))
        assert read(page)[0][1].elsewhere == {}

    def test_a_merge_of_headings_fills_nothing_below(self) -> None:
        """Only areas below the headings are filled down."""
        assert only(monthly(WIND | {"备注": None}, merges=("A1:D2",))).elsewhere == {}

    def test_a_merged_name_continues(self) -> None:
        """The second line of a project is told and not read by itself."""
        page = monthly(WIND | {"备注": "一标"}, {"备注": "二标"}, merges=("A4:A5", "B4:B5", "C4:C5"))
        rows, (found,) = read(page)
        assert len(rows) == 1
        assert (found.code, found.sheet, found.cell) == ("row_continued", "项目", "B5")

    def test_figures_without_a_name_are_told(self) -> None:
        """The row is not read; the finding stands where the name should be."""
        rows, (found,) = read(monthly(WIND, {"序号": 2, "总投资": 5}))
        assert [row.values["project_name"] for row in rows] == ["风电"]
        assert (found.code, found.cell, found.field) == ("name_missing", "B5", "project_name")


class TestElsewhere:
    def stage(
        self, *rows: list[Any], title: str = "滨海片区2024年8月项目表", name: str = "项目", kind: str = PROJECTS
    ) -> Any:
        """(stage, where it was said) of the last row."""
        page = Page([[title], ["序号", "项目名称", "总投资（万元）", "形象进度"], *rows], name)
        row = read(page, kind)[0][-1]
        return row.values["stage"], row.elsewhere.get("stage")

    def test_the_group_says_the_stage(self) -> None:
        """A group row gives its word to the rows under it, up to the next group of its depth."""
        groups = [["一、签约项目"], [1, "甲", 5], ["二、在建项目（1个）"], [1, "风电", 5, "打桩"]]
        assert self.stage(*groups) == ("building", ("A5", "二、在建项目(1个)"))

    def test_the_innermost_group_goes_first(self) -> None:
        """A subgroup's word goes before that of its group, and the group's before the title's."""
        assert self.stage(["一、在建项目"], ["（一）新开工项目"], [1, "风电", 5, "打桩"])[0] == "started"
        assert (
            self.stage(["一、在建项目"], ["（一）其他"], [1, "风电", 5, "打桩"], title="签约项目2024年8月")[0]
            == "building"
        )

    def test_title_and_sheet_name_say_the_stage(self) -> None:
        """The cell of the title is told; a sheet's name has no cell."""
        assert self.stage([1, "风电", 5, "打桩"], title="2024年8月签约项目表") == (
            "signed",
            ("A1", "2024年8月签约项目表"),
        )
        assert self.stage([1, "风电", 5, "打桩"], name="竣工项目") == ("completed", ("", "竣工项目"))
        page = Page(
            [[None, "2024年8月签约项目表"], ["序号", "项目名称", "总投资（万元）", "形象进度"], [1, "风电", 5, "打桩"]]
        )
        assert only(page).elsewhere["stage"] == ("B1", "2024年8月签约项目表")

    def test_a_title_of_several_stages_says_none(self) -> None:
        """签约、开工、竣工 in one title is no stage of any row."""
        assert self.stage([1, "风电", 5, "打桩"], title="签约、开工、竣工项目表2024年8月") == (None, None)

    def test_an_unknown_word_is_not_replaced(self) -> None:
        """What the stage column says wrongly is not answered from the title."""
        page = monthly(WIND | {"项目阶段": "热火朝天"}, title="2024年8月在建项目")
        (row,), (found,) = read(page)
        assert row.values["stage"] is None
        assert (found.code, found.cell, found.value) == ("word_unknown", "D4", "热火朝天")

    def test_infrastructure_says_its_stage_in_words_of_progress(self) -> None:
        """前期工作 alone is a stage; a sentence is not."""
        assert self.stage([1, "道路", 5, "前期工作"], kind=INFRASTRUCTURE) == ("preparing", ("D3", "前期工作"))
        assert self.stage([1, "道路", 5, "正在办理用地手续"], kind=INFRASTRUCTURE) == (None, None)
        assert self.stage([1, "道路", 5, None], [2, "管网", 5, None], kind=INFRASTRUCTURE) == (None, None)

    def test_the_group_says_the_category(self) -> None:
        """传统产业 over a group is its projects' category; infrastructure has none."""
        page = Page([["2024年8月"], ["序号", "项目名称", "总投资（万元）", "备注"], ["一、传统产业"], [1, "风电", 5]])
        assert only(page).values["category"] == "traditional"
        assert only(page).elsewhere["category"] == ("A3", "一、传统产业")
        assert only(page, INFRASTRUCTURE).values["category"] is None

    def test_the_districts_column_goes_before_the_sender(self) -> None:
        """Where the row names its district it is that."""
        assert only(monthly(WIND | {"所属片区": "响水片区"})).values["district"] == "xiangshui"

    @pytest.mark.parametrize(
        ("text", "rate"),
        [
            ("完成总工程量82%", "0.82"),
            ("主体封顶，形象进度达到65.5%", "0.655"),
            ("工程进度约40％", "0.4"),
            ("完成总工程量150%", None),
            ("设备到货率80%", None),
            ("主体封顶", None),
        ],
    )
    def test_share_of_work_inside_words(self, text: str, rate: str | None) -> None:
        """A share of the whole work is taken from the words of progress; any other percentage is not."""
        row = only(monthly(WIND | {"目前形象进度": text}))
        assert row.values["progress_rate"] == (Decimal(rate) if rate else None)
        assert (row.elsewhere.get("progress_rate", ("",))[0]) == ("D4" if rate else "")


class TestForms:
    def test_targets_keep_rows_without_a_project(self) -> None:
        """The form of targets lists indicators; nothing is filled in from elsewhere."""
        page = Page(
            [["2024年目标"], ["序号", "指标名称", "单位", "全区"], [1, "新签约项目", "个", 9], [2, "天气", "个", 9]]
        )
        (first, second), (found,) = read(page, TARGETS)
        assert first.values == {"indicator": "signed", "unit_text": "个", "zone_target": Decimal(9)}
        assert second.values["indicator"] is None
        assert (found.code, found.cell, found.value) == ("word_unknown", "B4", "天气")

    def test_nodes_are_planned_dates(self) -> None:
        """A node of the plan is the last day of its month."""
        page = Page(
            [
                ["2024年计划"],
                ["序号", "项目名称", "项目备案", "施工许可", "开工", "竣工"],
                [1, "风电", "3月", "5月", "6月", "12月"],
            ]
        )
        row = only(page, NODE_PLAN)
        assert row.values["node_start"] == date(2024, 6, 30)
        assert row.values["node_start_precision"] == "month"


def test_totals_are_no_projects() -> None:
    """A total row between or after the projects is not read as one."""
    rows, findings = read(
        monthly(WIND, {"序号": "合计", "总投资": 50_000}, WIND | {"项目名称": "光伏"}, {"序号": "总计"})
    )
    assert [row.values["project_name"] for row in rows] == ["风电", "光伏"]
    assert findings == []
