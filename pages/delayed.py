"""滞后项目: all that is late, behind, still or silent, worst first; filters, and the card of a project beside the list."""

import streamlit as st

from ui.delays import DELAY_LIST_COLUMNS, LIST_WIDTHS, ask_delays, delay_list, delays_side, today_of
from ui.downloads import offer_lists
from ui.formats import period_name
from ui.html import note
from ui.list_sheets import delay_sheet
from ui.locale import language, t
from ui.panels import panel
from ui.tables import LIST_OPTIONS, list_pixels, table_config
from ui.view import open_view
from ui.work_card import work_card

PIXELS = 862

view = open_view(t("page.delayed"))
day = today_of(view)
sentence, sums = view.remember(delays_side, day)
st.html(sentence)
asked = ask_delays(view)
rows, table = view.remember(delay_list, asked)
listed, side = st.columns([16, 11])
with listed, panel("delayed", PIXELS):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(note(t("delayed.remark", count=len(rows)) if len(rows) else t("empty.delays")))
        title = f"{t('page.delayed')} {period_name(view.period)}"
        offer_lists(lambda: [(t("page.delayed"), delay_sheet(view, asked))], title, [t("delayed.remark", count=len(rows))])
    chosen = asked.project
    if len(rows):
        config = table_config(DELAY_LIST_COLUMNS, widths=LIST_WIDTHS[language()])
        high = list_pixels(len(rows), PIXELS - 84)
        event = st.dataframe(table, key="delayed_list", height=high, column_config=config, **LIST_OPTIONS)
        selected = event["selection"]["rows"]
        chosen = rows.iloc[selected[0]]["project_id"] if selected else chosen
with side, panel("work", PIXELS):
    st.html(view.remember(work_card, chosen, day) if chosen else sums)
