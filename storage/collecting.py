"""What the office decides about the collection of returns: due dates, locks after the meeting, exceptions to them."""

from __future__ import annotations

from datetime import date, datetime

import duckdb

from domain.bodies import DISTRICT_CODES
from domain.collection import LEAST_WORKING_DAY, MOST_WORKING_DAY, DueRule
from domain.periods import Period
from storage.accepting import NotAcceptable, finish_write
from storage.engine import Database, read_version
from storage.locks import lock_of, open_exception


def set_due_rule(db: Database, rule: DueRule, *, reason: str = "", actor: str = "office", set_at: datetime) -> None:
    """Append a rule for due dates; it counts for all periods from its first on. Raises NotAcceptable for no such day."""
    if not LEAST_WORKING_DAY <= rule.working_day <= MOST_WORKING_DAY:
        raise NotAcceptable(
            f"报送期限须在第 {LEAST_WORKING_DAY} 至第 {MOST_WORKING_DAY} 个工作日之间。",
            f"The due date must be one of the working days {LEAST_WORKING_DAY} to {MOST_WORKING_DAY}.",
        )

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        values = [read_version(cursor), rule.kind, str(rule.from_period), rule.working_day, set_at, actor]
        cursor.execute("INSERT INTO due_rule VALUES ($1, $2, $3, $4, $5, $6, $7)", [*values, reason.strip()])

    db.write(store, after=lambda _: finish_write(db))


def lock_period(db: Database, period: Period, *, reason: str, actor: str = "office", locked_at: datetime) -> None:
    """Close a period after its meeting. Raises NotAcceptable without a reason, and for a period closed already."""
    _check_reason(reason, "锁定须写明原因。", "Locking needs a reason.")

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        if lock_of(cursor, str(period)):
            raise NotAcceptable(f"{period} 已经锁定。", f"{period} is locked already.")
        values = [read_version(cursor), str(period), locked_at, actor, reason.strip()]
        cursor.execute("INSERT INTO period_lock VALUES ($1, $2, $3, $4, $5)", values)

    db.write(store, after=lambda _: finish_write(db))


def grant_exception(
    db: Database,
    body: str,
    period: Period,
    *,
    valid_until: date,
    reason: str,
    actor: str = "office",
    granted_at: datetime,
) -> None:
    """Let one monthly return of a district into a closed period, until the end of a day.

    Raises NotAcceptable without a reason, for a period that is open, a body that owes no monthly return, a day that has
    passed, and while an earlier exception can still be used.
    """
    _check_reason(reason, "例外须写明原因。", "An exception needs a reason.")
    if body not in DISTRICT_CODES:
        raise NotAcceptable(
            "例外只能给报送月报表的片区。", "Exceptions are for the districts that send monthly returns."
        )
    if valid_until < granted_at.date():
        raise NotAcceptable("例外的截止日已过。", "The exception's last day has passed.")

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        if lock_of(cursor, str(period)) is None:
            raise NotAcceptable(f"{period} 没有锁定，不需要例外。", f"{period} is not locked and needs no exception.")
        if open_exception(cursor, body, str(period), granted_at.date()):
            raise NotAcceptable("已有一项可用的例外，尚未使用。", "An exception is open already and was not used yet.")
        values = [read_version(cursor), body, str(period), valid_until, granted_at, actor, reason.strip()]
        cursor.execute("INSERT INTO lock_exception VALUES ($1, $2, $3, $4, $5, $6, $7)", values)

    db.write(store, after=lambda _: finish_write(db))


def _check_reason(reason: str, message_zh: str, message_en: str) -> None:
    if not reason.strip():
        raise NotAcceptable(message_zh, message_en)
