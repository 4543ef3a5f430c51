"""The page of tasks: what is known of them, the sentence over them, and what the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import streamlit as st

from domain.issues import Issue, lives_of
from domain.task_lists import Agenda, agenda, closed_since, last_meeting_day, pressing_first
from domain.task_reports import Answer, unrecorded_answers
from domain.tasks import (
    AWAITING,
    CANCELLED,
    DECISION,
    DONE,
    GOING_ON,
    OVERDUE,
    SOURCES,
    STATES,
    TaskLife,
    is_of_body,
    task_lives,
)
from storage import queries
from ui import reads
from ui.filters import asked_text, select_many, select_one
from ui.formats import count, period_name
from ui.html import sentence
from ui.links import Link
from ui.locale import t
from ui.sentences import Part, filled, short_name
from ui.view import View

OPEN, ANSWERED, SINCE, ALL = "open", "answered", "since", "all"
OPEN_STATES = (GOING_ON, OVERDUE, AWAITING)
ASKED_STATES = (OPEN, GOING_ON, OVERDUE, AWAITING, ANSWERED, DONE, SINCE, CANCELLED, ALL)


@dataclass(frozen=True)
class TaskBook:
    """The tasks of a body as of a day, and the projects and issues that they can be about."""

    view: View
    day: date
    last_meeting: date
    lives: list[TaskLife]
    names: dict[str, str]
    issues: dict[str, Issue]
    open_issues: list[Issue]
    answers: list[Answer]
    # Words of the problems of rectification ledgers by their id.
    problems: dict[str, str]

    @cached_property
    def agenda(self) -> Agenda:
        """What the meeting opens with."""
        return agenda(self.lives, self.last_meeting)

    @cached_property
    def leads(self) -> list[str]:
        """Who leads any of them now, in alphabetical order."""
        return sorted({life.lead for life in self.lives})

    def find(self, task_id: str) -> TaskLife | None:
        """The task of an id, None for none."""
        return next((life for life in self.lives if life.task.task_id == task_id), None)

    def answers_to(self, task_id: str) -> list[Answer]:
        """What the month's returns say of a task and nobody has recorded."""
        return [each for each in self.answers if each.life.task.task_id == task_id]

    def name(self, project_id: str) -> str:
        """The project's name without the ending that all names have; its id where no return names it any more."""
        return short_name(str(self.names.get(project_id) or project_id))

    def issue_text(self, issue_id: str) -> str:
        """The words of an issue; empty for none."""
        return self.issues[issue_id].text if issue_id in self.issues else ""


@dataclass(frozen=True, slots=True)
class AskedTasks:
    """What the address asks for; empty lists ask nothing. ``project`` and ``issue`` are what a new task is about."""

    state: str = OPEN
    sources: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    task: str = ""
    project: str = ""
    issue: str = ""


def task_book(view: View, day: date) -> TaskBook:
    """Read all that is known of the tasks of a view."""
    db, scope, record = reads.database(), view.scope, view.record
    details = queries.task_details(db, scope, record)
    lives = task_lives(queries.tasks(db, scope, record), queries.task_events(db, scope, record), day, details)
    issues = queries.opened_issues(db, scope, record)
    states = reads.states(scope, record)
    issue_lives = lives_of(issues, queries.issue_events(db, scope, record), day)
    lives = [life for life in lives if is_of_body(life, view.body)]
    return TaskBook(
        view=view,
        day=day,
        last_meeting=last_meeting_day(queries.seals(db, scope, record), view.period),
        lives=lives,
        names=dict(zip(states["project_id"], states["project_name"], strict=True)),
        issues={issue.issue_id: issue for issue in issues},
        open_issues=[life.issue for life in issue_lives if life.is_open],
        answers=unrecorded_answers(pressing_first(lives), queries.task_reports(db, scope, record)),
        problems={each.problem_id: each.text for each in queries.rectification_problems(db, scope, record)},
    )


def task_sentence(view: View, day: date) -> str:
    """The page's sentence as HTML."""
    return sentence(task_summary(view.remember(task_book, day)))


def task_summary(book: TaskBook) -> list[Part]:
    """How many were given and how they stand, the longest overdue, what was done since the last meeting."""
    if not book.lives:
        return filled("tasks.summary_none", day=book.day.isoformat())
    found = {state: sum(life.state == state for life in book.lives) for state in STATES}
    given = len(book.lives) - found[CANCELLED]
    parts = filled(
        "tasks.summary",
        day=book.day.isoformat(),
        given=_linked(book, given, ALL),
        done=_linked(book, found[DONE], DONE),
        going_on=_linked(book, found[GOING_ON], GOING_ON),
        overdue=_linked(book, found[OVERDUE], OVERDUE),
    )
    if found[AWAITING]:
        parts += filled("tasks.awaiting", awaiting=_linked(book, found[AWAITING], AWAITING))
    longest = next((life for life in book.agenda.owed if life.days_overdue), None)
    if longest:
        days = Link(count(longest.days_overdue), book.view.href("tasks", task=longest.task.task_id), is_late=True)
        parts += filled("tasks.longest", days=days)
    parts += filled("tasks.since_last", day=book.last_meeting.isoformat(), done=_linked(book, len(book.agenda.done), SINCE))
    waiting = len(book.answers)
    return parts + (filled("tasks.answers", waiting=_linked(book, waiting, ANSWERED)) if waiting else [])


def _linked(book: TaskBook, n: int, state: str) -> Part:
    return Link(count(n), book.view.href("tasks", state=state), is_late=state == OVERDUE) if n else count(n)


def ask_tasks(book: TaskBook) -> AskedTasks:
    """Draw the filters and return what is asked."""
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        state = select_one("state", t("card.state"), ASKED_STATES, OPEN, lambda code: t(f"tasks.state_{code}"))
        sources = select_many("source", t("tasks.source"), SOURCES, source_name, t("tasks.all_sources"))
        leads = select_many("lead", t("tasks.lead"), book.leads, str, t("tasks.all_leads"))
    return AskedTasks(
        state, tuple(sources), tuple(leads), asked_text("task"), asked_text("project"), asked_text("issue")
    )


def chosen_tasks(book: TaskBook, asked: AskedTasks) -> list[TaskLife]:
    """The tasks that answer: the open ones as they press, then the closed ones, the newest first."""
    answered = {each.life.task.task_id for each in book.answers}
    since = {life.task.task_id for life in book.agenda.done}
    states = {ALL: STATES, OPEN: OPEN_STATES, ANSWERED: OPEN_STATES, SINCE: (DONE,)}.get(asked.state, (asked.state,))
    found = [
        life
        for life in book.lives
        if life.state in states
        and (asked.state != ANSWERED or life.task.task_id in answered)
        and (asked.state != SINCE or life.task.task_id in since)
        and (not asked.sources or life.task.source in asked.sources)
        and (not asked.leads or life.lead in asked.leads)
    ]
    return [
        *pressing_first(found),
        *(life for state in (DONE, CANCELLED) for life in closed_since(found, state, date.min)),
    ]


def source_name(code: str) -> str:
    """Name of where a task comes from."""
    return t(f"tasks.source_{code}")


def origin(life: TaskLife) -> str:
    """Where a task comes from: of a decision the month of the meeting."""
    task = life.task
    if task.source == DECISION:
        return t("tasks.of_meeting", month=period_name(task.period))
    return source_name(task.source)
