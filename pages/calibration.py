"""字号校准: which size of type this screen needs, found by looking at it from the furthest seat."""

import streamlit as st

from ui.calibration import asked_factor, sizes_html
from ui.filters import asked_text
from ui.locale import t
from ui.stage import LIGHT
from ui.stage_pages import framed
from ui.theme import STAGE_KEY, stage_style

style = stage_style(asked_text("ground") != LIGHT)
with st.container(key=STAGE_KEY):
    st.html(f"<style>{style}</style>{framed(t('calibration.title'), sizes_html(asked_factor()), '', 1)}")
