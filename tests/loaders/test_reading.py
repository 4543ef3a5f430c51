"""Whole returns: what is read, and every finding that a sender can be told, at its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import Page, as_read, codes, monthly, project, read, record, the, write

from domain.findings import ERROR, EXPLAIN, HINT, KINDS
from domain.identity import project_id_of
from domain.periods import Period
from domain.submissions import (
    ANNUAL_NODE_PLAN,
    ANNUAL_TARGETS,
    INFRASTRUCTURE,
    MONTHLY_RETURN,
    PROJECTS,
    Decision,
    Known,
    Submission,
)
from loaders.reading import interpret, read_return
from loaders.workbook import UnreadableFile, Workbook, sha256_of

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "samples" / "2024").glob("*.xls*"))
WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000}
SUN = {"序号": 2, "项目名称": "屋顶光伏", "总投资": 60_000}
NOTHING_KNOWN = record()
BUILDING = record(project("海上风电", stage="building", total_investment_wan=Decimal(50_000)))
TARGET_HEADINGS = ["序号", "指标名称", "单位", "全区", "滨海片区", "响水片区"]
NODE_HEADINGS = ["序号", "项目名称", "片区", "项目备案", "环评批复", "施工许可", "开工", "竣工"]
LONG = "滨海港工业园区海上风电装备制造基地"


def of(*pages: Page, known: Known = NOTHING_KNOWN, file_name: str = "报表.xlsx") -> Callable[[], Submission]:
    return lambda: read(*pages, file_name=file_name, known=known)


def wind(known: Known = NOTHING_KNOWN, **values: Any) -> Callable[[], Submission]:
    """A return of one project with further values."""
    return of(monthly(WIND | values), known=known)


LISTED = [["序号", "项目名称", "总投资"], [1, "海上风电", 50_000], [2, "屋顶光伏", 60_000]]


def of_month(month: int, name: str = "海上风电") -> Page:
    """A sheet of a month in a workbook that has one for each."""
    return monthly(WIND | {"项目名称": name, "本月完成投资": 100 * month}, title="滨海片区2024年项目表", name=f"{month}月")


def by_district(*names: str) -> Page:
    """A list of the zone with a column of districts."""
    rows = [WIND | {"项目名称": f"风电{number}", "片区": name} for number, name in enumerate(names)]
    return monthly(*rows, title="黄海新区2024年8月项目表")


def planned(*labels: str) -> Page:
    """One project in rows of plan and actual."""
    first, *others = ({"类别": label, "1-8月完成投资": 100} for label in labels)
    return monthly(WIND | first, *others, merges=(f"B4:B{3 + len(labels)}",))


MOVED = record(
    project("海上风电", planned_start_date=date(2024, 6, 30), planned_start_date_text="2024年6月", planned_start_date_precision="month",
            investment_cum_wan=Decimal(9))
)  # fmt: skip

LAST_MONTH = record(
    project("海上风电", stage="building", investment_ytd_wan=Decimal(3_000), investment_cum_wan=Decimal(4_000), progress_text="主体完成50%")
)

STEPS = ["序号", "项目名称", "立项备案", "环评批复", "施工许可证", "用地需求（亩）", "已申请用地（亩）", "已取得土地指标（亩）", "用地缺口（亩）"]


def ledger(*rows: list[Any], headings: list[str] = STEPS) -> Callable[[], Submission]:
    """A ledger of permits and land of August, a row a project."""
    return of(Page([["滨海片区2024年8月手续办理台账"], headings, *rows], "台账"))


TALL = ["序号", "项目名称", "手续名称", "申报时间", "批复时间", "完成时限"]


def firms(*rows: list[Any]) -> Callable[[], Submission]:
    """A ledger of firms above scale, of these rows."""
    headings = ["序号", "企业名称", "本年累计开票销售（万元）"]
    return of(Page([["滨海片区2024年8月规上企业运行情况表"], headings, *rows], "规上"))


# Every code that can be told -> the return that makes it, the sheet and the cell.
CASES: dict[str, tuple[Callable[[], Submission], str, str]] = {
    "no_table": (of(Page([["通知"], ["请各单位按时报送"]], "通知")), "通知", ""),
    "no_rows": (of(Page([["滨海片区2024年8月（万元）"], ["序号", "项目名称", "总投资"], [1, None, None]])), "项目", ""),
    "project_card": (of(Page([["项目名称", "风电"], ["建设单位", "甲"], ["总投资", 5], ["建设内容", "风机"]], "卡片")), "卡片", ""),
    "summary_only": (of(Page([["汇总"], ["地区", "项目数"], ["滨海片区", 5]], "汇总")), "汇总", "A2"),
    "period_unknown": (of(monthly(WIND | {"备注": "x"}, title="滨海片区项目表")), "", ""),
    "period_conflict": (of(monthly(WIND | {"备注": "x"}), file_name="2024年7月.xlsx"), "项目", "A1"),
    "body_unknown": (of(monthly(WIND | {"备注": "x"}, title="2024年8月项目表")), "", ""),
    "body_conflict": (of(monthly(WIND | {"备注": "x"}), file_name="响水片区.xlsx"), "项目", "A1"),
    "other_district": (of(monthly(WIND, SUN), known=record(project("海上风电", "xiangshui"), project("屋顶光伏", "xiangshui"))), "", ""),
    "unit_unknown": (of(monthly(WIND | {"备注": "x"}, unit="")), "项目", "C3"),
    "required_missing": (of(monthly({"序号": 1, "项目名称": "海上风电", "形象进度": "打桩"})), "项目", "B3"),
    "heading_suggested": (wind(存在问题及主要困难="缺地"), "项目", "D3"),
    "heading_in_other_form": (
        wind(record(decisions=(Decision("heading", "binhai", "投资数", "annual_plan_wan", "another form"),)), **{"投资数（万元）": 5}),
        "项目",
        "D3",
    ),
    "heading_ambiguous": (wind(开工时间="2024年8月"), "项目", "D3"),
    "heading_double": (wind(当月投资=3, 本月投资=4), "项目", "E3"),
    "heading_unknown": (wind(天气="晴"), "项目", "D3"),
    "heading_other_month": (wind(**{"7月完成投资": 5, "8月完成投资": 6}), "项目", "D3"),
    "column_unfit": (of(*[monthly(*[WIND | {"项目名称": f"风电{n}", "属地": "甲镇"} for n in range(3)])]), "项目", "D3"),
    "name_suggested": (of(monthly(WIND | {"项目名称": LONG.replace("园区", "园")}), known=record(project(LONG))), "项目", "B4"),
    "name_missing": (of(monthly(WIND, {"序号": 2, "总投资": 5})), "项目", "B5"),
    "row_continued": (of(monthly(WIND | {"备注": "一标"}, {"备注": "二标"}, merges=("B4:B5",))), "项目", "B5"),
    "sub_projects": (of(monthly(WIND | {"备注": "x"}, SUN | {"序号": 1.1}, SUN | {"序号": "1.2", "项目名称": "光伏二期"})), "项目", "B5"),
    "project_repeated_same": (of(monthly(WIND | {"备注": "x"}, WIND)), "项目", "B5"),
    "project_repeated": (of(monthly(WIND | {"备注": "x"}, WIND | {"总投资": 70_000})), "项目", "B5"),
    "not_a_number": (wind(总投资="约5亿"), "项目", "C4"),
    "rate_impossible": (wind(**{"形象进度（%）": 129}), "项目", "D4"),
    "amount_negative": (wind(总投资=-50_000), "项目", "C4"),
    "amount_merged": (of(monthly(WIND | {"备注": "x"}, SUN | {"总投资": None}, merges=("C4:C5",))), "项目", "C4"),
    "parts_unclear": (
        of(monthly(*[WIND | {"项目名称": f"风电{n}", "建设年限": text} for n, text in enumerate(("2023-2025", "2024-2026", "两年"))])),
        "项目", "D6",
    ),
    "formula_error": (wind(总投资="#REF!", 备注="x"), "项目", "C4"),
    "formula_not_calculated": (wind(总投资="=1+1", 备注="x"), "项目", "C4"),
    "date_unreadable": (wind(计划竣工时间="待定"), "项目", "D4"),
    "word_unknown": (wind(项目阶段="热火朝天"), "项目", "D4"),
    "unit_mismatch": (wind(BUILDING, 总投资=5), "项目", "C4"),
    "unit_doubtful": (of(monthly(WIND | {"总投资": 5}, SUN | {"总投资": 6})), "项目", "C3"),
    "below_threshold": (wind(总投资=9_000), "项目", "C4"),
    "cumulative_fell": (wind(MOVED, 开工以来累计完成投资=5), "项目", "D4"),
    "value_vanished": (wind(BUILDING, 总投资=None, 备注="x"), "项目", "C4"),
    "month_above_year": (wind(本月完成投资=9, 本年累计完成投资=5), "项目", "D4"),
    "cumulative_above_total": (wind(开工以来累计完成投资=50_002), "项目", "D4"),
    "year_sum_differs": (wind(LAST_MONTH, 本月完成投资=900, 本年累计完成投资=5_000), "项目", "E4"),
    "value_jumped": (wind(BUILDING, 总投资=150_001, 备注="x"), "项目", "C4"),
    "amounts_jumped": (wind(LAST_MONTH, 开工以来累计完成投资=20_000), "项目", "D4"),
    "started_without_investment": (wind(项目阶段="在建", 实际开工时间="2024年5月", 开工以来累计完成投资=0), "项目", "F4"),
    "completed_below_total": (wind(项目阶段="竣工", 开工以来累计完成投资=27_000), "项目", "E4"),
    "texts_copied": (wind(LAST_MONTH, 项目阶段="在建", 形象进度="主体完成 50%"), "项目", "E4"),
    "texts_only_number": (wind(LAST_MONTH, 项目阶段="在建", 形象进度="主体完成60%"), "项目", "E4"),
    "signed_after_start": (wind(签约时间="2024年5月", 实际开工时间="2024年4月"), "项目", "D4"),
    "completed_before_start": (wind(实际开工时间="2024年5月", 实际竣工时间="2024年4月"), "项目", "E4"),
    "planned_order": (wind(计划开工时间="2025年", 计划竣工时间="2024年12月"), "项目", "E4"),
    "date_in_future": (wind(实际开工时间="2024年9月"), "项目", "D4"),
    "promise_moved": (wind(MOVED, 计划开工时间="2024年9月"), "项目", "D4"),
    "stage_moved_back": (wind(BUILDING, 项目阶段="签约"), "项目", "D4"),
    "stage_without_date": (wind(项目阶段="在建", 实际开工时间=None), "项目", "E4"),
    "project_missing": (of(monthly(SUN), known=BUILDING), "项目", ""),
    "months_missing": (of(monthly(WIND, title="滨海片区2024年11月"), known=BUILDING), "", ""),
    "count_differs": (of(monthly(WIND, SUN, below=[["合计（3个）"]])), "项目", "A6"),
    "total_differs": (of(monthly(WIND, SUN, below=[["合计", None, 99_000]])), "项目", "C6"),
    "total_not_calculated": (of(monthly(WIND, SUN, below=[["合计", None, "=SUM(C4:C5)"]])), "项目", "A6"),
    "hidden_read": (of(monthly(WIND, SUN, hidden_rows=(5,))), "项目", "A5"),
    "sheet_skipped": (of(monthly(WIND, SUN), Page([["填表说明"]], "说明")), "说明", ""),
    "tables_of_other_months": (of(of_month(7), of_month(8), file_name="滨海2024年8月.xlsx"), "7月", "B3"),
    "month_proposed": (of(of_month(7), of_month(8)), "8月", "B3"),
    "sheet_month_differs": (of(monthly(WIND, SUN, name="7月")), "7月", "B3"),
    "tables_of_months_differ": (
        of(of_month(7), of_month(8, "屋顶光伏"), file_name="滨海2024年8月.xlsx"), "7月", "B3"),
    "units_disagree": (of(Page([["滨海片区2024年8月项目表（亿元）"], ["单位：万元"], *LISTED])), "项目", "C3"),
    "both_districts": (of(by_district("滨海片区", "响水片区")), "项目", "B3"),
    "body_of_rows": (of(by_district("滨海片区", "滨海片区")), "项目", "B3"),
    "tables_of_other_district": (
        of(monthly(WIND, SUN), monthly(WIND | {"备注": "x"}, title="响水片区2024年8月项目表", name="响水"),
           file_name="滨海片区.xlsx"), "响水", "B3"),
    "rows_of_other_district": (of(by_district("滨海片区", "响水片区"), file_name="滨海片区.xlsx"), "项目", "B5"),
    "plan_rows": (of(planned("计划", "实际")), "项目", "D4"),
    "plan_rows_unclear": (of(planned("计划", "实际", "实际")), "项目", "D6"),
    "list_turned": (of(Page([["滨海片区2024年8月（万元）"], ["项目名称", "海上风电", "屋顶光伏"], ["总投资", 50_000, 60_000],
                             ["备注", "x", "y"]])), "项目", "A2"),
    "rate_unclear": (of(monthly(WIND | {"投资完成率": 1})), "项目", "D4"),
    "number_in_words": (of(monthly(WIND | {"总投资": "5亿元（含设备）", "备注": "x"})), "项目", "C4"),
    "permit_unclear": (ledger([1, "海上风电", "一期已办，二期未办"]), "台账", "C3"),
    "permit_conflict": (
        ledger([1, "海上风电", "未办", "2024-05-10"], headings=["序号", "项目名称", "环评批复", "环评批复取得时间", "立项"]), "台账", "C3"),
    "permit_step_unknown": (ledger([1, "海上风电", "剪彩", "2024-05-10"], headings=TALL), "台账", "C3"),
    "permit_repeated": (ledger([1, "海上风电", "√"], [2, "海上风电", "未办"]), "台账", "C4"),
    "permit_order": (ledger([1, "海上风电", "环评", "2024-05-10", "2024-04-10"], headings=TALL), "台账", "E3"),
    "permits_overdue": (ledger([1, "海上风电", "环评", "2024-05-10", None, "2024-06-30"], headings=TALL), "台账", "D3"),
    "land_above_applied": (ledger([1, "海上风电", "√", None, None, 90, 50, 60]), "台账", "H3"),
    "land_gap_differs": (ledger([1, "海上风电", "√", None, None, 90, 60, 50, 30]), "台账", "I3"),
    "ledger_no_rows": (firms(), "规上", ""),
    "ledger_key_missing": (firms([1, "甲钢铁", 900], [2, None, 800]), "规上", "B4"),
    "ledger_repeated": (firms([1, "甲钢铁", 900], [2, "甲钢铁", 800]), "规上", "B4"),
    "ledger_not_a_number": (firms([1, "甲钢铁", "约九百"]), "规上", "C3"),
    "ledger_negative": (firms([1, "甲钢铁", -900]), "规上", "C3"),
    "amounts_continued": (of(monthly(WIND, {"总投资": 700, "备注": "二期"}, merges=("B4:B5",))), "项目", "C5"),
}  # fmt: skip


def test_every_finding_has_a_case() -> None:
    """No code is declared that no return can make, and none made that is not declared."""
    assert set(CASES) == set(KINDS)


@pytest.mark.parametrize("code", CASES)
def test_finding_at_its_sheet_and_cell(code: str) -> None:
    """The finding is made once, at its place, and its sentence is complete in both languages."""
    make, sheet, cell = CASES[code]
    submission = make()
    found = the(code, submission)
    assert (found.sheet, found.cell) == (sheet, cell)
    for language in ("zh", "en"):
        assert not re.search(r"[{}]|None|“”", found.message(language))
    assert submission.is_acceptable == (not any(KINDS[each].blocks for each in codes(submission)))


class TestMonthlyReturn:
    def test_a_plain_return_says_all_of_itself(self) -> None:
        """Body, period, kind, unit, rows with ids; no finding."""
        submission = read(monthly(WIND | {"备注": "x"}, SUN))
        assert (submission.kind, submission.body, submission.period) == (MONTHLY_RETURN, "binhai", Period(2024, 8))
        (table,) = submission.tables
        assert (table.sheet, table.kind, table.title, table.unit) == (
            "项目",
            PROJECTS,
            "滨海片区2024年8月重大项目推进情况表",
            "万元",
        )
        assert [row.project_id for row in table.rows] == [
            project_id_of("binhai", name) for name in ("海上风电", "屋顶光伏")
        ]
        assert submission.findings == []

    def test_the_unit_of_most_money_is_the_tables(self) -> None:
        """A table whose columns differ is shown with the unit of most of them."""
        page = monthly(
            {"项目名称": "海上风电", "总投资（亿元）": 5, "年度计划投资": 6, "本月完成投资": 7}, unit="单位：万元"
        )
        assert read(page).tables[0].unit == "万元"
        assert read(monthly(WIND | {"备注": "x"}, unit="")).tables[0].unit is None

    def test_several_sheets_make_one_return(self) -> None:
        """Lists of projects and of works are read together, each in its stage."""
        submission = read(
            monthly(WIND | {"备注": "x"}, title="滨海片区2024年8月签约项目", name="签约"),
            monthly(SUN | {"备注": "x"}, title="滨海片区2024年8月在建项目", name="在建"),
            monthly(SUN | {"项目名称": "疏港路", "备注": "x"}, title="滨海片区2024年8月基础设施项目", name="基础设施"),
        )
        assert [(table.kind, table.rows[0].values["stage"]) for table in submission.tables] == [
            (PROJECTS, "signed"), (PROJECTS, "building"), (INFRASTRUCTURE, None),
        ]  # fmt: skip
        assert submission.count(PROJECTS) == 2

    def test_a_return_without_period_is_read_but_not_checked(self) -> None:
        """The rows are there for the sender to see; nothing is compared."""
        submission = read(monthly(WIND | {"总投资": 9_000, "计划竣工时间": "8月"}, title="滨海片区项目表"))
        assert codes(submission) == {"period_unknown": 1, "date_unreadable": 1}
        assert len(submission.rows) == 1

    def test_a_form_of_the_year_beside_the_list_is_skipped(self) -> None:
        """Only the lists count when a return holds both."""
        targets = Page([["2024年目标"], ["序号", "指标名称", "单位", "全区"], [1, "新签约项目", "个", 9]], "目标")
        submission = read(monthly(WIND | {"备注": "x"}), targets)
        assert (submission.kind, len(submission.tables), submission.targets) == (MONTHLY_RETURN, 1, [])
        assert the("sheet_skipped", submission).sheet == "目标"

    def test_a_project_renamed_is_found_by_its_code(self) -> None:
        """The row goes on under the name on record."""
        known = record(project("海上风电场", project_code="2401-320000"))
        submission = read(monthly(WIND | {"项目代码": "2401-320000"}), known=known)
        assert submission.rows[0][1].values["project_name"] == "海上风电场"
        assert codes(submission) == {}

    def test_levels_of_findings(self) -> None:
        """An error of a value does not keep the file out; a question asks for a reason; a hint does neither."""
        submission = read(monthly(WIND | {"总投资": "多", "计划竣工时间": "待定", "天气": "晴"}))
        assert {found.level for found in submission.findings} == {ERROR, EXPLAIN, HINT}
        assert submission.is_acceptable
        assert [found.code for found in submission.to_explain] == ["date_unreadable"]


class TestHiddenAndEmpty:
    def test_hidden_parts_are_read_and_told(self) -> None:
        """Sheet, columns and rows that are hidden count like the others; the sender is told which."""
        page = monthly(WIND, SUN, hidden_rows=(5, 99), hidden_columns=("C", "X"), is_hidden=True)
        submission = read(page)
        assert [(found.cell, dict(found.details)) for found in submission.findings] == [
            ("", {"what": "工作表", "places": "项目"}), ("C1", {"what": "列", "places": "C"}), ("A5", {"what": "行", "places": "5"}),
        ]  # fmt: skip
        assert [row.values["total_investment_wan"] for _, row in submission.rows] == [50_000, 60_000]

    def test_an_empty_sheet_is_not_worth_a_word(self) -> None:
        """Excel's spare sheets are passed over in silence."""
        assert codes(read(monthly(WIND | {"备注": "x"}), Page([], "Sheet2"), Page([[None, " "]], "Sheet3"))) == {}

    @pytest.mark.parametrize("book", [Workbook("xlsx", []), as_read(Page([])), as_read(Page([[None]]))])
    def test_an_empty_workbook(self, book: Workbook) -> None:
        """Nothing to read is one sentence."""
        assert codes(interpret(book, "空.xlsx", "0" * 64, Known())) == {"no_table": 1}

    def test_headings_alone(self) -> None:
        """A form that nobody filled in."""
        assert codes(read(Page([["滨海片区2024年8月（万元）"], ["序号", "项目名称", "总投资"]]))) == {"no_rows": 1}


class TestTargets:
    def test_targets_of_zone_and_districts(self) -> None:
        """Each figure is a target with its cell; a dash is none."""
        submission = read(Page([["黄海新区2024年度目标"], TARGET_HEADINGS, [1, "新签约项目", "个", 9, 5, "—"]], "目标"))
        assert (submission.kind, submission.body, submission.period) == (ANNUAL_TARGETS, "zone", Period(2024, 1))
        assert [(each.indicator, each.body, each.value, each.unit, each.sheet, each.cell) for each in submission.targets] == [
            ("signed", "zone", 9, "个", "目标", "D3"), ("signed", "binhai", 5, "个", "目标", "E3"),
        ]  # fmt: skip
        assert codes(submission) == {}

    def test_an_unknown_indicator_is_told_and_not_kept(self) -> None:
        """A target of something that we do not measure."""
        submission = read(
            Page([["2024年度目标"], TARGET_HEADINGS, [1, "新签约项目", None, 9], [2, "天气", "个", 5]], "目标")
        )
        assert [(each.indicator, each.unit) for each in submission.targets] == [("signed", "")]
        assert the("word_unknown", submission).cell == "B4"

    def test_without_a_year_or_a_target(self) -> None:
        """A form that does not say its year, or holds nothing, is kept out."""
        submission = read(Page([["年度目标"], TARGET_HEADINGS, [1, "天气", "个", 9]], "目标"))
        assert submission.period is None
        assert [found.code for found in submission.blocking] == ["period_unknown", "no_rows"]
        assert the("no_rows", submission).sheet == "目标"


class TestNodePlan:
    def nodes(self, *rows: list[Any], known: Known = NOTHING_KNOWN, headings: list[str] | None = None) -> Submission:
        return read(Page([["黄海新区2024年重大项目推进计划"], headings or NODE_HEADINGS, *rows], "计划"), known=known)

    def test_nodes_are_dates_or_done(self) -> None:
        """A month is its last day; a node done already has no date; words are neither and not asked about."""
        submission = self.nodes([1, "★海上风电", "滨海片区", "已完成", "5月", "√", "待定", "2025年6月"])
        assert (submission.kind, submission.body, submission.period) == (ANNUAL_NODE_PLAN, "zone", Period(2024, 1))
        assert [(each.node, each.planned_date, each.is_done, each.cell) for each in submission.nodes] == [
            ("registration", None, True, "D3"),
            ("environmental_approval", date(2024, 5, 31), False, "E3"),
            ("construction_permit", None, True, "F3"),
            ("completion", date(2025, 6, 30), False, "H3"),
        ]
        assert {(each.project_name, each.district, each.project_id) for each in submission.nodes} == {
            ("海上风电", "binhai", project_id_of("binhai", "海上风电"))
        }
        assert codes(submission) == {}

    @pytest.mark.parametrize(
        ("name", "known", "district"),
        [
            ("海上风电", record(project("海上风电", "xiangshui")), "xiangshui"),
            ("响水化工园", NOTHING_KNOWN, "xiangshui"),
            ("海上风电", NOTHING_KNOWN, "zone"),
            ("海上风电", record(project("海上风电", "xiangshui"), project("海上风电", "binhai")), "zone"),
        ],
        ids=["on record", "by its name", "nobody knows", "in both"],
    )
    def test_district_of_a_project(self, name: str, known: Known, district: str) -> None:
        """Where the form does not say the district: the record, else the name, else the zone."""
        headings = [heading for heading in NODE_HEADINGS if heading != "片区"]
        (node,) = self.nodes([1, name, None, None, None, "6月", None], known=known, headings=headings).nodes
        assert (node.district, node.project_id) == (district, project_id_of(district, name))

    def test_a_row_without_a_name_is_told(self) -> None:
        """No node is kept for nobody."""
        submission = self.nodes([1, "海上风电", "滨海片区", "3月"], [2, None, "滨海片区", 45_000, "5月"])
        assert {each.project_name for each in submission.nodes} == {"海上风电"}
        assert the("name_missing", submission).cell == "B4"


class TestFiles:
    def test_a_file_is_read_like_its_cells(self) -> None:
        """The whole way: bytes, gate, process, cells, meaning."""
        page = monthly(
            {
                "序号": 1,
                "项目名称": "★海上风电",
                "总投资": 50_000,
                "完成投资": 8,
                None: 30,
                "计划竣工": "2024年三季度",
                "联系电话": "13800000000",
            },
        )
        page.rows[2:3] = [
            ["序号", "项目名称", "总投资", "完成投资", None, "计划竣工", "联系电话"],
            [None, None, None, "本月投资", "本年完成投资"],
        ]
        page.merges = ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4")
        page.hidden_columns = ("E",)
        content = write(page)
        submission = read_return(content, "滨海片区2024年8月.xlsx")
        assert submission.sha256 == sha256_of(content)
        (row,) = submission.tables[0].rows
        assert row.values["project_name"] == "海上风电"
        assert (row.values["investment_month_wan"], row.values["investment_ytd_wan"]) == (8, 30)
        assert row.values["planned_completion_date"] == date(2024, 9, 30)
        assert row.texts[-1] is None
        assert codes(submission) == {"hidden_read": 1}

    def test_a_file_that_is_no_workbook(self) -> None:
        """The refusal is no finding: there is nothing to show."""
        with pytest.raises(UnreadableFile):
            read_return(b"%PDF-1.7", "报表.xlsx")

    @pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
    def test_samples_are_acceptable(self, path: Path) -> None:
        """Body and period are those of the file's name; every row has a name; nothing keeps the file out."""
        submission = read_return(path.read_bytes(), "报表.xlsx" if "片区" in path.stem else path.name)
        named = re.match(r"(响水|滨海|黄海).*?2024年(?:(\d+)月)?", path.stem)
        assert submission.is_acceptable
        assert submission.body == {"响水": "xiangshui", "滨海": "binhai", "黄海": "zone"}[named[1]]
        assert submission.period == Period(2024, int(named[2] or 1))
        assert submission.targets or submission.nodes or len(submission.rows) > 20
        assert submission.kind == ANNUAL_TARGETS or all(row.values["project_name"] for _, row in submission.rows)


HEADINGS = [
    "序号",
    "项目名称",
    "总投资",
    "总投资（亿元）",
    "项目阶段",
    "计划开工时间",
    "开工时间",
    "指标名称",
    "开工",
    "竣工",
    "立项",
    "联系电话",
]
VALUES = [
    "风电",
    "★",
    "一、新开工（2个）",
    "合计",
    "注：",
    "单位：万元",
    "滨海片区2024年8月",
    "1950年8月",
    "在建",
    "=A1",
    "#N/A",
    "0000年",
    "9" * 40,
]
CELL = st.one_of(
    st.none(), st.sampled_from(VALUES), st.integers(-9, 99_999), st.floats(), st.text(max_size=4), st.dates()
)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Small sheets: sometimes lines, mostly headings, then anything, merged anywhere."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=3, max_size=6, unique=draw(st.booleans())))
    row = st.lists(CELL, min_size=len(headings), max_size=len(headings))
    rows = [*draw(st.lists(row, max_size=2)), headings, *draw(st.lists(row, max_size=5))]
    merges = draw(
        st.lists(st.sampled_from(["A1:C1", "B2:B3", "A4:A6", "B4:B5", "C5:D6", "A1:A9"]), max_size=3, unique=True)
    )
    return Page(rows, draw(st.sampled_from(["项目", "基础设施", "2024.8"])), tuple(merges))


@given(
    st.lists(pages(), max_size=2),
    st.sampled_from(["滨海片区2024年8月.xlsx", "x", ""]),
    st.sampled_from([NOTHING_KNOWN, BUILDING, MOVED]),
)
def test_any_workbook_is_read_or_explained(sheets: list[Page], file_name: str, known: Known) -> None:
    """Whatever the cells hold: a submission comes out, each finding has its sentence, each row its project."""
    submission = read(*sheets, file_name=file_name, known=known)
    assert (
        submission.rows
        or submission.targets
        or submission.nodes
        or submission.blocking
        or submission.kind != MONTHLY_RETURN
    )
    for found in submission.findings:
        assert found.message()
        assert found.message("en")
    if submission.kind == MONTHLY_RETURN:
        assert all(row.project_id and row.values["project_name"] for _, row in submission.rows)
