"""The chain of promises: every date that was ever planned for a milestone, and where each was read."""

from __future__ import annotations

import pandas as pd

from domain.fields import EXPLAINING_FIELDS
from domain.indicators import MILESTONES
from domain.scope import Record, Scope
from storage.counting import COUNTED, params_of
from storage.engine import Database


def promise_chains(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """One row for each project, milestone (start, completion) and change of its planned date to another month.

    Of the returns in force up to the record's period, ordered by project, milestone and number: 1 is the first promise,
    the highest number the latest. Columns: project_id, milestone, number, period (whose return planned it), body, kind,
    planned_date, planned_text, planned_precision, date_before, precision_before (what the return before had, NaT and
    None for the first), first_date, first_precision, texts (all that the row says in words), submission_id,
    receipt_number, file_name, sheet, cell_row. A row that gives no date changes nothing; the number of changes is that
    of ``project_states``.
    """
    with db.cursor() as cursor:
        return cursor.execute(CHAINS, {**params_of(scope, record), "period": str(record.period)}).df()


def _planned(milestone: str) -> str:
    """The rows that give a date for a milestone."""
    name = f"planned_{milestone}_date"
    return f"""
        SELECT counted.position, counted.period, submission_id, project_id, project_row.body, project_row.kind, sheet,
            cell_row, concat_ws(' ', {", ".join(EXPLAINING_FIELDS)}) AS texts,
            '{milestone}' AS milestone, {name} AS planned_date, {name}_text AS planned_text,
            {name}_precision AS planned_precision
        FROM project_row JOIN counted USING (submission_id)
        WHERE is_counted AND counted.period <= $period AND {name} IS NOT NULL
    """


CHAINS = f"""
    WITH counted AS ({COUNTED}),
    course AS (
        SELECT *, lag(planned_date) OVER course AS date_before, lag(planned_precision) OVER course AS precision_before,
            first_value(planned_date) OVER course AS first_date,
            first_value(planned_precision) OVER course AS first_precision
        FROM ({" UNION ALL ".join(_planned(milestone) for milestone in MILESTONES)})
        WINDOW course AS (PARTITION BY project_id, milestone ORDER BY position)
    )
    SELECT project_id, milestone,
        row_number() OVER (PARTITION BY project_id, milestone ORDER BY position) AS number,
        course.period, course.body, course.kind, planned_date, planned_text, planned_precision, date_before,
        precision_before, first_date, first_precision, texts, submission_id, receipt_number, file_name, sheet, cell_row
    FROM course JOIN submission USING (submission_id)
    WHERE date_before IS NULL OR date_trunc('month', planned_date) <> date_trunc('month', date_before)
    ORDER BY project_id, milestone, number
"""
