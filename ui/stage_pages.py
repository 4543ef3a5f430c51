"""A page of the meeting's screen as HTML and charts: title, blocks, and at the foot what everything stands on."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go

from domain.meeting import Block, BulletGroup, Meeting, MeetingPage, MonthCourse
from ui.chart_parts import ready
from ui.chart_stage import stage_courses
from ui.formats import period_name
from ui.links import Link, linked
from ui.locale import t
from ui.stage import DARK, Place
from ui.stage_blocks import block_html, is_courses
from ui.theme import DARK as DARK_PALETTE
from ui.theme import LIGHT as LIGHT_PALETTE
from ui.view import View

# Titles that do not fit two lines of 56 px are set smaller, never cut.
LONGEST_TITLE = 62


def page_html(meeting: Meeting, page: MeetingPage, place: Place, view: View, newer: Link | None = None) -> str:
    """A page without its chart."""
    halved = " hs-halved" if courses_of(page) else ""
    drawn = "".join(_block(block, view, place.line) for block in page.blocks if not is_courses(block))
    return framed(page.title, f'<div class="hs-body{halved}">{drawn}</div>', foot_html(meeting, place, newer), place.factor)


def framed(title: str, body: str, foot: str, factor: float) -> str:
    """Anything that fills the screen: a title, a body, a foot."""
    size = f";font-size:calc(56px * var(--hs-k) * {LONGEST_TITLE / len(title):.3f})" if len(title) > LONGEST_TITLE else ""
    return (
        f'<div class="hs-page" style="--hs-k:{factor:g}"><h1 style="white-space:pre-line{size}">{escape(title)}</h1>'
        f"{body}{foot}</div>"
    )


def _block(block: Block, view: View, chosen: int) -> str:
    """A block; bars of several bodies stand beside each other."""
    is_grouped = isinstance(block, tuple) and len(block) > 1 and isinstance(block[0], BulletGroup)
    drawn = block_html(block, view, chosen)
    return f'<div class="hs-grouped">{drawn}</div>' if is_grouped else drawn


def foot_html(meeting: Meeting, place: Place, newer: Link | None) -> str:
    """Cut-off date, seal, rule set, the ribbon of newer data, and the page's number."""
    parts = [t("stage.sample")] if meeting.is_sample else []
    parts.append(t("word.as_of", day=meeting.period.last_day.isoformat()))
    parts.append(
        t("stage.sealed", period=period_name(meeting.period), at=f"{meeting.seal.sealed_at:%Y-%m-%d %H:%M}")
        if meeting.seal
        else t("stage.unsealed")
    )
    parts.append(t("stage.rule", name=meeting.rule_name))
    ribbon = f'<span class="hs-newer">{linked(newer)}</span>' if newer else ""
    turning = f"{t('stage.turning')} " if place.is_auto else ""
    return (
        f'<div class="hs-foot"><span>{escape(" · ".join(parts))}</span>{ribbon}'
        f"<span>{escape(turning)}{place.page} / {len(meeting.pages)}</span></div>"
    )


def courses_of(page: MeetingPage) -> tuple[MonthCourse, ...]:
    """The courses of a page, empty where it has none."""
    return next((block for block in page.blocks if is_courses(block)), ())  # type: ignore[return-value]


def page_chart(page: MeetingPage, place: Place) -> go.Figure | None:
    """The chart of a page's courses, None where it has none."""
    courses = courses_of(page)
    if not courses:
        return None
    return ready(stage_courses(courses, DARK_PALETTE if place.ground == DARK else LIGHT_PALETTE))
