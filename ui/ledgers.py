"""The page of the office's ledgers: which is shown, its figures, its rows, and the cells of the row that is open."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from domain.bodies import body_name
from domain.fields import AREA, MONEY, RATE
from domain.ledgers import LEDGERS, Digest, Figure, Ledger
from domain.ledgers.declaration import SOURCE
from domain.ledgers.summing import rows_of_body, summarise
from ui import reads
from ui.filters import asked_text, search_text, select_one, select_segment
from ui.formats import DASH, count, money, percent, period_name
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import anchor, receipt_link
from ui.locale import language, t
from ui.names import capital, heading_of
from ui.view import View

MOST_SENT, MOST_SOURCES = 8, 6
ROWS = "rows"


@dataclass(frozen=True, slots=True)
class AskedLedger:
    """What the address asks for: a ledger, which of its lists or its rows, of which figure, and words that these hold."""

    code: str
    text: str = ""
    show: str = ROWS
    figure: str = ""

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
        return AskedLedger(
            code, search_text("text", t("ledgers.search"), t("ledgers.search")), figure=asked_text("figure")
        )


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


def ledger_cards(view: View, code: str) -> str:
    """A card for each figure of the ledger, which leads to its rows."""
    figures = summarise(LEDGERS[code], rows_of(view, code), view.period)
    return f'<div class="hx-cards">{"".join(_card(view, code, at, each) for at, each in enumerate(figures))}</div>'


def _card(view: View, code: str, at: int, figure: Figure) -> str:
    value, _, unit = figure_text(figure).partition(" ")
    if figure.rows and figure.value is not None:
        opened = anchor(value, view.href("ledgers", ledger=code, show=ROWS, figure=figure_code(code, at)), "hx-big")
    else:
        opened = f'<b class="hx-big">{escape(value)}</b>'
    remark = note(figure.remark if language() == "zh" else figure.remark_en) if figure.remark else ""
    return (
        f'<section class="hx-card hx-land"><h3>{escape(figure_name(figure))}</h3>'
        f'<p class="hx-value">{opened}<span>{escape(unit)}</span></p>{remark}</section>'
    )


def figure_code(code: str, at: int) -> str:
    """How the address names a figure: the ledger's code and the figure's place, since each ledger has its own."""
    return f"{code}-{at + 1}"


def asked_figure(view: View, asked: AskedLedger) -> Figure | None:
    """The figure whose rows are asked for; None for none, and for one that the ledger does not have."""
    if not asked.figure:
        return None
    figures = summarise(asked.ledger, rows_of(view, asked.code), view.period)
    return next((each for at, each in enumerate(figures) if figure_code(asked.code, at) == asked.figure), None)


def figure_name(figure: Figure) -> str:
    """The figure's name in the language in force."""
    return figure.name if language() == "zh" else capital(figure.english)


def figure_text(figure: Figure) -> str:
    """A figure with its unit behind a space; a dash for none."""
    if figure.value is None:
        return DASH
    if figure.kind == MONEY:
        return money(figure.value)
    if figure.kind == RATE:
        return f"{'+' if figure.is_change and figure.value > 0 else ''}{percent(figure.value)}"
    return f"{figure.value:,.1f} 亩" if figure.kind == AREA else count(figure.value)


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
