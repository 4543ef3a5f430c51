"""Queries that must find nothing: what keys and constraints would hold in another engine."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from storage.engine import Database
from storage.growth import grown_since, table_sizes, words_of
from storage.integrity_checks import CHECKS
from storage.journal import is_same_event, read_journal, recorded_events
from storage.originals import OriginalDamaged, original_path, read_original
from storage.owner import WORK_SECONDS

ORIGINALS = """
    SELECT sha256, byte_count FROM submission
    UNION SELECT file_sha256, byte_count FROM evidence WHERE file_sha256 <> ''
    ORDER BY 1
"""
CHECKS_A_QUERY = 8


def check_integrity(db: Database) -> list[str]:
    """Everything that is not as it must be, one English sentence each; empty when all is well.

    Reads all rows and all originals.
    """
    return [*check_tables(db), *check_originals(db), *check_journal(db)]


def check_tables(db: Database) -> list[str]:
    """Orphans, duplicates, ranges, and receipts that disagree with their rows; of every row, for a start and a backup."""
    with db.cursor(WORK_SECONDS) as cursor:
        return _faults(cursor, range(len(CHECKS)))


def check_growth(db: Database) -> list[str]:
    """``check_tables``, without the checks of tables that have not grown since this process last found them well.

    Call it where nothing is written meanwhile.
    """
    with db.cursor(WORK_SECONDS) as cursor:
        sizes = table_sizes(cursor)
        grown = grown_since(db.checked_sizes, sizes)
        faults = _faults(cursor, [place for place, (_, sql) in enumerate(CHECKS) if words_of(sql) & grown])
    if not faults:
        db.checked_sizes = sizes
    return faults


def _faults(cursor: duckdb.DuckDBPyConnection, places: Sequence[int]) -> list[str]:
    found = [row for several in _several_at_once(places) for row in cursor.execute(several).fetchall()]
    return [CHECKS[place][0].format(text) for place, text in sorted(found)]


def _several_at_once(places: Sequence[int]) -> list[str]:
    """The checks, some in each query: on a few thousand rows most of the time goes to a query's own beginning and end."""
    chosen = ((place, CHECKS[place][1]) for place in places)
    asked = [f"SELECT {place}, CAST(text AS VARCHAR) FROM ({sql}) AS faults (text)" for place, sql in chosen]
    starts = range(0, len(asked), CHECKS_A_QUERY)
    return [" UNION ALL ".join(asked[start : start + CHECKS_A_QUERY]) for start in starts]


def check_originals(db: Database) -> list[str]:
    """Originals, photos and scans that are lost or changed."""
    with db.cursor(WORK_SECONDS) as cursor:
        rows = cursor.execute(ORIGINALS).fetchall()
    return [fault for sha256, byte_count in rows if (fault := _fault_of_original(db, sha256, byte_count))]


def missing_originals(db: Database) -> list[str]:
    """Originals that are lost or of another size, without reading them."""
    with db.cursor(WORK_SECONDS) as cursor:
        rows = cursor.execute(ORIGINALS).fetchall()
    sizes = {sha256: _size_of(db, sha256) for sha256, _ in rows}
    return [
        f"the original {sha256} is {'lost' if sizes[sha256] is None else f'not {byte_count} bytes long'}"
        for sha256, byte_count in rows
        if sizes[sha256] != byte_count
    ]


def check_journal(db: Database) -> list[str]:
    """Events that only one of database and journal knows: a lost write-ahead log, an old backup, a lost journal."""
    recorded = {(entry["event"], entry["sequence"]): entry for entry in recorded_events(db)}
    written = {(entry["event"], entry["sequence"]): entry for entry in read_journal(db)}
    return [
        *(f"the journal lacks write {sequence} ({event})" for event, sequence in sorted(recorded.keys() - written)),
        *(f"the database lacks write {sequence} ({event})" for event, sequence in sorted(written.keys() - recorded)),
        *(
            f"database and journal disagree on write {sequence} ({event})"
            for event, sequence in sorted(recorded.keys() & written)
            if not is_same_event(recorded[event, sequence], written[event, sequence])
        ),
    ]


def _size_of(db: Database, sha256: str) -> int | None:
    try:
        return original_path(db, sha256).stat().st_size
    except FileNotFoundError:
        return None


def _fault_of_original(db: Database, sha256: str, byte_count: int) -> str | None:
    try:
        content = read_original(db, sha256)
    except FileNotFoundError:
        return f"the original {sha256} is lost"
    except OriginalDamaged:
        return f"the original {sha256} has changed"
    return None if len(content) == byte_count else f"the original {sha256} is not {byte_count} bytes long"
