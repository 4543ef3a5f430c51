"""The annexes of the meeting as one workbook: overview, delayed, due, blockers, moved dates, each whole and with its names."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.bodies import DISTRICT_CODES, ZONE, body_name
from domain.delay import PROGRESS
from domain.indicators import COUNT, HEADLINES
from domain.issue_lists import most_urgent_first
from domain.meeting import Meeting
from domain.number_texts import WAN_PER_UNIT, is_missing
from domain.progress import Progress
from reports.meeting.assessment import POINTS, point_rows
from reports.meeting.blockers import ORDER
from reports.meeting.carried import foot_line
from reports.meeting.delays import reason_label, told_reason
from reports.meeting.due import PROMISE, DueFacts, node_label
from reports.meeting.facts import MeetingFacts
from reports.meeting.ledgers import LEDGER_LINES, ledger_lines
from reports.meeting.promotion import OPEN_LINES, open_matters, open_rows
from reports.meeting.targets import indicator_label, unit_of
from reports.meeting.tasks import TASKS, task_rows
from reports.meeting.words import MONTH_NAMES, capital, month_name, say
from reports.workbooks import lists_workbook

INFRASTRUCTURE_FIGURE = "infrastructure_investment_ytd_wan"


def annexes_workbook(facts: MeetingFacts, meeting: Meeting, language: str = "zh") -> bytes:
    """The .xlsx of all that the pages cut short; every sheet says what it stands on."""
    period = facts.period
    month = say(language, "carried.month", year=period.year, month=period.month, name=MONTH_NAMES[period.month])
    sheets = [(say(language, f"annex.{name}"), frame) for name, frame in annex_frames(facts, language).items()]
    return lists_workbook(sheets, say(language, "annex.title", month=month), [foot_line(meeting, language)])


def annexes_name(meeting: Meeting) -> str:
    """The file's name."""
    return f"例会附件_{meeting.period}.xlsx"


def annex_frames(facts: MeetingFacts, language: str = "zh") -> dict[str, pd.DataFrame]:
    """Sheet -> its rows, the headings as people read them; money in the unit named, shares and gaps in percent."""
    makers = {
        "overview": (_overview_rows, OVERVIEW),
        "delayed": (_delayed_rows, DELAYED),
        "due": (_due_rows, DUE),
        "blockers": (_blocker_rows, BLOCKERS),
        "moved": (_moved_rows, MOVED),
    }
    if any(len(frame) for frame in facts.ledgers.values()):
        makers["ledgers"] = (ledger_lines, LEDGER_LINES)
    if open_matters(facts):
        makers["promotion"] = (open_rows, OPEN_LINES)
    if facts.tasks:
        makers["tasks"] = (task_rows, TASKS)
    if facts.points is not None:
        makers["assessment"] = (_point_rows, POINTS)
    found = {}
    for name, (rows, keys) in makers.items():
        frame = pd.DataFrame(rows(facts, language), columns=list(keys), dtype=object)
        found[name] = frame.set_axis([say(language, key) for key in keys], axis=1)
    return found


OVERVIEW = (
    "annex.figure", "annex.body", "annex.unit", "annex.done", "annex.target", "annex.share", "annex.time_share",
    "annex.gap", "annex.grade", "annex.last_year",
)  # fmt: skip


def _overview_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    return [
        _figure_row(facts, language, facts.progress[code, body])
        for code in (*HEADLINES, INFRASTRUCTURE_FIGURE)
        for body in (*DISTRICT_CODES, ZONE.code)
    ]


def _figure_row(facts: MeetingFacts, language: str, figure: Progress) -> list[Any]:
    indicator = figure.indicator
    scale = 1 if indicator.unit == COUNT else WAN_PER_UNIT[language]
    amounts = (figure.done, figure.target, facts.last_year.get((indicator.code, figure.body)))
    done, target, before = (_amount(each, scale) for each in amounts)
    share = None if figure.share is None else figure.share * 100
    return [
        indicator_label(indicator, language), body_name(figure.body, language), unit_of(indicator, language),
        done, target, share, figure.time_share * 100, figure.gap_points, say(language, f"grade.{figure.grade}"), before,
    ]  # fmt: skip


def _amount(value: float | None, scale: int) -> float | int | None:
    """A count as a whole number, money in the unit shown."""
    if value is None:
        return None
    return int(value) if scale == 1 and value == int(value) else value / scale


DELAYED = (
    "column.project", "column.district", "column.node", "annex.first_promise", "annex.latest_plan", "annex.days_first",
    "annex.days_latest", "annex.changes", "annex.gap", "annex.grade", "column.reason", "column.issue", "column.level",
)  # fmt: skip


def _delayed_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    return [_delayed_row(row, language) for row in facts.delays.itertuples()]


def _delayed_row(row: Any, language: str) -> list[Any]:
    milestone = "completion" if row.milestone == PROGRESS else row.milestone
    return [
        row.project_name,
        body_name(row.body, language),
        capital(say(language, f"milestone.{row.milestone}")),
        getattr(row, f"first_planned_{milestone}_date"),
        getattr(row, f"planned_{milestone}_date"),
        _whole(row.delay_first_days),
        _whole(row.delay_latest_days),
        int(row.promise_changes),
        row.gap_points,
        say(language, f"grade.{row.grade}"),
        told_reason(row.reason, language),
        row.issue_text,
        _level(row.escalation_level, language),
    ]


def _whole(days: float) -> int | None:
    return None if is_missing(days) else int(days)


def _level(level: object, language: str) -> str:
    return say(language, f"level.{level}") if level in ORDER and level else ""


DUE = ("column.project", "column.district", "column.node", "column.month", "column.state")


def _due_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    """What is open of this month, then what falls due next month."""
    due = DueFacts(facts)
    months = ((due.open, facts.period.month), (due.ahead, facts.period.next().month))
    return [
        [
            row.project_name,
            body_name(row.body, language),
            node_label(row.node, language),
            month_name(language, month),
            say(language, "promise.open" if row.state == PROMISE else f"node.{row.state}"),
        ]
        for rows, month in months
        for row in rows.itertuples()
    ]


BLOCKERS = (
    "column.project", "column.district", "column.issue", "column.reason", "column.level", "annex.recorded",
    "annex.days_in_hand", "annex.days_open", "annex.owner", "column.due",
)  # fmt: skip


def _blocker_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    """The open issues on record, the most urgent first, then what the month's returns name, from the highest level."""
    recorded = [
        [
            facts.names.get(life.issue.project_id) or life.issue.project_id,
            body_name(life.issue.body, language),
            life.issue.text,
            reason_label(life.reason, language),
            _level(life.level, language),
            say(language, "annex.is_recorded"),
            life.days_in_hand,
            life.days_open,
            life.owner,
            pd.Timestamp(life.due_date) if life.due_date else None,
        ]
        for life in most_urgent_first(life for life in facts.lives if life.is_open)
    ]
    named = [
        [
            row.project_name,
            body_name(row.body, language),
            row.issue_text,
            "",
            _level(row.escalation_level, language),
            say(language, "annex.is_named"),
            *[None] * 4,
        ]
        for level in ORDER
        for row in facts.named[level].itertuples()
    ]
    return recorded + named


def _point_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    return [] if facts.points is None else point_rows(facts.points, language)


MOVED = ("column.project", "column.node", "annex.before", "annex.now")


def _moved_rows(facts: MeetingFacts, language: str) -> list[list[Any]]:
    return [
        [row.project_name, capital(say(language, f"milestone.{row.milestone}")), row.date_before, row.date_now]
        for row in facts.moved.itertuples()
    ]
