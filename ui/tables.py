"""Long lists for st.dataframe: stored columns as people read them, with headings and formats from the field registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain import fields
from domain.bodies import body_name
from domain.stages import stage_name
from ui.formats import DASH, WAN_PER_YI, day_text, is_missing, period_name
from ui.locale import Language, language, text_in, texts
from ui.names import capital
from ui.theme import GRADES, grade_of

LISTED_DATES = ("signed_date", "planned_start_date", "start_date", "planned_completion_date", "completion_date")
# Widths in pixels that show a column's values whole; others are as wide as their kind.
WIDTHS = {
    "project_name": 300,
    "issue_text": 320,
    "progress_text": 260,
    "note": 200,
    "industry_chain": 110,
    "grade": 96,
    "reason": 96,
    "waiting_at": 128,
    "verification": 90,
    "category": 76,
    **dict.fromkeys(LISTED_DATES, 100),
}
# English words that are longer than the Chinese; the names give the room.
ENGLISH_WIDTHS = {
    "project_name": 254,
    "grade": 150,
    "category": 94,
    "stage": 108,
    "waiting_at": 190,
    **dict.fromkeys(LISTED_DATES, 90),
}
KIND_WIDTHS = {
    fields.MONEY: 104,
    fields.RATE: 80,
    fields.NUMBER: 104,
    fields.AREA: 90,
    fields.DATE: 108,
    fields.WORD: 84,
}
# Of a list's verification: of start and completion alike.
BOTH = "both"
NUMBER_FORMATS = {fields.MONEY: "%,.2f", fields.AREA: "%,.1f", fields.NUMBER: "%,.0f"}


ROW_PIXELS, HEAD_PIXELS = 38, 38  # the head with both edges of the list
# How every long list is shown: rows to read from a chair, one of them to open.
LIST_OPTIONS: dict[str, Any] = {
    "hide_index": True,
    "placeholder": "—",
    "row_height": ROW_PIXELS,
    "on_select": "rerun",
    "selection_mode": "single-row",
}


def list_pixels(rows: int, most: int) -> int:
    """Height of a long list: all its rows with the head, up to what there is room for."""
    return min(most, HEAD_PIXELS + rows * ROW_PIXELS)


def table_config(
    columns: Iterable[str], to: Language | None = None, widths: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """st.column_config for columns of a display frame: heading, format, alignment and width of each.

    ``widths`` in pixels stand before the usual ones, where a list has less room.
    """
    to = to or language()
    return {column: _column_config(column, to, widths or {}) for column in columns}


def column_label(column: str, to: Language | None = None) -> str:
    """Heading of a stored column or of one of ``column.*`` in texts.csv; raises KeyError for neither."""
    to = to or language()
    field = fields.find_field(column)
    if field is None:
        return text_in(to, f"column.{column}")
    heading = _heading(field, to)
    return text_in(to, "column.unit_yi", heading=heading) if field.kind == fields.MONEY else heading


def _column_config(column: str, to: Language, own: Mapping[str, int]) -> Any:
    label = short_label(column, to)
    field = fields.find_field(column)
    kind = field.kind if field else _derived_kind(column)
    widths = WIDTHS if to == "zh" else WIDTHS | ENGLISH_WIDTHS
    width = own.get(column) or widths.get(column) or KIND_WIDTHS.get(kind, 160)
    if column == "grade":
        texts_ = [grade_text(code, to) for code in GRADES]
        colours = [grade.colour for grade in GRADES.values()]
        return st.column_config.MultiselectColumn(label, options=texts_, color=colours, width=width)
    if kind == fields.RATE:
        return st.column_config.NumberColumn(label, format="percent", width=width)
    if kind in NUMBER_FORMATS:
        return st.column_config.NumberColumn(label, format=NUMBER_FORMATS[kind], width=width)
    return st.column_config.TextColumn(label, width=width)


def short_label(column: str, to: Language) -> str:
    """The heading of a narrow column, where ``short.<column>`` gives one, else the whole heading."""
    key = f"short.{column}"
    return text_in(to, key) if key in texts() else column_label(column, to)


def _derived_kind(column: str) -> str:
    """Kind of a column that no return holds: the suffix says it."""
    if column.endswith("_days"):
        return fields.NUMBER
    return fields.WORD if column in ("grade", "period", "body") else fields.TEXT


def display_frame(frame: pd.DataFrame, columns: Iterable[str], to: Language | None = None) -> pd.DataFrame:
    """These columns to show: codes as names, dates as precise as reported (from the columns beside them), money in 亿元."""
    to = to or language()
    return pd.DataFrame({column: _shown(frame, column, to) for column in columns}, index=frame.index)


def workbook_frame(frame: pd.DataFrame, to: Language | None = None) -> pd.DataFrame:
    """All fields of the projects for a workbook, headings as column names: codes as names, money in 万元, real dates.

    Then, where the frame says it, what of this year's start and completion is verified.
    """
    to = to or language()
    shown = {text_in(to, "column.body"): _shown(frame, "body", to)}
    for field in fields.PROJECT_FIELDS:
        heading = _heading(field, to)
        if field.kind == fields.MONEY:
            shown[text_in(to, "column.unit_wan", heading=heading)] = frame[field.name]
        elif field.kind == fields.DATE:
            shown[heading] = frame[field.name]
        else:
            shown[heading] = _shown(frame, field.name, to)
    if "verification" in frame:
        shown[text_in(to, "column.verification")] = _shown(frame, "verification", to)
    return pd.DataFrame(shown)


def _heading(field: fields.Field, to: Language) -> str:
    return field.heading if to == "zh" else capital(field.english)


def _shown(frame: pd.DataFrame, column: str, to: Language) -> pd.Series:
    values = frame[column]
    field = fields.find_field(column)
    if field is not None and field.kind == fields.MONEY:
        return pd.to_numeric(values, errors="coerce").astype(float) / WAN_PER_YI
    if field is not None and field.kind in (fields.RATE, fields.AREA, fields.NUMBER):
        return pd.to_numeric(values, errors="coerce").astype(float)
    if field is not None and field.kind == fields.DATE:
        return _dates(frame, column, to)
    if column == "grade":
        # Lists, since a column of lists is the one that Streamlit colours by value without styling row by row.
        return values.map(lambda code: [] if is_missing(code) else [grade_text(str(code), to)])
    if column == "verification":
        return _verified(values, frame.get("verified_milestone", pd.Series(BOTH, frame.index)), to)
    name = NAMES.get(column)
    return values if name is None else values.map(lambda code: None if is_missing(code) else name(str(code), to))


def _verified(codes: pd.Series, milestones: pd.Series, to: Language) -> pd.Series:
    """What is verified or not: 开工已核, 竣工未核; nothing where nothing is reported of the year."""
    pairs = zip(milestones, codes, strict=True)
    texts_ = [None if is_missing(code) else text_in(to, f"verification.{which}_{code}") for which, code in pairs]
    return pd.Series(texts_, index=codes.index, dtype=object)


def _dates(frame: pd.DataFrame, column: str, to: Language) -> pd.Series:
    """Dates as text; where no date could be read, the text as it was typed."""
    precisions = frame.get(f"{column}_precision", pd.Series(None, index=frame.index, dtype=object))
    typed = frame.get(f"{column}_text", pd.Series(None, index=frame.index, dtype=object))
    rows = zip(frame[column], precisions, typed, strict=True)
    texts_ = [_date_or_typed(day, precision, text, to) for day, precision, text in rows]
    return pd.Series(texts_, index=frame.index, dtype=object)


def _date_or_typed(day: date | None, precision: Any, typed: Any, to: Language) -> str:
    if not is_missing(day):
        return day_text(day, "day" if is_missing(precision) else str(precision), to)
    return DASH if is_missing(typed) else str(typed)


def word_name(prefix: str, code: str, to: Language) -> str:
    """Name of a code of texts.csv (``category.emerging``); an unknown code is shown as it stands."""
    key = f"{prefix}.{code}"
    return text_in(to, key) if key in texts() else code


def grade_text(code: str, to: Language) -> str:
    """A grade's shape and word: ▲ 滞后."""
    grade = grade_of(code)
    return f"{grade.mark} {text_in(to, grade.word_key)}"


NAMES: dict[str, Callable[[str, Language], str]] = {
    "stage": lambda code, to: capital(stage_name(code, to)),
    "district": lambda code, to: body_name(code, to),
    "body": lambda code, to: body_name(code, to),
    "category": lambda code, to: word_name("category", code, to),
    "escalation_level": lambda code, to: word_name("level", code, to),
    "period": lambda code, to: period_name(code, to),
}
