"""Beside the list: whose hands the open issues are in and what was resolved; or the story of the one that is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.bodies import ZONE
from domain.issue_lists import Resolution, resolutions
from domain.issue_mentions import statements_in
from domain.issues import ASSIGNED, HANDED_OVER, RECLASSED, IssueEvent, IssueLife
from domain.reasons import LEVELS, OTHER
from ui.formats import DASH, count, number, percent
from ui.html import heading, note, stacked_bar
from ui.html_tables import Column, Graded, Row, plain_table
from ui.issue_lists import source_text
from ui.issue_table import echo_cell, issue_columns, issue_rows, level_legend, relay
from ui.issues import ALL, REASON_CODES, AskedIssues, IssueBook, chosen_issues, issue_book
from ui.links import Link
from ui.locale import t
from ui.names import reason_name
from ui.view import View


def hands_panel(view: View, day: date) -> str:
    """For each level the issues raised, those it has now and for how long at most, and its rate; the same by reason."""
    book = view.remember(issue_book, day)
    by_level = resolutions(book.lives, lambda life: life.level, LEVELS)
    by_reason = resolutions(book.lives, lambda life: life.reason, REASON_CODES)
    raised = sorted((each for each in by_reason if each.raised), key=lambda each: -each.raised)
    levels = [_hand_row(book, each) for each in reversed(by_level)]
    reasons = [_reason_row(book, each) for each in raised]
    return (
        heading(t("issues.hands"), t("issues.hands_remark"))
        + plain_table(_hand_columns(), levels, is_compact=True)
        + note(t("issues.statements", **statements_in(view.states)))
        + heading(t("issues.resolution"), t("issues.resolution_remark"))
        + plain_table(_reason_columns(), reasons, is_compact=True, empty=t("issues.none_yet"))
    )


def _hand_columns() -> list[Column]:
    return [
        Column("level", t("issues.level"), "name"),
        Column("open", t("issues.open_now"), "number"),
        Column("longest", t("issues.longest_days"), "number"),
        *_rate_columns(),
    ]


def _reason_columns() -> list[Column]:
    return [
        Column("reason", t("column.reason"), "name"),
        *_rate_columns(),
        Column("days", t("issues.median"), "number"),
    ]


def _rate_columns() -> list[Column]:
    return [
        Column("raised", t("issues.raised"), "number"),
        Column("resolved", t("issues.resolved"), "number"),
        Column("rate", t("issues.rate"), "number"),
    ]


def _rates(each: Resolution) -> Row:
    return {
        "raised": each.raised,
        "resolved": each.resolved,
        "rate": DASH if each.rate is None else percent(each.rate, 0),
    }


def _hand_row(book: IssueBook, each: Resolution) -> Row:
    here = [life for life in book.open if life.level == each.code]
    longest = max((life.days_in_hand for life in here), default=None)
    name = t(f"level.{each.code}")
    href = book.view.href("issues", level=each.code)
    return {"level": Link(name, href) if here else name, "open": len(here), "longest": longest, **_rates(each)}


def _reason_row(book: IssueBook, each: Resolution) -> Row:
    name = Link(reason_name(each.code), book.view.href("issues", state="all", reason=each.code))
    return {"reason": name, **_rates(each), "days": DASH if each.median_days is None else number(each.median_days)}


def issue_card(view: View, day: date, issue_id: str) -> str:
    """What an issue is, where it was named first, and its relay."""
    book = view.remember(issue_book, day)
    life = book.find(issue_id)
    if life is None:
        return heading(t("issues.unknown")) + note(t("issues.unknown_text"))
    project = Link(book.name(life.issue.project_id), view.project(life.issue.project_id))
    facts: list[Row] = [{"name": t("word.project"), "value": project}, *_facts(book, life)]
    stack = relay(life, life.days_open or 1)
    return (
        heading(life.issue.text)
        + plain_table([Column("name", "", "short"), Column("value", "")], facts, is_compact=True)
        + heading(t("issues.relay"), stack.text)
        + stacked_bar(stack.parts)
    )


def issue_steps(life: IssueLife) -> str:
    """The opening of an issue and each event, the newest first."""
    opened = {
        "day": life.issue.opened_on.isoformat(),
        "step": t(f"issues.opened_{life.issue.source}", level=t(f"level.{life.issue.level}")),
    }
    rows: list[Row] = [*(_step(event) for event in reversed(life.events)), opened]
    columns = [
        Column("day", t("issues.day"), "short", width="92px"),
        Column("step", t("issues.step")),
        Column("note", t("issues.note")),
    ]
    return heading(t("issues.steps")) + plain_table(columns, rows, is_compact=True)


def _facts(book: IssueBook, life: IssueLife) -> list[Row]:
    echo = book.echoes[life.issue.issue_id]
    said = t("issues.level_said", level=t(f"level.{echo.said_level}")) if _says_other_level(book, life) else ""
    explanation = f"（{life.explanation}）" if life.reason == OTHER.code and life.explanation else ""
    facts: list[tuple[str, object]] = [
        (t("column.reason"), reason_name(life.reason) + explanation),
        (t("issues.source"), source_text(book, life)),
        (t("issues.echo"), echo_cell(book, life)),
        *([(t("issues.level"), said)] if said else []),
        (t("issues.owner"), life.owner),
        (t("issues.due"), _due(life)),
        *([(t("issues.result"), life.result)] if life.closed_on else []),
    ]
    return [{"name": name, "value": value} for name, value in facts]


def _due(life: IssueLife) -> Graded | str:
    """The due date, how often it was moved, and by how much it is past."""
    if life.due_date is None:
        return ""
    due = life.due_date.isoformat() + (t("issues.due_moved", times=life.due_changes) if life.due_changes else "")
    late = f" ▲ {t('issues.days_overdue', count=count(life.days_overdue))}"
    return Graded(due + late, "behind") if life.days_overdue else due


def _says_other_level(book: IssueBook, life: IssueLife) -> bool:
    said = book.echoes[life.issue.issue_id].said_level
    return life.is_open and bool(said) and said != life.level


def _step(event: IssueEvent) -> Row:
    words = {
        HANDED_OVER: lambda: t("issues.step_handed_over", level=t(f"level.{event.level}")),
        RECLASSED: lambda: t("issues.step_reclassed", reason=reason_name(event.reason)),
        ASSIGNED: lambda: t(
            "issues.step_assigned",
            owner=event.owner or DASH,
            day=event.due_date.isoformat() if event.due_date else DASH,
        ),
    }
    step = words[event.kind]() if event.kind in words else t(f"issues.step_{event.kind}")
    return {"day": event.on_date.isoformat(), "step": step, "note": event.note}


def project_issues(view: View, day: date, project_id: str) -> str:
    """The issues of one project of any district, with their relay, for its own page."""
    book = replace(view, body=ZONE.code).remember(issue_book, day)
    found = [life for life in chosen_issues(book, AskedIssues(state=ALL)) if life.issue.project_id == project_id]
    waiting = sum(each.newest.project_id == project_id for each in book.proposals)
    remark = t("issues.project_waiting", count=count(waiting)) if waiting else t("issues.project_remark")
    rows = issue_rows(book, found, AskedIssues(state=ALL))
    table = plain_table(issue_columns()[1:], rows, is_compact=True, empty=t("issues.project_none"))
    return heading(t("issues.of_project"), remark) + (level_legend() if rows else "") + table
