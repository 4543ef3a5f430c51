"""规上企业: sales and tax of the firms above scale against the year before, by sub-district and firm, and their projects."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.firms import ask_firms, course_chart, districts_table, firms_panel, firms_sentence, firms_table, months_offered
from ui.html import heading
from ui.locale import t
from ui.panels import panel
from ui.view import open_view

WIDTHS = [16, 9]
COURSE_PIXELS, PIXELS = 160, 640

view = open_view(t("page.firms"), offered=months_offered, needs_returns=False)
with st.container(key="filters", horizontal=True, vertical_alignment="center"):
    asked = ask_firms()
st.html(view.remember(firms_sentence, asked))
districts, course = st.columns(WIDTHS)
with districts, panel("districts"):
    st.html(view.remember(districts_table, asked))
with course, panel("firm_course"):
    st.html(heading(t("firms.course", unit=t("unit.yi")), t("firms.course_remark")))
    st.plotly_chart(view.remember(course_chart, asked.what, COURSE_PIXELS), key="firm_course", **CHART_OPTIONS)
firms, opened = st.columns(WIDTHS)
with firms, panel("firms", PIXELS):
    st.html(view.remember(firms_table, asked))
with opened, panel("firm_panel", PIXELS):
    st.html(view.remember(firms_panel, asked))
