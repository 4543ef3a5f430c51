"""The meeting's screen, page by page and at every size of type: what is drawn, what is cut, where the keys lead."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st
from hostile_texts import HOSTILE_TEXTS, Reader
from meetings import COURSES, FIGURES, ISSUES, LEVELS, MEETING, PAGES, delayed
from sample_views import id_of, view_of

from domain.meeting import MOST_ROWS, PAGE_CODES, Bullet, BulletGroup, Entry, LineTable, MeetingPage, SegmentBar
from reports.meeting.words import say
from storage.engine import Database
from ui import stage
from ui.chart_parts import ready
from ui.chart_stage import stage_courses
from ui.locale import text_in
from ui.stage import DARK, LIGHT, Place, asked_place, fitted_page, lines_of
from ui.stage_blocks import BODY_PIXELS, block_html, bullets_html, most_lines, table_html
from ui.stage_card import card_page
from ui.stage_pages import page_chart, page_html
from ui.theme import DARK as DARK_PALETTE
from ui.theme import GRADES, stage_style

HERE = Place(page=1, line=-1, card="", ground=DARK, factor=1.0, is_auto=False)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The query of an address, read and written without a run of a page."""
    query: dict[str, str] = {}
    monkeypatch.setattr(st, "query_params", query)
    return query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, HERE),
        ({"page": "3"}, replace(HERE, page=3)),
        ({"page": "99"}, replace(HERE, page=7)),
        ({"page": "-2"}, HERE),
        ({"page": "zwei", "line": "x"}, HERE),
        ({"page": "999999999999"}, HERE),
        ({"line": "2", "card": "p1"}, replace(HERE, line=2, card="p1")),
        ({"ground": "light"}, replace(HERE, ground=LIGHT)),
        ({"ground": "green"}, HERE),
        ({"size": "1.3"}, replace(HERE, factor=1.3)),
        ({"size": "90"}, replace(HERE, factor=2.0)),
        ({"size": "0.01"}, replace(HERE, factor=0.6)),
        ({"size": "groß"}, HERE),
        ({"size": "nan"}, HERE),
        ({"auto": "on"}, replace(HERE, is_auto=True)),
    ],
)
def test_the_place_is_what_the_address_says(address: dict[str, str], query: dict[str, str], expected: Place) -> None:
    """Nonsense and what lies beyond the ends is the first page, the last page, the plain size."""
    address.update(query)
    assert asked_place(len(PAGES)) == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_every_page_says_all_that_it_holds(page: MeetingPage) -> None:
    """Title, figures, lines, and at the foot the cut-off date, the seal, the rules and the page's number."""
    text = Reader(page_html(MEETING, page, replace(HERE, page=2), view_of())).text
    assert page.title in text
    for part in ("2024-08-31", "2024年8月", "2024-09-10 09:30", "本区规则 第1版", "2 / 7"):
        assert part in text
    for block in page.blocks:
        if isinstance(block, LineTable):
            assert all(entry.text in text for line in block.lines for entry in line.entries)


def test_a_figure_leads_to_its_projects() -> None:
    """One with projects is a link to the list of just these, one without is plain."""
    html = block_html(FIGURES, view_of())
    assert len(Reader(html).hrefs) == sum(bool(figure.project_ids) for figure in FIGURES)
    assert "only=p1&amp;only=p2" in html


@pytest.mark.parametrize(
    ("bullet", "said", "unsaid"),
    [
        (Bullet("新竣工", 12, 22, 8 / 12, -12.12, "behind", "个", last_year=9), ("12 / 22", "-12.1 个百分点", "去年同期 9", "▲"), ()),
        (Bullet("新竣工", 12, 22, 8 / 12, 3.0, "on_track", "个"), ("+3.0 个百分点", "●"), ("去年",)),
        (Bullet("新竣工", None, 22, 8 / 12, None, "unknown", "个"), ("— / 22", "○", "未报"), ("百分点",)),
        (Bullet("投资", 1390.25, None, 8 / 12, None, "unknown", "亿元", 1), ("1,390.3", "未设目标"), ("/", "○", "百分点")),
        (Bullet("投资", 0, 0, 1.0, None, "unknown", "亿元"), ("0 / 0",), ("百分点",)),
    ],
)
def test_a_bullet_says_figure_target_gap_and_last_year(bullet: Bullet, said: tuple[str, ...], unsaid: tuple[str, ...]) -> None:
    """What is not known is not said, and never drawn as nothing done."""
    text = Reader(bullets_html(BulletGroup("", (bullet,)))).text
    assert all(part in text for part in said)
    assert not any(part in text for part in unsaid)


def test_segments_leave_out_what_is_nothing() -> None:
    """Four of five levels have issues; a whole without parts says so."""
    text = Reader(block_html(LEVELS, view_of())).text
    assert "新区" not in text
    assert "企业" in text
    assert "无" in Reader(block_html(SegmentBar("在谁手里", ()), view_of())).text


@pytest.mark.parametrize("factor", [0.6, 0.8, 1.0, 1.3, 1.6, 2.0])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_no_more_lines_than_fit_at_a_size(page: MeetingPage, factor: float) -> None:
    """Larger type has fewer lines; those left out are counted with the rest, and at least one stays."""
    before, after = lines_of(page), lines_of(fitted_page(page, factor))
    if before is None or not before.lines:
        assert after is None or after.lines == ()
        return
    assert 1 <= len(after.lines) <= MOST_ROWS
    assert len(after.lines) + after.rest == len(before.lines) + before.rest


def test_lines_fit_between_title_and_foot() -> None:
    """In pixels of the style sheet, for a table alone and below figures."""
    for factor in (0.8, 1.0, 1.5):
        for beside in ((), (FIGURES,), (FIGURES, LEVELS)):
            taken = factor * (146 + 196 * len(beside) + 50 + 78 * most_lines(factor, beside)) + 50
            assert taken <= BODY_PIXELS or most_lines(factor, beside) == 1


def test_a_table_says_what_is_chosen_and_what_is_empty() -> None:
    """The chosen line stands out; no line is a sentence."""
    assert table_html(ISSUES, chosen=2).count("hs-chosen") == 1
    assert "没有滞后项目" in table_html(delayed(0))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_texts_stay_texts(text: str) -> None:
    """Nothing that a return or a person wrote becomes markup on the screen."""
    table = replace(ISSUES, lines=(replace(ISSUES.lines[0], entries=(Entry(text),) * 4),))
    page = MeetingPage("delayed", text, text, (table,))
    read = Reader(page_html(MEETING, page, HERE, view_of()))
    assert {"script", "img", "iframe"}.isdisjoint(read.tags)
    assert not any(name.startswith("on") for name in read.attributes)
    assert text in read.text


@pytest.mark.parametrize("ground", [DARK, LIGHT])
def test_the_courses_are_a_figure_that_plotly_takes(ground: str) -> None:
    """Four small charts: a line each, and the straight line where there is a target."""
    chart = page_chart(PAGES[1], replace(HERE, ground=ground))
    assert chart is not None
    assert len(chart.data) == len(COURSES) + sum(course.target is not None for course in COURSES)
    assert page_chart(PAGES[0], HERE) is None


def test_a_month_without_a_return_is_a_gap_in_its_course() -> None:
    """It is neither nothing nor the month before."""
    data = ready(stage_courses(COURSES[:1], DARK_PALETTE)).data[1]
    assert data.y[4] is None
    assert data.connectgaps is False


def test_a_card_tells_dates_money_blocker_and_cell(year: Database) -> None:
    """A late project of the sample year; an unknown one is a sentence."""
    view = view_of()
    place = replace(HERE, card=id_of(view, "LNG换冷站项目"))
    text = Reader(card_page(MEETING, place, view)).text
    for part in ("LNG换冷站项目", "首次承诺", "最新计划", "总投资", "滨海片区2024年12月亿元以上项目推进情况表.xlsx", "第"):
        assert part in text
    assert "找不到这个项目" in card_page(MEETING, replace(HERE, card="p0"), view)


def test_the_style_of_the_stage_holds_within_the_stage() -> None:
    """Both grounds set every grade's colour there, and nowhere else."""
    for is_dark, grade in ((True, GRADES["behind"].dark), (False, GRADES["behind"].colour)):
        style = stage_style(is_dark)
        assert f"--hx-behind:{grade}" in style
        assert style.startswith(".st-key-stage{")


class Keys:
    """The buttons that were drawn, by key; pressing one does what a key does."""

    def __init__(self) -> None:
        self.drawn: dict[str, object] = {}
        self.shortcuts: list[str] = []

    def button(self, _label: str, *, key: str, shortcut: str | None, on_click) -> None:
        assert key not in self.drawn
        self.drawn[key] = on_click
        self.shortcuts += [shortcut] if shortcut else []


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, address: dict[str, str]) -> Keys:
    """The keys of a page of seven."""
    pressed = Keys()
    drawn = SimpleNamespace(
        button=pressed.button, container=lambda **_: pytest.MonkeyPatch.context(), query_params=address
    )
    monkeypatch.setattr(stage, "st", drawn)
    return pressed


@pytest.mark.parametrize(
    ("place", "key", "address_after"),
    [
        (HERE, "right", {"page": "2"}),
        (HERE, "pagedown", {"page": "2"}),
        (HERE, "space", {"page": "2"}),
        (HERE, "left", {"page": "1"}),
        (replace(HERE, page=4), "pageup", {"page": "3"}),
        (replace(HERE, page=7), "right", {"page": "7"}),
        (replace(HERE, page=4), "home", {"page": "1"}),
        (HERE, "6", {"page": "6"}),
        (replace(HERE, page=4), "down", {"line": "0"}),
        (replace(HERE, page=4, line=1), "up", {"line": "0"}),
        (replace(HERE, page=4, line=1), "enter", {"line": "1", "card": "p1"}),
        (replace(HERE, page=4), "open_3", {"line": "3", "card": "p1"}),
        (replace(HERE, page=4), "enter", {}),
        (replace(HERE, page=2), "down", {}),
        (replace(HERE, page=4, line=1, card="p1"), "escape", {"line": "1"}),
        (replace(HERE, page=4, line=1, card="p1"), "right", {"page": "5"}),
        (HERE, "p", {"auto": "on"}),
        (replace(HERE, is_auto=True), "p", {}),
    ],
)
def test_a_key_leads_where_it_says(keys: Keys, address: dict[str, str], place: Place, key: str, address_after: dict[str, str]) -> None:
    """From every page, at the ends, with a line chosen and with a card open."""
    address.update({"page": str(place.page)} if place.page > 1 else {})
    address.update({"line": str(place.line)} if place.line >= 0 else {})
    address.update({"card": place.card} if place.card else {})
    address.update({"auto": "on"} if place.is_auto else {})
    before = dict(address)
    stage.draw_keys(MEETING, PAGES[place.page - 1], place, lambda: None)
    keys.drawn[f"press_{key}"]()
    expected = {**before, **address_after}
    if key == "escape":
        expected.pop("card")
    if key == "p" and place.is_auto:
        expected.pop("auto")
    if "page" in address_after:
        expected = {name: value for name, value in expected.items() if name not in ("line", "card")}
    assert address == expected


def test_escape_leaves_the_screen_where_no_card_is_open(keys: Keys) -> None:
    """What leaving means is the page's business."""
    left = []
    stage.draw_keys(MEETING, PAGES[0], HERE, lambda: left.append(True))
    keys.drawn["press_escape"]()
    assert left == [True]


def test_every_key_is_bound_once(keys: Keys) -> None:
    """Two buttons under one key would turn two pages."""
    stage.draw_keys(MEETING, PAGES[3], HERE, lambda: None)
    assert len(keys.shortcuts) == len(set(keys.shortcuts))
    assert {"Right", "Left", "PageDown", "PageUp", "Space", "Home", "Escape", "Enter", "P", "1", "7"} <= set(keys.shortcuts)


@pytest.mark.parametrize("code", PAGE_CODES)
def test_every_page_of_a_meeting_has_a_name(code: str) -> None:
    """Where its title is rewritten, and in the bulletin."""
    assert text_in("zh", f"meeting.page_{code}") and say("zh", f"page.{code}")
