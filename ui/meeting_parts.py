"""What the page of the monthly meeting says beside its forms: how the meeting stands, the ways to the screen, past meetings."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from domain.meeting import Seal
from domain.roles import SEAL
from ui.formats import period_name
from ui.html import badge, heading, note
from ui.html_tables import Column, Row, plain_table
from ui.links import Link, linked, page_href
from ui.locale import t
from ui.meetings import AskedMeeting, newer_than, seals

KEYS = ("next", "back", "home", "pages", "lines", "card", "leave", "full", "turning")


def state_html(asked: AskedMeeting) -> str:
    """Sealed or not, by whom and when, and whether there are newer data."""
    if asked.seal is None:
        return heading(t("meeting.screen")) + f"<p>{badge(t('meeting.open_badge'))} {escape(t('meeting.open'))}</p>"
    seal = asked.seal
    sealed = t("meeting.sealed", at=f"{seal.sealed_at:%Y-%m-%d %H:%M}", number=seal.seal_id)
    newer = newer_than(seal.seal_id)
    has_newer = newer is not None and newer.is_any
    more = note(t("meeting.newer", count=len(newer.returns))) if has_newer and newer else ""
    return heading(t("meeting.screen")) + f"<p>{badge(t('meeting.sealed_badge'))} {escape(sealed)}</p>{more}"


def ways_html(asked: AskedMeeting, pages: int) -> str:
    """The screen, dark and light, and the calibration; what the keys do, with so many pages.

    The screen is the thing to press once the meeting is sealed; before that the seal is, for those who may set it.
    """
    ways = (
        Link(t("meeting.to_screen"), asked.href("screen")),
        Link(t("meeting.to_light"), asked.href("screen", ground="light")),
        Link(t("page.calibration"), asked.href("calibration")),
    )
    is_ready = asked.seal is not None or not asked.view.scope.may(SEAL)
    buttons = "".join(linked(way, "hx-button" if is_ready and at == 0 else "hx-button hx-plain") for at, way in enumerate(ways))
    rows: list[Row] = [{"key": t(f"meeting.key_{name}", pages=pages), "act": t(f"meeting.act_{name}")} for name in KEYS]
    keys = plain_table([Column("key", "", "short"), Column("act", "")], rows, is_compact=True)
    return f'<div class="hx-ways">{buttons}</div>{keys}'


def paragraph_html(asked: AskedMeeting, parts: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The bulletin's paragraph: (text, ids of the projects behind it), each number leading to its projects."""
    shown = "".join(
        linked(asked.view.linked_projects(text, ids) if ids else text, "hx-figure-link") for text, ids in parts
    )
    return heading(t("meeting.paragraph"), t("meeting.paragraph_remark")) + f'<p class="hx-paragraph">{shown}</p>'


def past_html(asked: AskedMeeting | None = None) -> str:
    """Every sealed meeting, the newest first; each opens exactly as it was. None: for those who read nothing else."""
    columns = [
        Column("period", t("word.period"), "name"),
        Column("number", t("meeting.number"), "short"),
        Column("at", t("meeting.sealed_at"), "short"),
        Column("screen", "", "short"),
    ]
    rows = [_past(each, asked) for each in seals()]
    return heading(t("meeting.past"), t("meeting.past_remark")) + plain_table(
        columns, rows, is_compact=True, empty=t("meeting.no_past")
    )


def _past(seal: Seal, asked: AskedMeeting | None) -> Row:
    is_shown = asked is not None and seal == asked.seal
    at = {"period": str(seal.period), "seal": seal.seal_id}
    return {
        "period": Link(period_name(seal.period), page_href("meeting" if asked else "screen", **at)),
        "number": seal.seal_id + (f" {t('meeting.shown')}" if is_shown else ""),
        "at": f"{seal.sealed_at:%Y-%m-%d %H:%M}",
        "screen": Link(t("meeting.to_screen"), page_href("screen", **at)),
    }
