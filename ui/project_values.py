"""The values of a project: each as text, and where it was read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from domain import fields
from domain.fields import PROJECT_FIELDS, Field
from storage.queries import ValueSource
from ui import reads
from ui.formats import DASH, cell_place, day_text, is_missing, money, number, percent
from ui.html_tables import Column, Row
from ui.links import receipt_link
from ui.locale import t
from ui.names import heading_of, word_text
from ui.view import View


def source_columns() -> list[Column]:
    """Columns of the table of values and where each was read."""
    return [
        Column("field", t("card.field"), "name", width="150px"),
        Column("value", t("card.value")),
        Column("text", t("card.original")),
        Column("cell", t("card.cell"), width="150px"),
        Column("file", t("card.file"), "short"),
        Column("receipt", t("receipt.number"), "short", width="130px"),
    ]


def source_rows(view: View, project: pd.Series) -> list[Row]:
    """Each value in force with its original text, sheet and cell, and file."""
    found = reads.value_sources(view.scope, view.record, project["project_id"])
    return [_source_row(field, found[field.name], project) for field in PROJECT_FIELDS if field.name in found]


def _source_row(field: Field, source: ValueSource, project: pd.Series) -> Row:
    original = source.text if source.text is not None else DASH
    unit = f" {source.unit}" if source.unit and field.kind == fields.MONEY else ""
    return {
        "field": heading_of(field),
        "value": value_text(field, project),
        "text": f"{original}{unit}{_mended(source)}",
        "cell": cell_place(source.sheet, source.cell),
        "file": source.file_name,
        "receipt": receipt_link(source.receipt_number),
    }


def _mended(source: ValueSource) -> str:
    """What the sender typed where the office mended the cell."""
    if source.correction is None:
        return ""
    return t("card.mended", before=source.correction.before or t("upload.blank"))


def value_text(field: Field, project: pd.Series) -> str:
    """A value of a project as text, whatever its kind."""
    value = project[field.name]
    if field.kind == fields.DATE:
        return day_of(project, field.name)
    if is_missing(value):
        return DASH
    if field.kind == fields.MONEY:
        return money(value)
    if field.kind == fields.RATE:
        return percent(value, _decimals(value * 100))
    if field.kind in (fields.AREA, fields.NUMBER):
        return number(value, _decimals(value))
    return word_text(field.name, str(value))


def _decimals(value: Any) -> int:
    """None for a whole number, else one: 212 mu are not 212.0."""
    return int(round(float(value), 6) % 1 != 0)


def day_of(project: pd.Series, column: str) -> str:
    """A date as precise as reported; the text as typed where no date could be read."""
    if not is_missing(project[column]):
        return day_text(as_date(project[column]), precision_of(project, column))
    return as_text(project[f"{column}_text"]) or DASH


def precision_of(row: pd.Series, column: str) -> str:
    """How precise a date is; a day where nothing is said."""
    return as_text(row[f"{column}_precision"]) or "day"


def as_date(value: Any) -> date | None:
    """A date of a frame as a day, None for none."""
    return None if is_missing(value) else pd.Timestamp(value).date()


def as_text(value: Any) -> str:
    """A text of a frame, empty for none."""
    return "" if is_missing(value) else str(value)
