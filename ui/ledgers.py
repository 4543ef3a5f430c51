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
from domain.ledgers.declaration import SOURCE
from domain.ledgers.summing import rows_of_body, standing_rows, summarise
from ui import reads
from ui.filters import search_text, select_one, select_segment
from ui.formats import DASH, cell_place, count, day_text, is_missing, money, percent, period_name
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import Link, receipt_link
from ui.locale import language, t
from ui.names import capital, heading_of, plain_value
from ui.view import View

WIDTHS = {MONEY: 110, NUMBER: 90, AREA: 104, RATE: 92, DATE: 112}
FORMATS = {MONEY: "%,.0f", AREA: "%,.1f", NUMBER: "%,.0f", RATE: "percent"}
KEY_WIDTH, TEXT_WIDTH = 220, 110
SIGN_WIDTH, LETTER_WIDTH = 14, 7  # of a heading, in pixels
MOST_SENT, MOST_SOURCES = 8, 6


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
    figures = summarise(LEDGERS[code], rows_of(view, code), view.period)
    return f'<div class="hx-cards">{"".join(map(_card, figures))}</div>'


def _card(figure: Figure) -> str:
    zh = language() == "zh"
    name = figure.name if zh else capital(figure.english)
    value, _, unit = figure_text(figure).partition(" ")
    remark = note(figure.remark if zh else figure.remark_en) if figure.remark else ""
    return (
        f'<section class="hx-card hx-land"><h3>{escape(name)}</h3>'
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
    """The rows as people read them: who sent them, codes as words, money in 万元, dates as precise as reported."""
    shown = {} if ledger.is_zone_wide else {"body": rows["body"].map(lambda code: body_name(code, language()))}
    return pd.DataFrame(
        {**shown, **{field.name: _shown(field, rows) for field in ledger.fields}}, index=rows.index
    )


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
    return {"body": st.column_config.TextColumn(t("column.body"), width=92)} | {
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
    names = {"body": t("column.body")} | {field.name: heading_with_unit(field) for field in ledger.fields}
    return shown_rows(ledger, rows).rename(columns=names)


def row_card(view: View, code: str, body: str, month: str, row_key: str) -> str:
    """One row: each value with its cell and the text as typed, and the receipt that it came in."""
    ledger = LEDGERS[code]
    cells = reads.ledger_cells(view.scope, view.record, code, body, month, row_key).set_index("field")
    rows: list[Row] = [_cell_row(field, cells) for field in ledger.fields]
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


def _cell_row(field: LedgerField, cells: pd.DataFrame) -> Row:
    name = heading_of(field)
    if field.name in cells.index:
        told = cells.loc[field.name]
    elif f"{field.name}_text" in cells.index:
        told = cells.loc[f"{field.name}_text"]
    else:
        return {"field": name}
    return {"field": name, "text": told["text"], "cell": cell_place(told["sheet"], told["cell"])}


def ledger_words(view: View, code: str) -> str:
    """What the ledger is, and whose list of which month stands."""
    ledger = LEDGERS[code]
    frame = reads.ledger(view.scope, view.record, code)
    sent = frame.groupby(["period", "body"], sort=True).agg(rows=("number", "size"), receipt=("receipt_number", "first"))
    rows: list[Row] = [
        {"body": body_name(body, language()), "month": period_name(month), "rows": count(each["rows"]),
         "receipt": receipt_link(each["receipt"])}
        for (month, body), each in sent[::-1].head(MOST_SENT).iterrows()
    ]  # fmt: skip
    columns = [Column("body", t("column.body"), "short"), Column("month", t("word.period"), "short"),
               Column("rows", t("upload.rows"), "number"), Column("receipt", t("receipt.number"))]  # fmt: skip
    said = ledger.definition if language() == "zh" else ledger.definition_en
    table = plain_table(columns, rows, is_compact=True, empty=t("ledgers.none_sent"))
    return heading(ledger_name(ledger)) + note(said) + table + _sources(rows_of(view, code))


def _sources(frame: pd.DataFrame) -> str:
    """Where the rows say that they are from, the most frequent first; nothing where they say nothing."""
    if SOURCE.name not in frame or frame[SOURCE.name].dropna().empty:
        return ""
    counts = frame[SOURCE.name].value_counts()
    rows: list[Row] = [{"source": text, "rows": count(number)} for text, number in counts.head(MOST_SOURCES).items()]
    columns = [Column("source", heading_of(SOURCE)), Column("rows", t("upload.rows"), "number", width="64px")]
    more = note(t("ledgers.more_sources", count=count(len(counts) - MOST_SOURCES))) if len(counts) > MOST_SOURCES else ""
    return heading(t("ledgers.sources")) + plain_table(columns, rows, is_compact=True) + more
