"""总览: the year's figures against their targets, what changed, and what is furthest behind, on one screen."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.html import heading
from ui.locale import t
from ui.overview import overview_parts
from ui.panels import panel
from ui.view import open_view

view = open_view(t("page.overview"), shows_targets=True)
shown = view.remember(overview_parts)

st.html(shown.head)
left, right = st.container(key="overview_lower").columns([11, 14])
with left, panel("course"):
    st.html(heading(t("overview.course"), t("overview.course_remark")))
    st.plotly_chart(shown.course, **CHART_OPTIONS)
    st.html(shown.changes)
with right, panel("delays"):
    st.html(shown.delays)
    promises, levels = st.columns(2)
    promises.html(shown.promises)
    levels.html(shown.levels)
