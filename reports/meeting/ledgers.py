"""What the office's ledgers say at the meeting: the figures of each, of the zone and its districts."""

from __future__ import annotations

from typing import Any

from domain.bodies import DISTRICT_CODES, ZONE, body_name
from domain.fields import AREA, MONEY, RATE
from domain.ledgers import LEDGERS, Figure, Ledger
from domain.ledgers.made_up import figure_made_up
from domain.ledgers.summing import rows_of_body, summarise
from domain.number_texts import WAN_PER_UNIT
from reports.meeting.facts import MeetingFacts
from reports.meeting.words import capital, say

LEDGER_LINES = ("annex.ledger", "annex.body", "annex.figure", "annex.value", "annex.unit", "annex.remark")


def ledger_lines(facts: MeetingFacts, language: str) -> list[list[Any]]:
    """A line for each figure of each ledger and body that has rows, in the order of the ledgers."""
    return [
        _line(LEDGERS[code], body, figure, language, is_made_up=figure.value is not None and figure_made_up(figure, rows))
        for code, frame in facts.ledgers.items()
        for body in (*DISTRICT_CODES, ZONE.code)
        if len(rows := rows_of_body(LEDGERS[code], frame, body))
        for figure in summarise(LEDGERS[code], rows, facts.period)
    ]


def _line(ledger: Ledger, body: str, figure: Figure, language: str, *, is_made_up: bool) -> list[Any]:
    """The figure with its remark; one that is counted from made-up rows says so in it."""
    zh = language == "zh"
    value, unit = _in_unit(figure, language)
    name, remark = (figure.name, figure.remark) if zh else (capital(figure.english), figure.remark_en)
    if is_made_up:
        remark = say(language, "annex.made_up_with", remark=remark) if remark else say(language, "annex.made_up")
    return [capital(ledger.title(language)), body_name(body, language), name, value, unit, remark]


def _in_unit(figure: Figure, language: str) -> tuple[float | int | None, str]:
    """The value in the unit of the meeting's papers, and that unit; whole numbers as such."""
    if figure.value is None:
        return None, ""
    if figure.kind == MONEY:
        return figure.value / WAN_PER_UNIT[language], say(language, "word.yi")
    if figure.kind == RATE:
        return figure.value * 100, say(language, "annex.unit_percent")
    if figure.kind == AREA:
        return figure.value, say(language, "annex.unit_mu")
    return (int(figure.value) if figure.value == int(figure.value) else figure.value), ""
