"""查找: what answers the words typed in the sidebar's box, by kind, each leading to its page."""

import streamlit as st

from ui.finding import answers_html, asked_query, everywhere, found, kinds_html
from ui.html import page_header
from ui.locale import t
from ui.panels import panel

PIXELS = 976

head = st.empty()
head.html(page_header(t("page.find")))
view, asked = everywhere(), asked_query()
head.html(page_header(t("page.find"), [t("word.as_of", day=view.period.last_day.isoformat())]))
answers = found(view, asked)
kinds, listed = st.columns([6, 19])
with kinds, panel("kinds", PIXELS):
    st.html(kinds_html(view, asked, answers))
with listed, panel("answers", PIXELS):
    st.html(answers_html(view, asked, answers))
