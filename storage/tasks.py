"""What people record of tasks: given by a meeting, moved on, finished, changed, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import duckdb

from domain.bodies import ZONE
from domain.task_checks import fault_of_task, fault_of_task_event
from domain.tasks import Task, TaskEvent, task_life, task_lives
from storage.accepting import finish_write
from storage.appending import append_rows
from storage.engine import Database, read_version
from storage.known_tasks import tasks_before
from storage.refusals import refuse

FAULTS = {
    "no_text": ("请写明要办的事项。", "Say what is to be done."),
    "no_lead": ("请填写牵头单位。", "Say who leads."),
    "no_due": ("请填写完成时限。", "Say by when."),
    "no_meeting": ("议定事项须写明是哪个月例会议定的。", "A decision needs the month of its meeting."),
    "unknown_code": ("来源、月份或登记内容不在代码表内。", "The source, month or event is not in the code list."),
    "unknown_project": ("没有这个项目，或项目不属于该片区。", "There is no such project of this district."),
    "unknown_issue": ("没有这个问题，或问题不属于该项目。", "There is no such issue of this project."),
    "known_already": ("同一事项已经登记，尚未办结。", "This very task is recorded already and is open."),
    "in_future": ("日期不能晚于今天。", "The date must not be after today."),
    "too_early": ("日期早于事项议定或上一次登记的日期。", "The date is before the task was given or its last event."),
    "not_open": ("事项已经办结或取消，请先重新打开。", "The task is closed; reopen it first."),
    "not_closed": ("事项尚未办结，不需要重新打开。", "The task is open."),
    "no_note": ("请填写落实情况、办结结果或理由。", "Say what was done, the result or why."),
    "nothing_changed": ("牵头、配合、时限都没有变动。", "Neither lead, bodies taking part nor due date change."),
    "only_changes": (
        "牵头、配合、时限请用“调整”登记。",
        "Lead, bodies taking part and due date are changed by a change.",
    ),
    "due_before": ("完成时限早于登记日期。", "The due date is before the date of the record."),
    "unknown_task": ("没有这个督办事项。", "There is no such task."),
}
_refuse = partial(refuse, FAULTS)


def record_tasks(
    db: Database,
    tasks: Sequence[Task] = (),
    events: Sequence[TaskEvent] = (),
    *,
    actor: str = "office",
    recorded_at: datetime,
) -> None:
    """Append tasks, then events of these or others, in one write; all or nothing.

    Raises NotAcceptable, with the sentence for the screen, for the first that cannot be.
    """
    if not tasks and not events:
        return

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _check_concerned(cursor, tasks)
        _check_all(tasks, events, *tasks_before(cursor), recorded_at.date())
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "task", _stamped(tasks, stamp))
        append_rows(cursor, "task_event", _stamped(events, stamp))

    db.write(store, after=lambda _: finish_write(db))


def _check_concerned(cursor: duckdb.DuckDBPyConnection, tasks: Sequence[Task]) -> None:
    """A task's project is on record in its body, its issue is the project's; without a project it is the zone's."""
    project_ids = [[task.project_id for task in tasks]]
    projects = cursor.execute(
        "SELECT DISTINCT project_id, body FROM project_row WHERE project_id IN (SELECT unnest($1::VARCHAR[]))",
        project_ids,
    ).fetchall()
    issues = cursor.execute(
        "SELECT issue_id, project_id FROM issue WHERE project_id IN (SELECT unnest($1::VARCHAR[]))", project_ids
    ).fetchall()
    for task in tasks:
        is_known = (task.project_id, task.body) in projects if task.project_id else task.body == ZONE.code
        _refuse(None if is_known else "unknown_project")
        is_known = not task.issue_id or (task.issue_id, task.project_id) in issues
        _refuse(None if is_known else "unknown_issue")


def _check_all(
    tasks: Sequence[Task],
    events: Sequence[TaskEvent],
    earlier: Sequence[Task],
    happened: Sequence[TaskEvent],
    today: date,
) -> None:
    """Each task against those before it, each event against what happened before it. Raises NotAcceptable."""
    given, past = list(earlier), list(happened)
    for task in tasks:
        _refuse(fault_of_task(task, task_lives(given, past, date.max), today))
        given.append(task)
    known = {task.task_id: task for task in given}
    for number, event in enumerate(events, len(past) + 1):
        _refuse(None if event.task_id in known else "unknown_task")
        own = [each for each in past if each.task_id == event.task_id]
        _refuse(fault_of_task_event(task_life(known[event.task_id], own, date.max), event, today))
        past.append(replace(event, sequence=number))


def _stamped(recorded: Sequence[Task] | Sequence[TaskEvent], stamp: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one write, numbered, texts without spaces at their ends; an event's own sequence gives way to the write's."""
    rows = [{**asdict(each), **stamp, "number": number} for number, each in enumerate(recorded, 1)]
    return [{name: value.strip() if isinstance(value, str) else value for name, value in row.items()} for row in rows]
