"""The page of blockers: the issues by the level in whose hands they are, and those that the meeting must decide.

Until issues are put on record by a person, what the month's returns name is shown instead, and said to be just that.
"""

from __future__ import annotations

from typing import Any

from domain.grades import BEHIND
from domain.issue_lists import JOINT, OWN, SESSION, meeting_list
from domain.issues import IssueLife
from domain.meeting import (
    MARK,
    NAME,
    NUMBER,
    SHORT,
    TEXT,
    Block,
    Entry,
    Figure,
    Heading,
    Line,
    LineTable,
    Segment,
    SegmentBar,
)
from domain.number_texts import number
from domain.reasons import CITY, COUNTY, FIRM, HIGHER_LEVELS, NEW_AREA, PROVINCE
from domain.wording import short_name
from reports.meeting.facts import MeetingFacts
from reports.meeting.titles import Blocked
from reports.meeting.words import say

# Rows that stand below figures, a bar and a title of two lines.
ROWS = 5
# Who is asked first: the highest level that can solve it.
ORDER = (PROVINCE, CITY, NEW_AREA, COUNTY, FIRM, "")


def blocked_counts(facts: MeetingFacts) -> Blocked:
    """What the page counts; overdue is told of what the meeting decides, else of what the firms solve."""
    lists = {code: meeting_list(facts.lives, code) for code in (JOINT, SESSION, OWN)}
    decided = [*lists[JOINT], *lists[SESSION]] or lists[OWN]
    named = facts.named
    return Blocked(
        recorded=len(facts.lives),
        joint=len(lists[JOINT]),
        session=len(lists[SESSION]),
        own=len(lists[OWN]),
        overdue=sum(life.days_overdue > 0 for life in decided),
        named=sum(len(rows) for rows in named.values()),
        higher=sum(len(named[level]) for level in HIGHER_LEVELS),
    )


def blocker_blocks(facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """Figures, the bar of levels, and what the meeting must decide."""
    if facts.lives:
        return _recorded_figures(facts, language), recorded_bar(facts, language), issue_table(facts, language, ROWS)
    return _named_figures(facts, language), named_bar(facts, language), named_table(facts, language, ROWS)


def _recorded_figures(facts: MeetingFacts, language: str) -> tuple[Figure, ...]:
    lists = {code: meeting_list(facts.lives, code) for code in (JOINT, SESSION, OWN)}
    overdue = [life for lives in lists.values() for life in lives if life.days_overdue > 0]
    return (
        *(_issue_figure(language, f"label.{code}", lives) for code, lives in lists.items()),
        _issue_figure(language, "label.overdue", overdue, BEHIND if overdue else None),
    )


def _issue_figure(language: str, label: str, lives: list[IssueLife], grade: str | None = None) -> Figure:
    ids = tuple(dict.fromkeys(life.issue.project_id for life in lives))
    return Figure(say(language, label), number(len(lives)), say(language, "word.issues"), grade, ids)


def recorded_bar(facts: MeetingFacts, language: str) -> SegmentBar:
    """The open issues by the level in whose hands they are, from the highest."""
    hands = {level: [life for life in facts.lives if life.is_open and life.level == level] for level in ORDER if level}
    segments = [
        _segment(language, level, len(lives), tuple(dict.fromkeys(life.issue.project_id for life in lives)))
        for level, lives in hands.items()
        if lives
    ]
    return SegmentBar(say(language, "label.registered_bar"), tuple(segments))


def _segment(language: str, level: str, value: int, ids: tuple[str, ...]) -> Segment:
    return Segment(say(language, f"level.{level or 'none'}"), value, f"level_{level}" if level else "unknown", ids)


def issue_table(facts: MeetingFacts, language: str, most: int) -> LineTable:
    """What the meeting must decide: the joint list, then the special session's, the most urgent first."""
    lives = [*meeting_list(facts.lives, JOINT), *meeting_list(facts.lives, SESSION)]
    return LineTable(
        headings=(
            Heading("", MARK),
            Heading(say(language, "column.project"), NAME),
            Heading(say(language, "column.issue"), TEXT),
            Heading(say(language, "column.level"), SHORT),
            Heading(say(language, "column.in_hand"), NUMBER),
        ),
        lines=tuple(_issue_line(facts, language, life) for life in lives[:most]),
        rest=max(len(lives) - most, 0),
        empty=say(language, "empty.blockers"),
    )


def _issue_line(facts: MeetingFacts, language: str, life: IssueLife) -> Line:
    issue = life.issue
    grade = BEHIND if life.days_overdue else None
    entries = (
        Entry("", grade),
        Entry(short_name(str(facts.names.get(issue.project_id) or issue.project_id))),
        Entry(issue.text),
        Entry(say(language, f"level.{life.level}")),
        Entry(say(language, "word.days", value=number(life.days_in_hand)), grade),
    )
    return Line(entries, issue.project_id, issue.issue_id)


def _named_figures(facts: MeetingFacts, language: str) -> tuple[Figure, ...]:
    """The issues that the returns name, by who must act; those without a level too where there are any."""
    named = facts.named
    groups = {
        "higher_named": HIGHER_LEVELS,
        "lower_named": (NEW_AREA, COUNTY),
        "firm_named": (FIRM,),
        "no_level_named": ("",),
    }
    found = {
        label: [each for level in levels for each in named[level]["project_id"]] for label, levels in groups.items()
    }
    return tuple(
        Figure(say(language, f"label.{label}"), number(len(ids)), say(language, "word.issues"), None, tuple(ids))
        for label, ids in found.items()
        if ids or label != "no_level_named"
    )


def named_bar(facts: MeetingFacts, language: str) -> SegmentBar:
    """The issues that the month's returns name, by the level that must solve them, as on the overview."""
    named = facts.named
    segments = [
        _segment(language, level, len(named[level]), tuple(named[level]["project_id"]))
        for level in ORDER
        if len(named[level])
    ]
    return SegmentBar(say(language, "label.named_bar"), tuple(segments))


def named_table(facts: MeetingFacts, language: str, most: int) -> LineTable:
    """The issues that the returns name for a level above the firm, the highest level first."""
    named = facts.named
    rows = [row for level in ORDER if level not in (FIRM, "") for row in named[level].itertuples()]
    return LineTable(
        headings=(
            Heading(say(language, "column.project"), NAME),
            Heading(say(language, "column.district"), SHORT),
            Heading(say(language, "column.issue"), TEXT),
            Heading(say(language, "column.level"), SHORT),
        ),
        lines=tuple(_named_line(language, row) for row in rows[:most]),
        rest=max(len(rows) - most, 0),
        empty=say(language, "empty.blockers"),
    )


def _named_line(language: str, row: Any) -> Line:
    entries = (
        Entry(short_name(row.project_name)),
        Entry(say(language, f"short.{row.body}")),
        Entry(row.issue_text),
        Entry(say(language, f"level.{row.escalation_level}")),
    )
    return Line(entries, row.project_id)
