"""系统状态: backups, the chain of the journal, the checks, room on the disk, versions; the journal to search."""

import streamlit as st

from storage.clock import office_time
from storage.health import read_health, search_journal
from ui import reads
from ui.health import ask_search, backups_table, draw_ask, health_sentence, health_table, journal_table, time_text
from ui.html import page_header
from ui.locale import t
from ui.session import scope
from ui.theme import panel_key

TOP_PIXELS, LOW_PIXELS, PIXELS = 520, 388, 924

reader, now = scope(), office_time()
health = read_health(reads.database())
st.html(page_header(t("page.health"), [t("health.context", at=time_text(now))]))
st.html(health_sentence(health))
state, journal = st.columns([10, 15])
with state:
    with st.container(key=panel_key("health"), height=TOP_PIXELS):
        st.html(health_table(health, now))
    with st.container(key=panel_key("backups"), height=LOW_PIXELS):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            draw_ask(health)
        st.html(backups_table(health))
with journal, st.container(key=panel_key("journal"), height=PIXELS):
    with st.container(horizontal=True, vertical_alignment="center"):
        search = ask_search(reader)
    st.html(journal_table(reader, *search_journal(reads.database(), reader, search)))
