"""The outline under the map: how the office gives one, what can be drawn, and the one that comes along."""

from __future__ import annotations

import pytest

from domain.bodies import DISTRICTS
from domain.outlines import (
    CHANNEL,
    DISTRICT,
    LAND,
    PORT,
    ROAD,
    SAMPLE_OUTLINE,
    WORDS,
    OutlineLine,
    fault_of_outline,
    outline_text,
    read_outline,
)
from domain.place_lists import LineFault
from domain.places import is_on_map

CORNERS = ((120.0, 34.0), (120.2, 34.0), (120.1, 34.2))
AREA = OutlineLine(DISTRICT, "滨海片区", CORNERS)


def test_an_outline_is_read() -> None:
    """A point a line; those of one kind and name that follow each other are one line, unless an empty line parts them."""
    text = """类别,名称,经度,纬度
片区,滨海片区,120.0,34.0
片区,滨海片区,120°12′,34.0
片区,滨海片区,120.1,34.2
公路,,120.0,34.1
公路,,120.1,34.1
港区,港一,120.0,34.0,Port one

公路,,120.2,34.1

公路,,120.2,34.1
channel,,120.2,34.1"""
    assert read_outline(text) == (
        [
            AREA,
            OutlineLine(ROAD, "", ((120.0, 34.1), (120.1, 34.1))),
            OutlineLine(PORT, "港一", ((120.0, 34.0),), "Port one"),
            OutlineLine(ROAD, "", ((120.2, 34.1),)),
            OutlineLine(ROAD, "", ((120.2, 34.1),)),
            OutlineLine(CHANNEL, "", ((120.2, 34.1),)),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("河流,甲,120.0,34.0", "unknown_kind"),
        ("公路,甲,120.0", "no_degrees"),
        ("公路,甲,一二〇,34.0", "no_degrees"),
        ("公路,甲,34.0,120.0", "swapped"),
        ("公路,甲,116.4,39.9", "outside"),
        ("公路", "no_degrees"),
    ],
)
def test_a_point_that_cannot_be_read(line: str, code: str) -> None:
    """Is told with its number and text."""
    assert read_outline(f"\n{line}") == ([], [LineFault(2, line.replace(",", " "), code)])


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([AREA], None),
        ([OutlineLine(LAND, "", CORNERS), OutlineLine(ROAD, "", CORNERS[:2])], None),
        ([], "no_area"),
        ([OutlineLine(PORT, "", CORNERS)], "no_area"),
        ([AREA, OutlineLine("river", "", CORNERS)], "unknown_kind"),
        ([AREA, OutlineLine(ROAD, "", CORNERS[:1])], "too_short"),
        ([AREA, OutlineLine(PORT, "", CORNERS[:2])], "too_short"),
        ([AREA, OutlineLine(ROAD, "", ((34.0, 120.0), (34.1, 120.0)))], "swapped"),
    ],
)
def test_what_can_be_drawn(lines: list[OutlineLine], fault: str | None) -> None:
    """Land or a district at least, lines of two points, areas of three, all on the coast."""
    assert fault_of_outline(lines) == fault


def test_the_outline_that_comes_along() -> None:
    """Can be drawn, has both districts with their names in both languages, and a word for each of its kinds."""
    assert fault_of_outline(SAMPLE_OUTLINE) is None
    assert read_outline(outline_text(SAMPLE_OUTLINE)) == (list(SAMPLE_OUTLINE), [])
    districts = {line.name: line.english for line in SAMPLE_OUTLINE if line.kind == DISTRICT}
    assert districts == {body.name: body.english for body in DISTRICTS}
    assert {line.kind for line in SAMPLE_OUTLINE} == set(WORDS)
    assert all(bool(line.name) == bool(line.english) for line in SAMPLE_OUTLINE)
    assert all(is_on_map(*point) for line in SAMPLE_OUTLINE for point in line.points)
