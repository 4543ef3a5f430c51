"""推进计划: the year's planned nodes against the returns, project by project and as a list; what is overdue first."""

import streamlit as st

from ui.chart_parts import CHART_OPTIONS
from ui.downloads import offer_lists
from ui.formats import period_name
from ui.html import empty_state, heading, note, sentence
from ui.links import Link, page_href
from ui.list_sheets import node_sheet
from ui.locale import t
from ui.node_marks import legend
from ui.node_plan import (
    ask_rows,
    ask_shown,
    gantt_part,
    listed,
    month_number,
    month_remark,
    month_table,
    node_columns,
    nodes_of,
    plan_changes,
    plan_summary,
)
from ui.panels import panel
from ui.project_list import open_selected
from ui.tables import LIST_OPTIONS, list_pixels
from ui.theme import panel_key
from ui.view import open_view

# Of the list where nothing is due in the month, and of a node that is.
LIST_PIXELS, NODE_PIXELS = 680, 40

view = open_view(t("page.node_plan"))
if nodes_of(view).empty:
    text = t("nodes.empty_text", year=view.period.year)
    st.html(empty_state(t("nodes.empty"), text, Link(t("action.upload"), page_href("upload"))))
    st.stop()

st.html(sentence(view.remember(plan_summary)))
gantt, lists = st.columns([27, 21])
with gantt, panel("gantt"):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        title = st.empty()
        start = ask_rows(view)
    shown = view.remember(gantt_part, start)
    title.html(heading(t("nodes.gantt"), shown.remark))
    names, chart = st.columns([3, 7], gap=None)
    names.html(shown.names)
    chart.plotly_chart(shown.chart, **CHART_OPTIONS)
    st.html(legend() + view.remember(plan_changes))
with lists:
    with st.container(key=panel_key("due_nodes")):
        st.html(heading(t("nodes.this_month"), view.remember(month_remark)))
        st.html(view.remember(month_table))
    with panel("open_nodes"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            listing = st.empty()
            with st.container(horizontal=True, width="content"):
                choice = ask_shown()
                name = f"{t('page.node_plan')} {period_name(view.period)}"
                offer_lists(lambda: [(t("page.node_plan"), node_sheet(view))], name)
        rows, table = view.remember(listed, choice)
        listing.html(heading(t(f"nodes.show_{choice}"), t("word.rows", count=len(rows))))
        if rows.empty:
            st.html(note(t("nodes.none")))
        else:
            config = node_columns()
            high = list_pixels(len(rows), LIST_PIXELS - NODE_PIXELS * view.remember(month_number))
            selection = st.dataframe(table, key="node_list", height=high, column_config=config, **LIST_OPTIONS)
            open_selected(rows, selection["selection"]["rows"], view)
