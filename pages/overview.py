"""总览: the year's figures against their targets, what changed, and what is furthest behind, on one screen."""

import streamlit as st

from ui import reads
from ui.cards import figure_cards
from ui.chart_courses import course_grid
from ui.chart_parts import CHART_OPTIONS
from ui.html import change_list, heading, sentence, stat_bars
from ui.html_tables import plain_table
from ui.locale import t
from ui.overview import courses, delay_columns, delay_rows, figures, kept_promises, level_bars
from ui.sentences import changes, headline
from ui.theme import panel_key
from ui.view import open_view

view = open_view(t("page.overview"))
progress = reads.progress(view.scope, view.record)

st.html(sentence(headline(view, progress)))
st.html(figure_cards(figures(view, progress)))
left, right = st.columns([11, 14])
with left, st.container(key=panel_key("course"), height="stretch"):
    st.html(heading(t("overview.course"), t("overview.course_remark")))
    st.plotly_chart(course_grid(courses(view, progress), height=316), **CHART_OPTIONS)
    st.html(heading(t("overview.changes")) + change_list(changes(view, progress)))
with right, st.container(key=panel_key("delays"), height="stretch"):
    st.html(heading(t("overview.delays"), t("overview.delays_remark", count=len(view.delays))))
    st.html(plain_table(delay_columns(), delay_rows(view), is_compact=True, empty=t("empty.delays")))
    promises, levels = st.columns(2)
    promises.html(heading(t("overview.promises"), t("overview.promises_remark")) + stat_bars(kept_promises(view)))
    levels.html(heading(t("overview.levels"), t("overview.levels_remark")) + stat_bars(level_bars(view)))
