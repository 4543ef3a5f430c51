"""What may be recorded of a task: codes that storage refuses with a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from domain.periods import Period
from domain.relapses import can_be_tied
from domain.tasks import (
    APPLYING,
    APPROVING,
    CHANGED,
    DECISION,
    FINISHING,
    KINDS,
    PROGRESS,
    REOPENED,
    RETURNING,
    SOURCES,
    STEP_KINDS,
    Task,
    TaskDetail,
    TaskEvent,
    TaskLife,
)

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# What may name another lead, body taking part or due date; and what may happen while an application waits.
NAMING = (CHANGED, REOPENED, RETURNING)
WHILE_APPLIED = (PROGRESS, APPROVING, RETURNING)


def fault_of_task(task: Task, known: Iterable[TaskLife], today: date, detail: TaskDetail | None = None) -> str | None:
    """Why a task cannot be given, as a code; None when it can. ``known`` are the tasks given before.

    ``detail`` comes with it: the same measure may stand under two problems.
    """
    known = list(known)
    faults = (
        ("no_text", not task.text.strip()),
        ("no_lead", not task.lead.strip()),
        ("unknown_code", task.source not in SOURCES),
        ("no_meeting", task.source == DECISION and not task.period),
        ("unknown_code", bool(task.period) and not MONTH.fullmatch(task.period)),
        # A meeting's month may be sealed before its last day.
        ("in_future", task.opened_on > Period(today.year, today.month).last_day),
        ("due_before", task.due_date < task.opened_on),
        ("known_already", any(_is_same(task, detail, life) for life in known)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def _is_same(task: Task, detail: TaskDetail | None, life: TaskLife) -> bool:
    """The same id; or open, and the same words about the same project, issue and problem of a ledger."""
    about = (task.project_id, task.issue_id, task.key, detail.problem_id if detail else "")
    same = about == (life.task.project_id, life.task.issue_id, life.task.key, life.detail.problem_id)
    return task.task_id == life.task.task_id or (life.is_open and same)


def fault_of_detail(detail: TaskDetail, task_ids: Collection[str], problem_ids: Collection[str]) -> str | None:
    """Why what a ledger says of a task cannot be recorded, as a code; None when it can."""
    faults = (
        ("unknown_task", detail.task_id not in task_ids),
        ("unknown_problem", bool(detail.problem_id) and detail.problem_id not in problem_ids),
        ("no_tie", not can_be_tied(detail.indicator, detail.indicator_body)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def needs_approval(task: Task) -> bool:
    """Whether a task is closed by two.

    What a meeting decided may also be closed by whoever records it: the next meeting opens with it and looks itself.
    """
    return task.source != DECISION


def fault_of_task_event(life: TaskLife, event: TaskEvent, today: date) -> str | None:
    """Why an event cannot be recorded of a task as it is now, as a code; None when it can.

    ``event.recorded_by`` is the account that records it: nobody approves what they applied for themselves.
    """
    return _fault_of_any(life, event, today) or _fault_of_closing(life, event)


def _fault_of_any(life: TaskLife, event: TaskEvent, today: date) -> str | None:
    """Days, words and dates."""
    faults = (
        ("unknown_code", event.kind not in KINDS),
        ("in_future", event.on_date > today),
        ("too_early", event.on_date < max([life.task.opened_on, *(each.on_date for each in life.events)])),
        ("not_open", event.kind != REOPENED and not life.is_open),
        ("not_closed", event.kind == REOPENED and life.is_open),
        ("no_note", not event.note.strip()),
        ("nothing_changed", event.kind == CHANGED and not changes_something(life, event)),
        ("only_changes", event.kind not in NAMING and _names_anything(event)),
        ("due_before", event.due_date is not None and event.due_date < event.on_date),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def _fault_of_closing(life: TaskLife, event: TaskEvent) -> str | None:
    """Who may close what, and when a step is due."""
    applied = life.applied
    faults = (
        ("needs_approval", event.kind == FINISHING and needs_approval(life.task)),
        ("is_applied", applied is not None and event.kind not in WHILE_APPLIED),
        ("not_applied", applied is None and event.kind in (APPROVING, RETURNING)),
        ("no_evidence", event.kind == APPLYING and not event.evidence.strip()),
        ("same_account", applied is not None and event.kind == APPROVING and event.recorded_by == applied.recorded_by),
        ("not_overdue", event.kind in STEP_KINDS and event.on_date <= life.due_date),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def changes_something(life: TaskLife, event: TaskEvent) -> bool:
    """Whether an event names a lead, a body taking part or a due date that is another than the one in force."""
    pairs = (
        (event.lead.strip(), life.lead),
        (event.taking_part.strip(), life.taking_part),
        (event.due_date, life.due_date),
    )
    return any(new and new != old for new, old in pairs)


def _names_anything(event: TaskEvent) -> bool:
    return bool(event.lead.strip() or event.taking_part.strip() or event.due_date)
