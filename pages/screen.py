"""会议大屏: the meeting's pages over the whole window, turned by keys; a project's card over them."""

import streamlit as st

from reports.meeting.reading import read_month
from ui.chart_parts import CHART_OPTIONS
from ui.meetings import ask_meeting, leave_screen, newer_ribbon, turn_back
from ui.stage import DARK, asked_place, draw_keys, draw_turning, fitted_page
from ui.stage_card import card_page, draw_decision
from ui.stage_pages import page_chart, page_html
from ui.theme import STAGE_KEY, stage_style

turn_back()
asked = ask_meeting()
meeting = asked.remember(read_month).meeting
place = asked_place(len(meeting.pages))
page = fitted_page(meeting.pages[place.page - 1], place.factor)
# All is made before the screen is drawn over the window: what goes wrong then is said where it can be read.
if place.card:
    shown, chart = card_page(meeting, place, asked.view), None
else:
    shown = page_html(meeting, page, place, asked.view, newer_ribbon(asked))
    chart = page_chart(page, place)
with st.container(key=STAGE_KEY):
    st.html(f"<style>{stage_style(place.ground == DARK)}</style>{shown}")
    draw_keys(meeting, page, place, lambda: leave_screen(asked))
    if place.card:
        draw_decision(asked.view, asked.day, place)
    draw_turning(place, len(meeting.pages))
if chart is not None:
    with st.container(key="stage_chart"):
        st.plotly_chart(chart, key=f"stage_{page.code}", **CHART_OPTIONS)
