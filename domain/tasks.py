"""The life of a task (督办事项): who leads, who takes part, by when, and what became of it, from what was recorded of it.

A decision of the meeting (议定事项) is a task; so are, later, what a rectification or a supervision orders. Whoever orders
it says who leads and by when: without both nobody can be asked. All that follows is an appended event with the day on
which it happened. Everything here is asked as of a day: what happened later is not known yet.

The first due date stays with the task and a later one is a change that is counted, as with promises: moving a date
does not turn late into on time without being seen. (泉州 六个一, S98: 议定事项落实通报; 临颍, S99: one overdue measure.)

A task is closed (销号) by two: one account applies with the evidence, another approves or returns it (清单销号, S98). While an
application waits the clock of the lead stands still; where it is returned it never stood.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from domain.bodies import BODIES, ZONE, names_body
from domain.issue_texts import issue_key

DECISION, RECTIFICATION, SUPERVISION = SOURCES = ("decision", "rectification", "supervision")
GOING_ON, OVERDUE, DONE, CANCELLED, AWAITING = STATES = ("going_on", "overdue", "done", "cancelled", "awaiting")
PROGRESS, FINISHING, CANCELLING, CHANGED, REOPENED = ("progress", "done", "cancelled", "changed", "reopened")
# Closing by two: applied for (申请销号), approved (批准销号) or returned (退回).
APPLYING, APPROVING, RETURNING = ("applied", "approved", "returned")
# Rising steps for an overdue task that somebody took: 提醒, 督办, 约谈 (domain/task_steps.py).
REMINDED, URGED, TALKED = STEP_KINDS = ("reminded", "urged", "talked")
KINDS = (PROGRESS, FINISHING, CANCELLING, CHANGED, REOPENED, APPLYING, APPROVING, RETURNING, *STEP_KINDS)
CLOSING = {FINISHING: DONE, CANCELLING: CANCELLED, APPROVING: DONE}
ENDING = (*CLOSING, REOPENED, RETURNING)
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
    # The account that recorded it; two events may be the same whoever did.
    recorded_by: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """What a ledger says of a task beside its words; of one task the newest counts.

    ``leader`` is the lead leader (牵头领导), ``measures`` how it is to be done, ``schedule`` by which steps. ``problem_id``
    is the problem that a rectification measure belongs to, ``serial`` its number there. ``indicator`` of ``indicator_body``
    is the live figure that a closed measure is tied to, empty for none. ``source`` is where the words come from, and
    ``is_example`` says that they are made up.
    """

    task_id: str
    leader: str = ""
    measures: str = ""
    schedule: str = ""
    problem_id: str = ""
    serial: str = ""
    indicator: str = ""
    indicator_body: str = ZONE.code
    source: str = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class TaskLife:
    """A task as of a day. ``result`` and ``evidence`` are what was said when it was closed, or closing was applied for.

    ``applied`` is the application that nobody has decided on yet. ``finished_on`` is the day of the application by which
    it was or is to be closed, or of the closing where none was needed.
    """

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
    applied: TaskEvent | None = None
    finished_on: date | None = None
    detail: TaskDetail = TaskDetail("")

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def days_overdue(self) -> int:
        """Days past the due date in force; 0 before it, once closed, and while an application waits."""
        return max((self.day - self.due_date).days, 0) if self._is_running else 0

    @property
    def days_late(self) -> int:
        """Days after its due date that it was closed, or closing was applied for; 0 in time and while it runs."""
        return max((self.finished_on - self.due_date).days, 0) if self.finished_on else 0

    @property
    def days_left(self) -> int:
        """Days until the due date; 0 once it is past, once closed, and while an application waits."""
        return max((self.due_date - self.day).days, 0) if self._is_running else 0

    @property
    def days_waiting(self) -> int:
        """Days that an application for closing has waited; 0 without one."""
        return (self.day - self.applied.on_date).days if self.applied else 0

    @property
    def _is_running(self) -> bool:
        """Whether it is the lead's turn."""
        return self.is_open and self.applied is None

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


def task_life(task: Task, events: Iterable[TaskEvent], day: date, detail: TaskDetail | None = None) -> TaskLife:
    """A task as of a day, from its own events; those after the day are left out."""
    happened = sorted((each for each in events if each.on_date <= day), key=lambda each: (each.on_date, each.sequence))
    due_date = _newest(happened, "due_date", task.due_date)
    closing, applied = _closing(happened), _applied(happened)
    finished = _application(happened, closing) or closing or applied
    return TaskLife(
        task=task,
        day=day,
        state=_state(closing, applied, is_past=day > due_date),
        lead=_newest(happened, "lead", task.lead),
        taking_part=_newest(happened, "taking_part", task.taking_part),
        due_date=due_date,
        events=tuple(happened),
        closed_on=closing.on_date if closing else None,
        result=finished.note if finished else "",
        evidence=finished.evidence if finished else "",
        applied=applied,
        finished_on=finished.on_date if finished else None,
        detail=detail or TaskDetail(task.task_id),
    )


def task_lives(
    tasks: Iterable[Task], events: Iterable[TaskEvent], day: date, details: Iterable[TaskDetail] = ()
) -> list[TaskLife]:
    """All tasks given up to a day, as of it, in the order given; of the details of a task the last counts."""
    by_task: dict[str, list[TaskEvent]] = {}
    for event in events:
        by_task.setdefault(event.task_id, []).append(event)
    said = {detail.task_id: detail for detail in details}
    return [
        task_life(task, by_task.get(task.task_id, ()), day, said.get(task.task_id))
        for task in tasks
        if task.opened_on <= day
    ]


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


def _applied(happened: Sequence[TaskEvent]) -> TaskEvent | None:
    """The application for closing that waits."""
    turns = [event for event in happened if event.kind in (APPLYING, *ENDING)]
    return turns[-1] if turns and turns[-1].kind == APPLYING else None


def _application(happened: Sequence[TaskEvent], closing: TaskEvent | None) -> TaskEvent | None:
    """The application that a closing approved; None for any other closing."""
    if closing is None or closing.kind != APPROVING:
        return None
    return next((event for event in reversed(happened[: happened.index(closing)]) if event.kind == APPLYING), None)


def _state(closing: TaskEvent | None, applied: TaskEvent | None, *, is_past: bool) -> str:
    if closing:
        return CLOSING[closing.kind]
    return AWAITING if applied else OVERDUE if is_past else GOING_ON


def _newest(events: Sequence[TaskEvent], name: str, first: object) -> object:
    return next((value for event in reversed(events) if (value := getattr(event, name))), first)
