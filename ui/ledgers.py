"""The page of the office's ledgers: which is shown, its figures, its rows, and the cells of the row that is open."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from domain.fields import AREA, MONEY, RATE
from domain.ledgers import LEDGERS, Digest, Figure, Ledger
from domain.ledgers.made_up import figure_made_up
from domain.ledgers.summing import rows_of_body, summarise
from ui import reads
from ui.filters import asked_text, search_text, select_one, select_segment
from ui.formats import DASH, count, money, percent
from ui.html import note
from ui.links import anchor
from ui.locale import language, t
from ui.names import capital
from ui.samples import made_up_mark
from ui.view import View

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
    frame = rows_of(view, code)
    cards = [_card(view, code, at, each, frame) for at, each in enumerate(summarise(LEDGERS[code], frame, view.period))]
    return f'<div class="hx-cards">{"".join(cards)}</div>'


def _card(view: View, code: str, at: int, figure: Figure, frame: pd.DataFrame) -> str:
    mark = made_up_mark() if figure.value is not None and figure_made_up(figure, frame) else ""
    value, _, unit = figure_text(figure).partition(" ")
    if figure.rows and figure.value is not None:
        opened = anchor(value, view.href("ledgers", ledger=code, show=ROWS, figure=figure_code(code, at)), "hx-big")
    else:
        opened = f'<b class="hx-big">{escape(value)}</b>'
    remark = note(figure.remark if language() == "zh" else figure.remark_en) if figure.remark else ""
    return (
        f'<section class="hx-card hx-land"><h3>{escape(figure_name(figure))}{mark}</h3>'
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
