"""The page of the assessment: what its tables, sentences and forms make of the sample year."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import streamlit as st
from sample_views import view_of

from domain.assessment import MONTH, YEAR, for_publication
from domain.assessment_schemes import DISTRICT, FIRM, own_scheme
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.periods import Period
from domain.scope import scope_of
from storage.assessments import choose_scheme, publish_assessment
from storage.engine import Database
from ui.assessment_course import totals_chart
from ui.assessment_forms import as_settings, editable_grid
from ui.assessment_lists import points_frames, publications_table, published_note, scheme_table
from ui.assessment_words import line_sentence, points_text
from ui.assessments import (
    assessment_sentence,
    firms_table,
    line_panel,
    live_sheet,
    points_table,
    ribbon,
    sheet_of,
    shown_assessed,
    steps_panel,
)

NOON = datetime(2025, 1, 6, 12, 0)


@pytest.fixture
def chosen(year: Database) -> Database:
    """The sample year with the illustration in force."""
    choose_scheme(year, "sample@1", Period(2024, 1), reason="试算", set_at=NOON)
    return year


def test_without_a_scheme_in_force_there_is_no_sheet(year: Database) -> None:
    """Nothing is scored until somebody puts a scheme into force."""
    assert sheet_of(view_of()) is None


def test_each_line_stands_with_both_districts_and_opens(chosen: Database) -> None:
    """Every line has a bar a district and span; the line opened tells figure, target, share and points, and links projects."""
    view = view_of()
    sheet = sheet_of(view)
    assert sheet is not None
    table = points_table(view, sheet)
    assert table.count("hx-cell-bar") == (len(SAMPLE_SCHEME.lines_of(DISTRICT)) + 1) * 4
    row = sheet.of("binhai", MONTH, "started", "2024-12")
    assert row is not None
    panel = line_panel(view, sheet, "started")
    assert f"完成 {row.figure:.0f} 个，序时目标 {row.target:.0f} 个" in panel
    assert all(project in panel for project in row.project_ids)
    assert "示例方案" in assessment_sentence(view, sheet)
    assert "不是正式考核办法" in ribbon(view, sheet)


def test_a_district_chosen_stands_alone(chosen: Database) -> None:
    """And a district's people see neither the other one nor the firms."""
    view = view_of(body="binhai")
    sheet = sheet_of(view)
    assert sheet is not None
    assert "响水" not in points_table(view, sheet)
    scope = scope_of("reporter", "binhai", "wang")
    assert {who.code for who in shown_assessed(scope, SAMPLE_SCHEME)} == {"binhai"}
    assert set(live_sheet(scope, view.record, "sample@1").points["assessed"]) == {"binhai"}


def test_firms_have_points_of_their_works_plans(chosen: Database) -> None:
    """From April on the sample's works have a plan of the year: the share of it that is done, of 100; each opens its works."""
    view = view_of()
    sheet = sheet_of(view)
    assert sheet is not None
    works = view.states[view.states["kind"] == "infrastructure"]
    for firm in shown_assessed(view.scope, SAMPLE_SCHEME, FIRM):
        own = works[works["responsible_body"].str.contains(firm.words[0])]
        share = own["investment_ytd_wan"].sum() / own["annual_plan_wan"].sum()
        assert sheet.total(firm.code, YEAR, "2024-12") == pytest.approx(100 * min(share, 1), abs=0.01)
    assert firms_table(view, sheet).count(" 个项目</a>") == len(SAMPLE_SCHEME.firms)


def test_firms_without_a_plan_say_so_and_open_their_works(chosen: Database) -> None:
    """Until March the works have none: no points, no zero."""
    view = view_of(3)
    sheet = sheet_of(view)
    assert sheet is not None
    table = firms_table(view, sheet)
    assert table.count("无计划") == 2 * len(shown_assessed(view.scope, SAMPLE_SCHEME, FIRM))
    assert "only=" in table


def test_a_publication_opens_as_it_was(chosen: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its address, with a ribbon, under its own month; nothing is tried any more."""
    view = view_of(8)
    sheet = sheet_of(view)
    assert sheet is not None
    publish_assessment(
        chosen, view.period, sheet.scheme, for_publication(sheet.points, view.period), acceptances=chosen.version(),
        on_date=date(2024, 9, 10), reason="8月例会通报", published_at=NOON,
    )  # fmt: skip
    monkeypatch.setattr(st, "query_params", {"publication": "2024-08-考核-01"})
    opened = sheet_of(view_of(12))
    assert opened is not None
    assert opened.publication is not None
    assert opened.total("binhai", YEAR, "2024-08") == sheet.total("binhai", YEAR, "2024-08")
    assert "8月例会通报" in ribbon(view, opened)
    assert "不再试算" in steps_panel(view, opened)
    assert "2024-08-考核-01" in publications_table(view)
    assert "2024-08-考核-01" in published_note(view)
    assert published_note(view_of(12)) == ""
    earlier = opened.points[opened.points["period"] == "2024-07"]
    assert not any(earlier["project_ids"])


def test_the_workbook_has_every_point_with_its_sentence(chosen: Database) -> None:
    """Points of the month with sentence and projects' names; totals of every month."""
    view = view_of(3)
    sheet = sheet_of(view)
    assert sheet is not None
    (_, points), (_, sums) = points_frames(view, sheet)
    assert len(points) == 2 * (2 * len(SAMPLE_SCHEME.lines_of(DISTRICT)) + 3)
    assert len(sums) == 5 * 3 * 2
    assert points["得分说明"].str.len().gt(0).all()


def test_the_scheme_shows_the_source_of_each_line() -> None:
    """Every line with whose text it follows; an illustration says that it is one."""
    table = scheme_table(SAMPLE_SCHEME, is_in_force=False)
    assert all(line.source in table for line in SAMPLE_SCHEME.lines)
    assert "不是正式考核办法" in table


def test_the_grid_gives_the_settings_of_the_same_scheme() -> None:
    """Unchanged it makes the same lines; an emptied cell is nothing."""
    grid = editable_grid(SAMPLE_SCHEME)
    assert own_scheme(SAMPLE_SCHEME, 1, as_settings(grid, 0.0, 120.0), "议定").lines == SAMPLE_SCHEME.lines
    grid.loc[0, "points"] = None
    assert as_settings(grid, 0.0, 120.0)["lines"]["started"]["points"] == 0.0


@pytest.mark.parametrize(
    ("points", "is_signed", "text"),
    [
        (22.727, False, "22.73"),
        (25.0, False, "25"),
        (-0.5, True, "−0.5"),
        (1.4, True, "+1.4"),
        (0.0, True, "0"),
        (None, False, "—"),
    ],
)
def test_points_as_text(points: float | None, is_signed: bool, text: str) -> None:
    """Up to two decimals, without zeros behind."""
    assert points_text(points, is_signed=is_signed) == text


def test_a_line_without_a_row_was_not_reported() -> None:
    """As of a district that was not yet there when it was published."""
    assert line_sentence(SAMPLE_SCHEME.lines[0], None, MONTH) == "未报"


def test_names_at_the_ends_do_not_cover_each_other() -> None:
    """Two totals half a point apart stand apart; a body without one total has no name."""
    figure = totals_chart({"甲": [(1, 80.0), (2, None)], "乙": [(1, 80.5)], "丙": [(1, None)]}, height=200)
    placed = {each["text"]: each["y"] for each in figure["layout"]["annotations"]}
    assert placed["乙 80.5"] - placed["甲 80.0"] >= 9
    assert not any(text.startswith("丙") for text in placed)
