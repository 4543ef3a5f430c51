"""Text as a paper may hold it: characters that XML forbids are dropped, and how much room a text takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

from domain.text_widths import em_width

# All that XML 1.0 does not allow; a paper with one of them does not open.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
POINTS_PER_INCH = 72
# Part of a line that is filled at most.
FILLED = 0.97
# What is not broken: a word or a number with its signs; any other character stands alone.
PIECES = re.compile(r"[!-~]+|\s+|.")


def xml_text(text: object) -> str:
    """A text without the characters that XML forbids, on one line."""
    return re.sub(r"\s*[\t\n\r]\s*", " ", FORBIDDEN.sub("", str(text)))


def lines_of(text: str, size: float, inches: float) -> int:
    """How many lines a text of this size takes in a width: Chinese breaks anywhere, a word or number stays whole."""
    room = inches * POINTS_PER_INCH * FILLED / size
    lines, filled = 1, 0.0
    for piece in PIECES.findall(text):
        width = em_width(piece)
        if filled + width > room and filled and not piece.isspace():
            lines, filled = lines + 1, 0.0
        lines += ceil(width / room) - 1 if width > room else 0
        filled += width
    return lines


def common_size(texts: Iterable[tuple[str, float]], sizes: tuple[float, ...]) -> float:
    """The largest size at which every (text, inches) stays on its line; the smallest where none does."""
    return min((fitted_size(text, inches, 1, sizes) for text, inches in texts), default=sizes[0])


def fitted_size(text: str, inches: float, lines: int, sizes: tuple[float, ...]) -> float:
    """The largest size at which a text takes at most so many lines; the smallest where none does."""
    return next((size for size in sizes if lines_of(text, size, inches) <= lines), sizes[-1])


def cut(text: str, size: float, inches: float, lines: int) -> str:
    """The text, or as much of it as the lines hold, with a sign that it goes on."""
    while lines_of(text, size, inches) > lines:
        text = text[:-2].rstrip("…") + "…"
    return text
