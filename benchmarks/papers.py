"""All papers of a meeting of 120 projects, from the reading to the last file, and each of them alone."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from benchmarks.dataset import build
from benchmarks.measuring import print_line, seconds_of
from domain.periods import Period
from domain.scope import OFFICE, Record
from reports.meeting.papers import PAPER_CODES, PaperSource, make_papers, read_papers
from storage.engine import Database, open_database

PERIOD = Period(2024, 12)
PROJECTS = 120
AIM_SECONDS = 10.0


def main() -> None:
    """Print the time of all and of each."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "monitor.duckdb"
        build(database, PROJECTS)
        db = open_database(database)
        try:
            whole = seconds_of(lambda: make_papers(_read(db)))
            source = _read(db)
            alone = {code: seconds_of(partial(make_papers, source, [code])) for code in PAPER_CODES}
        finally:
            db.close()
    print_line(f"all papers, {PROJECTS} projects", f"{whole:.1f} s", f"{AIM_SECONDS:g} s", is_met=whole < AIM_SECONDS)
    for code, seconds in alone.items():
        print_line(f"  {code}", f"{seconds:.2f} s", f"{AIM_SECONDS:g} s", is_met=seconds < AIM_SECONDS)


def _read(db: Database) -> PaperSource:
    return read_papers(db, OFFICE, Record(PERIOD), PERIOD.last_day)
