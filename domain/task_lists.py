"""In which order tasks are shown, what the next meeting opens with, and how much of what each body leads was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.meeting import Seal
from domain.periods import Period
from domain.tasks import CANCELLED, DONE, OVERDUE, STATES, TaskLife


@dataclass(frozen=True, slots=True)
class Agenda:
    """The first page of a meeting: what is open, the most pressing first, and what was closed since the last meeting."""

    owed: tuple[TaskLife, ...]
    done: tuple[TaskLife, ...]
    cancelled: tuple[TaskLife, ...]

    @property
    def overdue(self) -> tuple[TaskLife, ...]:
        return tuple(life for life in self.owed if life.state == OVERDUE)

    @property
    def lives(self) -> tuple[TaskLife, ...]:
        """All in the order in which they are shown."""
        return (*self.owed, *self.done, *self.cancelled)


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How the tasks of one body, or of one meeting, stand; ``given`` leaves out what was cancelled."""

    name: str
    going_on: int
    overdue: int
    done: int
    cancelled: int
    awaiting: int = 0

    @property
    def given(self) -> int:
        return self.going_on + self.overdue + self.awaiting + self.done

    @property
    def done_rate(self) -> float | None:
        """Done of all given (办结率), 0 to 1; None where none was given."""
        return self.done / self.given if self.given else None


def pressing_first(lives: Iterable[TaskLife]) -> list[TaskLife]:
    """The open tasks: overdue before all, the longest first; then the one that is due soonest."""
    found = [life for life in lives if life.is_open]
    return sorted(found, key=lambda life: (-life.days_overdue, life.due_date, life.task.opened_on, life.task.task_id))


def closed_since(lives: Iterable[TaskLife], state: str, since: date) -> list[TaskLife]:
    """The tasks closed in a way after a day and not opened again, the newest first."""
    found = [life for life in lives if life.state == state and life.closed_on and life.closed_on > since]
    return sorted(found, key=lambda life: (life.closed_on, life.task.task_id), reverse=True)


def last_meeting_day(seals: Iterable[Seal], period: Period) -> date:
    """The day to which the meeting before a month's counted: of the newest seal of an earlier month, else that month's end."""
    earlier = [seal for seal in seals if seal.period < period]
    newest = max(earlier, key=lambda seal: (seal.period, seal.sealed_at), default=None)
    return newest.day if newest else period.previous().last_day


def agenda(lives: Sequence[TaskLife], last_meeting: date) -> Agenda:
    """What a meeting opens with. ``last_meeting`` is the day to which the meeting before counted."""
    return Agenda(
        owed=tuple(pressing_first(lives)),
        done=tuple(closed_since(lives, DONE, last_meeting)),
        cancelled=tuple(closed_since(lives, CANCELLED, last_meeting)),
    )


def count_tasks(lives: Iterable[TaskLife], name_of: Callable[[TaskLife], str]) -> list[TaskCounts]:
    """How the tasks stand by a name (the lead, the meeting's month): most overdue first, then most open, then by name."""
    groups: dict[str, Counter[str]] = {}
    for life in lives:
        groups.setdefault(name_of(life), Counter())[life.state] += 1
    counted = [TaskCounts(name, *(states[state] for state in STATES)) for name, states in groups.items()]
    return sorted(counted, key=lambda each: (-each.overdue, -each.going_on, each.name))
