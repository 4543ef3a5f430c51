"""Charts: what is drawn, what is left open, and that a name cannot become markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hostile_texts import HOSTILE_TEXTS

from domain.periods import Period
from ui.chart_parts import clean, ready
from ui.charts import (
    Course,
    course_chart,
    course_grid,
    investment_months_chart,
    promise_stairs,
)

NAN = float("nan")


def strings(part: Any) -> list[str]:
    """All texts of a figure."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        return [text for value in part.values() for text in strings(value)]
    return [text for value in part for text in strings(value)] if isinstance(part, list | tuple) else []


def line_of(figure: dict[str, Any]) -> dict[str, Any]:
    """The course itself, which is drawn last."""
    return figure["data"][-1]


CHARTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "course_chart": lambda text: course_chart([(1, 2.0)], 10, text),
    "course_grid": lambda text: course_grid([Course(text, ((1, 2.0),), 10, text)]),
    "investment_months": lambda text: investment_months_chart([(1, 2.0)], 12, unit=text),
}


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "%{customdata}", '<a href="javascript:alert(1)">甲</a>'])
@pytest.mark.parametrize("chart", CHARTS)
def test_a_hostile_name_is_no_markup_in_a_chart(chart: str, text: str) -> None:
    """Plotly reads tags, codes and templates in any text; only our own end of a hover text is one."""
    figure = CHARTS[chart](text)
    ready(figure)
    for found in strings(figure):
        ours = found.replace("<extra></extra>", "").replace("%{customdata} %{y:", "")
        assert "<" not in ours and "&" not in ours and "%{" not in ours
    assert clean(text) in "".join(strings(figure))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>甲</b>", "＜b>甲＜/b>"),
        ("甲&amp;", "甲＆amp;"),
        ("%{x}", "% {x}"),
        ("62.5%", "62.5%"),
        ("a > b", "a > b"),
        (3, "3"),
    ],
)
def test_text_that_plotly_would_read_is_changed_visibly(text: object, expected: str) -> None:
    """The reader still sees what was meant; percentages stay."""
    assert clean(text) == expected


def test_a_course_begins_at_zero_and_leaves_gaps_open() -> None:
    """A month without a return is no line across it; the last month has the figure."""
    line = line_of(course_grid([Course("新签约", ((1, 4.0), (2, None), (3, 9.0), (4, 12.0)), 80)]))
    assert line["x"] == [0, 1, 2, 3, 4]
    assert line["y"] == [0.0, 4.0, None, 9.0, 12.0]
    assert line["connectgaps"] is False
    assert line["text"] == ["", "", "", "", "12"]


@pytest.mark.parametrize("missing", [None, NAN])
def test_months_that_are_not_given_are_gaps_too(missing: float | None) -> None:
    """The first return may be March's."""
    line = line_of(course_grid([Course("新签约", ((2, missing), (3, 9.0)), 80)]))
    assert line["y"] == [0.0, None, None, 9.0]
    assert line["marker"]["size"] == [0, 0, 0, 9]


def test_a_lone_month_between_gaps_is_a_dot() -> None:
    """No line would show it."""
    line = line_of(course_grid([Course("新签约", ((1, None), (2, 5.0), (3, None), (4, 9.0)), 80)]))
    assert line["marker"]["size"][2] > 0


def test_one_month_is_a_line_from_zero_with_its_figure() -> None:
    """January alone."""
    figure = course_grid([Course("产业投资", ((1, 12.34),), 260.0, "亿元", 1)])
    line = line_of(figure)
    assert (line["x"], line["y"], line["text"]) == ([0, 1], [0.0, 12.34], ["", "12.3"])
    assert "目标 260.0" in [each["text"] for each in figure["layout"]["annotations"]]
    ready(figure)


@pytest.mark.parametrize("points", [(), ((1, None), (2, None)), ((1, NAN),)])
def test_no_month_is_said_not_drawn(points: tuple[tuple[int, float | None], ...]) -> None:
    """Silence is not a line at zero."""
    figure = course_grid([Course("新签约", points, 80)])
    assert "未报齐" in [each["text"] for each in figure["layout"]["annotations"]]
    assert all(value is None for value in line_of(figure)["y"][1:])
    assert set(line_of(figure)["text"]) == {""}
    ready(figure)


def test_without_a_target_there_is_no_straight_line() -> None:
    """Nothing to be measured against, and that is said."""
    figure = course_grid([Course("新签约", ((1, 3.0),), None)])
    assert len(figure["data"]) == 1
    assert "无目标" in [each["text"] for each in figure["layout"]["annotations"]]


def test_no_course_at_all_is_an_empty_figure() -> None:
    """No error on the screen."""
    assert course_grid([])["data"] == []


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_the_charts_of_a_grid_stay_inside_it_and_apart(n: int) -> None:
    """Each on its own axes; none outside the figure, none over another."""
    layout = course_grid([Course(f"甲{i}", ((1, 1.0),), 2) for i in range(n)])["layout"]
    spans = [(layout[f"xaxis{i or ''}"]["domain"], layout[f"yaxis{i or ''}"]["domain"]) for i in (0, *range(2, n + 1))]
    for across, down in spans:
        assert 0 <= across[0] < across[1] <= 1 and 0 <= down[0] < down[1] <= 1
    for index, (across, down) in enumerate(spans):
        for other_across, other_down in spans[index + 1 :]:
            is_beside = across[1] <= other_across[0] or other_across[1] <= across[0]
            assert is_beside or down[1] <= other_down[0] or other_down[1] <= down[0]


def test_stairs_without_a_promise_or_with_one() -> None:
    """None: an empty figure that does not fail; one: a single step."""
    none = promise_stairs([(Period(2024, 1), None, "day")])
    assert none["data"][1]["x"] == []
    ready(none)
    one = promise_stairs([(Period(2024, 1), date(2024, 6, 30), "day")])
    assert len(one["data"][1]["x"]) == 1
    assert one["data"][1]["customdata"] == [["2024年1月", "2024-06-30"]]
    ready(one)
    ready(promise_stairs([]))


def test_stairs_step_up_where_the_promise_moved() -> None:
    """A month without a date is left out; a later promise is higher, an earlier one lower."""
    points = [
        (Period(2024, 1), date(2024, 6, 30), "day"),
        (Period(2024, 2), None, "day"),
        (Period(2024, 3), date(2024, 6, 30), "day"),
        (Period(2024, 4), date(2024, 12, 31), "day"),
        (Period(2024, 5), date(2024, 9, 30), "day"),
    ]
    stairs = promise_stairs(points)["data"][1]
    heights = stairs["y"]
    assert stairs["line"]["shape"] == "hv"
    assert len(heights) == 4
    assert heights[0] == heights[1] < heights[3] < heights[2]


def test_the_actual_date_is_a_dot_inside_the_axes() -> None:
    """Also when it fell long after the last return, or before the first."""
    for actual in (date(2026, 5, 31), date(2023, 1, 1), date(2024, 2, 1)):
        figure = promise_stairs([(Period(2024, 1), date(2024, 6, 30), "day")], actual)
        dot = figure["data"][-1]
        low, high = figure["layout"]["yaxis"]["range"]
        assert dot["text"] == [f"实际完成 {actual:%Y-%m-%d}"]
        assert low <= dot["y"][0] <= high
        assert dot["x"][0] <= figure["layout"]["xaxis"]["range"][1]
        ready(figure)


@pytest.mark.parametrize("years", [1, 3, 12, 60])
def test_the_axes_of_the_stairs_are_not_crowded(years: int) -> None:
    """A promise may be a slip of the pen, decades away: the axis still has a handful of labels."""
    figure = promise_stairs(
        [(Period(2024, 1), date(2024, 6, 30), "day"), (Period(2024, 2), date(2024 + years, 6, 30), "day")]
    )
    for name in ("xaxis", "yaxis"):
        assert len(figure["layout"][name]["ticktext"]) <= 14


def test_months_of_investment_and_their_plan() -> None:
    """A month without a value has no bar; a zero has; the plan is a dashed line at a twelfth."""
    figure = investment_months_chart([(1, 0.0), (2, None), (3, 12.345), (4, 123.4)], 120.0, unit="亿元")
    bars = figure["data"][0]
    assert bars["x"] == [1, 3, 4]
    assert bars["text"] == ["0", "12.3", "123"]
    assert figure["layout"]["shapes"][0]["y0"] == 10.0
    assert figure["layout"]["annotations"][0]["text"] == "虚线：按年计划月均 10.0"
    bare = investment_months_chart([(1, 5.0)], None)
    assert "shapes" not in bare["layout"] and bare["data"][0]["text"] == ["5.00"]
    ready(figure)
