"""The year's courses for the meeting's screen: few, large, read from six metres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.meeting import MonthCourse
from ui.chart_parts import Span, annotation, grid_place, layout
from ui.formats import month_label, number
from ui.locale import t
from ui.theme import Palette

PIXELS = 640
TEXT_SIZE, FIGURE_SIZE = 32, 40
GAP_ACROSS, GAP_DOWN = 0.1, 0.24
HEAD_ROOM = 1.25
X_RANGE = (-0.2, 17.5)  # room for the last figure behind December


def stage_courses(courses: Sequence[MonthCourse], palette: Palette, *, columns: int = 2) -> dict[str, Any]:
    """Up to four courses as small multiples, each against the straight line to its target."""
    figure = layout(PIXELS, margin={"l": 4, "r": 4, "t": 56, "b": 44})
    figure["annotations"] = []
    traces: list[dict[str, Any]] = []
    for index, course in enumerate(courses):
        across, down = grid_place(index, columns, -(-len(courses) // columns), GAP_ACROSS, GAP_DOWN)
        suffix = "" if index == 0 else str(index + 1)
        figure |= _axes(course, suffix, across, down, palette)
        figure["annotations"] += [_title(course, across, down, palette), *_target(course, suffix, palette)]
        traces += _traces(course, suffix, palette)
    return {"data": traces, "layout": figure}


def _axes(course: MonthCourse, suffix: str, across: Span, down: Span, palette: Palette) -> dict[str, Any]:
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}
    months = {
        **plain,
        "domain": list(across),
        "anchor": f"y{suffix}",
        "range": list(X_RANGE),
        "tickvals": [6, 12],
        "ticktext": [month_label(6), month_label(12)],
        "tickfont": {"size": TEXT_SIZE, "color": palette.muted},
        "showline": True,
        "linecolor": palette.line,
    }
    values = {**plain, "domain": list(down), "anchor": f"x{suffix}", "range": [0, _top(course)], "visible": False}
    return {f"xaxis{suffix}": months, f"yaxis{suffix}": values}


def _top(course: MonthCourse) -> float:
    known = [value for _, value in course.points if value is not None]
    return max([*known, course.target or 0, 0.001]) * HEAD_ROOM


def _traces(course: MonthCourse, suffix: str, palette: Palette) -> list[dict[str, Any]]:
    place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "type": "scatter", "cliponaxis": False, "hoverinfo": "skip"}
    dashed = {"color": palette.quiet, "width": 4, "dash": "8px,8px"}
    straight = {**place, "mode": "lines", "x": [0, 12], "y": [0, course.target], "line": dashed}
    return ([straight] if course.target else []) + [{**place, **_line(course, palette)}]


def _line(course: MonthCourse, palette: Palette) -> dict[str, Any]:
    """From zero in January on; a month without a return is a gap; the last figure is written beside its dot."""
    given = dict(course.points)
    months = list(range(1, max(given, default=0) + 1))
    values = [0.0, *(given.get(month) for month in months)]
    end = max((at for at, value in enumerate(values) if at and value is not None), default=-1)
    return {
        "mode": "lines+markers+text",
        "x": [0, *months],
        "y": values,
        "connectgaps": False,
        "line": {"color": palette.ink, "width": 6},
        "marker": {"color": palette.ink, "size": [18 if at == end else 0 for at in range(len(values))], "opacity": 1},
        "text": [number(value, course.decimals) if at == end else "" for at, value in enumerate(values)],
        "textposition": "bottom right" if end >= 7 else "top center",
        "textfont": {"size": FIGURE_SIZE, "color": palette.ink, "weight": 700},
    }


def _title(course: MonthCourse, across: Span, down: Span, palette: Palette) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    text = f"{course.label} {course.unit}".strip()
    return annotation(text, across[0], down[1], **place) | {"font": {"size": TEXT_SIZE, "color": palette.text}}


def _target(course: MonthCourse, suffix: str, palette: Palette) -> list[dict[str, Any]]:
    """The target at the end of its line; where there is none, that."""
    if not course.target:
        place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "xanchor": "right", "yanchor": "top"}
        return [annotation(t("chart.no_target"), 17, _top(course), **place) | {"font": {"size": TEXT_SIZE, "color": palette.muted}}]
    place = {"xref": f"x{suffix}", "yref": f"y{suffix}", "xanchor": "right", "yanchor": "bottom"}
    text = number(course.target, course.decimals)
    return [annotation(text, 12, course.target, **place) | {"font": {"size": TEXT_SIZE, "color": palette.muted}}]
