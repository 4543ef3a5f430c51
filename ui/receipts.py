"""Receipts: one as a table, the list of them, and withdrawing one that counts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.bodies import body_name
from domain.ledgers import find_ledger
from domain.roles import WITHDRAW
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, Correction
from storage.accepting import NotAcceptable, withdraw_submission
from storage.clock import office_time
from storage.queries import CollectedReturn
from storage.receipts import IN_FORCE, STATE_ENGLISH, Receipt
from ui import reads
from ui.formats import DASH, money, period_name
from ui.html import badge, heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import receipt_link
from ui.locale import language, t
from ui.names import field_name, return_name, sentence_of
from ui.session import actor, scope

MOST_RECEIPTS = 40


def draw_receipts(receipts: Sequence[Receipt]) -> None:
    """The newest receipts, and above them the form to withdraw one."""
    st.html(heading(t("receipt.list"), t("receipt.list_remark")))
    if receipts and scope().may(WITHDRAW):
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
            reads.database(),
            receipt.submission_id,
            reason=reason,
            actor=actor(WITHDRAW),
            withdrawn_at=office_time(),
        )
    except NotAcceptable as refusal:
        st.html(note(sentence_of(refusal)))
    else:
        st.rerun()


def draw_receipt(receipt: Receipt) -> None:
    """The receipt of an accepted return."""
    said = t("receipt.repeat") if receipt.is_repeat else t("receipt.accepted")
    st.html(f"<p>{badge(said, 'on_track')}</p>" + receipt_table(receipt))


def receipt_table(receipt: Receipt) -> str:
    """What a receipt says of its return, a line each; its own number and the one replaced lead to their receipts."""
    rows: list[Row] = [
        {"name": t("receipt.number"), "value": receipt_link(receipt.receipt_number)},
        {"name": t("receipt.what"), "value": _what(receipt)},
        {"name": t("receipt.when"), "value": f"{receipt.accepted_at:%Y-%m-%d %H:%M}"},
        {"name": t("card.file"), "value": receipt.file_name},
        *_counts_of_projects(receipt),
        {"name": t("receipt.findings"), "value": findings_text(receipt)},
        {"name": t("receipt.reason"), "value": receipt.reason},
        {"name": t("receipt.hash"), "value": receipt.sha256[:16]},
        {"name": t("receipt.replaces"), "value": receipt_link(receipt.replaces) if receipt.replaces else DASH},
        {"name": t("card.state"), "value": state_name(receipt)},
    ]
    if receipt.withdrawn_at is not None:
        when = f"{receipt.withdrawn_at:%Y-%m-%d %H:%M}"
        rows.append({"name": t("receipt.withdrawn"), "value": f"{when} {receipt.withdrawal_reason}"})
    return plain_table([Column("name", "", width="220px"), Column("value", "", "name")], rows, is_compact=True)


def _what(receipt: Receipt) -> str:
    """Whose return of which month; of a ledger also which."""
    named = [return_name(receipt.kind)] if find_ledger(receipt.kind) else []
    return " · ".join([body_name(receipt.body, language()), receipt_period(receipt), *named])


def _counts_of_projects(receipt: Receipt) -> list[Row]:
    """What a return counts; nothing for a ledger, which lists no projects."""
    if find_ledger(receipt.kind):
        return []
    counts = t("receipt.counts_text", projects=receipt.project_count, works=receipt.infrastructure_count)
    return [
        {"name": t("receipt.counts"), "value": counts},
        {"name": t("receipt.total"), "value": money(receipt.total_ytd_wan)},
    ]


def corrections_table(corrections: Sequence[Correction]) -> str:
    """The cells that were mended: where, what was typed, what counts instead."""
    columns = [
        Column("cell", t("card.cell"), "short"),
        Column("field", t("card.field"), "short"),
        Column("before", t("upload.value")),
        Column("after", t("upload.mended"), "name"),
    ]
    rows: list[Row] = [
        {
            "cell": f"{each.sheet}!{each.cell}",
            "field": field_name(each.field),
            "before": each.before or t("upload.blank"),
            "after": each.after or t("upload.blank"),
        }
        for each in corrections
    ]
    return plain_table(columns, rows, is_compact=True)


def findings_text(receipt: Receipt | CollectedReturn) -> str:
    """How many findings of each level."""
    return f"{receipt.error_count} / {receipt.explain_count} / {receipt.hint_count}"


def state_name(receipt: Receipt) -> str:
    """Whether the return counts, was replaced or withdrawn."""
    return receipt.state if language() == "zh" else STATE_ENGLISH[receipt.state]


def receipt_period(receipt: Receipt) -> str:
    """The period of a receipt; the year alone for the yearly forms."""
    is_yearly = receipt.kind in (ANNUAL_TARGETS, ANNUAL_NODE_PLAN)
    return t("format.year", year=receipt.period[:4]) if is_yearly else period_name(receipt.period)


def receipt_columns() -> list[Column]:
    """Columns of the list of receipts."""
    return [
        Column("number", t("receipt.number"), "name"),
        Column("body", t("column.body"), "short"),
        Column("period", t("word.period"), "short"),
        Column("file", t("card.file")),
        Column("when", t("receipt.when"), "short"),
        Column("counts", t("receipt.rows"), "number"),
        Column("findings", t("receipt.findings"), "short"),
        Column("reason", t("receipt.reason")),
        Column("state", t("card.state"), "short"),
    ]


def receipt_row(receipt: Receipt) -> Row:
    """One receipt in the list."""
    return {
        "number": receipt_link(receipt.receipt_number),
        "body": body_name(receipt.body, language()),
        "period": receipt_period(receipt),
        "file": receipt.file_name,
        "when": f"{receipt.accepted_at:%Y-%m-%d %H:%M}",
        "counts": "" if find_ledger(receipt.kind) else f"{receipt.project_count} + {receipt.infrastructure_count}",
        "findings": findings_text(receipt),
        "reason": receipt.withdrawal_reason or receipt.reason,
        "state": state_name(receipt),
    }
