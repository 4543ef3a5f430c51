"""The rules of the node plan and their slow second implementation agree on whatever returns there may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import node_oracle as oracle
import pandas as pd
from examples import tried
from frames import states_of
from hypothesis import given
from hypothesis import strategies as st
from node_frames import plan_of, reports_of

from domain.node_plans import compare_nodes
from domain.periods import Period

MONTHS = [(2023, 11), (2023, 12), *((2024, month) for month in range(1, 9))]
DAYS = [oracle.end_of(month) for month in MONTHS] + [date(2024, 3, 10), date(2024, 9, 30), date(2025, 1, 31)]
ACTUAL = (
    st.none() | st.none() | st.sampled_from([date(2023, 11, 20), date(2024, 1, 1), date(2024, 3, 31), date(2024, 7, 1)])
)
PRECISION = st.sampled_from(["day", "month", "quarter", "half_year", "year"])
STAGE = st.sampled_from([
    None, None, "signed", "preparing", "started", "building", "building", "equipping", "trial", "completed", "in_production",
    "suspended", "cancelled",
])  # fmt: skip
REPORT = st.fixed_dictionaries({
    "stage": STAGE,
    "start_date": ACTUAL,
    "completion_date": ACTUAL,
    "permit_text": st.none() | st.sampled_from(sorted(oracle.PERMIT_TEXTS)),
    "progress_text": st.none() | st.sampled_from(sorted(oracle.PROGRESS_TEXTS)),
})  # fmt: skip
PROJECT = st.fixed_dictionaries({
    "stage": STAGE,
    "start_date": ACTUAL,
    "start_date_precision": PRECISION,
    "completion_date": ACTUAL,
    "completion_date_precision": PRECISION,
})  # fmt: skip
DATE = st.none() | st.sampled_from(DAYS)
NODE = st.fixed_dictionaries(
    {"first_planned_date": DATE, "planned_date": DATE, "is_done": st.sampled_from([False, False, True])}
)
CASE = st.tuples(
    st.lists(NODE, min_size=len(oracle.NODES), max_size=len(oracle.NODES)),
    st.dictionaries(st.sampled_from(MONTHS), REPORT, max_size=6),
    PROJECT,
)


def name_of(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02d}"


@given(st.lists(CASE, min_size=3, max_size=9), st.sampled_from(MONTHS[-3:]))
@tried(50)
def test_nodes_are_those_of_the_clerk(cases: list[tuple[Any, dict[Any, dict[str, Any]], dict[str, Any]]], now: Any) -> None:
    """State, day done, last day by which it was done, and days late by both dates, of every node of every project."""
    planned, sent, projects, expected = [], [], [], {}
    for number, (dates, said, project) in enumerate(cases):
        key = {"project_id": f"p{number}"}
        plan = [{"node": code, **node} for code, node in zip(oracle.NODES, dates, strict=True)]
        reports = [{"month": month, **report} for month, report in said.items() if month <= now]
        planned += [key | node for node in plan]
        sent += [key | {name: value for name, value in each.items() if name != "month"} | {"period": name_of(each["month"])} for each in reports]
        projects.append(key | project)
        expected |= {(f"p{number}", node["node"]): _expected(node, reports, project, now) for node in plan}
    found = compare_nodes(plan_of(*planned), reports_of(*sent), states_of(projects), Period(*now))
    answers = {(row.project_id, row.node): tuple(_plain(getattr(row, name)) for name in NAMES) for row in found.itertuples()}
    assert answers == expected


NAMES = ("state", "done_date", "done_by", "delay_first_days", "delay_latest_days")


def _expected(
    node: dict[str, Any], reports: list[dict[str, Any]], project: dict[str, Any], now: Any
) -> tuple[Any, ...]:
    state, done, by = oracle.judge(node, reports, project, now)
    earliest = oracle.done_between(node, reports, project, now)[0]
    return (state, done, by, *oracle.days_late(node, state, done, earliest, now))


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
