"""The page of permits and land: what the address asks for, the sentence over it, and which projects answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from domain.permit_steps import APPLIED, GRANTED, PERMIT_STEP, steps_of
from domain.permits import (
    NOT_TOLD,
    OVERDUE,
    PERMIT,
    PERMIT_LATER,
    PERMIT_MISSING,
    PERMIT_UNTOLD,
    STEP_STATES,
    projects_by_urgency,
    started_without_permit,
)
from domain.submissions import LISTS, PROJECTS
from ui import reads
from ui.filters import asked_text, select_one, select_segment
from ui.formats import count
from ui.html import sentence
from ui.links import Link
from ui.locale import t
from ui.permit_marks import state_text, step_name
from ui.sentences import Part, filled
from ui.view import View

STEPS, LAND = SHOWN = ("steps", "land")
ALL = "all"
QUESTIONS = (PERMIT_MISSING, PERMIT_LATER, PERMIT_UNTOLD)
STARTED = "started_"
ASKED_STATES = (ALL, *STEP_STATES, *(f"{STARTED}{code}" for code in QUESTIONS))


@dataclass(frozen=True, slots=True)
class AskedPermits:
    """What the address asks for: kind of projects, a state, a step; the project and the step that are open."""

    show: str = STEPS
    kind: str = PROJECTS
    state: str = ALL
    step: str = ALL
    project: str = ""
    at: str = ""

    def href(self, view: View, **changed: str) -> str:
        """Address of the page with what is asked for, some of it changed."""
        return view.href("permits", **asdict(replace(self, **changed)))


def matrix_of(view: View, kind: str | None = None) -> pd.DataFrame:
    """The steps of the body's projects, of one kind or of both."""
    matrix = view.of_body(reads.permits(view.scope, view.record))
    return matrix if kind is None else matrix[matrix["kind"] == kind]


def questions_of(view: View, kind: str) -> pd.DataFrame:
    """The body's projects that have started while their construction permit is in question."""
    return started_without_permit(matrix_of(view, kind), view.period)


def ask_permits() -> AskedPermits:
    """Draw the filters and return what is asked."""
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        shown = select_segment("show", t("issues.show"), SHOWN, STEPS, lambda code: t(f"permits.show_{code}"))
        if shown == LAND:
            return AskedPermits(LAND, project=asked_text("project"))
        kind = select_segment("kind", t("permits.kind"), LISTS, PROJECTS, lambda code: t(f"permits.kind_{code}"))
        codes = (ALL, *(step.code for step in steps_of(kind)))
        step = select_one("step", t("permits.step"), codes, ALL, _step_or_all)
        state = select_one("state", t("permits.state"), ASKED_STATES, ALL, _state_or_all)
    return AskedPermits(shown, kind, state, step, asked_text("project"), asked_text("at"))


def _step_or_all(code: str) -> str:
    return t("permits.all_steps") if code == ALL else step_name(code)


def _state_or_all(code: str) -> str:
    if code in STEP_STATES:
        return state_text(code)
    return t("permits.all_states") if code == ALL else t(f"permits.started_{_question_of(code)}")


def _question_of(state: str) -> str:
    return state.removeprefix(STARTED)


def chosen_projects(view: View, asked: AskedPermits) -> list[str]:
    """The projects that have a step that answers, the most urgent first."""
    matrix = matrix_of(view, asked.kind)
    if asked.state.startswith(STARTED):
        questions = questions_of(view, asked.kind)
        found = questions[questions["question"] == _question_of(asked.state)]
    else:
        is_state = (matrix["state"] == asked.state) | (asked.state == ALL)
        found = matrix[is_state & ((matrix["step"] == asked.step) | (asked.step == ALL))]
    chosen = set(found["project_id"])
    return [project_id for project_id in projects_by_urgency(matrix) if project_id in chosen]


def chosen_cells(view: View, asked: AskedPermits) -> list[pd.DataFrame]:
    """The steps of each project that answers, the most urgent first."""
    cells = dict(list(matrix_of(view, asked.kind).groupby("project_id", sort=False)))
    return [cells[project_id] for project_id in chosen_projects(view, asked)]


def permit_sentence(view: View, kind: str) -> str:
    """The page's sentence as HTML."""
    return sentence(summary(view, kind))


def summary(view: View, kind: str) -> list[Part]:
    """How many steps are granted, wait, are late and are not told; which projects have started with a permit in question."""
    matrix, asked = matrix_of(view, kind), AskedPermits(kind=kind)
    counts = matrix["state"].value_counts()
    late = matrix[matrix["state"] == OVERDUE]

    def link(number: int, state: str, **more: Any) -> Part:
        return Link(count(number), asked.href(view, state=state), **more) if number else count(number)

    parts = filled(
        "permits.summary",
        kind=t(f"permits.kind_{kind}"),
        projects=count(matrix["project_id"].nunique()),
        **{state: link(int(counts.get(state, 0)), state) for state in (GRANTED, APPLIED, NOT_TOLD)},
        overdue=link(len(late), OVERDUE, is_late=True),
    )
    if len(late):
        projects = count(late["project_id"].nunique())
        parts += filled("permits.longest", late_projects=projects, days=_longest(view, asked, late))
    asked_of = questions_of(view, kind)["question"].value_counts()
    if len(asked_of):
        parts += filled(
            "permits.asked", **{code: link(int(asked_of.get(code, 0)), f"{STARTED}{code}") for code in QUESTIONS}
        )
    return [*parts, t("permits.end")]


def _longest(view: View, asked: AskedPermits, late: pd.DataFrame) -> Link:
    worst = late.loc[late["days_late"].idxmax()]
    return Link(count(worst["days_late"]), asked.href(view, project=worst["project_id"], at=worst["step"]))


def find_cell(view: View, project_id: str, step: str) -> Any | None:
    """A step of a project of any district; None for none."""
    own = steps_of_project(view, project_id)
    return next((cell for cell in own.itertuples() if cell.step == step), None)


def steps_of_project(view: View, project_id: str) -> pd.DataFrame:
    """The chain of a project of any district, empty where it owes no steps."""
    matrix = reads.permits(view.scope, view.record)
    return matrix[matrix["project_id"] == project_id]


def first_step(own: pd.DataFrame) -> str:
    """The step to open where none is asked for: the one longest late, else the permit to build."""
    late = own[own["state"] == OVERDUE]
    return str(late.loc[late["days_late"].idxmax(), "step"]) if len(late) else PERMIT


def valid_step(own: pd.DataFrame, code: str) -> str:
    """The step asked for where the project's chain has it, else the one to open first."""
    return code if code in PERMIT_STEP and code in set(own["step"]) else first_step(own)
