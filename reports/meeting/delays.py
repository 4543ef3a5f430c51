"""The page of the most delayed projects: how many are overdue, and the worst with their reason and whose turn it is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.delay import PROGRESS, worst_days
from domain.grades import ATTENTION, BEHIND
from domain.issue_lists import most_urgent_first
from domain.issues import IssueLife
from domain.meeting import MARK, NAME, NUMBER, SHORT, Block, Entry, Figure, Heading, Line, LineTable
from domain.number_texts import number
from domain.reasons import LEVELS, find_reason
from domain.wording import short_name
from reports.meeting.facts import MeetingFacts, ids_in
from reports.meeting.titles import Overdue
from reports.meeting.words import capital, say

# Rows that stand below figures and a title of two lines; the rest is in the annex.
ROWS = 6


def overdue_counts(facts: MeetingFacts) -> Overdue:
    """What the page counts."""
    milestones = facts.delays["milestone"].value_counts()
    counts = {name: int(milestones.get(name, 0)) for name in ("start", "completion", PROGRESS)}
    return Overdue(**counts, moved=int(facts.moved["project_id"].nunique()))


def delay_blocks(facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """The figures, and the most delayed projects as on the overview."""
    return _figures(facts, language), delay_table(facts, language, ROWS)


def _figures(facts: MeetingFacts, language: str) -> tuple[Figure, ...]:
    def figure(label: str, rows: pd.DataFrame, grade: str | None) -> Figure:
        ids = ids_in(rows)
        shown = grade if ids else None
        return Figure(say(language, label), number(len(ids)), say(language, "word.count"), shown, ids)

    of = {name: facts.delays[facts.delays["milestone"] == name] for name in ("start", "completion", PROGRESS)}
    return (
        figure("label.start_overdue", of["start"], BEHIND),
        figure("label.completion_overdue", of["completion"], BEHIND),
        figure("label.progress", of[PROGRESS], BEHIND),
        figure("label.moved", facts.moved, ATTENTION),
    )


def delay_table(facts: MeetingFacts, language: str, most: int) -> LineTable:
    """The most delayed projects, those late with a milestone first; the others are counted."""
    shown = facts.delays.head(most).assign(days_late=worst_days)
    hands = hands_of(facts.lives)
    return LineTable(
        headings=(
            Heading("", MARK),
            Heading(say(language, "column.project"), NAME),
            Heading(say(language, "column.district"), SHORT),
            Heading(say(language, "column.delay"), NUMBER),
            Heading(say(language, "column.reason"), SHORT),
            Heading(say(language, "column.hand"), NUMBER),
        ),
        lines=tuple(_line(row, language, hands.get(row.project_id)) for row in shown.itertuples()),
        rest=len(facts.delays) - len(shown),
        empty=say(language, "empty.delayed"),
    )


def hands_of(lives: list[IssueLife]) -> dict[str, IssueLife]:
    """Project's id -> the most urgent of its open issues."""
    found: dict[str, IssueLife] = {}
    for life in most_urgent_first(life for life in lives if life.is_open):
        found.setdefault(life.issue.project_id, life)
    return found


def _line(row: Any, language: str, life: IssueLife | None) -> Line:
    entries = (
        Entry("", row.grade),
        Entry(short_name(row.project_name)),
        Entry(say(language, f"short.{row.body}")),
        Entry(delay_text(row, language), row.grade),
        Entry(told_reason(row.reason, language)),
        Entry(_hand(row, language, life)),
    )
    return Line(entries, row.project_id, life.issue.issue_id if life else "")


def delay_text(row: Any, language: str) -> str:
    """What is late by how much: 竣工 +92 天; a promise for this very month has no days yet."""
    late = say(language, "word.days", value=number(row.days_late, is_signed=True))
    if row.milestone == PROGRESS:
        late = say(language, "word.points", value=number(row.gap_points, 1, is_signed=True))
    elif not row.days_late > 0:
        late = say(language, "word.due_now")
    return f"{capital(say(language, f'milestone.{row.milestone}'))} {late}"


def reason_label(code: str | None, language: str) -> str:
    """Name of a reason; empty where none was given."""
    reason = find_reason(code)
    if reason is None:
        return ""
    return reason.name if language == "zh" else capital(reason.english)


def told_reason(code: str | None, language: str) -> str:
    """Name of the reason of a delay; that none was given, since a blank could be anything."""
    return reason_label(code, language) or say(language, "reason.none")


def _hand(row: Any, language: str, life: IssueLife | None) -> str:
    """Whose turn it is and for how many days; without an issue on record the level that the return names."""
    if life is not None:
        days = say(language, "word.days", value=number(life.days_in_hand))
        return f"{say(language, f'level.{life.level}')} {days}"
    return say(language, f"level.{row.escalation_level}") if row.escalation_level in LEVELS else ""
