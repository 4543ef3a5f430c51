"""Timing: medians of repeated runs, and ratios of two things measured in turn within one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compared:
    """Median seconds of ours and of the bare counterpart, run in turn so that a busy machine slows both."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def seconds_of(run: Callable[[], object]) -> float:
    """Seconds that one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def compare(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> Compared:
    """Run both in turn, once unmeasured, and take medians."""
    ours(), bare()
    pairs = [(seconds_of(ours), seconds_of(bare)) for _ in range(rounds)]
    return Compared(statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs))


def percentile(values: list[float], share: float) -> float:
    """The value that a share (0 to 1) of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def milliseconds(seconds: float) -> str:
    """Seconds as text in ms."""
    return f"{seconds * 1000:,.0f} ms"


def print_line(name: str, figures: str, aim: str, *, is_met: bool) -> None:
    """One figure with the aim it is held to."""
    print(f"{name:<46} {figures:<46} aim {aim:<10} {'met' if is_met else 'NOT MET'}", flush=True)
