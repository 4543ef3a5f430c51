"""What a month's bulletin of tasks (督办通报) tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.periods import Period
from domain.rectification import LedgerCounts
from domain.relapses import Watch
from domain.task_lists import Agenda
from domain.tasks import TaskLife


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What the bulletin of a month tells, as of a day: all tasks, the agenda, the ledgers, what may have relapsed."""

    period: Period
    day: date
    lives: Sequence[TaskLife]
    agenda: Agenda
    last_meeting: date
    ledgers: Sequence[LedgerCounts] = ()
    relapsed: Sequence[Watch] = ()
