"""The pages of the year's targets: the zone's figures with their course, and each district against its own."""

from __future__ import annotations

from domain.bodies import DISTRICT_CODES, ZONE, body_name
from domain.indicators import COUNT, HEADLINES, Indicator
from domain.meeting import Block, Bullet, BulletGroup, MonthCourse
from domain.number_texts import WAN_PER_UNIT, money_places
from domain.progress import PACED, Progress
from reports.meeting.facts import MeetingFacts
from reports.meeting.words import capital, say


def target_blocks(facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """The headline figures of the zone against their targets, and their course over the year."""
    bullets = tuple(bullet_of(facts, language, code, ZONE.code) for code in HEADLINES)
    courses = tuple(_course(facts, language, code) for code in PACED)
    return (BulletGroup(body_name(ZONE.code, language), bullets),), courses


def district_blocks(facts: MeetingFacts, language: str) -> tuple[Block, ...]:
    """Each district against its own targets and its own year before, in the order of the districts."""
    groups = tuple(
        BulletGroup(body_name(body, language), tuple(bullet_of(facts, language, code, body) for code in PACED))
        for body in DISTRICT_CODES
    )
    return (groups,)


def bullet_of(facts: MeetingFacts, language: str, code: str, body: str) -> Bullet:
    """One figure of a body against its target and the same month of the year before, in the unit shown."""
    figure = facts.progress[code, body]
    return Bullet(
        label=indicator_label(figure.indicator, language),
        done=_shown(figure.indicator, language, figure.done),
        target=_shown(figure.indicator, language, figure.target),
        time_share=figure.time_share,
        gap_points=figure.gap_points,
        grade=figure.grade,
        unit=unit_of(figure.indicator, language),
        decimals=_decimals(figure, language),
        last_year=_shown(figure.indicator, language, facts.last_year.get((code, body))),
        project_ids=facts.ids_of(code, body),
    )


def indicator_label(indicator: Indicator, language: str) -> str:
    """Name of a figure as a label."""
    return indicator.name if language == "zh" else capital(indicator.english)


def unit_of(indicator: Indicator, language: str) -> str:
    """The unit that a figure is shown in."""
    return say(language, "word.count" if indicator.unit == COUNT else "word.yi")


def _shown(indicator: Indicator, language: str, value: float | None) -> float | None:
    """A figure in the unit that it is shown in."""
    return value if value is None or indicator.unit == COUNT else value / WAN_PER_UNIT[language]


def _decimals(figure: Progress, language: str) -> int:
    return 0 if figure.indicator.unit == COUNT else money_places(figure.done or 0.0, language)


def _course(facts: MeetingFacts, language: str, code: str) -> MonthCourse:
    figure = facts.progress[code, ZONE.code]
    return MonthCourse(
        label=indicator_label(figure.indicator, language),
        points=tuple((month, _shown(figure.indicator, language, value)) for month, value in facts.courses[code]),
        target=_shown(figure.indicator, language, figure.target),
        unit=unit_of(figure.indicator, language),
        decimals=_decimals(figure, language),
    )
