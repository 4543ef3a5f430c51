"""The rows of a ledger as the tables that keep them: one row a row, one row a value with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.fields import SQL_TYPES
from domain.ledgers import Ledger, LedgerField, find_ledger
from domain.submissions import ColumnReading, RowReading, Submission, TableReading
from storage.appending import OutOfRange, as_decimal

Rows = list[dict[str, Any]]


def ledger_rows_of(submission_id: str, submission: Submission) -> tuple[Rows, Rows]:
    """The rows and the values of the tables of ledgers. Raises OutOfRange, naming the cell, for what no column holds."""
    rows: Rows = []
    values: Rows = []
    for table, row in submission.rows:
        ledger = find_ledger(table.kind)
        if ledger is None:
            continue
        place = {"submission_id": submission_id, "number": len(rows) + 1}
        rows.append({**place, "ledger": ledger.code, "row_key": ledger.row_key(row.values), "sheet": table.sheet,
                     "cell_row": row.cell_row})  # fmt: skip
        values += [{**place, **value} for value in _values(ledger, table, row)]
    return rows, values


def _values(ledger: Ledger, table: TableReading, row: RowReading) -> Iterator[dict[str, str]]:
    """Every value that the row states, a date with its text and precision beside it."""
    columns = {column.field: column for column in reversed(table.columns) if column.field}
    for field in ledger.fields:
        if field.name not in columns:
            continue
        cell, text = _place(columns[field.name], field, row)
        for name, _ in field.columns:
            value = row.values.get(name)
            if value is not None:
                yield {"field": name, "value": _written(field, name, value, f"{table.sheet} {cell}"),
                       "text": text, "cell": cell}  # fmt: skip


def _place(column: ColumnReading, field: LedgerField, row: RowReading) -> tuple[str, str]:
    """The cell that a value was read from, and its text as typed."""
    if field.name in row.elsewhere:
        return row.elsewhere[field.name]
    index = 0
    for letter in column.column:
        index = index * 26 + ord(letter) - ord("A") + 1
    return f"{column.column}{row.cell_row}", row.texts[index - 1] or ""


def _written(field: LedgerField, name: str, value: object, cell: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    sql_type = SQL_TYPES.get(field.kind, "VARCHAR") if name == field.name else "VARCHAR"
    if not sql_type.startswith("DECIMAL"):
        return str(value)
    try:
        return str(as_decimal(name, sql_type, value))
    except OutOfRange as error:
        raise OutOfRange(f"{cell} {error}") from error
