"""Tasks, what happened to them and what ledgers say of them; the rectification ledgers."""

from __future__ import annotations

from domain.rectification import Problem, Rectification, RectificationBulletin
from domain.relapses import RelapseRuling
from domain.scope import Record, Scope
from domain.task_reports import TaskReport
from domain.tasks import Task, TaskDetail, TaskEvent
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.known_rectification import readable_bulletins, readable_ledgers, readable_problems
from storage.known_tasks import readable_rulings, readable_task_details, readable_task_events, readable_tasks

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


def task_details(db: Database, scope: Scope, record: Record) -> list[TaskDetail]:
    """What ledgers say of those tasks, in the order recorded: of a task the last counts."""
    with db.cursor() as cursor:
        return readable_task_details(cursor, params_of(scope, record))


def relapse_rulings(db: Database, scope: Scope, record: Record) -> list[RelapseRuling]:
    """What was ruled on closed tasks whose figure worsened, in the order recorded."""
    with db.cursor() as cursor:
        return readable_rulings(cursor, params_of(scope, record))


def rectifications(db: Database, scope: Scope, record: Record) -> list[Rectification]:
    """The rectification ledgers, in the order recorded."""
    with db.cursor() as cursor:
        return readable_ledgers(cursor, params_of(scope, record))


def rectification_problems(db: Database, scope: Scope, record: Record) -> list[Problem]:
    """Their problems, in the order recorded."""
    with db.cursor() as cursor:
        return readable_problems(cursor, params_of(scope, record))


def rectification_bulletins(db: Database, scope: Scope, record: Record) -> list[RectificationBulletin]:
    """What was published of them, in the order recorded."""
    with db.cursor() as cursor:
        return readable_bulletins(cursor, params_of(scope, record))


def task_reports(db: Database, scope: Scope, record: Record) -> list[TaskReport]:
    """What the returns in force of the record's month say of tasks, in the order in which it stands there."""
    params = {**params_of(scope, record), "period": str(record.period)}
    with db.cursor() as cursor:
        return [TaskReport(*row) for row in cursor.execute(REPORTS, params).fetchall()]
