"""What may be recorded of a task: codes that storage refuses with a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from domain.periods import Period
from domain.tasks import CHANGED, DECISION, KINDS, REOPENED, SOURCES, Task, TaskEvent, TaskLife

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def fault_of_task(task: Task, known: Iterable[TaskLife], today: date) -> str | None:
    """Why a task cannot be given, as a code; None when it can. ``known`` are the tasks given before."""
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
        ("known_already", any(_is_same(task, life) for life in known)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def _is_same(task: Task, life: TaskLife) -> bool:
    """The same id; or open, and the same words about the same project and issue."""
    same = (task.project_id, task.issue_id, task.key) == (life.task.project_id, life.task.issue_id, life.task.key)
    return task.task_id == life.task.task_id or (life.is_open and same)


def fault_of_task_event(life: TaskLife, event: TaskEvent, today: date) -> str | None:
    """Why an event cannot be recorded of a task as it is now, as a code; None when it can."""
    faults = (
        ("unknown_code", event.kind not in KINDS),
        ("in_future", event.on_date > today),
        ("too_early", event.on_date < max([life.task.opened_on, *(each.on_date for each in life.events)])),
        ("not_open", event.kind != REOPENED and not life.is_open),
        ("not_closed", event.kind == REOPENED and life.is_open),
        ("no_note", not event.note.strip()),
        ("nothing_changed", event.kind == CHANGED and not changes_something(life, event)),
        ("only_changes", event.kind not in (CHANGED, REOPENED) and _names_anything(event)),
        ("due_before", event.due_date is not None and event.due_date < event.on_date),
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
