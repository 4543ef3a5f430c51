"""The meeting's screen (会议大屏): which page is shown, which line is chosen, which project's card is open.

All of it stands in the address, so that a reload, a second machine and the way back from a card show the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from domain.meeting import LineTable, Meeting, MeetingPage, SegmentBar
from ui.calibration import asked_factor
from ui.filters import asked_text
from ui.stage_blocks import fitting, most_lines, without_short

LIGHT, DARK = GROUNDS = ("light", "dark")
# Seconds that a page stands when pages turn by themselves.
AUTO_SECONDS = 30
# From here on a line has no room for its short columns.
LARGE_FACTOR = 1.2
NEXT_KEYS, BACK_KEYS = ("Right", "PageDown", "Space"), ("Left", "PageUp")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the screen is: the page's number from 1, the chosen line (-1 for none) and the card that is open."""

    page: int
    line: int
    card: str
    ground: str
    factor: float
    is_auto: bool


def asked_place(pages: int) -> Place:
    """Where the address says that the screen is."""
    return Place(
        page=min(max(_whole("page", 1), 1), pages),
        line=_whole("line", -1),
        card=asked_text("card"),
        ground=LIGHT if asked_text("ground") == LIGHT else DARK,
        factor=asked_factor(),
        is_auto=asked_text("auto") == "on",
    )


def _whole(name: str, default: int) -> int:
    text = asked_text(name)
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 6 else default


def fitted_page(page: MeetingPage, factor: float) -> MeetingPage:
    """The page with its table cut to the lines that fit at this size of type; at large type without the bar between."""
    has_figures = any(isinstance(block, tuple) for block in page.blocks)
    if factor > LARGE_FACTOR and has_figures:
        page = replace(page, blocks=tuple(block for block in page.blocks if not isinstance(block, SegmentBar)))
    beside = [block for block in page.blocks if not isinstance(block, LineTable)]
    most = most_lines(factor, beside)

    def fitted(table: LineTable) -> LineTable:
        return fitting(without_short(table) if factor > LARGE_FACTOR else table, most)

    blocks = tuple(fitted(block) if isinstance(block, LineTable) else block for block in page.blocks)
    return replace(page, blocks=blocks)


def lines_of(page: MeetingPage) -> LineTable | None:
    """The table of a page, None where it has none."""
    return next((block for block in page.blocks if isinstance(block, LineTable)), None)


def draw_keys(meeting: Meeting, page: MeetingPage, place: Place, leave: Callable[[], None]) -> None:
    """The buttons behind the keys; nobody sees them. A presenter's remote sends PageDown and PageUp."""
    table = lines_of(page)
    lines = len(table.lines) if table else 0
    with st.container(key="stage_keys"):
        for key in NEXT_KEYS:
            _key(key, lambda: _turn(place.page + 1, len(meeting.pages)))
        for key in BACK_KEYS:
            _key(key, lambda: _turn(place.page - 1, len(meeting.pages)))
        _key("Home", lambda: _turn(1, len(meeting.pages)))
        for number in range(1, len(meeting.pages) + 1):
            _key(str(number), lambda number=number: _turn(number, len(meeting.pages)))
        _key("Down", lambda: _choose(min(place.line + 1, lines - 1)))
        _key("Up", lambda: _choose(max(place.line - 1, 0)))
        _key("Enter", lambda: _open(table, place.line))
        for at in range(lines):
            _key("", lambda at=at: _open(table, at), name=f"open_{at}")
        _key("P", lambda: _put(auto="" if place.is_auto else "on"))
        _key("Escape", (lambda: _put(card="")) if place.card else leave)


def _key(shortcut: str, act: Callable[[], None], name: str = "") -> None:
    name = name or shortcut.lower()
    st.button(name, key=f"press_{name}", shortcut=shortcut or None, on_click=act)


def _turn(page: int, pages: int) -> None:
    """To a page: the card is closed and no line chosen; beyond the ends nothing moves."""
    _put(page=str(min(max(page, 1), pages)), line="", card="")


def _choose(line: int) -> None:
    _put(line=str(line) if line >= 0 else "")


def _open(table: LineTable | None, at: int) -> None:
    """Open the card of a line's project; a line without one opens nothing."""
    if table is not None and 0 <= at < len(table.lines) and table.lines[at].project_id:
        _put(line=str(at), card=table.lines[at].project_id)


def _put(**values: str) -> None:
    """Write values into the address; an empty one is taken out."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def draw_turning(place: Place, pages: int) -> None:
    """Turn the pages by themselves while that is switched on; any key goes on as without it, P ends it."""
    if not place.is_auto or place.card:
        return

    @st.fragment(run_every=AUTO_SECONDS)
    def turning() -> None:
        if st.session_state.get("stage_turned") == place.page:
            st.session_state.pop("stage_turned")
            _turn(place.page % pages + 1, pages)
            st.rerun(scope="app")
        st.session_state["stage_turned"] = place.page

    turning()
