"""What each return in force says of the infrastructure works, month by month."""

from __future__ import annotations

import pandas as pd

from domain.scope import Record, Scope
from domain.submissions import INFRASTRUCTURE
from storage.counting import COUNTED, params_of
from storage.engine import Database

SAID = f"""
    WITH counted AS ({COUNTED})
    SELECT project_id, counted.period, project_row.sheet, cell_row, receipt_number, file_name, stage, progress_rate, land_mu,
        progress_text, issue_text, escalation_level
    FROM project_row
    JOIN counted USING (submission_id)
    JOIN submission USING (submission_id)
    JOIN submission_table USING (submission_id, table_number)
    WHERE is_counted AND counted.period <= $period AND submission_table.kind = $kind
    ORDER BY position, cell_row
"""


def work_returns(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """One row for each work in each return in force up to the record's period, the newest last: what that return itself says.

    Columns: project_id, period, sheet, cell_row, receipt_number, file_name, stage, progress_rate (0 to 1), land_mu,
    progress_text, issue_text, escalation_level; missing where the return is silent, whatever an earlier one said.
    """
    params = {**params_of(scope, record), "period": str(record.period), "kind": INFRASTRUCTURE}
    with db.cursor() as cursor:
        return cursor.execute(SAID, params).df().astype({"progress_rate": "float64", "land_mu": "float64"})
