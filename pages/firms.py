"""规上企业: sales and tax of the firms above scale against the year before, by sub-district and firm, and their projects."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.firms import ask_firms, course_chart, districts_table, firms_panel, firms_sentence, firms_table, months_offered
from ui.html import heading
from ui.locale import t
from ui.theme import panel_key
from ui.view import open_view

TOP_PIXELS, PIXELS = 236, 628

view = open_view(t("page.firms"), offered=months_offered, needs_returns=False)
with st.container(key="filters", horizontal=True, vertical_alignment="center"):
    asked = ask_firms()
st.html(view.remember(firms_sentence, asked))
left, right = st.columns([16, 9])
with left:
    with st.container(key=panel_key("districts"), height=TOP_PIXELS):
        st.html(view.remember(districts_table, asked))
    with st.container(key=panel_key("firms"), height=PIXELS):
        st.html(view.remember(firms_table, asked))
with right:
    with st.container(key=panel_key("firm_course"), height=TOP_PIXELS):
        st.html(heading(t("firms.course", unit=t("unit.yi")), t("firms.course_remark")))
        st.plotly_chart(view.remember(course_chart, asked.what, TOP_PIXELS - 76), key="firm_course", **CHART_OPTIONS)
    with st.container(key=panel_key("firm_panel"), height=PIXELS):
        st.html(view.remember(firms_panel, asked))
