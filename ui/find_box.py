"""The box in the sidebar that looks for anything, from every page; the key / leads to it (static/find.js)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from domain.finding_tokens import MOST_ASKED
from ui.filters import asked_text
from ui.locale import t

BOX_KEY, ASKED_KEY = "find_box", "find_asked"


def draw_find_box(page: st.Page, kept: Mapping[str, str], *, is_open: bool) -> None:
    """Draw the box and go to the answers when something was asked; there it shows what was asked."""
    asked = st.session_state.pop(ASKED_KEY, "")
    if asked:
        st.switch_page(page, query_params={**kept, "q": asked})
    st.session_state[BOX_KEY] = asked_text("q")[:MOST_ASKED] if is_open else ""
    st.text_input(
        t("find.box"),
        key=BOX_KEY,
        type="search",
        placeholder=t("find.box"),
        max_chars=MOST_ASKED,
        on_change=_ask,
        label_visibility="collapsed",
    )


def _ask() -> None:
    st.session_state[ASKED_KEY] = st.session_state[BOX_KEY].strip()
