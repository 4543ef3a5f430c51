"""Tasks as a running transaction sees them, for the queries and for the checks of what is recorded next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from domain.bodies import BODIES
from domain.periods import Period
from domain.relapses import RelapseRuling
from domain.tasks import Task, TaskDetail, TaskEvent, TaskLife, task_life, task_lives
from storage.counting import NEWEST, Params

TASKS = """
    SELECT task_id, source, period, text, lead, due_date, opened_on, taking_part, body, project_id, issue_id
    FROM task
    WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies))
    ORDER BY sequence, number
"""
EVENTS = """
    SELECT task_id, kind, on_date, note, evidence, lead, taking_part, due_date,
        row_number() OVER (ORDER BY sequence, number) AS place, recorded_by
    FROM task_event
    WHERE sequence <= $sequence
      AND task_id IN (SELECT task_id FROM task WHERE body IN (SELECT unnest($bodies)))
    ORDER BY place
"""
OF_TASKS = """
    sequence <= $sequence AND task_id IN (SELECT task_id FROM task WHERE body IN (SELECT unnest($bodies)))
    ORDER BY sequence, number
"""
DETAILS = f"""
    SELECT task_id, leader, measures, schedule, problem_id, serial, indicator, indicator_body, source, is_example
    FROM task_detail WHERE {OF_TASKS}
"""
RULINGS = f"""
    SELECT task_id, kind, indicator, body, period, figure, baseline, on_date, note
    FROM relapse_ruling WHERE {OF_TASKS}
"""


def readable_tasks(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[Task]:
    """The tasks given up to a write, of the bodies that may be read, in the order in which they were given."""
    return [Task(*row) for row in cursor.execute(TASKS, params).fetchall()]


def readable_task_events(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[TaskEvent]:
    """What happened to them, in the order in which it was recorded, numbered so."""
    return [TaskEvent(*row) for row in cursor.execute(EVENTS, params).fetchall()]


def readable_task_details(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[TaskDetail]:
    """What ledgers say of them, in the order recorded: of a task the last counts."""
    return [TaskDetail(*row) for row in cursor.execute(DETAILS, params).fetchall()]


def readable_rulings(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[RelapseRuling]:
    """What was ruled on closed ones whose figure worsened, in the order recorded."""
    rows = cursor.execute(RULINGS, params).fetchall()
    return [RelapseRuling(*row[:4], Period.parse(row[4]), *row[5:]) for row in rows]


@dataclass(slots=True)
class KnownTasks:
    """All tasks and all that is said of them, as a running write sees them and adds to them."""

    tasks: list[Task]
    events: list[TaskEvent]
    details: list[TaskDetail]

    def life(self, task_id: str) -> TaskLife | None:
        """A task with all that was recorded of it, whatever the day; None for an unknown one."""
        task = next((each for each in self.tasks if each.task_id == task_id), None)
        own = [event for event in self.events if event.task_id == task_id]
        details = [each for each in self.details if each.task_id == task_id]
        return task_life(task, own, date.max, details[-1] if details else None) if task else None

    @property
    def lives(self) -> list[TaskLife]:
        """All of them."""
        return task_lives(self.tasks, self.events, date.max, self.details)


def tasks_before(cursor: duckdb.DuckDBPyConnection) -> KnownTasks:
    """What is known, as the write that records more sees it."""
    params: Params = {"sequence": NEWEST, "bodies": sorted(BODIES)}
    return KnownTasks(
        readable_tasks(cursor, params), readable_task_events(cursor, params), readable_task_details(cursor, params)
    )
