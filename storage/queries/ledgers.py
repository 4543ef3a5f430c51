"""The rows of a ledger that count as of a record, in typed columns made from its declaration, and their cells."""

from __future__ import annotations

import pandas as pd

from domain.fields import DATE
from domain.ledgers import Ledger
from domain.scope import Record, Scope
from storage.counting import COUNTED, Params, params_of
from storage.engine import Database

# What the view of every ledger has beside the columns of its fields.
PLACE_COLUMNS = ("body", "period", "row_key", "submission_id", "number", "receipt_number", "file_name", "sheet", "cell_row")
# The submissions of a ledger that count up to the period: of a monthly ledger each month's, else the newest list of each body.
CHOSEN = f"""
    SELECT submission_id, body, period, position FROM ({COUNTED})
    WHERE kind = $kind AND period <= $period
    QUALIFY $is_monthly OR row_number() OVER (PARTITION BY body ORDER BY period DESC) = 1
"""
CELLS = f"""
    SELECT field, value, text, ledger_row.sheet, cell, receipt_number, file_name, chosen.submission_id
    FROM ({CHOSEN}) AS chosen
    JOIN ledger_row USING (submission_id)
    JOIN ledger_value USING (submission_id, number)
    JOIN submission USING (submission_id)
    WHERE chosen.body = $body AND chosen.period = $month AND row_key = $row_key
    ORDER BY ledger_row.number, field
"""


def ledger_view(ledger: Ledger) -> str:
    """The view of a ledger. Grain: one row a row of a counted list; a column for each field, NULL where nothing is said.

    Parameters: those of the counted submissions, kind, period, is_monthly.
    """
    columns = ",\n        ".join(
        f"CAST(max(value) FILTER (WHERE field = '{name}') AS {sql_type}) AS {name}"
        for field in ledger.fields
        for name, sql_type in field.columns
    )
    return f"""
    WITH chosen AS ({CHOSEN})
    SELECT chosen.body, chosen.period, row_key, submission_id, number, receipt_number, file_name,
        ledger_row.sheet, cell_row,
        {columns}
    FROM chosen
    JOIN ledger_row USING (submission_id)
    JOIN submission USING (submission_id)
    LEFT JOIN ledger_value USING (submission_id, number)
    GROUP BY ALL
    ORDER BY chosen.period, chosen.body, number
    """


def ledger_rows(db: Database, scope: Scope, record: Record, ledger: Ledger) -> pd.DataFrame:
    """The rows that count: ``PLACE_COLUMNS`` and the ledger's fields; numbers as floats (money in 万元), dates as days.

    Of a monthly ledger the rows of every month up to the record's, else the newest list of each body.
    """
    with db.cursor() as cursor:
        frame = cursor.execute(ledger_view(ledger), _params(scope, record, ledger)).df()
    numbers = [field.name for field in ledger.fields if field.is_number]
    days = [field.name for field in ledger.fields if field.kind == DATE]
    return frame.astype({**dict.fromkeys(numbers, "float64"), **dict.fromkeys(days, "datetime64[s]")})


def ledger_cells(
    db: Database, scope: Scope, record: Record, ledger: Ledger, body: str, month: str, row_key: str
) -> pd.DataFrame:
    """The values of one row with their cells: field, value, text, sheet, cell, receipt_number, file_name, submission_id."""
    params = {**_params(scope, record, ledger), "body": body, "month": month, "row_key": row_key}
    with db.cursor() as cursor:
        return cursor.execute(CELLS, params).df()


def _params(scope: Scope, record: Record, ledger: Ledger) -> Params:
    return {**params_of(scope, record), "kind": ledger.kind, "period": str(record.period), "is_monthly": ledger.is_monthly}
