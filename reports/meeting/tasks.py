"""All tasks as rows of the annexes: decisions, rectification measures, supervision, how each stands and what was last said."""

from __future__ import annotations

from typing import Any

from domain.task_lists import pressing_first
from domain.tasks import DONE, TaskLife
from reports.meeting.facts import MeetingFacts
from reports.meeting.words import say

TASKS = (
    "notice.column_text", "tasks.source", "column.lead", "minutes.column_part", "column.due", "tasks.state",
    "notice.column_days", "column.outcome",
)  # fmt: skip


def task_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    """The open tasks, the most pressing first, then those that were closed, in the order given."""
    closed = [life for life in facts.tasks if not life.is_open]
    return [_row(life, language) for life in (*pressing_first(facts.tasks), *closed)]


def _row(life: TaskLife, language: str) -> list[Any]:
    return [
        life.task.text,
        say(language, f"tasks.source_{life.task.source}"),
        life.lead,
        life.taking_part,
        life.due_date,
        say(language, f"tasks.state_{life.state}"),
        life.days_overdue or None,
        outcome_of(life, language),
    ]


def outcome_of(life: TaskLife, language: str) -> str:
    """What became of a task: the result, else what was last said of it; silence is said."""
    if life.state == DONE:
        return life.result
    said = life.newest_progress.note if life.newest_progress else ""
    return said or say(language, "outcome.silent")
