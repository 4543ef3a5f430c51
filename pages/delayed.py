"""滞后项目: overdue and behind, worst first, by district, reason and level; a row opens its project."""

import streamlit as st

from ui.delays import (
    DELAY_LIST_COLUMNS,
    ask_delays,
    chosen_delays,
    delay_frame,
    delay_summary,
    reason_bars,
    waiting_bars,
)
from ui.html import heading, note, sentence, stat_bars
from ui.locale import t
from ui.project_list import open_selected
from ui.tables import colour_grades, table_config
from ui.theme import panel_key
from ui.view import open_view

view = open_view(t("page.delayed"))
st.html(sentence(delay_summary(view)))
asked = ask_delays()
rows = chosen_delays(view, asked)
listed, side = st.columns([17, 5])
with listed, st.container(key=panel_key("delayed")):
    st.html(note(t("delayed.remark", count=len(rows))))
    if rows.empty:
        st.html(note(t("empty.delays")))
    else:
        shown = delay_frame(rows)
        selection = st.dataframe(
            colour_grades(shown, ("grade",), rows["grade"]),
            key="delayed_list",
            hide_index=True,
            placeholder="—",
            height=740,
            row_height=38,
            column_config=table_config(DELAY_LIST_COLUMNS),
            on_select="rerun",
            selection_mode="single-row",
        )
        open_selected(rows, selection["selection"]["rows"], view)
with side:
    with st.container(key=panel_key("reasons")):
        st.html(heading(t("delayed.reasons")) + stat_bars(reason_bars(view)))
    with st.container(key=panel_key("levels")):
        st.html(heading(t("overview.levels")) + stat_bars(waiting_bars(view)))
