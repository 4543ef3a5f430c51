"""Closed periods: whether a monthly return may still come in or be taken back."""

from __future__ import annotations

from datetime import date

import duckdb

from domain.collection import OPEN, LockException, PeriodLock
from domain.submissions import MONTHLY_RETURN
from storage.counting import NEWEST, Params

LOCKS = """
    SELECT period, locked_at, locked_by, reason
    FROM period_lock
    WHERE sequence <= $sequence
    QUALIFY row_number() OVER (PARTITION BY period ORDER BY sequence) = 1
    ORDER BY period
"""
# Used by the first monthly return of its body and period that was accepted after it, withdrawn since or not.
EXCEPTIONS = """
    SELECT body, period, valid_until, granted_at, granted_by, lock_exception.reason, (
        SELECT arg_min(receipt_number, submission.sequence) FROM submission
        WHERE submission.kind = $kind AND submission.body = lock_exception.body
          AND submission.period = lock_exception.period
          AND submission.sequence > lock_exception.sequence AND submission.sequence <= $sequence
    ) AS used_by
    FROM lock_exception
    WHERE lock_exception.sequence <= $sequence AND body IN (SELECT unnest($bodies))
    ORDER BY lock_exception.sequence
"""


def read_locks(cursor: duckdb.DuckDBPyConnection, sequence: int = NEWEST) -> list[PeriodLock]:
    """The closed periods as of a write."""
    return [PeriodLock(*row) for row in cursor.execute(LOCKS, {"sequence": sequence}).fetchall()]


def read_exceptions(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[LockException]:
    """The exceptions of bodies as of a write, oldest first; ``params`` are those of the counted submissions."""
    return [LockException(*row) for row in cursor.execute(EXCEPTIONS, {**params, "kind": MONTHLY_RETURN}).fetchall()]


def lock_of(cursor: duckdb.DuckDBPyConnection, period: str) -> PeriodLock | None:
    """The lock of a period; None while it is open."""
    return next((lock for lock in read_locks(cursor) if lock.period == period), None)


def open_exception(cursor: duckdb.DuckDBPyConnection, body: str, period: str, on: date) -> LockException | None:
    """The exception by which a body may still send a closed period's return on that day."""
    found = read_exceptions(cursor, {"sequence": NEWEST, "bodies": [body]})
    return next((each for each in found if each.period == period and each.state_on(on) == OPEN), None)


def lock_against(cursor: duckdb.DuckDBPyConnection, kind: str, body: str, period: str, on: date) -> PeriodLock | None:
    """The lock that keeps a return out on that day; None for an open period, an exception, or a yearly form."""
    lock = lock_of(cursor, period) if kind == MONTHLY_RETURN else None
    return None if lock and open_exception(cursor, body, period, on) else lock
