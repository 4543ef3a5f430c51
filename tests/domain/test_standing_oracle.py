"""Standings and their slow second implementation agree on whatever projects, returns and records there may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
import standing_oracle as clerk
from examples import tried
from frames import states_of
from hypothesis import given
from hypothesis import strategies as st
from test_oracle import ANY_PROJECT, NOT_DUE

from domain.built_in_rules import BUILT_IN
from domain.delay import delayed_projects
from domain.periods import Period
from domain.rulings import GRANTED, Excuse, Suspension
from domain.slowness import COURSE_COLUMNS, coloured_runs, course_periods
from domain.standing_evidence import Evidence
from domain.standings import standings_of

Row = dict[str, Any]
AMOUNT = st.none() | st.sampled_from([0.0, 100.0, 250.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0, 1_000.0])
# Under construction, nothing due: so that the plan of the year, runs of returns and the nodes decide.
BUILDING = {
    "kind": "projects",
    "stage": "building",
    "start_date": date(2022, 12, 1),
    "completion_date": None,
    **NOT_DUE,
}
WAITING = {"kind": "projects", "stage": "signed", "completion_date": None, "start_date": None, "planned_start_date": date(2026, 5, 31),
           "first_planned_start_date": date(2026, 5, 31)}  # fmt: skip
STOPPED = BUILDING | {"stage": "suspended"}
SENT = {"is_reported": True, "is_body_reported": True}
PROJECT = st.builds(
    lambda project, shape, sent, plan, done: project | {"annual_plan_wan": plan, "investment_ytd_wan": done, "is_body_reported": True} | shape | sent,
    ANY_PROJECT,
    st.sampled_from([{}, BUILDING, BUILDING, BUILDING, WAITING, STOPPED]),
    st.sampled_from([{}, SENT, SENT, {"is_reported": False, "is_body_reported": False}]),
    st.none() | st.just(1_000.0) | st.just(1_000.0) | st.just(0.0),
    AMOUNT,
)  # fmt: skip
# An earlier month: what was done of the plan, and whether the return listed the project or was sent at all.
EARLIER = st.tuples(AMOUNT, st.sampled_from(["listed", "listed", "listed", "left out", "nothing"]))
PAPER = st.none() | st.tuples(
    st.sampled_from(["suspended", "deferred"]),
    st.sampled_from([(2023, 12), (2024, 3), (2024, 5), (2024, 6), (2024, 8)]),
    st.sampled_from([date(2024, 3, 31), date(2024, 8, 31), date(2024, 9, 1), date(2025, 6, 30)]),
)
NOTED = st.fixed_dictionaries({
    "same": st.sampled_from([0, 0, 0, 2, 3, 5]),
    "silent": st.sampled_from([0, 0, 0, 1, 2, 4]),
    "missed": st.sampled_from([None, None, None, 29, 30, 90]),
    "paper": PAPER,
    "is_excused": st.sampled_from([False, False, False, False, True]),
})  # fmt: skip
CASE = st.tuples(PROJECT, NOTED, st.lists(EARLIER, min_size=1, max_size=4))
PERIOD = st.sampled_from([Period(2024, 1), Period(2024, 2), Period(2024, 3), Period(2024, 8), Period(2024, 12)])
NODE_DATES = {"first_planned_date": pd.Timestamp(2023, 6, 30), "planned_date": pd.Timestamp(2023, 6, 30)}


def earlier_rows(row: Row, period: Period, past: list[tuple[float | None, str]]) -> list[tuple[Period, Row]]:
    """The project in the months before the period, oldest first."""
    found = []
    for number, (done, sent) in enumerate(reversed(past)):
        month = period.shifted(number - len(past))
        told = {"investment_ytd_wan": done, "is_reported": sent == "listed", "is_body_reported": sent != "nothing"}
        found.append((month, row | told))
    return found


def noted_of(row: Row, noted: Row, period: Period, past: list[tuple[float | None, str]]) -> Row:
    """What the clerk has on the table."""
    rows = [*earlier_rows(row, period, past), (period, row)]
    return noted | {
        "returns": [((month.year, month.month), each if each["is_body_reported"] else None) for month, each in rows]
    }


def evidence_of(cases: list[tuple[Row, Row, list[Any]]], rules: Any, period: Period) -> Evidence:
    """The same as frames."""
    frame = states_of([row for row, _, _ in cases])
    parts = [
        (month, each) for row, _, past in cases for month, each in [*earlier_rows(row, period, past), (period, row)]
    ]
    course = states_of([each | {"period": str(month)} for month, each in parts])
    ids = list(frame["project_id"])
    papers = {id_: noted["paper"] for id_, (_, noted, _) in zip(ids, cases, strict=True) if noted["paper"]}
    nodes = [
        {"project_id": id_, "node": "equipment", "state": "overdue", "delay_days": float(noted["missed"]), **NODE_DATES}
        for id_, (_, noted, _) in zip(ids, cases, strict=True)
        if noted["missed"] is not None
    ]
    empty = {
        "project_id": [],
        "node": [],
        "state": [],
        "delay_days": [],
        **{name: pd.to_datetime([]) for name in NODE_DATES},
    }
    return Evidence(
        states=frame,
        delays=delayed_projects(frame, period, rules=rules),
        still_runs=pd.Series({id_: noted["same"] for id_, (_, noted, _) in zip(ids, cases, strict=True)}),
        silent_runs=pd.Series({id_: noted["silent"] for id_, (_, noted, _) in zip(ids, cases, strict=True)}),
        coloured_runs=coloured_runs(course, rules),
        nodes=pd.DataFrame(nodes) if nodes else pd.DataFrame(empty),
        suspensions={
            id_: Suspension(id_, "binhai", kind, date(*month, 1), "finance", "", resumption, date(*month, 1))
            for id_, (kind, month, resumption) in papers.items()
        },
        excuses={
            id_: Excuse("e", id_, "binhai", GRANTED, period, period, "例会", "管委会", "台风")
            for id_, (_, noted, _) in zip(ids, cases, strict=True)
            if noted["is_excused"]
        },
    )


@pytest.mark.parametrize("key", BUILT_IN)
@given(st.lists(CASE, min_size=10, max_size=20), PERIOD)
@tried(25)
def test_standings_are_those_of_the_clerk(key: str, cases: list[tuple[Row, Row, list[Any]]], period: Period) -> None:
    """Standing and grade of every industrial project, under each rule set."""
    cases = [(row | {"project_id": f"p{number}"}, noted, past) for number, (row, noted, past) in enumerate(cases)]
    rules = BUILT_IN[key]
    found = standings_of(evidence_of(cases, rules, period), rules, period)
    answers = {row.project_id: (row.standing, row.grade) for row in found.itertuples()}
    month = (period.year, period.month)
    assert answers == {
        row["project_id"]: clerk.judge(row, month, noted_of(row, noted, period, past), clerk.RULES[key])
        for row, noted, past in cases
        if row["kind"] == "projects"
    }


def test_the_months_of_a_course() -> None:
    """As many returns as the rule asks for, and some months in which a district may have sent none."""
    assert course_periods(Period(2024, 2), BUILT_IN["zone@1"]) == [
        "2023-10",
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert set(COURSE_COLUMNS) <= set(states_of([]).columns)
