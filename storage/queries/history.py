"""Everything that was ever reported of one project."""

from __future__ import annotations

import json

import pandas as pd

from domain.fields import stored_names
from domain.scope import Record, Scope
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.receipts import state_of

FIELD_COLUMNS = ", ".join(stored_names())
HISTORY = f"""
    WITH counted AS ({COUNTED})
    SELECT reported_row.period, reported_row.sequence, submission_id, receipt_number, file_name, accepted_at,
        reported_row.body, reported_row.kind, table_number, sheet, cell_row, is_counted, rejected, texts, elsewhere,
        withdrawal.submission_id IS NOT NULL AS is_withdrawn,
        submission_id IN (SELECT counted.submission_id FROM counted) AS is_in_force,
        {FIELD_COLUMNS}
    FROM reported_row
    LEFT JOIN (SELECT DISTINCT submission_id FROM withdrawal WHERE sequence <= $sequence) AS withdrawal
        USING (submission_id)
    WHERE project_id = $project_id
      AND reported_row.sequence <= $sequence
      AND reported_row.body IN (SELECT unnest($bodies))
    ORDER BY reported_row.period, reported_row.sequence, table_number, cell_row
"""


def project_history(db: Database, scope: Scope, record: Record, project_id: str) -> pd.DataFrame:
    """Every row of every submission that spoke of the project, of all periods, by period and order of acceptance.

    Columns: period, sequence, submission_id, receipt_number, file_name, accepted_at, state (在用, 已替换 or 已撤回, as
    known at the record's acceptances), body, kind, table_number, sheet, cell_row, is_counted (false for an earlier row
    of the project in the same file), rejected (tuple of fields), texts (the row as typed, from column A), elsewhere
    ({field: (cell, text)}), then all fields.
    """
    params = {**params_of(scope, record), "project_id": project_id}
    with db.cursor() as cursor:
        rows = cursor.execute(HISTORY, params).df()
    states = [
        state_of(is_withdrawn=bool(withdrawn), is_in_force=bool(in_force))
        for withdrawn, in_force in zip(rows.pop("is_withdrawn"), rows.pop("is_in_force"), strict=True)
    ]
    rows.insert(rows.columns.get_loc("accepted_at") + 1, "state", states)
    rows["rejected"] = pd.Series([tuple(filter(None, text.split(","))) for text in rows["rejected"]], dtype=object)
    rows["texts"] = pd.Series([tuple(json.loads(text)) for text in rows["texts"]], dtype=object)
    rows["elsewhere"] = pd.Series([read_elsewhere(text) for text in rows["elsewhere"]], dtype=object)
    return rows


def read_elsewhere(text: str) -> dict[str, tuple[str, str]]:
    """Field -> (cell, text) as a row keeps it."""
    return {field: (cell, typed) for field, (cell, typed) in json.loads(text).items()}
