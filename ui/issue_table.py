"""The list of issues: whose turn it is, for how many days, and the relay from hand to hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.issues import IssueLife
from domain.permit_issues import STEP_SETTLED
from domain.reasons import LEVELS
from ui.formats import count, period_name
from ui.html import empty_state, heading, note
from ui.html_tables import Column, Graded, Row, Stack, plain_table
from ui.issues import PROPOSED, AskedIssues, IssueBook, chosen_issues, issue_book
from ui.links import Link
from ui.locale import t
from ui.names import reason_name
from ui.view import View

MOST_ROWS = 200


def issue_list(view: View, day: date, asked: AskedIssues) -> str:
    """The issues that answer, each with its relay."""
    book = view.remember(issue_book, day)
    if not book.lives:
        return _nothing_yet(book)
    found = chosen_issues(book, asked)
    more = note(t("issues.more", count=count(len(found) - MOST_ROWS))) if len(found) > MOST_ROWS else ""
    return (
        heading(t("issues.list_title", count=count(len(found))), t("issues.list_remark", day=day.isoformat()))
        + level_legend()
        + plain_table(issue_columns(), issue_rows(book, found[:MOST_ROWS], asked), empty=t("issues.none_found"))
        + more
    )


def _nothing_yet(book: IssueBook) -> str:
    """What to do while nobody has confirmed an issue."""
    waiting = len(book.proposals)
    to_confirm = Link(t("issues.go_confirm", count=count(waiting)), book.view.href("issues", show=PROPOSED))
    return empty_state(t("issues.none_yet"), t("issues.none_yet_text"), to_confirm if waiting else None)


def level_legend() -> str:
    """Which shade is which level."""
    keys = "".join(f'<i class="hx-key hx-tone-level_{level}"></i>{t(f"level.{level}")}' for level in LEVELS)
    return f'<p class="hx-note">{t("issues.legend")}{keys}</p>'


def issue_columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("project", t("word.project"), "name", width="18%"),
        Column("text", t("issues.text"), width="19%"),
        Column("reason", t("column.reason"), "tag"),
        Column("level", t("issues.hand"), "short"),
        Column("in_hand", t("issues.days_in_hand"), "number"),
        Column("relay", t("issues.relay"), width="15%"),
        Column("due", t("issues.due"), "short"),
        Column("owner", t("issues.owner"), width="9%"),
        Column("echo", t("issues.echo"), "short"),
    ]


def issue_rows(book: IssueBook, lives: Sequence[IssueLife], asked: AskedIssues) -> list[Row]:
    """One row an issue; the bars of all rows are to one scale."""
    longest = max((life.days_open for life in lives), default=0) or 1
    query = {
        "show": asked.shown,
        "state": asked.state,
        "level": asked.levels,
        "reason": asked.reasons,
        "source": asked.sources,
    }
    return [_issue_row(book, life, longest, query) for life in lives]


def _issue_row(book: IssueBook, life: IssueLife, longest: int, query: dict[str, object]) -> Row:
    issue = life.issue
    return {
        "project": Link(book.name(issue.project_id), book.view.project(issue.project_id)),
        "text": Link(issue.text, book.view.href("issues", **query, issue=issue.issue_id)),
        "reason": reason_name(life.reason),
        "level": t(f"level.{life.level}") if life.is_open else t(f"issues.state_{life.state}"),
        "in_hand": life.days_in_hand if life.is_open else None,
        "relay": relay(life, longest),
        "due": due_cell(life),
        "owner": life.owner,
        "echo": echo_cell(book, life),
    }


def relay(life: IssueLife, longest: int) -> Stack:
    """The hands of an issue one after the other, as long as it was in them, against the longest of the list."""
    parts = tuple(
        (hand.days / longest, f"level_{hand.level}", hand_words(hand.level, hand.since, hand.until, hand.days))
        for hand in life.hands
        if hand.days
    )
    return Stack(parts, t("issues.days", count=count(life.days_open)))


def hand_words(level: str, since: date, until: date, days: int) -> str:
    """In whose hands from when to when."""
    return t("issues.in_hands", level=t(f"level.{level}"), since=since, until=until, days=count(days))


def due_cell(life: IssueLife) -> Graded | str:
    """The due date; once past, by how many days."""
    if life.days_overdue:
        return Graded(f"▲ {t('issues.days_overdue', count=count(life.days_overdue))}", "behind")
    return life.due_date.isoformat() if life.due_date else ""


def echo_cell(book: IssueBook, life: IssueLife) -> Graded | str:
    """What the month's return says of an issue; of a closed one when it was closed, or that it came back."""
    echo = book.echoes[life.issue.issue_id]
    if book.has_come_back(life):
        return Graded(f"◆ {t('issues.named_after', month=period_name(echo.last_period))}", "attention")
    if echo.state == STEP_SETTLED and life.is_open:
        return Graded(f"● {t('issues.echo_step_settled')}", "on_track")
    if life.closed_on:
        return t("issues.closed_on", day=life.closed_on.isoformat())
    return t(f"issues.echo_{echo.state}")
