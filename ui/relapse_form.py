"""On the card of a closed measure whose figure worsened: a person opens it again, or sets the proposal aside."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.relapses import CONFIRMED, RULINGS, Watch, ruling_of
from domain.roles import DECIDE
from domain.tasks import REOPENED, TaskEvent
from storage.clock import office_time
from storage.tasks import record_tasks
from ui import reads
from ui.deciding import recorded
from ui.formats import count
from ui.html import heading, note
from ui.locale import t
from ui.rectification import figure_name, rectification_book
from ui.session import actor
from ui.view import View


def draw_relapse_form(view: View, day: date, task_id: str) -> None:
    """The form, where the task is proposed to be opened again and the session may decide."""
    found = view.remember(rectification_book, day).relapsed
    each = next((each for each in found if each.life.task.task_id == task_id), None)
    if each is None or not view.scope.may(DECIDE):
        return
    st.html(heading(t("rectification.relapsed_one"), t("rectification.relapsed_remark")) + note(_figures(each)))
    with st.form(f"relapse_{task_id}_{reads.database().version()}", border=False):
        kind = st.selectbox(t("issues.record"), RULINGS, format_func=lambda code: t(f"rectification.do_{code}"))
        why = st.text_area(t("rectification.why"), height=80)
        due = st.date_input(t("rectification.new_due"), None, format="YYYY-MM-DD")
        if st.form_submit_button(t("tasks.save"), type="primary"):
            recorded(lambda: _record(each, kind, why, due, min(day, office_time().date())))


def _figures(each: Watch) -> str:
    return t("rectification.from_to", figure=figure_name(each), before=count(each.baseline), now=count(each.value))


def _record(each: Watch, kind: str, why: str, due: date | None, on_date: date) -> None:
    """The ruling, and where it is confirmed the reopening, in one write."""
    again = TaskEvent(each.life.task.task_id, REOPENED, on_date, why, due_date=due)
    record_tasks(
        reads.database(),
        events=[again] if kind == CONFIRMED else [],
        rulings=[ruling_of(each, kind, on_date, why)],
        actor=actor(DECIDE),
        recorded_at=office_time(),
    )
