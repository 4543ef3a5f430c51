"""The rows of a ledger: the few columns that tell them apart as a list, and all that one row says with its cells."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from domain.bodies import body_name
from domain.fields import AREA, DATE, MONEY, NUMBER, RATE, TEXT, WORD
from domain.ledgers import LEDGERS, Ledger, LedgerField
from domain.ledgers.made_up import MADE_UP, NOTHING, is_whole
from domain.ledgers.summing import standing_rows
from ui import reads
from ui.formats import cell_place, count, day_text, is_missing, period_name
from ui.html import heading, note
from ui.html_tables import Column, MadeUp, Row, plain_table
from ui.ledgers import ROWS, AskedLedger, asked_figure, figure_name, rows_of
from ui.links import Link, linked, receipt_link
from ui.locale import language, t
from ui.names import heading_of, plain_value
from ui.view import View

# In pixels: of the list without its boxes, of the columns whose values say how wide they are, of a sign of a heading.
LIST_WIDTH = 1_000
WIDTHS = {MONEY: 110, NUMBER: 90, AREA: 104, RATE: 92, DATE: 112, WORD: 110}
BODY_WIDTH, MADE_UP_WIDTH, SIGN_WIDTH, MARGIN, ENGLISH_MORE = 92, 100, 14, 20, 50
MOST_TEXTS, SHORTEST, LONGEST = 0.9, 7, 26
TEXTS = (TEXT,)
FORMATS = {MONEY: "%,.0f", AREA: "%,.1f", NUMBER: "%,.0f", RATE: "percent"}


def found_rows(view: View, asked: AskedLedger) -> pd.DataFrame:
    """The rows of the period, or those behind the figure that is asked for, in which the words that are sought stand."""
    figure = asked_figure(view, asked)
    rows = rows_of(view, asked.code)
    rows = standing_rows(asked.ledger, rows, view.period) if figure is None else rows.loc[list(figure.rows)]
    if asked.text:
        said = shown_rows(asked.ledger, rows).map(lambda value: "" if is_missing(value) else str(value))
        rows = rows[said.apply(lambda column: column.str.contains(asked.text, case=False, regex=False)).any(axis=1)]
    return rows.reset_index(drop=True)


def shown_rows(ledger: Ledger, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as people read them: who sent them, codes as words, money in 万元, dates as precise as reported.

    Before them what of a row is made up, where anything is.
    """
    shown = {} if ledger.is_zone_wide else {"body": rows["body"].map(lambda code: body_name(code, language()))}
    if rows[MADE_UP].map(bool).any():
        shown[MADE_UP] = rows[MADE_UP].map(lambda names: _made_up_words(ledger, names)).astype(object)
    return pd.DataFrame(
        {**shown, **{field.name: _shown(field, rows) for field in ledger.fields}}, index=rows.index
    )


def _made_up_words(ledger: Ledger, names: frozenset[str]) -> str | None:
    """Which fields of a row are made up: the whole row, or their headings; None for none of them."""
    if is_whole(ledger, names):
        return t("samples.whole")
    return t("word.comma").join(heading_of(field) for field in ledger.fields if field.name in names) or None


def _shown(field: LedgerField, rows: pd.DataFrame) -> pd.Series:
    if field.is_number:
        return rows[field.name]
    if field.kind == DATE:
        pairs = zip(rows[field.name], rows[f"{field.name}_precision"], rows[f"{field.name}_text"], strict=True)
        texts = [day_text(day, precision) if not is_missing(day) else text for day, precision, text in pairs]
        return pd.Series(texts, index=rows.index, dtype=object)
    return rows[field.name].map(lambda value: None if is_missing(value) else plain_value(field, value)).astype(object)


def list_note(view: View, asked: AskedLedger, number: int) -> str:
    """Of which figure the rows are, with the way back to all; how many; the unit of money where the list has any."""
    figure = asked_figure(view, asked)
    said = [t("word.rows", count=count(number))]
    if any(field.kind == MONEY for field in asked.ledger.listed_fields):
        said.append(t("ledgers.in_wan"))
    if figure is None:
        return note(" · ".join(said))
    every = linked(Link(t("ledgers.all_rows"), view.href("ledgers", ledger=asked.code, show=ROWS)))
    return f'<p class="hx-note"><b>{escape(figure_name(figure))}</b> · {escape(" · ".join(said))} · {every}</p>'


def heading_with_unit(field: LedgerField) -> str:
    """The heading of a column; money says 万元."""
    name = heading_of(field)
    return t("column.unit_wan", heading=name) if field.kind == MONEY else name


def listed_rows(ledger: Ledger, rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of ``shown_rows`` by which rows are told apart in the list."""
    shown = shown_rows(ledger, rows)
    return shown[[name for name in _listed_names(ledger) if name in shown]]


def _listed_names(ledger: Ledger) -> list[str]:
    """The first column is what a row is called by; then who sent it, and what of it is made up."""
    first, *others = [field.name for field in ledger.listed_fields]
    return [first, "body", MADE_UP, *others]


def rows_config(ledger: Ledger, shown: pd.DataFrame) -> dict[str, Any]:
    """st.column_config of ``listed_rows``; texts share the width that the other columns leave, the longer the more."""
    fields = ledger.listed_fields
    own = {field.name: _width(field) for field in fields if field.kind not in TEXTS}
    beside = {name: width for name, width in (("body", BODY_WIDTH), (MADE_UP, MADE_UP_WIDTH)) if name in shown}
    room = LIST_WIDTH - sum(own.values()) - sum(beside.values())
    lengths = {field.name: _length(field, shown[field.name]) for field in fields if field.kind in TEXTS}
    own |= {name: int(room * length / sum(lengths.values())) for name, length in lengths.items()}
    return {
        "body": st.column_config.TextColumn(t("column.body"), width=BODY_WIDTH),
        MADE_UP: st.column_config.TextColumn(t("samples.heading"), width=MADE_UP_WIDTH),
        **{field.name: _column_config(field, own[field.name]) for field in fields},
    }


def _length(field: LedgerField, values: pd.Series) -> float:
    """How long most of a column's texts are, in signs, within bounds: short ones need room, long ones are cut anyway."""
    lengths = values.dropna().astype(str).str.len()
    usual = float(lengths.quantile(MOST_TEXTS)) if len(lengths) else 0.0
    return min(max(usual, len(heading_of(field)), SHORTEST), LONGEST)


def _width(field: LedgerField) -> int:
    """As wide as its kind's values and its heading; English words are longer, their headings may be cut."""
    if language() != "zh":
        return WIDTHS[field.kind] + ENGLISH_MORE * (field.kind == WORD)
    return max(WIDTHS[field.kind], len(heading_of(field)) * SIGN_WIDTH + MARGIN)


def _column_config(field: LedgerField, width: int) -> Any:
    label = heading_of(field)
    if field.kind in FORMATS:
        return st.column_config.NumberColumn(label, format=FORMATS[field.kind], width=width)
    return st.column_config.TextColumn(label, width=width)


def export_rows(ledger: Ledger, rows: pd.DataFrame) -> pd.DataFrame:
    """``shown_rows`` for a workbook, the headings as column names."""
    names = {"body": t("column.body"), MADE_UP: t("samples.heading")} | {field.name: heading_with_unit(field) for field in ledger.fields}
    return shown_rows(ledger, rows).rename(columns=names)


def row_card(view: View, code: str, body: str, month: str, row_key: str) -> str:
    """One row: each value with its cell and the text as typed, and the receipt that it came in."""
    ledger = LEDGERS[code]
    cells = reads.ledger_cells(view.scope, view.record, code, body, month, row_key).set_index("field")
    names = _made_up_of_row(view, code, row_key, month)
    told = {field: _cell_row(field, cells, field.name in names) for field in ledger.fields}
    rows = [row for row in told.values() if row is not None]
    empty = t("word.comma").join(heading_of(field) for field, row in told.items() if row is None)
    columns = [Column("field", t("card.field"), "short"), Column("text", t("ledgers.typed"), "name"),
               Column("cell", t("card.cell"), "short")]  # fmt: skip
    first = cells.iloc[0]
    receipt: list[Row] = [
        *_project_rows(view, code, row_key, month),
        {"name": t("receipt.number"), "value": receipt_link(first["receipt_number"])},
        {"name": t("card.file"), "value": first["file_name"]},
    ]
    return (
        heading(row_key.replace("|", " · "), period_name(month))
        + plain_table(columns, rows, is_compact=True)
        + (note(t("ledgers.left_empty", fields=empty)) if empty else "")
        + plain_table([Column("name", "", width="92px"), Column("value", "")], receipt, is_compact=True)
    )


def _made_up_of_row(view: View, code: str, row_key: str, month: str) -> frozenset[str]:
    frame = rows_of(view, code)
    found = frame.loc[(frame["row_key"] == row_key) & (frame["period"] == month), MADE_UP]
    return NOTHING.union(*found)


def _project_rows(view: View, code: str, row_key: str, month: str) -> list[Row]:
    """The registered project that the row names, and its stage; nothing for a row without one."""
    frame, field = rows_of(view, code), LEDGERS[code].project_field
    if field is None:
        return []
    found = frame[(frame["row_key"] == row_key) & (frame["period"] == month) & frame["project_id"].notna()]
    return [
        {"name": t("word.project"), "value": Link(each[field.name], view.project(each["project_id"]))}
        for each in found.head(1).to_dict("records")
    ]  # fmt: skip


def _cell_row(field: LedgerField, cells: pd.DataFrame, is_made_up: bool) -> Row | None:
    """What was typed and where; None for a field left empty."""
    place = next((name for name in (field.name, f"{field.name}_text") if name in cells.index), None)
    if place is None:
        return None
    told = cells.loc[place]
    text = MadeUp(told["text"]) if is_made_up else told["text"]
    return {"field": heading_of(field), "text": text, "cell": cell_place(told["sheet"], told["cell"])}
