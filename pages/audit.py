"""操作记录: who did what when, from where: what was recorded, and sign-ins, uploads, mended cells, files taken along."""

import streamlit as st

from storage.access import access_faults
from storage.clock import office_time
from storage.health import search_audit
from ui import reads
from ui.audit import ask_search, audit_table
from ui.health import time_text
from ui.html import note, page_header
from ui.locale import t
from ui.panels import panel
from ui.session import scope

PIXELS = 916

reader, db = scope(), reads.database()
st.html(page_header(t("page.audit"), [t("health.context", at=time_text(office_time()))]))
for fault in access_faults(db.path):
    st.html(note(t(f"health.fault_{fault.code}", place=fault.place)))
with st.container(key="filters", horizontal=True, vertical_alignment="center"):
    search = ask_search(reader)
with panel("audit", PIXELS):
    st.html(audit_table(reader, *search_audit(db, reader, search)))
