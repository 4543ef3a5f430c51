"""报送情况: who has sent what, in time and complete; the reminder to copy; the lock after the meeting."""

from functools import partial

import streamlit as st

from domain.collection import months_offered
from domain.scope import OFFICE
from storage.clock import office_time
from ui import reads
from ui.collection import collection_head, collection_of, collection_parts
from ui.collection_forms import draw_exceptions, draw_lock, draw_rule
from ui.html import heading, note
from ui.locale import t
from ui.reminders import reminders
from ui.theme import panel_key
from ui.view import open_view

TEXT_PIXELS = 172
TODAY = office_time().date()
view = open_view(
    t("page.collection"),
    lambda view: collection_head(view.remember(collection_of, TODAY)),
    partial(months_offered, today=TODAY),
)
collection = view.remember(collection_of, TODAY)
sentence, table, course = view.remember(collection_parts, TODAY)
st.html(sentence)
with st.container(key=panel_key("collected")):
    st.html(table)
year, owed = st.columns([15, 9])
with year, st.container(key=panel_key("collection_course"), height="stretch"):
    st.html(course)
with owed, st.container(key=panel_key("reminders"), height="stretch"):
    st.html(heading(t("collection.reminders"), t("collection.reminders_remark")))
    texts = view.remember(reminders, TODAY)
    for text in texts:
        st.code(text, language=None, wrap_lines=True, height=TEXT_PIXELS if len(texts) > 1 else "content")
    if not texts:
        st.html(note(t("collection.nothing_owed")))
with st.container(key=panel_key("deciding")):
    rule, lock, exceptions = st.columns([2, 3, 5])
    with rule:
        draw_rule(collection, months_offered(reads.periods(OFFICE), TODAY))
    with lock:
        draw_lock(collection)
    with exceptions:
        draw_exceptions(collection)
