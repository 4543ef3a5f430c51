"""The page of the office's ledgers: which is shown, its figures, its rows, and the cells of the row that is open."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from domain.bodies import body_name
from domain.fields import AREA, DATE, MONEY, NUMBER, RATE
from domain.ledgers import LEDGERS, Digest, Figure, Ledger, LedgerField
from domain.ledgers.made_up import MADE_UP, NOTHING, figure_made_up, is_whole
from domain.ledgers.summing import rows_of_body, standing_rows, summarise
from ui import reads
from ui.filters import search_text, select_one, select_segment
from ui.formats import DASH, cell_place, count, day_text, is_missing, money, percent, period_name
from ui.html import heading, note
from ui.html_tables import Column, MadeUp, Row, plain_table
from ui.links import Link, receipt_link
from ui.locale import language, t
from ui.names import capital, heading_of, plain_value
from ui.samples import made_up_mark
from ui.view import View

WIDTHS = {MONEY: 110, NUMBER: 90, AREA: 104, RATE: 92, DATE: 112}
FORMATS = {MONEY: "%,.0f", AREA: "%,.1f", NUMBER: "%,.0f", RATE: "percent"}
KEY_WIDTH, TEXT_WIDTH, MADE_UP_WIDTH = 220, 110, 150
SIGN_WIDTH, LETTER_WIDTH = 14, 7  # of a heading, in pixels

ROWS = "rows"


@dataclass(frozen=True, slots=True)
class AskedLedger:
    """What the address asks for: a ledger, which of its lists or its rows, and words that these hold."""

    code: str
    text: str = ""
    show: str = ROWS

    @property
    def ledger(self) -> Ledger:
        return LEDGERS[self.code]


def ask_ledger() -> AskedLedger:
    """Draw the choice of a ledger, of what is shown of it and the search of its rows, and return what is asked."""
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        codes = list(LEDGERS)
        code = select_one("ledger", t("ledgers.which"), codes, codes[0], lambda each: ledger_name(LEDGERS[each]))
        show = _ask_show(LEDGERS[code])
        if show != ROWS:
            return AskedLedger(code, show=show)
        return AskedLedger(code, search_text("text", t("ledgers.search"), t("ledgers.search")))


def _ask_show(ledger: Ledger) -> str:
    """Which of the ledger's lists, the first unless asked otherwise, or its rows; without a list its rows."""
    if not ledger.digests:
        return ROWS
    names = {each.code: digest_title(each) for each in ledger.digests} | {ROWS: t("ledgers.show_rows")}
    return select_segment("show", t("issues.show"), list(names), next(iter(names)), names.__getitem__)


def digest_title(digest: Digest) -> str:
    """The title of a list in the language in force."""
    return digest.title if language() == "zh" else capital(digest.english)


def ledger_name(ledger: Ledger) -> str:
    """The ledger's name in the language in force."""
    return capital(ledger.title(language()))


def rows_of(view: View, code: str) -> pd.DataFrame:
    """The body's rows of a ledger that count, of all months up to the period."""
    ledger = LEDGERS[code]
    return rows_of_body(ledger, reads.ledger(view.scope, view.record, code), view.body)


def found_rows(view: View, asked: AskedLedger) -> pd.DataFrame:
    """The rows of the period in which the words that are sought stand."""
    rows = standing_rows(asked.ledger, rows_of(view, asked.code), view.period).reset_index(drop=True)
    if not asked.text:
        return rows
    texts = shown_rows(asked.ledger, rows).astype(str).agg(" ".join, axis=1)
    return rows[texts.str.contains(asked.text, case=False, regex=False)].reset_index(drop=True)


def ledger_cards(view: View, code: str) -> str:
    """A card for each figure of the ledger."""
    frame = rows_of(view, code)
    rows = standing_rows(LEDGERS[code], frame, view.period)
    cards = [_card(each, each.value is not None and figure_made_up(each, rows)) for each in summarise(LEDGERS[code], frame, view.period)]
    return f'<div class="hx-cards">{"".join(cards)}</div>'


def _card(figure: Figure, is_made_up: bool) -> str:
    zh = language() == "zh"
    name = figure.name if zh else capital(figure.english)
    value, _, unit = figure_text(figure).partition(" ")
    remark = note(figure.remark if zh else figure.remark_en) if figure.remark else ""
    return (
        f'<section class="hx-card hx-land"><h3>{escape(name)}{made_up_mark() if is_made_up else ""}</h3>'
        f'<p class="hx-value"><b class="hx-big">{escape(value)}</b><span>{escape(unit)}</span></p>{remark}</section>'
    )


def figure_text(figure: Figure) -> str:
    """A figure with its unit behind a space; a dash for none."""
    if figure.value is None:
        return DASH
    if figure.kind == MONEY:
        return money(figure.value)
    if figure.kind == RATE:
        return f"{'+' if figure.is_change and figure.value > 0 else ''}{percent(figure.value)}"
    return f"{figure.value:,.1f} 亩" if figure.kind == AREA else count(figure.value)


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


def list_note(ledger: Ledger, rows: pd.DataFrame) -> str:
    """How many rows, and the unit of money where the ledger has any."""
    has_money = any(field.kind == MONEY for field in ledger.fields)
    return " · ".join([t("word.rows", count=count(len(rows))), *([t("ledgers.in_wan")] if has_money else [])])


def heading_with_unit(field: LedgerField) -> str:
    """The heading of a column; money says 万元."""
    name = heading_of(field)
    return t("column.unit_wan", heading=name) if field.kind == MONEY else name


def rows_config(ledger: Ledger) -> dict[str, Any]:
    """st.column_config of ``shown_rows``."""
    made_up = st.column_config.TextColumn(t("samples.heading"), width=MADE_UP_WIDTH)
    return {"body": st.column_config.TextColumn(t("column.body"), width=92), MADE_UP: made_up} | {
        field.name: _column_config(field) for field in ledger.fields
    }


def _column_config(field: LedgerField) -> Any:
    label = heading_of(field)
    usual = WIDTHS.get(field.kind, KEY_WIDTH if field.is_key else TEXT_WIDTH)
    width = max(usual, len(label) * (SIGN_WIDTH if language() == "zh" else LETTER_WIDTH) + 20)
    if field.kind in FORMATS:
        return st.column_config.NumberColumn(label, format=FORMATS[field.kind], width=width)
    return st.column_config.TextColumn(label, width=width, pinned=field.is_key)


def export_rows(ledger: Ledger, rows: pd.DataFrame) -> pd.DataFrame:
    """``shown_rows`` for a workbook, the headings as column names."""
    names = {"body": t("column.body"), MADE_UP: t("samples.heading")} | {field.name: heading_with_unit(field) for field in ledger.fields}
    return shown_rows(ledger, rows).rename(columns=names)


def row_card(view: View, code: str, body: str, month: str, row_key: str) -> str:
    """One row: each value with its cell and the text as typed, and the receipt that it came in."""
    ledger = LEDGERS[code]
    cells = reads.ledger_cells(view.scope, view.record, code, body, month, row_key).set_index("field")
    names = _made_up_of_row(view, code, row_key, month)
    rows: list[Row] = [_cell_row(field, cells, field.name in names) for field in ledger.fields]
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


def _cell_row(field: LedgerField, cells: pd.DataFrame, is_made_up: bool) -> Row:
    name = heading_of(field)
    if field.name in cells.index:
        told = cells.loc[field.name]
    elif f"{field.name}_text" in cells.index:
        told = cells.loc[f"{field.name}_text"]
    else:
        return {"field": name}
    text = MadeUp(told["text"]) if is_made_up else told["text"]
    return {"field": name, "text": text, "cell": cell_place(told["sheet"], told["cell"])}
