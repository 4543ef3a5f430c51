"""Standings: each line of the table of priorities, its boundaries, its colour and its why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from frames import states, states_of

from domain.built_in_rules import BUILT_IN, WUHAN, ZONE_BANDS, ZONE_RULES
from domain.delay import delayed_projects
from domain.periods import Period
from domain.rule_sets import RuleSet
from domain.rulings import GRANTED, Excuse, Suspension
from domain.standing_evidence import Evidence
from domain.standings import COLUMNS, STANDINGS, standings_of

AUGUST = Period(2024, 8)
NO_NODES = pd.DataFrame({
    "project_id": pd.Series(dtype=object),
    "node": pd.Series(dtype=object),
    "state": pd.Series(dtype=object),
    "delay_days": pd.Series(dtype=float),
    "first_planned_date": pd.Series(dtype="datetime64[us]"),
    "planned_date": pd.Series(dtype="datetime64[us]"),
})  # fmt: skip
# A project under construction with 20 % of its plan done: 46.7 points behind in August.
BUILDING = {
    "stage": "building",
    "start_date": "2024-02-01",
    "planned_completion_date": "2025-12-31",
    "annual_plan_wan": 1_000.0,
    "investment_ytd_wan": 200.0,
}
ON_TRACK = BUILDING | {"investment_ytd_wan": 700.0}
WAITING = {"stage": "signed", "planned_start_date": "2024-10-31"}
OVERDUE = {"stage": "signed", "planned_start_date": "2024-07-31"}
LONG_OVERDUE = {"stage": "signed", "planned_start_date": "2024-03-31"}
NOT_COMPLETED = ON_TRACK | {"planned_completion_date": "2024-06-30"}
STOPPED = ON_TRACK | {"stage": "suspended"}
LEFT_OUT = {"is_reported": False}
NOTHING_SENT = {"is_reported": False, "is_body_reported": False}
PAPER = Suspension("p1", "binhai", "suspended", date(2024, 6, 10), "finance", "", date(2024, 10, 31), date(2024, 6, 10))
EXCUSE = Excuse("e1", "p1", "binhai", GRANTED, Period(2024, 7), Period(2024, 9), "8月例会", "管委会", "台风")


def nodes(days: float, state: str = "overdue") -> pd.DataFrame:
    row = {
        "project_id": "p1",
        "node": "equipment",
        "state": state,
        "delay_days": days,
        "first_planned_date": pd.Timestamp("2024-06-30"),
        "planned_date": pd.Timestamp("2024-07-31"),
    }
    return pd.DataFrame([row])


def judge(
    project: dict[str, Any] | list[dict[str, Any]],
    rules: RuleSet = ZONE_RULES,
    period: Period = AUGUST,
    *,
    same: int = 0,
    silent: int = 0,
    coloured: int = 0,
    plan: pd.DataFrame = NO_NODES,
    paper: Suspension | None = None,
    excuse: Excuse | None = None,
) -> pd.DataFrame:
    """The standing of one project, or of several that share what else is noted."""
    frame = states_of(project) if isinstance(project, list) else states(**project)
    runs = {name: pd.Series({"p1": run}) for name, run in (("still", same), ("silent", silent), ("coloured", coloured))}
    evidence = Evidence(
        states=frame,
        delays=delayed_projects(frame, period, rules=rules),
        still_runs=runs["still"],
        silent_runs=runs["silent"],
        coloured_runs=runs["coloured"],
        nodes=plan,
        suspensions={} if paper is None else {"p1": paper},
        excuses={} if excuse is None else {"p1": excuse},
    )
    return standings_of(evidence, rules, period)


# What is so, the project, what else is noted, the standing, its grade.
CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, str | None]] = [
    ("cancelled, whatever else", OVERDUE | {"stage": "cancelled"}, {"silent": 5}, "cancelled", None),
    ("completed this month", ON_TRACK | {"completion_date": "2024-08-31"}, {}, "completed", None),
    ("completed long ago and left out", ON_TRACK | LEFT_OUT | {"completion_date": "2023-08-31"}, {"silent": 3}, "completed", None),
    ("completed next month is not completed", ON_TRACK | {"completion_date": "2024-09-01"}, {}, "on_track", "on_track"),
    ("excused by a decision", LONG_OVERDUE, {"excuse": EXCUSE}, "excused", None),
    ("excused in other months", LONG_OVERDUE, {}, "start_overdue", "behind"),
    ("suspended with a record", STOPPED, {"paper": PAPER}, "suspended", None),
    ("recorded, but the return goes on building", ON_TRACK, {"paper": PAPER}, "on_track", "on_track"),
    ("confirmed two months ago", STOPPED, {"paper": replace(PAPER, confirmed_on=date(2024, 6, 1))}, "suspended", None),
    ("confirmed three months ago", STOPPED, {"paper": replace(PAPER, confirmed_on=date(2024, 5, 31))}, "stalled", "attention"),
    ("work was to go on by now", STOPPED, {"paper": replace(PAPER, expected_resumption=date(2024, 8, 31))}, "stalled", "attention"),
    ("work goes on tomorrow", STOPPED, {"paper": replace(PAPER, expected_resumption=date(2024, 9, 1))}, "suspended", None),
    ("lapsed and far behind its plan", STOPPED | {"investment_ytd_wan": 200.0}, {"paper": replace(PAPER, confirmed_on=date(2024, 1, 1))}, "stalled", "behind"),
    ("suspended without a record", STOPPED, {}, "suspended_unrecorded", "attention"),
    ("suspended without a record, start overdue for long", LONG_OVERDUE | {"stage": "suspended"}, {}, "suspended_unrecorded", "behind"),
    ("due to start this month", OVERDUE | {"planned_start_date": "2024-08-31"}, {}, "start_overdue", "attention"),
    ("due to start last month", OVERDUE, {}, "start_overdue", "attention"),
    ("due to start two months ago", OVERDUE | {"planned_start_date": "2024-06-30"}, {}, "start_overdue", "attention"),
    ("due to start three months ago", OVERDUE | {"planned_start_date": "2024-05-31"}, {}, "start_overdue", "behind"),
    ("moved on, late by its first promise", WAITING | {"first_planned_start_date": "2024-03-31"}, {}, "start_overdue", "behind"),
    ("overdue and left out: red stays red", LONG_OVERDUE | LEFT_OUT, {"silent": 3}, "start_overdue", "behind"),
    ("completion overdue", NOT_COMPLETED, {}, "completion_overdue", "attention"),
    ("completion overdue and unchanged", NOT_COMPLETED, {"same": 4}, "completion_overdue", "attention"),
    ("unchanged three returns running", ON_TRACK, {"same": 3, "silent": 3}, "stalled", "attention"),
    ("unchanged and behind", BUILDING, {"same": 3, "silent": 3}, "stalled", "behind"),
    ("unchanged two returns running", ON_TRACK, {"same": 2, "silent": 2}, "silent", "unknown"),
    ("not started, unchanged", WAITING, {"same": 3}, "not_due", None),
    ("left out twice", ON_TRACK | LEFT_OUT, {"silent": 2}, "silent", "unknown"),
    ("left out once", ON_TRACK | LEFT_OUT, {"silent": 1}, "not_reported", "unknown"),
    ("copied once is told all the same", ON_TRACK, {"silent": 1}, "on_track", "on_track"),
    ("the district sent nothing", ON_TRACK | NOTHING_SENT, {}, "not_reported", "unknown"),
    ("the district sent nothing of what is not due", WAITING | NOTHING_SENT, {}, "not_reported", "unknown"),
    ("red in two returns", BUILDING, {"coloured": 2}, "slow", "behind"),
    ("red in this return alone", BUILDING, {"coloured": 1}, "behind_plan", "behind"),
    ("a node missed by 30 days", ON_TRACK, {"plan": nodes(30)}, "slow", "attention"),
    ("a node missed by 29 days", ON_TRACK, {"plan": nodes(29)}, "on_track", "on_track"),
    ("a node done late is missed no more", ON_TRACK, {"plan": nodes(60, "done_late")}, "on_track", "on_track"),
    ("a node missed before the start", WAITING, {"plan": nodes(45)}, "slow", "attention"),
    ("planned to start later", WAITING, {}, "not_due", None),
    ("planned to start next month", WAITING | {"planned_start_date": "2024-09-01"}, {}, "not_due", None),
    ("never planned to start", {"stage": "signed"}, {}, "no_plan", "unknown"),
    ("no plan of the year", ON_TRACK | {"annual_plan_wan": None}, {}, "no_plan", "unknown"),
    ("a plan of zero", ON_TRACK | {"annual_plan_wan": 0.0}, {}, "no_plan", "unknown"),
    ("no amount", ON_TRACK | {"investment_ytd_wan": None}, {}, "not_reported", "unknown"),
    ("nothing invested is an amount", ON_TRACK | {"investment_ytd_wan": 0.0}, {}, "behind_plan", "behind"),
    ("a little behind", ON_TRACK | {"investment_ytd_wan": 620.0}, {}, "slightly", "slightly"),
    ("on track", ON_TRACK, {}, "on_track", "on_track"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("project", "noted", "standing", "grade"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_how_a_project_stands(project: dict[str, Any], noted: dict[str, Any], standing: str, grade: str | None) -> None:
    """By the zone's rule in August: the first line of the table that holds, and its colour."""
    (found,) = judge(project, **noted).itertuples()
    assert (found.standing, found.grade) == (standing, grade)
    assert list(judge(project, **noted).columns) == list(COLUMNS)


def test_only_who_is_on_track_is_green() -> None:
    """Silent, suspended, excused and without a plan are never green; every standing of the table is met."""
    found = [judge(project, **noted).iloc[0] for _, project, noted, _, _ in CASES]
    found.append(judge(ON_TRACK, WUHAN, Period(2024, 2)).iloc[0])
    assert {row["standing"] for row in found if row["grade"] == "on_track"} == {"on_track"}
    assert {row["standing"] for row in found} == set(STANDINGS)


# The rule set, the period, done of a plan of 1,000; the standing and its grade.
BY_RULE = [
    ("zone@1", "2024-08", 566.0, "behind_plan", "behind"),
    ("zone@2", "2024-08", 566.0, "behind_plan", "attention"),
    ("yinchuan@1", "2024-08", 566.0, "behind_plan", "attention"),
    ("wuhan@1", "2024-08", 566.0, "slightly", "slightly"),
    ("sanya@1", "2024-08", 566.0, "behind_plan", "attention"),
    ("zone@1", "2024-12", 900.0, "behind_plan", "behind"),
    ("zone@2", "2024-12", 700.0, "behind_plan", "attention"),
    ("zone@2", "2024-12", 699.9, "behind_plan", "behind"),
    ("wuhan@1", "2024-12", 800.0, "slightly", "slightly"),
    ("wuhan@1", "2024-12", 600.0, "behind_plan", "attention"),
    ("sanya@1", "2024-12", 500.0, "behind_plan", "attention"),
    ("sanya@1", "2024-12", 499.9, "behind_plan", "behind"),
    ("wuhan@1", "2024-02", 10.0, "too_early", None),
    ("wuhan@1", "2024-03", 10.0, "behind_plan", "behind"),
    ("zone@1", "2024-02", 10.0, "behind_plan", "behind"),
]


@pytest.mark.parametrize(("key", "period", "done", "standing", "grade"), BY_RULE)
def test_the_same_progress_under_each_rule(
    key: str, period: str, done: float, standing: str, grade: str | None
) -> None:
    """Points and ratios colour the same project differently (2.2); a ratio is not coloured before the end of March."""
    (found,) = judge(
        ON_TRACK | {"investment_ytd_wan": done, "start_date": "2023-02-01"}, BUILT_IN[key], Period.parse(period)
    ).itertuples()
    assert (found.standing, found.grade) == (standing, grade)


def test_a_start_is_red_a_month_earlier_in_yinchuan() -> None:
    """Three months running due and not started, the month planned being the first."""
    project = OVERDUE | {"planned_start_date": "2024-06-30"}
    assert [judge(project, BUILT_IN[key]).iloc[0]["grade"] for key in ("zone@1", "yinchuan@1")] == [
        "attention",
        "behind",
    ]


# The project and what else is noted; what is told of why.
WHY: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("overdue", LONG_OVERDUE, {}, {"months": 5, "since": "2024-03-31"}),
    ("overdue by the first promise", WAITING | {"first_planned_start_date": "2024-05-15"}, {}, {"months": 3, "since": "2024-05-15"}),
    ("overdue by the latest plan alone", OVERDUE | {"first_planned_start_date": "2024-12-31"}, {}, {"months": 1, "since": "2024-07-31"}),
    ("unchanged", ON_TRACK, {"same": 3}, {"cause": "unchanged", "returns": 3}),
    ("not renewed", STOPPED, {"paper": replace(PAPER, confirmed_on=date(2024, 1, 1))}, {"cause": "not_renewed", "since": "2024-06-10", "until": "2024-10-31"}),
    ("suspended", STOPPED, {"paper": PAPER}, {"cause": "suspended", "since": "2024-06-10", "until": "2024-10-31"}),
    ("excused", OVERDUE, {"excuse": EXCUSE}, {"since": "2024-07-01", "until": "2024-09-30"}),
    ("silent", ON_TRACK, {"silent": 2}, {"returns": 2}),
    ("left out", ON_TRACK | LEFT_OUT, {}, {"cause": "left_out"}),
    ("nothing sent", ON_TRACK | NOTHING_SENT, {}, {"cause": "no_return"}),
    ("no amount", ON_TRACK | {"investment_ytd_wan": None}, {}, {"cause": "no_amount"}),
    ("no plan of the year", ON_TRACK | {"annual_plan_wan": None}, {}, {"cause": "no_yearly_plan"}),
    ("no start planned", {"stage": "signed"}, {}, {"cause": "no_start_date"}),
    ("coloured again", BUILDING, {"coloured": 3}, {"returns": 3}),
    ("a node", ON_TRACK, {"plan": nodes(62)}, {"node": "equipment", "node_days": 62, "since": "2024-06-30", "returns": 0}),
    ("not due", WAITING, {"same": 3, "plan": nodes(12)}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("project", "noted", "told"), [row[1:] for row in WHY], ids=[row[0] for row in WHY])
def test_why_a_project_stands_so(project: dict[str, Any], noted: dict[str, Any], told: dict[str, Any]) -> None:
    """Just what explains the standing, and nothing of what does not decide."""
    row = judge(project, **noted).iloc[0].drop(["project_id", "body", "standing", "grade", "gap_points", "ratio"])
    found = {
        name: str(value)[:10] if isinstance(value, pd.Timestamp) else value for name, value in row.dropna().items()
    }
    assert found == told


def test_gap_and_ratio_stand_beside_every_standing() -> None:
    """Both are shown, whichever colours (2.4)."""
    found = judge(NOT_COMPLETED | {"investment_ytd_wan": 500.0}).iloc[0]
    assert (found["gap_points"], found["ratio"]) == (pytest.approx(-16.666666667), 0.75)


def test_works_have_no_standing() -> None:
    """Infrastructure works are no industrial projects; the order is that of the states."""
    rows = [ON_TRACK | {"kind": "infrastructure"}, WAITING | {"project_id": "p9"}, ON_TRACK | {"project_id": "p1"}]
    assert list(judge(rows, same=3)["project_id"]) == ["p9", "p1"]
    assert list(judge(rows, same=3)["standing"]) == ["not_due", "stalled"]


def test_of_nobody_nothing() -> None:
    """Without a project there is no standing, and the columns are there all the same."""
    found = judge([])
    assert found.empty
    assert list(found.columns) == list(COLUMNS)


def test_the_numbers_are_those_of_the_rule_set() -> None:
    """An edited version moves each boundary."""
    patient = replace(
        ZONE_BANDS, stalled_returns=4, silent_returns=3, slow_returns=3, slow_node_days=60, renewal_months=6
    )
    stopped = replace(PAPER, confirmed_on=date(2024, 3, 1))
    cases = [
        (ON_TRACK, {"same": 3}, "on_track"),
        (ON_TRACK, {"same": 4}, "stalled"),
        (ON_TRACK, {"silent": 2}, "on_track"),
        (BUILDING, {"coloured": 2}, "behind_plan"),
        (ON_TRACK, {"plan": nodes(59)}, "on_track"),
        (STOPPED, {"paper": stopped}, "suspended"),
        (STOPPED, {"paper": replace(stopped, confirmed_on=date(2024, 2, 29))}, "stalled"),
    ]
    assert [judge(project, patient, **noted).iloc[0]["standing"] for project, noted, _ in cases] == [
        row[2] for row in cases
    ]
