"""指标口径: every indicator, rule, stage, field and finding with its definition."""

import streamlit as st

from ui.definitions import definition_tables
from ui.html import heading, page_header
from ui.html_tables import plain_table
from ui.locale import t
from ui.theme import panel_key

st.html(page_header(t("page.definitions"), [t("definitions.context")]))
for section in definition_tables():
    with st.container(key=panel_key(f"definitions_{section.code}")):
        st.html(heading(t(f"definitions.{section.code}"), section.remark))
        st.html(plain_table(section.columns, section.rows, is_compact=True))
