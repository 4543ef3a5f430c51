"""What the districts' returns say of tasks, and what that proposes to record: a person confirms it, nothing is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.issue_texts import issue_key
from domain.periods import Period
from domain.tasks import PROGRESS, TaskEvent, TaskLife, is_of_body


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a return says of a task: the task's words as they stand there, the answer, and where it stands."""

    text: str
    said: str
    body: str
    receipt_number: str
    sheet: str
    cell: str

    @property
    def place(self) -> str:
        """Receipt, sheet and cell: what shows that the district said it."""
        return f"{self.receipt_number} {self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An open task, and what a district that it concerns says of it."""

    life: TaskLife
    report: TaskReport


def unrecorded_answers(lives: Iterable[TaskLife], reports: Sequence[TaskReport]) -> list[Answer]:
    """The answers about open tasks that nobody has recorded yet: matched by the task's words, spelling aside.

    A task is answered by the districts that it concerns; an answer that is recorded already, in its words, is none.
    """
    return [
        Answer(life, report)
        for life in lives
        for report in reports
        if life.is_open
        and issue_key(report.text) == life.task.key
        and is_of_body(life, report.body)
        and all(event.note != report.said for event in life.events)
    ]


def event_of(answer: Answer, period: Period, day: date) -> TaskEvent:
    """The progress that an answer proposes: on the cut-off date, no later than ``day``, and never before what is known."""
    life, report = answer.life, answer.report
    known = max([life.task.opened_on, *(event.on_date for event in life.events)])
    on_date = max(min(period.last_day, day), known)
    return TaskEvent(life.task.task_id, PROGRESS, on_date, report.said, report.place)
