"""How a submission was read: its columns and the cells that were mended."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from domain.scope import Scope
from domain.submissions import Correction, Submission
from storage.engine import Database
from storage.receipts import find_receipt

COLUMNS = """
    SELECT table_number, column_letter, heading, coalesce(field, '') FROM submission_column
    WHERE submission_id = $submission_id
"""
CORRECTIONS = """
    SELECT sheet, cell, field, before, after FROM correction WHERE submission_id = $submission_id ORDER BY number
"""

BY_CELL = """
    SELECT submission_id, sheet, cell, field, before, after FROM correction
    WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[])) ORDER BY submission_id, number
"""


def is_read_alike(cursor: duckdb.DuckDBPyConnection, submission_id: str, submission: Submission) -> bool:
    """Whether the submission of these bytes was read as this one is: the same columns, the same cells mended."""
    read = {
        (number, column.column, column.heading, column.field or "")
        for number, table in enumerate(submission.tables, 1)
        for column in table.columns
    }
    stored = set(cursor.execute(COLUMNS, {"submission_id": submission_id}).fetchall())
    return read == stored and _ends(submission.corrections) == _ends(corrections_of(cursor, submission_id))


def corrections_of(cursor: duckdb.DuckDBPyConnection, submission_id: str) -> list[Correction]:
    """The cells that were mended before a submission was accepted, in the order in which they were."""
    return [Correction(*row) for row in cursor.execute(CORRECTIONS, {"submission_id": submission_id}).fetchall()]


def corrections(db: Database, scope: Scope, submission_id: str) -> list[Correction]:
    """``corrections_of`` a submission that the scope may read; none of any other."""
    with db.cursor() as cursor:
        return corrections_of(cursor, submission_id) if find_receipt(db, submission_id, scope) else []


def corrections_by_cell(
    cursor: duckdb.DuckDBPyConnection, submission_ids: Sequence[str]
) -> dict[tuple[str, str, str], Correction]:
    """(submission, sheet, cell) -> how it was mended, of several submissions; of two of one cell the later."""
    rows = cursor.execute(BY_CELL, {"submission_ids": submission_ids}).fetchall()
    return {(submission_id, *each[:2]): Correction(*each) for submission_id, *each in rows}


def _ends(corrections: tuple[Correction, ...] | list[Correction]) -> dict[tuple[str, str], str | None]:
    """What stands in each mended cell in the end."""
    return {(each.sheet, each.cell): each.after for each in corrections}
