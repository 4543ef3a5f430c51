"""How the promised date of a milestone moved, return by return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.periods import Period
from ui.chart_parts import annotation, layout
from ui.formats import day_text, period_name
from ui.locale import t
from ui.theme import LIGHT

EARLIEST = 1990 * 12  # the first month that a period can name
# (the return's period, the date it promised or None, how precisely: day, month, ...)
Promise = tuple[Period, date | None, str]


def promise_stairs(
    points: Sequence[Promise],
    actual: date | None = None,
    actual_precision: str = "day",
    *,
    height: int = 260,
) -> dict[str, Any]:
    """The date promised (up) in each month's return (across) as stairs, against the line where both are equal.

    A level stair is a promise that held, a step up one that moved; below the dashed line the date has passed.
    ``actual`` is drawn as a dot in the month it fell in.
    """
    known = [(period.number, period, day, precision) for period, day, precision in points if day is not None]
    figure = layout(height, margin={"l": 4, "r": 24, "t": 28, "b": 4})
    across = [position for position, *_ in known] or [0]
    up = [_day_number(day) for _, _, day, _ in known] + ([_day_number(actual)] if actual else []) or [0.0]
    first, last = min(across) - 0.5, max([*across, _day_number(actual) if actual else 0]) + 0.5
    low, high = min(*up, first) - 0.5, max(up) + 1
    figure["xaxis"] = _axis(first, last, is_upright=False)
    figure["yaxis"] = _axis(low, high, is_upright=True)
    data = [_equal_line(first, min(last, high)), _stairs(known)]
    if actual:
        data.append(_actual_dot(actual, actual_precision))
    figure["annotations"] = [_equal_label()]
    return {"data": data, "layout": figure}


def _day_number(day: date) -> float:
    """The month of a day as months since year 0: promises are of a month, and plotly's own dates speak English."""
    return float(day.year * 12 + day.month - 1)


def _axis(low: float, high: float, *, is_upright: bool) -> dict[str, Any]:
    # Labels across need three times the room of labels upright.
    step = max(1, round((high - low) / (7 if is_upright else 3.5)))
    step = next(size for size in (1, 2, 3, 6, 12, 24, 48, 96, 1200) if size >= step)
    ticks = [month for month in range(max(int(low), EARLIEST), int(high) + 1) if month % step == 0 and month >= low]
    return {
        "range": [low, high],
        "tickvals": ticks,
        "ticktext": [period_name(Period(month // 12, month % 12 + 1)) for month in ticks],
        "showgrid": is_upright,
        "gridcolor": LIGHT.line,
        "zeroline": False,
        "showline": not is_upright,
        "linecolor": LIGHT.line,
        "automargin": True,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"color": LIGHT.muted},
        "fixedrange": True,
    }


def _stairs(known: Sequence[tuple[int, Period, date, str]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [position for position, *_ in known],
        "y": [_day_number(day) for _, _, day, _ in known],
        "line": {"color": LIGHT.ink, "width": 2.4, "shape": "hv"},
        "marker": {"color": LIGHT.ink, "size": 6},
        "customdata": [[period_name(period), day_text(day, precision)] for _, period, day, precision in known],
        "hovertemplate": f"%{{customdata[0]}}  {t('chart.promised')} %{{customdata[1]}}<extra></extra>",
    }


def _equal_line(first: float, last: float) -> dict[str, Any]:
    line = {"color": LIGHT.quiet, "width": 1.5, "dash": "4px,4px"}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [first, last],
        "y": [first, last],
        "line": line,
        "hoverinfo": "skip",
    }


def _equal_label() -> dict[str, Any]:
    """What the dashed line means, above the chart: beside the line it would stand on the stairs."""
    place = {"xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    return annotation(t("chart.today_line"), 1, 1, **place)


def _actual_dot(actual: date, precision: str) -> dict[str, Any]:
    place = _day_number(actual)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [place],
        "y": [place],
        "text": [t("chart.finished", day=day_text(actual, precision))],
        "textposition": "top left",
        "textfont": {"color": LIGHT.action},
        "marker": {"color": LIGHT.action, "size": 11, "symbol": "circle"},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
