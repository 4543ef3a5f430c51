"""The figures of the meeting: each declared once, so that a figure and the list behind it can never differ.

An indicator is a mask over the states of projects (one row a project, as ``storage.queries.project_states`` gives them)
and, for sums, the column that is added up. Years are calendar years; counting is by date, so each project counts once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from domain.bodies import ZONE
from domain.periods import Period
from domain.stage_months import told_days
from domain.submissions import INFRASTRUCTURE, PROJECTS

COUNT, YI = "count", "yi"
MILESTONES = ("start", "completion")
DATE_OF_STAGE = {"in_production": "production_date", "at_capacity": "capacity_date"}
WAN_PER_YI = 10_000
BILLION_WAN, TEN_BILLION_WAN = 100_000, 1_000_000
Mask = Callable[[pd.DataFrame, Period], pd.Series]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. ``measure`` names the column that is summed (万元), None for a count of projects.

    ``target`` is the indicator's code in the form of the year's targets, None where no target is set. ``kind`` is what
    the figure counts: industrial projects or infrastructure works. ``milestone`` is the start or completion that it
    counts by the date reported, which evidence may verify; None for any other figure.
    """

    code: str
    name: str
    english: str
    definition: str
    definition_en: str
    holds: Mask
    measure: str | None = None
    target: str | None = None
    kind: str = PROJECTS
    milestone: str | None = None

    @property
    def unit(self) -> str:
        """COUNT, or YI for money."""
        return COUNT if self.measure is None else YI

    def members(self, states: pd.DataFrame, period: Period, body: str = ZONE.code) -> pd.DataFrame:
        """The rows that the figure of a body is made of."""
        return states[self._is_member(states, period, body)]

    def amounts(self, states: pd.DataFrame, period: Period, body: str = ZONE.code) -> pd.Series:
        """What each member adds to the figure of a body: 1 for a number of projects, or its amount in 万元, if reported."""
        is_member = self._is_member(states, period, body)
        # One column, not the rows: taking all sixty columns is most of what a figure costs.
        return is_member[is_member].astype(float) if self.measure is None else states.loc[is_member, self.measure]

    def value(self, states: pd.DataFrame, period: Period, body: str = ZONE.code) -> float:
        """The figure of a body: a number of projects, or a sum in 万元."""
        return float(self.amounts(states, period, body).sum())

    def _is_member(self, states: pd.DataFrame, period: Period, body: str) -> pd.Series:
        return (states["kind"] == self.kind) & of_body(states, body) & self.holds(states, period)


def of_body(states: pd.DataFrame, body: str) -> pd.Series:
    """Mask of the projects of a district; of all for the zone. A project belongs to the district that reports it."""
    return pd.Series(True, states.index) if body == ZONE.code else states["body"] == body


def has_come(states: pd.DataFrame, column: str, period: Period) -> pd.Series:
    """Mask: the date, actual or promised, lies by the period's end; a promise for a month is due in that month."""
    return states[column] <= pd.Timestamp(period.last_day)


def is_done_in_year(states: pd.DataFrame, column: str, period: Period) -> pd.Series:
    """Mask: the milestone's date lies in the period's calendar year, up to its end."""
    return has_come(states, column, period) & (states[column] >= pd.Timestamp(period.year, 1, 1))


def is_reached_in_year(states: pd.DataFrame, stage: str, period: Period) -> pd.Series:
    """Mask: in production or at capacity since the period's calendar year, by date or by the month that returns tell.

    ``stage`` is in_production or at_capacity. A date up to the period's end decides; without one the first return that
    reported the stage, where an earlier one shows the project before it (``domain.stage_months.told_days``).
    """
    later = states["at_capacity_period"] if stage == "in_production" else None
    told = told_days(states[f"{stage}_period"], states["first_stage_period"], later)
    column = DATE_OF_STAGE[stage]
    day = states[column].where(has_come(states, column, period)).fillna(told)
    return (day >= pd.Timestamp(period.year, 1, 1)) & (day <= pd.Timestamp(period.last_day))


def is_overdue(states: pd.DataFrame, milestone: str, period: Period, *, first: bool) -> pd.Series:
    """Mask: promised for this month or earlier and not done (应开未开, 应竣未竣).

    濮阳 2016 tells 未到开工时间 from 已到时间节点而未开工; only the second is late.

    ``milestone`` is start or completion; ``first`` measures against the first promise, else against the latest plan.
    A project that has not started owes its start, not yet its completion: it is late once, not twice. A cancelled
    project owes nothing.
    """
    promised = f"{'first_' if first else ''}planned_{milestone}_date"
    owing = ~has_begun(states, period) if milestone == "start" else is_under_construction(states, period)
    return has_come(states, promised, period) & owing & (states["stage"] != "cancelled")


def has_begun(states: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: started, or completed without a start on record, by the period's end."""
    return has_come(states, "start_date", period) | has_come(states, "completion_date", period)


def is_under_construction(states: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: started, neither completed by the period's end nor cancelled (在建)."""
    started = has_come(states, "start_date", period) & ~has_come(states, "completion_date", period)
    return started & (states["stage"] != "cancelled")


def is_signed_not_started(states: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: signed, neither started nor completed nor cancelled (签约未开工)."""
    begun = has_begun(states, period)
    return has_come(states, "signed_date", period) & ~begun & (states["stage"] != "cancelled")


def is_of_year(states: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: not completed before the period's year, so that its investment belongs to the year."""
    return ~(states["completion_date"] < pd.Timestamp(period.year, 1, 1))


def _signed(states: pd.DataFrame, period: Period) -> pd.Series:
    return is_done_in_year(states, "signed_date", period)


def _signed_of_category(category: str) -> Mask:
    return lambda states, period: _signed(states, period) & (states["category"] == category)


def _signed_of_size(least_wan: int) -> Mask:
    return lambda states, period: _signed(states, period) & (states["total_investment_wan"] >= least_wan)


def _of_month(event: str, column: str, name: str, english: str, milestone: str | None = None) -> Indicator:
    """What happened in the month itself, by date."""
    return Indicator(
        f"{event}_month_count", name, english, f"{name}的项目，按日期计。", f"Projects {english}, by date.",
        lambda states, period: has_come(states, column, period) & (states[column] >= pd.Timestamp(period.first_day)),
        milestone=milestone,
    )  # fmt: skip


def _overdue(milestone: str, *, first: bool) -> Mask:
    return lambda states, period: is_overdue(states, milestone, period, first=first)


INDICATORS = {
    indicator.code: indicator
    for indicator in (
        Indicator("signed_count", "新签约", "newly signed", "本年签约的亿元以上产业项目，按签约日期计，每个项目只计一次。",
                  "Industrial projects of 100 million yuan and more signed this year, by date, each counted once.",
                  _signed, target="signed"),
        Indicator("signed_1bn_count", "新签约10亿元以上", "signed, 1 bn and more", "新签约中总投资10亿元及以上的。",
                  "Of those signed, with a total investment of 1 billion yuan and more.",
                  _signed_of_size(BILLION_WAN), target="signed_1bn"),
        Indicator("signed_10bn_count", "新签约100亿元以上", "signed, 10 bn and more", "新签约中总投资100亿元及以上的。",
                  "Of those signed, with a total investment of 10 billion yuan and more.",
                  _signed_of_size(TEN_BILLION_WAN), target="signed_10bn"),
        Indicator("signed_traditional_count", "新签约传统产业", "signed, traditional", "新签约中的传统产业项目。",
                  "Of those signed, in traditional industries.", _signed_of_category("traditional")),
        Indicator("signed_emerging_count", "新签约新兴产业", "signed, emerging", "新签约中的新兴产业项目。",
                  "Of those signed, in emerging industries.", _signed_of_category("emerging")),
        Indicator("started_count", "新开工", "newly started", "本年实际开工的项目，按开工日期计，每个项目只计一次。",
                  "Projects that actually started this year, by date, each counted once.",
                  lambda states, period: is_done_in_year(states, "start_date", period), target="started",
                  milestone="start"),
        Indicator("completed_count", "新竣工", "newly completed", "本年实际竣工的项目，按竣工日期计，每个项目只计一次。",
                  "Projects actually completed this year, by date, each counted once.",
                  lambda states, period: is_done_in_year(states, "completion_date", period), target="completed",
                  milestone="completion"),
        Indicator("in_production_count", "新投产", "newly in production",
                  "本年投产的项目，按投产日期计；没有日期的，按最先报为投产的那期报表所在月份计，每个项目只计一次。"
                  "首次报送就已投产的，不知何时投产，不计。",
                  "Projects in production since this year, by date, or without one by the month of the return that first said "
                  "so; not those whose first return already has them in production, since nobody says since when.",
                  lambda states, period: is_reached_in_year(states, "in_production", period)),
        Indicator("at_capacity_count", "新达产", "newly at capacity",
                  "本年达产（达效）的项目，按达产日期计；没有日期的，按最先报为达产的那期报表所在月份计，每个项目只计一次。"
                  "首次报送就已达产的，不知何时达产，不计。",
                  "Projects at full capacity since this year, by date, or without one by the month of the return that first said "
                  "so; not those whose first return already has them there, since nobody says since when.",
                  lambda states, period: is_reached_in_year(states, "at_capacity", period)),
        _of_month("signed", "signed_date", "本月新签约", "signed this month"),
        _of_month("started", "start_date", "本月新开工", "started this month", "start"),
        _of_month("completed", "completion_date", "本月新竣工", "completed this month", "completion"),
        Indicator("under_construction_count", "在建", "under construction", "已开工、未竣工且未终止的项目。",
                  "Started, neither completed nor cancelled.", is_under_construction),
        Indicator("signed_not_started_count", "签约未开工", "signed, not started", "已签约、未开工且未终止的项目。",
                  "Signed, neither started nor cancelled.", is_signed_not_started),
        Indicator("investment_ytd_wan", "产业投资完成", "industrial investment",
                  "产业项目1月至报告期累计完成投资之和；往年已竣工的不计。",
                  "Investment of industrial projects since January; those completed in earlier years are left out.",
                  is_of_year, measure="investment_ytd_wan", target="investment"),
        Indicator("start_overdue", "到期未开工", "start overdue",
                  "最新计划开工月份不晚于报告期、尚未开工的项目。",
                  "Latest planned start not after the period, and not started.", _overdue("start", first=False)),
        Indicator("start_overdue_first_promise", "到期未开工（首次承诺）", "start overdue, first promise",
                  "首次承诺的开工月份不晚于报告期、尚未开工的项目；改期不改变这个数。",
                  "First promised start not after the period, and not started; moving the date does not change it.",
                  _overdue("start", first=True)),
        Indicator("completion_overdue", "到期未竣工", "completion overdue",
                  "已开工项目中，最新计划竣工月份不晚于报告期、尚未竣工的。",
                  "Started, latest planned completion not after the period, and not completed.",
                  _overdue("completion", first=False)),
        Indicator("completion_overdue_first_promise", "到期未竣工（首次承诺）", "completion overdue, first promise",
                  "已开工项目中，首次承诺的竣工月份不晚于报告期、尚未竣工的；改期不改变这个数。",
                  "Started, first promised completion not after the period, and not completed; moving the date does not change it.",
                  _overdue("completion", first=True)),
        Indicator("infrastructure_investment_ytd_wan", "基础设施投资完成", "infrastructure investment",
                  "基础设施项目1月至报告期累计完成投资之和；往年已竣工的不计。",
                  "Investment of infrastructure works since January; those completed in earlier years are left out.",
                  is_of_year, measure="investment_ytd_wan", target="infrastructure_investment", kind=INFRASTRUCTURE),
    )
}  # fmt: skip

# Figures that are lists of projects rather than counts (their key names in expected figures end without _count).
OVERDUE = ("start_overdue", "start_overdue_first_promise", "completion_overdue", "completion_overdue_first_promise")
HEADLINES = ("signed_count", "signed_1bn_count", "started_count", "completed_count", "investment_ytd_wan")


def find_indicator(code: str | None) -> Indicator | None:
    """The indicator of a code, None for an unknown one."""
    return INDICATORS.get(code or "")
