"""Rectification ledgers as a running transaction sees them, for the queries and for the checks of what is recorded next.

A ledger is the zone's, like a form of its own: all who may read anything read it (``counting.readable_bodies``).
"""

from __future__ import annotations

import duckdb

from domain.periods import Period
from domain.rectification import Problem, Rectification, RectificationBulletin
from storage.counting import NEWEST, Params

LEDGERS = """
    SELECT rectification_id, name, problem_count, measure_count, on_date, source
    FROM rectification WHERE sequence <= $sequence ORDER BY sequence, number
"""
PROBLEMS = """
    SELECT problem_id, rectification_id, serial, text, source, is_example
    FROM rectification_problem WHERE sequence <= $sequence ORDER BY sequence, number
"""
BULLETINS = """
    SELECT rectification_id, period, done, going_on, on_date, source
    FROM rectification_bulletin WHERE sequence <= $sequence ORDER BY sequence
"""


def readable_ledgers(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[Rectification]:
    """The ledgers recorded up to a write, in their order."""
    return [Rectification(*row) for row in cursor.execute(LEDGERS, {"sequence": params["sequence"]}).fetchall()]


def readable_problems(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[Problem]:
    """Their problems, in the order recorded."""
    return [Problem(*row) for row in cursor.execute(PROBLEMS, {"sequence": params["sequence"]}).fetchall()]


def readable_bulletins(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[RectificationBulletin]:
    """What was published of them, in the order recorded."""
    rows = cursor.execute(BULLETINS, {"sequence": params["sequence"]}).fetchall()
    return [RectificationBulletin(ledger, Period.parse(period), *rest) for ledger, period, *rest in rows]


def ledgers_before(cursor: duckdb.DuckDBPyConnection) -> tuple[list[Rectification], list[Problem]]:
    """All ledgers and problems, as the write that records more sees them."""
    params: Params = {"sequence": NEWEST}
    return readable_ledgers(cursor, params), readable_problems(cursor, params)
