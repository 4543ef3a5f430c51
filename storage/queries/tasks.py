"""Tasks, and what happened to them."""

from __future__ import annotations

from domain.scope import Record, Scope
from domain.task_reports import TaskReport
from domain.tasks import Task, TaskEvent
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.known_tasks import readable_task_events, readable_tasks

REPORTS = f"""
    SELECT text, said, counted.body, submission.receipt_number, sheet, cell
    FROM task_reading
    JOIN ({COUNTED}) AS counted ON counted.submission_id = task_reading.submission_id
    JOIN submission ON submission.submission_id = task_reading.submission_id
    WHERE counted.period = $period
    ORDER BY counted.body, number
"""


def tasks(db: Database, scope: Scope, record: Record) -> list[Task]:
    """The tasks given, in the order in which they were, whatever became of them."""
    with db.cursor() as cursor:
        return readable_tasks(cursor, params_of(scope, record))


def task_events(db: Database, scope: Scope, record: Record) -> list[TaskEvent]:
    """All that happened to those tasks, in the order in which it was recorded."""
    with db.cursor() as cursor:
        return readable_task_events(cursor, params_of(scope, record))


def task_reports(db: Database, scope: Scope, record: Record) -> list[TaskReport]:
    """What the returns in force of the record's month say of tasks, in the order in which it stands there."""
    params = {**params_of(scope, record), "period": str(record.period)}
    with db.cursor() as cursor:
        return [TaskReport(*row) for row in cursor.execute(REPORTS, params).fetchall()]
