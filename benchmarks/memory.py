"""A day of people coming and going: what the server's memory grows by once it is warm."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

from benchmarks.dataset import SEED, build
from benchmarks.measuring import print_line
from benchmarks.people import CLICKED, PROJECTS
from benchmarks.served import ROOT, served
from benchmarks.visitor import Visitor

# Streamlit keeps the last 128 sessions that were left; from then on each new one takes the place of an old one.
WARM_SESSIONS, SESSIONS, CLICKS = 160, 480, 8
# What a day may add to a warm server: the fragments that a long-lived process always leaves, no session and no result.
MOST_GROWTH = 0.05
MEGABYTE = 2**20


def main() -> None:
    """Print the memory of the warm server and what a day of visits adds to it."""
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "monitor.duckdb"
        build(database, PROJECTS)
        with served(ROOT / "server.py", database) as server:
            chance = random.Random(SEED)
            visit(server.url, WARM_SESSIONS, chance)
            warm = resident_bytes(server.process)
            visit(server.url, SESSIONS, chance)
            after = resident_bytes(server.process)
    growth = after / warm - 1
    figures = f"{warm / MEGABYTE:,.0f} MB warm, {after / MEGABYTE:,.0f} MB after {SESSIONS * CLICKS:,} clicks ({growth:+.1%})"
    print_line(f"memory, {SESSIONS} visits of {CLICKS} clicks", figures, f"<= {MOST_GROWTH:+.0%}", is_met=growth <= MOST_GROWTH)


def visit(url: str, sessions: int, chance: random.Random) -> None:
    """One person after the other: opens the dashboard, clicks about, leaves."""
    for _ in range(sessions):
        with Visitor(url) as visitor:
            for _ in range(CLICKS):
                month = chance.randrange(1, 13)
                visitor.run(chance.choice(CLICKED), f"period=2024-{month:02}&body={chance.choice(('zone', 'binhai'))}")


def resident_bytes(process: int) -> int:
    """The memory that a process holds; Linux only. Raises OSError elsewhere."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
