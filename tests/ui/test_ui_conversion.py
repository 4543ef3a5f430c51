"""The page of conversion on the sample year: its figures, what they open, its list, and the chain of a project."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, Reader
from sample_views import id_of, view_of

from domain.conversion import CODES, SEEN
from domain.indicators import INDICATORS
from storage.engine import Database
from ui import reads
from ui.chart_durations import DurationBar, DurationGroup, durations_chart
from ui.chart_parts import ready
from ui.conversion import (
    ALL,
    BEYOND,
    LIST_COLUMNS,
    LOST,
    UNKNOWN_YEAR,
    AskedWaits,
    conversion_parts,
    duration_groups,
    left_out_text,
    list_columns,
    since_text,
    steps_of,
    wait_list,
    waiting_of,
)
from ui.conversion_funnel import funnel_table, year_name
from ui.project_card import card_parts
from ui.project_list import Asked, listed
from ui.project_steps import project_steps
from ui.view import View

FIGURE = re.compile(r'<a class="[^"]*" href="([^"]+)" target="_self">([\d,]+)</a>')


def opened(view: View, href: str) -> int:
    """How many projects the list behind a link shows."""
    only = parse_qs(urlsplit(unescape(href)).query)["only"]
    return len(listed(view, Asked(only=tuple(only))))


@pytest.mark.parametrize("body", ["zone", "binhai", "xiangshui"])
@pytest.mark.parametrize("month", [1, 8, 12])
def test_every_linked_figure_opens_to_as_many_projects(year: Database, month: int, body: str) -> None:
    """Of the sentence and of the funnel."""
    view = view_of(month, body)
    parts = conversion_parts(view)
    figures = FIGURE.findall(parts.sentence + parts.funnel)
    assert len(figures) >= 10
    for href, text in figures:
        assert opened(view, href) == int(text)


def test_the_sample_years_of_signing(year: Database) -> None:
    """2021 to 2024, counted from the dates of signing themselves; those completed from the figures of the year."""
    view = view_of()
    html = funnel_table(view, steps_of(view))
    text = Reader(html).text
    signed = view.states[view.states["kind"] == "projects"]["signed_date"].dt.year.value_counts()
    assert signed.to_dict() == {2024: 69, 2022: 17, 2023: 15, 2021: 14}
    for signed_year, count in signed.items():
        assert re.search(rf'{signed_year}年</th><td><div><b><a [^>]*>{count}</a>', html)
    completed = INDICATORS["completed_count"].value(view.states, view.period)
    assert completed == (view.states.query("kind == 'projects'")["completion_date"].notna()).sum() == 19
    assert "滨海报表从未报过投产、达产" in text and "响水报表从未报过达产" in text


def test_figures_of_the_year_are_those_of_the_steps(year: Database) -> None:
    """新投产 counts the projects whose step has a day in the year."""
    view = view_of()
    steps = steps_of(view)
    own = steps[(steps["step"] == "in_production") & (steps["day"].dt.year == 2024)]
    members = INDICATORS["in_production_count"].members(view.states, view.period)
    assert set(own["project_id"]) == set(members["project_id"]) and len(own) == 6
    assert set(own["precision"]) == {SEEN}


def test_a_step_never_reported_is_a_dash_and_no_zero(year: Database) -> None:
    """滨海 has a sheet of the completed and none of those in production; nor are its completed compared."""
    view = view_of(12, "binhai")
    rows = re.findall(r"<tr>(.*?)</tr>", funnel_table(view, steps_of(view)))[1:]
    assert len(rows) == 5
    for row in rows:
        assert [Reader(cell).text.strip() for cell in re.findall(r"<td>(.*?)</td>", row)[3:]] == ["—", "—"]
    waiting = waiting_of(view)
    completed = waiting[waiting["step"] == "completed"]
    assert len(completed) == 13 and completed["upper"].isna().all() and not completed["is_beyond"].any()
    assert "投产 — 个、达产 — 个" in Reader(conversion_parts(view).sentence).text


def test_a_small_cohort_shows_no_rate(year: Database) -> None:
    """响水's two signings of 2021: counts, and 样本不足."""
    view = view_of(12, "xiangshui")
    rows = re.findall(r"<tr>(.*?)</tr>", funnel_table(view, steps_of(view)))
    (row,) = (row for row in rows if "2021年" in row)
    assert "样本不足" in row and "%" not in row.replace("width", "")


def test_the_durations_are_of_the_zone_and_its_districts(year: Database) -> None:
    """Three bars a step for the zone, a district beside the zone; what is too few has no bar, and says so."""
    groups = duration_groups(view_of())
    assert [[bar.label for bar in group.bars] for group in groups] == [["全区", "滨海", "响水"]] * 4
    assert [bar.label for bar in duration_groups(view_of(12, "binhai"))[0].bars] == ["滨海", "全区"]
    first = groups[0].bars
    assert first[0].measured_count == first[1].measured_count + first[2].measured_count == 57
    assert all(bar.lower is not None and bar.lower <= bar.median <= bar.upper for bar in first)
    figure = durations_chart(groups)
    assert len(figure["data"][0]["y"]) == sum(bar.median is not None for group in groups for bar in group.bars)
    texts = [each["text"] for each in figure["layout"]["annotations"]]
    assert texts.count("样本不足（0 个）") == 4
    ready(figure)


def test_a_chart_without_any_bar_is_drawn() -> None:
    """Before anything was measured."""
    group = DurationGroup("签约 → 开工", (DurationBar("全区", None, None, None, 2, is_main=True),))
    figure = durations_chart([group])
    assert figure["data"][0]["y"] == [] and ready(durations_chart([])).data
    assert "样本不足（2 个）" in [each["text"] for each in figure["layout"]["annotations"]]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_label_is_no_markup_in_the_chart(text: str) -> None:
    """Plotly would read tags."""
    figure = durations_chart([DurationGroup(text, (DurationBar("甲", 1, 2, 3, 5),))])
    assert not [each["text"] for each in figure["layout"]["annotations"] if "<" in each["text"]]


def test_the_list_is_the_longest_wait_first(year: Database) -> None:
    """All that wait; only those beyond the usual; one step; one year; and those cancelled, of whom there are none."""
    view = view_of()
    rows, table = wait_list(view, AskedWaits())
    assert list(table.columns) == list(LIST_COLUMNS) == list(list_columns())
    assert len(rows) == len(table) == 115
    beyond, _ = wait_list(view, AskedWaits(wait=BEYOND))
    assert beyond["is_beyond"].all() and list(beyond["beyond_days"]) == sorted(beyond["beyond_days"], reverse=True)
    assert list(rows["project_id"][: len(beyond)]) == list(beyond["project_id"])
    for step in CODES[:-1]:
        own, shown = wait_list(view, AskedWaits(step=step))
        assert set(own["step"]) == {step} and shown["waiting_at"].nunique() == 1
    of_2022, _ = wait_list(view, AskedWaits(year="2022"))
    assert set(of_2022["signed_year"]) == {2022} and len(of_2022) == 17
    assert wait_list(view, AskedWaits(year=UNKNOWN_YEAR))[0].empty
    assert (
        wait_list(view, AskedWaits(step=LOST))[0].empty and wait_list(view, AskedWaits(step=LOST, wait=BEYOND))[0].empty
    )


def test_only_days_beyond_are_shown_as_beyond(year: Database) -> None:
    """The others have none, rather than a negative number."""
    rows, table = wait_list(view_of(), AskedWaits())
    assert (table["beyond_days"].dropna() > 0).all()
    assert table["beyond_days"].notna().sum() == rows["is_beyond"].sum()


def test_the_cancelled_are_told_apart(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that was given up waits for nothing: it is listed with its last step, without days."""
    view = view_of()
    steps = reads.conversion(view.scope, view.record)
    gone = steps["project_id"].iloc[0]
    changed = steps.assign(is_cancelled=steps["project_id"] == gone)
    monkeypatch.setattr(reads, "conversion", lambda *_: changed)
    rows, table = wait_list(view, AskedWaits(step=LOST))
    assert list(rows["project_id"]) == [gone] and table["waiting_days"].isna().all()
    assert gone not in set(wait_list(view, AskedWaits())[0]["project_id"])
    assert "其中终止 1 个" in Reader(funnel_table(view, changed)).text


def test_signings_without_a_date_are_a_row_of_their_own(year: Database) -> None:
    """签约时间不明, after the years."""
    view = view_of()
    steps = steps_of(view)
    undated = steps.assign(signed_year=steps["signed_year"].mask(steps["signed_year"] == 2021))
    text = Reader(funnel_table(view, undated)).text
    assert text.index("2024年") < text.index("签约时间不明") < text.index("合计") and "2021年" not in text
    assert year_name(None) == "签约时间不明" and year_name(2023.0) == "2023年"


# day, precision, first return that said so -> the words
SINCE = [
    (pd.Timestamp(2024, 3, 5), "day", "2024-04", "2024-03-05"),
    (pd.Timestamp(2024, 3, 1), "month", None, "2024年3月"),
    (pd.Timestamp(2024, 5, 1), SEEN, "2024-05", "见于2024年5月报表"),
    (pd.NaT, None, "2024-01", "2024年1月报表已有"),
    (pd.NaT, None, None, "—"),
    (pd.NaT, None, float("nan"), "—"),
]


@pytest.mark.parametrize(("day", "precision", "seen", "expected"), SINCE)
def test_since_when(day: object, precision: object, seen: object, expected: str) -> None:
    """A month that only returns tell is never written as a date."""
    assert since_text(day, precision, seen) == expected


def test_what_is_left_out_is_said(year: Database) -> None:
    """The spans without a duration, by why."""
    quartiles = pd.DataFrame({f"{name}_count": [number] for name, number in
                              [("open", 3), ("undated", 2), ("disordered", 1), ("cancelled", 0)]})  # fmt: skip
    assert left_out_text(quartiles).startswith("未计入：下一步未到 3 个，日期不明 2 个，前后矛盾 1 个，已终止 0 个")


def test_a_project_shows_its_chain(year: Database) -> None:
    """Signed, started and completed by date with the days between; production by the return that first said so."""
    view = view_of()
    project = id_of(view, "年产8千吨电子级异丙醇项目")
    text = Reader(project_steps(view, project)).text
    assert "2022-06-15" in text and "2024年3月（625 天）" in text and "见于2024年9月报表（" in text and "未到" in text
    assert card_parts(view, project).steps == project_steps(view, project)


def test_works_have_no_chain(year: Database) -> None:
    """Infrastructure has another."""
    assert project_steps(view_of(), id_of(view_of(), "滨响大道")) == ""


def test_a_step_that_is_only_implied_is_said(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reached, the day not known; the next one has no days in brackets."""
    view = view_of()
    project = id_of(view, "年产8千吨电子级异丙醇项目")
    steps = reads.conversion(view.scope, view.record)
    is_start = (steps["project_id"] == project) & (steps["step"] == "started")
    changed = steps.assign(day=steps["day"].mask(is_start), seen_period=steps["seen_period"].mask(is_start))
    monkeypatch.setattr(reads, "conversion", lambda *_: changed)
    text = Reader(project_steps(view, project)).text
    assert "已到，日期不明" in text and "2024年8月（" not in text


def test_all_is_the_default() -> None:
    """An address without filters asks for all."""
    assert AskedWaits() == AskedWaits(ALL, ALL, ALL)
