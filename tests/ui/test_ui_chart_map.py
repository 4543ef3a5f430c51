"""The chart of the map: marks by shape and colour on true distances, names, lines, rings, and no markup from a name."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS

from domain.outlines import DISTRICT, ROAD, SAMPLE_OUTLINE, OutlineLine
from ui.chart_map import EDGE_KM, HEIGHT, MARGIN, WIDTH, map_chart, shown_spans
from ui.chart_parts import clean, ready
from ui.map_marks import MARKS
from ui.theme import DARK, GRADES, LIGHT

NAN = math.nan


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "name": "甲",
        "mark": "behind",
        "size": 0,
        "told": "甲，滞后",
        "is_named": True,
        "end_east": NAN,
        "end_north": NAN,
    }
    columns = ["project_id", "east", "north", *usual]
    return pd.DataFrame([{**usual, "project_id": f"p{at}", **row} for at, row in enumerate(rows)], columns=columns)


def chart(*rows: dict[str, Any], outline: tuple[OutlineLine, ...] = SAMPLE_OUTLINE, **more: Any) -> dict[str, Any]:
    """A chart that plotly has taken for one."""
    figure = map_chart(frame(*rows), outline, **more)
    ready(figure)
    return figure


def traces(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in figure["data"] if "name" in trace}


def labels(figure: dict[str, Any]) -> list[str]:
    return [each["text"] for each in figure["layout"]["annotations"] if each.get("name") == "label"]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_mark_has_its_shape_and_colour(palette: Any) -> None:
    """In either palette the grade's own colour and symbol; none by colour alone."""
    found = traces(chart(*({"east": at, "north": 0.0, "mark": mark} for at, mark in enumerate(MARKS)), palette=palette))
    assert set(found) == set(MARKS)
    for code in ("behind", "attention", "on_track", "unknown"):
        grade = GRADES[code]
        assert found[code]["marker"]["color"] == (grade.colour if palette is LIGHT else grade.dark)
    assert [found[code]["marker"]["symbol"] for code in ("behind", "attention", "on_track", "unknown")] == [
        "triangle-up", "diamond", "circle", "circle-open",
    ]  # fmt: skip
    assert found["work"]["marker"]["color"] == palette.text
    symbols = {code: trace["marker"]["symbol"] for code, trace in found.items() if code != "slightly"}
    assert len(set(symbols.values())) == len(symbols)


def test_late_ones_lie_on_top_and_large_ones_are_large() -> None:
    """The trace drawn last is that of the late; three sizes by the step, works all alike."""
    figure = chart(
        *({"east": float(at), "north": 1.0, "size": at} for at in range(3)),
        {"east": 5.0, "north": 0.0, "mark": "work", "size": 2},
        {"east": 6.0, "north": 0.0, "mark": "work_blocked", "size": 0},
    )
    assert figure["data"][-1]["name"] == "behind"
    sizes = traces(figure)["behind"]["marker"]["size"]
    assert sizes == sorted(set(sizes), reverse=True)
    assert traces(figure)["work"]["marker"]["size"] == traces(figure)["work_blocked"]["marker"]["size"]


def test_a_click_names_the_project() -> None:
    """Each mark carries its project's id and the pointer's text; a mark that is not chosen does not fade."""
    trace = traces(chart({"east": 1.0, "north": 2.0}))["behind"]
    assert trace["customdata"] == [["p0", "甲，滞后"]]
    assert (trace["x"], trace["y"]) == ([1.0], [2.0])
    assert trace["unselected"]["marker"]["opacity"] == 1


def test_a_work_that_is_a_line() -> None:
    """Is drawn from end to end with its mark in the middle."""
    figure = chart({"east": 0.0, "north": 0.0, "end_east": 4.0, "end_north": 2.0, "mark": "work"})
    assert any(trace["x"] == [0.0, 4.0, None] and trace["y"] == [0.0, 2.0, None] for trace in figure["data"])
    assert (traces(figure)["work"]["x"], traces(figure)["work"]["y"]) == ([2.0], [1.0])


def test_names_on_the_map() -> None:
    """Those to be named and the chosen one; a ring lies around the chosen one alone."""
    rows = ({"east": 0.0, "north": 0.0}, {"east": 10.0, "north": 5.0, "name": "乙", "is_named": False})
    assert labels(chart(*rows)) == ["甲"]
    chosen = chart(*rows, chosen="p1")
    assert labels(chosen) == ["乙", "甲"]
    rings = [trace for trace in chosen["data"] if trace.get("mode") == "markers" and "name" not in trace]
    assert [ring["x"] for ring in rings] == [[10.0]]
    assert [
        ring["x"]
        for ring in [trace for trace in chart(*rows)["data"] if trace.get("mode") == "markers" and "name" not in trace]
    ] == [[]]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_markup_from_a_name(text: str) -> None:
    """A name or a name of the outline is text."""
    line = OutlineLine(DISTRICT, text, SAMPLE_OUTLINE[1].points)
    figure = chart({"east": 0.0, "north": 0.0, "name": text, "told": text}, outline=(line,))
    assert traces(figure)["behind"]["customdata"][0][1] == clean(text)
    shown = [each["text"] for each in figure["layout"]["annotations"]]
    assert not any("<" in each for each in shown) and clean(text) in shown


def test_distances_are_true() -> None:
    """One kilometre is as long across as up, and everything lies within the edges."""
    for rows in (
        (),
        ({"east": 90.0, "north": 0.0},),
        ({"east": 0.0, "north": 0.0, "end_east": 0.0, "end_north": -90.0},),
    ):
        (left, right), (low, high) = shown_spans(frame(*rows), SAMPLE_OUTLINE)
        assert (right - left) / (WIDTH - 2 * MARGIN) == pytest.approx((high - low) / (HEIGHT - 2 * MARGIN))
        for row in rows:
            assert (
                left + EDGE_KM <= row["east"] + 1e-6 <= right
                and low <= row.get("end_north", row["north"]) - EDGE_KM + 1e-6
            )


def test_the_outline_in_either_language() -> None:
    """District and port are named as the screen speaks; one without an English name keeps its own; nothing to place is no fault."""
    texts = [each["text"] for each in chart(is_english=True)["layout"]["annotations"]]
    assert {"Binhai", "Xiangshui port"} <= set(texts)
    own = OutlineLine(DISTRICT, "新片区", SAMPLE_OUTLINE[1].points)
    road = OutlineLine(ROAD, "", SAMPLE_OUTLINE[1].points[:2])
    assert "新片区" in [each["text"] for each in chart(outline=(own, road), is_english=True)["layout"]["annotations"]]
    assert shown_spans(frame(), (SAMPLE_OUTLINE[0],))
