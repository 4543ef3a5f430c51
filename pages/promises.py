"""承诺兑现: promises due and kept, dates that moved again, delay by first promise and by latest plan, and silence."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.html import heading, note
from ui.locale import t
from ui.panels import panel
from ui.promises import ask_stairs, moved_stairs, promise_parts
from ui.view import open_view

view = open_view(t("page.promises"))
shown = view.remember(promise_parts)
st.html(shown.sentence)
kept, bands = st.columns([29, 19])
with kept, panel("kept"):
    st.html(shown.kept)
with bands, panel("bands"):
    st.html(shown.bands)
moved, silent = st.columns([29, 19])
with moved, panel("slips"):
    st.html(shown.slips)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(heading(t("promises.stairs"), t("promises.stairs_remark")))
        chosen = ask_stairs(view)
    stairs = view.remember(moved_stairs, chosen)
    st.plotly_chart(stairs, **CHART_OPTIONS) if stairs else st.html(note(t("promises.no_moves")))
with silent, panel("silence"):
    st.html(shown.silence)
