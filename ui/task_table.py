"""The list of tasks: what, about what, who leads, by when, how it stands; on its page, a project's, an issue's, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from domain.bodies import ZONE, body_name
from domain.tasks import CANCELLED, TaskLife
from ui.formats import count, period_name
from ui.html import empty_state, heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link, linked
from ui.locale import language, t
from ui.tasks import AskedTasks, TaskBook, chosen_tasks, origin, source_name, task_book
from ui.view import View

MOST_ROWS = 200
FRAME_COLUMNS = (
    "tasks.text",
    "tasks.source",
    "tasks.meeting",
    "word.project",
    "issues.text",
    "tasks.lead",
    "tasks.taking_part",
    "tasks.leader",
    "tasks.problem",
    "tasks.measures",
    "tasks.schedule",
    "tasks.opened_on",
    "tasks.first_due",
    "tasks.due",
    "tasks.due_changes",
    "tasks.stands",
    "tasks.overdue_days",
    "tasks.newest",
    "tasks.closed_on",
    "tasks.result",
    "tasks.evidence",
)


def task_list(view: View, day: date, asked: AskedTasks) -> str:
    """The tasks that answer."""
    book = view.remember(task_book, day)
    if not book.lives:
        return empty_state(t("tasks.none_yet"), t("tasks.none_yet_text"))
    found = chosen_tasks(book, asked)
    more = note(t("tasks.more", count=count(len(found) - MOST_ROWS))) if len(found) > MOST_ROWS else ""
    return (
        heading(t("tasks.list_title", count=count(len(found))), t("tasks.list_remark", day=day.isoformat()))
        + plain_table(task_columns(), task_rows(book, found[:MOST_ROWS], asked), empty=t("tasks.none_found"))
        + more
    )


def task_columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("text", t("tasks.text"), "name", width="25%"),
        Column("about", t("tasks.about"), width="15%"),
        Column("lead", t("tasks.lead"), width="9%"),
        Column("taking_part", t("tasks.taking_part"), width="11%"),
        Column("due", t("tasks.due"), "short"),
        Column("moved", t("tasks.moved"), "number"),
        Column("stands", t("tasks.stands"), "short"),
        Column("newest", t("tasks.newest"), width="17%"),
        Column("origin", t("tasks.source"), "short"),
    ]


def task_rows(book: TaskBook, lives: Sequence[TaskLife], asked: AskedTasks) -> list[Row]:
    """One row a task."""
    query = {"state": asked.state, "source": asked.sources, "lead": asked.leads}
    return [
        {
            "text": Link(life.task.text, book.view.href("tasks", **query, task=life.task.task_id)),
            "about": about(book, life),
            "lead": life.lead,
            "taking_part": life.taking_part,
            "due": life.due_date.isoformat(),
            "moved": life.due_changes or None,
            "stands": stands(life),
            "newest": newest_note(life),
            "origin": origin(life),
        }
        for life in lives
    ]


def about(book: TaskBook, life: TaskLife) -> Link | str:
    """What a task is about: the problem of its ledger; its issue or its project, which it opens; empty for none."""
    task = life.task
    if life.detail.problem_id:
        return book.problems.get(life.detail.problem_id, "")
    if task.issue_id:
        words = t("tasks.about_issue", project=book.name(task.project_id), text=book.issue_text(task.issue_id))
        return Link(words, book.view.href("issues", issue=task.issue_id, state="all"))
    return Link(book.name(task.project_id), book.view.project(task.project_id)) if task.project_id else ""


def due_text(life: TaskLife) -> str:
    """The due date in force, and how often it was moved."""
    return life.due_date.isoformat() + (t("issues.due_moved", times=life.due_changes) if life.due_changes else "")


def stands(life: TaskLife) -> Graded | str:
    """How a task stands: days overdue or left; once closed when, and how late."""
    if life.applied:
        return t("tasks.waiting", day=life.applied.on_date, count=count(life.days_waiting))
    if life.days_overdue:
        return Graded(f"▲ {t('tasks.days_overdue', count=count(life.days_overdue))}", "behind")
    if life.is_open:
        return t("tasks.days_left", count=count(life.days_left)) if life.days_left else t("tasks.due_today")
    if life.state == CANCELLED:
        return t("tasks.cancelled_on", day=life.closed_on)
    late = life.days_late
    return t("tasks.done_late", count=count(late)) if late else t("tasks.done_on", day=life.closed_on)


def newest_note(life: TaskLife) -> str:
    """The words that were last recorded of it, with their day."""
    newest = life.newest_progress
    return f"{newest.on_date} {newest.note}" if newest else ""


def project_tasks(view: View, day: date, project_id: str) -> str:
    """The tasks about one project of any district, for its own page, with a way to record one."""
    return _tasks_about(view, day, t("tasks.of_project"), project=project_id)


def issue_tasks(view: View, day: date, issue_id: str) -> str:
    """The tasks about one issue, for its card, with a way to record one."""
    return _tasks_about(view, day, t("tasks.of_issue"), issue=issue_id)


def _tasks_about(view: View, day: date, title: str, *, project: str = "", issue: str = "") -> str:
    book = replace(view, body=ZONE.code).remember(task_book, day)
    everything = chosen_tasks(book, AskedTasks(state="all"))
    found = [life for life in everything if is_about(life, project, issue)]
    wanted = (
        ("text", "lead", "due", "stands") if issue else [each.key for each in task_columns() if each.key != "about"]
    )
    columns = [replace(column, width=None) for column in task_columns() if column.key in wanted]
    rows = task_rows(replace(book, view=view), found, AskedTasks(state="all"))
    record = linked(Link(t("tasks.record_one"), view.href("tasks", project=project, issue=issue)), "hx-figure-link")
    table = plain_table(columns, rows, is_compact=True) if rows else ""
    return heading(title, "" if rows else t("tasks.none_about")) + table + f'<p class="hx-note">{record}</p>'


def is_about(life: TaskLife, project_id: str, issue_id: str) -> bool:
    """True for a task about the issue, or where none is named about the project, its issues included."""
    return life.task.issue_id == issue_id if issue_id else life.task.project_id == project_id


def task_frame(book: TaskBook, asked: AskedTasks) -> pd.DataFrame:
    """One row a task that answers, headings as people read them, for the workbook."""
    return pd.DataFrame(
        [_values(book, life) for life in chosen_tasks(book, asked)], columns=[t(name) for name in FRAME_COLUMNS]
    )


def _values(book: TaskBook, life: TaskLife) -> list[object]:
    task = life.task
    return [
        task.text,
        source_name(task.source),
        period_name(task.period) if task.period else "",
        str(book.names.get(task.project_id, "")),
        book.issue_text(task.issue_id),
        life.lead,
        life.taking_part,
        life.detail.leader,
        book.problems.get(life.detail.problem_id, ""),
        life.detail.measures,
        life.detail.schedule,
        pd.Timestamp(task.opened_on),
        pd.Timestamp(task.due_date),
        pd.Timestamp(life.due_date),
        life.due_changes or None,
        t(f"tasks.state_{life.state}"),
        life.days_overdue or None,
        newest_note(life),
        pd.Timestamp(life.closed_on) if life.closed_on else None,
        life.result,
        life.evidence,
    ]


def workbook_title(view: View) -> str:
    """Title and file name of the workbook."""
    return f"{t('page.tasks')} {body_name(view.body, language())} {period_name(view.period)}"
