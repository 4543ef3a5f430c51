"""Opening each page again, against a bare page that draws the same from ready values, at three sizes."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.bare import write_bare_page
from benchmarks.dataset import build
from benchmarks.measuring import compare, milliseconds, print_line
from benchmarks.served import ROOT, served
from benchmarks.visitor import Visitor
from domain.identity import project_id_of

PAGES = (
    "",
    "meeting",
    "screen",
    "tasks",
    "projects",
    "project",
    "delayed",
    "promises",
    "node_plan",
    "conversion",
    "permits",
    "issues",
    "infrastructure",
    "firms",
    "questions",
    "rules",
)
AIMS = {120: 1.5, 2_000: 2.5, 20_000: 2.5}
ROUNDS = 15
PERIOD = "2024-12"


def main(sizes: tuple[int, ...] = tuple(AIMS)) -> None:
    """Print for each size and page: time of a rerun, of the bare page's, and their ratio."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            database = folder / "monitor.duckdb"
            build(database, size)
            for page in PAGES:
                measure(page, size, database, folder)


def measure(page: str, size: int, database: Path, folder: Path) -> None:
    """Print one line, with the processor time that the server spent on a rerun."""
    asked = {"period": PERIOD, "body": "zone"}
    if page == "project":
        asked["project"] = project_id_of("binhai", "年产0万件测速产品项目")
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    bare = write_bare_page(page, asked, database, folder)
    with ExitStack() as stack:
        ours_server = stack.enter_context(served(ROOT / "server.py", database))
        bare_server = stack.enter_context(served(bare))
        ours, plain = stack.enter_context(Visitor(ours_server.url)), stack.enter_context(Visitor(bare_server.url))
        ours.run(page, query)
        before = ours_server.cpu_seconds()
        found = compare(lambda: ours.run(page, query), plain.run, ROUNDS)
        cpu = (ours_server.cpu_seconds() - before) / (ROUNDS + 1)
    figures = (
        f"{milliseconds(found.ours)} / {milliseconds(found.bare)} = {found.ratio:.2f} times, cpu {milliseconds(cpu)}"
    )
    aim = AIMS.get(size, 2.5)
    print_line(f"rerun {page or 'overview'}, {size:,} projects x 12", figures, f"<= {aim:g}", is_met=found.ratio <= aim)
