"""Which periods and bodies have reported."""

from __future__ import annotations

import duckdb

from domain.periods import Period
from domain.scope import Record, Scope
from domain.submissions import ANNUAL_TARGETS, MONTHLY_RETURN
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.samples import is_sample_hash

ANY_PERIOD = Period(2000, 1)


def accepted_periods(db: Database, scope: Scope) -> list[str]:
    """The periods, ascending, for which a monthly return of a body of the scope is in force now."""
    with db.cursor() as cursor:
        return periods_in_force(cursor, scope)


def periods_in_force(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> list[str]:
    """``accepted_periods`` as the cursor's transaction sees them."""
    sql = f"SELECT DISTINCT period FROM ({COUNTED}) WHERE kind = $kind ORDER BY period"
    params = {**params_of(scope, Record(ANY_PERIOD)), "kind": MONTHLY_RETURN}
    return [period for (period,) in cursor.execute(sql, params).fetchall()]


def targets_are_samples(db: Database, scope: Scope, record: Record) -> bool:
    """Whether the targets of the record's year are one of the samples; False where there are none."""
    year = str(record.period.year)
    return any(kind == ANNUAL_TARGETS and period[:4] == year for kind, period, _ in _samples(db, scope, record))


def sample_receipts(db: Database, scope: Scope, record: Record) -> frozenset[str]:
    """The receipt numbers of the samples, whatever their names, among all that is in force as of the record."""
    return frozenset(number for _, _, number in _samples(db, scope, record))


def _samples(db: Database, scope: Scope, record: Record) -> list[tuple[str, str, str]]:
    """(kind, period, receipt number) of each sample in force."""
    sql = f"""
        SELECT counted.kind, counted.period, submission.receipt_number, submission.sha256
        FROM ({COUNTED}) AS counted JOIN submission USING (submission_id)
        ORDER BY position
    """
    with db.cursor() as cursor:
        rows = cursor.execute(sql, params_of(scope, record)).fetchall()
    return [(kind, period, number) for kind, period, number, sha256 in rows if is_sample_hash(sha256)]


def reported_bodies(db: Database, scope: Scope, record: Record) -> list[str]:
    """The bodies, in alphabetical order, whose monthly return of the record's period is in force."""
    sql = f"SELECT DISTINCT body FROM ({COUNTED}) WHERE kind = $kind AND period = $period ORDER BY body"
    params = {**params_of(scope, record), "kind": MONTHLY_RETURN, "period": str(record.period)}
    with db.cursor() as cursor:
        return [body for (body,) in cursor.execute(sql, params).fetchall()]
