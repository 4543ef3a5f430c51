"""Files to take along: one button, for those whose role may."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.roles import EXPORT
from ui.session import scope


def offer_download(
    label: str,
    make: Callable[[], bytes | str],
    file_name: str,
    *,
    key: str | None = None,
    mime: str | None = None,
    is_main: bool = False,
) -> None:
    """The button of a file, which is made when it is pressed; nothing for a role that may not take files along.

    ``is_main`` is the one thing to do at its place.
    ``make`` runs outside the page's run, where nobody is signed in: what it needs to know of the reader it is given.
    """
    if scope().may(EXPORT):
        kind, width = ("primary", "stretch") if is_main else ("secondary", "content")
        st.download_button(
            label, data=make, file_name=file_name, mime=mime, key=key, on_click="ignore", type=kind, width=width
        )
