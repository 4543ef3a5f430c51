"""The registry as tables for anybody's program: CSV that a spreadsheet opens without running anything, and Parquet."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from domain.fields import MONEY, find_field
from reports.open_data.mapping import DATE, NUMBER, OpenColumn, codes, open_columns
from reports.written import is_missing

# What a spreadsheet takes for the beginning of a formula when it opens a CSV, full-width forms included.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# How a text is kept from being one: a spreadsheet does not show it, a program takes it off.
GUARD = "'"
ARROW_TYPES = {NUMBER: pa.float64(), DATE: pa.date32()}


def open_rows(states: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The published columns of the projects of a kind, the largest first."""
    rows = states[states["kind"] == kind].sort_values(
        ["total_investment_wan", "project_id"], ascending=[False, True], na_position="last"
    )
    return rows[[column.column for column in open_columns()]].reset_index(drop=True)


def as_csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark, by which Excel knows it; empty for what is not reported; dates as 2024-12-31."""
    columns = open_columns()
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.column for column in columns])
    for values in rows[[column.column for column in columns]].itertuples(index=False, name=None):
        writer.writerow([_cell(column, value) for column, value in zip(columns, values, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def _cell(column: OpenColumn, value: object) -> str:
    if is_missing(value):
        return ""
    if column.type == NUMBER:
        return plain_number(column, float(value))  # type: ignore[arg-type]
    if column.type == DATE:
        return pd.Timestamp(value).date().isoformat()  # type: ignore[arg-type]
    return guarded(str(value))


def plain_number(column: OpenColumn, value: float) -> str:
    """A number as exact as it is kept: money in four decimals of 万元, without an exponent."""
    field = find_field(column.column)
    text = f"{value:.4f}" if field is not None and field.kind == MONEY else f"{value:.6f}"
    return text.rstrip("0").rstrip(".")


def guarded(text: str) -> str:
    """A text that no spreadsheet runs."""
    return GUARD + text if text.lstrip(" \u3000").startswith((*FORMULA_BEGINNINGS, GUARD)) else text


def as_parquet(rows: pd.DataFrame, description: str) -> bytes:
    """The same with its types; texts as they are, since nothing runs them there."""
    fields, arrays = [], []
    for column in open_columns():
        kind = ARROW_TYPES.get(column.type, pa.string())
        fields.append(pa.field(column.column, kind, metadata={"title": column.title, "unit": column.unit}))
        arrays.append(pa.array(_values(column, rows[column.column]), type=kind))
    schema = pa.schema(fields, metadata={"description": description})
    out = BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _values(column: OpenColumn, values: pd.Series) -> list[object]:
    if column.type == DATE:
        return [None if is_missing(value) else pd.Timestamp(value).date() for value in values]
    as_kept = float if column.type == NUMBER else str
    return [None if is_missing(value) else as_kept(value) for value in values]


def codes_csv() -> bytes:
    """The codes of the columns, what they mean, and what they are in OC4IDS."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["list", "code", "title", "title_en", "oc4ids"])
    writer.writerows([code.list, guarded(code.code), code.title, code.title_en, code.oc4ids] for code in codes())
    return out.getvalue().encode("utf-8-sig")
