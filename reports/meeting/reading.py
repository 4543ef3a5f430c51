"""A month's meeting as it is shown: with the titles that people wrote and what became of the decisions before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.meeting import Meeting, Seal
from domain.scope import Record, Scope
from domain.task_lists import agenda, last_meeting_day
from domain.tasks import DECISION, DONE, OVERDUE, TaskLife, task_lives
from reports.meeting.decisions import TaskLine
from reports.meeting.facts import MeetingFacts, read_facts
from reports.meeting.gathering import meeting_of
from reports.meeting.paragraph import Part, bulletin_paragraph
from reports.meeting.tasks import outcome_of
from storage import queries
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class MonthReading:
    """A month's meeting, and the opening paragraph of its bulletin."""

    meeting: Meeting
    paragraph: tuple[Part, ...]


def read_month(
    db: Database, scope: Scope, record: Record, day: date, *, language: str = "zh", seal: Seal | None = None
) -> MonthReading:
    """The meeting of the record's month; of a sealed one the record must be the seal's and ``day`` its day."""
    facts = read_facts(db, scope, record, day)
    return reading_of(facts, db, scope, record, language=language, seal=seal)


def reading_of(
    facts: MeetingFacts, db: Database, scope: Scope, record: Record, *, language: str, seal: Seal | None
) -> MonthReading:
    """The same of facts that were read already."""
    titles = seal.titles if seal else queries.titles(db, scope, record)
    tasks = task_lines(db, scope, record, facts.day, language)
    meeting = meeting_of(facts, language=language, titles=titles, seal=seal, tasks=tasks)
    return MonthReading(meeting, tuple(bulletin_paragraph(facts, language)))


def task_lines(db: Database, scope: Scope, record: Record, day: date, language: str) -> list[TaskLine]:
    """What earlier meetings decided and is open, the most pressing first, then what was closed since the last meeting.

    Decisions come before rectification measures and supervision tasks. What this very meeting decides is the next one's
    first page.
    """
    lives = task_lives(queries.tasks(db, scope, record), queries.task_events(db, scope, record), day)
    earlier = [life for life in lives if not life.task.period or life.task.period < str(record.period)]
    found = agenda(earlier, last_meeting_day(queries.seals(db, scope, record), record.period))
    told = sorted((*found.owed, *found.done), key=lambda life: life.task.source != DECISION)
    return [_line(life, language) for life in told]


def _line(life: TaskLife, language: str) -> TaskLine:
    return TaskLine(
        task_id=life.task.task_id,
        text=life.task.text,
        lead=life.lead,
        due_date=life.due_date,
        outcome=outcome_of(life, language),
        is_done=life.state == DONE,
        is_overdue=life.state == OVERDUE,
        project_id=life.task.project_id,
        issue_id=life.task.issue_id,
    )
