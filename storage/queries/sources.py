"""Where a value came from: file, sheet, cell, and the text as typed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from domain.fields import DATE
from domain.scope import OFFICE, Record, Scope
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.originals import read_original
from storage.queries.history import read_elsewhere
from storage.queries.states import FIELD_OF_COLUMN, Asked, lasts_within
from storage.receipts import find_receipt


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """The column of a table that held a field: its letter, the heading as typed, and the unit read."""

    table_number: int
    sheet: str
    column: str
    heading: str
    unit: str | None
    match: str


@dataclass(frozen=True, slots=True)
class ValueSource:
    """The place a value was read from. ``cell`` and ``heading`` are empty when the value has no cell of its own."""

    period: str
    submission_id: str
    receipt_number: str
    file_name: str
    sheet: str
    cell: str
    heading: str
    unit: str | None
    text: str | None
    value: object


def columns_of(db: Database, submission_id: str) -> dict[int, dict[str, ColumnSource]]:
    """Of a submission, by table number: field -> the column that held it. Columns that were not read are left out."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            """
            SELECT table_number, field, sheet, column_letter, heading, submission_column.unit, match
            FROM submission_column JOIN submission_table USING (submission_id, table_number)
            WHERE submission_id = $1 AND field IS NOT NULL
            ORDER BY table_number, length(column_letter), column_letter
            """,
            [submission_id],
        ).fetchall()
    found: dict[int, dict[str, ColumnSource]] = {}
    for number, field, *place in rows:
        found.setdefault(number, {}).setdefault(field, ColumnSource(number, *place))
    return found


def value_source(db: Database, scope: Scope, record: Record, project_id: str, column: str) -> ValueSource | None:
    """Where the value that ``project_states`` shows in a column as of the record's period was read; None for no value.

    Raises ValueError for a column that is not declared.
    """
    if column not in FIELD_OF_COLUMN:
        raise ValueError(f"not a column of a project: {column}")
    field = FIELD_OF_COLUMN[column]
    row = _row_of_value(db, scope, record, project_id, column)
    if row is None:
        return None
    period, submission_id, receipt_number, file_name, number, sheet, cell_row, texts, elsewhere, value = row
    place = columns_of(db, submission_id).get(number, {}).get(field.name)
    heading, unit = (place.heading, place.unit) if place else ("", None)
    if field.name in (moved := read_elsewhere(elsewhere)):
        cell, text = moved[field.name]
    elif place:
        cell, text = f"{place.column}{cell_row}", _text_at(json.loads(texts), place.column)
    else:
        cell, text = "", None
    return ValueSource(period, submission_id, receipt_number, file_name, sheet, cell, heading, unit, text, value)


def original_of(db: Database, submission_id: str, scope: Scope = OFFICE) -> tuple[str, bytes]:
    """File name and bytes of a submission as received.

    Raises LookupError for a submission that the scope may not read, FileNotFoundError or OriginalDamaged for bytes lost.
    """
    receipt = find_receipt(db, submission_id, scope)
    if receipt is None:
        raise LookupError(submission_id)
    return receipt.file_name, read_original(db, receipt.sha256)


def _row_of_value(db: Database, scope: Scope, record: Record, project_id: str, column: str) -> tuple | None:
    field = FIELD_OF_COLUMN[column]
    asked = Asked.as_of(str(record.period))
    has_date = f"{field.name} IS NOT NULL DESC," if field.kind == DATE else ""
    has_value = f"({field.name} IS NOT NULL OR {field.name}_text IS NOT NULL)" if field.kind == DATE else (
        f"{field.name} IS NOT NULL")  # fmt: skip
    sql = f"""
    WITH counted AS ({COUNTED}),
    spoken AS (
        SELECT reported_row.*, counted.position, $year_start AS year_start, $month AS month
        FROM reported_row JOIN counted USING (submission_id)
        WHERE project_id = $project_id AND reported_row.period <= $month AND is_counted
    )
    SELECT period, submission_id, receipt_number, file_name, table_number, sheet, cell_row, texts, elsewhere, {column}
    FROM spoken
    WHERE {has_value} AND {lasts_within(field)}
    ORDER BY {has_date} position DESC
    LIMIT 1
    """
    params = {"project_id": project_id, "year_start": asked.year_start, "month": asked.month}
    with db.cursor() as cursor:
        return cursor.execute(sql, {**params_of(scope, record), **params}).fetchone()


def _text_at(texts: list[str | None], letter: str) -> str | None:
    """The text of a row in a column; the row as typed starts at column A."""
    index = 0
    for char in letter:
        index = index * 26 + ord(char) - ord("A") + 1
    return texts[index - 1] if index <= len(texts) else None
