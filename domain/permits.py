"""The matrix of approval steps by project (手续要素): what is granted, waits, is late, and what nobody has told.

Three things speak of a step. Ledgers and people tell how it stands. The year's node plan says by when some steps are
due, and with 已完成 that they are done: that is what the office wrote, so it counts until a ledger or a person says
otherwise. What monthly returns say in words (环评√) is a hint beside the cell and never makes a step granted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.node_plans import DATE_TYPE, DONE_STATES, OPEN_STATES, PLAN
from domain.node_words import nodes_of_permits
from domain.periods import Period
from domain.permit_steps import APPLIED, GRANTED, NOT_APPLIED, NOT_NEEDED, PERMIT_STEP, PERMIT_STEPS, STEPS_OF_WORKS
from domain.permit_words import CELL, NEWEST_COLUMNS, newest_words
from domain.stages import CONSTRUCTION_STAGES, FINISHED_STAGES
from domain.submissions import INFRASTRUCTURE, PROJECTS

OVERDUE, DUE_SOON, NOT_TOLD = "overdue", "due_soon", "not_told"
# What asks for action first.
STEP_STATES = (OVERDUE, DUE_SOON, APPLIED, NOT_APPLIED, NOT_TOLD, GRANTED, NOT_NEEDED)
SETTLED = (GRANTED, NOT_NEEDED)
# Node of the year's plan -> the step whose grant it is: 用地供应 is the contract by which land is handed over.
STEP_OF_NODE = {
    "registration": "filing",
    "land_supply": "land_contract",
    "environmental_approval": "environment",
    "construction_permit": "construction_permit",
}
PERMIT = "construction_permit"
# What the returns' words say of a step.
SAID_GRANTED, SAID_OPEN = "granted", "open"
# Of a project that has started: its permit came later, is said to be missing, or nobody has told.
PERMIT_LATER, PERMIT_MISSING, PERMIT_UNTOLD = "later", "missing", "untold"
PROJECT_COLUMNS = ["project_id", "project_name", "body", "kind", "stage", "start_date"]
MATRIX_COLUMNS = (
    *PROJECT_COLUMNS, "step", "state", "told", *NEWEST_COLUMNS[3:], "due_precision", "days_late", "days_waiting",
    "hint", "hint_by",
)  # fmt: skip


def permit_matrix(words: pd.DataFrame, states: pd.DataFrame, nodes: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Each step of each project's chain as of the period's end, one row a project and step, ``MATRIX_COLUMNS``.

    ``words``: as ``storage.queries.permit_words`` gives them; ``states``: as ``project_states``; ``nodes``: as
    ``compare_nodes``. Projects are those of ``permit_projects``.
    told: the state last told, None for none; state: one of ``STEP_STATES``, by ``_states``;
    due_date: the date of ledger or person (``newest_words``), else the node plan's, the earlier of its first and its
    latest (decision 60), with due_precision; due_by: ledger, hand or plan;
    days_late: of an overdue step from the due date to the period's end, of a granted one to the grant, NaN for none;
    days_waiting: of a step applied for from then to the period's end; hint and hint_by: what the returns' words say.
    """
    cells = _cells(permit_projects(words, states, nodes))
    cells = cells.merge(newest_words(words), on=CELL, how="left").merge(_planned(nodes), on=CELL, how="left")
    _take_plan(cells)
    cells["told"] = cells.pop("state")
    _take_hints(cells, states)
    cells["state"] = _states(cells, period)
    _count_days(cells, period)
    return cells[list(MATRIX_COLUMNS)]


def permit_projects(words: pd.DataFrame, states: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """The projects that owe steps: on record and not finished, or named by ledger, person or plan.

    ``PROJECT_COLUMNS``. A finished project is one of them where a ledger or a person speaks of it; what was given up
    (终止) owes nothing. A project that no return reports is of industry, unless a step of infrastructure alone is told.
    """
    is_owing = ~states["stage"].isin(FINISHED_STAGES) | states["project_id"].isin(words["project_id"])
    known = states.loc[is_owing & (states["stage"] != "cancelled"), PROJECT_COLUMNS]
    others = pd.concat([_named(words, words["body"]), _named(nodes, nodes["district"])])
    others = others[~others["project_id"].isin(states["project_id"])].drop_duplicates("project_id", keep="last")
    of_works = words.loc[words["step"].isin(STEPS_OF_WORKS), "project_id"]
    others["kind"] = np.where(others["project_id"].isin(of_works), INFRASTRUCTURE, PROJECTS)
    others = others.assign(stage=None, start_date=pd.Series(pd.NaT, others.index, dtype=DATE_TYPE))
    return (pd.concat([known, others[PROJECT_COLUMNS]]) if len(others) else known).reset_index(drop=True)


def _named(frame: pd.DataFrame, bodies: pd.Series) -> pd.DataFrame:
    return frame[["project_id", "project_name"]].assign(body=bodies)[frame["project_name"] != ""]


def _cells(projects: pd.DataFrame) -> pd.DataFrame:
    steps = pd.DataFrame([(step.code, kind) for step in PERMIT_STEPS for kind in step.kinds], columns=["step", "kind"])
    return projects.merge(steps, on="kind")


def _planned(nodes: pd.DataFrame) -> pd.DataFrame:
    """What the node plan and the returns' words on it say of the steps that are its nodes."""
    planned = nodes[nodes["node"].isin(STEP_OF_NODE)]
    first, latest = planned["first_planned_date"], planned["planned_date"]
    is_first = ~(latest < first) & first.notna()
    return pd.DataFrame({
        "project_id": planned["project_id"],
        "step": planned["node"].map(STEP_OF_NODE),
        "plan_due_date": first.where(is_first, latest),
        "plan_due_precision": planned["first_planned_precision"].where(is_first, planned["planned_precision"]),
        "plan_newest_due_date": latest.fillna(first),
        "plan_done": planned["is_done"],
        "plan_text": planned["planned_text"],
        "plan_submission_id": planned["submission_id"],
        "plan_file_name": planned["file_name"],
        "plan_sheet": planned["sheet"],
        "plan_cell": planned["cell"],
        "plan_due_sheet": planned["first_sheet"].where(is_first, planned["sheet"]),
        "plan_due_cell": planned["first_cell"].where(is_first, planned["cell"]),
        "node_state": planned["state"],
        "node_told_by": planned["told_by"],
    })  # fmt: skip


def _take_plan(cells: pd.DataFrame) -> None:
    """Where nobody told a step, 已完成 in the plan counts; where nobody gave a date, the plan's does."""
    is_done = cells["state"].isna() & cells.pop("plan_done").eq(True)
    cells["state"] = cells["state"].mask(is_done, GRANTED)
    cells["source"] = cells["source"].mask(is_done, PLAN)
    for name in ("text", "submission_id", "file_name", "sheet", "cell"):
        cells[name] = cells[name].mask(is_done, cells[f"plan_{name}"])
    is_dated = cells["due_date"].isna() & cells["plan_due_date"].notna()
    cells["due_precision"] = (
        cells["plan_due_precision"].where(is_dated, "day").where(is_dated | cells["due_date"].notna(), None)
    )
    cells["due_by"] = cells["due_by"].mask(is_dated, PLAN)
    for name in ("due_date", "newest_due_date", "due_sheet", "due_cell"):
        cells[name] = cells[name].mask(is_dated, cells[f"plan_{name}"])
    cells["due_submission_id"] = cells["due_submission_id"].mask(is_dated, cells["plan_submission_id"])


def _take_hints(cells: pd.DataFrame, states: pd.DataFrame) -> None:
    """What the returns' words say of a step: of a node of the plan as compared there, else the text on permits."""
    is_said = cells["node_told_by"].notna() & (cells["node_told_by"] != PLAN)
    by_text = _said_in_text(states).reindex(pd.MultiIndex.from_frame(cells[CELL]))
    hint = pd.Series(by_text.to_numpy(), cells.index, dtype=object)
    hint = hint.mask(is_said & cells["node_state"].isin(DONE_STATES), SAID_GRANTED)
    hint = hint.mask(is_said & cells["node_state"].isin(OPEN_STATES), SAID_OPEN)
    cells["hint"] = hint.where(hint.notna(), None)
    field = cells["node_told_by"].where(is_said, "permit_text")
    cells["hint_by"] = field.where(cells["hint"].notna(), None)


def _said_in_text(states: pd.DataFrame) -> pd.Series:
    """(project, step) -> granted or open, of the text on permits that is in force."""
    told = {
        (project_id, STEP_OF_NODE[node]): SAID_GRANTED if is_granted else SAID_OPEN
        for project_id, text in zip(states["project_id"], states["permit_text"], strict=True)
        if isinstance(text, str)
        for node, is_granted in nodes_of_permits(text).items()
    }
    index = (
        pd.MultiIndex.from_tuples(list(told), names=CELL) if told else pd.MultiIndex.from_arrays([[], []], names=CELL)
    )
    return pd.Series(list(told.values()), index, dtype=object)


def _states(cells: pd.DataFrame, period: Period) -> pd.Series:
    """How each step stands. A step is late only where somebody says that it is open; of silence nobody knows.

    Late (逾期) is a due date before the cut-off date; due soon (临期) is one from then to the end of the next month,
    unless the returns' words have the step granted.
    """
    told, due = cells["told"], cells["due_date"]
    cut_off, soon = pd.Timestamp(period.last_day), pd.Timestamp(period.next().last_day)
    is_open = told.isin((APPLIED, NOT_APPLIED)) | (cells["hint"] == SAID_OPEN) & told.isna()
    is_said = (cells["hint"] == SAID_GRANTED) & told.isna()
    cases = (
        (told.isin(SETTLED), told),
        (is_open & (due < cut_off), OVERDUE),
        ((due >= cut_off) & (due <= soon) & ~is_said, DUE_SOON),
        (told.notna(), told),
    )
    found = np.select([mask for mask, _ in cases], [state for _, state in cases], NOT_TOLD)
    return pd.Series(found, cells.index, dtype=object)


def _count_days(cells: pd.DataFrame, period: Period) -> None:
    cut_off = pd.Timestamp(period.last_day)
    open_days = (cut_off - cells["due_date"]).dt.days.where(cells["state"] == OVERDUE)
    granted_days = (cells["granted_date"] - cells["due_date"]).dt.days.where(cells["state"] == GRANTED)
    cells["days_late"] = open_days.fillna(granted_days.where(granted_days > 0)).astype(float)
    waiting = (cut_off - cells["applied_date"]).dt.days
    cells["days_waiting"] = waiting.where(cells["told"] == APPLIED).astype(float)


def projects_by_urgency(matrix: pd.DataFrame) -> list[str]:
    """The projects of the matrix: those with late steps first, the more the earlier; then what is due, waits, is told."""
    state = matrix["state"]
    facts = pd.DataFrame({
        "project_id": matrix["project_id"],
        "overdue": -(state == OVERDUE).astype(int),
        "days": -matrix["days_late"].where(state == OVERDUE, 0),
        "due_soon": -(state == DUE_SOON).astype(int),
        "applied": -(state == APPLIED).astype(int),
        "told": -matrix["told"].notna().astype(int),
        "name": matrix["project_name"],
    })  # fmt: skip
    sums = facts.groupby("project_id").agg({
        "overdue": "sum", "days": "min", "due_soon": "sum", "applied": "sum", "told": "sum", "name": "first",
    })  # fmt: skip
    return list(sums.sort_values(list(sums.columns), kind="stable").index)


def step_counts(matrix: pd.DataFrame) -> pd.DataFrame:
    """How each step stands over all projects: step (index), needed (all but 不需要), granted, overdue, not_told."""
    state = matrix["state"]
    facts = pd.DataFrame({
        "step": matrix["step"],
        "needed": state != NOT_NEEDED,
        "granted": state == GRANTED,
        "overdue": state == OVERDUE,
        "not_told": state == NOT_TOLD,
    })  # fmt: skip
    order = [code for code in PERMIT_STEP if code in {*matrix["step"]}]
    return facts.groupby("step").sum().reindex(order).astype(int)


def started_without_permit(matrix: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Projects that have started and whose construction permit came later, is said to be missing, or is not told.

    A question to check (是否先建后证), no verdict: dates may be typed wrongly, and a start may be of works that need no
    permit. Not asked where the returns' words have the permit granted. The matrix's rows of that step with ``question``.
    """
    permits = matrix[(matrix["step"] == PERMIT) & ~(matrix["told"].isna() & (matrix["hint"] == SAID_GRANTED))]
    has_begun = permits["start_date"] <= pd.Timestamp(period.last_day)
    permits = permits[has_begun | permits["stage"].isin(CONSTRUCTION_STAGES)]
    told = permits["told"]
    is_missing = told.isin((APPLIED, NOT_APPLIED)) | told.isna() & (permits["hint"] == SAID_OPEN)
    is_later = (told == GRANTED) & (permits["granted_date"] > permits["start_date"])
    cases = ((is_missing, PERMIT_MISSING), (is_later, PERMIT_LATER), (told.isna(), PERMIT_UNTOLD))
    question = np.select([mask for mask, _ in cases], [code for _, code in cases], "")
    return permits.assign(question=question)[question != ""]
