"""Meetings as a running transaction sees them: titles, seals, rule sets, and which months have reported."""

from __future__ import annotations

import duckdb

from domain.bodies import BODIES
from domain.built_in_rules import BUILT_IN
from domain.meeting import Seal
from domain.periods import Period
from domain.submissions import MONTHLY_RETURN
from storage.counting import COUNTED, NEWEST

TITLES = """
    SELECT page, title FROM (
        SELECT page, title FROM meeting_title
        WHERE period = $period AND sequence <= $sequence
        QUALIFY row_number() OVER (PARTITION BY page ORDER BY sequence DESC) = 1
    )
    WHERE title <> ''
    ORDER BY page
"""
SEALS = """
    SELECT seal_id, period, acceptances, rule_set, day, sealed_at, sealed_by
    FROM meeting_seal WHERE sequence <= $sequence ORDER BY sequence
"""
SEAL_TITLES = "SELECT seal_id, page, title FROM seal_title ORDER BY sequence, page"
REPORTED = f"SELECT count(*) FROM ({COUNTED}) WHERE kind = $kind AND period = $period"


def titles_set(cursor: duckdb.DuckDBPyConnection, period: str, sequence: int = NEWEST) -> dict[str, str]:
    """Page's code -> the title that a person wrote for it, as of a write; pages with the generated title are left out."""
    return dict(cursor.execute(TITLES, {"period": period, "sequence": sequence}).fetchall())


def seals_made(cursor: duckdb.DuckDBPyConnection, sequence: int = NEWEST) -> list[Seal]:
    """All seals up to a write, the oldest first."""
    titles: dict[str, dict[str, str]] = {}
    for seal_id, page, title in cursor.execute(SEAL_TITLES).fetchall():
        titles.setdefault(seal_id, {})[page] = title
    rows = cursor.execute(SEALS, {"sequence": sequence}).fetchall()
    return [
        Seal(seal_id, Period.parse(period), *rest, titles=titles.get(seal_id, {})) for seal_id, period, *rest in rows
    ]


def rule_keys(cursor: duckdb.DuckDBPyConnection, sequence: int) -> set[str]:
    """The keys of all rule sets at a write: those brought along, and the office's own versions."""
    own = cursor.execute("SELECT code || '@' || version FROM rule_set WHERE sequence <= $1", [sequence]).fetchall()
    return {*BUILT_IN, *(key for (key,) in own)}


def reported_up_to(cursor: duckdb.DuckDBPyConnection, period: str, sequence: int) -> bool:
    """True where a monthly return of the period was in force at a write."""
    params = {"sequence": sequence, "bodies": sorted(BODIES), "kind": MONTHLY_RETURN, "period": period}
    row = cursor.execute(REPORTED, params).fetchone()
    return bool(row and row[0])
