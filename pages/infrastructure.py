"""基础设施: each work with its share done, stage, land and blockers."""

import streamlit as st

from ui.html import heading, note, sentence
from ui.html_tables import plain_table
from ui.locale import t
from ui.theme import panel_key
from ui.view import open_view
from ui.works import works_columns, works_rows, works_summary

view = open_view(t("page.infrastructure"))
st.html(sentence(works_summary(view)))
with st.container(key=panel_key("works")):
    st.html(heading(t("page.infrastructure"), t("works.remark", time=t("works.time"))))
    st.html(plain_table(works_columns(), works_rows(view), is_compact=True, empty=t("empty.works")))
    st.html(note(t("works.note")))
