"""The sidebar: sections of pages, the ribbon of sample data, and the switch of language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import streamlit as st

from domain.bodies import body_name
from domain.roles import OVERSEE, READ, ROLES
from domain.scope import Scope
from storage.access import access_faults
from storage.samples import has_samples
from ui import reads, session
from ui.find_box import draw_find_box
from ui.formats import count
from ui.html import note, sidebar_title, warning_band
from ui.links import LARGE, Link, anchor, page_href
from ui.locale import language, t
from ui.theme import CURRENT_KEY

# What a click on another page takes along.
KEPT = ("lang", "period", "body", "type", "rules")
FIND = "find"
# The whole window is the meeting's there.
WITHOUT_BOX = ("screen", "calibration")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its code is its address, its name is ``page.<code>`` in texts.csv, its section ``section.<section>``.

    ``permission`` is what a role must have to open it and to see it in the menu.
    """

    code: str
    file: str
    section: str
    permission: str = READ
    is_default: bool = False
    is_listed: bool = True

    def as_page(self) -> st.Page:
        """The page for st.navigation."""
        title = f"{t(f'page.{self.code}')} · {t('app.name')}"
        return st.Page(self.file, title=title, url_path=None if self.is_default else self.code, default=self.is_default)


def draw_sidebar(entries: Sequence[PageEntry], pages: Mapping[str, st.Page], current: st.Page, scope: Scope) -> None:
    """Draw the sidebar, the pages that the role may open; the current one is marked by the key of its container."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    with st.sidebar:
        is_sample = scope.may(READ) and has_samples(reads.receipts(scope))
        st.html(sidebar_title(t("app.name"), t("app.sample") if is_sample else ""))
        if scope.may(READ) and current.url_path not in WITHOUT_BOX:
            find = pages[FIND]
            draw_find_box(find, kept, is_open=current.url_path == find.url_path)
        listed = [entry for entry in entries if entry.is_listed and scope.may(entry.permission)]
        for section, group in groupby(listed, key=lambda entry: entry.section):
            st.caption(t(f"section.{section}"))
            for entry in group:
                is_current = pages[entry.code].url_path == current.url_path
                place = st.container(key=CURRENT_KEY) if is_current else st
                place.page_link(pages[entry.code], label=t(f"page.{entry.code}"), query_params=kept, width="stretch")
        other = "en" if language() == "zh" else "zh"
        with st.container(key="nav_language", horizontal=True):
            st.page_link(current, label=t("language.other"), query_params={**_query(), "lang": other}, width="stretch")
            st.page_link(current, label=t("type.large"), query_params={**_query(), "type": LARGE}, width="stretch")
        _draw_who(scope)


def _draw_who(scope: Scope) -> None:
    """Who is signed in, as what, and the way out; without accounts, that this machine alone is served."""
    with st.container(key="nav_who"):
        if session.is_protected():
            st.html(note(t("signin.protected")))
            return
        role = ROLES[scope.role]
        district = [body_name(body, language()) for body in scope.bodies] if role.is_of_district else []
        said = " · ".join([*district, role.name if language() == "zh" else role.english])
        account = session.known_accounts().get(scope.actor)
        name = account.person if account and account.person else scope.actor
        way_out = (
            ""
            if session.trusted_header() or session.has_provider()
            else anchor(t("signin.out"), "./sign-out", "hx-link")
        )
        st.html(f'<p class="hx-who"><b>{escape(name)}</b>{escape(said)}</p><p class="hx-who">{way_out}</p>')
        if session.has_provider() and not session.trusted_header():
            st.button(t("signin.out"), on_click=session.leave_provider, type="tertiary")


def draw_read_only(scope: Scope) -> None:
    """Above every page: that nothing can be written; for those who oversee the system, that the record of use has a gap."""
    if faults := reads.database().faults:
        link = Link(t("page.health"), page_href("health")) if scope.may(OVERSEE) else None
        st.html(warning_band(t("error.integrity", count=count(len(faults))), link))
    if scope.may(OVERSEE) and access_faults(reads.database().path):
        st.html(warning_band(t("error.access"), Link(t("page.health"), page_href("health"))))


def _query() -> dict[str, object]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
