"""Receipts: what the sender of an accepted return holds in hand, and whether it is still the one that counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from domain.scope import OFFICE, Scope
from storage.counting import COUNTED, Params, newest_params
from storage.engine import Database

IN_FORCE, REPLACED, WITHDRAWN = "在用", "已替换", "已撤回"
STATE_ENGLISH = {IN_FORCE: "in force", REPLACED: "replaced", WITHDRAWN: "withdrawn"}
COLUMNS = (
    "receipt_number, submission_id, sequence, kind, body, period, file_name, sha256, byte_count, accepted_at, "
    "accepted_by, reason, project_count, infrastructure_count, total_ytd_wan, error_count, explain_count, hint_count, "
    "replaces, withdrawn_at, withdrawn_by, withdrawal_reason"
)
LISTED = f"""
WITH counted AS ({COUNTED})
SELECT {COLUMNS}, submission_id IN (SELECT submission_id FROM counted) AS is_in_force
FROM accepted_submission
WHERE body IN (SELECT unnest($bodies))
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of one accepted return.

    ``total_ytd_wan`` (万元) is the sum of the year's investment over all rows that count, None when no row has any.
    ``replaces`` is the receipt that was in force before. ``is_repeat`` says that this call changed nothing.
    """

    receipt_number: str
    submission_id: str
    sequence: int
    kind: str
    body: str
    period: str
    file_name: str
    sha256: str
    byte_count: int
    accepted_at: datetime
    accepted_by: str
    reason: str
    project_count: int
    infrastructure_count: int
    total_ytd_wan: Decimal | None
    error_count: int
    explain_count: int
    hint_count: int
    replaces: str | None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawal_reason: str | None = None
    state: str = IN_FORCE
    is_repeat: bool = False

    @property
    def is_withdrawn(self) -> bool:
        return self.state == WITHDRAWN


def receipts(db: Database, scope: Scope = OFFICE) -> list[Receipt]:
    """All receipts that the scope may read, newest first, each with its state of now."""
    sql = f"{LISTED} ORDER BY sequence DESC"
    with db.cursor() as cursor:
        return _read(cursor, sql, newest_params(scope))


def find_receipt(db: Database, key: str, scope: Scope = OFFICE) -> Receipt | None:
    """The receipt with this number or submission id; None when there is none that the scope may read."""
    sql = f"{LISTED} AND (receipt_number = $key OR submission_id = $key)"
    with db.cursor() as cursor:
        found = _read(cursor, sql, {**newest_params(scope), "key": key})
    return found[0] if found else None


def receipt_of(cursor: duckdb.DuckDBPyConnection, submission_id: str) -> Receipt | None:
    """The receipt of a submission as the running transaction sees it."""
    found = _read(cursor, f"{LISTED} AND submission_id = $key", {**newest_params(OFFICE), "key": submission_id})
    return found[0] if found else None


def receipt_in_force(cursor: duckdb.DuckDBPyConnection, kind: str, body: str, period: str) -> Receipt | None:
    """The receipt that counts for this return, body and period, as the running transaction sees it."""
    sql = f"""{LISTED} AND kind = $kind AND body = $body AND period = $period
        AND submission_id IN (SELECT submission_id FROM counted)"""
    found = _read(cursor, sql, {**newest_params(OFFICE), "kind": kind, "body": body, "period": period})
    return found[0] if found else None


def receipt_of_bytes(
    cursor: duckdb.DuckDBPyConnection, kind: str, body: str, period: str, sha256: str
) -> Receipt | None:
    """The receipt that these bytes have for this return, body and period, the newest not withdrawn; None for none."""
    sql = f"""{LISTED} AND kind = $kind AND body = $body AND period = $period AND sha256 = $sha256
        AND withdrawn_at IS NULL ORDER BY sequence DESC"""
    asked = {**newest_params(OFFICE), "kind": kind, "body": body, "period": period, "sha256": sha256}
    found = _read(cursor, sql, asked)
    return found[0] if found else None


def _read(cursor: duckdb.DuckDBPyConnection, sql: str, params: Params) -> list[Receipt]:
    return [_receipt(row) for row in cursor.execute(sql, params).fetchall()]


def _receipt(row: tuple[Any, ...]) -> Receipt:
    *values, is_in_force = row
    receipt = Receipt(*values)
    return replace(receipt, state=state_of(is_withdrawn=receipt.withdrawn_at is not None, is_in_force=is_in_force))


def state_of(*, is_withdrawn: bool, is_in_force: bool) -> str:
    """The state of a submission: withdrawn, in force, or replaced by a newer one."""
    if is_withdrawn:
        return WITHDRAWN
    return IN_FORCE if is_in_force else REPLACED
