"""What all charts share: fonts, axes and labels as plotly's dicts, and text that plotly cannot take for markup."""

from __future__ import annotations

from typing import Any

from plotly.graph_objects import Figure

from ui.theme import FONT_FAMILY, LIGHT

# The mode bar and the tips speak English; nothing is dragged or zoomed.
CHART_CONFIG = {"displayModeBar": False, "showTips": False, "doubleClick": False, "scrollZoom": False}
# Streamlit's own chart theme would put other colours and margins over ours.
CHART_OPTIONS: dict[str, Any] = {"theme": None, "config": CHART_CONFIG}

LABEL_SIZE = 13
Span = tuple[float, float]


def ready(figure: dict[str, Any]) -> Figure:
    """A figure that plotly has checked once.

    st.plotly_chart checks a dict again on every run, which takes longer than all else on a page.
    """
    return Figure(figure)


def clean(text: object) -> str:
    """Text that plotly shows as it stands: it reads ``<b>`` and ``<a>`` as markup, and %{...} and &...; as codes."""
    return str(text).replace("<", "＜").replace("%{", "% {").replace("&", "＆")


def layout(height: int, margin: dict[str, int]) -> dict[str, Any]:
    """A bare layout: no legend, no ground, no dragging, our font."""
    return {
        "height": height,
        "margin": {**margin, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT_FAMILY, "size": LABEL_SIZE, "color": LIGHT.text},
        "hoverlabel": {"font": {"family": FONT_FAMILY, "size": LABEL_SIZE}},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "barmode": "overlay",
        "separators": ".,",
    }


def value_axis() -> dict[str, Any]:
    """An axis that is not drawn, from zero: the numbers stand at the marks themselves."""
    return {"visible": False, "fixedrange": True, "rangemode": "tozero"}


def grid_place(index: int, columns: int, rows: int, gap_across: float, gap_down: float) -> tuple[Span, Span]:
    """Where a chart of a grid lies, from the top left: its span across and down; all as shares of the figure."""
    row, column = divmod(index, columns)
    wide = (1 - gap_across * (columns - 1)) / columns
    high = (1 - gap_down * (rows - 1)) / rows
    left, top = column * (wide + gap_across), 1 - row * (high + gap_down)
    return (left, min(left + wide, 1.0)), (max(top - high, 0.0), top)


def annotation(text: str, x: Any, y: Any, **more: Any) -> dict[str, Any]:
    """A text at a place of the chart, without an arrow."""
    font = {"size": LABEL_SIZE, "color": LIGHT.muted}
    return {"text": clean(text), "x": x, "y": y, "showarrow": False, "font": font, **more}
