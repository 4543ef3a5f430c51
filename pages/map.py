"""挂图作战: where the projects lie and how they stand; the card of one, those without a place, the entry of places."""

import streamlit as st

from reports.workbooks import lists_workbook
from storage.clock import office_time
from ui.chart_parts import CHART_OPTIONS
from ui.downloads import offer_download
from ui.html import sentence
from ui.issues import issue_day
from ui.locale import t
from ui.place_forms import draw_entry, draw_place_form, place_table
from ui.theme import panel_key
from ui.view import open_view
from ui.work_card import work_card
from ui.zone_map import ENTRY, UNPLACED, ask_map, map_part, map_summary, open_clicked, placed_list, tray

PIXELS = 866

view = open_view(t("page.map"))
day = issue_day(view, office_time().date())
st.html(sentence(view.remember(map_summary)))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_map(view)
    offer_download(
        t("map.download"),
        lambda: lists_workbook([(t("map.place"), place_table(view))], t("page.map"), []),
        f"{t('page.map')}.xlsx",
    )
shown, side = st.columns([26, 17])
with shown, st.container(key=panel_key("map"), height=PIXELS):
    part = view.remember(map_part, asked)
    st.html(part.head)
    st.plotly_chart(part.chart, key="zone_map", on_select=open_clicked, selection_mode="points", **CHART_OPTIONS)
    st.html(part.foot)
with side, st.container(key=panel_key("work"), height=PIXELS):
    if asked.project:
        st.html(view.remember(work_card, asked.project, day, "map"))
        draw_place_form(view, asked.project)
    elif asked.shown == ENTRY:
        draw_entry(view)
    else:
        st.html(view.remember(tray if asked.shown == UNPLACED else placed_list, asked))
