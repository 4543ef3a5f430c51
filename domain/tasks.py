"""The life of a task (督办事项): who leads, who takes part, by when, and what became of it, from what was recorded of it.

A decision of the meeting (议定事项) is a task; so are, later, what a rectification or a supervision orders. Whoever orders
it says who leads and by when: without both nobody can be asked. All that follows is an appended event with the day on
which it happened. Everything here is asked as of a day: what happened later is not known yet.

The first due date stays with the task and a later one is a change that is counted, as with promises: moving a date
does not turn late into on time without being seen. (泉州 六个一, S98: 议定事项落实通报; 临颍, S99: one overdue measure.)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.bodies import BODIES, ZONE, names_body
from domain.issue_texts import issue_key

DECISION, RECTIFICATION, SUPERVISION = SOURCES = ("decision", "rectification", "supervision")
GOING_ON, OVERDUE, DONE, CANCELLED = STATES = ("going_on", "overdue", "done", "cancelled")
PROGRESS, FINISHING, CANCELLING, CHANGED, REOPENED = KINDS = ("progress", "done", "cancelled", "changed", "reopened")
CLOSING = {FINISHING: DONE, CANCELLING: CANCELLED}
# The sheet of a district's form that lists its tasks, the heading over their words, and the one to fill in.
TASK_SHEET, TASK_HEADING, TASK_ANSWER = "议定事项", "事项", "落实情况"
# Between the bodies that lead a task or take part in it.
BETWEEN_BODIES = re.compile(r"[、，,；;/和及\s]+")


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it was given. ``due_date`` is the first one; ``period`` the month of the meeting that decided it.

    ``project_id`` and ``issue_id`` are what it concerns, empty for none; ``body`` the project's district, else the zone.
    """

    task_id: str
    source: str
    period: str
    text: str
    lead: str
    due_date: date
    opened_on: date
    taking_part: str = ""
    body: str = ZONE.code
    project_id: str = ""
    issue_id: str = ""

    @property
    def key(self) -> str:
        """What two tasks in the same words have in common."""
        return issue_key(self.text)


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """One thing that happened to a task, on a day; ``sequence`` orders the events of one day.

    ``note`` is what was done, the result, or why; ``evidence`` what shows the result (a document's number, a picture's
    name). ``lead``, ``taking_part`` and ``due_date`` are new ones; empty leaves them as they were.
    """

    task_id: str
    kind: str
    on_date: date
    note: str = ""
    evidence: str = ""
    lead: str = ""
    taking_part: str = ""
    due_date: date | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class TaskLife:
    """A task as of a day. ``result`` and ``evidence`` are what was said when it was closed."""

    task: Task
    day: date
    state: str
    lead: str
    taking_part: str
    due_date: date
    events: tuple[TaskEvent, ...] = ()
    closed_on: date | None = None
    result: str = ""
    evidence: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def days_overdue(self) -> int:
        """Days past the due date in force; 0 before it and once closed."""
        return max((self.day - self.due_date).days, 0) if self.is_open else 0

    @property
    def days_late(self) -> int:
        """Days that a closed task was closed after its due date; 0 in time and while open."""
        return max((self.closed_on - self.due_date).days, 0) if self.closed_on else 0

    @property
    def days_left(self) -> int:
        """Days until the due date; 0 once it is past, and once closed."""
        return max((self.due_date - self.day).days, 0) if self.is_open else 0

    @property
    def due_changes(self) -> int:
        """How often another due date was set than the one before."""
        dates = [self.task.due_date, *(event.due_date for event in self.events if event.due_date)]
        return sum(one != other for one, other in pairwise(dates))

    @property
    def newest_progress(self) -> TaskEvent | None:
        """The event that last said something of it, None before any."""
        return self.events[-1] if self.events else None


def task_id_of(source: str, period: str, project_id: str, issue_id: str, text: str, opened_on: date) -> str:
    """The id of a task first recorded in these words: the same on every rebuild from the journal."""
    words = "\n".join((source, period, project_id, issue_id, opened_on.isoformat(), issue_key(text)))
    return "t" + hashlib.sha256(words.encode()).hexdigest()[:12]


def task_life(task: Task, events: Iterable[TaskEvent], day: date) -> TaskLife:
    """A task as of a day, from its own events; those after the day are left out."""
    happened = sorted((each for each in events if each.on_date <= day), key=lambda each: (each.on_date, each.sequence))
    due_date = _newest(happened, "due_date", task.due_date)
    closing = _closing(happened)
    state = CLOSING[closing.kind] if closing else OVERDUE if day > due_date else GOING_ON
    return TaskLife(
        task=task,
        day=day,
        state=state,
        lead=_newest(happened, "lead", task.lead),
        taking_part=_newest(happened, "taking_part", task.taking_part),
        due_date=due_date,
        events=tuple(happened),
        closed_on=closing.on_date if closing else None,
        result=closing.note if closing else "",
        evidence=closing.evidence if closing else "",
    )


def task_lives(tasks: Iterable[Task], events: Iterable[TaskEvent], day: date) -> list[TaskLife]:
    """All tasks given up to a day, as of it, in the order given."""
    by_task: dict[str, list[TaskEvent]] = {}
    for event in events:
        by_task.setdefault(event.task_id, []).append(event)
    return [task_life(task, by_task.get(task.task_id, ()), day) for task in tasks if task.opened_on <= day]


def is_of_body(life: TaskLife, body: str) -> bool:
    """True for a task of the body's projects, or whose lead or taking-part names the body; all are the zone's."""
    if body in (ZONE.code, life.task.body):
        return True
    named = BETWEEN_BODIES.split(f"{life.lead}、{life.taking_part}")
    return any(names_body(part, BODIES[body]) for part in named)


def _closing(happened: Sequence[TaskEvent]) -> TaskEvent | None:
    """The event that closed it, where none opened it again."""
    turns = [event for event in happened if event.kind in CLOSING or event.kind == REOPENED]
    return turns[-1] if turns and turns[-1].kind in CLOSING else None


def _newest(events: Sequence[TaskEvent], name: str, first: object) -> object:
    return next((value for event in reversed(events) if (value := getattr(event, name))), first)
