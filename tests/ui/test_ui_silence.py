"""Strips of months: what each cell says, who is listed, and that a name cannot become markup."""

from __future__ import annotations

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, Reader, assert_harmless
from sample_views import id_of, view_of

from domain.silence import MONTH_STATES, TOLD, silent_projects
from storage.engine import Database
from ui import reads
from ui.project_card import card_parts
from ui.silence import legend, project_strip, silence_panel, strip, strip_months
from ui.view import View

LEFT_OUT = "200MW/400MWh储能电站项目"  # by the return of September
REPEATED = "林源生物质新材料项目"  # the same words all the year


@pytest.mark.parametrize("state", MONTH_STATES)
def test_a_month_says_its_state_in_words(state: str) -> None:
    """A shade, a sign or the month's number, and words for the pointer and for readers aloud."""
    html = strip({8: state}, 2024)
    read = Reader(html)
    assert html.count("<i ") == 12 and html.count(f"hx-month-{state}") == 1
    assert any(value.startswith("2024年8月 ") for value in read.values)
    assert ("8" in read.text) is (state == TOLD)


def test_no_two_states_look_alike() -> None:
    """Each has a sign of its own in the legend."""
    marks = [part.split("<")[0] for part in legend().split("hx-month-")[1:]]
    assert len(set(marks)) == len(MONTH_STATES)


def test_the_strip_of_a_project_that_was_left_out(year: Database) -> None:
    """Missing in September, told before and after it."""
    view = view_of(12)
    months = strip_months(reads.silence(view.scope, view.record), id_of(view, LEFT_OUT), 2024)
    assert {month for month, state in months.items() if state == "missing"} == {9}
    assert months[10] == TOLD and min(months) == 7


def test_a_strip_ends_with_the_period(year: Database) -> None:
    """As of September nobody knows October."""
    view = view_of(9)
    assert max(strip_months(reads.silence(view.scope, view.record), id_of(view, REPEATED), 2024)) == 9
    assert "2024年10月" not in project_strip(view, id_of(view, REPEATED))


@pytest.mark.parametrize("body", ["zone", "binhai", "xiangshui"])
def test_the_panel_lists_who_has_fallen_silent(year: Database, body: str) -> None:
    """All of them, each a link to its project, the longest first; the others are counted below."""
    view = view_of(12, body)
    months = view.of_body(reads.silence(view.scope, view.record))
    silent = silent_projects(months, view.period)
    read = Reader(silence_panel(view))
    assert f"进度连续未更新 {len(silent)} 个" in read.text
    listed = [href for href in read.hrefs if "/project?" in href]
    assert listed == [view.project(project_id) for project_id in silent.index]
    assert f"连续 {silent.iloc[0]} 期" in read.text
    waiting = len(silent_projects(months, view.period, "is_unheard").index.difference(silent.index))
    assert f"另有 {waiting} 个" in read.text


def test_nobody_silent_is_said(year: Database) -> None:
    """January has nothing to be compared with."""
    assert "本期没有进度连续未更新的项目" in silence_panel(view_of(1))


def test_the_page_of_a_project_shows_its_strip(year: Database) -> None:
    """Above what each month's return said."""
    view = view_of(12)
    returns = card_parts(view, id_of(view, REPEATED)).returns
    assert "hx-strip-year" in returns and "与上月相同" in returns


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_name_is_shown_as_typed(year: Database, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """In the panel of silence."""
    monkeypatch.setattr(View, "states", view_of(12).states.assign(project_name=text))
    assert_harmless(silence_panel(view_of(12)), text)


def test_more_than_the_panel_holds_are_counted_in_its_title(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand silent projects are no list that anybody reads."""
    monkeypatch.setattr("ui.silence.MOST_ROWS", 2)
    html = silence_panel(view_of(12))
    assert html.count("<tr>") == 2
    assert "进度连续未更新 8 个" in html


def test_a_project_that_owes_nothing_has_an_empty_strip() -> None:
    """Completed before the year, or not on record."""
    assert (
        strip_months(pd.DataFrame({"project_id": [], "period": pd.Series([], dtype=str), "state": []}), "p1", 2024)
        == {}
    )
    assert strip({}, 2024).count("hx-month-none") == 12
