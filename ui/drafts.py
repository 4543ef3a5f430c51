"""The drafts that the address names: uploads put there, so that a reload, a lost connection or a colleague goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from domain.roles import ROLES
from storage.accepting import NotAcceptable
from storage.access import DRAFT_REFUSED, FILE_DROPPED, FILE_KEPT, FILE_TAKEN_UP
from storage.clock import office_time
from storage.drafts import Draft, drop_draft, find_draft, keep_draft, waiting_drafts
from ui import reads
from ui.html import heading, note
from ui.locale import t
from ui.names import sentence_of
from ui.session import note_once, noter, scope

NAME = "draft"
ROUND = "uploader_round"  # part of the uploader's key: another key empties it


def choose_files(kinds: list[str]) -> None:
    """Draw the uploader. What is chosen becomes drafts in the address at once, and the uploader is empty again."""
    number = st.session_state.setdefault(ROUND, 0)
    files = st.file_uploader(t("upload.choose"), type=kinds, accept_multiple_files=True, key=f"returns_{number}")
    if files:
        try:
            _keep(files)
        except NotAcceptable as refusal:
            st.html(note(sentence_of(refusal)))
            return
        st.session_state[ROUND] = number + 1
        st.rerun()


def asked_drafts() -> list[Draft]:
    """The drafts of the address; ids that lead nowhere, or to another district's, are taken out of it."""
    asked = st.query_params.get_all(NAME)
    found = [draft for draft_id in asked if (draft := _open(draft_id))]
    if len(found) != len(asked):
        _write([draft.draft_id for draft in found])
    return found


def _open(draft_id: str) -> Draft | None:
    draft = find_draft(reads.database().path, draft_id)
    if draft and not draft.is_open_to(scope()):
        note_once(DRAFT_REFUSED, draft_id=draft_id, file_name=draft.file_name)
        return None
    return draft


def draw_waiting(asked: Sequence[Draft]) -> None:
    """The returns that came through a watched folder and that nobody has taken up on this page yet."""
    on_page = {draft.draft_id for draft in asked}
    waiting = [
        draft
        for draft in waiting_drafts(reads.database().path)
        if draft.draft_id not in on_page and draft.is_open_to(scope())
    ]
    if not waiting:
        return
    st.html(heading(t("upload.waiting", count=len(waiting)), t("upload.waiting_remark")))
    for draft in waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(note(t("upload.waiting_file", name=draft.file_name, when=f"{draft.made_at:%Y-%m-%d %H:%M}")))
            st.button(t("upload.take_up"), key=f"take_{draft.draft_id}", on_click=_take_up, args=(draft.draft_id,))


def _take_up(draft_id: str) -> None:
    if draft := _open(draft_id):
        noter()(FILE_TAKEN_UP, draft_id=draft_id, file_name=draft.file_name, sha256=draft.sha256)
    _write([*st.query_params.get_all(NAME), draft_id])


def remove(draft_id: str) -> None:
    """Take a draft out of the address and drop it; another district's stays."""
    if draft := _open(draft_id):
        drop_draft(reads.database().path, draft_id)
        noter()(FILE_DROPPED, draft_id=draft_id, file_name=draft.file_name)
    _write([each for each in st.query_params.get_all(NAME) if each != draft_id])


def _keep(files: Iterable[UploadedFile]) -> None:
    """Keep each file once, however often it was chosen."""
    # Whoever reads everything leaves a draft of the office.
    bodies = scope().bodies if ROLES[scope().role].is_of_district else ()
    known = {draft.sha256: draft.draft_id for draft in asked_drafts()}
    for file in files:
        draft = keep_draft(reads.database().path, file.name, file.getvalue(), made_at=office_time(), bodies=bodies)
        if known.setdefault(draft.sha256, draft.draft_id) != draft.draft_id:
            drop_draft(reads.database().path, draft.draft_id)
        else:
            noter()(FILE_KEPT, draft_id=draft.draft_id, file_name=draft.file_name, sha256=draft.sha256)
    _write(list(known.values()))


def _write(draft_ids: list[str]) -> None:
    if draft_ids:
        st.query_params[NAME] = draft_ids
    elif NAME in st.query_params:
        del st.query_params[NAME]
