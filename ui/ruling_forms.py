"""What people record of suspensions and of months excused: added, renewed, ended, revoked."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.periods import Period
from domain.reasons import OTHER, REASONS
from domain.roles import DECIDE, RECORD
from domain.rulings import DEFERRED, ENDED, GRANTED, RENEWED, SUSPENDED, Excuse, SuspensionEvent
from storage.clock import office_time
from storage.rulings import record_excuse, record_suspension, revoke_excuse
from ui import reads
from ui.deciding import recorded
from ui.formats import period_name
from ui.html import heading, note
from ui.locale import t
from ui.names import reason_name
from ui.rules import offered_months
from ui.rulings import RulingBook, body_of, excused_months, suspension_rows
from ui.session import actor

DAY_FORMAT = "YYYY-MM-DD"
REASON_CODES = (*REASONS, OTHER.code)


def draw_suspension_form(book: RulingBook) -> None:
    """A project, and what is recorded of it: begun where nothing is on record, else renewed or ended."""
    if not book.view.scope.may(RECORD):
        st.html(heading(t("rulings.record")) + note(t("signin.only_others")))
        return
    written = reads.database().version()
    st.html(heading(t("rulings.record")))
    first = suspension_rows(book)
    others = [project_id for project_id in book.view.standings["project_id"] if project_id not in first]
    project_id = _project_asked(book, [*first, *others], f"suspended_{written}")
    if project_id is None:
        return
    suspension = book.suspensions.get(project_id)
    kinds = (SUSPENDED, DEFERRED) if suspension is None else (RENEWED, ENDED)
    kind = st.segmented_control(
        t("rulings.kind"), kinds, default=kinds[0], required=True, format_func=lambda code: t(f"suspension.{code}"),
        key=f"kind_{project_id}_{written}",
    )  # fmt: skip
    with st.form(f"suspension_{project_id}_{kind}_{written}", border=False):
        event = _event_asked(book, project_id, str(kind))
        if st.form_submit_button(t("rules.save"), type="primary"):
            recorded(lambda: record_suspension(reads.database(), event, actor=actor(RECORD), recorded_at=office_time()))


def _project_asked(book: RulingBook, ids: list[str], key: str) -> str | None:
    return st.selectbox(
        t("word.project"),
        ids,
        None,
        format_func=lambda each: str(book.view.names.get(each, each)),
        placeholder=t("word.choose"),
        key=key,
    )


def _event_asked(book: RulingBook, project_id: str, kind: str) -> SuspensionEvent:
    """The fields of a kind of event, and the event as typed."""
    before = book.suspensions.get(project_id)
    latest = min(book.view.period.last_day, office_time().date())
    days = st.container(horizontal=True)
    on_date = days.date_input(t("rulings.on_date"), latest, max_value=latest, format=DAY_FORMAT)
    reason, resumption = "", None
    if kind != ENDED:
        resumption = days.date_input(t("rulings.resumption"), None, format=DAY_FORMAT)
        preset = REASON_CODES.index(before.reason) if before and before.reason in REASON_CODES else 0
        reason = st.selectbox(t("column.reason"), REASON_CODES, preset, format_func=reason_name)
    said = st.text_area(t(f"rulings.note_{kind}"), height=80)
    body = body_of(book.view.states, project_id)
    return SuspensionEvent(project_id, body, kind, _day(on_date, latest), str(reason), said, resumption)


def _day(value: object, otherwise: date) -> date:
    return value if isinstance(value, date) else otherwise


def draw_excuse_form(book: RulingBook) -> None:
    """The form of a decision that excuses months, and the one that voids a decision."""
    if not book.view.scope.may(DECIDE):
        st.html(heading(t("rulings.excuses"), t("rulings.excuses_remark")) + note(t("signin.only_others")))
        return
    written = reads.database().version()
    st.html(heading(t("rulings.excuses"), t("rulings.excuses_remark")))
    with st.popover(t("rulings.excuse")), st.form(f"excuse_{written}", border=False):
        excuse = _excuse_asked(book)
        if st.form_submit_button(t("rules.save"), type="primary"):
            recorded(lambda: record_excuse(reads.database(), excuse, actor=actor(DECIDE), recorded_at=office_time()))
    if not book.excuses:
        return
    with st.popover(t("rulings.revoke")), st.form(f"revoke_{written}", border=False):
        st.html(note(t("rulings.revoke_remark")))
        chosen = st.selectbox(t("rulings.decision"), book.excuses, format_func=lambda each: _decision_text(book, each))
        reason = st.text_input(t("rules.reason"))
        if st.form_submit_button(t("rulings.revoke_confirm"), type="primary"):
            recorded(
                lambda: revoke_excuse(
                    reads.database(), chosen, reason=reason, actor=actor(DECIDE), recorded_at=office_time()
                )
            )


def _decision_text(book: RulingBook, excuse: Excuse) -> str:
    return f"{book.view.names.get(excuse.project_id, '')} {excused_months(excuse)}"


def _excuse_asked(book: RulingBook) -> Excuse:
    project_id = _project_asked(book, list(book.view.standings["project_id"]), "excused_project") or ""
    months = offered_months(book.view)
    here = months.index(str(book.view.period))
    places = st.columns(2)
    first = places[0].selectbox(t("rulings.from_month"), months, here, format_func=period_name)
    last = places[1].selectbox(t("rulings.to_month"), months, here, format_func=period_name)
    meeting = st.text_input(t("rulings.meeting"), placeholder=t("rulings.meeting_hint"))
    decided_by = st.text_input(t("rulings.decided_by"))
    reason = st.text_area(t("rulings.why"), height=80)
    body = body_of(book.view.states, project_id) if project_id else ""
    return Excuse("", project_id, body, GRANTED, Period.parse(first), Period.parse(last), meeting, decided_by, reason)
