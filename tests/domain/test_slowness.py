"""Returns in a row in which progress was coloured, and nodes missed for long."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states_of

from domain.built_in_rules import BUILT_IN, ZONE_RULES
from domain.periods import Period
from domain.slowness import coloured_runs, missed_nodes, runs_of

Month = dict[str, Any]
AUGUST = Period(2024, 8)
BUILDING = {"project_id": "p1", "stage": "building", "start_date": "2022-02-01", "annual_plan_wan": 1_200.0}
BEHIND: Month = {"investment_ytd_wan": 0.0}
LITTLE: Month = {"investment_ytd_wan": -1.0}  # a little below the time share of its month, see ``course``
DONE: Month = {"investment_ytd_wan": 1_200.0}
LEFT_OUT = BEHIND | {"is_reported": False}
NOTHING_SENT = BEHIND | {"is_reported": False, "is_body_reported": False}


def course(months: list[Month], last: Period = AUGUST) -> pd.DataFrame:
    """The states of one project in consecutive months, the last one August."""
    rows = []
    for number, month in enumerate(months):
        period = last.shifted(number + 1 - len(months))
        told = month | {"investment_ytd_wan": period.month * 100.0 - 60} if month is LITTLE else month
        rows.append(BUILDING | told | {"period": str(period)})
    return states_of(rows)


# What is so, the months up to August, returns in a row.
RUNS = [
    ("behind once", [DONE, BEHIND], 1),
    ("behind three times", [DONE, BEHIND, BEHIND, BEHIND], 3),
    ("caught up", [BEHIND, BEHIND, DONE], 0),
    ("slightly behind is not coloured", [BEHIND, LITTLE], 0),
    ("slightly behind between", [BEHIND, LITTLE, BEHIND], 1),
    ("a month without a return neither lengthens nor ends a run", [BEHIND, NOTHING_SENT, BEHIND], 2),
    ("nor does it at the end", [BEHIND, BEHIND, NOTHING_SENT], 2),
    ("left out ends a run", [BEHIND, LEFT_OUT, BEHIND], 1),
    ("left out this month", [BEHIND, BEHIND, LEFT_OUT], 0),
]


@pytest.mark.parametrize(("months", "run"), [row[1:] for row in RUNS], ids=[row[0] for row in RUNS])
def test_returns_in_a_row_that_were_coloured(months: list[Month], run: int) -> None:
    """Yellow or red by the rule set, up to the newest return."""
    assert coloured_runs(course(months), ZONE_RULES).to_dict() == {"p1": run}


@pytest.mark.parametrize(("key", "run"), [("zone@1", 2), ("wuhan@1", 1)])
def test_a_month_not_coloured_yet_ends_a_run(key: str, run: int) -> None:
    """By a ratio January and February have no colour; by points January is slightly behind with nothing done."""
    assert coloured_runs(course([BEHIND, BEHIND, BEHIND], Period(2024, 3)), BUILT_IN[key]).to_dict() == {"p1": run}


def test_each_year_has_its_own_plan() -> None:
    """December is measured against its year, January against its own."""
    months = [BEHIND, BEHIND | {"annual_plan_wan": 2_400.0}]
    assert coloured_runs(course(months, Period(2024, 1)), ZONE_RULES).to_dict() == {"p1": 0}
    assert coloured_runs(course(months, Period(2024, 2)), ZONE_RULES).to_dict() == {"p1": 1}


def test_of_no_project_no_run() -> None:
    """And who has none counts as 0."""
    runs = coloured_runs(course([]), ZONE_RULES)
    assert runs.empty
    assert list(runs_of(["p1"], runs)) == [0]
    assert list(runs_of(["p2", "p1"], pd.Series({"p1": 4}))) == [0, 4]


def test_the_node_missed_longest() -> None:
    """Of the overdue ones of so many days; since the earlier of its two dates."""
    nodes = pd.DataFrame({
        "project_id": ["p1", "p1", "p1", "p2", "p3", "p3"],
        "node": ["equipment", "main_structure", "production", "start", "start", "completion"],
        "state": ["overdue", "overdue", "done_late", "overdue", "overdue", "overdue"],
        "delay_days": [31.0, 92.0, 300.0, 29.0, 30.0, 30.0],
        "first_planned_date": pd.to_datetime(["2024-06-30", "2024-05-31", "2024-01-31", "2024-07-31", "2024-08-01", "2024-08-01"]),
        "planned_date": pd.to_datetime(["2024-07-31", "2024-04-30", "2024-01-31", "2024-07-31", None, "2024-07-01"]),
    })  # fmt: skip
    found = missed_nodes(nodes, 30)
    assert {code: (row.node, row.delay_days, str(row.since)[:10]) for code, row in found.iterrows()} == {
        "p1": ("main_structure", 92.0, "2024-04-30"),
        "p3": ("completion", 30.0, "2024-07-01"),
    }
