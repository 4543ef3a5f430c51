"""What people record of tasks: given by a meeting, moved on, finished, changed, opened again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import duckdb

from domain.bodies import ZONE
from domain.relapses import RelapseRuling, fault_of_ruling
from domain.task_checks import fault_of_detail, fault_of_task, fault_of_task_event
from domain.tasks import Task, TaskDetail, TaskEvent, task_life
from storage.accepting import finish_write
from storage.appending import append_rows
from storage.engine import Database, read_version
from storage.known_rectification import ledgers_before
from storage.known_tasks import KnownTasks, tasks_before
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
    "needs_approval": (
        "整改、督查事项须申请销号，由另一账号批准。",
        "A rectification measure or supervision task is closed by an application that another account approves.",
    ),
    "is_applied": ("已申请销号，请先批准或退回。", "Closing is applied for; approve or return it first."),
    "not_applied": ("没有待批准的销号申请。", "No application for closing waits."),
    "no_evidence": ("申请销号须写明佐证材料。", "An application for closing needs evidence."),
    "same_account": (
        "销号须由申请人以外的账号批准；未设账号时分不清申请人和批准人，请先设账号。",
        "Another account than the one that applied must approve; without accounts nobody can be told apart, so add them first.",
    ),
    "not_overdue": ("事项在该日尚未逾期。", "The task was not overdue on that day."),
    "unknown_problem": ("台账中没有这个问题。", "There is no such problem in a ledger."),
    "no_tie": ("这个指标不能关联。", "This figure cannot be tied."),
    "not_tied": ("该事项没有关联这个指标。", "The task is not tied to this figure."),
    "not_worse": ("指标没有变差。", "The figure is no worse."),
}
_refuse = partial(refuse, FAULTS)


def record_tasks(
    db: Database,
    tasks: Sequence[Task] = (),
    events: Sequence[TaskEvent] = (),
    *,
    details: Sequence[TaskDetail] = (),
    rulings: Sequence[RelapseRuling] = (),
    actor: str = "office",
    recorded_at: datetime,
) -> None:
    """Append tasks and what ledgers say of them, rulings on closed ones, then events, in one write; all or nothing.

    Who recorded an event is ``actor``, whatever it says. Raises NotAcceptable, with the sentence for the screen, for the
    first that cannot be.
    """
    if not any((tasks, events, details, rulings)):
        return

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _check_concerned(cursor, tasks)
        known, today = tasks_before(cursor), recorded_at.date()
        _add_tasks(known, tasks, details, today)
        _check_details(cursor, known, details)
        _check_rulings(known, rulings, today)
        _add_events(known, [replace(event, recorded_by=actor) for event in events], today)
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "task", _stamped(map(asdict, tasks), stamp))
        append_rows(cursor, "task_detail", _stamped(map(asdict, details), stamp))
        ruled = ({**asdict(each), "period": str(each.period)} for each in rulings)
        append_rows(cursor, "relapse_ruling", _stamped(ruled, stamp))
        append_rows(cursor, "task_event", _stamped(map(asdict, events), stamp))

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


def _add_tasks(known: KnownTasks, tasks: Sequence[Task], details: Sequence[TaskDetail], today: date) -> None:
    """Each task against those before it. Raises NotAcceptable."""
    said = {detail.task_id: detail for detail in details}
    lives = known.lives
    for task in tasks:
        _refuse(fault_of_task(task, lives, today, said.get(task.task_id)))
        known.tasks.append(task)
        lives.append(task_life(task, (), date.max, said.get(task.task_id)))


def _check_details(cursor: duckdb.DuckDBPyConnection, known: KnownTasks, details: Sequence[TaskDetail]) -> None:
    """Tasks and problems that there are, a figure that can be tied. Raises NotAcceptable."""
    task_ids = {task.task_id for task in known.tasks}
    problem_ids = {problem.problem_id for problem in ledgers_before(cursor)[1]}
    for detail in details:
        _refuse(fault_of_detail(detail, task_ids, problem_ids))
        known.details.append(detail)


def _check_rulings(known: KnownTasks, rulings: Sequence[RelapseRuling], today: date) -> None:
    for ruling in rulings:
        life = known.life(ruling.task_id)
        _refuse("unknown_task" if life is None else fault_of_ruling(life, ruling, today))


def _add_events(known: KnownTasks, events: Sequence[TaskEvent], today: date) -> None:
    """Each event against what happened before it. Raises NotAcceptable."""
    for event in events:
        life = known.life(event.task_id)
        _refuse("unknown_task" if life is None else fault_of_task_event(life, event, today))
        known.events.append(replace(event, sequence=len(known.events) + 1))


def _stamped(rows: Iterable[dict[str, Any]], stamp: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one write, numbered, texts without spaces at their ends; an event's own stamps give way to the write's."""
    stamped = [{**row, **stamp, "number": number} for number, row in enumerate(rows, 1)]
    return [{name: value.strip() if isinstance(value, str) else value for name, value in row.items()} for row in stamped]
