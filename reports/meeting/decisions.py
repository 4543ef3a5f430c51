"""The first page: what the last meeting decided, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.grades import BEHIND, ON_TRACK
from domain.meeting import MARK, NAME, SHORT, TEXT, Block, Entry, Figure, Heading, Line, LineTable
from domain.number_texts import number
from reports.meeting.words import say

ROWS = 6


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A decision as the page shows it, in the order in which it is told.

    ``outcome`` is what became of it, in words; ``due_date`` the date in force, None for none.
    """

    task_id: str
    text: str
    lead: str
    due_date: date | None
    outcome: str = ""
    is_done: bool = False
    is_overdue: bool = False
    project_id: str = ""
    issue_id: str = ""

    @property
    def grade(self) -> str | None:
        """Done is green, overdue red, what is going on neither."""
        return ON_TRACK if self.is_done else BEHIND if self.is_overdue else None


def task_counts(tasks: Sequence[TaskLine]) -> tuple[int, int, int]:
    """(all, done, overdue)."""
    return len(tasks), sum(task.is_done for task in tasks), sum(task.is_overdue for task in tasks)


def decision_blocks(tasks: Sequence[TaskLine], language: str) -> tuple[Block, ...]:
    """Figures and the decisions; nothing but a calm line where there is none."""
    table = task_table(tasks, language, ROWS)
    return (_figures(tasks, language), table) if tasks else (table,)


def _figures(tasks: Sequence[TaskLine], language: str) -> tuple[Figure, ...]:
    groups = {
        "tasks": (tasks, None),
        "tasks_done": ([task for task in tasks if task.is_done], ON_TRACK),
        "tasks_going_on": ([task for task in tasks if not task.is_done and not task.is_overdue], None),
        "tasks_overdue": ([task for task in tasks if task.is_overdue], BEHIND),
    }
    return tuple(
        Figure(
            say(language, f"label.{label}"),
            number(len(found)),
            say(language, "word.issues"),
            grade if found else None,
            tuple(dict.fromkeys(task.project_id for task in found if task.project_id)),
        )
        for label, (found, grade) in groups.items()
    )


def task_table(tasks: Sequence[TaskLine], language: str, most: int) -> LineTable:
    """The decisions in the order given."""
    return LineTable(
        headings=(
            Heading("", MARK),
            Heading(say(language, "column.task"), NAME),
            Heading(say(language, "column.lead"), SHORT),
            Heading(say(language, "column.due"), SHORT),
            Heading(say(language, "column.outcome"), TEXT),
        ),
        lines=tuple(_line(task) for task in tasks[:most]),
        rest=max(len(tasks) - most, 0),
        empty=say(language, "empty.tasks"),
    )


def _line(task: TaskLine) -> Line:
    entries = (
        Entry("", task.grade),
        Entry(task.text),
        Entry(task.lead),
        Entry(task.due_date.isoformat() if task.due_date else "", BEHIND if task.is_overdue else None),
        Entry(task.outcome),
    )
    return Line(entries, task.project_id, task.issue_id, task.task_id)
