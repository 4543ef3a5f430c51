"""回执: one receipt by its number in the address, with its findings, the reasons given and the cells mended; to print."""

import streamlit as st

from domain.periods import Period
from domain.scope import Record
from reports.receipt import receipt_name, receipt_page
from storage.queries import findings_of
from ui import reads
from ui.downloads import offer_download
from ui.filters import asked_text
from ui.html import empty_state, finding_list, heading, page_header
from ui.links import Link, page_href
from ui.locale import language, t
from ui.receipts import corrections_table, receipt_table
from ui.session import scope
from ui.theme import panel_key

receipt = reads.find_receipt(scope(), asked_text("receipt"))
st.html(page_header(t("page.receipt"), [receipt.receipt_number] if receipt else []))
if receipt is None:
    st.html(empty_state(t("receipt.unknown"), t("receipt.unknown_text"), Link(t("page.upload"), page_href("upload"))))
    st.stop()
found = findings_of(
    reads.database(), scope(), Record(Period.parse(receipt.period)), submission_id=receipt.submission_id
)
corrections = reads.corrections(scope(), receipt.submission_id)
facts, findings = st.columns([10, 13])
with facts, st.container(key=panel_key("receipt")):
    st.html(receipt_table(receipt))
    offer_download(
        t("receipt.print"),
        lambda: receipt_page(receipt, found, language(), corrections),
        receipt_name(receipt),
        mime="text/html",
    )
with findings, st.container(key=panel_key("receipt_findings")):
    if corrections:
        st.html(heading(t("upload.corrections", count=len(corrections)), t("receipt.corrections_remark")))
        st.html(corrections_table(corrections))
    st.html(heading(t("card.findings")) + finding_list(found))
