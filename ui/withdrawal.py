"""The list of receipts, and withdrawing one that counts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from storage.accepting import NotAcceptable, withdraw_submission
from storage.clock import office_time
from storage.receipts import IN_FORCE, Receipt
from ui import reads
from ui.html import heading, note
from ui.html_tables import plain_table
from ui.locale import language, t
from ui.upload import receipt_columns, receipt_row

MOST_RECEIPTS = 40


def draw_receipts(receipts: Sequence[Receipt]) -> None:
    """The newest receipts, and above them the form to withdraw one."""
    st.html(heading(t("receipt.list"), t("receipt.list_remark")))
    if receipts:
        _offer_withdrawal([each for each in receipts if each.state == IN_FORCE])
    rows = [receipt_row(each) for each in receipts[:MOST_RECEIPTS]]
    st.html(plain_table(receipt_columns(), rows, is_compact=True, empty=t("receipt.none")))


def _offer_withdrawal(in_force: Sequence[Receipt]) -> None:
    names = {each.receipt_number: each for each in in_force}
    with st.expander(t("withdraw.title")), st.form("withdraw", clear_on_submit=True, border=False):
        st.html(note(t("withdraw.remark")))
        number = st.selectbox(t("receipt.number"), list(names), index=None, placeholder=t("word.choose"))
        reason = st.text_input(t("withdraw.reason"))
        if st.form_submit_button(t("withdraw.button")) and number:
            _withdraw(names[number], reason)


def _withdraw(receipt: Receipt, reason: str) -> None:
    try:
        withdraw_submission(
            reads.database(), receipt.submission_id, reason=reason, actor="office", withdrawn_at=office_time()
        )
    except NotAcceptable as refusal:
        st.html(note(refusal.message_zh if language() == "zh" else refusal.message_en))
    else:
        st.rerun()
