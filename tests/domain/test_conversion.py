"""From signing to capacity: which step a project reached and when, and how many of each year did."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from conversion_frames import AUGUST, dates, seen_of, steps_of
from frames import states_of

from domain.conversion import CODES, LEAST_COHORT, SEEN, STEPS, conversion, funnel, furthest_told, last_steps
from domain.periods import Period
from domain.stages import COMPLETED_STAGES, CONSTRUCTION_STAGES, SIGNED_STAGES

SIGNED = "2023-03-05"
# name, dates and stage, stages seen, (day, precision) of each step reached; None: reached, its day not known
CHAINS: list[tuple[str, dict[str, Any], dict[str, str], list[Any]]] = [
    ("only in negotiation", {"stage": "negotiating"}, {"negotiating": "2024-01"}, []),
    ("signed", dates(SIGNED), {}, [(SIGNED, "day")]),
    ("signed after the period", dates("2024-09-01"), {}, []),
    ("signed by a word, told by two returns", {}, {"negotiating": "2024-01", "signed": "2024-03"}, [("2024-03-01", SEEN)]),
    ("registered by a word", {}, {"negotiating": "2024-01", "registered": "2024-03"}, [("2024-03-01", SEEN)]),
    ("signed in its first return", {}, {"signed": "2024-03"}, [None]),
    ("started", dates(SIGNED, "2024-02-01"), {}, [(SIGNED, "day"), ("2024-02-01", "day")]),
    ("started, day by the month", dates(SIGNED, "2024-02-01") | {"start_date_precision": "month"}, {},
     [(SIGNED, "day"), ("2024-02-01", "month")]),
    ("starts after the period", dates(SIGNED, "2024-09-01"), {}, [(SIGNED, "day")]),
    ("on the last day of the period", dates(SIGNED, "2024-08-31"), {}, [(SIGNED, "day"), ("2024-08-31", "day")]),
    ("completed without a start", dates(SIGNED, None, "2024-05-06"), {}, [(SIGNED, "day"), None, ("2024-05-06", "day")]),
    ("in production by date alone", dates(None, None, None, "2024-05-06"), {}, [None, None, None, ("2024-05-06", "day")]),
    ("completed, then reported in production: both", dates(SIGNED, "2023-05-01", "2024-03-01"),
     {"completed": "2024-03", "in_production": "2024-05"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), ("2024-05-01", SEEN)]),
    ("in production from its first return on", dates(SIGNED, "2023-05-01", "2023-11-30"), {"in_production": "2024-01"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2023-11-30", "day"), None]),
    ("the word goes back, the step stays", dates(SIGNED, "2023-05-01", "2024-03-01") | {"stage": "completed"},
     {"building": "2024-01", "in_production": "2024-04", "completed": "2024-06"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), ("2024-04-01", SEEN)]),
    ("a date counts before a word", dates(SIGNED, "2023-05-01", "2024-03-01", "2024-06-15"),
     {"building": "2024-01", "in_production": "2024-04"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), ("2024-06-15", "day")]),
    ("a date after the period does not, the word does", dates(SIGNED, "2023-05-01", "2024-03-01", "2025-06-15"),
     {"building": "2024-01", "in_production": "2024-04"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), ("2024-04-01", SEEN)]),
    ("at capacity by a word: production implied, not dated", dates(SIGNED, "2023-05-01", "2024-03-01"),
     {"completed": "2024-03", "at_capacity": "2024-07"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), None, ("2024-07-01", SEEN)]),
    ("in production said after at capacity: no month", dates(SIGNED, "2023-05-01", "2024-03-01"),
     {"completed": "2024-03", "at_capacity": "2024-05", "in_production": "2024-07"},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), None, ("2024-05-01", SEEN)]),
    ("the whole chain", dates(SIGNED, "2023-05-01", "2024-03-01", "2024-04-01", "2024-08-01"), {},
     [(SIGNED, "day"), ("2023-05-01", "day"), ("2024-03-01", "day"), ("2024-04-01", "day"), ("2024-08-01", "day")]),
    ("suspended after the start", dates(SIGNED, "2023-05-01") | {"stage": "suspended"}, {"suspended": "2024-03"},
     [(SIGNED, "day"), ("2023-05-01", "day")]),
    ("cancelled", dates(SIGNED) | {"stage": "cancelled"}, {"cancelled": "2024-03"}, [(SIGNED, "day")]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "seen", "expected"), [case[1:] for case in CHAINS], ids=[case[0] for case in CHAINS])
def test_the_chain_of_a_project(row: dict[str, Any], seen: dict[str, str], expected: list[Any]) -> None:
    """Each step reached with its day and how precisely it is known."""
    steps = steps_of([row], seen_of(p1=seen))
    reached = steps[steps["is_reached"]]
    assert list(reached["step"]) == list(CODES[: len(expected)])
    days = [
        None if pd.isna(each.day) else (each.day.date().isoformat(), each.precision) for each in reached.itertuples()
    ]
    assert days == expected
    assert steps.loc[~steps["is_reached"], "day"].isna().all()


def test_each_project_has_all_five_steps_in_order() -> None:
    """With its name, body, stage and the first return that reported the step's own stage; works are left out."""
    rows = [
        dates(SIGNED),
        dates("2024-04-01") | {"body": "xiangshui", "stage": "cancelled"},
        {"kind": "infrastructure"},
    ]
    steps = steps_of(rows, seen_of(p1={"signed": "2024-01", "building": "2024-02"}, p3={"building": "2024-01"}))
    assert list(steps["project_id"]) == ["p1"] * 5 + ["p2"] * 5
    assert list(steps["step"]) == [*CODES, *CODES]
    assert list(steps["number"]) == [0, 1, 2, 3, 4] * 2
    assert list(steps["seen_period"].fillna("")) == ["2024-01", "2024-02", *[""] * 8]
    assert list(steps["signed_year"]) == [2023.0] * 5 + [2024.0] * 5
    assert list(steps["is_cancelled"]) == [False] * 5 + [True] * 5
    assert set(steps["body"]) == {"binhai", "xiangshui"} and set(steps["project_name"]) == {"项目1", "项目2"}


def test_the_steps_are_those_of_the_stages() -> None:
    """Every stage from signing on belongs to one step, in the order of the chain."""
    stages = [stage for step in STEPS for stage in step.stages]
    assert stages == [*SIGNED_STAGES, *CONSTRUCTION_STAGES, *COMPLETED_STAGES]


def test_nothing_reported_yet() -> None:
    """No project: no step, no cohort, no last step."""
    steps = conversion(states_of([]), seen_of(), AUGUST)
    assert steps.empty and funnel(steps).empty and last_steps(steps).empty


def cohort(signed: int, started: int, year: int = 2023, **more: Any) -> list[dict[str, Any]]:
    """So many projects signed in a year, so many of them started."""
    return [dates(f"{year}-02-01", f"{year}-06-01" if number < started else None) | more for number in range(signed)]


# signed, started: the rates of the second step
RATES = [
    (LEAST_COHORT, 4, 0.4, 0.4),
    (LEAST_COHORT, 0, 0.0, 0.0),
    (LEAST_COHORT, LEAST_COHORT, 1.0, 1.0),
    (LEAST_COHORT - 1, 4, None, None),
]


@pytest.mark.parametrize(("signed", "started", "of_previous", "of_signed"), RATES)
def test_a_small_cohort_has_counts_and_no_rates(
    signed: int, started: int, of_previous: float | None, of_signed: float | None
) -> None:
    """样本不足 below ten, where one project moves the rate by more than ten points."""
    rows = funnel(steps_of(cohort(signed, started))).query("body == 'zone' and step == 'started'")
    found = rows.iloc[0]
    assert found["reached_count"] == started
    assert [None if pd.isna(value) else value for value in found[["of_previous", "of_signed"]]] == [
        of_previous,
        of_signed,
    ]


def test_the_rate_of_the_step_before_needs_enough_there_too() -> None:
    """Twenty signed, nine started, four completed: a rate of those signed, none of those started."""
    rows = cohort(20, 9)
    for row in rows[:4]:
        row["completion_date"] = "2024-01-01"
    found = funnel(steps_of(rows)).query("body == 'zone'").set_index("step")
    assert found.loc["started", "of_previous"] == found.loc["started", "of_signed"] == 9 / 20
    assert pd.isna(found.loc["completed", "of_previous"]) and found.loc["completed", "of_signed"] == 4 / 20
    assert pd.isna(found.loc["signed", "of_previous"]) and found.loc["signed", "of_signed"] == 1


def test_each_year_and_body_is_a_cohort_of_its_own() -> None:
    """The zone is both districts; a signing without a day is a cohort without a year; the cancelled stay in and are told."""
    rows = [
        *cohort(3, 2, 2022),
        *cohort(2, 1, 2023, body="xiangshui"),
        *cohort(1, 1, 2023, stage="cancelled"),
        dates(None, "2024-02-01"),
    ]
    found = funnel(steps_of(rows))
    started = found[found["step"] == "started"].fillna({"signed_year": 0})
    counts = {(int(row.signed_year), row.body): row.reached_count for row in started.itertuples()}
    assert counts == {(2022, "zone"): 2, (2022, "binhai"): 2, (2023, "zone"): 2, (2023, "binhai"): 1, (2023, "xiangshui"): 1,
                      (0, "zone"): 1, (0, "binhai"): 1}  # fmt: skip
    assert found["cancelled_count"].sum() == 4  # one project, signed and started, in its district and in the zone
    assert list(found.groupby(["signed_year", "body"], dropna=False)["step"].agg(tuple)) == [CODES] * 7


def test_the_last_step_of_each_project() -> None:
    """One row a project, the furthest it has come."""
    steps = steps_of(
        [dates(SIGNED), dates(SIGNED, "2024-02-01"), dates(SIGNED, None, "2024-03-01")], period=Period(2024, 12)
    )
    assert list(last_steps(steps)["step"]) == ["signed", "started", "completed"]


def test_the_furthest_step_that_a_district_reports() -> None:
    """By any of its projects; a district without one is not there."""
    rows = [dates(SIGNED, "2024-02-01"), dates(SIGNED), dates(SIGNED, None, "2024-03-01") | {"body": "xiangshui"}]
    assert furthest_told(steps_of(rows)).to_dict() == {"binhai": 1, "xiangshui": 2}
    assert furthest_told(steps_of(rows[:1])).to_dict() == {"binhai": 1}
