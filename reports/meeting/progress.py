"""How makers of papers tell how far they are: a share from 0 to 1, and what they are at."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]


def quiet(share: float, what: str) -> None:
    """Tell nobody."""
    del share, what


def part_of(progress: Progress, at: int, parts: int) -> Progress:
    """The progress of one of several parts, told as that of the whole."""
    return lambda share, what: progress((at + share) / parts, what)
