"""Preparing a meeting: the titles that people write, and the seal."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from domain.meeting import Meeting, MeetingPage
from domain.roles import SEAL
from storage.clock import office_time
from storage.meetings import LONGEST_TITLE, seal_meeting, set_title
from ui import reads
from ui.deciding import recorded
from ui.formats import period_name
from ui.html import note
from ui.locale import t
from ui.meetings import AskedMeeting
from ui.session import actor


def draw_titles(asked: AskedMeeting, meeting: Meeting) -> None:
    """A line for each page: its name, the title as shown, to be rewritten; an emptied one is generated again."""
    is_fixed = asked.seal is not None or not asked.view.scope.may(SEAL)
    with st.form(f"titles_{asked.view.period}_{reads.database().version()}", border=False):
        typed = {page.code: _title_input(asked, page, number, is_fixed) for number, page in enumerate(meeting.pages, 1)}
        if st.form_submit_button(t("meeting.save_titles"), disabled=is_fixed):
            recorded(lambda: _save(asked, meeting, typed))


def _title_input(asked: AskedMeeting, page: MeetingPage, number: int, is_fixed: bool) -> str:
    """The input of a title; what the figures say is its hint."""
    return st.text_input(
        t("meeting.title_of", number=number, page=t(f"meeting.page_{page.code}")),
        page.title.replace("\n", ""),
        max_chars=LONGEST_TITLE,
        placeholder=page.generated.replace("\n", ""),
        disabled=is_fixed,
        key=f"title_{asked.view.period}_{page.code}",
    )


def _save(asked: AskedMeeting, meeting: Meeting, typed: Mapping[str, str]) -> None:
    """Store the titles that differ from what is shown; the generated one in its own words is none."""
    for page in meeting.pages:
        title = typed[page.code].strip()
        if title == page.title.replace("\n", ""):
            continue
        own = "" if title == page.generated.replace("\n", "") else title
        set_title(reads.database(), asked.view.period, page.code, own, actor=actor(SEAL), set_at=office_time())


def draw_seal(asked: AskedMeeting) -> None:
    """Seal the month's meeting as it stands; said first what that means."""
    if not asked.view.scope.may(SEAL):
        return
    with st.popover(t("meeting.seal"), width="stretch", type="primary"):
        st.html(note(t("meeting.seal_text", period=period_name(asked.view.period))))
        if st.button(t("meeting.seal_now"), type="primary", key="seal_now"):
            recorded(lambda: _seal(asked))


def _seal(asked: AskedMeeting) -> None:
    seal_meeting(
        reads.database(),
        asked.view.period,
        day=asked.day,
        rule_set=asked.view.record.rule_set,
        actor=actor(SEAL),
        sealed_at=office_time(),
    )
