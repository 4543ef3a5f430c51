"""This month's figures and words against last month's: what does not follow, jumps, or was copied."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from workbooks import codes, monthly, project, read, record, the

from domain.submissions import Submission

WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000}


def row(values: dict[str, Any], title: str = "滨海片区2024年8月项目表", last_period: str = "2024-07", **before: Any) -> Submission:
    """A return of one project, with its last accepted values."""
    known = record(project("海上风电", last_period=last_period, **before))
    return read(monthly(WIND | values, title=title), known=known)


class TestYearSum:
    @pytest.mark.parametrize(
        ("year", "is_told"), [(3_900, False), (4_040, False), (4_051, True), (3_700, True)],
        ids=["follows", "rounding", "more", "less"],
    )  # fmt: skip
    def test_last_months_sum_and_this_month(self, year: int, is_told: bool) -> None:
        """A sum that is off by more than what rounding explains is told, a little is not."""
        submission = row({"本月完成投资": 900, "本年累计完成投资": year}, investment_ytd_wan=Decimal(3_000))
        assert ("year_sum_differs" in codes(submission)) == is_told

    def test_the_sentence_says_what_it_should_be(self) -> None:
        """The three figures and their sum stand in it."""
        submission = row({"本月完成投资": 900, "本年累计完成投资": 5_000}, investment_ytd_wan=Decimal(3_000))
        assert "上月累计 3,000 万元加本月 900 万元应为 3,900 万元" in the("year_sum_differs", submission).message()

    def test_a_fall_is_told_once(self) -> None:
        """A sum below last month's has its own finding."""
        submission = row({"本月完成投资": 900, "本年累计完成投资": 2_000}, investment_ytd_wan=Decimal(3_000))
        assert codes(submission) == {"cumulative_fell": 1}

    def test_a_month_left_out_cannot_be_added(self) -> None:
        """Only the month right before counts."""
        values = {"本月完成投资": 900, "本年累计完成投资": 9_000}
        assert codes(row(values, last_period="2024-06", investment_ytd_wan=Decimal(3_000))) == {"months_missing": 1}

    def test_a_year_begins_with_its_first_month(self) -> None:
        """In January the year's sum is the month's, whatever December had."""
        values = {"本月完成投资": 900, "本年累计完成投资": 5_000}
        january = {"title": "滨海片区2024年1月项目表", "last_period": "2023-12"}
        assert codes(row(values, **january, investment_ytd_wan=Decimal(4_100))) == {"year_sum_differs": 1}


class TestJumps:
    @pytest.mark.parametrize(("total", "found"), [(150_000, {}), (150_001, {"value_jumped": 1})])
    def test_a_total_over_three_times(self, total: int, found: dict[str, int]) -> None:
        """Three times is not yet more than three times."""
        assert codes(row({"总投资": total, "备注": "x"}, total_investment_wan=Decimal(50_000))) == found

    def test_the_plan_of_another_year_is_another_plan(self) -> None:
        """A plan is compared within its year."""
        january = {"title": "滨海片区2024年1月项目表", "last_period": "2023-12"}
        assert codes(row({"年度计划投资": 9_000}, **january, annual_plan_wan=Decimal(1_000))) == {}
        assert codes(row({"年度计划投资": 9_000}, annual_plan_wan=Decimal(1_000))) == {"value_jumped": 1}

    def test_investment_done_is_told_once_for_the_table(self) -> None:
        """Large rises are listed with their cells; a rise that is small beside the project is none."""
        known = record(*[project(f"风电{n}", investment_cum_wan=Decimal(1_000)) for n in range(4)])
        rows = [WIND | {"项目名称": f"风电{n}", "开工以来累计完成投资": 20_000 if n < 3 else 4_000} for n in range(4)]
        found = the("amounts_jumped", read(monthly(*rows), known=known))
        assert (found.cell, found.level) == ("D4", "提示")
        assert "3 处完成投资是上月的三倍以上：D4、D5、D6。" in found.message()


class TestCopiedTexts:
    @pytest.mark.parametrize(
        ("before", "now", "code"),
        [
            ("主体施工，完成50%", "主体施工， 完成50％", "texts_copied"),
            ("主体施工，完成50%", "主体施工，完成55%", "texts_only_number"),
            ("主体施工，完成50%", "主体封顶，完成55%", None),
        ],
    )
    def test_words_of_progress(self, before: str, now: str, code: str | None) -> None:
        """Copied word for word, only a number changed, or written anew."""
        submission = row({"项目阶段": "在建", "形象进度": now}, progress_text=before)
        assert codes(submission) == ({code: 1} if code else {})

    def test_only_under_construction(self) -> None:
        """What is signed or completed may say the same every month."""
        assert codes(row({"项目阶段": "签约", "形象进度": "前期手续"}, progress_text="前期手续")) == {}

    def test_many_cells_are_cut_short(self) -> None:
        """Twelve cells are listed, more are counted."""
        known = record(*[project(f"风电{n}", progress_text="主体施工") for n in range(14)])
        rows = [WIND | {"项目名称": f"风电{n}", "项目阶段": "在建", "形象进度": "主体施工"} for n in range(14)]
        message = the("texts_copied", read(monthly(*rows), known=known)).message()
        assert message.startswith("14 个在建项目")
        assert "E15 等" in message


class TestStageAgainstMoney:
    @pytest.mark.parametrize(
        ("values", "found"),
        [
            ({"项目阶段": "在建", "实际开工时间": "2024年7月", "开工以来累计完成投资": 0}, {"started_without_investment": 1}),
            ({"项目阶段": "在建", "实际开工时间": "2024年8月", "开工以来累计完成投资": 0}, {}),
            ({"项目阶段": "在建", "实际开工时间": "2024年7月", "开工以来累计完成投资": None}, {}),
            ({"项目阶段": "竣工", "开工以来累计完成投资": 27_500}, {}),
            ({"项目阶段": "竣工", "开工以来累计完成投资": 27_499}, {"completed_below_total": 1}),
            ({"项目阶段": "竣工", "上年底累计完成投资": 9_000, "本年累计完成投资": 8_000}, {"completed_below_total": 1}),
        ],
    )
    def test_construction_without_and_completion_with_little_money(self, values: dict, found: dict[str, int]) -> None:
        """An empty cell is no zero; a start in the month itself may have no investment yet; 55 % is enough."""
        assert codes(read(monthly(WIND | values))) == found


def test_signed_after_start_is_a_hint() -> None:
    """Works do start before the agreement is signed: the dates are asked to be looked at, no reason is needed."""
    found = the("signed_after_start", read(monthly(WIND | {"签约时间": "2024年5月", "实际开工时间": "2024年4月"})))
    assert (found.level, found.cell) == ("提示", "D4")
