"""The lists that the meeting works off (会办清单): what moved on them this month, the text to copy, the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from domain.bodies import body_name
from domain.issue_lists import LISTS, Flow, flow_of, meeting_list, month_before
from domain.issues import IssueEvent, IssueLife, lives_of
from domain.reasons import OTHER
from ui import reads
from ui.formats import count, month_label, period_name
from ui.html import heading
from ui.html_tables import Column, Row, plain_table
from ui.issues import AskedIssues, IssueBook, issue_book
from ui.locale import Language, language, t, text_in
from ui.names import reason_name
from ui.view import View

say = partial(text_in, "zh")
# What moved on a list, in the order in which it adds up.
FLOWS = ("before", "raised", "taken_in", "passed_on", "resolved", "dismissed", "now")


@dataclass(frozen=True, slots=True)
class MeetingList:
    """One list: its code, its heading with what moved on it, and its text to copy."""

    code: str
    head: str
    text: str


def meeting_lists(view: View, day: date, asked: AskedIssues) -> list[MeetingList]:
    """The joint list, the special session's, and what firms solve themselves."""
    book = view.remember(issue_book, day)
    since = month_before(day)
    before = lives_of([life.issue for life in book.lives], [each for life in book.lives for each in life.events], since)
    return [
        MeetingList(code, _head(book, code, flow_of(before, book.lives, since, code)), list_text(book, code, asked))
        for code in LISTS
    ]


def _head(book: IssueBook, code: str, flow: Flow) -> str:
    columns = [Column(name, t(f"issues.flow_{name}"), "number", "center") for name in FLOWS]
    rows: list[Row] = [{name: count(getattr(flow, name)) for name in FLOWS}]
    remark = t(f"issues.list_{code}_remark", month=month_label(book.day.month))
    return heading(t(f"issues.list_{code}"), remark) + plain_table(columns, rows, is_compact=True)


def _listed(book: IssueBook, code: str, asked: AskedIssues) -> list[IssueLife]:
    return [life for life in meeting_list(book.lives, code) if asked.holds(life.level, life.reason, life.issue.source)]


def list_text(book: IssueBook, code: str, asked: AskedIssues) -> str:
    """The list to paste into a notice: Chinese on every screen, since that is who reads it; empty for no issue."""
    lives = _listed(book, code, asked)
    if not lives:
        return ""
    head = say(f"issues.text_{code}", body=body_name(book.view.body), day=_day(book.day), count=count(len(lives)))
    return "\n".join([head, *(_line(book, number, life) for number, life in enumerate(lives, 1))])


def _line(book: IssueBook, number: int, life: IssueLife) -> str:
    issue = life.issue
    said = [
        say(
            "issues.text_line",
            number=number,
            body=say(f"short.{issue.body}"),
            project=book.full_name(issue.project_id),
            text=issue.text,
            level=say(f"level.{life.level}"),
            in_hand=count(life.days_in_hand),
            days=count(life.days_open),
        )
    ]
    if life.owner or life.due_date:
        due = _day(life.due_date) if life.due_date else say("issues.text_no_due")
        said.append(say("issues.text_owner", owner=life.owner or say("issues.text_no_owner"), due=due))
    if life.days_overdue:
        said.append(say("issues.text_overdue", days=count(life.days_overdue)))
    if life.handovers:
        said.append(say("issues.text_handovers", path="→".join(say(f"level.{hand.level}") for hand in life.hands)))
    return "；".join(said) + "。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def list_frames(book: IssueBook, asked: AskedIssues) -> list[tuple[str, pd.DataFrame]]:
    """(name of the sheet, rows) of each list for the workbook, headings as people read them."""
    to = language()
    return [(text_in(to, f"issues.list_{code}"), list_frame(book, _listed(book, code, asked), to)) for code in LISTS]


def list_frame(book: IssueBook, lives: Sequence[IssueLife], to: Language) -> pd.DataFrame:
    """One row an issue."""
    names = (
        "word.project",
        "word.district",
        "issues.text",
        "column.reason",
        "issues.explanation",
        "issues.hand",
        "issues.opened_on",
        "issues.days_in_hand",
        "issues.days_open",
        "issues.handovers",
        "issues.owner",
        "issues.due",
        "issues.overdue_days",
        "issues.newest_note",
        "issues.echo",
        "issues.source",
    )
    headings = [text_in(to, name) for name in names]
    return pd.DataFrame([_values(book, life, to) for life in lives], columns=headings)


def _values(book: IssueBook, life: IssueLife, to: Language) -> list[object]:
    issue = life.issue
    return [
        book.full_name(issue.project_id),
        body_name(issue.body, to),
        issue.text,
        reason_name(life.reason),
        life.explanation if life.reason == OTHER.code else "",
        text_in(to, f"level.{life.level}"),
        pd.Timestamp(issue.opened_on),
        life.days_in_hand,
        life.days_open,
        life.handovers,
        life.owner,
        pd.Timestamp(life.due_date) if life.due_date else None,
        life.days_overdue or None,
        _newest_note(life.events),
        text_in(to, f"issues.echo_{book.echoes[issue.issue_id].state}"),
        source_text(book, life),
    ]


def _newest_note(events: Sequence[IssueEvent]) -> str:
    return next((f"{event.on_date} {event.note}" for event in reversed(events) if event.note), "")


def source_text(book: IssueBook, life: IssueLife) -> str:
    """Where it was named first: file, sheet and cell; or that a person or a late step brought it in."""
    issue = life.issue
    receipt = reads.find_receipt(book.view.scope, issue.submission_id) if issue.submission_id else None
    if receipt is None:
        return t(f"issues.source_{issue.source}")
    return f"{receipt.file_name} {issue.sheet}!{issue.cell}"


def workbook_title(view: View) -> str:
    """Title and file name of the workbook."""
    return f"{t('issues.lists')} {body_name(view.body, language())} {period_name(view.period)}"
