"""承诺兑现: promises due and kept, dates that moved again, delay by first promise and by latest plan, and silence."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.html import heading, note
from ui.locale import t
from ui.promises import ask_stairs, moved_stairs, promise_parts
from ui.theme import panel_key
from ui.view import open_view

view = open_view(t("page.promises"))
shown = view.remember(promise_parts)
st.html(shown.sentence)
kept, bands = st.columns([29, 19])
with kept, st.container(key=panel_key("kept"), height="stretch"):
    st.html(shown.kept)
with bands, st.container(key=panel_key("bands"), height="stretch"):
    st.html(shown.bands)
moved, silent = st.columns([29, 19])
with moved, st.container(key=panel_key("slips"), height="stretch"):
    st.html(shown.slips)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(heading(t("promises.stairs"), t("promises.stairs_remark")))
        chosen = ask_stairs(view)
    stairs = view.remember(moved_stairs, chosen)
    st.plotly_chart(stairs, **CHART_OPTIONS) if stairs else st.html(note(t("promises.no_moves")))
with silent, st.container(key=panel_key("silence"), height="stretch"):
    st.html(shown.silence)
