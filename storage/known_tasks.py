"""Tasks as a running transaction sees them, for the queries and for the checks of what is recorded next."""

from __future__ import annotations

import duckdb

from domain.bodies import BODIES
from domain.tasks import Task, TaskEvent
from storage.counting import NEWEST, Params

TASKS = """
    SELECT task_id, source, period, text, lead, due_date, opened_on, taking_part, body, project_id, issue_id
    FROM task
    WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies))
    ORDER BY sequence, number
"""
EVENTS = """
    SELECT task_id, kind, on_date, note, evidence, lead, taking_part, due_date,
        row_number() OVER (ORDER BY sequence, number) AS place
    FROM task_event
    WHERE sequence <= $sequence
      AND task_id IN (SELECT task_id FROM task WHERE body IN (SELECT unnest($bodies)))
    ORDER BY place
"""


def readable_tasks(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[Task]:
    """The tasks given up to a write, of the bodies that may be read, in the order in which they were given."""
    return [Task(*row) for row in cursor.execute(TASKS, params).fetchall()]


def readable_task_events(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[TaskEvent]:
    """What happened to them, in the order in which it was recorded, numbered so."""
    return [TaskEvent(*row) for row in cursor.execute(EVENTS, params).fetchall()]


def tasks_before(cursor: duckdb.DuckDBPyConnection) -> tuple[list[Task], list[TaskEvent]]:
    """All tasks and all that happened to them, as the write that records more sees them."""
    params: Params = {"sequence": NEWEST, "bodies": sorted(BODIES)}
    return readable_tasks(cursor, params), readable_task_events(cursor, params)
