"""报表上传: read returns, decide what is doubtful, see the difference, accept, keep the receipt; withdraw."""

from dataclasses import asdict
from functools import partial

import streamlit as st

from domain.bodies import body_name
from domain.findings import Finding
from domain.periods import Period
from domain.roles import ACCEPT
from domain.scope import Record
from domain.submissions import Known, Submission
from loaders.confirming import OpenedReturn, open_return, order_of_acceptance
from loaders.correcting import NotMendable, correction_of
from loaders.workbook import UnreadableFile
from reports.annotated import annotated_copy, annotated_name
from reports.receipt import receipt_name, receipt_page
from storage.accepting import NotAcceptable, accept_submission
from storage.access import CELL_MENDED
from storage.clock import office_time
from storage.drafts import Draft, drop_draft, note_correction, note_receipt
from storage.queries import Receipt, find_receipt, findings_of, known_for
from ui import reads
from ui.downloads import offer_download
from ui.drafts import asked_drafts, choose_files, draw_waiting
from ui.html import note, page_header
from ui.locale import language, t
from ui.names import sentence_of
from ui.receipts import draw_receipts
from ui.session import actor, noter, scope
from ui.theme import panel_key
from ui.upload import compared_with, draw_reading, draw_receipt_of, draw_refusal, offer_acceptance, offer_removal


def read_cells(draft: Draft) -> OpenedReturn | UnreadableFile:
    """The cells of a draft, read once in a child process; what the gate says of a file that cannot be read."""
    try:
        return open_return(draft.content, draft.file_name)
    except UnreadableFile as refusal:
        return refusal


def read_all(drafts: list[Draft]) -> list[tuple[Draft, OpenedReturn | UnreadableFile]]:
    """All drafts with their cells, in the order in which they should be accepted; a bar shows how far it is."""
    bar = st.progress(0.0)
    found = []
    for done, draft in enumerate(drafts):
        bar.progress(done / len(drafts), t("upload.reading", name=draft.file_name))
        found.append((draft, reads.remember("cells", (draft.sha256, draft.file_name), lambda: read_cells(draft))))  # noqa: B023
    bar.empty()
    return sorted(found, key=lambda each: in_order(each[1]))


def in_order(cells: OpenedReturn | UnreadableFile) -> tuple:
    """Sort key: those that cannot be read last."""
    is_refused = isinstance(cells, UnreadableFile)
    return is_refused, order_of_acceptance(Submission("", "") if is_refused else cells.alone)


def read_against_record(draft: Draft, cells: OpenedReturn) -> tuple[Submission, Known]:
    """The draft as read against the record of now and what was answered so far."""
    known = known_for(reads.database(), cells.alone.period).with_decisions(list(draft.decisions))
    try:
        return cells.interpret(known, draft.corrections), known
    except NotMendable:  # a cell that this file does not have: nothing of it can be mended
        return cells.interpret(known), known


def mend(draft: Draft, cells: OpenedReturn, found: Finding, text: str) -> bool:
    """Keep in the draft what a person typed in place of a cell; False for a cell that is not to be mended."""
    try:
        mended = correction_of(cells.workbook, found, text)
    except NotMendable:
        return False
    note_correction(reads.database().path, draft.draft_id, mended)
    noter()(CELL_MENDED, draft_id=draft.draft_id, file_name=draft.file_name, **asdict(mended))
    return True


def accept(draft: Draft, submission: Submission, reason: str, seen: str | None) -> None:
    """Accept a draft and draw the page again with its receipt, or say what stands against it.

    ``seen`` is the receipt in force when the page was last drawn: what the person has compared with.
    """
    db, decisions = reads.database(), draft.decisions
    try:
        receipt = accept_submission(
            db,
            submission,
            draft.content,
            decisions=decisions,
            reason=reason,
            reasons=draft.reasons,
            seen=seen,
            scope=scope(),
            actor=actor(ACCEPT),
            accepted_at=office_time(),
        )
    except NotAcceptable as refusal:
        st.html(note(sentence_of(refusal)))
        return
    note_receipt(db.path, draft.draft_id, receipt.receipt_number)
    st.session_state[f"repeat_{draft.draft_id}"] = receipt.is_repeat
    st.rerun()


def offer_annotated(draft: Draft, submission: Submission) -> None:
    """The sender's own workbook with the findings marked in their cells, to mend and send again."""
    if submission.findings:
        offer_download(
            t("upload.annotated"),
            lambda: annotated_copy(draft.content, submission.findings, language()),
            annotated_name(draft.file_name),
            key=f"annotated_{draft.draft_id}",
        )


def offer_receipt(draft: Draft, receipt: Receipt) -> None:
    """The receipt with its findings and reasons as a page to print."""
    record, asking = Record(Period.parse(receipt.period)), scope()
    offer_download(
        t("receipt.print"),
        lambda: receipt_page(
            receipt,
            findings_of(reads.database(), asking, record, submission_id=receipt.submission_id),
            language(),
            reads.corrections(asking, receipt.submission_id),
        ),
        receipt_name(receipt),
        mime="text/html",
        key=f"print_{draft.draft_id}",
    )


def refuse_other_district(draft: Draft, body: str) -> None:
    """A return that the reader's district does not owe: said, compared with nothing on record, and not kept."""
    draw_refusal(draft, t("signin.other_district", body=body_name(body, language())))
    drop_draft(reads.database().path, draft.draft_id)


def show(draft: Draft, cells: OpenedReturn | UnreadableFile) -> None:
    """One uploaded file, from what was read to its receipt."""
    receipt = find_receipt(reads.database(), draft.receipt_number, scope()) if draft.receipt_number else None
    if isinstance(cells, UnreadableFile):
        draw_refusal(draft, cells.message(language()))
    elif receipt is not None:
        draw_receipt_of(draft, receipt)
        offer_receipt(draft, receipt)
    elif (body := cells.alone.body) and not scope().allows(body):
        refuse_other_district(draft, body)
    else:
        submission, known = read_against_record(draft, cells)
        seen = compared_with(draft, submission, reads.receipts(scope()))
        draw_reading(draft, submission, known, partial(mend, draft, cells))
        offer_annotated(draft, submission)
        reason = offer_acceptance(draft, submission)
        if reason is not None:
            accept(draft, submission, reason, seen)
    offer_removal(draft)


st.html(page_header(t("page.upload"), [t("upload.context")]))
with st.container(key=panel_key("uploader")):
    choose_files(["xlsx", "xls"])
    drafts = asked_drafts()
    draw_waiting(drafts)
if drafts:
    for each, cells in read_all(drafts):
        with st.container(key=panel_key(f"draft_{each.draft_id}")):
            show(each, cells)
with st.container(key=panel_key("receipts")):
    draw_receipts(reads.receipts(scope()))
