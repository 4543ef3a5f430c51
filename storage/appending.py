"""Rows into tables in bulk: columns of Python values through Arrow, one INSERT a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from domain.fields import stored_columns

# Columns that are not text, beside those of the declared fields.
FIXED_TYPES: dict[str, pa.DataType] = {
    "table_number": pa.int32(),
    "cell_row": pa.int32(),
    "number": pa.int32(),
    "sequence": pa.int64(),
    "is_counted": pa.bool_(),
    "is_done": pa.bool_(),
    "is_example": pa.bool_(),
    "problem_count": pa.int32(),
    "measure_count": pa.int32(),
    "figure": pa.float64(),
    "baseline": pa.float64(),
    "planned_date": pa.date32(),
    "applied_date": pa.date32(),
    "granted_date": pa.date32(),
    "opened_on": pa.date32(),
    "on_date": pa.date32(),
    "due_date": pa.date32(),
    "expected_resumption": pa.date32(),
    "decided_at": pa.timestamp("us"),
    "recorded_at": pa.timestamp("us"),
    **dict.fromkeys(("longitude", "latitude", "end_longitude", "end_latitude"), pa.float64()),
}
# Areas of land, in mu; as texts on their way into the database, like a target's value.
LAND_AREAS = ("wanted_mu", "applied_mu", "granted_mu")


class OutOfRange(ValueError):
    """A value that its column cannot hold."""


def append_rows(cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows, given as mappings with the same keys, to a table; columns left out are NULL.

    Raises OutOfRange for a number that the column cannot hold; nothing of the call is written then.
    """
    if not rows:
        return
    columns = {name: pa.array([row[name] for row in rows], type=_arrow_type(name)) for name in rows[0]}
    cursor.register("incoming_rows", pa.table(columns))
    try:
        cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming_rows")
    finally:
        cursor.unregister("incoming_rows")


def storable(column: str, value: Any) -> Any:
    """A value as its declared column keeps it: numbers as Decimal of the column's scale, empty as None.

    Raises OutOfRange for a number that is not finite or too large.
    """
    if value is None or column not in _decimals():
        return value
    return _quantized(column, *_decimals()[column], value)


def as_decimal(column: str, sql_type: str, value: Any) -> Decimal:
    """A number as a column of the type DECIMAL(p,s) keeps it. Raises OutOfRange like ``storable``."""
    precision, scale = sql_type.removeprefix("DECIMAL(").removesuffix(")").split(",")
    return _quantized(column, int(precision), int(scale), value)


def _quantized(column: str, precision: int, scale: int, value: Any) -> Decimal:
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    try:
        kept = number.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise OutOfRange(f"{column}: {value}") from error
    if not kept.is_finite() or kept.adjusted() >= precision - scale:
        raise OutOfRange(f"{column}: {value}")
    return kept


@cache
def _declared_types() -> dict[str, str]:
    return dict(stored_columns())


@cache
def _decimals() -> dict[str, tuple[int, int]]:
    """(precision, scale) of the columns that hold numbers; a target's value is kept like money."""
    found = {"value": (18, 4), **dict.fromkeys(LAND_AREAS, (12, 2))}
    for name, sql_type in stored_columns():
        if sql_type.startswith("DECIMAL"):
            precision, scale = sql_type.removeprefix("DECIMAL(").removesuffix(")").split(",")
            found[name] = (int(precision), int(scale))
    return found


def _arrow_type(column: str) -> pa.DataType:
    if column in FIXED_TYPES:
        return FIXED_TYPES[column]
    if column in _declared_types() and column in _decimals():
        return pa.decimal128(*_decimals()[column])
    return pa.date32() if _declared_types().get(column) == "DATE" else pa.string()
