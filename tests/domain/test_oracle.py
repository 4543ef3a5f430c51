"""The rules and their slow second implementation agree on whatever projects there may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import oracle
import pytest
import standing_oracle
from examples import tried
from frames import states_of
from hypothesis import given
from hypothesis import strategies as st

from domain.built_in_rules import BUILT_IN
from domain.delay import delayed_projects
from domain.indicators import INDICATORS
from domain.periods import Period
from domain.promises import promises_due

# The days on which something can change sides: ends of months and of years, and some between them.
DAYS = [date(year, month, day) for year in (2023, 2024) for month in range(1, 13) for day in (1, 15, 28)]
EDGES = [
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2024, 8, 31),
    date(2024, 9, 1),
    date(2025, 1, 31),
]
DAY = st.none() | st.sampled_from(EDGES) | st.sampled_from(DAYS)
SEEN = st.none() | st.sampled_from(["2023-11", "2023-12", "2024-01", "2024-08", "2024-09"])
AMOUNT = st.none() | st.sampled_from([0.0, 4_999.0, 36_000.0, 40_000.0, 99_999.9999, 100_000.0, 1_000_000.0])
PERIOD = st.builds(Period, st.sampled_from([2023, 2024, 2025]), st.integers(1, 12))
ANY_PROJECT = st.fixed_dictionaries({
    "body": st.sampled_from(["binhai", "xiangshui"]),
    "kind": st.sampled_from(["projects", "projects", "infrastructure"]),
    "is_reported": st.booleans(),
    "stage": st.sampled_from([None, "signed", "building", "completed", "suspended", "cancelled"]),
    "category": st.sampled_from([None, "traditional", "emerging"]),
    "total_investment_wan": AMOUNT,
    "annual_plan_wan": AMOUNT,
    "investment_ytd_wan": AMOUNT,
    "signed_date": DAY,
    "start_date": DAY,
    "completion_date": DAY,
    "production_date": DAY,
    "capacity_date": DAY,
    "first_stage_period": SEEN,
    "in_production_period": SEEN,
    "at_capacity_period": SEEN,
    "planned_start_date": DAY,
    "planned_completion_date": DAY,
    "first_planned_start_date": DAY,
    "first_planned_completion_date": DAY,
})  # fmt: skip
# What returns are full of, and pure chance hardly makes: one under construction whose milestones are not due, so that its
# plan of the year decides; and one that was completed while nobody wrote down its start.
NOT_DUE = dict.fromkeys(("planned_completion_date", "first_planned_completion_date"), date(2026, 12, 31))
BUILDING = {
    "kind": "projects",
    "stage": "building",
    "start_date": date(2022, 12, 1),
    "completion_date": None,
    **NOT_DUE,
}
ON_THE_EDGE = BUILDING | {"annual_plan_wan": 40_000.0, "investment_ytd_wan": 36_000.0}  # -10 points in December
COMPLETED = {"kind": "projects", "stage": "completed", "start_date": None}
PROJECT = st.builds(
    lambda project, shape: project | shape, ANY_PROJECT, st.sampled_from([{}, {}, BUILDING, ON_THE_EDGE, COMPLETED])
)
PROJECTS = st.lists(PROJECT, min_size=8, max_size=20).map(
    lambda rows: [row | {"project_id": f"p{number}"} for number, row in enumerate(rows)]
)


@given(PROJECTS, PERIOD, st.sampled_from(["binhai", "xiangshui", "zone"]))
@tried(100)
def test_figures_are_those_of_the_clerk(rows: list[dict[str, Any]], period: Period, body: str) -> None:
    """Every indicator of every body."""
    frame = states_of(rows)
    counted = {code: each.value(frame, period, body) for code, each in INDICATORS.items()}
    expected = {code: oracle.value(code, rows, period.year, period.month, body) for code in INDICATORS}
    assert counted == pytest.approx(expected)


@given(PROJECTS, PERIOD)
@tried(100)
def test_delays_are_those_of_the_clerk(rows: list[dict[str, Any]], period: Period) -> None:
    """Who is late, with what, by how many days against either promise, and in which grade; nobody twice."""
    found = delayed_projects(states_of(rows), period)
    assert found["project_id"].is_unique
    assert dict(_as_answers(found)) == oracle.delayed(rows, period.year, period.month)


@pytest.mark.parametrize("key", ["zone@2", "yinchuan@1", "wuhan@1", "sanya@1"])
@given(PROJECTS, PERIOD)
@tried(20)
def test_delays_by_another_rule_are_those_of_the_clerk(key: str, rows: list[dict[str, Any]], period: Period) -> None:
    """The same milestones as ever, each by the months of the rule; and whom its yellow or red takes by the plan."""
    rule, month = standing_oracle.RULES[key], (period.year, period.month)
    found = delayed_projects(states_of(rows), period, rules=BUILT_IN[key])
    told = {code: answer[3] for code, answer in _as_answers(found)}
    assert told == {
        row["project_id"]: grade for row in rows if (grade := standing_oracle.grade_in_the_list(row, month, rule))
    }


def _as_answers(found: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for row in found.itertuples():
        days = (None if value != value else value for value in (row.delay_first_days, row.delay_latest_days))
        yield row.project_id, (row.milestone, *days, row.grade)


@given(PROJECTS, PERIOD)
@tried(100)
def test_promises_are_those_of_the_clerk(rows: list[dict[str, Any]], period: Period) -> None:
    """Which first promises fell due this year, and which were kept."""
    due = promises_due(states_of(rows), period)
    found = {(row.project_id, row.milestone, bool(row.is_kept)) for row in due.itertuples()}
    assert len(found) == len(due)
    assert found == oracle.promises(rows, period.year, period.month)
