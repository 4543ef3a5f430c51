"""台账: any of the office's ledgers: its figures, its rows, the cells of a row, the form to hand out."""

from functools import partial

import streamlit as st

from domain.bodies import body_name
from domain.scope import Record
from reports.ledger_form import ledger_form, ledger_form_name, senders_of
from ui import reads
from ui.downloads import offer_download, offer_lists
from ui.formats import period_name
from ui.html import heading, note
from ui.ledger_digests import digest_list
from ui.ledger_rows import export_rows, found_rows, list_note, listed_rows, row_card, rows_config
from ui.ledger_words import ledger_words
from ui.ledgers import ROWS, AskedLedger, ask_ledger, ledger_cards, ledger_name
from ui.locale import language, t
from ui.panels import panel
from ui.tables import LIST_OPTIONS, list_pixels
from ui.view import open_view, owed_month

PIXELS = 776


def offer_forms(asked: AskedLedger) -> None:
    """The form of the next month for each sender, filled in with what stands."""
    due = Record(owed_month(view))
    st.html(heading(t("ledgers.forms"), period_name(due.period)))
    for body in [each for each in senders_of(asked.ledger) if view.scope.allows(each)]:
        offer_download(
            t("ledgers.form_of", body=body_name(body, language())),
            partial(ledger_form, reads.database(), view.scope, due, asked.ledger, body),
            ledger_form_name(due, asked.ledger, body),
            key=f"form_{body}",
        )


def draw_rows(asked: AskedLedger) -> list[int]:
    """The list with its count and the download; the rows that are open."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(view.remember(list_note, asked, len(rows)))
        name = f"{ledger_name(asked.ledger)} {period_name(view.period)}"
        offer_lists(lambda: [(asked.ledger.short_name, export_rows(asked.ledger, rows))], name, says_samples=False)
    if rows.empty:
        st.html(note(t("ledgers.no_rows")))
        return []
    shown = listed_rows(asked.ledger, rows)
    config = rows_config(asked.ledger, shown)
    high = list_pixels(len(rows), PIXELS - 90)
    chosen = st.dataframe(shown, key=f"rows_{asked.code}", height=high, column_config=config, **LIST_OPTIONS)
    return list(chosen["selection"]["rows"])


view = open_view(t("page.ledgers"), needs_returns=False)
asked = ask_ledger()
rows, opened = view.remember(found_rows, asked), []
st.html(view.remember(ledger_cards, asked.code))
listed, side = st.columns([17, 8])
with listed, panel("ledger", PIXELS):
    if asked.show == ROWS:
        opened = draw_rows(asked)
    else:
        st.html(view.remember(digest_list, asked.code, asked.show))
with side, panel("ledger_row", PIXELS):
    if opened and opened[0] < len(rows):
        row = rows.iloc[opened[0]]
        st.html(view.remember(row_card, asked.code, row["body"], row["period"], row["row_key"]))
    else:
        st.html(view.remember(ledger_words, asked.code))
        offer_forms(asked)
