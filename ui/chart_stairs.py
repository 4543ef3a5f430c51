"""Several stairs of promises as small multiples in one figure, each on its own axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.chart_parts import Span, annotation, grid_place, layout
from ui.chart_promises import Promise, promise_stairs
from ui.locale import t
from ui.theme import LIGHT

GAP_ACROSS, GAP_DOWN = 0.04, 0.30  # shares of the figure: names of months left of a chart; those below, a title above
LABEL_SHARE = 0.085  # of the figure's width, for the months promised left of a chart
MOST_TICKS = 3


@dataclass(frozen=True, slots=True)
class Stairs:
    """One chain of promises: what it is of, and (period, date, precision) of each step."""

    title: str
    points: tuple[Promise, ...]


def stairs_grid(chains: Sequence[Stairs], *, columns: int = 3, height: int = 240) -> dict[str, Any]:
    """The stairs of several chains from the top left; across the month of the return, up the month promised."""
    figure = layout(height, margin={"l": 2, "r": 6, "t": 46, "b": 24})
    figure["annotations"] = [_dashed_line()]
    traces: list[dict[str, Any]] = []
    for index, chain in enumerate(chains):
        across, down = _place(index, columns, -(-len(chains) // columns))
        single = promise_stairs(chain.points)
        suffix = "" if index == 0 else str(index + 1)
        for name, span, other in (("x", across, "y"), ("y", down, "x")):
            axis = single["layout"][f"{name}axis"]
            own = {"domain": list(span), "anchor": f"{other}{suffix}", "automargin": False}
            figure[f"{name}axis{suffix}"] = {**axis, **_thinned(axis), **own}
        traces += [{**trace, "xaxis": f"x{suffix}", "yaxis": f"y{suffix}"} for trace in single["data"]]
        figure["annotations"].append(_title(chain.title, across, down))
    return {"data": traces, "layout": figure}


def _place(index: int, columns: int, rows: int) -> tuple[Span, Span]:
    """Where a chart lies, its labels left out: its span across and down as shares of the figure."""
    (left, right), down = grid_place(index, columns, rows, GAP_ACROSS, GAP_DOWN)
    return (left + LABEL_SHARE, right), down


def _thinned(axis: dict[str, Any]) -> dict[str, Any]:
    """Fewer labels than a chart of full width has room for."""
    step = -(-len(axis["tickvals"]) // MOST_TICKS) or 1
    return {name: axis[name][::step] for name in ("tickvals", "ticktext")}


def _title(text: str, across: Span, down: Span) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 13.5, "color": LIGHT.ink, "weight": 700}
    return annotation(text, across[0] - LABEL_SHARE, down[1], **place) | {"font": font}


def _dashed_line() -> dict[str, Any]:
    """What the dashed line means, once for all."""
    place = {"xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    return annotation(t("chart.today_line"), 1, 1, yshift=22, **place)
