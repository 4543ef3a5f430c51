"""The page of the infrastructure works: how far each is, and what it waits for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.bodies import ZONE
from domain.grades import ATTENTION, UNKNOWN
from domain.meeting import MARK, NAME, NUMBER, SHORT, TEXT, Block, Entry, Figure, Heading, Line, LineTable
from domain.number_texts import is_missing, money_number, number, percent
from domain.progress import Progress
from domain.reasons import LEVELS
from domain.wording import short_name
from domain.works import steps_since, works_blocked_first
from reports.meeting.facts import MeetingFacts, ids_in
from reports.meeting.words import say

ROWS = 6


def works_of(facts: MeetingFacts) -> pd.DataFrame:
    """The works, blocked ones first, with step_points: percentage points gained since the month before."""
    works = works_blocked_first(facts.states)
    return works.assign(step_points=steps_since(works, facts.before) * 100)


def invested_in(facts: MeetingFacts) -> Progress:
    """The works' investment of the year against its target."""
    return facts.progress["infrastructure_investment_ytd_wan", ZONE.code]


def works_blocks(facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """The figures, and the works."""
    works = works_of(facts)
    figures = (*_figures(works, invested_in(facts), language), *_differing(facts, language))
    return figures, works_table(works, language, ROWS)


def _differing(facts: MeetingFacts, language: str) -> tuple[Figure, ...]:
    """Of how many works the accounts differ, which is said and not smoothed; nothing without a ledger of works."""
    if facts.work_lines.empty:
        return ()
    lines = facts.work_lines[facts.work_lines["disputes"] > 0]
    count = lines["work_name"].nunique()
    ids = tuple(lines["project_id"].dropna().unique())
    return (Figure(say(language, "label.differing"), number(count), say(language, "word.works"), None, ids),)


def _figures(works: pd.DataFrame, invested: Progress, language: str) -> tuple[Figure, ...]:
    unit = say(language, "word.works")
    finished, blocked = works[works["progress_rate"] >= 1], works[works["has_issue"]]
    return (
        Figure(say(language, "label.works"), number(len(works)), unit, None, ids_in(works)),
        Figure(say(language, "label.finished"), number(len(finished)), unit, None, ids_in(finished)),
        Figure(say(language, "label.blocked"), number(len(blocked)), unit, None, ids_in(blocked)),
        _invested(invested, language, ids_in(works)),
    )


def _invested(invested: Progress, language: str, ids: tuple[str, ...]) -> Figure:
    """The year's investment of its target; without a target in its unit alone."""
    unit = say(language, "word.yi")
    if invested.target is not None:
        unit = say(language, "word.of_yi", total=money_number(invested.target, language))
    grade = None if invested.grade == UNKNOWN else invested.grade
    return Figure(say(language, "label.invested"), money_number(invested.done, language), unit, grade, ids)


def works_table(works: pd.DataFrame, language: str, most: int) -> LineTable:
    """The works, those that wait for something first; the others are counted."""
    return LineTable(
        headings=(
            Heading("", MARK),
            Heading(say(language, "column.work"), NAME),
            Heading(say(language, "column.district"), SHORT),
            Heading(say(language, "column.share"), NUMBER),
            Heading(say(language, "column.step"), NUMBER),
            Heading(say(language, "column.waits"), TEXT),
            Heading(say(language, "column.level"), SHORT),
        ),
        lines=tuple(_line(row, language) for row in works.head(most).itertuples()),
        rest=max(len(works) - most, 0),
        empty=say(language, "empty.works"),
    )


def _line(row: Any, language: str) -> Line:
    """Silent works are marked so: their share is that of an earlier month."""
    grade = UNKNOWN if not row.is_reported else ATTENTION if row.has_issue else None
    step = "" if is_missing(row.step_points) else number(row.step_points, 1, is_signed=True)
    entries = (
        Entry("", grade),
        Entry(short_name(row.project_name)),
        Entry(say(language, f"short.{row.body}")),
        Entry(percent(row.progress_rate, 0)),
        Entry(step),
        Entry(row.issue_text if row.has_issue else ""),
        Entry(say(language, f"level.{row.escalation_level}") if row.escalation_level in LEVELS else ""),
    )
    return Line(entries, row.project_id)
