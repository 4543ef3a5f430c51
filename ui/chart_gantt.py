"""Planned spans and their nodes along the months (甘特图): a row a project or a node, a line at the cut-off date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.node_plans import MONTHS_MEANT
from domain.periods import Period
from ui.chart_parts import annotation, clean, layout
from ui.formats import day_text, month_label, period_name
from ui.locale import t
from ui.theme import LIGHT

MARK_SIZE = 11
LETTER_SIZE = 11
SLOT_MONTHS = 2.6  # the room before the window for what fell due earlier
EARLIEST, LATEST = 1990 * 12, 2101 * 12  # the months that a period can name
TICKS = 11  # at most so many months are named
TOP, BOTTOM = 30, 26  # px above and below the rows
LEFT = 32  # px before the first month, where its name would be cut off


@dataclass(frozen=True, slots=True)
class GanttMark:
    """One mark: its place in months since year 0, plotly's symbol, its colour, a letter above it, a text to point at."""

    place: float
    symbol: str
    colour: str
    letter: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class GanttSpan:
    """One bar from place to place; thin ones tie a date to where it moved."""

    begin: float
    end: float
    colour: str
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One row: what it is, its spans and its marks, and the mark of what is open since before the window."""

    label: str
    spans: tuple[GanttSpan, ...] = ()
    marks: tuple[GanttMark, ...] = ()
    earlier: GanttMark | None = None


def place_of(day: date, precision: str | None = "day") -> float:
    """A day in months since year 0; one that only names a month, quarter or year stands in the middle of its last month."""
    month = day.year * 12 + day.month - 1
    return month + 0.5 if precision == "month" or precision in MONTHS_MEANT else month + (day.day - 0.5) / 31


def gantt_chart(
    rows: Sequence[GanttRow],
    window: tuple[int, int],
    cut_off: date,
    *,
    row_pixels: float = 34,
    is_labelled: bool = True,
) -> dict[str, Any]:
    """The rows from the top, from the first month of the window up to its last; what lies outside is cut off.

    ``window``: month numbers since year 0, the last one not shown any more. Without labels the names stand in a table
    beside the chart, whose rows are as high. A row's ``earlier`` mark stands before the window, with its letter.
    """
    low, high = window
    slot = SLOT_MONTHS if any(row.earlier for row in rows) else 0.0
    figure = layout(
        round(len(rows) * row_pixels) + TOP + BOTTOM,
        margin={"l": 4 if is_labelled or slot else LEFT, "r": 8, "t": TOP, "b": BOTTOM},
    )
    figure["xaxis"] = _months_axis(low, high, slot)
    figure["yaxis"] = _rows_axis(rows, is_labelled)
    figure["shapes"] = [_upright(_end_of(cut_off), LIGHT.ink, 2)]
    named = [(t("word.as_of", day=day_text(cut_off)), _end_of(cut_off))]
    if slot:
        figure["shapes"].append(_upright(low, LIGHT.quiet, 1))
        named.append((t("gantt.earlier"), low - slot / 2))
    figure["annotations"] = [annotation(*each, 1, yref="paper", yanchor="bottom", yshift=5) for each in named]
    return {"data": [*_spans(rows, low, high), _marks(rows, low, high, slot)], "layout": figure}


def _end_of(cut_off: date) -> float:
    return float(cut_off.year * 12 + cut_off.month)


def _upright(place: float, colour: str, width: float) -> dict[str, Any]:
    line = {"color": colour, "width": width}
    return {"type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _months_axis(low: int, high: int, slot: float) -> dict[str, Any]:
    step = next(size for size in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if size * TICKS >= high - low)
    months = [month for month in range(max(low, EARLIEST), min(high, LATEST)) if month % step == 0] or [low]
    return {
        "range": [low - slot, high],
        "tickvals": months,
        "ticktext": [_month_text(month, month == months[0]) for month in months],
        "showgrid": True,
        "gridcolor": LIGHT.tint,
        "zeroline": False,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"color": LIGHT.muted},
        "fixedrange": True,
    }


def _month_text(month: int, is_first: bool) -> str:
    """January stands for its year; the first month named has its year too."""
    period = Period(month // 12, month % 12 + 1)
    if period.month == 1:
        return day_text(period.first_day, "year")
    return period_name(period) if is_first else month_label(period.month)


def _rows_axis(rows: Sequence[GanttRow], is_labelled: bool) -> dict[str, Any]:
    positions = list(range(len(rows)))
    return {
        "range": [len(rows) - 0.5, -0.5],
        "tickvals": positions,
        "ticktext": [clean(row.label) for row in rows],
        "showticklabels": is_labelled,
        "automargin": is_labelled,
        "ticks": "",
        "ticksuffix": "  ",
        "showgrid": True,
        "gridcolor": LIGHT.line,
        "zeroline": False,
        "fixedrange": True,
    }


def _spans(rows: Sequence[GanttRow], low: float, high: float) -> list[dict[str, Any]]:
    """All bars of one colour and width as one trace, each cut at the window's ends."""
    kinds: dict[tuple[str, bool], dict[str, list[float | None]]] = {}
    for number, row in enumerate(rows):
        for span in row.spans:
            begin, end = max(span.begin, low), min(span.end, high)
            if begin < end:
                kind = kinds.setdefault((span.colour, span.is_thin), {"x": [], "y": []})
                kind["x"] += [begin, end, None]
                kind["y"] += [number, number, None]
    return [_span_trace(colour, is_thin, kind) for (colour, is_thin), kind in kinds.items()]


def _span_trace(colour: str, is_thin: bool, places: dict[str, list[float | None]]) -> dict[str, Any]:
    line = {"color": colour, "width": 1.5, "dash": "3px,3px"} if is_thin else {"color": colour, "width": 7}
    return {"type": "scatter", "mode": "lines", **places, "line": line, "hoverinfo": "skip"}


def _marks(rows: Sequence[GanttRow], low: float, high: float, slot: float) -> dict[str, Any]:
    shown = [
        (number, mark, mark.place) for number, row in enumerate(rows) for mark in row.marks if low <= mark.place <= high
    ]
    shown += [(number, row.earlier, low - slot / 2) for number, row in enumerate(rows) if row.earlier]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [place for _, _, place in shown],
        "y": [number for number, _, _ in shown],
        "text": [clean(mark.letter) for _, mark, _ in shown],
        "textposition": "top center",
        "textfont": {"size": LETTER_SIZE, "color": LIGHT.text},
        "marker": {
            "symbol": [mark.symbol for _, mark, _ in shown],
            "color": [mark.colour for _, mark, _ in shown],
            "size": MARK_SIZE,
            "line": {"color": [mark.colour for _, mark, _ in shown], "width": 1.5},
        },
        "customdata": [clean(mark.told) for _, mark, _ in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }
