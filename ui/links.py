"""Links inside the system: an address, and the anchor that leads to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.locale import language

LARGE, STANDARD = "large", "standard"

# A scheme, a foreign host, or a control character, which browsers drop from "java\tscript:": no page builds one.
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})|.*[\x00-\x1f]", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a page of ours. ``is_late`` colours it as late (red means late and nothing else)."""

    text: str
    href: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """A remark within a sentence, small and grey: 已核 0 behind the number reported."""

    text: str


def is_large() -> bool:
    """True when the address asks for large type (?type=large), for the meeting."""
    return get_script_run_ctx(suppress_warning=True) is not None and st.query_params.get("type") == LARGE


def page_href(url_path: str = "", **query: object) -> str:
    """The relative address of a page: its url_path and query, the language kept; a query value of None is left out."""
    asked = {key: value for key, value in query.items() if value is not None and value != ""}
    if language() != "zh":
        asked.setdefault("lang", language())
    if is_large():
        asked.setdefault("type", LARGE)
    return f"./{url_path}" + (f"?{urlencode(asked, doseq=True)}" if asked else "")


def receipt_link(number: str) -> Link:
    """A receipt's number that leads to the receipt."""
    return Link(number, page_href("receipt", receipt=number))


def anchor(text: str, href: str, css_class: str) -> str:
    """An escaped same-tab anchor; raises ValueError for an address outside the system."""
    return anchor_around(escape(text), href, css_class)


def anchor_around(html: str, href: str, css_class: str) -> str:
    """The same around what is HTML already."""
    if OUTSIDE.match(href):
        raise ValueError(f"not an address of ours: {href!r}")
    return f'<a class="{css_class}" href="{escape(href)}" target="_self">{html}</a>'


def linked(part: str | Link | Quiet, css_class: str = "hx-link") -> str:
    """A part of a text as HTML: escaped, and an anchor when it is a Link."""
    if isinstance(part, Quiet):
        return f'<i class="hx-quiet">{escape(part.text)}</i>'
    if isinstance(part, str):
        return escape(part)
    return anchor(part.text, part.href, f"{css_class} hx-late" if part.is_late else css_class)
