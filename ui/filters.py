"""Filters that live in the address, so that a link opens what its sender saw.

Streamlit's own binding drops a value from the address when it is the default; the default period changes every month,
so these widgets always write it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


def asked_value(name: str, options: Sequence[str], default: str) -> str:
    """The value of a parameter of the address when it is one of the options, else the default."""
    asked = st.query_params.get(name)
    return asked if asked in options else default


def asked_values(name: str, options: Sequence[str]) -> list[str]:
    """The values of a parameter that may stand several times; those that are no options are left out."""
    return [value for value in st.query_params.get_all(name) if value in options]


def asked_text(name: str) -> str:
    """The text of a parameter, empty when it is not there."""
    return st.query_params.get(name, "")


def select_one(name: str, label: str, options: Sequence[str], default: str, words: Callable[[str], str]) -> str:
    """A drop-down list for one value of the address."""
    key = _synced(name, asked_value(name, options, default))
    return str(
        st.selectbox(
            label, options, format_func=words, key=key, on_change=_write, args=(name, key), label_visibility="collapsed"
        )
    )


def select_segment(name: str, label: str, options: Sequence[str], default: str, words: Callable[[str], str]) -> str:
    """A row of buttons, one pressed, for one value of the address."""
    key = _synced(name, asked_value(name, options, default))
    return str(
        st.segmented_control(
            label,
            options,
            required=True,
            format_func=words,
            key=key,
            on_change=_write,
            args=(name, key),
            label_visibility="collapsed",
        )
    )


def select_many(name: str, label: str, options: Sequence[str], words: Callable[[str], str], hint: str) -> list[str]:
    """A list for several values of the address; none chosen means all."""
    key = _synced(name, asked_values(name, options))
    return st.multiselect(
        label,
        options,
        format_func=words,
        key=key,
        placeholder=hint,
        on_change=_write,
        args=(name, key),
        label_visibility="collapsed",
    )


def search_text(name: str, label: str, hint: str) -> str:
    """A search box whose text is in the address."""
    key = _synced(name, asked_text(name))
    text = st.text_input(
        label,
        key=key,
        type="search",
        placeholder=hint,
        on_change=_write,
        args=(name, key),
        label_visibility="collapsed",
    )
    return (text or "").strip()


def _synced(name: str, value: object) -> str:
    """Key of the widget of a parameter, its state set to what the address says.

    Set on every run: Streamlit forgets a widget's state on the way to another page, even where the new page draws the
    same widget.
    """
    key = f"filter_{name}"
    st.session_state[key] = value
    return key


def _write(name: str, key: str) -> None:
    value = st.session_state[key]
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
