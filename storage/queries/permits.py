"""What ledgers in force and people said of approval steps and of land, each with its place."""

from __future__ import annotations

import pandas as pd

from domain.scope import Record, Scope
from storage.counting import COUNTED, Params, params_of
from storage.engine import Database

# Of a ledger: the newest acceptance of each body and period; its lines are of the period's last day, and the last of a
# project and step counts. Of what people recorded: of one day what was recorded last.
PERMIT_WORDS = f"""
    WITH counted AS ({COUNTED}),
    said AS (
        SELECT project_id, project_name, district AS body, step, state, last_day(CAST(period || '-01' AS DATE)) AS on_date,
            applied_date, due_date, granted_date, office, document_number, '' AS note, 'ledger' AS source,
            submission_id, sheet, cell, text, '' AS recorded_by, CAST(NULL AS TIMESTAMP) AS recorded_at, sequence, number
        FROM permit JOIN counted USING (submission_id)
        WHERE period <= $period
        UNION ALL BY NAME
        SELECT project_id, '' AS project_name, body, step, state, on_date,
            applied_date, due_date, granted_date, office, document_number, note, 'hand' AS source,
            '' AS submission_id, '' AS sheet, '' AS cell, '' AS text, recorded_by, recorded_at, sequence, number
        FROM permit_event
        WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies)) AND on_date <= $last_day
    ),
    counting AS (
        SELECT * FROM said
        QUALIFY row_number() OVER (
            PARTITION BY project_id, step, on_date, submission_id ORDER BY sequence DESC, number DESC
        ) = 1
    )
    SELECT project_id, project_name, counting.body, step, state, on_date, applied_date, due_date, granted_date, office,
        document_number, note, source, submission_id, coalesce(receipt_number, '') AS receipt_number,
        coalesce(file_name, '') AS file_name, sheet, cell, text, recorded_by, recorded_at,
        row_number() OVER (ORDER BY on_date, counting.sequence, number) AS position
    FROM counting LEFT JOIN submission USING (submission_id)
    ORDER BY position
"""
LAND_WORDS = f"""
    WITH counted AS ({COUNTED}),
    said AS (
        SELECT project_id, project_name, district AS body, last_day(CAST(period || '-01' AS DATE)) AS on_date,
            wanted_mu, applied_mu, granted_mu, '' AS note, 'ledger' AS source, submission_id, sheet, cell,
            '' AS recorded_by, CAST(NULL AS TIMESTAMP) AS recorded_at, sequence, number
        FROM land JOIN counted USING (submission_id)
        WHERE period <= $period
        UNION ALL BY NAME
        SELECT project_id, '' AS project_name, body, on_date,
            wanted_mu, applied_mu, granted_mu, note, 'hand' AS source, '' AS submission_id, '' AS sheet, '' AS cell,
            recorded_by, recorded_at, sequence, number
        FROM land_event
        WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies)) AND on_date <= $last_day
    ),
    counting AS (
        SELECT * FROM said
        QUALIFY row_number() OVER (
            PARTITION BY project_id, on_date, submission_id ORDER BY sequence DESC, number DESC
        ) = 1
    )
    SELECT project_id, project_name, counting.body, wanted_mu::DOUBLE AS wanted_mu, applied_mu::DOUBLE AS applied_mu,
        granted_mu::DOUBLE AS granted_mu, source, on_date, submission_id, coalesce(receipt_number, '') AS receipt_number,
        coalesce(file_name, '') AS file_name, sheet, cell, note, recorded_by, recorded_at,
        row_number() OVER (ORDER BY on_date, counting.sequence, number) AS position
    FROM counting LEFT JOIN submission USING (submission_id)
    ORDER BY position
"""


def permit_words(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """Every word on an approval step that counts as of the record, oldest first: ``domain.permit_words.WORD_COLUMNS``.

    A ledger of an earlier month goes on counting: what a later one leaves out stands as it was last said.
    """
    with db.cursor() as cursor:
        return cursor.execute(PERMIT_WORDS, _params(scope, record)).df()


def land_words(db: Database, scope: Scope, record: Record) -> pd.DataFrame:
    """Every word on land that counts as of the record, oldest first: ``domain.land.WORD_COLUMNS``, areas in 亩."""
    with db.cursor() as cursor:
        return cursor.execute(LAND_WORDS, _params(scope, record)).df()


def _params(scope: Scope, record: Record) -> Params:
    return {**params_of(scope, record), "period": str(record.period), "last_day": record.period.last_day}
