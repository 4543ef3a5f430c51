"""The collection of returns: when each was received, how often again, the rules and locks that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.collection import DueRule, LockException, PeriodLock
from domain.periods import Period
from domain.scope import Record, Scope
from storage.counting import STANDING, params_of
from storage.engine import Database
from storage.locks import read_exceptions, read_locks

# What was withdrawn was not received, but counts as one of the times that the return was sent.
RECEIVED = """
    SELECT kind, body, period,
        arg_min(accepted_at, sequence) FILTER (WHERE is_standing) AS received_at,
        count(*) - 1 AS resubmission_count,
        arg_max(receipt_number, sequence) FILTER (WHERE is_standing) AS receipt_number,
        coalesce(arg_max(error_count, sequence) FILTER (WHERE is_standing), 0) AS error_count,
        coalesce(arg_max(explain_count, sequence) FILTER (WHERE is_standing), 0) AS explain_count,
        coalesce(arg_max(hint_count, sequence) FILTER (WHERE is_standing), 0) AS hint_count
    FROM (
        SELECT *, withdrawn_sequence IS NULL OR withdrawn_sequence > $sequence AS is_standing
        FROM accepted_submission
        WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies)) AND period[:4] = $year
    )
    GROUP BY kind, body, period
    ORDER BY period, body, kind
"""
BEGINNINGS = f"SELECT kind, min(period) FROM ({STANDING}) GROUP BY kind"
RULES = """
    SELECT kind, from_period, working_day FROM due_rule WHERE sequence <= $sequence ORDER BY sequence
"""


@dataclass(frozen=True, slots=True)
class CollectedReturn:
    """One return of a body and period: first received when, sent again how often, and the receipt in force.

    ``received_at`` and ``receipt_number`` are None where all that was accepted was withdrawn.
    """

    kind: str
    body: str
    period: str
    received_at: datetime | None
    resubmission_count: int
    receipt_number: str | None
    error_count: int
    explain_count: int
    hint_count: int


def collected_returns(db: Database, scope: Scope, record: Record) -> list[CollectedReturn]:
    """The returns of the record's year that were ever accepted, one for each return, body and period."""
    params = {**params_of(scope, record), "year": str(record.period.year)}
    with db.cursor() as cursor:
        return [CollectedReturn(*row) for row in cursor.execute(RECEIVED, params).fetchall()]


def first_periods(db: Database, scope: Scope, record: Record) -> dict[str, str]:
    """Kind of return -> the first period of which one is in force, whatever the record's period."""
    with db.cursor() as cursor:
        return dict(cursor.execute(BEGINNINGS, params_of(scope, record)).fetchall())


def due_rules(db: Database, scope: Scope, record: Record) -> list[DueRule]:
    """The rules for due dates in the order in which they were set."""
    sequence = params_of(scope, record)["sequence"]
    with db.cursor() as cursor:
        rows = cursor.execute(RULES, {"sequence": sequence}).fetchall()
    return [DueRule(kind, Period.parse(from_period), working_day) for kind, from_period, working_day in rows]


def period_locks(db: Database, scope: Scope, record: Record) -> list[PeriodLock]:
    """The periods closed after their meeting, ascending."""
    with db.cursor() as cursor:
        return read_locks(cursor, params_of(scope, record)["sequence"])


def lock_exceptions(db: Database, scope: Scope, record: Record) -> list[LockException]:
    """The exceptions to the lock of the record's period, oldest first."""
    with db.cursor() as cursor:
        found = read_exceptions(cursor, params_of(scope, record))
    return [each for each in found if each.period == str(record.period)]
