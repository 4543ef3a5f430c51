"""Tasks, and what happened to them."""

from __future__ import annotations

from domain.scope import Record, Scope
from domain.tasks import Task, TaskEvent
from storage.counting import params_of
from storage.engine import Database
from storage.known_tasks import readable_task_events, readable_tasks


def tasks(db: Database, scope: Scope, record: Record) -> list[Task]:
    """The tasks given, in the order in which they were, whatever became of them."""
    with db.cursor() as cursor:
        return readable_tasks(cursor, params_of(scope, record))


def task_events(db: Database, scope: Scope, record: Record) -> list[TaskEvent]:
    """All that happened to those tasks, in the order in which it was recorded."""
    with db.cursor() as cursor:
        return readable_task_events(cursor, params_of(scope, record))
