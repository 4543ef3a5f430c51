"""The matrix of approval steps: what is late, waits, is granted, and what nobody has told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states, states_of
from node_frames import plan_of, reports_of
from permit_frames import permit_words_of

from domain.node_plans import compare_nodes
from domain.periods import Period
from domain.permit_steps import PERMIT_STEPS, steps_of
from domain.permits import (
    MATRIX_COLUMNS,
    STEP_STATES,
    permit_matrix,
    projects_by_urgency,
    started_without_permit,
    step_counts,
)

AUGUST = Period(2024, 8)
JULY, CUT_OFF, SEPTEMBER, OCTOBER = "2024-07-31", "2024-08-31", "2024-09-30", "2024-10-31"
Words = list[dict[str, Any]]


def matrix_of(words: Words, project: pd.DataFrame, *nodes: dict[str, Any]) -> pd.DataFrame:
    """The matrix of August; the month's return says what the project's state says."""
    said = {name: project[name].iloc[0] for name in ("permit_text", "progress_text", "stage")} if len(project) else {}
    report = reports_of(
        {"period": "2024-08", **{name: value for name, value in said.items() if isinstance(value, str)}}
    )
    plan = compare_nodes(plan_of(*nodes), report, project, AUGUST)
    return permit_matrix(permit_words_of(*words), project, plan, AUGUST)


def permit_of(words: Words, *nodes: dict[str, Any], **project: Any) -> Any:
    """The construction permit of one project in preparation."""
    matrix = matrix_of(words, states(project_id="p1", **{"stage": "preparing", **project}), *nodes)
    (found,) = matrix[matrix["step"] == "construction_permit"].itertuples()
    return found


# name, what ledger or person said, state, days late, days waiting
STEPS: list[tuple[str, Words, str, float | None, float | None]] = [
    ("nobody said anything", [], "not_told", None, None),
    ("granted", [{"state": "granted"}], "granted", None, None),
    ("granted before its date", [{"state": "granted", "due_date": JULY, "granted_date": "2024-07-30"}], "granted", None, None),
    ("granted 10 days late", [{"state": "granted", "due_date": JULY, "granted_date": "2024-08-10"}], "granted", 10, None),
    ("not needed, whatever the date", [{"state": "not_needed", "due_date": JULY}], "not_needed", None, None),
    ("applied, no date", [{}], "applied", None, None),
    ("applied in July", [{"applied_date": "2024-07-01"}], "applied", None, 61),
    ("applied, due in October", [{"due_date": OCTOBER}], "applied", None, None),
    ("applied, due on the cut-off date", [{"due_date": CUT_OFF, "applied_date": "2024-08-01"}], "due_soon", None, 30),
    ("applied, due next month", [{"due_date": SEPTEMBER}], "due_soon", None, None),
    ("applied, due a day before the cut-off date", [{"due_date": "2024-08-30"}], "overdue", 1, None),
    ("applied, due in July", [{"due_date": JULY, "applied_date": JULY}], "overdue", 31, 31),
    ("not applied, due in July", [{"state": "not_applied", "due_date": JULY}], "overdue", 31, None),
    ("not applied, due in October", [{"state": "not_applied", "due_date": OCTOBER}], "not_applied", None, None),
    ("put off from July", [{"due_date": JULY}, {"due_date": OCTOBER}], "overdue", 31, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "state", "late", "waiting"), STEPS, ids=[row[0] for row in STEPS])
def test_a_step(name: str, words: Words, state: str, late: float | None, waiting: float | None) -> None:
    """By what was said and by the cut-off date, 2024-08-31."""
    found = permit_of(words)
    assert (found.state, _plain(found.days_late), _plain(found.days_waiting)) == (state, late, waiting)


MARCH = {"node": "construction_permit", "planned_date": "2024-03-31"}
DONE = {"node": "construction_permit", "planned_date": None, "is_done": True, "planned_text": "已完成"}
# name, words, node of the plan, what the returns say of permits, state, days late, hint
PLANNED: list[tuple[str, Words, dict[str, Any], str | None, str, float | None, str | None]] = [
    ("due by the plan, nobody says how it stands", [], MARCH, None, "not_told", None, None),
    ("due by the plan, the return has it open", [], MARCH, "施工许可×", "overdue", 153, "open"),
    ("due by the plan, the return has it granted", [], MARCH, "施工许可√", "not_told", None, "granted"),
    ("due by the plan, the ledger has it open", [{"state": "not_applied"}], MARCH, None, "overdue", 153, None),
    ("the ledger's date goes before the plan's", [{"due_date": OCTOBER}], MARCH, None, "applied", None, None),
    ("the ledger goes before the return", [{"due_date": OCTOBER}], MARCH, "施工许可√", "applied", None, "granted"),
    ("done by the plan", [], DONE, None, "granted", None, None),
    ("done by the plan, the ledger says not", [{"state": "not_applied"}], DONE, None, "not_applied", None, None),
    ("no plan, the return has it granted", [], {"node": "start"}, "施工许可√", "not_told", None, "granted"),
    ("no plan, the return has it open", [], {"node": "start"}, "施工许可办理中", "not_told", None, "open"),
    ("due soon", [], {**MARCH, "planned_date": SEPTEMBER}, None, "due_soon", None, None),
    ("due soon, the return has it granted", [], {**MARCH, "planned_date": SEPTEMBER}, "施工许可√", "not_told", None, "granted"),
    ("put off by a second plan", [], {**MARCH, "planned_date": OCTOBER, "first_planned_date": "2024-03-31"}, "施工许可×", "overdue", 153, "open"),
    ("brought forward by a second plan", [], {**MARCH, "first_planned_date": OCTOBER}, "施工许可×", "overdue", 153, "open"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words", "node", "text", "state", "late", "hint"), PLANNED, ids=[row[0] for row in PLANNED]
)
def test_a_step_of_the_plan(
    name: str, words: Words, node: dict[str, Any], text: str | None, state: str, late: float | None, hint: str | None
) -> None:
    """The plan gives dates and 已完成; the returns' words are a hint, and silence is neither late nor granted."""
    found = permit_of(words, node, permit_text=text)
    assert (found.state, _plain(found.days_late), found.hint) == (state, late, hint)


def test_where_a_step_stands_is_told() -> None:
    """The cell of the word, of the plan's 已完成, of the date."""
    found = permit_of([], {**DONE, "cell": "H7", "file_name": "推进计划表.xlsx"})
    assert (found.source, found.text, found.cell, found.file_name) == ("plan", "已完成", "H7", "推进计划表.xlsx")
    found = permit_of([{"cell": "F5"}], {**MARCH, "cell": "H7", "first_cell": "H3"})
    assert (found.source, found.cell, found.due_by, found.due_cell, found.due_precision) == (
        "ledger",
        "F5",
        "plan",
        "H3",
        "month",
    )
    found = permit_of([{"cell": "F5", "due_date": JULY}], MARCH)
    assert (found.due_by, found.due_cell, found.due_precision) == ("ledger", "F5", "day")
    found = permit_of([], permit_text="施工许可×")
    assert (pd.isna(found.source), pd.isna(found.due_by), found.hint_by) == (True, True, "permit_text")


def test_progress_in_words_is_a_hint_too() -> None:
    """As the node plan reads it; its field is told."""
    node = {"node": "environmental_approval", "planned_date": "2024-03-31"}
    matrix = matrix_of([], states(project_id="p1", stage="preparing", progress_text="环评编制"), node)
    (found,) = matrix[matrix["step"] == "environment"].itertuples()
    assert (found.state, found.hint, found.hint_by) == ("overdue", "open", "progress_text")


def test_projects_pass_the_chain_of_their_kind() -> None:
    """Each step of the kind once, in the order of the chain; the columns are declared."""
    matrix = matrix_of([], states(kind=["projects", "infrastructure"], stage="preparing"))
    assert tuple(matrix.columns) == MATRIX_COLUMNS
    assert set(matrix["state"]) <= set(STEP_STATES)
    for project_id, kind in (("p1", "projects"), ("p2", "infrastructure")):
        steps = list(matrix.loc[matrix["project_id"] == project_id, "step"])
        assert steps == [step.code for step in steps_of(kind)]


# name, stage, is there a word, is the project in the matrix
ROWS: list[tuple[str, str | None, bool, bool]] = [
    ("in preparation", "preparing", False, True),
    ("no stage", None, False, True),
    ("under construction", "building", False, True),
    ("suspended", "suspended", False, True),
    ("completed", "completed", False, False),
    ("completed, and in a ledger", "completed", True, True),
    ("given up", "cancelled", False, False),
    ("given up, and in a ledger", "cancelled", True, False),
]


@pytest.mark.parametrize(("name", "stage", "is_told", "is_row"), ROWS, ids=[row[0] for row in ROWS])
def test_which_projects_owe_steps(name: str, stage: str | None, is_told: bool, is_row: bool) -> None:
    """Those not finished, and the finished ones of which a ledger speaks."""
    matrix = matrix_of([{"project_id": "p1"}] if is_told else [], states(project_id="p1", stage=stage))
    assert bool(len(matrix)) is is_row


@pytest.mark.parametrize(("step", "kind"), [("filing", "projects"), ("sea_use", "infrastructure")])
def test_a_project_that_no_return_reports(step: str, kind: str) -> None:
    """Is of the kind that its steps tell, of the district that the ledger names; so is one of the plan alone."""
    word = {"project_id": "p9", "project_name": "远海码头", "body": "xiangshui", "step": step, "state": "granted"}
    matrix = matrix_of([word], states(), {"project_id": "p8", "project_name": "计划项目", "district": "binhai", **DONE})
    assert set(matrix.loc[matrix["project_id"] == "p9", "kind"]) == {kind}
    assert set(matrix.loc[matrix["project_id"] == "p9", "body"]) == {"xiangshui"}
    granted = matrix[matrix["state"] == "granted"]
    assert sorted(zip(granted["project_name"], granted["step"], strict=True)) == [
        ("计划项目", "construction_permit"),
        ("远海码头", step),
    ]


def test_nothing_on_record() -> None:
    """Has no rows."""
    assert matrix_of([], states()).empty


def test_late_projects_come_first() -> None:
    """The more late steps the earlier, then what is due soon, what waits, what is told, the name."""
    words = [
        {"project_id": "p2", "due_date": JULY}, {"project_id": "p2", "step": "filing", "state": "granted"},
        {"project_id": "p3", "due_date": "2024-06-30"},
        {"project_id": "p4", "due_date": SEPTEMBER}, {"project_id": "p5"}, {"project_id": "p6", "state": "granted"},
    ]  # fmt: skip
    matrix = matrix_of(words, states(project_id=["p1", "p2", "p3", "p4", "p5", "p6"], stage="preparing"))
    assert projects_by_urgency(matrix) == ["p3", "p2", "p4", "p5", "p6", "p1"]


def test_counts_of_a_step() -> None:
    """Granted of those that need it; steps in the order of the chain."""
    words = [
        {"project_id": "p1", "state": "granted"},
        {"project_id": "p2", "state": "not_needed"},
        {"project_id": "p3", "due_date": JULY},
    ]
    counts = step_counts(matrix_of(words, states(project_id=["p1", "p2", "p3", "p4"], stage="preparing")))
    assert counts.loc["construction_permit"].to_dict() == {"needed": 3, "granted": 1, "overdue": 1, "not_told": 1}
    assert list(counts.index) == [step.code for step in PERMIT_STEPS if "projects" in step.kinds]
    assert counts.loc["filing"].to_dict() == {"needed": 4, "granted": 0, "overdue": 0, "not_told": 4}


BUILDING = {"stage": "building", "start_date": "2024-05-01"}
# name, words, project, question
STARTED: list[tuple[str, Words, dict[str, Any], str | None]] = [
    ("not started", [{"state": "not_applied"}], {"stage": "preparing"}, None),
    ("a start that has not come", [{"state": "not_applied"}], {"stage": "preparing", "start_date": OCTOBER}, None),
    ("started, permit granted before", [{"state": "granted", "granted_date": "2024-04-30"}], BUILDING, None),
    ("started, permit granted on the day", [{"state": "granted", "granted_date": "2024-05-01"}], BUILDING, None),
    ("started, permit granted a day later", [{"state": "granted", "granted_date": "2024-05-02"}], BUILDING, "later"),
    ("started, permit granted, no date", [{"state": "granted"}], BUILDING, None),
    ("started, permit applied for", [{}], BUILDING, "missing"),
    ("started by its date, permit not applied for", [{"state": "not_applied"}], {"stage": "preparing", "start_date": "2024-08-31"}, "missing"),
    ("started, the ledger says no and the return yes", [{}], {**BUILDING, "permit_text": "施工许可√"}, "missing"),
    ("started, not needed", [{"state": "not_needed"}], BUILDING, None),
    ("started, nobody tells", [], BUILDING, "untold"),
    ("started, the return says no", [], {**BUILDING, "permit_text": "施工许可×"}, "missing"),
    ("started, the return says yes", [], {**BUILDING, "permit_text": "施工许可√"}, None),
    ("under construction, no date", [{}], {"stage": "building"}, "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "project", "question"), STARTED, ids=[row[0] for row in STARTED])
def test_started_without_permit(name: str, words: Words, project: dict[str, Any], question: str | None) -> None:
    """A question to check, not asked where anybody says that the permit was there."""
    found = started_without_permit(matrix_of(words, states_of([{"project_id": "p1", **project}])), AUGUST)
    assert list(found["question"]) == ([question] if question else [])


def _plain(value: Any) -> float | None:
    return None if pd.isna(value) else value
