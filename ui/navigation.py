"""The sidebar: sections of pages, the ribbon of sample data, and the switch of language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from domain.scope import OFFICE
from storage.samples import has_samples
from ui import reads
from ui.formats import count
from ui.html import sidebar_title, warning_band
from ui.links import LARGE, Link, page_href
from ui.locale import language, t
from ui.theme import CURRENT_KEY

# What a click on another page takes along.
KEPT = ("lang", "period", "body", "type", "rules")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its code is its address, its name is ``page.<code>`` in texts.csv, its section ``section.<section>``."""

    code: str
    file: str
    section: str
    is_default: bool = False
    is_listed: bool = True

    def as_page(self) -> st.Page:
        """The page for st.navigation."""
        title = f"{t(f'page.{self.code}')} · {t('app.name')}"
        return st.Page(self.file, title=title, url_path=None if self.is_default else self.code, default=self.is_default)


def draw_sidebar(entries: Sequence[PageEntry], pages: Mapping[str, st.Page], current: st.Page) -> None:
    """Draw the sidebar; the current page is marked by the key of its container."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    with st.sidebar:
        st.html(sidebar_title(t("app.name"), t("app.sample") if has_samples(reads.receipts(OFFICE)) else ""))
        listed = [entry for entry in entries if entry.is_listed]
        for section, group in groupby(listed, key=lambda entry: entry.section):
            st.caption(t(f"section.{section}"))
            for entry in group:
                is_current = pages[entry.code].url_path == current.url_path
                place = st.container(key=CURRENT_KEY) if is_current else st
                place.page_link(pages[entry.code], label=t(f"page.{entry.code}"), query_params=kept, width="stretch")
        other = "en" if language() == "zh" else "zh"
        with st.container(key="nav_language"):
            st.page_link(current, label=t("language.other"), query_params={**_query(), "lang": other}, width="stretch")
            st.page_link(current, label=t("type.large"), query_params={**_query(), "type": LARGE}, width="stretch")


def draw_read_only() -> None:
    """Above every page, while nothing can be written: that it is so, and where it says why."""
    if faults := reads.database().faults:
        st.html(warning_band(t("error.integrity", count=count(len(faults))), Link(t("page.health"), page_href("health"))))


def _query() -> dict[str, object]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
