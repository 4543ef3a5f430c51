"""The meetings: titles written for a month's pages, seals, and what was recorded after a seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from domain.meeting import Seal
from domain.scope import Record, Scope
from storage.counting import NEWEST, params_of, readable_bodies
from storage.engine import Database
from storage.known_meetings import seals_made, titles_set

RETURNS = """
    SELECT kind, body, period, receipt_number, withdrawn_sequence IS NOT NULL
    FROM accepted_submission
    WHERE period <= $period AND body IN (SELECT unnest($bodies))
      AND ((sequence > $sequence AND withdrawn_sequence IS NULL)
           OR (sequence <= $sequence AND withdrawn_sequence > $sequence))
    ORDER BY period, body, kind, sequence
"""
# What could show in the same meeting, sealed again: it happened up to the day that the meeting counted to.
LATER = {
    "issues": """
        SELECT count(DISTINCT issue_id) FROM (
            SELECT issue_id FROM issue
            WHERE sequence > $sequence AND opened_on <= $day
            UNION ALL
            SELECT issue_id FROM issue_event WHERE sequence > $sequence AND on_date <= $day
        ) WHERE issue_id IN (SELECT issue_id FROM issue WHERE body IN (SELECT unnest($bodies)))
    """,
    "tasks": """
        SELECT count(DISTINCT task_id) FROM (
            SELECT task_id FROM task WHERE sequence > $sequence AND opened_on <= $day
            UNION ALL
            SELECT task_id FROM task_event WHERE sequence > $sequence AND on_date <= $day
        ) WHERE task_id IN (SELECT task_id FROM task WHERE body IN (SELECT unnest($bodies)))
    """,
    "words": "SELECT count(DISTINCT word) FROM reason_word WHERE sequence > $sequence",
    "titles": "SELECT count(DISTINCT page) FROM meeting_title WHERE sequence > $sequence AND period = $period",
}


@dataclass(frozen=True, slots=True)
class LaterReturn:
    """A return that was accepted after a seal and stands, or was withdrawn after it."""

    kind: str
    body: str
    period: str
    receipt_number: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class NewerThanSeal:
    """What a meeting would show otherwise if it were sealed again: returns one by one, all else counted."""

    returns: tuple[LaterReturn, ...]
    issues: int
    tasks: int
    words: int
    titles: int

    @property
    def is_any(self) -> bool:
        return bool(self.returns or self.issues or self.tasks or self.words or self.titles)


def titles(db: Database, scope: Scope, record: Record) -> dict[str, str]:
    """Page's code -> the title that a person wrote for the record's month; pages with the generated one are left out."""
    sequence = params_of(scope, record)["sequence"]
    with db.cursor() as cursor:
        return titles_set(cursor, str(record.period), sequence)


def seals(db: Database, scope: Scope, record: Record | None = None) -> list[Seal]:
    """The sealed meetings of all months, the newest seal first; of a record those that it knows."""
    # A seal names no body; what is read by it is the scope's.
    sequence = NEWEST if record is None else params_of(scope, record)["sequence"]
    with db.cursor() as cursor:
        return seals_made(cursor, sequence)[::-1]


def find_seal(db: Database, scope: Scope, seal_id: str) -> Seal | None:
    """The seal of an id, None for none."""
    return next((seal for seal in seals(db, scope) if seal.seal_id == seal_id), None)


def seal_in_force(db: Database, scope: Scope, record: Record) -> Seal | None:
    """The newest seal of the record's month, as known at the record; None while the meeting is open."""
    return next((seal for seal in seals(db, scope, record) if seal.period == record.period), None)


def newer_since(db: Database, scope: Scope, seal: Seal) -> NewerThanSeal:
    """What was accepted or recorded after a seal for its month and those before."""
    params = {
        "sequence": seal.acceptances,
        "period": str(seal.period),
        "bodies": readable_bodies(scope),
        "day": seal.day,
    }
    with db.snapshot() as cursor:
        names = ("sequence", "period", "bodies")
        rows = cursor.execute(RETURNS, {name: params[name] for name in names}).fetchall()
        counted = {name: _count(cursor, sql, params) for name, sql in LATER.items()}
    return NewerThanSeal(tuple(LaterReturn(*row) for row in rows), **counted)


def _count(cursor: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any]) -> int:
    """One number; the engine refuses parameters that a query does not name."""
    row = cursor.execute(sql, {name: value for name, value in params.items() if f"${name}" in sql}).fetchone()
    return int(row[0]) if row else 0
