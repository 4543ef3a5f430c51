"""基础设施: each work with its chain of steps, share done and what it waits for; beside it all that is said of one, by whom."""

from functools import partial

import streamlit as st

from domain.bodies import ZONE
from domain.ledgers import LEDGERS
from domain.scope import Record
from reports.ledger_form import ledger_form, ledger_form_name
from ui import reads
from ui.downloads import offer_download
from ui.locale import t
from ui.panels import panel
from ui.view import open_view
from ui.work_accounts import works_panel
from ui.works import WORKS, ask_works, works_sentence, works_table

PIXELS = 874


def offer_form() -> None:
    """The form of the ledger for the next month, for those who keep it."""
    if view.scope.allows(ZONE.code):
        due, ledger = Record(view.period.next()), LEDGERS[WORKS]
        made = partial(ledger_form, reads.database(), view.scope, due, ledger, ZONE.code)
        offer_download(t("works.form"), made, ledger_form_name(due, ledger, ZONE.code), key="works_form")


view = open_view(t("page.infrastructure"), shows_targets=True)
st.html(view.remember(works_sentence))
with st.container(key="filters", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    asked = ask_works()
    offer_form()
listed, side = st.columns([18, 7])
with listed, panel("works", PIXELS):
    st.html(view.remember(works_table, asked))
with side, panel("accounts", PIXELS):
    st.html(view.remember(works_panel, asked))
