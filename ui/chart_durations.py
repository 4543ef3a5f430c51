"""How long each step takes: quartiles as bars, the median as a mark in them; no outliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.chart_parts import annotation, layout
from ui.formats import number
from ui.locale import t
from ui.theme import LIGHT

ROOM_BEHIND = 1.75  # of the longest bar: the figures stand behind it
LABEL_PIXELS = 80  # left of the bars, for their labels
BAR_WIDTH = 0.62  # of a row


@dataclass(frozen=True, slots=True)
class DurationBar:
    """The quartiles of one group in days, None for 样本不足; and how many were measured. The main one is drawn in ink."""

    label: str
    lower: float | None
    median: float | None
    upper: float | None
    measured_count: int
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class DurationGroup:
    """The bars of one step: from which to which."""

    title: str
    bars: tuple[DurationBar, ...]


def durations_chart(groups: Sequence[DurationGroup], *, height: int = 320) -> dict[str, Any]:
    """The groups from the top down, each title over its bars, all on one scale of days from zero."""
    figure = layout(height, margin={"l": LABEL_PIXELS, "r": 4, "t": 2, "b": 22})
    placed = _placed(groups)
    rows = len(placed) + len(groups)
    known = [bar for bar, _ in placed if bar.median is not None]
    longest = max([bar.upper or 0.0 for bar in known], default=1.0) or 1.0
    figure["xaxis"] = _days_axis(longest * ROOM_BEHIND)
    figure["yaxis"] = _rows_axis(placed, rows)
    figure["annotations"] = [*_titles(groups), *(_figures(bar, place) for bar, place in placed)]
    return {"data": [_boxes(placed), _medians(placed)], "layout": figure}


def _placed(groups: Sequence[DurationGroup]) -> list[tuple[DurationBar, float]]:
    """Each bar with its row from the top; a title takes a row of its own."""
    placed, row = [], 0.0
    for group in groups:
        for number_, bar in enumerate(group.bars, 1):
            placed.append((bar, row + number_))
        row += len(group.bars) + 1
    return placed


def _titles(groups: Sequence[DurationGroup]) -> list[dict[str, Any]]:
    """The title of each group over its bars, at the left edge of the figure."""
    titles, row = [], 0.0
    font = {"size": 13.5, "color": LIGHT.ink, "weight": 700}
    for group in groups:
        place = {"xref": "paper", "xanchor": "left", "xshift": 2 - LABEL_PIXELS, "yanchor": "middle"}
        titles.append(annotation(group.title, 0, row, **place) | {"font": font, "bgcolor": LIGHT.paper})
        row += len(group.bars) + 1
    return titles


def _figures(bar: DurationBar, place: float) -> dict[str, Any]:
    """What the bar says, behind it; that too few were measured, where there is none."""
    if bar.median is None:
        text = t("conversion.few_spans", count=number(bar.measured_count))
        return annotation(text, 0, place, xanchor="left", yanchor="middle", xshift=4)
    text = t(
        "conversion.quartiles",
        median=number(bar.median),
        lower=number(bar.lower),
        upper=number(bar.upper),
        count=number(bar.measured_count),
    )
    return annotation(text, bar.upper, place, xanchor="left", yanchor="middle", xshift=8) | {
        "font": {"size": 13, "color": LIGHT.ink if bar.is_main else LIGHT.text}
    }


def _boxes(placed: Sequence[tuple[DurationBar, float]]) -> dict[str, Any]:
    known = [(bar, place) for bar, place in placed if bar.median is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [bar.lower for bar, _ in known],
        "x": [(bar.upper or 0) - (bar.lower or 0) for bar, _ in known],
        "y": [place for _, place in known],
        "width": BAR_WIDTH,
        "marker": {"color": [LIGHT.muted if bar.is_main else LIGHT.quiet for bar, _ in known]},
        "hoverinfo": "skip",
    }


def _medians(placed: Sequence[tuple[DurationBar, float]]) -> dict[str, Any]:
    known = [(bar, place) for bar, place in placed if bar.median is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [bar.median for bar, _ in known],
        "y": [place for _, place in known],
        "marker": {"symbol": "line-ns", "size": 11, "color": LIGHT.ink, "line": {"color": LIGHT.ink, "width": 3}},
        "hoverinfo": "skip",
    }


def _days_axis(most: float) -> dict[str, Any]:
    return {
        "range": [0, most],
        "nticks": 6,
        "tickformat": ",d",
        "showgrid": True,
        "gridcolor": LIGHT.line,
        "zeroline": True,
        "zerolinecolor": LIGHT.quiet,
        "ticks": "",
        "tickfont": {"color": LIGHT.muted, "size": 12.5},
        "fixedrange": True,
    }


def _rows_axis(placed: Sequence[tuple[DurationBar, float]], rows: int) -> dict[str, Any]:
    return {
        "range": [rows - 0.4, -0.6],
        "tickvals": [place for _, place in placed],
        "ticktext": [bar.label for bar, _ in placed],
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": LIGHT.paper,
        "tickfont": {"color": LIGHT.text, "size": 13},
        "fixedrange": True,
    }
