"""What people record on a project's page to verify a start or completion: one form to record, one to withdraw, the files."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from domain.evidence import KINDS, PERMIT_NUMBER, PHOTO, STATISTICS_CODE, Evidence
from domain.evidence_files import FILE_TYPES, media_type_of
from domain.roles import RECORD
from storage.clock import office_time
from storage.evidence import record_evidence, withdraw_evidence
from storage.queries import evidence_file
from ui import reads
from ui.deciding import recorded
from ui.downloads import offer_download
from ui.evidence import evidence_of, evidence_panel, kind_name, recognised_or_reported, reported_milestones, state_of
from ui.formats import day_text
from ui.html import note
from ui.locale import t
from ui.project_values import as_date
from ui.session import actor
from ui.view import View

DAY_FORMAT = "YYYY-MM-DD"
ENDINGS = [ending.removeprefix(".") for each in FILE_TYPES for ending in each.endings]


def draw_evidence(view: View, project_id: str) -> None:
    """The panel of a project's evidence with its forms and files."""
    st.html(view.remember(evidence_panel, project_id))
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.scope.may(RECORD):
            _draw_forms(view, project_id)
        for row in evidence_of(view, project_id).query("file_sha256 != ''").itertuples():
            _offer_file(view, row.evidence_id, row.file_name)


def _draw_forms(view: View, project_id: str) -> None:
    with st.popover(t("evidence.record")):
        _draw_form(view, project_id)
    standing = evidence_of(view, project_id).query("not is_withdrawn")
    if len(standing):
        with st.popover(t("evidence.withdraw")):
            _draw_withdrawal(standing)


def _draw_form(view: View, project_id: str) -> None:
    """The form that records one piece of evidence; empty again once it was recorded."""
    milestones, written = reported_milestones(view, project_id), reads.database().version()
    if not milestones:
        st.html(note(t("evidence.nothing_reported")))
        return
    what = st.container(horizontal=True)
    milestone = what.selectbox(
        t("column.node"),
        milestones,
        len(milestones) - 1,
        format_func=lambda code: t(f"milestone.{code}"),
        key=f"evidence_milestone_{written}",
    )
    kind = what.selectbox(
        t("evidence.kind"), KINDS, format_func=lambda code: kind_name(code, milestone), key=f"evidence_kind_{written}"
    )
    with st.form(f"evidence_{milestone}_{kind}_{written}", border=False):
        evidence, file = _typed(view, project_id, milestone, kind)
        if st.form_submit_button(t("evidence.save"), type="primary"):
            content = file.getvalue() if file else None
            recorded(lambda: _record(evidence, content))


def _typed(view: View, project_id: str, milestone: str, kind: str) -> tuple[Evidence, UploadedFile | None]:
    """The fields of the form, and the evidence as typed with its file."""
    today = office_time().date()
    value = st.text_input(_value_label(kind, milestone))
    days = st.container(horizontal=True)
    seen = days.date_input(t("evidence.on_date"), today, max_value=today, format=DAY_FORMAT)
    proposed = recognised_or_reported(view, project_id, milestone)
    recognised = days.date_input(
        t("evidence.verified_date"), min(proposed or today, today), max_value=today, format=DAY_FORMAT
    )
    file = st.file_uploader(t("evidence.photo" if kind == PHOTO else "evidence.scan"), type=ENDINGS)
    said = st.text_input(t("evidence.note"))
    body = str(state_of(view, project_id)["body"])
    name = file.name if file else ""
    return Evidence(project_id, body, milestone, kind, seen, recognised, value, said, file_name=name), file


def _value_label(kind: str, milestone: str) -> str:
    if kind in (PERMIT_NUMBER, STATISTICS_CODE):
        return kind_name(kind, milestone)
    return t("evidence.seen" if kind != PHOTO else "evidence.pictured")


def _record(evidence: Evidence, content: bytes | None) -> None:
    record_evidence(reads.database(), evidence, content, actor=actor(RECORD), recorded_at=office_time())


def _draw_withdrawal(standing: pd.DataFrame) -> None:
    """The form that withdraws one piece of evidence, with the reason."""
    names = {row.evidence_id: _short_name(row) for row in standing.itertuples()}
    with st.form(f"withdraw_evidence_{reads.database().version()}", border=False):
        evidence_id = st.selectbox(t("evidence.which"), list(names), format_func=lambda code: names.get(code, code))
        reason = st.text_input(t("evidence.withdrawal_reason"))
        if st.form_submit_button(t("evidence.withdraw_one")):
            recorded(
                lambda: withdraw_evidence(
                    reads.database(), evidence_id, reason=reason, actor=actor(RECORD), withdrawn_at=office_time()
                )
            )


def _short_name(row) -> str:
    """Milestone, kind, what it says, and the day: 开工 施工许可证号 3209… 2024-05-06."""
    said = row.value or row.file_name
    return f"{t(f'milestone.{row.milestone}')} {kind_name(row.kind, row.milestone)} {said} {day_text(as_date(row.on_date))}"


def _offer_file(view: View, evidence_id: str, file_name: str) -> None:
    """A button that hands a photo or scan out under its own type; it is never shown within a page."""
    offer_download(
        t("evidence.download", name=file_name),
        lambda: evidence_file(reads.database(), view.scope, view.record, evidence_id)[1],
        file_name,
        mime=media_type_of(file_name),
        key=f"file_{evidence_id}",
    )
