"""Which version holds from when, as a running transaction sees it: read and appended alike for rule sets and schemes."""

from __future__ import annotations

from datetime import datetime

import duckdb

from domain.periods import Period
from domain.version_choices import VersionChoice
from storage.counting import NEWEST
from storage.engine import read_version

RULE_CHOICES, SCHEME_CHOICES = "rule_choice", "assessment_choice"


def choices_made(cursor: duckdb.DuckDBPyConnection, table: str, sequence: int = NEWEST) -> list[VersionChoice]:
    """The decisions in one of the two tables up to a write, in the order made."""
    rows = cursor.execute(
        f"SELECT from_period, code, version, set_at, set_by, reason FROM {table} WHERE sequence <= $1 ORDER BY sequence",
        [sequence],
    ).fetchall()
    return [VersionChoice(Period.parse(from_period), *rest) for from_period, *rest in rows]


def append_choice(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    key: str,
    from_period: Period,
    *,
    reason: str,
    actor: str,
    set_at: datetime,
) -> bool:
    """Append a decision; False, with nothing written, where the newest put this version into force from that very period."""
    if [(each.from_period, each.key) for each in choices_made(cursor, table)[-1:]] == [(from_period, key)]:
        return False
    code, _, version = key.partition("@")
    values = [read_version(cursor), str(from_period), code, int(version), set_at, actor, reason.strip()]
    cursor.execute(f"INSERT INTO {table} VALUES ($1, $2, $3, $4, $5, $6, $7)", values)
    return True
