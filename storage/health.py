"""How the system itself stands: backups, journal, checks, room on the disk, versions; journal and record of use to search."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from domain.roles import OVERSEE
from domain.scope import Scope
from storage.access import access_faults, read_access
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
    has them, None before the first write; ``access_faults`` what is amiss with the record of use; ``schema`` the number of
    the newest migration; ``versions`` (program, version).
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
    access_faults: tuple[Fault, ...]
    versions: tuple[tuple[str, str], ...]

    @property
    def newest_good(self) -> Backup | None:
        """The newest backup that passed its check."""
        return next((each for each in self.backups if each.is_verified), None)


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in journal and record of use; empty parts leave everything.

    ``since`` and ``until`` are the beginnings of dates, both included: 2024, 2024-09, 2024-09-10.
    """

    event: str = ""
    actor: str = ""
    text: str = ""
    since: str = ""
    until: str = ""

    def finds(self, entry: Entry) -> bool:
        """Whether a line is looked for; the text may stand anywhere in it, in capitals or not."""
        at = entry["happened_at"]
        return (
            self.event in ("", entry["event"])
            and self.actor in ("", entry["actor"])
            and self.since <= at
            and at[: len(self.until)] <= self.until
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
        access_faults=tuple(access_faults(db.path)),
        versions=(("python", platform.python_version()), *((name, version(name)) for name in PROGRAMS)),
    )


def search_audit(db: Database, scope: Scope, search: Search, most: int = MOST_FOUND) -> tuple[list[Entry], int]:
    """The newest lines of journal and record of use that are found, newest first, and how many there are in all."""
    found = sorted((entry for entry in audit_entries(db, scope) if search.finds(entry)), key=_age, reverse=True)
    return found[:most], len(found)


def audit_entries(db: Database, scope: Scope) -> Iterator[Entry]:
    """All lines, the journal's first; none for a role that may not read what others do."""
    if scope.may(OVERSEE):
        yield from read_journal(db)
        yield from read_access(db.path)


def _age(entry: Entry) -> tuple[str, int]:
    return entry["happened_at"], entry["sequence"]
