"""Tasks, what happened to them and what ledgers say of them; the rectification ledgers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import duckdb

from domain.rectification import Problem, Rectification, RectificationBulletin
from domain.relapses import RelapseRuling
from domain.scope import Record, Scope
from domain.task_reports import TaskReport
from domain.tasks import Task, TaskDetail, TaskEvent
from storage.counting import COUNTED, Params, params_of
from storage.engine import Database
from storage.known_rectification import readable_bulletins, readable_ledgers, readable_problems
from storage.known_tasks import readable_rulings, readable_task_details, readable_task_events, readable_tasks

T = TypeVar("T")
REPORTS = f"""
    SELECT text, said, counted.body, submission.receipt_number, sheet, cell
    FROM task_reading
    JOIN ({COUNTED}) AS counted ON counted.submission_id = task_reading.submission_id
    JOIN submission ON submission.submission_id = task_reading.submission_id
    WHERE counted.period = $period
    ORDER BY counted.body, number
"""


def _read(db: Database, scope: Scope, record: Record, reader: Callable[[duckdb.DuckDBPyConnection, Params], T]) -> T:
    with db.cursor() as cursor:
        return reader(cursor, params_of(scope, record))


def tasks(db: Database, scope: Scope, record: Record) -> list[Task]:
    """The tasks given, in the order in which they were, whatever became of them."""
    return _read(db, scope, record, readable_tasks)


def task_events(db: Database, scope: Scope, record: Record) -> list[TaskEvent]:
    """All that happened to those tasks, in the order in which it was recorded."""
    return _read(db, scope, record, readable_task_events)


def task_details(db: Database, scope: Scope, record: Record) -> list[TaskDetail]:
    """What ledgers say of those tasks, in the order recorded: of a task the last counts."""
    return _read(db, scope, record, readable_task_details)


def relapse_rulings(db: Database, scope: Scope, record: Record) -> list[RelapseRuling]:
    """What was ruled on closed tasks whose figure worsened, in the order recorded."""
    return _read(db, scope, record, readable_rulings)


def rectifications(db: Database, scope: Scope, record: Record) -> list[Rectification]:
    """The rectification ledgers, in the order recorded."""
    return _read(db, scope, record, readable_ledgers)


def rectification_problems(db: Database, scope: Scope, record: Record) -> list[Problem]:
    """Their problems, in the order recorded."""
    return _read(db, scope, record, readable_problems)


def rectification_bulletins(db: Database, scope: Scope, record: Record) -> list[RectificationBulletin]:
    """What was published of them, in the order recorded."""
    return _read(db, scope, record, readable_bulletins)


def task_reports(db: Database, scope: Scope, record: Record) -> list[TaskReport]:
    """What the returns in force of the record's month say of tasks, in the order in which it stands there."""
    params = {**params_of(scope, record), "period": str(record.period)}
    with db.cursor() as cursor:
        return [TaskReport(*row) for row in cursor.execute(REPORTS, params).fetchall()]
