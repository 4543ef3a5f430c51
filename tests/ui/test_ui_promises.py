"""The page of promises on the sample year: its figures, what they open, and what it shows where there is nothing."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from hostile_texts import HOSTILE_TEXTS, Reader
from sample_views import view_of

from domain.delay_bands import banded_delays
from domain.periods import Period
from domain.promises import promises_due
from storage.engine import Database
from ui import reads
from ui.chart_parts import ready
from ui.chart_stairs import Stairs, stairs_grid
from ui.kept_months import kept_charts
from ui.project_list import Asked, listed
from ui.promises import MOST, band_rows, moved_stairs, promise_parts, slip_rows
from ui.sentences import slipped_of
from ui.view import MOST_LINKED, View

FIGURE = re.compile(r'<a class="[^"]*" href="([^"]+)" target="_self">([\d,/]+)</a>')


def opened(view: View, href: str) -> int:
    """How many projects the list behind a link shows."""
    only = parse_qs(urlsplit(unescape(href)).query)["only"]
    return len(listed(view, Asked(only=tuple(only))))


@pytest.mark.parametrize("body", ["zone", "binhai", "xiangshui"])
@pytest.mark.parametrize("month", [1, 9, 10, 12])
def test_every_linked_figure_opens_to_as_many_projects(year: Database, month: int, body: str) -> None:
    """Of the sentence, the bars, the bands and the panel of silence; a bar's second figure is what fell due."""
    view = view_of(month, body)
    parts = promise_parts(view)
    html = parts.sentence + parts.kept + parts.bands + parts.silence
    figures = [(href, text) for href, text in FIGURE.findall(html) if "only=" in href]
    assert len(figures) >= 8
    for href, text in figures:
        assert opened(view, href) == int(text.split("/")[-1].replace(",", ""))


def test_the_sentence_says_what_the_rules_find(year: Database) -> None:
    """October: what was due and kept, what moved on, late by either promise, and silent."""
    view = view_of(10)
    due = promises_due(view.states, view.period)
    banded = banded_delays(view.delays, view.period).groupby("promise")["project_id"].nunique()
    starts, ends = (due[due["milestone"] == milestone] for milestone in ("start", "completion"))
    expected = [len(starts), starts["is_kept"].sum(), len(ends), ends["is_kept"].sum()]
    expected += [3, 3, banded["first"], banded["latest"], 7]
    said = re.sub(r"10月", "", Reader(promise_parts(view).sentence).text)
    assert [int(number) for number in re.findall(r"\d+", said)] == expected
    assert banded["first"] > banded["latest"]


def test_a_month_without_slips_says_so(year: Database) -> None:
    """No zero of zero, and no empty table."""
    parts = promise_parts(view_of(12))
    assert "12月没有再推迟的" in Reader(parts.sentence).text
    assert "本期报表没有推迟计划日期的项目" in parts.slips


@pytest.mark.parametrize("month", range(1, 13))
def test_the_slips_are_those_of_the_overview(year: Database, month: int) -> None:
    """又推迟 here and 又改期 there count the same projects."""
    view = view_of(month)
    parts = promise_parts(view)
    count = slipped_of(view)["project_id"].nunique()
    assert f"又推迟 {count} 个" in Reader(parts.slips).text


def test_a_slip_shows_its_dates_as_they_were_given(year: Database) -> None:
    """First, before and latest no more precise than reported, days with their sign, the receipt behind it."""
    view = view_of(10)
    moves = reads.moves(view.scope, view.record)
    (row,) = [each for each in slip_rows(view, moves) if each["project"].text == "年产3万吨碳纤维复合材料项目"]
    assert (row["first"], row["before"], row["now"]) == ("2024-10-22", "2024年10月", "2025年2月")
    assert (row["days"], row["said"].text, row["milestone"]) == ("+120 天", "未说明", "竣工")
    assert row["source"].text == "2024-10-响水-01"


def test_a_move_that_was_not_the_first_is_counted(year: Database) -> None:
    """The second and later ones say so beside the milestone."""
    view = view_of(10)
    again = reads.moves(view.scope, view.record).head(1).assign(times=2, is_said=True)
    (row,) = slip_rows(view, again)
    assert "第 2 次" in row["milestone"]
    assert row["said"] == "已说明"


@pytest.mark.parametrize("body", ["zone", "binhai"])
def test_the_bands_add_up(year: Database, body: str) -> None:
    """By either promise: the bands together are all that are late; what moving hides is the difference."""
    view = view_of(12, body)
    rows = band_rows(view)
    counts = {name: [int(_figure(row[name])) for row in rows[:6]] for name in ("first", "latest")}
    for figures in counts.values():
        assert sum(figures[:5]) == figures[5]
    assert int(_figure(rows[7]["first"])) == counts["first"][5] - counts["latest"][5]


def _figure(cell) -> str:
    return cell.text if isinstance(cell.text, str) else cell.text.text


@pytest.mark.parametrize(("body", "charts"), [("zone", 4), ("binhai", 2)])
def test_a_chart_for_each_district_and_milestone(year: Database, body: str, charts: int) -> None:
    """Every one with twelve months; the months to come are empty."""
    html = kept_charts(view_of(9, body))
    assert html.count("<section>") == charts
    assert html.count("月</p>") == 12 * charts
    assert "2024年10月" not in html
    assert Reader(html).open == []


def test_a_year_in_which_nothing_fell_due_has_no_rate(year: Database) -> None:
    """响水's completions in January: a dash, not 0 %."""
    html = Reader(kept_charts(view_of(1, "xiangshui"))).text
    assert "到期 0 个，兑现 0 个，兑现率 —" in html


def test_the_stairs_of_those_that_moved_most_or_of_one(year: Database) -> None:
    """Three by default; the chosen one alone; none where nothing has moved."""
    view = view_of(12)
    moves = reads.moves(view.scope, view.record)
    assert moved_stairs(view_of(1), MOST) is None
    most = moved_stairs(view, MOST)
    assert most is not None and len(most.data) == 6
    chosen = moves.iloc[0]
    one = moved_stairs(view, chosen["project_id"])
    assert one is not None and len(one.data) == 2
    assert one.data[1].customdata[0][0] != one.data[1].customdata[-1][0] == "2024年12月"


def test_more_projects_than_an_address_holds_are_not_linked() -> None:
    """Nor is none."""
    view = view_of(1)
    ids = [f"p{number}" for number in range(MOST_LINKED + 1)]
    assert view.projects(ids) is None and view.projects([]) is None
    href = view.projects([*ids[:-1], ids[0]])
    assert href is not None and href.count("only=") == MOST_LINKED


POINTS = ((Period(2024, 1), date(2024, 6, 30), "day"), (Period(2024, 5), date(2025, 6, 30), "month"))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_the_stairs_of_a_grid_stay_inside_it_and_apart(count: int) -> None:
    """Each on its own axes, none over another, a few labels each."""
    layout = stairs_grid([Stairs(f"甲{number}", POINTS) for number in range(count)])["layout"]
    names = ["", *(str(number) for number in range(2, count + 1))]
    spans = [(layout[f"xaxis{name}"]["domain"], layout[f"yaxis{name}"]["domain"]) for name in names]
    for across, down in spans:
        assert 0 <= across[0] < across[1] <= 1 and 0 <= down[0] < down[1] <= 1
    for index, (across, down) in enumerate(spans):
        for other_across, other_down in spans[index + 1 :]:
            is_beside = across[1] <= other_across[0] or other_across[1] <= across[0]
            assert is_beside or down[1] <= other_down[0] or other_down[1] <= down[0]
    assert all(len(layout[f"{axis}axis{name}"]["tickvals"]) <= 3 for name in names for axis in "xy")
    ready(stairs_grid([Stairs("甲", POINTS)] * count))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_name_is_no_markup_above_the_stairs(text: str) -> None:
    """Plotly would read tags."""
    titles = [each["text"] for each in stairs_grid([Stairs(text, POINTS)])["layout"]["annotations"]]
    assert not [title for title in titles if "<" in title]


def test_no_stairs_at_all() -> None:
    """An empty figure that does not fail."""
    assert stairs_grid([])["data"] == []
