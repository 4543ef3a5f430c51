"""How the system itself stands: backups, journal, checks, room on the disk, versions; and the journal to search."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from domain.bodies import DISTRICT_CODES
from domain.scope import Scope
from storage.backup_schedule import Failure, is_asked, last_failure
from storage.backups import Backup, list_backups
from storage.chain import Entry, Fault, check_chain, read_anchor
from storage.engine import Database
from storage.fingerprints import table_names
from storage.journal import journal_path, read_journal
from storage.space import Space, measure_space

PROGRAMS = ("duckdb", "streamlit", "pandas")
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Health:
    """What the page of the system's health shows.

    ``faults``: what the checks of the start found, and the chain now; ``lines`` and ``sha256`` of the journal as its anchor
    has them, None before the first write; ``schema`` the number of the newest migration; ``versions`` (program, version).
    """

    writes: int
    schema: int
    tables: int
    faults: tuple[Fault, ...]
    lines: int | None
    sha256: str | None
    space: Space
    backups: tuple[Backup, ...]
    failure: Failure | None
    is_asked: bool
    versions: tuple[tuple[str, str], ...]

    @property
    def newest_good(self) -> Backup | None:
        """The newest backup that passed its check."""
        return next((each for each in self.backups if each.is_verified), None)


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in the journal; empty parts leave everything. ``day`` is the beginning of a date: 2024, 2024-09."""

    event: str = ""
    actor: str = ""
    text: str = ""
    day: str = ""

    def finds(self, entry: Entry) -> bool:
        """Whether a line is looked for; the text may stand anywhere in it, in capitals or not."""
        return (
            self.event in ("", entry["event"])
            and self.actor in ("", entry["actor"])
            and entry["happened_at"].startswith(self.day)
            and self.text.casefold() in json.dumps(entry, ensure_ascii=False).casefold()
        )


def read_health(db: Database) -> Health:
    """How the system stands now. The chain is checked anew, the rest of the checks are those of the start."""
    path = journal_path(db)
    now = check_chain(path)
    # An anchor that cannot be read is among the faults.
    anchor = None if any(fault.code == "anchor_unreadable" for fault in now) else read_anchor(path)
    with db.cursor() as cursor:
        tables = len(table_names(cursor))
        (schema,) = cursor.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchall()
    return Health(
        writes=db.version(),
        schema=schema[0],
        tables=tables,
        faults=tuple(dict.fromkeys((*db.faults, *now))),
        lines=anchor["lines"] if anchor else None,
        sha256=anchor["sha256"] if anchor else None,
        space=measure_space(db.path),
        backups=tuple(list_backups(db.path)),
        failure=last_failure(db.path),
        is_asked=is_asked(db.path),
        versions=(("python", platform.python_version()), *((name, version(name)) for name in PROGRAMS)),
    )


def search_journal(db: Database, scope: Scope, search: Search, most: int = MOST_FOUND) -> tuple[list[Entry], int]:
    """The newest lines that are found, newest first, and how many there are in all.

    The journal tells of every district: a scope that may not read all of them finds nothing.
    """
    entries = journal_entries(db, scope)
    found = [entry for entry in entries if search.finds(entry)]
    return found[:most], len(found)


def journal_entries(db: Database, scope: Scope) -> Sequence[Entry]:
    """All lines, newest first, for a scope that may read every district; else none."""
    return read_journal(db)[::-1] if all(map(scope.allows, DISTRICT_CODES)) else []
