"""转化: how far those signed have come, how long each step takes, and which project waits where since when."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.conversion import ask_waits, conversion_parts, list_columns, steps_of, wait_list
from ui.downloads import offer_lists
from ui.formats import period_name
from ui.html import empty_state, heading, note
from ui.links import Link
from ui.list_sheets import wait_sheet
from ui.locale import t
from ui.panels import panel
from ui.project_list import open_selected
from ui.tables import LIST_OPTIONS, list_pixels
from ui.theme import panel_key
from ui.view import open_view

LIST_PIXELS = 384

view = open_view(t("page.conversion"))
if steps_of(view).empty:
    st.html(
        empty_state(t("conversion.empty"), t("conversion.empty_text"), Link(t("page.projects"), view.href("projects")))
    )
    st.stop()

shown = view.remember(conversion_parts)
st.html(shown.sentence)
funnel, durations = st.columns([27, 21])
with funnel, panel("funnel"):
    st.html(heading(t("conversion.funnel"), t("conversion.funnel_remark")) + shown.funnel)
with durations, panel("durations"):
    st.html(heading(t("conversion.durations"), t("conversion.durations_remark")))
    st.plotly_chart(shown.durations, **CHART_OPTIONS)
    st.html(shown.left_out)
with st.container(key=panel_key("waits")):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        title = st.empty()
        with st.container(horizontal=True, width="content"):
            asked = ask_waits(view)
            name = f"{t('page.conversion')} {period_name(view.period)}"
            offer_lists(lambda: [(t("page.conversion"), wait_sheet(view, asked))], name)
    rows, table = view.remember(wait_list, asked)
    title.html(heading(t("conversion.waits", count=len(rows)), t("conversion.waits_remark")))
    if rows.empty:
        st.html(note(t("conversion.nobody")))
    else:
        high = list_pixels(len(rows), LIST_PIXELS)
        selection = st.dataframe(table, key="wait_list", height=high, column_config=list_columns(), **LIST_OPTIONS)
        open_selected(rows, selection["selection"]["rows"], view)
