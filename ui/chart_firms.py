"""Each month of the year as a bar beside that of the year before, of the firms that have both."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui.chart_parts import annotation, layout, value_axis
from ui.formats import money, month_label, yi
from ui.locale import t
from ui.theme import LIGHT

MONTHS = range(1, 13)


def firms_chart(course: pd.DataFrame, height: int) -> dict[str, Any]:
    """The figure of ``firm_course``; a month that is not whole has no bar."""
    figure = layout(height, margin={"l": 4, "r": 4, "t": 24, "b": 24}) | {"barmode": "group", "bargap": 0.25}
    figure["xaxis"] = {"tickvals": list(MONTHS), "ticktext": [month_label(month) for month in MONTHS], "range": [0.4, 12.6],
                       "showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": {"color": LIGHT.muted}}  # fmt: skip
    figure["yaxis"] = value_axis()
    now = _bars(course, "like", t("firms.chart_now"), LIGHT.ink)
    bars = [_bars(course, "before", t("firms.chart_before"), LIGHT.quiet), now]
    figure |= {"showlegend": True, "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom"}}
    missing = course.loc[~course["is_whole"] | course["like"].isna(), "number"]
    told = course[course["like"].notna()]
    tops = zip(told["number"], told["like"], told[["like", "before"]].max(axis=1), strict=True)
    figure["annotations"] = [
        *(annotation("○", int(month), 0, yanchor="bottom") for month in missing),
        *(annotation(yi(wan), int(month), float(top), yanchor="bottom") for month, wan, top in tops),
    ]
    return {"data": bars, "layout": figure}


def _bars(course: pd.DataFrame, name: str, label: str, colour: str) -> dict[str, Any]:
    known = course[course[name].notna()]
    return {
        "type": "bar", "name": label, "x": [int(month) for month in known["number"]],
        "y": [float(value) for value in known[name]], "marker": {"color": colour},
        "customdata": [f"{month_label(int(month))} {label} {money(wan)}" for month, wan in zip(known["number"], known[name], strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
