"""Names beside marks: none covers another name, a mark or what stands already; what finds no room stays without."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.map_labels import Box, MapPoint, clear_shift, line_boxes, place_labels, text_width

SCREEN = Box(0, 0, 400, 300)
POINTS = st.lists(
    st.builds(
        MapPoint,
        st.floats(0, 400),
        st.floats(0, 300),
        st.sampled_from([6.0, 13.0]),
        st.sampled_from(["", "冷库", "海洋智算中心"]),
    ),
    max_size=14,
)


def covers(one: Box, other: Box) -> bool:
    """Whether two boxes share a point within both, found the long way."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0 and high > 0


@given(POINTS)
def test_no_name_covers_anything(points: list[MapPoint]) -> None:
    """However close the marks lie."""
    kept = Box(150, 100, 250, 140)
    found = place_labels(points, SCREEN, 13, [kept])
    assert not any(covers(one.box, other.box) for one, other in combinations(found, 2))
    for label in found:
        assert points[label.index].name
        assert label.box.left >= 0 and label.box.right <= 400 and label.box.top >= 0 and label.box.bottom <= 300
        assert not covers(label.box, kept)
        for at, point in enumerate(points):
            mark = Box(point.x - point.radius, point.y - point.radius, point.x + point.radius, point.y + point.radius)
            assert at == label.index or not covers(label.box, mark)


@pytest.mark.parametrize(
    ("x", "y", "side"),
    [(100, 150, "right"), (390, 150, "left")],
)
def test_the_best_side_with_room(x: float, y: float, side: str) -> None:
    """Right of the mark, and at the right edge left of it."""
    (label,) = place_labels([MapPoint(x, y, 6, "冷库")], SCREEN, 13)
    assert ("right" if label.box.left > x else "left") == side
    assert label.box.right - label.box.left == 26


def test_the_first_goes_before_and_the_last_without() -> None:
    """Of marks on one spot the first is named; what has no room anywhere has none."""
    crowd = [MapPoint(200, 150, 6, "海洋智算中心") for _ in range(9)]
    assert [label.index for label in place_labels(crowd, SCREEN, 13)][:1] == [0]
    assert len(place_labels(crowd, SCREEN, 13)) < 9
    assert place_labels([MapPoint(5, 5, 6, "长" * 40)], SCREEN, 13) == []


def test_widths_of_texts() -> None:
    """Chinese signs are as wide as the type, Latin ones narrower, twice the type twice as wide."""
    assert text_width("冷库", 10) == 20
    assert 15 < text_width("LNG", 10) < 30
    assert text_width("LNG", 20) == pytest.approx(2 * text_width("LNG", 10))


def test_no_name_stands_on_a_line() -> None:
    """The boxes along a line leave no gap that a name could stand in, whatever its direction."""
    for end in ((100.0, 0.0), (0.0, 100.0), (70.0, 70.0), (0.0, 0.0)):
        boxes = line_boxes((0.0, 0.0), end)
        for share in range(101):
            x, y = end[0] * share / 100, end[1] * share / 100
            assert any(box.meets(Box(x - 0.1, y - 0.1, x + 0.1, y + 0.1)) for box in boxes)


def test_a_name_moves_no_further_than_it_must() -> None:
    """Not at all where it stands clear or nothing near is clear; else to the nearest clear place."""
    name = Box(0, 0, 40, 12)
    assert clear_shift(name, [], 200) == (0.0, 0.0)
    assert clear_shift(name, [Box(0, 0, 40, 12)], 200) in ((0, 15), (0, -15))
    assert clear_shift(name, [Box(-500, -500, 500, 500)], 200) == (0.0, 0.0)
    assert clear_shift(name, [Box(0, 0, 40, 12)], 10) == (0.0, 0.0)
