"""Where a value came from: file, sheet, cell, and the text as typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from domain.fields import DATE, PROJECT_FIELDS, Field
from domain.scope import OFFICE, Record, Scope
from domain.submissions import Correction
from storage.counting import COUNTED, params_of
from storage.engine import Database
from storage.originals import read_original
from storage.queries.history import read_elsewhere
from storage.queries.states import FIELD_OF_COLUMN, Asked, lasts_within
from storage.readings import corrections_by_cell
from storage.receipts import find_receipt

FIELD_NAMES = tuple(field.name for field in PROJECT_FIELDS)
PLACE = ("submission_id", "receipt_number", "file_name", "table_number", "sheet", "cell_row", "texts", "elsewhere")


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
    """The place a value was read from. ``cell`` and ``heading`` are empty when the value has no cell of its own.

    ``text`` is what counts as typed there; where the office mended the cell, ``correction`` says what the sender typed.
    """

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
    correction: Correction | None = None


def columns_of(db: Database, submission_id: str) -> dict[int, dict[str, ColumnSource]]:
    """Of a submission, by table number: field -> the column that held it. Columns that were not read are left out."""
    found: dict[int, dict[str, ColumnSource]] = {}
    with db.cursor() as cursor:
        for (_, number, field), place in _places(cursor, [submission_id]).items():
            found.setdefault(number, {})[field] = place
    return found


def value_sources(
    db: Database, scope: Scope, record: Record, project_id: str, columns: Sequence[str] = FIELD_NAMES
) -> dict[str, ValueSource]:
    """Column -> where the value that ``project_states`` shows in it as of the record's period was read.

    By default of all fields, a date's text and precision not listed apart. A column without a value is left out; a date
    that is only a text has its source and the value None. Raises ValueError for a column that is not declared.
    """
    unknown = [column for column in columns if column not in FIELD_OF_COLUMN]
    if unknown:
        raise ValueError(f"not columns of a project: {', '.join(unknown)}")
    if not columns:
        return {}
    with db.cursor() as cursor:
        fields = list(dict.fromkeys(FIELD_OF_COLUMN[column] for column in columns))
        rows = _spoken_rows(cursor, scope, record, project_id, fields)
        submission_ids = sorted({row["submission_id"] for row in rows.values()})
        places = _places(cursor, submission_ids)
        mended = corrections_by_cell(cursor, submission_ids)
    found = {}
    for column in columns:
        field = FIELD_OF_COLUMN[column]
        row = next((row for position, row in rows.items() if position == row[f"{field.name}_at"]), None)
        if row is not None:
            place = places.get((row["submission_id"], row["table_number"], field.name))
            source = _source(row, place, field.name, row[column])
            correction = mended.get((source.submission_id, source.sheet, source.cell))
            found[column] = replace(source, correction=correction)
    return found


def value_source(db: Database, scope: Scope, record: Record, project_id: str, column: str) -> ValueSource | None:
    """``value_sources`` of one column; None for no value."""
    return value_sources(db, scope, record, project_id, [column]).get(column)


def original_of(db: Database, submission_id: str, scope: Scope = OFFICE) -> tuple[str, bytes]:
    """File name and bytes of a submission as received.

    Raises LookupError for a submission that the scope may not read, FileNotFoundError or OriginalDamaged for bytes lost.
    """
    receipt = find_receipt(db, submission_id, scope)
    if receipt is None:
        raise LookupError(submission_id)
    return receipt.file_name, read_original(db, receipt.sha256)


def _places(
    cursor: duckdb.DuckDBPyConnection, submission_ids: Sequence[str]
) -> dict[tuple[str, int, str], ColumnSource]:
    """(submission, table number, field) -> the column that held it, the first where several did."""
    rows = cursor.execute(
        """
        SELECT submission_id, table_number, field, sheet, column_letter, heading, submission_column.unit, match
        FROM submission_column JOIN submission_table USING (submission_id, table_number)
        WHERE submission_id IN (SELECT unnest($1::VARCHAR[])) AND field IS NOT NULL
        ORDER BY submission_id, table_number, length(column_letter), column_letter
        """,
        [submission_ids],
    ).fetchall()
    found: dict[tuple[str, int, str], ColumnSource] = {}
    for submission_id, number, field, *place in rows:
        found.setdefault((submission_id, number, field), ColumnSource(number, *place))
    return found


def _spoken_sql(fields: Sequence[Field]) -> str:
    """The rows of a project that count, with these fields and of each the position at which its value stands."""
    read = [column for field in fields for column, _ in field.columns]
    return f"""
    WITH counted AS ({COUNTED}),
    spoken AS (
        SELECT {", ".join(["counted.position", "reported_row.period", *PLACE, *read])},
            $year_start AS year_start, $month AS month
        FROM reported_row JOIN counted USING (submission_id)
        WHERE project_id = $project_id AND reported_row.period <= $month AND is_counted
    )
    SELECT * FROM spoken CROSS JOIN (
        SELECT {", ".join(f"{_position_of(field)} AS {field.name}_at" for field in fields)} FROM spoken
    )
    """


def _position_of(field: Field) -> str:
    """The newest position at which a field has a value that lasts; of a date, before one that is only a text."""

    def newest(column: str) -> str:
        return f"max(position) FILTER (WHERE {column} IS NOT NULL AND {lasts_within(field)})"

    position = newest(field.name)
    return f"coalesce({position}, {newest(f'{field.name}_text')})" if field.kind == DATE else position


def _spoken_rows(
    cursor: duckdb.DuckDBPyConnection, scope: Scope, record: Record, project_id: str, fields: Sequence[Field]
) -> dict[int, dict[str, Any]]:
    """By position, the rows of a project; each says of every field at which position its value stands (``..._at``)."""
    asked = Asked.as_of(str(record.period))
    params = {"project_id": project_id, "year_start": asked.year_start, "month": asked.month}
    result = cursor.execute(_spoken_sql(fields), {**params_of(scope, record), **params})
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {row["position"]: row for row in rows}


def _source(row: dict[str, Any], place: ColumnSource | None, field: str, value: object) -> ValueSource:
    if field in (moved := read_elsewhere(row["elsewhere"])):
        cell, text = moved[field]
    elif place:
        cell, text = f"{place.column}{row['cell_row']}", _text_at(json.loads(row["texts"]), place.column)
    else:
        cell, text = "", None
    heading, unit = (place.heading, place.unit) if place else ("", None)
    sheet, _, cell = cell.rpartition("!")  # what another sheet of the file says of the project stands there
    file = (row["period"], row["submission_id"], row["receipt_number"], row["file_name"], sheet or row["sheet"])
    return ValueSource(*file, cell, heading, unit, text, value)


def _text_at(texts: list[str | None], letter: str) -> str | None:
    """The text of a row in a column; the row as typed starts at column A."""
    index = 0
    for char in letter:
        index = index * 26 + ord(char) - ord("A") + 1
    return texts[index - 1] if index <= len(texts) else None
