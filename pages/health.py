"""系统状态: backups, the chains of journal and record of use, the checks, room on the disk, versions."""

import streamlit as st

from storage.clock import office_time
from storage.health import read_health
from ui import reads
from ui.health import backups_table, draw_ask, health_sentence, health_table, time_text
from ui.html import page_header
from ui.locale import t
from ui.panels import panel
from ui.session import scope

PIXELS = 924

scope()
now = office_time()
health = read_health(reads.database())
st.html(page_header(t("page.health"), [t("health.context", at=time_text(now))]))
st.html(health_sentence(health))
state, kept = st.columns([14, 11])
with state, panel("health", PIXELS):
    st.html(health_table(health, now))
with kept, panel("backups", PIXELS):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        draw_ask(health)
    st.html(backups_table(health))
