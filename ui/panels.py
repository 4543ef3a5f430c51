"""The white panels of a page: as high as what they hold, up to the room that the screen has for them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.theme import panel_key


def panel(name: str, most: int | None = None) -> DeltaGenerator:
    """A white panel, as high as the highest beside it; with ``most`` pixels at most, beyond which it scrolls inside.

    Few rows make a low panel instead of a white surface; many fill the screen and no more.
    """
    if most is not None:
        st.html(f"<style>.st-key-{panel_key(name)} {{ max-height: {most}px; overflow: hidden auto; }}</style>")
    return st.container(key=panel_key(name), height="stretch")
