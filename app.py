"""The frame around the pages: title, navigation, style, language, and the guard. No page content."""

from __future__ import annotations

import streamlit as st

from domain.roles import OVERSEE, SEALED, UPLOAD, USERS
from domain.scope import Scope
from ui.entry import draw_not_permitted, draw_way_in
from ui.links import is_large
from ui.locale import language, t
from ui.navigation import PageEntry, draw_read_only, draw_sidebar
from ui.session import signed_in
from ui.theme import page_style
from ui.view import guarded

SIDEBAR_PIXELS = 216
PAGES = (
    PageEntry("overview", "pages/overview.py", "meeting", is_default=True),
    PageEntry("meeting", "pages/meeting.py", "meeting", SEALED),
    PageEntry("map", "pages/map.py", "meeting"),
    PageEntry("screen", "pages/screen.py", "meeting", SEALED, is_listed=False),
    PageEntry("calibration", "pages/calibration.py", "meeting", SEALED, is_listed=False),
    PageEntry("tasks", "pages/tasks.py", "meeting"),
    PageEntry("assessment", "pages/assessment.py", "meeting"),
    PageEntry("projects", "pages/projects.py", "projects"),
    PageEntry("project", "pages/project.py", "projects", is_listed=False),
    PageEntry("delayed", "pages/delayed.py", "projects"),
    PageEntry("promises", "pages/promises.py", "projects"),
    PageEntry("node_plan", "pages/node_plan.py", "projects"),
    PageEntry("conversion", "pages/conversion.py", "projects"),
    PageEntry("permits", "pages/permits.py", "projects"),
    PageEntry("issues", "pages/issues.py", "projects"),
    PageEntry("infrastructure", "pages/infrastructure.py", "projects"),
    PageEntry("firms", "pages/firms.py", "projects"),
    PageEntry("find", "pages/find.py", "projects", is_listed=False),
    PageEntry("ledgers", "pages/ledgers.py", "projects"),
    PageEntry("upload", "pages/upload.py", "returns", UPLOAD),
    PageEntry("receipt", "pages/receipt.py", "returns", is_listed=False),
    PageEntry("collection", "pages/collection.py", "returns"),
    PageEntry("questions", "pages/questions.py", "returns"),
    PageEntry("rules", "pages/rules.py", "about"),
    PageEntry("definitions", "pages/definitions.py", "about"),
    PageEntry("health", "pages/health.py", "system", OVERSEE),
    PageEntry("audit", "pages/audit.py", "system", OVERSEE),
    PageEntry("accounts", "pages/accounts.py", "system", USERS),
)


def main() -> None:
    """Draw the frame and run the page that the address names."""
    st.set_page_config(
        page_title=t("app.name"), layout="wide", initial_sidebar_state="collapsed" if is_large() else SIDEBAR_PIXELS
    )
    pages = kept_pages()
    page = st.navigation(list(pages.values()), position="hidden")
    st.html(f"<style>{page_style(is_large=is_large())}</style>")
    with guarded():
        scope = signed_in()
        draw_way_in() if scope is None else draw_page(scope, pages, page)


def kept_pages() -> dict[str, st.Page]:
    """Code -> page, made once for a window and language: Streamlit looks for each file, which takes a tenth of a run."""
    kept = st.session_state.setdefault("pages", {})
    if language() not in kept:
        kept[language()] = {entry.code: entry.as_page() for entry in PAGES}
    found: dict[str, st.Page] = kept[language()]
    return found


def draw_page(scope: Scope, pages: dict[str, st.Page], page: st.Page) -> None:
    """The one guard: a page is run for those whose role has its permission, and told to all others."""
    draw_sidebar(PAGES, pages, page, scope)
    draw_read_only(scope)
    entry = next(entry for entry in PAGES if pages[entry.code].url_path == page.url_path)
    if scope.may(entry.permission):
        page.run()
    else:
        draw_not_permitted(PAGES, entry, scope)


main()
