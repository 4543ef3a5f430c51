"""滞后项目: overdue and behind, worst first, by district, reason and level; a row opens its project."""

import streamlit as st

from ui.delays import DELAY_LIST_COLUMNS, ask_delays, delay_list, delays_side
from ui.html import note
from ui.locale import t
from ui.project_list import open_selected
from ui.tables import LIST_OPTIONS, table_config
from ui.theme import panel_key
from ui.view import open_view

view = open_view(t("page.delayed"))
sentence, reasons, levels = view.remember(delays_side)
st.html(sentence)
rows, table = view.remember(delay_list, ask_delays())
listed, side = st.columns([17, 5])
with listed, st.container(key=panel_key("delayed")):
    st.html(note(t("delayed.remark", count=len(rows)) if len(rows) else t("empty.delays")))
    if len(rows):
        config = table_config(DELAY_LIST_COLUMNS)
        selection = st.dataframe(table, key="delayed_list", height=740, column_config=config, **LIST_OPTIONS)
        open_selected(rows, selection["selection"]["rows"], view)
with side:
    with st.container(key=panel_key("reasons")):
        st.html(reasons)
    with st.container(key=panel_key("levels")):
        st.html(levels)
