"""Figures against the year's targets: done, target, share, time-proportional share, gap and grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from domain.bodies import BODIES, DISTRICT_CODES, ZONE
from domain.built_in_rules import ZONE_RULES
from domain.grades import UNKNOWN, grade_value
from domain.indicators import INDICATORS, WAN_PER_YI, Indicator
from domain.periods import Period
from domain.rule_sets import RuleSet, gap_of, measured, time_share

# The figures that are held against the straight line of the year in a sentence: each is of all projects of its kind.
PACED = ("signed_count", "started_count", "completed_count", "investment_ytd_wan")
# All that the course of an indicator needs of a project.
COURSE_COLUMNS = (
    "stage",
    "category",
    "total_investment_wan",
    "investment_ytd_wan",
    "signed_date",
    "start_date",
    "completion_date",
)
Targets = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Progress:
    """One figure of one body against its target. Money in 万元; shares 0 to 1.

    ``done`` is None when nothing was reported, ``target`` None when none is set or it is zero. ``is_reported``:
    all districts that the figure is made of have sent this period's return. ``is_early``: the rule set does not colour
    progress so early in the year.
    """

    indicator: Indicator
    body: str
    done: float | None
    target: float | None
    time_share: float
    is_reported: bool = True
    rules: RuleSet = ZONE_RULES
    is_early: bool = False

    @property
    def share(self) -> float | None:
        """Done over target."""
        return None if self.done is None or not self.target else self.done / self.target

    @property
    def gap_points(self) -> float | None:
        """Progress gap (进度差) in percentage points."""
        return None if self.share is None else gap_of(self.share, self.time_share)

    @property
    def grade(self) -> str | None:
        """Grade by the rule set; unknown while a return is missing, since silence is not progress; None while early."""
        if self.share is None or not self.is_reported:
            return UNKNOWN
        return None if self.is_early else grade_value(measured(self.share, self.time_share, self.rules), self.rules)


def targets_by_code(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """(target code, body) -> value, money in 万元, from the query of the year's targets."""
    return {
        (row.indicator, row.body): float(row.value) * (WAN_PER_YI if "亿" in row.unit else 1)
        for row in frame.itertuples()
    }


def measure_progress(
    states: pd.DataFrame,
    targets: Targets,
    period: Period,
    reported: list[str],
    rules: RuleSet = ZONE_RULES,
) -> dict[tuple[str, str], Progress]:
    """(indicator code, body) -> progress, of every indicator and body; ``reported``: districts that have sent."""
    found = {}
    due, is_early = time_share(period, rules), period.month < rules.first_month
    for indicator in INDICATORS.values():
        for body in BODIES:
            done = _figure(indicator, states, period, body) if has_states(states, body) else None
            target = targets.get((indicator.target or "", body)) or None
            sent = set(districts_of(body)) <= set(reported)
            found[indicator.code, body] = Progress(indicator, body, done, target, due, sent, rules, is_early)
    return found


def furthest_behind(figures: Sequence[Progress]) -> Progress | None:
    """The figure with the least gap, the first of equals, in front of the line or behind it; None where none has a gap."""
    known = [figure for figure in figures if figure.gap_points is not None]
    return min(known, key=lambda figure: figure.gap_points or 0.0) if known else None


def course_of(
    indicator: Indicator, states_by_period: Mapping[str, pd.DataFrame], body: str
) -> list[tuple[int, float | None]]:
    """(month, figure) of an indicator for each period given; None for a month that a district of the body left out."""
    course: list[tuple[int, float | None]] = []
    for name, states in states_by_period.items():
        period = Period.parse(name)
        reported = states[states["is_body_reported"]]
        has_sent = set(districts_of(body)) <= set(reported["body"])
        course.append((period.month, _figure(indicator, states, period, body) if has_sent else None))
    return course


def _figure(indicator: Indicator, states: pd.DataFrame, period: Period, body: str) -> float | None:
    """The figure; None for a sum of which not one amount was reported, as in January before a district's first return."""
    amounts = indicator.amounts(states, period, body)
    return None if indicator.measure and amounts.isna().all() else float(amounts.sum())


def districts_of(body: str) -> tuple[str, ...]:
    """The districts that a body's figures are made of."""
    return DISTRICT_CODES if body == ZONE.code else (body,)


def has_states(states: pd.DataFrame, body: str) -> bool:
    """True when any project of the body was ever reported."""
    return bool(states["body"].isin(districts_of(body)).any())
