"""Where names stand on the map: beside their marks, over no other name or mark; what finds no room stays without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from domain.text_widths import SCREEN_LATIN_EM, em_width

GAP = 5.0  # px between a mark and its name
LINE = 1.3  # height of a line in sizes of type
# How far, in lines, a name may stand lower or higher beside its mark.
BESIDE = (0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8)
LINE_STEP, LINE_HALF = 4.0, 2.0  # px along a drawn line from box to box, and to each side of it
# Where a name may be moved to, in px, the nearest first.
SHIFTS = sorted(((x, y) for x in range(-120, 121, 20) for y in range(-90, 91, 15)), key=lambda each: hypot(*each))


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A mark on the screen: its middle from the top left and its radius, in px; its name, empty for none."""

    x: float
    y: float
    radius: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the screen, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name that found room: the place of its point among those given, and its box."""

    index: int
    box: Box


def text_width(text: str, size: float) -> float:
    """Width of a text in px."""
    return em_width(text, SCREEN_LATIN_EM) * size


def line_boxes(start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
    """Small boxes along a line, which no name may cover."""
    steps = max(int(hypot(end[0] - start[0], end[1] - start[1]) / LINE_STEP), 1)
    shares = [at / steps for at in range(steps + 1)]
    points = [(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share) for share in shares]
    return [Box(x - LINE_HALF, y - LINE_HALF, x + LINE_HALF, y + LINE_HALF) for x, y in points]


def clear_shift(box: Box, others: Sequence[Box], reach: float) -> tuple[float, float]:
    """How far, in px, a box is moved right and down to meet none of the others: as little as can be, else not at all."""
    for x, y in SHIFTS:
        moved = Box(box.left + x, box.top + y, box.right + x, box.bottom + y)
        if hypot(x, y) <= reach and not any(moved.meets(other) for other in others):
            return x, y
    return 0.0, 0.0


def place_labels(points: Sequence[MapPoint], screen: Box, size: float, kept: Sequence[Box] = ()) -> list[PlacedLabel]:
    """The names that find room, the earlier points first: right of the mark, left, above or below it.

    ``kept`` are boxes that no name may cover, such as names that stand already.
    """
    marks = [mark_box(point) for point in points]
    placed: list[PlacedLabel] = []
    for index, point in enumerate(points):
        others = [*kept, *marks[:index], *marks[index + 1 :], *(label.box for label in placed)]
        box = next((box for box in _boxes(point, size) if _has_room(box, others, screen)), None) if point.name else None
        if box is not None:
            placed.append(PlacedLabel(index, box))
    return placed


def _has_room(box: Box, others: Sequence[Box], screen: Box) -> bool:
    return screen.holds(box) and not any(box.meets(other) for other in others)


def mark_box(point: MapPoint) -> Box:
    """The room of a mark."""
    return Box(point.x - point.radius, point.y - point.radius, point.x + point.radius, point.y + point.radius)


def _boxes(point: MapPoint, size: float) -> list[Box]:
    """Where the name may stand, the best place first."""
    wide, high, off = text_width(point.name, size), size * LINE, point.radius + GAP
    corners = [
        (point.x + off, point.y - high / 2),
        (point.x - off - wide, point.y - high / 2),
        (point.x - wide / 2, point.y - off - high),
        (point.x - wide / 2, point.y + off),
        (point.x + off * 0.7, point.y - off * 0.7 - high),
        (point.x + off * 0.7, point.y + off * 0.7),
        (point.x - off * 0.7 - wide, point.y - off * 0.7 - high),
        (point.x - off * 0.7 - wide, point.y + off * 0.7),
        *((x, point.y - high / 2 + y * high) for y in BESIDE for x in (point.x + off, point.x - off - wide)),
    ]
    return [Box(left, top, left + wide, top + high) for left, top in corners]
