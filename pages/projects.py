"""项目库: filter, search, sort, open a project, and download the list."""

import streamlit as st

from reports.open_data.package import open_package, package_name
from storage.clock import office_time
from ui import reads
from ui.downloads import offer_download, offer_lists
from ui.formats import period_name
from ui.html import note
from ui.locale import t
from ui.project_list import LIST_COLUMNS, ask_list, open_selected, project_list
from ui.tables import LIST_OPTIONS, list_pixels, table_config, workbook_frame
from ui.theme import panel_key
from ui.view import open_view

PIXELS = 820

view = open_view(t("page.projects"))
found = view.remember(project_list, ask_list(view))

with st.container(key=panel_key("list")):
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(note(" · ".join(found.summary)))
        name = f"{t('page.projects')} {period_name(view.period)}"
        with st.container(horizontal=True, width="content"):
            offer_download(
                t("action.open_data"),
                lambda: open_package(reads.database(), view.scope, view.record, office_time()),
                package_name(view.record),
                mime="application/zip",
            )
            offer_lists(lambda: [(t("word.project"), workbook_frame(found.rows))], name, found.summary)
    if found.rows.empty:
        st.html(note(t("empty.table")))
    else:
        config = table_config(LIST_COLUMNS)
        high = list_pixels(len(found.rows), PIXELS)
        selection = st.dataframe(found.table, key="project_list", height=high, column_config=config, **LIST_OPTIONS)
        open_selected(found.rows, selection["selection"]["rows"], view)
