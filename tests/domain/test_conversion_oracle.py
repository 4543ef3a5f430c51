"""The rules of conversion and their slow second implementation agree on whatever projects there may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import conversion_oracle as oracle
import pandas as pd
import pytest
from conversion_frames import seen_of
from examples import tried
from frames import states_of
from hypothesis import given
from hypothesis import strategies as st

from domain.conversion import CODES, LEAST_COHORT, conversion, funnel
from domain.indicators import INDICATORS
from domain.periods import Period
from domain.step_durations import MEASURED, duration_quartiles, step_spans, waiting_projects

PERIODS = [f"2024-{month:02d}" for month in range(1, 7)]
JUNE = Period(2024, 6)
STAGES = [None, "negotiating", "signed", "preparing", "building", "trial", "completed", "in_production", "at_capacity",
          "suspended", "cancelled"]  # fmt: skip
DATES = [column for column, _ in oracle.CHAIN.values()]
DAY = st.none() | st.dates(date(2022, 6, 1), date(2024, 8, 31))
PROJECT = st.fixed_dictionaries({
    **dict.fromkeys(DATES, DAY),
    "precision": st.fixed_dictionaries(
        dict.fromkeys(DATES, st.sampled_from(["day", "day", "month", "quarter", "year"]))
    ),
    "returns": st.lists(st.sampled_from(STAGES), min_size=6, max_size=6).map(
        lambda stages: list(zip(PERIODS, stages, strict=True))
    ),
    "first": st.integers(0, 5),
    "body": st.sampled_from(["binhai", "xiangshui"]),
})  # fmt: skip
PROJECTS = st.lists(PROJECT, min_size=1, max_size=24).map(
    lambda made: [each | {"returns": each["returns"][each["first"] :]} for each in made]
)


def state_of(number: int, project: dict[str, Any]) -> dict[str, Any]:
    """A project as the query of states gives it: its newest stage, and the periods that first said what."""
    told = [(period, stage) for period, stage in project["returns"] if stage is not None]
    row = {name: project[name] for name in (*DATES, "body")}
    row |= {f"{name}_precision": project["precision"][name] for name in DATES if project[name] is not None}
    row |= {"project_id": f"p{number}", "stage": told[-1][1] if told else None}
    row["first_stage_period"] = told[0][0] if told else None
    for stage in ("in_production", "at_capacity"):
        row[f"{stage}_period"] = next((period for period, said in told if said == stage), None)
    return row


def seen_from(projects: list[dict[str, Any]]) -> pd.DataFrame:
    """The first period of each stage, as the query of stages gives it."""
    found: dict[str, dict[str, str]] = {}
    for number, project in enumerate(projects):
        for period, stage in project["returns"]:
            if stage is not None:
                found.setdefault(f"p{number}", {}).setdefault(stage, period)
    return seen_of(**found)


def both(projects: list[dict[str, Any]]) -> tuple[pd.DataFrame, dict[str, list[Any]]]:
    """The rule's steps, and the clerk's chains of those that were signed."""
    states = states_of([state_of(number, project) for number, project in enumerate(projects)])
    chains = {f"p{number}": oracle.chain(project, JUNE.last_day) for number, project in enumerate(projects)}
    return conversion(states, seen_from(projects), JUNE), {name: chain for name, chain in chains.items() if chain}


@given(PROJECTS)
@tried(25)
def test_chains_are_those_of_the_clerk(projects: list[dict[str, Any]]) -> None:
    """Which steps each project reached, when, and how precisely that is known."""
    steps, chains = both(projects)
    found: dict[str, list[Any]] = {}
    for row in steps[steps["is_reached"]].itertuples():
        day = None if pd.isna(row.day) else row.day.date()
        found.setdefault(row.project_id, []).append((day, row.precision if day else None))
    assert found == chains


@given(PROJECTS)
@tried(25)
def test_durations_are_those_of_the_clerk(projects: list[dict[str, Any]]) -> None:
    """Each span, the quartiles, and who waits beyond them."""
    steps, chains = both(projects)
    lost = {
        name for name in chains if projects[int(name[1:])]["returns"] and _stage(projects[int(name[1:])]) == "cancelled"
    }
    expected = {
        (name, CODES[place]): oracle.days_to_next(chain, place, name in lost)
        for name, chain in chains.items() for place in range(min(len(chain), 4))
    }  # fmt: skip
    spans = step_spans(steps)
    found = {
        (row.project_id, row.step): row.days if row.outcome == MEASURED else row.outcome for row in spans.itertuples()
    }
    assert found == expected
    quartiles = duration_quartiles(spans).set_index("step")
    for step in CODES[:4]:
        days = [value for (_, at), value in expected.items() if at == step and not isinstance(value, str)]
        for name, share in (("lower", 0.25), ("median", 0.5), ("upper", 0.75)):
            value = oracle.quartile(days, share)
            assert (
                quartiles.loc[step, name] == pytest.approx(value, nan_ok=True)
                if value is not None
                else pd.isna(quartiles.loc[step, name])
            )
    waiting = waiting_projects(steps, quartiles.reset_index(), JUNE)
    on_the_way = {name for name, chain in chains.items() if name not in lost and len(chain) < 5}
    assert set(waiting["project_id"]) == on_the_way
    assert list(waiting["is_beyond"]) == sorted(waiting["is_beyond"], reverse=True)


def _stage(project: dict[str, Any]) -> str | None:
    """The newest stage that was reported."""
    return next((stage for _, stage in reversed(project["returns"]) if stage is not None), None)


@given(PROJECTS)
@tried(25)
def test_the_funnel_is_the_clerks_tally(projects: list[dict[str, Any]]) -> None:
    """Counts and rates of every year of signing, district and step."""
    steps, chains = both(projects)
    tally: dict[tuple[Any, str, str], int] = {}
    for name, chain in chains.items():
        signed = chain[0][0]
        for body in ("zone", projects[int(name[1:])]["body"]):
            for place, step in enumerate(CODES):
                key = (signed.year if signed else None, body, step)
                tally[key] = tally.get(key, 0) + (place < len(chain))
    found = {
        (None if pd.isna(row.signed_year) else int(row.signed_year), row.body, row.step): row for row in funnel(steps).itertuples()
    }  # fmt: skip
    assert {key: row.reached_count for key, row in found.items()} == tally
    for (year, body, step), row in found.items():
        whole = tally[year, body, "signed"]
        assert pd.isna(row.of_signed) if whole < LEAST_COHORT else row.of_signed == tally[year, body, step] / whole


@given(PROJECTS)
@tried(25)
def test_the_figures_of_the_year_are_those_of_the_chains(projects: list[dict[str, Any]]) -> None:
    """新投产 and 新达产 count just the projects whose chain has the step in this year, which also were all signed."""
    states = states_of([state_of(number, project) for number, project in enumerate(projects)])
    steps, _ = both(projects)
    for step in ("in_production", "at_capacity"):
        rows = steps[(steps["step"] == step) & (steps["day"].dt.year == 2024)]
        members = INDICATORS[f"{step}_count"].members(states, JUNE)
        assert set(members["project_id"]) == set(rows["project_id"])
