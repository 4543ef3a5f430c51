"""The Gantt chart: where marks stand, what is cut off, what stands before the window, and no markup from a name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hostile_texts import HOSTILE_TEXTS

from ui.chart_gantt import TICKS, GanttMark, GanttRow, GanttSpan, gantt_chart, place_of
from ui.chart_parts import clean, ready

JANUARY = 2024 * 12
YEAR = (JANUARY, JANUARY + 12)
END_OF_AUGUST = date(2024, 8, 31)


def mark(place: float, **more: Any) -> GanttMark:
    return GanttMark(
        place, more.get("symbol", "circle"), more.get("colour", "#000000"), more.get("letter", ""), more.get("told", "")
    )


def chart(*rows: GanttRow, **more: Any) -> dict[str, Any]:
    """A chart of the year that plotly has taken for one."""
    figure = gantt_chart(rows, more.pop("window", YEAR), END_OF_AUGUST, **more)
    ready(figure)
    return figure


def marks_of(figure: dict[str, Any]) -> dict[str, Any]:
    """The marks, which are drawn over the bars."""
    return figure["data"][-1]


@pytest.mark.parametrize(
    ("day", "precision", "expected"),
    [
        (date(2024, 1, 31), "month", JANUARY + 0.5),
        (date(2024, 3, 31), "quarter", JANUARY + 2.5),
        (date(2024, 12, 31), "year", JANUARY + 11.5),
        (date(2024, 1, 1), "day", JANUARY + 0.5 / 31),
        (date(2024, 1, 31), None, JANUARY + 30.5 / 31),
    ],
)
def test_a_month_stands_in_its_middle_and_a_day_where_it_falls(
    day: date, precision: str | None, expected: float
) -> None:
    """A date is no more precise than it was given."""
    assert place_of(day, precision) == pytest.approx(expected)


def test_marks_have_the_shape_colour_and_letter_of_their_state() -> None:
    """Row by row from the top; never a colour alone."""
    rows = [
        GanttRow("甲", marks=(mark(JANUARY + 1, symbol="triangle-up", colour="#A61B1B", letter="开"),)),
        GanttRow("乙", marks=(mark(JANUARY + 2, symbol="diamond", colour="#E07800", letter="竣"),)),
    ]
    drawn = marks_of(chart(*rows))
    assert (drawn["x"], drawn["y"], drawn["text"]) == ([JANUARY + 1, JANUARY + 2], [0, 1], ["开", "竣"])
    assert drawn["marker"]["symbol"] == ["triangle-up", "diamond"]
    assert drawn["marker"]["color"] == ["#A61B1B", "#E07800"]


def test_the_cut_off_date_is_a_line_with_its_words() -> None:
    """At the end of its month."""
    layout = chart(GanttRow("甲"))["layout"]
    assert [(shape["x0"], shape["x1"]) for shape in layout["shapes"]] == [(JANUARY + 8, JANUARY + 8)]
    assert [each["text"] for each in layout["annotations"]] == ["数据截至 2024-08-31"]


def test_what_lies_outside_the_window_is_cut_off() -> None:
    """Marks are left out, bars end at the edge, a bar wholly outside is none."""
    row = GanttRow(
        "甲",
        spans=(GanttSpan(JANUARY - 5, JANUARY + 20, "#111111"), GanttSpan(JANUARY - 5, JANUARY - 1, "#111111")),
        marks=(mark(JANUARY - 0.5), mark(JANUARY + 6), mark(JANUARY + 12.5)),
    )
    figure = chart(row)
    assert figure["data"][0]["x"] == [JANUARY, JANUARY + 12, None]
    assert marks_of(figure)["x"] == [JANUARY + 6]


def test_what_is_open_since_before_the_window_stands_before_it() -> None:
    """In a room of its own, named, and only where there is any."""
    with_one = chart(GanttRow("甲", earlier=mark(0, letter="3")), GanttRow("乙"))
    drawn, axis = marks_of(with_one), with_one["layout"]["xaxis"]
    assert (drawn["y"], drawn["text"]) == ([0], ["3"])
    assert axis["range"][0] < drawn["x"][0] < JANUARY
    assert "更早" in [each["text"] for each in with_one["layout"]["annotations"]]
    without = chart(GanttRow("甲"))["layout"]
    assert without["xaxis"]["range"] == [JANUARY, JANUARY + 12]
    assert "更早" not in [each["text"] for each in without["annotations"]]


def test_bars_of_one_colour_are_one_trace_and_thin_ones_another() -> None:
    """A gap between two bars is no bar."""
    spans = (GanttSpan(JANUARY, JANUARY + 1, "#111111"), GanttSpan(JANUARY + 2, JANUARY + 3, "#111111"))
    thin = GanttSpan(JANUARY, JANUARY + 5, "#111111", is_thin=True)
    bars = chart(GanttRow("甲", spans=spans), GanttRow("乙", spans=(thin,)))["data"][:-1]
    assert [bar["x"] for bar in bars] == [
        [JANUARY, JANUARY + 1, None, JANUARY + 2, JANUARY + 3, None],
        [JANUARY, JANUARY + 5, None],
    ]
    assert ["dash" in bar["line"] for bar in bars] == [False, True]


@pytest.mark.parametrize("months", [2, 12, 24, 60, 400])
def test_the_months_are_not_crowded(months: int) -> None:
    """A handful of names, the first of them with its year."""
    axis = chart(GanttRow("甲"), window=(JANUARY, JANUARY + months))["layout"]["xaxis"]
    assert 1 <= len(axis["ticktext"]) <= TICKS
    assert axis["ticktext"][0].startswith("20") and "年" in axis["ticktext"][0]


def test_a_slip_of_the_pen_far_away_is_drawn() -> None:
    """Years that no period can name have no label, and no error."""
    axis = chart(GanttRow("甲"), window=(JANUARY, 2100 * 12 + 14))["layout"]["xaxis"]
    assert axis["ticktext"][-1] == "2100年"


def test_a_window_that_begins_within_a_year_names_its_first_month_whole() -> None:
    """January stands for its year."""
    axis = chart(GanttRow("甲"), window=(JANUARY - 8, JANUARY + 8))["layout"]["xaxis"]
    assert axis["ticktext"] == ["2023年5月", "7月", "9月", "11月", "2024年", "3月", "5月", "7月"]


@pytest.mark.parametrize(("is_labelled", "shown"), [(True, True), (False, False)])
def test_names_stand_in_the_chart_or_beside_it(is_labelled: bool, shown: bool) -> None:
    """As high as the rows of the table beside it."""
    layout = chart(GanttRow("甲"), GanttRow("乙"), is_labelled=is_labelled, row_pixels=34)["layout"]
    assert layout["yaxis"]["showticklabels"] is shown
    assert layout["height"] - layout["margin"]["t"] - layout["margin"]["b"] == 68
    assert layout["yaxis"]["range"] == [1.5, -0.5]


def test_no_rows_are_an_empty_chart() -> None:
    """No error on the screen."""
    assert marks_of(chart())["x"] == []


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "%{customdata}", '<a href="javascript:alert(1)">甲</a>'])
def test_a_hostile_name_is_no_markup(text: str) -> None:
    """Neither as a label nor as a letter nor when pointed at."""
    figure = chart(GanttRow(text, marks=(mark(JANUARY + 1, letter=text, told=text),)))
    drawn = marks_of(figure)
    told = [*figure["layout"]["yaxis"]["ticktext"], *drawn["text"], *drawn["customdata"]]
    assert told == [clean(text)] * 3
    assert not [each for each in told if "<" in each or "%{" in each]
