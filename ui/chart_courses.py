"""The year's course of an indicator against the straight line to its target, alone or four in one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.chart_parts import Span, annotation, clean, grid_place, layout, value_axis
from ui.formats import is_missing, month_label, number
from ui.locale import t
from ui.theme import LIGHT

Points = Sequence[tuple[int, float | None]]
TICK_MONTHS = (3, 6, 9, 12)
X_RANGE = (-0.2, 14.0)  # room for the last figure behind December
HEAD_ROOM = 1.12  # of the highest point, for the label above it
GAP_ACROSS = 0.06  # of the figure's width, between two charts
GAP_DOWN = 0.17  # of its height: month labels below one chart, title above the next


@dataclass(frozen=True, slots=True)
class Course:
    """One indicator's year: (month 1 to 12, total since January or None where not reported), and the year's target."""

    title: str
    points: tuple[tuple[int, float | None], ...]
    target: float | None = None
    unit: str = ""
    decimals: int = 0


def course_chart(
    points: Points,
    target: float | None = None,
    unit: str = "",
    *,
    decimals: int = 0,
    height: int = 220,
) -> dict[str, Any]:
    """One course as a figure."""
    course = Course("", tuple(points), target, unit, decimals)
    figure = layout(height, margin={"l": 4, "r": 4, "t": 8, "b": 24})
    figure |= _axes(course, 1, (0.0, 1.0), (0.0, 1.0))
    figure["annotations"] = _labels(course, 1)
    return {"data": _traces(course, 1), "layout": figure}


def course_grid(courses: Sequence[Course], *, columns: int = 2, height: int = 350) -> dict[str, Any]:
    """Several courses as small multiples in one figure, each on its own scale, from the top left."""
    figure = layout(height, margin={"l": 2, "r": 26, "t": 26, "b": 24})
    figure["annotations"] = []
    traces: list[dict[str, Any]] = []
    for index, course in enumerate(courses):
        across, down = grid_place(index, columns, -(-len(courses) // columns), GAP_ACROSS, GAP_DOWN)
        figure |= _axes(course, index + 1, across, down)
        figure["annotations"] += [_title(course, across, down), *_labels(course, index + 1)]
        traces += _traces(course, index + 1)
    return {"data": traces, "layout": figure}


def _axes(course: Course, number_: int, across: Span, down: Span) -> dict[str, Any]:
    suffix = "" if number_ == 1 else str(number_)
    across_axis = {
        "domain": list(across),
        "anchor": f"y{suffix}",
        "range": list(X_RANGE),
        "tickvals": list(TICK_MONTHS),
        "ticktext": [month_label(month) for month in TICK_MONTHS],
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": LIGHT.line,
        "ticks": "",
        "tickfont": {"color": LIGHT.muted, "size": 12.5},
        "fixedrange": True,
    }
    up_axis = {**value_axis(), "domain": list(down), "anchor": f"x{suffix}", "range": [0, _top(course)]}
    return {f"xaxis{suffix}": across_axis, f"yaxis{suffix}": up_axis}


def _top(course: Course) -> float:
    values = [float(value) for _, value in course.points if value is not None and not is_missing(value)]
    return max([*values, float(course.target or 0), 0.001]) * HEAD_ROOM


def _traces(course: Course, number_: int) -> list[dict[str, Any]]:
    suffix = "" if number_ == 1 else str(number_)
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "type": "scatter", "cliponaxis": False}
    straight = {
        **axes,
        "mode": "lines",
        "x": [0, 12],
        "y": [0, course.target],
        "line": {"color": LIGHT.quiet, "width": 1.5, "dash": "4px,4px"},
        "hoverinfo": "skip",
    }
    return ([] if not course.target else [straight]) + [{**axes, **_line(course)}]


def _line(course: Course) -> dict[str, Any]:
    """The course from zero in January on; a month without a value is a gap, a lone month a dot."""
    given = dict(course.points)
    months = list(range(1, max(given, default=0) + 1))
    values = [0.0, *(None if is_missing(given.get(month)) else float(given[month] or 0) for month in months)]
    end = max((i for i, value in enumerate(values) if i and value is not None), default=None)
    sizes = [9 if i == end else 5 if _is_lone(values, i) else 0 for i in range(len(values))]
    texts = [number(value, course.decimals) if i == end else "" for i, value in enumerate(values)]
    return {
        "mode": "lines+markers+text",
        "x": [0, *months],
        "y": values,
        "connectgaps": False,
        "line": {"color": LIGHT.ink, "width": 2.4},
        "marker": {"color": LIGHT.ink, "size": sizes, "opacity": 1, "line": {"width": 0}},
        "text": texts,
        "textposition": _text_position(course, end, values),
        "textfont": {"size": 15, "color": LIGHT.ink, "weight": 700},
        "customdata": ["", *(month_label(month) for month in months)],
        "hovertemplate": f"%{{customdata}} %{{y:,.{course.decimals}f}} {clean(course.unit)}<extra></extra>",
    }


def _is_lone(values: Sequence[float | None], index: int) -> bool:
    """True for a value with a gap on both sides, which no line would show."""
    before = values[index - 1] if index else None
    after = values[index + 1] if index + 1 < len(values) else None
    return index > 0 and values[index] is not None and before is None and after is None


def _text_position(course: Course, end: int | None, values: Sequence[float | None]) -> str:
    """Beside the end dot, on the side away from the straight line; behind it when the year is over."""
    value = 0.0 if end is None else float(values[end] or 0)
    is_above = bool(course.target) and end is not None and value >= float(course.target or 0) * end / 12
    is_low = value < _top(course) * 0.2  # below the dot it would stand on the names of the months
    if end is not None and (end >= 11 or (is_low and not is_above)):
        return "middle right"
    return "top left" if is_above else "bottom right"


def _labels(course: Course, number_: int) -> list[dict[str, Any]]:
    """The target at the end of the straight line, and what is missing."""
    suffix = "" if number_ == 1 else str(number_)
    place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "xanchor": "right"}
    if all(is_missing(value) for _, value in course.points):
        return [annotation(t("chart.incomplete"), 12, _top(course), yanchor="top", **place)]
    if not course.target:
        return [annotation(t("chart.no_target"), 12, _top(course), yanchor="top", **place)]
    text = t("chart.target", value=number(course.target, course.decimals))
    return [annotation(text, 11.3, course.target, yanchor="middle", **place)]


def _title(course: Course, across: Span, down: Span) -> dict[str, Any]:
    font = {"size": 14.5, "color": LIGHT.ink, "weight": 700}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    title = f"{course.title} {course.unit}".strip()
    return annotation(title, across[0], down[1] - 0.02, **place) | {"font": font}
