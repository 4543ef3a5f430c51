"""Which projects are late, by how much, against the first promise and against the latest plan (滞后)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.built_in_rules import ZONE_RULES
from domain.grades import ATTENTION, BEHIND, SEVERITY, UNKNOWN, grade_measured, grade_months_late
from domain.indicators import MILESTONES, is_overdue, is_under_construction
from domain.periods import Period
from domain.reasons import FIRST_VOCABULARY, Vocabulary, reasons_of
from domain.rule_sets import RuleSet, gap_of, measured, ratio_of, time_share
from domain.stages import FINISHED_STAGES
from domain.submissions import PROJECTS

PROGRESS = "progress"  # behind the year's plan of investment rather than late with a milestone
COLOURED = (BEHIND, ATTENTION)  # what asks for action: red and yellow
COLUMNS = ("milestone", "delay_first_days", "delay_latest_days", "promise_changes", "gap_points", "grade", "reason")


def delayed_projects(
    states: pd.DataFrame,
    period: Period,
    vocabulary: Vocabulary = FIRST_VOCABULARY,
    rules: RuleSet = ZONE_RULES,
) -> pd.DataFrame:
    """The industrial projects that are late or behind, worst first.

    The columns of ``states`` with: milestone (start, completion, or progress for a project that is only behind its
    plan of the year), delay_first_days and delay_latest_days (from the last day promised to the period's end; negative
    or missing where that promise is not due), promise_changes, gap_points (share of the annual plan minus time share),
    grade, reason (code, by the vocabulary). Late against either promise counts: moving the date does not take a project off the list.
    """
    projects = states[states["kind"] == PROJECTS]
    late = [_late(projects, milestone, period, rules) for milestone in MILESTONES]
    known = np.logical_or.reduce([projects.index.isin(part.index) for part in late])
    found = pd.concat([*late, _behind(projects[~known], period, rules)])
    found["gap_points"] = plan_gaps(found, period, rules)
    found["reason"] = reasons_of(found["issue_text"], vocabulary)
    return _worst_first(found)


def project_grades(
    states: pd.DataFrame, delays: pd.DataFrame, period: Period, rules: RuleSet = ZONE_RULES
) -> pd.Series:
    """Grade of every row: that of its delay, else of its plan's progress while under construction.

    Unknown where the district's return of the period leaves the project out, and instead of a plan's progress where the
    district has sent none: last month's amount says nothing of this month. None where there is nothing to grade (not
    yet due, completed, or no plan: 未到期 and 无计划 are never coloured; too early in the year for the rule set).
    """
    grades = plan_grades(states, period, rules)
    late = states["project_id"].map(delays.set_index("project_id")["grade"])
    grades = late.where(late.notna(), grades)
    return grades.mask(not_reported(states), UNKNOWN).astype(object)


def plan_grades(states: pd.DataFrame, period: Period, rules: RuleSet = ZONE_RULES) -> pd.Series:
    """Grade of every row's progress against its plan of the year, whatever its milestones; None and unknown as above.

    2.4: no colour in the first months of a year by a rule set that says so, the share due being tiny.
    """
    values = measured(plan_shares(states), time_share(period, rules), rules)
    building = is_under_construction(states, period) & values.notna() & (states["kind"] == PROJECTS)
    grades = grade_measured(values, rules).where(states["is_reported"], UNKNOWN)
    return grades.where(building & (period.month >= rules.first_month), None)


def plan_shares(states: pd.DataFrame) -> pd.Series:
    """Share of each project's own plan of the year that is done, 0 to 1 and more; NaN without a plan.

    A plan of zero is no plan: 无计划, neither 0 % nor 100 %.
    """
    plan = states["annual_plan_wan"].astype(float).where(lambda values: values > 0)
    return states["investment_ytd_wan"].astype(float) / plan


def plan_gaps(states: pd.DataFrame, period: Period, rules: RuleSet = ZONE_RULES) -> pd.Series:
    """Progress gap of each project against its own plan of the year, in percentage points; NaN without a plan."""
    return gap_of(plan_shares(states), time_share(period, rules))


def plan_ratios(states: pd.DataFrame, period: Period, rules: RuleSet = ZONE_RULES) -> pd.Series:
    """Ratio of each project's share done to the share due (达序时比); NaN without a plan."""
    return ratio_of(plan_shares(states), time_share(period, rules))


def months_between(dates: pd.Series, period: Period) -> pd.Series:
    """Whole months from the month of each date to the period; NaN where there is no date."""
    return (period.year - dates.dt.year) * 12 + period.month - dates.dt.month


def days_late(dates: pd.Series, period: Period) -> pd.Series:
    """Days from each date to the period's end, negative for later ones; NaN where there is no date."""
    return (pd.Timestamp(period.last_day) - dates).dt.days.astype(float)


def worst_days(delays: pd.DataFrame) -> pd.Series:
    """Days late by the promise that fell due earlier, of rows of ``delayed_projects``; NaN where no milestone is late."""
    return delays[["delay_first_days", "delay_latest_days"]].max(axis=1)


def not_reported(states: pd.DataFrame) -> pd.Series:
    """Mask: left out of its district's return of the period though neither completed nor cancelled (未报)."""
    silent = states["is_body_reported"] & ~states["is_reported"]
    return silent & ~states["stage"].isin(FINISHED_STAGES) & states["completion_date"].isna()


def _late(projects: pd.DataFrame, milestone: str, period: Period, rules: RuleSet) -> pd.DataFrame:
    """Projects whose milestone is due, by either promise, and not done."""
    by_first = is_overdue(projects, milestone, period, first=True)
    by_latest = is_overdue(projects, milestone, period, first=False)
    late = projects[by_first | by_latest].copy()
    first, latest = late[f"first_planned_{milestone}_date"], late[f"planned_{milestone}_date"]
    late["milestone"] = milestone
    late["delay_first_days"] = days_late(first, period)
    late["delay_latest_days"] = days_late(latest, period)
    late["promise_changes"] = late[f"planned_{milestone}_changes"]
    worst = pd.concat([months_between(first, period), months_between(latest, period)], axis=1).max(axis=1)
    late["grade"] = grade_months_late(worst, getattr(rules, f"{milestone}_months"))
    return late


def _behind(projects: pd.DataFrame, period: Period, rules: RuleSet) -> pd.DataFrame:
    """Projects under construction that this period's return shows on time with their milestones but behind their plan."""
    building = projects[is_under_construction(projects, period) & projects["is_reported"]].copy()
    building["milestone"] = PROGRESS
    building["delay_first_days"] = building["delay_latest_days"] = np.nan
    building["promise_changes"] = building["planned_completion_changes"]
    building["grade"] = plan_grades(building, period, rules)
    return building[building["grade"].isin(COLOURED)]


def _worst_first(found: pd.DataFrame) -> pd.DataFrame:
    """Milestones before mere progress, then by grade, days against the promise that fell due earlier, gap, and name."""
    order = pd.DataFrame({
        "is_progress": found["milestone"] == PROGRESS,
        "severity": found["grade"].map(SEVERITY),
        "days": -worst_days(found),
        "gap": found["gap_points"],
        "name": found["project_name"],
    })  # fmt: skip
    return found.loc[order.sort_values(list(order.columns), na_position="last").index]
