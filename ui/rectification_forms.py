"""What people record of rectification ledgers: a ledger read from a file, what a month published, closings approved at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from domain.rectification import RectificationBulletin
from domain.rectification_changes import LedgerChanges
from domain.rectification_lists import OPINION, ReadLedger
from domain.roles import DECIDE
from domain.tasks import APPROVING, TaskEvent, TaskLife
from storage.accepting import NotAcceptable
from storage.clock import office_time
from storage.rectification import publish_bulletin
from storage.rectifying import changes_against, record_changes
from storage.tasks import record_tasks
from ui import reads
from ui.deciding import recorded
from ui.fault_table import fault_table
from ui.formats import count
from ui.html import heading, note
from ui.locale import LANGUAGES, t, text_in
from ui.names import sentence_of
from ui.rectification import rectification_book
from ui.session import actor
from ui.view import View

KINDS = ("xlsx", "xls", "csv", "txt")
ReadFile = Callable[[bytes], ReadLedger]


def draw_ledger_entry(view: View, day: date, read: ReadFile) -> None:
    """A ledger from a file, told before it is recorded; and what a month's bulletin published."""
    if not view.scope.may(DECIDE):
        return
    version = reads.database().version()
    with st.expander(t("rectification.entry")):
        file = st.file_uploader(t("rectification.choose"), type=KINDS, key=f"rectification_{version}")
        if file:
            _draw_file(file.getvalue(), read)
    with st.expander(t("rectification.bulletin")):
        _draw_bulletin(view, day)


def _draw_file(content: bytes, read: ReadFile) -> None:
    try:
        found = _changes(content, read)
    except NotAcceptable as refusal:
        st.html(note(sentence_of(refusal)))
        return
    st.html(change_notes(found))
    is_empty = found.is_empty(with_approvals=False)
    if st.button(t("rectification.record"), type="primary", disabled=is_empty):
        recorded(lambda: record_changes(reads.database(), found, actor=actor(DECIDE)))


def _changes(content: bytes, read: ReadFile) -> LedgerChanges:
    told = reads.remember("rectification_file", (hashlib.sha256(content).hexdigest(),), lambda: read(content))
    return changes_against(reads.database(), told)


def change_notes(found: LedgerChanges) -> str:
    """What a file brings, in numbers; that approvals are another account's; each line that cannot be taken, with why."""
    said = t(
        "rectification.brings",
        problems=count(len(found.problems)),
        tasks=count(len(found.tasks)),
        events=count(len(found.events) - found.approvals),
        unchanged=count(found.unchanged),
        faults=count(len(found.faults)),
    )
    waiting = note(t("rectification.approvals", count=count(found.approvals))) if found.approvals else ""
    return note(said) + waiting + fault_table(found.faults)


def _draw_bulletin(view: View, day: date) -> None:
    """The form of a month's published figures; without a ledger it says what comes first."""
    ledgers = [counts.rectification for counts in view.remember(rectification_book, day).ledgers]
    if not ledgers:
        st.html(note(t("rectification.no_ledger")))
        return
    with st.form(f"bulletin_{view.period}_{reads.database().version()}", border=False):
        ledger = ledgers[0]
        if len(ledgers) > 1:
            ledger = st.selectbox(t("rectification.ledger"), ledgers, format_func=lambda each: each.name)
        numbers = st.container(horizontal=True)
        done = numbers.number_input(t("rectification.published_done"), min_value=0, value=None, step=1)
        going_on = numbers.number_input(t("rectification.published_going_on"), min_value=0, value=None, step=1)
        today = office_time().date()
        published_on = st.date_input(
            t("rectification.published_on"), min(view.period.last_day, today), max_value=today, format="YYYY-MM-DD"
        )
        source = st.text_input(t("rectification.published_source")) or ""
        if st.form_submit_button(t("tasks.save"), type="primary"):
            recorded(lambda: _publish(view, ledger.rectification_id, (done, going_on), published_on, source))


def _publish(view: View, ledger: str, counts: tuple[int | None, int | None], on_date: date, source: str) -> None:
    done, going_on = counts
    if done is None or going_on is None:
        raise NotAcceptable(*(text_in(code, "rectification.half_published") for code in LANGUAGES))
    bulletin = RectificationBulletin(ledger, view.period, int(done), int(going_on), on_date, source)
    publish_bulletin(reads.database(), bulletin, actor=actor(DECIDE), recorded_at=office_time())


def draw_approvals(view: View, day: date, lives: Sequence[TaskLife]) -> None:
    """Approve all closings that wait among those listed; what this account applied for itself is left to another."""
    if not view.scope.may(DECIDE):
        return
    who = actor(DECIDE)
    waiting = [life for life in lives if life.applied and life.applied.recorded_by != who]
    own = len(lives) - len(waiting)
    st.html(heading(t("rectification.approve_title", count=count(len(lives))), t("rectification.approve_remark")))
    if own:
        st.html(note(t("rectification.own", count=count(own))))
    if not waiting:
        return
    with st.form(f"approve_{reads.database().version()}", border=False):
        opinion = st.text_area(t("tasks.note_approved"), OPINION, height=80) or ""
        if st.form_submit_button(t("rectification.approve_all", count=count(len(waiting))), type="primary"):
            events = [
                TaskEvent(life.task.task_id, APPROVING, min(day, office_time().date()), opinion) for life in waiting
            ]
            recorded(
                lambda: record_tasks(reads.database(), events=events, actor=actor(DECIDE), recorded_at=office_time())
            )
