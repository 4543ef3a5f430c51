"""What people record of a project's steps and land on the page, where no ledger tells it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from domain.permit_steps import APPLIED, GRANTED, PERMIT_STATES
from domain.permit_words import LandEvent, PermitEvent
from domain.roles import RECORD
from storage.clock import office_time
from storage.permits import record_permits
from ui import reads
from ui.deciding import recorded
from ui.formats import is_missing
from ui.issue_forms import DAY_FORMAT
from ui.locale import t
from ui.permit_marks import state_text
from ui.session import actor
from ui.view import View


def draw_step_form(view: View, cell: Any) -> None:
    """The form for one step, filled in with what stands; empty again once something was recorded."""
    if not view.scope.may(RECORD):
        return
    written = reads.database().version()
    with (
        st.popover(t("permits.record")),
        st.form(f"step_{cell.project_id}_{cell.step}_{written}", border=False, clear_on_submit=False),
    ):
        event = _event_asked(view, cell)
        if st.form_submit_button(t("issues.save"), type="primary"):
            recorded(lambda: record_permits(reads.database(), [event], actor=actor(RECORD), recorded_at=office_time()))


def _event_asked(view: View, cell: Any) -> PermitEvent:
    first = st.container(horizontal=True)
    state = first.selectbox(
        t("permits.state"),
        PERMIT_STATES,
        PERMIT_STATES.index(cell.told) if cell.told in PERMIT_STATES else 1,
        format_func=state_text,
    )
    on_date = _day(first, "permits.as_of", newest_day(view))
    days = st.container(horizontal=True)
    applied = _day(days, "permits.applied_on", day_or_none(cell.applied_date))
    due = _day(days, "permits.due_on", day_or_none(cell.newest_due_date))
    granted = _day(days, "permits.granted_on", day_or_none(cell.granted_date))
    who = st.container(horizontal=True)
    office = who.text_input(t("permits.office"), "" if is_missing(cell.office) else cell.office)
    number = who.text_input(t("permits.number"), "" if is_missing(cell.document_number) else cell.document_number)
    said = st.text_input(t("permits.note"))
    return typed_event(cell, state, on_date, (applied, due, granted), office, number, said)


def typed_event(
    cell: Any,
    state: str,
    on_date: date | None,
    days: tuple[date | None, date | None, date | None],
    office: str,
    number: str,
    said: str,
) -> PermitEvent:
    """The event as typed; dates that were filled in and that the state cannot have are left out."""
    applied, due, granted = days
    return PermitEvent(
        project_id=cell.project_id,
        body=cell.body,
        step=cell.step,
        state=state,
        on_date=on_date or office_time().date(),
        applied_date=applied if state in (APPLIED, GRANTED) else None,
        due_date=due,
        granted_date=granted if state == GRANTED else None,
        office=office,
        document_number=number,
        note=said,
    )


def draw_land_form(view: View, project_id: str) -> None:
    """The form for the land of a project, or of one to be chosen."""
    if not view.scope.may(RECORD):
        return
    projects = view.states.drop_duplicates("project_id").set_index("project_id")
    codes = list(projects.index)
    with st.popover(t("land.record")), st.form("land_form", border=False, clear_on_submit=True):
        chosen = st.selectbox(
            t("word.project"),
            codes,
            codes.index(project_id) if project_id in codes else None,
            format_func=lambda code: str(projects["project_name"].get(code, code)),
            placeholder=t("word.choose"),
        )
        on_date = _day(st, "permits.as_of", newest_day(view))
        row = st.container(horizontal=True)
        wanted, applied, granted = (
            row.number_input(t("land.in_mu", name=t(f"land.{name}")), 0.0, None, None, 0.01)
            for name in ("wanted", "applied", "granted")
        )
        said = st.text_input(t("land.note"))
        if st.form_submit_button(t("issues.save"), type="primary"):
            body = str(projects["body"].get(chosen, ""))
            day = on_date or office_time().date()
            event = LandEvent(chosen or "", body, day, *map(_area, (wanted, applied, granted)), said)
            recorded(
                lambda: record_permits(
                    reads.database(), land=[event], actor=actor(RECORD), recorded_at=office_time()
                )
            )


def newest_day(view: View) -> date:
    """The day as of which something is recorded unless said otherwise: the cut-off date, today where it has not come."""
    return min(view.period.last_day, office_time().date())


def day_or_none(value: pd.Timestamp | None) -> date | None:
    """A day of a frame as a date."""
    return None if is_missing(value) else value.date()


def _area(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(place: Any, label: str, value: date | None) -> date | None:
    found: date | None = place.date_input(t(label), value, format=DAY_FORMAT)
    return found
