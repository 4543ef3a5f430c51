"""Which stages each project was reported in, and since which period."""

from __future__ import annotations

import pandas as pd

from domain.scope import Record, Scope
from storage.counting import COUNTED, params_of
from storage.engine import Database

SEEN = f"""
    WITH counted AS ({COUNTED}),
    said AS (
        SELECT project_id, stage, counted.period, position, submission_id, sheet, cell_row
        FROM project_row JOIN counted USING (submission_id)
        WHERE is_counted AND counted.period <= $period AND stage IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY project_id, stage ORDER BY position) = 1
    )
    SELECT project_id, said.stage, said.period AS first_period, submission_id, receipt_number, file_name, said.sheet,
        said.cell_row
    FROM said JOIN submission USING (submission_id)
    ORDER BY project_id, said.position, said.stage
"""


def stages_seen(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """One row for each project and stage that a return in force up to the record's period reported it in.

    Columns: project_id, stage, first_period (the first period whose return said so), and where that return says it:
    submission_id, receipt_number, file_name, sheet, cell_row. By project, the stage seen first before the others.
    """
    with db.cursor() as cursor:
        return cursor.execute(SEEN, {**params_of(scope, record), "period": str(record.period)}).df()
