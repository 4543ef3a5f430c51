"""What makes a project slow (进展缓慢, 2.4): coloured in returns in a row, or a node of the plan missed for long."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from domain.delay import COLOURED, plan_grades
from domain.node_plans import OVERDUE
from domain.periods import Period
from domain.rule_sets import RuleSet

# Months looked back beyond the returns that a rule asks for, for months in which a district sent none.
MONTHS_LEFT_OUT = 3
# What the rule needs of ``project_states`` in earlier months.
COURSE_COLUMNS = ("stage", "start_date", "completion_date", "annual_plan_wan", "investment_ytd_wan")


def course_periods(period: Period, rules: RuleSet) -> list[str]:
    """The months that ``coloured_runs`` looks at, the period last."""
    months = rules.slow_returns + MONTHS_LEFT_OUT
    return [str(period.shifted(number)) for number in range(1 - months, 1)]


def coloured_runs(course: pd.DataFrame, rules: RuleSet) -> pd.Series:
    """Project id -> returns in a row, up to the newest month, in which its progress was yellow or red by the rule set.

    ``course`` holds the states of consecutive periods. A month without a return of the district neither lengthens nor
    ends a run; a return that leaves the project out, or a month not coloured yet, ends it.
    """
    rows = course[course["is_body_reported"]].sort_values(["project_id", "period"])
    grades = [plan_grades(group, Period.parse(str(name)), rules) for name, group in rows.groupby("period")]
    is_coloured = pd.concat([pd.Series(dtype=object), *grades]).reindex(rows.index).isin(COLOURED)
    projects = rows["project_id"]
    others = (~is_coloured).groupby(projects).cumsum()
    is_last = others == others.groupby(projects).transform("last")
    return (is_coloured & is_last).groupby(projects).sum().astype(int).rename("run")


def missed_nodes(nodes: pd.DataFrame, least_days: int) -> pd.DataFrame:
    """By project id, of its overdue nodes of so many days and more the one missed longest: node, delay_days, since."""
    missed = nodes[(nodes["state"] == OVERDUE) & (nodes["delay_days"] >= least_days)]
    longest = missed.sort_values(["delay_days", "node"], ascending=[False, True]).drop_duplicates("project_id")
    since = longest[["first_planned_date", "planned_date"]].min(axis=1)
    return longest.assign(since=since).set_index("project_id")[["node", "delay_days", "since"]]


def runs_of(projects: Iterable[str], runs: pd.Series) -> pd.Series:
    """The run of each project, in their order; 0 for one that has none."""
    return pd.Series(list(projects), dtype=object).map(runs).fillna(0).astype(int)
