"""Recording what a person decided on a page: drawn anew when it is written, told what stands against it when not."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from storage.accepting import NotAcceptable
from ui.html import note
from ui.names import sentence_of


def recorded(write: Callable[[], None]) -> None:
    """Record something and draw the page anew, or say what stands against it."""
    try:
        write()
    except NotAcceptable as refusal:
        st.html(note(sentence_of(refusal)))
        return
    st.rerun()
