"""The checks of a return: of a row, of a table, and against what was accepted before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from workbooks import Page, codes, monthly, project, read, record, the

from domain.dates import read_date
from domain.fields import PROJECT_FIELD
from domain.submissions import INFRASTRUCTURE, Decision, Submission
from loaders.checks.places import RowPlace, amount

WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000}
SUN = {"序号": 2, "项目名称": "屋顶光伏", "总投资": 60_000}


def dated(name: str, text: str) -> dict[str, Any]:
    """A date as it stands on record: day, text and precision."""
    reading = read_date(text)
    day = reading.day(PROJECT_FIELD[name].is_planned)
    return {
        name: day,
        f"{name}_text": text,
        f"{name}_precision": reading.interval.precision if reading.interval else None,
    }


def row(values: dict[str, Any], **before: Any) -> Submission:
    """A return of one project, with its last accepted values when there are any."""
    known = record(project("海上风电", **before)) if before else None
    return read(monthly(WIND | values), known=known)


class TestPlaces:
    def test_a_field_the_form_lacks_is_placed_at_the_name(self) -> None:
        """A finding about a missing column stands at the project's name."""
        submission = read(monthly(WIND | {"备注": "x"}))
        place = RowPlace(*submission.rows[0])
        assert (place.cell("total_investment_wan"), place.text("total_investment_wan")) == ("C4", "50000")
        assert (place.cell("start_date"), place.text("start_date")) == ("B4", "")

    def test_a_value_from_elsewhere_is_placed_there(self) -> None:
        """What the title says has the title's cell and text."""
        place = RowPlace(*read(monthly(WIND | {"备注": "x"}, title="滨海片区2024年8月在建项目表")).rows[0])
        assert (place.cell("stage"), place.text("stage")) == ("A1", "滨海片区2024年8月在建项目表")

    def test_columns_right_of_z(self) -> None:
        """Letters of two are read back."""
        headings = {f"天气{number}": None for number in range(30)}
        place = RowPlace(*read(monthly(WIND | headings | {"备注": "远处"})).rows[0])
        assert (place.cell("note"), place.text("note")) == ("AH4", "远处")

    def test_a_finding_without_a_declared_field(self) -> None:
        """A finding about nothing in particular stands at the name and has no heading."""
        found = RowPlace(*read(monthly(WIND | {"备注": "x"})).rows[0]).finding("row_continued", "", "x")
        assert (found.cell, found.field, found.details) == ("B4", "", ())
        assert found.project_id == project("海上风电").project_id

    @pytest.mark.parametrize(
        ("value", "text"), [("1234567.5", "1,234,567.5"), ("100", "100"), ("0", "0"), ("0.0001", "0.0001")]
    )
    def test_amounts_in_sentences(self, value: str, text: str) -> None:
        """Thousands commas, no idle zeros."""
        assert amount(Decimal(value)) == text


class TestRows:
    @pytest.mark.parametrize(
        ("values", "code", "cell", "says"),
        [
            ({"总投资": 9_999}, "below_threshold", "C4", "总投资 9,999 万元，不足一亿元"),
            ({"开工以来累计完成投资": 50_001}, "cumulative_above_total", "D4", "50,001 万元，超过总投资 50,000 万元"),
            ({"本月完成投资": 9, "本年累计完成投资": 8}, "month_above_year", "D4", "本月完成 9 万元，大于本年累计 8 万元"),
            ({"实际开工时间": "2024年9月"}, "date_in_future", "D4", "实际开工时间 2024年9月 晚于报告期末 2024-08-31"),
            ({"签约时间": date(2024, 9, 1)}, "date_in_future", "D4", "签约时间 2024-09-01"),
            ({"实际开工时间": "2024年5月", "实际竣工时间": "2024年4月"}, "completed_before_start", "E4", "实际竣工 2024年4月 早于实际开工 2024年5月"),
            ({"计划开工时间": "2024年10月", "计划竣工时间": "2024年三季度"}, "planned_order", "E4", "计划竣工 2024年三季度 早于计划开工 2024年10月"),
            ({"项目阶段": "在建", "实际开工时间": None}, "stage_without_date", "E4", "阶段为“在建”，但没有实际开工时间"),
            ({"项目阶段": "竣工", "实际开工时间": "2024年", "实际竣工时间": None}, "stage_without_date", "F4", "阶段为“竣工”，但没有实际竣工时间"),
        ],
    )  # fmt: skip
    def test_a_row_against_itself(self, values: dict[str, Any], code: str, cell: str, says: str) -> None:
        """One finding, at the cell to correct, which says what is wrong."""
        submission = row(values)
        assert codes(submission) == {code: 1}
        found = the(code, submission)
        assert (found.sheet, found.cell, found.project_id) == ("项目", cell, project("海上风电").project_id)
        assert says in found.message()

    @pytest.mark.parametrize(
        "values",
        [
            {"总投资": 10_000},
            {"开工以来累计完成投资": 50_000.4},
            {"本月完成投资": 8, "本年累计完成投资": 8},
            {"实际开工时间": "2024年8月"},
            {"实际开工时间": "2024年三季度"},
            {"实际开工时间": "2024年5月", "实际竣工时间": "2024年"},
            {"计划开工时间": "2024年8月", "计划竣工时间": "2024年三季度"},
            {"计划开工时间": "2027年"},
            {"项目阶段": "在建", "备注": "表内没有开工时间一栏"},
            {"项目阶段": "签约", "实际开工时间": None},
            {"项目阶段": "竣工", "实际开工时间": "2024年2月", "实际竣工时间": "2024年3月"},
        ],
        ids=str,
    )
    def test_a_row_that_is_right(self, values: dict[str, Any]) -> None:
        """Limits themselves, periods that overlap and plans for later years are no mistakes."""
        assert codes(row(values)) == {}

    def test_a_date_in_words_is_no_missing_date(self) -> None:
        """An unreadable start is told once, as unreadable."""
        assert codes(row({"项目阶段": "在建", "实际开工时间": "去年"})) == {"date_unreadable": 1}

    def test_infrastructure_may_be_small(self) -> None:
        """The threshold of 100 million and the dates of stages are for projects of industry."""
        page = monthly(
            {"项目名称": "道路", "总投资": 500, "项目阶段": "在建", "实际开工时间": None},
            title="滨海片区2024年8月基础设施项目",
        )
        assert codes(read(page)) == {}


class TestTables:
    def listing(self, *rows: list[Any], unit: str = "单位：万元") -> Submission:
        headings = ["序号", "项目名称", "总投资", "年度计划投资", "备注"]
        return read(Page([["滨海片区2024年8月项目表"], [unit], headings, *rows]))

    A, B, C = [1, "海上风电", 10_000, 5], [2, "屋顶光伏", 20_000, 6], [3, "铜箔", 40_000, 7]

    @pytest.mark.parametrize(
        "rows",
        [
            [["合计", None, 70_000, 18], A, B, C],
            [A, B, C, ["合计", None, 70_000, 18]],
            [A, B, C, ["合计（3个）", None, 70_000]],
            [
                ["一、新开工（2个）"],
                A,
                B,
                ["小计", None, 30_000],
                ["二、续建（1个）"],
                C,
                ["小计", None, 40_000],
                ["合计", None, 70_000],
            ],
            [["一、新开工"], ["小计（2个）", None, 30_000], A, B, ["二、续建"], ["小计（1个）", None, 40_000], C],
            [["一、产业"], ["（一）风电（1个）"], A, ["（二）光伏（1个）"], B, ["小计", None, 30_000], ["二、其他"], C],
            [A, B, C, ["合计", None, 70_060, 18.9]],
            [A, B, C, ["合计", None, None, "—"]],
            [["一、产业（3个）"], ["（一）风电（1个）"], A, ["（二）其他（2个）"], B, C],
            [A, B, ["小计2个", None, 30_000], C, ["合计3个", None, 70_000]],
        ],
        ids=[
            "on top",
            "below",
            "counted",
            "closing",
            "opening",
            "subgroups",
            "rounded",
            "empty",
            "nested counts",
            "counted subtotal",
        ],
    )
    def test_sums_and_counts_that_agree(self, rows: list[list[Any]]) -> None:
        """A total may sum the table, its group, or all groups since the last total; rounding is no difference."""
        assert codes(self.listing(*rows)) == {}

    def test_a_total_that_does_not_add_up(self) -> None:
        """The finding stands at the total's own cell, for each amount that differs."""
        submission = self.listing(self.A, self.B, ["合计", None, 31_000, 11])
        found = the("total_differs", submission)
        assert (found.sheet, found.cell, found.field, found.value) == ("项目", "C6", "total_investment_wan", "31,000")
        assert "合计行的总投资是 31,000，逐行相加是 30,000" in found.message()

    def test_a_total_of_formulas_without_results(self) -> None:
        """It cannot be checked, which is told once for the row."""
        submission = self.listing(self.A, self.B, [None, "合计", "=SUM(C4:C5)", "=SUM(D4:D5)"])
        found = the("total_not_calculated", submission)
        assert (found.cell, found.value) == ("B6", "合计")
        assert codes(submission) == {"total_not_calculated": 1}

    @pytest.mark.parametrize(
        ("rows", "cell", "stated", "counted"),
        [
            ([["一、新开工（3个）"], A, B], "A4", "3", "2"),
            ([["一、新开工（2个）"], A, ["二、续建（1个）"], B], "A4", "2", "1"),
            ([A, B, ["合计（3个）"]], "A6", "3", "2"),
        ],
    )
    def test_counts_that_differ(self, rows: list[list[Any]], cell: str, stated: str, counted: str) -> None:
        """The number stated against the rows that stand under it."""
        found = the("count_differs", self.listing(*rows))
        assert (found.sheet, found.cell) == ("项目", cell)
        assert f"写明 {stated} 个，表内实有 {counted} 个" in found.message()

    @pytest.mark.parametrize(
        ("unit", "totals", "size"),
        [("单位：万元", (5, 6), "不足100万元"), ("单位：亿元", (50_000, 60_000), "超过5000亿元")],
    )
    def test_a_unit_that_makes_totals_absurd(self, unit: str, totals: tuple[int, int], size: str) -> None:
        """Amounts in 亿元 under 万元, or the other way round, keep the whole file out."""
        submission = self.listing([1, "海上风电", totals[0]], [2, "屋顶光伏", totals[1]], unit=unit)
        found = the("unit_doubtful", submission)
        assert (found.sheet, found.cell, found.field, found.value) == ("项目", "C3", "total_investment_wan", "总投资")
        assert f"{unit.removeprefix('单位：')}，但表内 2 个项目中有 2 个总投资{size}" in found.message()
        assert not submission.is_acceptable

    def test_one_odd_total_does_not_doubt_the_unit(self) -> None:
        """A single slip is the row's own finding."""
        assert "unit_doubtful" not in codes(self.listing(self.A, self.B, [3, "铜箔", 4]))
        assert "unit_doubtful" not in codes(self.listing([3, "铜箔", 4]))

    def test_a_project_listed_twice_alike(self) -> None:
        """The last row counts, the finding names all places."""
        submission = self.listing(self.A, self.B, [3, "海上风电", 10_000])
        assert [each.values["project_name"] for _, each in submission.rows] == ["屋顶光伏", "海上风电"]
        found = the("project_repeated_same", submission)
        assert (found.sheet, found.cell) == ("项目", "B6")
        assert "项目!B4、项目!B6" in found.message()

    def test_a_project_listed_twice_with_other_figures(self) -> None:
        """The last row counts and a reason is asked for, also across sheets."""
        submission = read(monthly(WIND | {"备注": "x"}), monthly(WIND | {"总投资": 55_000, "备注": "x"}, name="续建"))
        found = the("project_repeated", submission)
        assert (found.sheet, found.cell) == ("续建", "B4")
        assert [len(table.rows) for table in submission.tables] == [0, 1]


class TestHistory:
    @pytest.mark.parametrize(
        ("values", "before", "code", "cell", "says"),
        [
            ({"总投资": 5}, {"total_investment_wan": Decimal(50_000)}, "unit_mismatch", "C4", "与上次报送的 50,000 万元相差约一万倍"),
            ({"总投资": 500_000_000}, {"total_investment_wan": 50_000.0}, "unit_mismatch", "C4", "500,000,000 万元"),
            ({"开工以来累计完成投资": 5}, {"investment_cum_wan": Decimal(8)}, "cumulative_fell", "D4", "开工以来累计完成投资 5 万元，比上次报送的 8 万元少 3 万元"),
            ({"本年累计完成投资": 5}, {"investment_ytd_wan": Decimal(8)}, "cumulative_fell", "D4", "本年累计完成投资 5 万元"),
            ({"计划竣工时间": "2025年6月"}, dated("planned_completion_date", "2024年12月"), "promise_moved", "D4", "由 2024年12月 改为 2025年6月"),
            ({"计划开工时间": "2024年6月"}, dated("planned_start_date", "2024年三季度"), "promise_moved", "D4", "由 2024年三季度 改为 2024年6月"),
            ({"项目阶段": "签约"}, {"stage": "building"}, "stage_moved_back", "D4", "由“在建”退回“签约”"),
            ({"总投资": None}, {"total_investment_wan": Decimal(50_000)}, "value_vanished", "C4", "总投资上次报送为 50,000 万元，本期空白"),
            ({"计划竣工时间": None}, dated("planned_completion_date", "2024年12月"), "value_vanished", "D4", "计划竣工时间上次报送为 2024年12月"),
            ({"本年累计完成投资": None}, {"investment_ytd_wan": Decimal(8)}, "value_vanished", "D4", "本年累计完成投资上次报送为 8 万元"),
        ],
    )  # fmt: skip
    def test_a_row_against_its_last(
        self, values: dict[str, Any], before: dict[str, Any], code: str, cell: str, says: str
    ) -> None:
        """One finding, at the cell, which tells what was reported before."""
        submission = row(values, **before)
        assert codes(submission) == {code: 1}
        found = the(code, submission)
        assert (found.sheet, found.cell, found.project_id) == ("项目", cell, project("海上风电").project_id)
        assert says in found.message()

    @pytest.mark.parametrize(
        ("values", "before"),
        [
            ({"总投资": 500}, {"total_investment_wan": Decimal(500)}),
            ({"开工以来累计完成投资": 8}, {"investment_cum_wan": Decimal("8.4")}),
            ({"计划竣工时间": "2024年12月15日"}, dated("planned_completion_date", "2024年12月")),
            ({"计划竣工时间": "2024年12月"}, dated("planned_completion_date", "2024年")),
            ({"计划竣工时间": "2024年12月1日"}, dated("planned_completion_date", "2024-12-31")),
            ({"计划竣工时间": "2025年6月", "备注": "因用地原因延期"}, dated("planned_completion_date", "2024年12月")),
            ({"计划竣工时间": "2025年6月", "形象进度": "工期调整"}, dated("planned_completion_date", "2024年12月")),
            ({"项目阶段": "在建"}, {"stage": "signed"}),
            ({"备注": "没有投资一栏"}, {"investment_ytd_wan": Decimal(8)}),
        ],
        ids=str,
    )
    def test_a_row_that_agrees_with_its_last(self, values: dict[str, Any], before: dict[str, Any]) -> None:
        """Rounding, the same month more exactly, and a change that the row explains are no mistakes."""
        assert set(codes(row(values, **before))) <= {"below_threshold"}

    def test_a_date_in_words_has_not_vanished(self) -> None:
        """待定 in place of a date is unreadable, not empty."""
        assert codes(row({"计划竣工时间": "待定"}, **dated("planned_completion_date", "2024年12月"))) == {
            "date_unreadable": 1
        }

    def test_a_rejected_value_has_not_vanished(self) -> None:
        """A value that was not taken is told once, and the total is gone from the row."""
        submission = row({"总投资": 5}, total_investment_wan=Decimal(50_000))
        assert submission.rows[0][1].values["total_investment_wan"] is None
        assert submission.rows[0][1].rejected == {"total_investment_wan"}

    @pytest.mark.parametrize("value", [5, None])
    def test_the_year_begins_anew(self, value: int | None) -> None:
        """The year's figure may fall or be empty in January, the whole project's may not."""
        known = record(project("海上风电", last_period="2023-12", investment_ytd_wan=Decimal(8)))
        page = monthly(WIND | {"本年累计完成投资": value}, title="滨海片区2024年1月项目表")
        assert codes(read(page, known=known)) == {}

    def test_both_cumulative_figures_fallen_are_told_once(self) -> None:
        """The year's follows from the project's."""
        values = {"本年累计完成投资": 4, "开工以来累计完成投资": 5}
        submission = row(values, investment_ytd_wan=Decimal(8), investment_cum_wan=Decimal(9))
        assert codes(submission) == {"cumulative_fell": 1}

    def test_a_new_project_a_thousandth_of_the_threshold(self) -> None:
        """Without a total on record a few 万元 are 亿元."""
        submission = read(monthly(WIND | {"总投资": 5}, SUN))
        found = the("unit_mismatch", submission)
        assert (found.sheet, found.cell) == ("项目", "C4")
        assert "与亿元以上项目的规模相差约一万倍" in found.message()

    @pytest.mark.parametrize(("value", "code"), [(0, "below_threshold"), (-5, "amount_negative")])
    def test_no_total_to_compare(self, value: int, code: str) -> None:
        """Zero is not 10,000 times off anything; it is below the threshold. Less than nothing is no total."""
        assert codes(read(monthly(WIND | {"总投资": value}, SUN))) == {code: 1}

    def test_a_project_newer_than_the_period_has_no_last_values(self) -> None:
        """A return of an earlier month is not compared with later ones."""
        known = record(project("海上风电", last_period="2024-09"))
        assert codes(read(monthly(WIND | {"项目阶段": "签约"}), known=known)) == {}

    def test_a_project_left_out(self) -> None:
        """A project that was open in the last return and is gone now is asked for."""
        known = record(
            project("海上风电", stage="building"),
            project("老码头", stage="completed"),
            project("旧项目", stage="cancelled"),
            project("铜箔", stage="building"),
            project("空白"),
            project("响水项目", "xiangshui", stage="building"),
        )
        submission = read(monthly(WIND | {"备注": "x"}), known=known)
        found = the("project_missing", submission)
        assert (found.sheet, found.cell, found.value, found.project_id) == (
            "项目",
            "",
            "铜箔",
            project("铜箔").project_id,
        )
        assert "“铜箔”上期在报、尚未竣工，本期没有" in found.message()

    def test_works_left_out_are_missed_on_their_own_sheet(self) -> None:
        """A project is missed where its kind is listed, or on the first sheet when no list has its kind."""
        road = replace(project("疏港路", stage="building"), kind=INFRASTRUCTURE)
        works = monthly(SUN | {"备注": "x"}, title="滨海片区2024年8月基础设施项目", name="基础设施")
        projects = monthly(WIND | {"备注": "x"})
        assert the("project_missing", read(projects, works, known=record(road))).sheet == "基础设施"
        assert the("project_missing", read(projects, known=record(road))).sheet == "项目"


class TestNames:
    LONG = "滨海港工业园区海上风电装备制造基地"
    NEAR = "滨海港工业园海上风电装备制造基地"

    def near(self, *more: dict[str, Any], decisions: tuple[Decision, ...] = ()) -> Submission:
        known = record(project(self.LONG, stage="building"), decisions=decisions)
        return read(monthly(WIND | {"项目名称": self.NEAR}, *more), known=known)

    def test_a_near_name_is_suggested(self) -> None:
        """The finding stands at the name; the project on record is not missing meanwhile."""
        submission = self.near(SUN)
        assert codes(submission) == {"name_suggested": 1}
        found = the("name_suggested", submission)
        assert (found.sheet, found.cell, found.value) == ("项目", "B4", self.NEAR)
        (suggestion,) = submission.suggestions
        assert (suggestion.known_project_id, suggestion.new_project_id) == (
            project(self.LONG).project_id,
            project(self.NEAR).project_id,
        )
        assert f"相似度 {suggestion.score:.0f}%" in found.message()

    def test_a_confirmed_name_is_the_project_on_record(self) -> None:
        """It goes on under the name on record, without a further question."""
        yes = Decision("same_project", "binhai", self.NEAR, project(self.LONG).project_id)
        submission = self.near(decisions=(yes,))
        assert codes(submission) == {}
        assert submission.rows[0][1].values["project_name"] == self.LONG
        assert submission.rows[0][1].project_id == project(self.LONG).project_id

    def test_a_denied_name_is_another_project(self) -> None:
        """The question is not asked again, and the project on record is missed."""
        no = Decision("other_project", "binhai", self.NEAR, project(self.LONG).project_id)
        assert codes(self.near(decisions=(no,))) == {"project_missing": 1}

    def test_a_project_that_is_there_already_is_not_suggested(self) -> None:
        """A near name beside the known one is a project of its own."""
        assert codes(self.near(SUN | {"项目名称": self.LONG})) == {}

    def test_names_of_another_district(self) -> None:
        """More names of the other district than of the sender's own: the wrong file."""
        known = record(project("海上风电", "xiangshui"), project("屋顶光伏", "xiangshui"), project("铜箔", "binhai"))
        submission = read(monthly(WIND, SUN, WIND | {"项目名称": "铜箔"}), file_name="滨海片区.xlsx", known=known)
        found = the("other_district", submission)
        assert (found.sheet, found.cell, found.value) == ("", "", "滨海片区.xlsx")
        assert "表内 3 个项目中有 2 个是响水片区的项目" in found.message()
        assert not submission.is_acceptable

    def test_a_few_names_of_another_district_are_no_mistake(self) -> None:
        """Half of the names do not make it the other district's file."""
        known = record(project("海上风电", "xiangshui"))
        assert codes(read(monthly(WIND, SUN), known=known)) == {}


@pytest.mark.parametrize(
    ("month", "said"),
    [(8, None), (9, ("1", "2024-08")), (11, ("3", "2024-08—2024-10")), (7, None)],
)
def test_months_without_a_return_are_told(month: int, said: tuple[str, str] | None) -> None:
    """With July on record: August follows it, September leaves one out; a return sent again for July leaves out none."""
    known = record(project("海上风电", stage="building"), project("响水风电", "xiangshui", "2024-01", stage="building"))
    found = [each for each in read(monthly(WIND, title=f"滨海片区2024年{month}月"), known=known).findings if each.code == "months_missing"]
    assert [(dict(each.details)["count"], dict(each.details)["months"]) for each in found] == ([said] if said else [])
