"""Which meeting is shown: a sealed one as it was, or the month as it stands; what is newer than the seal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from domain.bodies import ZONE
from domain.meeting import Seal
from domain.roles import READ
from domain.scope import Scope
from storage import queries
from storage.clock import office_time
from storage.meetings import record_of
from storage.queries.meetings import NewerThanSeal
from ui import reads
from ui.filters import asked_text
from ui.html import empty_state
from ui.issues import issue_day
from ui.links import Link, page_href
from ui.locale import language, t
from ui.session import scope
from ui.view import View, asked_view

T = TypeVar("T")
LEFT = "stage_left"


@dataclass(frozen=True)
class AskedMeeting:
    """A meeting: its view, the day to which issues and tasks are counted, and its seal, None for an open one."""

    view: View
    day: date
    seal: Seal | None = None

    def remember(self, read: Callable[..., T], *arguments: Any) -> T:
        """What ``read(database, scope, record, day, language=, seal=, *arguments)`` gives, made once for this state of the data."""
        scope, record, seal_id = self.view.scope, self.view.record, self.seal.seal_id if self.seal else ""
        key = (scope, record, self.day, language(), seal_id, *arguments)

        def make() -> T:
            return read(reads.database(), scope, record, self.day, *arguments, language=language(), seal=self.seal)

        return reads.remember(f"{read.__module__}.{read.__qualname__}", key, make)

    def href(self, url_path: str, **query: object) -> str:
        """Address of a page of this meeting."""
        seal_id = self.seal.seal_id if self.seal else None
        return self.view.href(url_path, **{"seal": seal_id, **query})


def ask_meeting() -> AskedMeeting:
    """The meeting that the address names: of a seal that it knows, else of a month as it stands."""
    seal = find_seal(asked_text("seal"))
    if seal is not None:
        return sealed_meeting(seal)
    if not scope().may(READ):
        st.html(empty_state(t("signin.choose_sealed"), t("signin.choose_sealed_text"), Link(t("page.meeting"), page_href("meeting"))))
        st.stop()
    view = asked_view()
    return open_meeting(replace(view, body=ZONE.code))


def sealed_meeting(seal: Seal) -> AskedMeeting:
    """The meeting as it was sealed."""
    return AskedMeeting(View(scope().nameless, record_of(seal), ZONE.code, seal.rule_set), seal.day, seal)


def open_meeting(view: View) -> AskedMeeting:
    """The month's meeting as it stands."""
    return AskedMeeting(view, issue_day(view, office_time().date()))


def seals() -> list[Seal]:
    """All sealed meetings, the newest first."""
    return _seals(scope())


@reads.remembered
def _seals(asking: Scope) -> list[Seal]:
    return queries.seals(reads.database(), asking)


def find_seal(seal_id: str) -> Seal | None:
    """The seal of an id, None for an unknown one and for none."""
    return next((seal for seal in seals() if seal.seal_id == seal_id), None)


def newer_than(seal_id: str) -> NewerThanSeal | None:
    """What was recorded after a seal for its month and those before; None for an unknown seal."""
    seal = find_seal(seal_id)
    return None if seal is None else _newer_than(scope(), seal_id)


@reads.remembered
def _newer_than(asking: Scope, seal_id: str) -> NewerThanSeal | None:
    seal = queries.find_seal(reads.database(), asking, seal_id)
    return None if seal is None else queries.newer_since(reads.database(), asking, seal)


def newer_ribbon(asked: AskedMeeting) -> Link | None:
    """That there are newer data, which lead to the month as it stands; None where there are none."""
    newer = newer_than(asked.seal.seal_id) if asked.seal else None
    if newer is None or not newer.is_any:
        return None
    return Link(t("stage.newer"), asked.view.href("screen"))


def leave_screen(asked: AskedMeeting) -> None:
    """Remember where the key Escape leads: a callback cannot turn to another page itself."""
    seal_id = asked.seal.seal_id if asked.seal else ""
    st.session_state[LEFT] = {"period": str(asked.view.period), "seal": seal_id, "lang": language()}


def turn_back() -> None:
    """From the screen to the preparation of its meeting, where Escape was pressed."""
    query = st.session_state.pop(LEFT, None)
    if query:
        shown = {name: value for name, value in query.items() if value and (name, value) != ("lang", "zh")}
        st.switch_page("pages/meeting.py", query_params=shown)
