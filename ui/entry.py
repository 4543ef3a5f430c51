"""What stands in place of a page for whoever may not open it: the way in for nobody, a plain sentence for a role."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

import streamlit as st

from domain.roles import PERMISSIONS, ROLES
from domain.scope import Scope
from storage.access import PAGE_REFUSED
from ui import session
from ui.html import empty_state
from ui.links import Link, page_href
from ui.locale import language, t
from ui.navigation import PageEntry


def draw_way_in() -> None:
    """For nobody: that the sign-in is over or has not begun, and the way to it."""
    if session.trusted_header():
        st.html(empty_state(t("signin.title"), t("signin.no_account")))
    elif session.has_provider() and not session.is_protected():
        _draw_provider()
    elif session.is_protected():
        st.html(empty_state(t("signin.title"), t("signin.local_only")))
    else:
        here = {name: st.query_params.get_all(name) for name in st.query_params}
        following = (
            f"/{st.context.url.rsplit('/', 1)[-1].split('?')[0]}?{urlencode(here, doseq=True)}"
            if st.context.url
            else "/"
        )
        way = f"./sign-in?next={quote(following, safe='')}&lang={language()}"
        st.html(empty_state(t("signin.title"), t("signin.ended"), Link(t("signin.button"), way)))


def _draw_provider() -> None:
    """The button that leads to the provider; for somebody without an account, or whose time is over, the way out."""
    if not st.user.get("is_logged_in"):
        st.html(empty_state(t("signin.title"), t("signin.by_provider")))
        st.button(t("signin.button"), on_click=st.login, type="primary")
        return
    st.html(empty_state(t("signin.title"), t("signin.over_or_unknown")))
    st.button(t("signin.out"), on_click=session.leave_provider)


def draw_not_permitted(entries: Iterable[PageEntry], asked: PageEntry, scope: Scope) -> None:
    """That the role may not open the page; where it was only led to by the bare address, a page that it may open."""
    first = next((entry for entry in entries if entry.is_listed and scope.may(entry.permission)), None)
    if asked.is_default and first:
        st.switch_page(first.file)
    session.note_once(PAGE_REFUSED, page=asked.code)
    name = {each.code: each.name if language() == "zh" else each.english for each in PERMISSIONS}[asked.permission]
    role = ROLES[scope.role].name if language() == "zh" else ROLES[scope.role].english
    way = Link(t(f"page.{first.code}"), page_href(first.code if not first.is_default else "")) if first else None
    st.html(empty_state(t("signin.not_permitted"), t("signin.not_permitted_text", role=role, permission=name), way))
