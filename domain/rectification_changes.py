"""What a rectification ledger brings that is not on record: read again each month, it adds, changes and closes.

A measure is known by its number under its problem (措施序号), else by its words. What people recorded here since is never
undone by a file: a due date or lead that the task has had before is an older one, not a change; what is closed here stays
closed. A file says who applied for a closing and who approved it; that is a document's word, and ``recorded_by`` of such
an event says so (``by_ledger``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.rectification import Problem, Rectification, RectificationBulletin
from domain.rectification_lists import ListFault, ReadLedger
from domain.task_checks import changes_something, fault_of_task, fault_of_task_event
from domain.tasks import APPLYING, APPROVING, CHANGED, PROGRESS, Task, TaskDetail, TaskEvent, TaskLife, task_life

BY_LEDGER = "（台账所载）"
CHANGED_NOTE = "按台账调整"


@dataclass(frozen=True, slots=True)
class KnownLedgers:
    """All that is on record before: ledgers, their problems, what was published, every task as it stands now."""

    rectifications: Sequence[Rectification] = ()
    problems: Sequence[Problem] = ()
    bulletins: Sequence[RectificationBulletin] = ()
    lives: Sequence[TaskLife] = ()


@dataclass(slots=True)
class LedgerChanges:
    """What is to be recorded, in this order. ``unchanged`` counts the tasks of which nothing new is said."""

    rectifications: list[Rectification] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bulletins: list[RectificationBulletin] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    details: list[TaskDetail] = field(default_factory=list)
    events: list[TaskEvent] = field(default_factory=list)
    unchanged: int = 0
    faults: list[ListFault] = field(default_factory=list)

    @property
    def approvals(self) -> int:
        """How many closings the ledger calls approved."""
        return sum(event.kind == APPROVING for event in self.events)

    def is_empty(self, *, with_approvals: bool) -> bool:
        """Whether there is nothing to record; approvals are not everybody's to record."""
        said = (self.rectifications, self.problems, self.bulletins, self.tasks, self.details)
        return not any(said) and len(self.events) == (0 if with_approvals else self.approvals)


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of one task."""

    task: Task
    detail: TaskDetail
    closings: Sequence[TaskEvent]
    progress: str


def by_ledger(name: str) -> str:
    """Who recorded an event that a ledger tells of: the name there, marked as the ledger's word."""
    return name + BY_LEDGER if name else ""


def changes_of(read: ReadLedger, known: KnownLedgers, today: date) -> LedgerChanges:
    """What a ledger brings, against what is on record; what cannot be recorded stands among the faults."""
    found = LedgerChanges(faults=list(read.faults))
    if read.rectification and read.rectification.on_date <= today:
        found.rectifications += _unknown([read.rectification], known.rectifications, "rectification_id")
    if read.bulletin and read.bulletin.on_date <= today and read.bulletin not in known.bulletins:
        found.bulletins.append(read.bulletin)
    found.problems += _unknown(read.problems, known.problems, "problem_id")
    lives = list(known.lives)
    for task, detail in zip(read.tasks, read.details, strict=True):
        closings = [event for event in read.closings if event.task_id == task.task_id]
        told = Told(task, detail, closings, read.progress.get(task.task_id, ""))
        life = _known_life(told, lives)
        fault = _add_to_known(found, life, told, today) if life else _add_new(found, told, lives, today)
        if fault:
            found.faults.append(ListFault(0, task.text, fault))
    return found


def _unknown(made: Iterable[object], known: Iterable[object], name: str) -> list:
    ids = {getattr(each, name) for each in known}
    return [each for each in made if getattr(each, name) not in ids]


def _known_life(told: Told, lives: Iterable[TaskLife]) -> TaskLife | None:
    """The task on record that a row means: by its id, else by its number under its problem."""
    numbered = (told.detail.problem_id, told.detail.serial)
    found = (
        life
        for life in lives
        if life.task.task_id == told.task.task_id
        or (all(numbered) and (life.detail.problem_id, life.detail.serial) == numbered)
    )
    return next(found, None)


def _add_new(found: LedgerChanges, told: Told, lives: list[TaskLife], today: date) -> str | None:
    if fault_of_task(told.task, lives, today, told.detail):
        return "task_refused"
    found.tasks.append(told.task)
    found.details.append(told.detail)
    life = task_life(told.task, (), date.max, told.detail)
    lives.append(life)
    return _add_events(found, life, told.closings or _progress(life, told, today), today)


def _add_to_known(found: LedgerChanges, life: TaskLife, told: Told, today: date) -> str | None:
    """What is new of a task on record: other words about it, a closing; without one another lead or date, progress."""
    if life.task.key != told.task.key:
        return "serial_taken"
    before = len(found.details) + len(found.events)
    # What was made up stays so, and keeps its source, when it comes back in the form that was handed out.
    kept = {"is_example": life.detail.is_example, "source": told.detail.source or life.detail.source}
    detail = replace(told.detail, task_id=life.task.task_id, **kept)
    if detail != life.detail:
        found.details.append(detail)
    recorded = {(event.kind, event.on_date) for event in life.events}
    fresh = [
        replace(event, task_id=life.task.task_id)
        for event in told.closings
        if life.is_open and (event.kind, event.on_date) not in recorded
    ]
    events = fresh or [*_change(life, told.task, today), *_progress(life, told, today)]
    fault = _add_events(found, life, events, today)
    found.unchanged += fault is None and before == len(found.details) + len(found.events)
    return fault


def _progress(life: TaskLife, told: Told, today: date) -> list[TaskEvent]:
    """Words of an open task that nobody has recorded yet."""
    is_new = told.progress and life.is_open and all(told.progress != event.note for event in life.events)
    return [TaskEvent(life.task.task_id, PROGRESS, today, told.progress)] if is_new else []


def _change(life: TaskLife, task: Task, today: date) -> list[TaskEvent]:
    """Of an open task a lead, bodies taking part or a due date that the task has never had."""
    had = [life.task, *life.events]
    event = TaskEvent(
        life.task.task_id,
        CHANGED,
        today,
        CHANGED_NOTE,
        lead="" if any(task.lead == each.lead for each in had) else task.lead,
        taking_part="" if any(task.taking_part == each.taking_part for each in had) else task.taking_part,
        due_date=None if any(task.due_date == each.due_date for each in had) else task.due_date,
    )
    return [event] if life.is_open and changes_something(life, event) else []


def _add_events(found: LedgerChanges, life: TaskLife, events: Sequence[TaskEvent], today: date) -> str | None:
    """Each event that can follow those before it; the first that cannot ends it."""
    happened = list(life.events)
    for event in events:
        now = task_life(life.task, happened, date.max, life.detail)
        if fault_of_task_event(now, event, today):
            return "closing_differs" if event.kind in (APPLYING, APPROVING) else "change_refused"
        happened.append(replace(event, sequence=len(happened) + 1))
        found.events.append(event)
    return None
