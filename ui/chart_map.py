"""The map of the zone: projects and works by place, shape, colour and size over the outline. Frames in, Figure out.

Plain x and y in kilometres with equal axes: no tiles and no geographic traces, so nothing is fetched from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from domain.outlines import CHANNEL, DISTRICT, LAND, PORT, RAILWAY, ROAD, OutlineLine
from domain.places import kilometres_east, kilometres_north
from ui.chart_parts import annotation, clean, layout
from ui.locale import t
from ui.map_labels import Box, MapPoint, clear_shift, line_boxes, mark_box, place_labels, text_width
from ui.map_marks import MARKS
from ui.theme import LIGHT, Palette

SIZES = (13, 19, 27)  # px, by the step of total investment
WORK_SIZE = 11
RING = 14  # px that the ring around the chosen one is wider
# As large as the chart is on the screen that it is made for; names keep clear of each other there.
WIDTH, HEIGHT = 934, 734
MARGIN = 8
NAME_SIZE = 13
EDGE_KM = 2.5
REACH_SIZES = 6  # how far a name of the outline may be moved, in sizes of its type
SCALE_KM = 10
Span = tuple[float, float]
LINE_STYLES: dict[str, tuple[float, str]] = {ROAD: (2.5, "solid"), RAILWAY: (2, "9px,4px"), CHANNEL: (1.5, "2px,4px")}


def map_chart(
    rows: pd.DataFrame,
    outline: Sequence[OutlineLine],
    *,
    palette: Palette = LIGHT,
    chosen: str = "",
    is_english: bool = False,
) -> dict[str, Any]:
    """The rows on the outline, the first of them on top; what is behind, and the chosen one, with its name.

    ``rows``: project_id, name, mark (of ``MARKS``), size (0 to 2), told (the pointer's text), is_named, and east, north,
    end_east, end_north in km (NaN without an end). A row without a place must not be among them.
    """
    rows = rows.assign(x=rows["east"].where(rows["end_east"].isna(), (rows["east"] + rows["end_east"]) / 2))
    rows["y"] = rows["north"].where(rows["end_north"].isna(), (rows["north"] + rows["end_north"]) / 2)
    x_span, y_span = shown_spans(rows, outline)
    figure = layout(HEIGHT, {"l": MARGIN, "r": MARGIN, "t": MARGIN, "b": MARGIN})
    figure["plot_bgcolor"] = palette.tint
    figure["xaxis"] = {**_axis(x_span), "scaleanchor": "y", "constrain": "domain"}
    figure["yaxis"] = {**_axis(y_span), "constrain": "domain"}
    box_of, lines = _box_of(x_span, y_span), _line_boxes(rows, x_span, y_span)
    marks = [mark_box(point) for point in _points(rows, x_span, y_span)]
    under = [
        _kept_clear(text, box_of, [*marks, *lines], x_span) for text in _outline_names(outline, palette, is_english)
    ]
    figure["annotations"] = [
        *under,
        *_names(rows, [*map(box_of, under), *lines], x_span, y_span, palette, chosen),
        *_scale_words(x_span, y_span, palette),
    ]
    figure["shapes"] = [_scale_bar(x_span, y_span, palette)]
    data = [_outline_trace(line, palette) for line in sorted(outline, key=lambda line: not line.is_area)]
    data += [_ends(rows, palette), _ring(rows, palette, chosen)]
    data += [
        _marks(rows[rows["mark"] == code], code, palette) for code in reversed(MARKS) if (rows["mark"] == code).any()
    ]
    return {"data": data, "layout": figure}


def shown_spans(rows: pd.DataFrame, outline: Sequence[OutlineLine]) -> tuple[Span, Span]:
    """What the map shows, in km east and north: districts, ports and all places, widened to the chart's shape.

    Of an outline with neither, its land.
    """
    lines = [line for line in outline if line.kind in (DISTRICT, PORT)] or list(outline)
    points = [point for line in lines for point in line.points]
    east = [kilometres_east(longitude) for longitude, _ in points]
    north = [kilometres_north(latitude) for _, latitude in points]
    for name, found in (("east", east), ("end_east", east), ("north", north), ("end_north", north)):
        found += rows[name].dropna().tolist()
    wide, high = max(east) - min(east) + 2 * EDGE_KM, max(north) - min(north) + 2 * EDGE_KM
    shape = (WIDTH - 2 * MARGIN) / (HEIGHT - 2 * MARGIN)
    wide, high = max(wide, high * shape), max(high, wide / shape)
    x, y = (min(east) + max(east)) / 2, (min(north) + max(north)) / 2
    return (x - wide / 2, x + wide / 2), (y - high / 2, y + high / 2)


def _axis(span: Span) -> dict[str, Any]:
    return {"range": list(span), "visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}


def _outline_trace(line: OutlineLine, palette: Palette) -> dict[str, Any]:
    points = [*line.points, line.points[0]] if line.is_area else line.points
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [kilometres_east(longitude) for longitude, _ in points],
        "y": [kilometres_north(latitude) for _, latitude in points],
        "hoverinfo": "skip",
    }
    if not line.is_area:
        width, dash = LINE_STYLES[line.kind]
        return {
            **trace,
            "line": {"color": palette.line if line.kind == ROAD else palette.quiet, "width": width, "dash": dash},
        }
    fill = {LAND: palette.ground, DISTRICT: palette.paper, PORT: palette.current}[line.kind]
    edge = {LAND: palette.quiet, DISTRICT: palette.quiet, PORT: palette.line}[line.kind]
    return {**trace, "fill": "toself", "fillcolor": fill, "line": {"color": edge, "width": 1.2}}


def _outline_names(outline: Sequence[OutlineLine], palette: Palette, is_english: bool) -> list[dict[str, Any]]:
    """Names of districts and ports in the middle of their points, quiet under the marks."""
    named = [line for line in outline if line.name and line.kind in (DISTRICT, PORT)]
    return [_outline_name(line, palette, is_english) for line in named]


def _outline_name(line: OutlineLine, palette: Palette, is_english: bool) -> dict[str, Any]:
    longitude = sum(point[0] for point in line.points) / len(line.points)
    latitude = sum(point[1] for point in line.points) / len(line.points)
    size = 21 if line.kind == DISTRICT else 13.5
    text = line.english if is_english and line.english else line.name
    font = {"size": size, "color": palette.quiet}
    return annotation(text, kilometres_east(longitude), kilometres_north(latitude), font=font)


def _ends(rows: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    """The works that are lines, from end to end."""
    lines = rows[rows["end_east"].notna()]
    x = [value for row in lines.itertuples() for value in (row.east, row.end_east, None)]
    y = [value for row in lines.itertuples() for value in (row.north, row.end_north, None)]
    line = {"color": palette.text, "width": 3}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _ring(rows: pd.DataFrame, palette: Palette, chosen: str) -> dict[str, Any]:
    """Around the project that is chosen."""
    found = rows[rows["project_id"] == chosen]
    line = {"color": palette.ink, "width": 2.5}
    marker = {
        "symbol": "circle-open",
        "size": [size + RING for size in _sizes(found)],
        "color": palette.ink,
        "line": line,
    }
    points = {"x": found["x"].tolist(), "y": found["y"].tolist()}
    return {"type": "scatter", "mode": "markers", **points, "marker": marker, "hoverinfo": "skip"}


def _marks(rows: pd.DataFrame, code: str, palette: Palette) -> dict[str, Any]:
    """The marks of one kind, clickable: customdata is (project's id, the pointer's text); those first in order on top."""
    rows = rows.iloc[::-1]
    mark = MARKS[code]
    is_open = "open" in mark.symbol
    edge = {"color": mark.colour(palette) if is_open else palette.paper, "width": 2.2 if is_open else 1.2}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": code,
        "x": rows["x"].tolist(),
        "y": rows["y"].tolist(),
        "marker": {
            "symbol": mark.symbol,
            "size": _sizes(rows),
            "color": mark.colour(palette),
            "opacity": 1,
            "line": edge,
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[row.project_id, clean(row.told)] for row in rows.itertuples()],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }


def _sizes(rows: pd.DataFrame) -> list[int]:
    return [WORK_SIZE if row.mark.startswith("work") else SIZES[row.size] for row in rows.itertuples()]


def _box_of(x_span: Span, y_span: Span) -> Callable[[dict[str, Any]], Box]:
    """What room a text of the outline takes on the screen."""
    scale = _scale(x_span)

    def box(text: dict[str, Any]) -> Box:
        x, y = (text["x"] - x_span[0]) * scale, (y_span[1] - text["y"]) * scale
        size = text["font"]["size"]
        wide = text_width(text["text"], size)
        return Box(x - wide / 2, y - size * 0.6, x + wide / 2, y + size * 0.6)

    return box


def _kept_clear(
    text: dict[str, Any], box_of: Callable[[dict[str, Any]], Box], busy: Sequence[Box], x_span: Span
) -> dict[str, Any]:
    """A name of the outline, moved a little where marks or works stand on it."""
    x, y = clear_shift(box_of(text), busy, REACH_SIZES * text["font"]["size"])
    scale = _scale(x_span)
    return {**text, "x": text["x"] + x / scale, "y": text["y"] - y / scale}


def _line_boxes(rows: pd.DataFrame, x_span: Span, y_span: Span) -> list[Box]:
    """The room that works from end to end take on the screen."""
    scale, lines = _scale(x_span), rows[rows["end_east"].notna()]
    return [
        box
        for row in lines.itertuples()
        for box in line_boxes(
            ((row.east - x_span[0]) * scale, (y_span[1] - row.north) * scale),
            ((row.end_east - x_span[0]) * scale, (y_span[1] - row.end_north) * scale),
        )
    ]


def _scale(x_span: Span) -> float:
    """Pixels of a kilometre."""
    return (WIDTH - 2 * MARGIN) / (x_span[1] - x_span[0])


def _points(rows: pd.DataFrame, x_span: Span, y_span: Span, chosen: str = "") -> list[MapPoint]:
    """The marks on the screen, with the names that they ask for."""
    scale = _scale(x_span)
    return [
        MapPoint(
            (row.x - x_span[0]) * scale,
            (y_span[1] - row.y) * scale,
            (size + RING * (row.project_id == chosen)) / 2,
            clean(row.name) if row.is_named or row.project_id == chosen else "",
        )
        for row, size in zip(rows.itertuples(index=False), _sizes(rows), strict=True)
    ]


def _names(
    rows: pd.DataFrame, kept: Sequence[Box], x_span: Span, y_span: Span, palette: Palette, chosen: str
) -> list[dict[str, Any]]:
    """Names that find room, the chosen project's before all; what is not to be named takes room with its mark alone."""
    rows = rows.assign(is_first=rows["project_id"] == chosen).sort_values("is_first", ascending=False, kind="stable")
    scale, points = _scale(x_span), _points(rows, x_span, y_span, chosen)
    found = place_labels(points, Box(0, 0, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN), NAME_SIZE, kept)
    return [
        annotation(
            points[label.index].name,
            x_span[0] + (label.box.left + label.box.right) / 2 / scale,
            y_span[1] - (label.box.top + label.box.bottom) / 2 / scale,
            font={"size": NAME_SIZE, "color": palette.ink},
            name="label",
        )
        for label in found
    ]


def _scale_bar(x_span: Span, y_span: Span, palette: Palette) -> dict[str, Any]:
    """So many kilometres, at the lower left."""
    x, y = x_span[0] + EDGE_KM / 2, y_span[0] + EDGE_KM / 2
    line = {"color": palette.text, "width": 2}
    return {"type": "line", "x0": x, "x1": x + SCALE_KM, "y0": y, "y1": y, "line": line}


def _scale_words(x_span: Span, y_span: Span, palette: Palette) -> list[dict[str, Any]]:
    """The length of the scale, and where north is."""
    font = {"size": NAME_SIZE, "color": palette.text}
    x, y = x_span[0] + EDGE_KM / 2, y_span[0] + EDGE_KM / 2
    return [
        annotation(t("map.kilometres", count=SCALE_KM), x + SCALE_KM / 2, y, yshift=12, font=font),
        annotation(
            t("map.north"), 1, 1, xref="paper", yref="paper", xanchor="right", yanchor="top", font={**font, "size": 16}
        ),
    ]
