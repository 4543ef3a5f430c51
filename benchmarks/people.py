"""People who click every few seconds, all at once: how long a click takes, twenty for a minute and fifty for five."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.dataset import SEED, build
from benchmarks.measuring import milliseconds, percentile, print_line
from benchmarks.pages import PAGES
from benchmarks.served import ROOT, served
from benchmarks.visitor import Visitor

PAUSE_SECONDS, PROJECTS, SHARE = (2.0, 8.0), 120, 0.95
CLICKED = [page for page in PAGES if page != "project"]


@dataclass
class Crowd:
    """So many people at once, for so long; within how many seconds 95 % of their clicks should be answered."""

    people: int
    seconds: float
    aim: float
    took: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def click(self, url: str) -> None:
        """All of them, from the first's opening of the first page until the last has gone."""
        crowd = [threading.Thread(target=self._person, args=(url, number)) for number in range(self.people)]
        for person in crowd:
            person.start()
        for person in crowd:
            person.join()

    def _person(self, url: str, number: int) -> None:
        """One person: opens each page once, then clicks about at random until the time is over."""
        chance = random.Random(SEED + number)
        try:
            time.sleep(chance.uniform(0, PAUSE_SECONDS[1]))
            with Visitor(url) as visitor:
                for page in CLICKED:
                    visitor.run(page)
                _until(time.monotonic() + self.seconds, lambda: self._click(visitor, chance))
        except Exception as error:  # a person who is cut off is a fault of the figure, whatever it was
            self.faults.append(f"{type(error).__name__}: {error}")

    def _click(self, visitor: Visitor, chance: random.Random) -> None:
        # Pauses of one length would bring all of them into step: whoever waited for the same answer clicks together again.
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        page, month = chance.choice(CLICKED), chance.randrange(10, 13)
        self.took.append(visitor.run(page, f"period=2024-{month}&body={chance.choice(('zone', 'binhai'))}"))


def main() -> None:
    """Print for each crowd the time within which 95 % of the clicks are answered, and how many people met a fault."""
    for crowd in (Crowd(20, 60.0, aim=0.3), Crowd(50, 300.0, aim=1.0)):
        with tempfile.TemporaryDirectory() as name:
            database = Path(name) / "monitor.duckdb"
            build(database, PROJECTS)
            with served(ROOT / "server.py", database) as server:
                crowd.click(server.url)
        _print(crowd)


def _print(crowd: Crowd) -> None:
    slowest = percentile(crowd.took, SHARE)
    figures = (
        f"{len(crowd.took)} clicks, {len(crowd.faults)} faults, median {milliseconds(percentile(crowd.took, 0.5))}, "
        f"95 % {milliseconds(slowest)}"
    )
    name = f"{crowd.people} people clicking every {PAUSE_SECONDS:g} s, {crowd.seconds:g} s"
    print_line(name, figures, f"95 % < {milliseconds(crowd.aim)}", is_met=slowest < crowd.aim and not crowd.faults)
    for fault in sorted(set(crowd.faults)):
        print(f"    {fault}", flush=True)


def _until(end: float, act: Callable[[], None]) -> None:
    while time.monotonic() < end:
        act()
