"""报送情况: who has sent what, in time and complete; the reminder to copy; the lock after the meeting."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from domain.bodies import ZONE, body_name
from domain.collection import months_offered
from domain.progress import districts_of
from domain.scope import Record
from reports.permit_form import permit_form, permit_form_name
from reports.templates import return_template, template_name
from reports.yearly_forms import node_plan_form, node_plan_form_name, targets_form, targets_form_name
from storage.clock import office_time
from ui import reads
from ui.collection import collection_head, collection_of
from ui.collection_course import collection_parts
from ui.collection_forms import draw_exceptions, draw_lock, draw_rule, forms_head
from ui.downloads import offer_download
from ui.html import heading, note
from ui.locale import language, t
from ui.panels import panel
from ui.reminders import reminders
from ui.theme import panel_key
from ui.view import View, open_view, owed_month

TODAY = office_time().date()


def offer_templates(view: View) -> None:
    """The forms owed next, filled in with what stands on record: the month's for each district, and the year's of the zone."""
    due = Record(owed_month(view))
    st.html(forms_head(view, due.period))
    yearly = [
        ("targets", targets_form, targets_form_name(due)),
        ("node_plan", node_plan_form, node_plan_form_name(due)),
    ]
    for body in districts_of(view.body):
        with st.container(horizontal=True):
            offer_form("template", return_template, template_name(due, body), due, body)
            offer_form("ledger", permit_form, permit_form_name(due, body), due, body)
            if view.body == ZONE.code:
                offer_form(*yearly.pop(0), due)


def offer_form(key: str, form: Callable[..., bytes], file_name: str, due: Record, *body: str) -> None:
    """The button of one form, of a body or of the whole zone, which is made when it is pressed."""
    name = body_name(*body, language()) if body else ""
    offer_download(
        t(f"template.{key}_of", body=name, year=due.period.year),
        partial(form, reads.database(), view.scope, due, *body),
        file_name,
        key="_".join([key, *body]),
    )


view = open_view(
    t("page.collection"),
    lambda view: collection_head(view.remember(collection_of, TODAY)),
    partial(months_offered, today=TODAY),
    needs_returns=False,
)
collection = view.remember(collection_of, TODAY)
sentence, table, course = view.remember(collection_parts, TODAY)
st.html(sentence)
with st.container(key=panel_key("collected")):
    st.html(table)
year, owed = st.columns([11, 13])
with year, panel("collection_course"):
    st.html(course)
with owed, panel("reminders"):
    st.html(heading(t("collection.reminders"), t("collection.reminders_remark")))
    texts = view.remember(reminders, TODAY)
    for place, text in zip(st.columns(max(len(texts), 1)), texts, strict=False):
        place.code(text, language=None, wrap_lines=True)
    if not texts:
        st.html(note(t("collection.nothing_owed")))
with st.container(key=panel_key("deciding")):
    rule, lock, exceptions, forms = st.columns([16, 27, 28, 41])
    with rule:
        draw_rule(collection, months_offered(reads.months(view.scope), TODAY))
    with lock:
        draw_lock(collection)
    with exceptions:
        draw_exceptions(collection)
    with forms:
        offer_templates(view)
