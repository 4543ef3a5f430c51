"""Charts as plotly figures in plain dicts: plotly draws them, nothing is built or checked on the way.

Show one with ``st.plotly_chart(figure, alt=..., **CHART_OPTIONS)``. Numbers come in the unit they are shown in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.chart_courses import Course, course_chart, course_grid
from ui.chart_parts import CHART_CONFIG, CHART_OPTIONS, LABEL_SIZE, annotation, clean, layout, value_axis
from ui.chart_promises import promise_stairs
from ui.formats import is_missing, month_label, number
from ui.locale import t
from ui.theme import LIGHT

# The one door to all charts; the courses and the stairs have files of their own.
__all__ = [
    "CHART_CONFIG",
    "CHART_OPTIONS",
    "Course",
    "course_chart",
    "course_grid",
    "investment_months_chart",
    "promise_stairs",
]


def investment_months_chart(
    months: Sequence[tuple[int, float | None]],
    annual_plan: float | None = None,
    *,
    unit: str = "",
    height: int = 220,
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
        "marker": {"color": LIGHT.quiet},
        "width": 0.6,
        "hovertemplate": f"%{{customdata}} %{{y:,.2f}} {clean(unit)}<extra></extra>",
        "customdata": [month_label(month) for month, _ in shown],
    }
    need = None if is_missing(annual_plan) else float(annual_plan or 0) / 12
    top = max([float(amount or 0) for _, amount in shown] + [need or 0, 0.001])
    figure = layout(height, margin={"l": 4, "r": 4, "t": 24, "b": 24})
    figure["xaxis"] = _month_axis()
    figure["yaxis"] = {**value_axis(), "range": [0, top * 1.15]}
    if need is not None:
        figure["shapes"] = [_level_line(need)]
        text = t("chart.monthly_need", value=_bar_text(need))
        # Above the bars: beside its line it would stand on them.
        figure["annotations"] = [annotation(text, 12.6, 1, yref="paper", xanchor="right", yanchor="bottom")]
    return {"data": [bars], "layout": figure}


def _bar_text(amount: float) -> str:
    """Two decimals below ten, none for nothing, else one: what fits above a bar."""
    return number(amount, 0 if amount == 0 or amount >= 100 else 1 if amount >= 10 else 2)


def _month_axis() -> dict[str, Any]:
    months = range(1, 13)
    return {
        "range": [0.4, 12.6],
        "tickvals": list(months),
        "ticktext": [month_label(month) for month in months],
        "showgrid": False,
        "zeroline": False,
        "linecolor": LIGHT.line,
        "showline": True,
        "ticks": "",
        "fixedrange": True,
        "tickangle": 0,
    }


def _level_line(y: float) -> dict[str, Any]:
    line = {"color": LIGHT.muted, "dash": "dot", "width": 1.5}
    return {"type": "line", "x0": 0.4, "x1": 12.6, "y0": y, "y1": y, "line": line}
