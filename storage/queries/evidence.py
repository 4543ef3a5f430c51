"""Evidence recorded for starts and completions, and its photos and scans."""

from __future__ import annotations

import pandas as pd

from domain.scope import Record, Scope
from storage.counting import params_of
from storage.engine import Database
from storage.originals import read_original

# What was withdrawn after the record's acceptances stands as of them.
RECORDED = """
    SELECT evidence_id, project_id, body, milestone, kind, on_date, verified_date, value, note, file_sha256, file_name,
        recorded_at, recorded_by, coalesce(withdrawn_sequence <= $sequence, false) AS is_withdrawn,
        CASE WHEN withdrawn_sequence <= $sequence THEN withdrawn_at END AS withdrawn_at,
        CASE WHEN withdrawn_sequence <= $sequence THEN withdrawal_reason END AS withdrawal_reason
    FROM recorded_evidence
    WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies))
    ORDER BY sequence
"""
FILE = """
    SELECT file_sha256, file_name FROM evidence
    WHERE evidence_id = $evidence_id AND file_sha256 <> ''
      AND sequence <= $sequence AND body IN (SELECT unnest($bodies))
"""


def recorded_evidence(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """One row for each piece of evidence recorded up to the record's acceptances, in the order recorded.

    Columns: evidence_id, project_id, body, milestone (start, completion), kind, on_date, verified_date, value, note,
    file_sha256, file_name, recorded_at, recorded_by, is_withdrawn, withdrawn_at, withdrawal_reason.
    """
    with db.cursor() as cursor:
        return cursor.execute(RECORDED, params_of(scope, record)).df()


def evidence_file(db: Database, scope: Scope, record: Record, evidence_id: str) -> tuple[str, bytes]:
    """Name and bytes of the photo or scan of an evidence, withdrawn or not.

    Raises LookupError where the scope may read none, FileNotFoundError or
    OriginalDamaged for bytes lost.
    """
    with db.cursor() as cursor:
        row = cursor.execute(FILE, {**params_of(scope, record), "evidence_id": evidence_id}).fetchone()
    if row is None:
        raise LookupError(evidence_id)
    return row[1], read_original(db, row[0])
