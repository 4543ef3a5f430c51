"""The opening paragraph of the monthly bulletin, in the manner of India's Flash Report, every number with its projects.

N projects on the list: ahead, on time, late, without a date; late by the first promise and by the latest plan; in bands
of months; the average; put off again since last month; the reasons (domain.md 1, IN). The classes add up to N.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from domain.bodies import DISTRICT_CODES, body_name
from domain.delay_bands import FIRST, LATEST, ZONE_BANDS, banded_delays
from domain.number_texts import number
from domain.periods import Period
from domain.promise_standings import AHEAD, LATE, ON_TIME, PUT_OFF, UNDATED, UNTOLD, on_list, promise_standings
from reports.meeting.delays import reason_label
from reports.meeting.facts import MeetingFacts, ids_in
from reports.meeting.office_sentences import office_sentences
from reports.meeting.words import MONTH_NAMES, listed, say

# The classes as the sentence has them.
ORDER = (AHEAD, ON_TIME, PUT_OFF, LATE, UNDATED, UNTOLD)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the paragraph: words, or a number and the projects that it counts."""

    text: str
    project_ids: tuple[str, ...] = ()


def bulletin_paragraph(facts: MeetingFacts, language: str = "zh") -> list[Part]:
    """The paragraph as words and numbers, in their order."""
    standings = promise_standings(facts.states, facts.delays, facts.period)
    parts = _head(facts, standings, language)
    if len(standings):
        parts += _slipped(facts, language) + _late(facts, language)
    return [*parts, *_office(facts, language), *_missing(facts, language)]


def _office(facts: MeetingFacts, language: str) -> list[Part]:
    said = office_sentences(facts, language)
    return [Part(said)] if said else []


def plain_text(parts: Iterable[Part]) -> str:
    """The paragraph without its links."""
    return "".join(part.text for part in parts).strip()


def _filled(language: str, key: str, **values: Part | list[Part] | str) -> list[Part]:
    """A text with numbers, or whole pieces, in its {places}; what fills a place is never a place itself."""
    text = say(language, key, **{name: f"\0{name}\0" for name in values})
    parts: list[Part] = []
    for place, piece in enumerate(text.split("\0")):
        value = values[piece] if place % 2 else piece
        parts += value if isinstance(value, list) else [value if isinstance(value, Part) else Part(value)]
    return [part for part in parts if part.text]


def _counted(language: str, key: str, ids: tuple[str, ...], **words: str | list[Part]) -> list[Part]:
    return _filled(language, key, count=Part(number(len(ids)), ids), **words)


def _in_row(language: str, items: list[list[Part]]) -> list[Part]:
    """Items of an enumeration with the language's sign between them."""
    between = Part(say(language, "paragraph.between"))
    return [part for place, item in enumerate(items) for part in ([between, *item] if place else item)]


def _head(facts: MeetingFacts, standings: pd.DataFrame, language: str) -> list[Part]:
    """How many are on the list, and of these in each class; a class without a project is not mentioned."""
    day = end_of_month(facts.period, language)
    if standings.empty:
        return _filled(language, "paragraph.none", day=day)
    all_ids = ids_in(standings)
    classes = {name: ids_in(standings[standings["standing"] == name]) for name in ORDER}
    found = {name: ids for name, ids in classes.items() if ids}
    if len(found) == 1:
        return _sole(facts, language, *found, all_ids, day)
    said = [
        _counted(
            language, f"paragraph.class_{name}", ids, **({"by": _late_by(facts, language)} if name == LATE else {})
        )
        for name, ids in found.items()
    ]
    head = _counted(language, "paragraph.head", all_ids, day=day)
    return [*head, *_in_row(language, said), Part(say(language, "paragraph.end"))]


def _sole(facts: MeetingFacts, language: str, name: str, ids: tuple[str, ...], day: str) -> list[Part]:
    """All that are on the list stand in one class."""
    key = "paragraph.head_sole" if len(ids) > 1 else "paragraph.head_one"
    parts = _counted(language, key, ids, day=day, name=say(language, f"paragraph.name_{name}"))
    return parts + (_filled(language, "paragraph.late_by", by=_late_by(facts, language)) if name == LATE else [])


def end_of_month(period: Period, language: str) -> str:
    """The cut-off date as the bulletin says it: 2024年8月底."""
    return say(language, "word.end_of_month", year=period.year, month=period.month, name=MONTH_NAMES[period.month])


def _late_by(facts: MeetingFacts, language: str) -> list[Part]:
    """How many are late by the first promise, and by the latest plan."""
    banded = banded_delays(facts.delays, facts.period)
    first, latest = (ids_in(banded[banded["promise"] == promise]) for promise in (FIRST, LATEST))
    cases = {"equal": set(first) == set(latest), "latest": not first, "first": not latest, "both": True}
    return _filled(
        language,
        f"paragraph.by_{next(key for key, holds in cases.items() if holds)}",
        first=Part(number(len(first)), first),
        latest=Part(number(len(latest)), latest),
    )


def _late(facts: MeetingFacts, language: str) -> list[Part]:
    """How long the late ones are late by their first promise, and why; that none is late only where somebody reported."""
    if facts.late.empty:
        return _filled(language, "paragraph.no_late") if facts.reported else []
    banded = banded_delays(facts.delays, facts.period)
    return _bands(banded[banded["promise"] == FIRST], language) + _reasons(facts.late, language)


def _bands(first: pd.DataFrame, language: str) -> list[Part]:
    """By the first promise in bands of whole months, and the average; nothing where none is late by it."""
    if first.empty:
        return []
    bands = {band.code: ids_in(first[first["band"] == band.code]) for band in ZONE_BANDS}
    said = [_counted(language, f"paragraph.band_{code}", ids) for code, ids in bands.items() if ids]
    days = Part(number(first["days"].mean()), ids_in(first))
    average = _filled(language, "paragraph.average" if len(first) > 1 else "paragraph.one_average", days=days)
    comma, end = Part(say(language, "paragraph.comma")), Part(say(language, "paragraph.end"))
    return [*_filled(language, "paragraph.bands"), *_in_row(language, said), comma, *average, end]


def _reasons(late: pd.DataFrame, language: str) -> list[Part]:
    """The reasons of the late ones, the most frequent first; how many gave none; how many were not reported at all."""
    told = late[late["reason"].notna()]
    unsaid, untold = (
        ids_in(late[late["reason"].isna() & (late["is_reported"] == is_told)]) for is_told in (True, False)
    )
    if told.empty:
        key = "paragraph.no_reason" if len(unsaid) > 1 else "paragraph.one_no_reason"
        return _filled(language, key) if unsaid else []
    codes = told["reason"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable").index
    said = [
        _counted(language, "paragraph.reason", ids_in(told[told["reason"] == code]), name=reason_label(code, language))
        for code in codes
    ]
    others = {"paragraph.unsaid": unsaid, "paragraph.class_untold": untold}
    said += [_counted(language, key, ids) for key, ids in others.items() if ids]
    return [*_filled(language, "paragraph.reasons"), *_in_row(language, said), Part(say(language, "paragraph.end"))]


def _slipped(facts: MeetingFacts, language: str) -> list[Part]:
    """The projects on the list whose date moved on since last month; nothing where nothing can be compared."""
    if facts.before.empty or not facts.reported:
        return []
    listed_ids = on_list(facts.states, facts.period)["project_id"]
    moved = ids_in(facts.moved[facts.moved["project_id"].isin(listed_ids)])
    return _counted(language, "paragraph.slipped" if moved else "paragraph.not_slipped", moved)


def _missing(facts: MeetingFacts, language: str) -> list[Part]:
    """Which districts have not reported, so that older figures stand; nothing where nothing is known at all."""
    if not facts.missing or facts.states.empty:
        return []
    if len(facts.missing) == len(DISTRICT_CODES):
        return _filled(language, "paragraph.missing_all")
    names = listed(language, [body_name(code, language) for code in facts.missing])
    return _filled(language, "paragraph.missing_one", names=names)
