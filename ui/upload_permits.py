"""What was read of a ledger of permits and land: how many steps of how many projects, step by step, and the land."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from domain.permit_steps import PERMIT_STATES, PERMIT_STEPS, PermitStep
from domain.submissions import LandReading, PermitReading, Submission
from ui.formats import DASH, count
from ui.html import note
from ui.html_tables import Column, Row, plain_table
from ui.locale import language, t
from ui.names import capital


def draw_permits(submission: Submission) -> None:
    """Nothing for a return that speaks of neither permits nor land."""
    for sentence in permit_sentences(submission):
        st.html(note(sentence))
    if submission.permits:
        with st.expander(t("upload.permits_by_step")):
            st.html(plain_table(_columns(), step_rows(submission.permits), is_compact=True))


def permit_sentences(submission: Submission) -> list[str]:
    """How many steps were read, by state; how much land, in 亩."""
    said = []
    if submission.permits:
        states = Counter(each.state for each in submission.permits)
        tallies = " · ".join(f"{state_name(state)} {count(states[state])}" for state in PERMIT_STATES if states[state])
        said.append(
            t(
                "upload.permits",
                projects=_projects(submission.permits),
                steps=count(len(submission.permits)),
                states=tallies,
            )
        )
    if submission.land:
        sums = {name: area(submission.land, f"{name}_mu") for name in ("wanted", "applied", "granted")}
        said.append(t("upload.land", projects=_projects(submission.land), **sums))
    return said


def state_name(state: str) -> str:
    """Where a step stands, as a word."""
    return t(f"ledger.{state}")


def area(land: Iterable[LandReading], name: str) -> str:
    """The sum of an area in 亩; a dash where no project says it."""
    known = [value for each in land if (value := getattr(each, name)) is not None]
    return f"{sum(known, Decimal(0)):,.1f}" if known else DASH


def step_rows(permits: list[PermitReading]) -> list[Row]:
    """A row for each step that was read, in the order of the chain, with the number of projects in each state."""
    read = Counter((each.step, each.state) for each in permits)
    steps = [step for step in PERMIT_STEPS if any(code == step.code for code, _ in read)]
    return [{"step": _name(step), **{state: count(read[step.code, state]) if read[step.code, state] else DASH
                                     for state in PERMIT_STATES}} for step in steps]  # fmt: skip


def _name(step: PermitStep) -> str:
    return step.name if language() == "zh" else capital(step.english)


def _columns() -> list[Column]:
    return [Column("step", t("upload.permit_step"), "name"),
            *(Column(state, state_name(state), "number") for state in PERMIT_STATES)]  # fmt: skip


def _projects(readings: Iterable[PermitReading | LandReading]) -> str:
    return count(len({each.project_id for each in readings}))
