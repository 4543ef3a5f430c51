"""报表上传: read returns, decide what is doubtful, see the difference, accept, keep the receipt; withdraw."""

import streamlit as st

from domain.scope import OFFICE
from domain.submissions import Known, Submission
from loaders.confirming import open_return, order_of_acceptance
from loaders.workbook import UnreadableFile, sha256_of
from storage.accepting import NotAcceptable, accept_submission, withdraw_submission
from storage.clock import office_time
from storage.queries import known_for
from storage.receipts import IN_FORCE, Receipt
from ui import reads
from ui.drafts import Draft, drafts, keep_only
from ui.html import badge, heading, note, page_header
from ui.html_tables import plain_table
from ui.locale import language, t
from ui.theme import panel_key
from ui.upload import (
    draw_changes,
    draw_findings,
    draw_questions,
    draw_receipt,
    draw_summary,
    draw_tables,
    receipt_columns,
    receipt_row,
)

MOST_RECEIPTS = 40


def receive(files: list) -> list[Draft]:
    """Read the cells of what was uploaded, once each; a file that cannot be read keeps the sentence why."""
    waiting = {sha256_of(file.getvalue()): file for file in files}
    keep_only(list(waiting))
    new = [(sha256, file) for sha256, file in waiting.items() if sha256 not in drafts()]
    bar = st.progress(0.0) if new else None
    for done, (sha256, file) in enumerate(new):
        bar.progress(done / len(new), t("upload.reading", name=file.name))
        drafts()[sha256] = open_draft(Draft(file.name, file.getvalue(), sha256))
    if bar:
        bar.empty()
    return [drafts()[sha256] for sha256 in waiting]


def in_order(draft: Draft) -> tuple:
    """Sort key: in the order in which returns should be accepted, those that cannot be read last."""
    return (draft.opened is None, order_of_acceptance(draft.opened.interpret() if draft.opened else Submission("", "")))


def open_draft(draft: Draft) -> Draft:
    """Read a draft's cells."""
    try:
        draft.opened = open_return(draft.content, draft.file_name)
    except UnreadableFile as error:
        draft.refusal = {"zh": error.message("zh"), "en": error.message("en")}
    return draft


def read_draft(draft: Draft) -> tuple[Submission, Known]:
    """The draft as read against the record of now and what was answered so far."""
    known = known_for(reads.database(), draft.opened.interpret().period).with_decisions(draft.decisions)
    return draft.opened.interpret(known), known


def accept(draft: Draft, submission: Submission, reason: str) -> None:
    """Accept a draft; what stands against it is kept for the screen."""
    try:
        draft.receipt = accept_submission(
            reads.database(),
            submission,
            draft.content,
            decisions=draft.decisions,
            reason=reason,
            accepted_at=office_time(),
        )
        draft.refused = ""
    except NotAcceptable as error:
        draft.refused = error.message_zh if language() == "zh" else error.message_en


def show_draft(draft: Draft) -> None:
    """One uploaded file, from what was read to its receipt."""
    if draft.refusal:
        st.html(
            heading(draft.file_name)
            + f"<p>{badge(t('upload.not_readable'), 'slightly')}</p>"
            + note(draft.refusal[language()])
        )
        return
    if draft.receipt:
        st.html(heading(draft.file_name))
        draw_receipt(draft.receipt)
        return
    submission, known = read_draft(draft)
    draw_summary(draft, submission)
    read, found = st.columns([9, 14])
    with read:
        draw_tables(submission)
    with found:
        draw_findings(submission)
    draw_questions(draft, submission)
    if submission.is_acceptable:
        draw_changes(submission, known)
        offer_acceptance(draft, submission)


def offer_acceptance(draft: Draft, submission: Submission) -> None:
    """The reason, where one is owed, and the button."""
    short = draft.sha256[:12]
    with st.form(f"accept_{short}", border=False):
        reason = ""
        if submission.to_explain:
            reason = st.text_area(
                t("upload.reason", count=len(submission.to_explain)),
                key=f"reason_{short}",
                placeholder=t("upload.reason_hint"),
                height=80,
            )
        if st.form_submit_button(t("upload.accept"), type="primary", key=f"submit_{short}"):
            accept(draft, submission, reason)
            if draft.receipt:
                st.rerun()
    if draft.refused:
        st.html(note(draft.refused))


def withdraw(receipts: list[Receipt]) -> None:
    """Withdraw a return that counts; the one before it counts again."""
    names = {each.receipt_number: each for each in receipts if each.state == IN_FORCE}
    with st.expander(t("withdraw.title")), st.form("withdraw", clear_on_submit=True, border=False):
        st.html(note(t("withdraw.remark")))
        number = st.selectbox(t("receipt.number"), list(names), index=None, placeholder=t("word.choose"))
        reason = st.text_input(t("withdraw.reason"))
        if st.form_submit_button(t("withdraw.button")) and number:
            try:
                withdraw_submission(
                    reads.database(),
                    names[number].submission_id,
                    reason=reason,
                    actor="office",
                    withdrawn_at=office_time(),
                )
                st.rerun()
            except NotAcceptable as error:
                st.html(note(error.message_zh if language() == "zh" else error.message_en))


st.html(page_header(t("page.upload"), [t("upload.context")]))
with st.container(key=panel_key("uploader")):
    files = st.file_uploader(t("upload.choose"), type=["xlsx", "xls"], accept_multiple_files=True, key="returns")
received = receive(files)
for draft in sorted(received, key=in_order):
    with st.container(key=panel_key(f"draft_{draft.sha256[:12]}")):
        show_draft(draft)
with st.container(key=panel_key("receipts")):
    known_receipts = reads.receipts(OFFICE)
    st.html(heading(t("receipt.list"), t("receipt.list_remark")))
    if known_receipts:
        withdraw(known_receipts)
    st.html(
        plain_table(
            receipt_columns(),
            [receipt_row(each) for each in known_receipts[:MOST_RECEIPTS]],
            is_compact=True,
            empty=t("receipt.none"),
        )
    )
