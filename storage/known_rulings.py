"""Suspensions and excuses as a running transaction sees them, for the queries and for the checks of what comes next."""

from __future__ import annotations

import duckdb

from domain.periods import Period
from domain.rulings import Excuse, SuspensionEvent
from storage.counting import NEWEST, Params

SUSPENSIONS = """
    SELECT project_id, body, kind, on_date, reason, note, expected_resumption
    FROM suspension_event WHERE {condition} ORDER BY sequence
"""
EXCUSES = """
    SELECT excuse_id, project_id, body, kind, from_period, to_period, meeting, decided_by, reason
    FROM excuse WHERE {condition} ORDER BY sequence
"""
READABLE = "sequence <= $sequence AND body IN (SELECT unnest($bodies))"
OF_PROJECT = "sequence <= $sequence AND project_id = $project"


def readable_suspensions(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[SuspensionEvent]:
    """The events of suspensions up to a write, of the bodies that may be read."""
    rows = cursor.execute(SUSPENSIONS.format(condition=READABLE), params).fetchall()
    return [SuspensionEvent(*row) for row in rows]


def readable_excuses(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[Excuse]:
    """The decisions on months excused up to a write, of the bodies that may be read."""
    return [_excuse(row) for row in cursor.execute(EXCUSES.format(condition=READABLE), params).fetchall()]


def suspensions_beside(cursor: duckdb.DuckDBPyConnection, project_id: str) -> list[SuspensionEvent]:
    """All that was recorded of a project's suspensions."""
    params = {"sequence": NEWEST, "project": project_id}
    return [
        SuspensionEvent(*row) for row in cursor.execute(SUSPENSIONS.format(condition=OF_PROJECT), params).fetchall()
    ]


def excuses_beside(cursor: duckdb.DuckDBPyConnection, project_id: str) -> list[Excuse]:
    """All decisions on months excused of a project."""
    params = {"sequence": NEWEST, "project": project_id}
    return [_excuse(row) for row in cursor.execute(EXCUSES.format(condition=OF_PROJECT), params).fetchall()]


def _excuse(row: tuple[str, ...]) -> Excuse:
    *head, from_period, to_period, meeting, decided_by, reason = row
    return Excuse(*head, Period.parse(from_period), Period.parse(to_period), meeting, decided_by, reason)
