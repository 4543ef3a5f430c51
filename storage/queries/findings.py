"""Findings as they stood when their return was accepted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from domain.findings import Finding
from domain.scope import Record, Scope
from storage.counting import COUNTED, params_of
from storage.engine import Database

FINDINGS = f"""
    WITH counted AS ({COUNTED})
    SELECT submission.receipt_number, submission.submission_id, submission.file_name, submission.body,
        submission.period, finding.number, finding.level, finding.reason, finding.message_zh, finding.code,
        finding.sheet, finding.cell, finding.field, finding.value, finding.details, finding.project_id
    FROM finding JOIN submission ON submission.submission_id = finding.submission_id
    WHERE submission.body IN (SELECT unnest($bodies)) AND submission.sequence <= $sequence
"""
OF_SUBMISSION = " AND submission.submission_id = $submission_id"
IN_FORCE = " AND submission.period <= $period AND submission.submission_id IN (SELECT submission_id FROM counted)"
OF_PROJECT = " AND finding.project_id = $project_id"
ORDER = " ORDER BY submission.period, submission.sequence, finding.number"


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with the return it belongs to, and the reason that was given for it (需说明 only).

    ``level`` and ``message_zh`` are as the sender saw them, whatever the finding's declaration says today.
    """

    finding: Finding
    receipt_number: str
    submission_id: str
    file_name: str
    body: str
    period: str
    number: int
    level: str
    reason: str
    message_zh: str


def findings_of(
    db: Database, scope: Scope, record: Record, project_id: str | None = None, submission_id: str | None = None
) -> list[StoredFinding]:
    """Findings by period, order of acceptance and number.

    Of one submission, whatever its state; otherwise of all submissions in force up to the record's period.
    ``project_id`` leaves only those that speak of the project.
    """
    sql, params = FINDINGS, params_of(scope, record)
    if submission_id is not None:
        sql, params = sql + OF_SUBMISSION, {**params, "submission_id": submission_id}
    else:
        sql, params = sql + IN_FORCE, {**params, "period": str(record.period)}
    if project_id is not None:
        sql, params = sql + OF_PROJECT, {**params, "project_id": project_id}
    with db.cursor() as cursor:
        return [_stored(row) for row in cursor.execute(sql + ORDER, params).fetchall()]


def _stored(row: tuple[Any, ...]) -> StoredFinding:
    receipt_number, submission_id, file_name, body, period, number, level, reason, message, *rest = row
    code, sheet, cell, field, value, details, project_id = rest
    pairs = tuple((name, text) for name, text in json.loads(details))
    finding = Finding(code, sheet, cell, field, value, pairs, project_id)
    return StoredFinding(
        finding, receipt_number, submission_id, file_name, body, period, number, level, reason, message
    )
