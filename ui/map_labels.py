"""Where names stand on the map: beside their marks, over no other name or mark; what finds no room stays without."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

GAP = 5.0  # px between a mark and its name
LINE = 1.3  # height of a line in sizes of type


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
    """Width of a text in px: a Chinese sign is as wide as the type, a Latin one two thirds as wide."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else size * 0.66 for sign in text)


def place_labels(points: Sequence[MapPoint], screen: Box, size: float, kept: Sequence[Box] = ()) -> list[PlacedLabel]:
    """The names that find room, the earlier points first: right of the mark, left, above or below it.

    ``kept`` are boxes that no name may cover, such as names that stand already.
    """
    marks = [_mark_box(point) for point in points]
    placed: list[PlacedLabel] = []
    for index, point in enumerate(points):
        others = [*kept, *marks[:index], *marks[index + 1 :], *(label.box for label in placed)]
        box = next((box for box in _boxes(point, size) if _has_room(box, others, screen)), None) if point.name else None
        if box is not None:
            placed.append(PlacedLabel(index, box))
    return placed


def _has_room(box: Box, others: Sequence[Box], screen: Box) -> bool:
    return screen.holds(box) and not any(box.meets(other) for other in others)


def _mark_box(point: MapPoint) -> Box:
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
    ]
    return [Box(left, top, left + wide, top + high) for left, top in corners]
