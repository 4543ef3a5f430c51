"""基础设施: each work with its share done, stage, land and blockers."""

import streamlit as st

from ui.locale import t
from ui.theme import panel_key
from ui.view import open_view
from ui.works import works_html

view = open_view(t("page.infrastructure"))
sentence, panel = view.remember(works_html)
st.html(sentence)
with st.container(key=panel_key("works")):
    st.html(panel)
