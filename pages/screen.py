"""会议大屏: the meeting's pages over the whole window, turned by keys; a project's card over them."""

import streamlit as st

from reports.meeting import gather_meeting
from ui.chart_parts import CHART_OPTIONS
from ui.stage import DARK, asked_place, draw_keys, draw_turning, fitted_page
from ui.stage_card import card_page
from ui.stage_pages import page_chart, page_html
from ui.theme import STAGE_KEY, stage_style
from ui.view import asked_view

view = asked_view()
meeting = view.remember(gather_meeting)
place = asked_place(len(meeting.pages))
page = fitted_page(meeting.pages[place.page - 1], place.factor)
# All is made before the screen is drawn over the window: what goes wrong then is said where it can be read.
shown = card_page(meeting, place, view) if place.card else page_html(meeting, page, place, view)
chart = None if place.card else page_chart(page, place)
with st.container(key=STAGE_KEY):
    st.html(f"<style>{stage_style(place.ground == DARK)}</style>{shown}")
    draw_keys(meeting, page, place, lambda: None)
    if chart is not None:
        with st.container(key="stage_chart"):
            st.plotly_chart(chart, key=f"stage_{page.code}", **CHART_OPTIONS)
    draw_turning(place, len(meeting.pages))
