"""项目库: filter, search, sort, open a project, and download the list."""

import streamlit as st

from reports.workbooks import list_workbook
from ui.formats import period_name
from ui.html import note
from ui.locale import t
from ui.project_list import LIST_COLUMNS, ask_list, list_summary, listed, open_selected
from ui.tables import display_frame, table_config, workbook_frame
from ui.theme import panel_key
from ui.view import open_view

view = open_view(t("page.projects"))
asked = ask_list(view)
rows = listed(view, asked)

with st.container(key=panel_key("list")):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(note(" · ".join(list_summary(rows, asked))))
        name = f"{t('page.projects')} {period_name(view.period)}"
        st.download_button(
            t("action.download_workbook"),
            data=lambda: list_workbook(workbook_frame(rows), name, list_summary(rows, asked)),
            file_name=f"{name}.xlsx",
            on_click="ignore",
        )
    if rows.empty:
        st.html(note(t("empty.table")))
    else:
        shown = display_frame(rows, LIST_COLUMNS)
        selection = st.dataframe(
            shown,
            key="project_list",
            hide_index=True,
            placeholder="—",
            height=820,
            row_height=38,
            column_config=table_config(shown.columns),
            on_select="rerun",
            selection_mode="single-row",
        )
        open_selected(rows, selection["selection"]["rows"], view)
