"""Charts as plotly figures in plain dicts: plotly draws them, nothing is built or checked on the way.

Show one with ``st.plotly_chart(figure, alt=..., **CHART_OPTIONS)``. Numbers come in the unit they are shown in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.chart_courses import Course, course_chart, course_grid
from ui.chart_parts import CHART_CONFIG, CHART_OPTIONS, LABEL_SIZE, annotation, clean, layout, value_axis
from ui.chart_promises import promise_stairs
from ui.formats import is_missing, month_label, number, percent
from ui.locale import t
from ui.theme import LIGHT, Palette, grade_of

# The one door to all charts; the courses and the stairs have files of their own.
__all__ = [
    "CHART_CONFIG",
    "CHART_OPTIONS",
    "Course",
    "course_chart",
    "course_grid",
    "delay_bars",
    "investment_months_chart",
    "promise_stairs",
    "share_bars",
]

BAR_HEIGHT = 30  # px a horizontal bar takes


def investment_months_chart(
    months: Sequence[tuple[int, float | None]],
    annual_plan: float | None = None,
    *,
    unit: str = "",
    height: int = 220,
    colours: Palette = LIGHT,
) -> dict[str, Any]:
    """Investment by month as bars, against the even monthly share of the year's plan as a dashed line.

    ``months``: (month 1 to 12, amount or None where nothing was reported).
    """
    shown = [(month, amount) for month, amount in months if not is_missing(amount)]
    bars = {
        "type": "bar",
        "x": [month for month, _ in shown],
        "y": [amount for _, amount in shown],
        "text": [_bar_text(float(amount or 0)) for _, amount in shown],
        "textposition": "outside",
        "textfont": {"size": LABEL_SIZE},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colours.quiet},
        "width": 0.6,
        "hovertemplate": f"%{{customdata}} %{{y:,.2f}} {clean(unit)}<extra></extra>",
        "customdata": [month_label(month) for month, _ in shown],
    }
    need = None if is_missing(annual_plan) else float(annual_plan or 0) / 12
    top = max([float(amount or 0) for _, amount in shown] + [need or 0, 0.001])
    figure = layout(height, colours, margin={"l": 4, "r": 4, "t": 24, "b": 24})
    figure["xaxis"] = _month_axis(colours)
    figure["yaxis"] = {**value_axis(), "range": [0, top * 1.15]}
    if need is not None:
        figure["shapes"] = [_level_line(need, colours)]
        text = t("chart.monthly_need", value=_bar_text(need))
        # Above the bars: beside its line it would stand on them.
        figure["annotations"] = [annotation(text, 12.6, 1, colours, yref="paper", xanchor="right", yanchor="bottom")]
    return {"data": [bars], "layout": figure}


def _bar_text(amount: float) -> str:
    """Two decimals below ten, none for nothing, else one: what fits above a bar."""
    return number(amount, 0 if amount == 0 or amount >= 100 else 1 if amount >= 10 else 2)


def _month_axis(colours: Palette) -> dict[str, Any]:
    months = range(1, 13)
    return {
        "range": [0.4, 12.6],
        "tickvals": list(months),
        "ticktext": [month_label(month) for month in months],
        "showgrid": False,
        "zeroline": False,
        "linecolor": colours.line,
        "showline": True,
        "ticks": "",
        "fixedrange": True,
        "tickangle": 0,
    }


def _level_line(y: float, colours: Palette) -> dict[str, Any]:
    line = {"color": colours.muted, "dash": "dot", "width": 1.5}
    return {"type": "line", "x0": 0.4, "x1": 12.6, "y0": y, "y1": y, "line": line}


def share_bars(
    rows: Sequence[tuple[str, float | None, str | None]],
    time_share: float | None = None,
    *,
    colours: Palette = LIGHT,
    is_dark: bool = False,
) -> dict[str, Any]:
    """Shares of work done (0 to 1) as horizontal bars, with a line where the time passed stands.

    ``rows``: (name, share or None where not reported, grade's code or None), drawn from the top.
    """
    names = [clean(name) for name, _, _ in rows]
    shares = [0 if is_missing(share) else float(share or 0) for _, share, _ in rows]
    texts = [t("chart.no_data") if is_missing(share) else percent(share, 0) for _, share, _ in rows]
    fills = [grade_of(grade).fill(is_dark) if grade else colours.quiet for _, _, grade in rows]
    figure = layout(len(rows) * BAR_HEIGHT + 28, colours, margin={"l": 4, "r": 48, "t": 24, "b": 4})
    figure["xaxis"] = {**value_axis(), "range": [0, max([1.0, *shares])]}
    figure["yaxis"] = _name_axis(names)
    if not is_missing(time_share):
        figure["shapes"] = [_time_line(float(time_share or 0), colours)]
        text = f"{t('chart.time_mark')} {percent(time_share, 0)}"
        figure["annotations"] = [annotation(text, time_share, 1, colours, yref="paper", yanchor="bottom")]
    return {"data": [_ground_bars(names, colours), _row_bars(shares, texts, fills)], "layout": figure}


def _name_axis(names: Sequence[str]) -> dict[str, Any]:
    """Rows by position, not by name: two works may bear the same name."""
    positions = list(range(len(names)))
    return {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": positions,
        "ticktext": list(names),
        "automargin": True,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticksuffix": "  ",
    }


def _row_bars(lengths: Sequence[float], texts: Sequence[str], fills: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(lengths))),
        "x": list(lengths),
        "text": list(texts),
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": list(fills)},
        "width": 0.5,
        "hoverinfo": "skip",
    }


def _ground_bars(names: Sequence[str], colours: Palette) -> dict[str, Any]:
    positions = list(range(len(names)))
    full = {"type": "bar", "orientation": "h", "x": [1] * len(positions), "y": positions, "width": 0.5}
    return {**full, "marker": {"color": colours.tint}, "hoverinfo": "skip"}


def _time_line(share: float, colours: Palette) -> dict[str, Any]:
    line = {"color": colours.ink, "width": 2}
    return {"type": "line", "x0": share, "x1": share, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def delay_bars(
    bands: Sequence[tuple[str, int, str | None]], *, colours: Palette = LIGHT, is_dark: bool = False
) -> dict[str, Any]:
    """Projects by how late they are, a horizontal bar a band: (label, count, grade's code or None), from the top."""
    counts = [float(count) for _, count, _ in bands]
    fills = [grade_of(grade).fill(is_dark) if grade else colours.quiet for _, _, grade in bands]
    figure = layout(len(bands) * BAR_HEIGHT + 8, colours, margin={"l": 4, "r": 40, "t": 4, "b": 4})
    figure["xaxis"] = {**value_axis(), "range": [0, max([1.0, *counts]) * 1.02]}
    figure["yaxis"] = _name_axis([clean(label) for label, _, _ in bands])
    return {"data": [_row_bars(counts, [number(count) for count in counts], fills)], "layout": figure}
