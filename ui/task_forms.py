"""What people record of tasks: one that was decided, on this page or in the meeting, and what happens to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from domain.bodies import ZONE, body_name
from domain.periods import Period
from domain.roles import DECIDE, RECORD
from domain.task_checks import needs_approval
from domain.task_reports import Answer, event_of
from domain.tasks import (
    APPLYING,
    APPROVING,
    CANCELLING,
    CHANGED,
    DECISION,
    FINISHING,
    PROGRESS,
    REOPENED,
    RETURNING,
    SOURCES,
    STEP_KINDS,
    Task,
    TaskEvent,
    TaskLife,
    task_id_of,
)
from storage.accepting import NotAcceptable
from storage.clock import office_time
from storage.tasks import FAULTS, record_tasks
from ui import reads
from ui.deciding import recorded
from ui.formats import count
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.locale import language, t
from ui.session import actor
from ui.tasks import TaskBook, source_name, task_book
from ui.view import View

DAY_FORMAT = "YYYY-MM-DD"
# What may be done to a task, by whether it is open.
OPEN_ACTIONS = (PROGRESS, APPLYING, FINISHING, CHANGED, CANCELLING)
APPLIED_ACTIONS = (APPROVING, RETURNING, PROGRESS)
CLOSED_ACTIONS = (REOPENED,)
About = tuple[str, str]  # ids of the project and of the issue, empty for none
NOTHING: About = ("", "")


def draw_task_form(view: View, day: date, *, project_id: str = "", issue_id: str = "", source: str = "") -> None:
    """The form that records a task: what, who leads and takes part, by when, beside a project or an issue.

    What is recorded is of the view's month and of ``day`` at the latest; a decision is one of that month's meeting.
    ``source`` leaves no choice of it. The form is empty again once something was recorded.
    """
    if not view.scope.may(DECIDE):
        st.html(note(t("signin.only_others")))
        return
    book = view.remember(task_book, day)
    preset = _preset(book, project_id, issue_id)
    key = f"{'_'.join(preset)}_{reads.database().version()}"
    decided = min(day, office_time().date())
    with st.form(f"new_task_{key}", border=False):
        text = st.text_area(t("tasks.text"), height=80, key=f"task_text_{key}")
        bodies = st.container(horizontal=True)
        lead = bodies.text_input(t("tasks.lead"), key=f"task_lead_{key}")
        taking_part = bodies.text_input(t("tasks.taking_part_optional"), key=f"task_taking_part_{key}")
        dates = st.container(horizontal=True)
        due = dates.date_input(
            t("tasks.due"), next_month_end(decided), min_value=decided, format=DAY_FORMAT, key=f"task_due_{key}"
        )
        chosen = source or dates.selectbox(
            t("tasks.source"), SOURCES, format_func=source_name, key=f"task_source_{key}"
        )
        about = _about_input(book, preset, key)
        if st.form_submit_button(t("tasks.save"), type="primary"):
            words = (text or "", lead or "", taking_part or "")
            recorded(lambda: _record(typed_task(book, words, due, about, chosen, decided)))


def next_month_end(day: date) -> date:
    """The last day of the month after a day's: by the next meeting, unless another date is typed."""
    return Period(day.year, day.month).next().last_day


def _preset(book: TaskBook, project_id: str, issue_id: str) -> About:
    """What the task is about from the outset; an issue brings its project, what is unknown nothing."""
    if issue_id in book.issues:
        return book.issues[issue_id].project_id, issue_id
    return (project_id, "") if project_id in book.names else NOTHING


def _about_input(book: TaskBook, preset: About, key: str) -> About:
    choices = about_choices(book)
    choices += [] if preset in choices else [preset]
    return st.selectbox(
        t("tasks.about_optional"),
        choices,
        choices.index(preset),
        format_func=lambda about: about_name(book, about),
        key=f"task_about_{key}",
    )


def about_choices(book: TaskBook) -> list[About]:
    """Nothing, then each project of the body with its open issues behind it."""
    of_project: dict[str, list[About]] = {}
    for issue in book.open_issues:
        of_project.setdefault(issue.project_id, []).append((issue.project_id, issue.issue_id))
    projects = book.view.names
    return [NOTHING, *(about for code in projects for about in [(code, ""), *of_project.get(code, [])])]


def about_name(book: TaskBook, about: About) -> str:
    """A choice in words: the project, or the project and its issue."""
    project_id, issue_id = about
    if issue_id:
        return t("tasks.about_issue", project=book.name(project_id), text=book.issue_text(issue_id))
    return str(book.names.get(project_id, project_id)) if project_id else t("tasks.about_nothing")


def typed_task(
    book: TaskBook, words: tuple[str, str, str], due: date | None, about: About, source: str, decided: date
) -> Task:
    """The task as typed (what, lead, taking part). Raises NotAcceptable without a due date."""
    if due is None:
        raise NotAcceptable(*FAULTS["no_due"])
    text, lead, taking_part = (word.strip() for word in words)
    project_id, issue_id = about
    states = reads.states(book.view.scope, book.view.record)
    bodies = dict(zip(states["project_id"], states["body"], strict=True))
    period = str(book.view.period) if source == DECISION else ""
    task_id = task_id_of(source, period, project_id, issue_id, text, decided)
    body = bodies.get(project_id, "") if project_id else ZONE.code
    return Task(task_id, source, period, text, lead, due, decided, taking_part, body, project_id, issue_id)


def _record(task: Task) -> None:
    record_tasks(reads.database(), [task], actor=actor(DECIDE), recorded_at=office_time())


def draw_task_event_form(book: TaskBook, life: TaskLife) -> None:
    """The form that records what happened to a task; empty again once something was recorded.

    Whoever approves needs the permission of decisions, and another account than the one that applied.
    """
    if not book.view.scope.may(RECORD):
        return
    written = reads.database().version()
    kind = st.selectbox(
        t("issues.record"),
        actions_of(life),
        format_func=lambda code: t(f"tasks.do_{code}"),
        key=f"task_action_{written}",
    )
    who = DECIDE if kind == APPROVING else RECORD
    with st.form(f"task_event_{kind}_{written}", border=False):
        event = _event_asked(book, life, kind)
        if st.form_submit_button(t("tasks.save"), type="primary"):
            recorded(
                lambda: record_tasks(reads.database(), events=[event], actor=actor(who), recorded_at=office_time())
            )


def actions_of(life: TaskLife) -> tuple[str, ...]:
    """What may be recorded of a task as it stands; one that needs approval is not simply done."""
    if not life.is_open:
        return CLOSED_ACTIONS
    if life.applied:
        return APPLIED_ACTIONS
    closing = tuple(kind for kind in OPEN_ACTIONS if kind != FINISHING or not needs_approval(life.task))
    return (*closing, *STEP_KINDS) if life.days_overdue else closing


def draw_answers(book: TaskBook, answers: Sequence[Answer], *, is_on_card: bool = False) -> None:
    """What the month's returns say of tasks, to be recorded one by one, or all at once where there are several.

    On its card a task is not named again.
    """
    if not answers or not book.view.scope.may(RECORD):
        return
    st.html(heading(t("tasks.answers_title", count=count(len(answers))), t("tasks.answers_remark")))
    if len(answers) > 1 and st.button(t("tasks.record_all", count=count(len(answers))), type="primary"):
        _record_answers(book, answers)
    for number, answer in enumerate(answers):
        st.html(_quoted(answer, is_on_card=is_on_card))
        if st.button(t("tasks.record_answer"), key=f"task_answer_{number}_{reads.database().version()}"):
            _record_answers(book, [answer])


def _quoted(answer: Answer, *, is_on_card: bool) -> str:
    report = answer.report
    said = [(body_name(report.body, language()), report.said), (t("issues.source"), report.place)]
    task = [] if is_on_card else [(t("tasks.text"), answer.life.task.text)]
    rows: list[Row] = [{"name": name, "value": value} for name, value in [*task, *said]]
    return plain_table([Column("name", "", "short"), Column("value", "")], rows, is_compact=True)


def _record_answers(book: TaskBook, answers: Sequence[Answer]) -> None:
    """All in one write, those of one task in the order given."""
    day = min(book.day, office_time().date())
    events = [event_of(answer, book.view.period, day) for answer in answers]
    recorded(lambda: record_tasks(reads.database(), events=events, actor=actor(RECORD), recorded_at=office_time()))


def _event_asked(book: TaskBook, life: TaskLife, kind: str) -> TaskEvent:
    """The fields of a kind of event, and the event as typed."""
    evidence = lead = taking_part = ""
    due = None
    latest = min(book.day, office_time().date())
    earliest = max([life.task.opened_on, *(event.on_date for event in life.events)])
    first = st.container(horizontal=True)
    day = first.date_input(
        t("issues.on_date"), latest, min_value=min(earliest, latest), max_value=latest, format=DAY_FORMAT
    )
    if kind in (CHANGED, REOPENED):
        due = first.date_input(t("tasks.due"), life.due_date if kind == CHANGED else None, format=DAY_FORMAT)
    if kind == CHANGED:
        bodies = st.container(horizontal=True)
        lead = bodies.text_input(t("tasks.lead"), life.lead)
        taking_part = bodies.text_input(t("tasks.taking_part"), life.taking_part)
    said = st.text_area(t(f"tasks.note_{kind}"), height=80)
    if kind in (FINISHING, APPLYING):
        evidence = st.text_input(t("tasks.evidence_optional" if kind == FINISHING else "tasks.evidence"))
    return TaskEvent(life.task.task_id, kind, day, said, evidence, lead, taking_part, due)
