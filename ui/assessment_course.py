"""The course of totals over the months: one line a body, its name and newest total at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.chart_parts import annotation, layout, value_axis
from ui.formats import month_label, number
from ui.locale import t
from ui.theme import LIGHT

FULL = 100.0
TICKS = (1, 3, 6, 9, 12)
LINES = (LIGHT.ink, LIGHT.quiet)
LEAST_APART = 9.0  # points between two names at the ends, so that neither covers the other


def totals_chart(totals: Mapping[str, Sequence[tuple[int, float | None]]], *, height: int) -> dict[str, Any]:
    """Body's name -> (month, total or None where it cannot be told) as a figure; 100 is a dotted line."""
    figure = layout(height, margin={"l": 4, "r": 6, "t": 8, "b": 24})
    top = max([FULL, *(value for points in totals.values() for _, value in points if value is not None)]) * 1.06
    figure["xaxis"] = {
        "range": [0.6, 15.6], "tickvals": list(TICKS), "ticktext": [month_label(month) for month in TICKS],
        "showgrid": False, "zeroline": False, "showline": True, "linecolor": LIGHT.line, "ticks": "",
        "tickfont": {"color": LIGHT.muted, "size": 12.5}, "fixedrange": True,
    }  # fmt: skip
    figure["yaxis"] = {**value_axis(), "range": [0, top]}
    full = {
        "type": "line",
        "x0": 0.6,
        "x1": 12.4,
        "y0": FULL,
        "y1": FULL,
        "line": {"color": LIGHT.muted, "dash": "dot", "width": 1},
    }
    figure["shapes"] = [full]
    full_words = annotation(t("assessment.full_line"), 12.5, FULL, xanchor="left", yanchor="middle")
    figure["annotations"] = [full_words, *_names(totals)]
    return {
        "data": [_line(points, colour) for points, colour in zip(totals.values(), LINES, strict=False)],
        "layout": figure,
    }


def _line(points: Sequence[tuple[int, float | None]], colour: str) -> dict[str, Any]:
    """A month without a total is a gap."""
    return {
        "type": "scatter", "mode": "lines+markers", "x": [month for month, _ in points], "y": [value for _, value in points],
        "line": {"color": colour, "width": 2.5}, "marker": {"size": 6, "color": colour}, "hovertemplate": "%{y}<extra></extra>",
        "cliponaxis": False, "connectgaps": False,
    }  # fmt: skip


def _names(totals: Mapping[str, Sequence[tuple[int, float | None]]]) -> list[dict[str, Any]]:
    """Name and newest total behind each line's end, moved apart where two ends are near."""
    ends = [
        (name, *[(month, value) for month, value in points if value is not None][-1])
        for name, points in totals.items()
        if any(value is not None for _, value in points)
    ]
    placed: list[dict[str, Any]] = []
    below = float("-inf")
    for name, month, value in sorted(ends, key=lambda end: end[2]):
        below = max(value, below + LEAST_APART)
        placed.append(annotation(f"{name} {number(value, 1)}", month + 0.25, below, xanchor="left", yanchor="middle"))
    return placed
