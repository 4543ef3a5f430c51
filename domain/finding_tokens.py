"""A text as it is searched: its characters in one width and case, how each is said, and what may be typed for it."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from domain.sounds import is_chinese, readings_of, typed_as, usual_readings

NUMERALS = dict(zip("一二三四五六七八九", "123456789", strict=True))
TWINS = NUMERALS | {figure: numeral for numeral, figure in NUMERALS.items()}
# Of a query no more than this is read.
MOST_ASKED = 60
# How far a match goes: as written; also by the readings usual in their place; also by every reading.
LITERAL, USUAL, EVERY = WAYS = range(3)


class Token(NamedTuple):
    """A character that counts: folded, its usual reading there, its place in the text, whether a word begins with it."""

    sign: str
    reading: str
    place: int
    is_edge: bool


def tokens_of(text: str) -> list[Token]:
    """The characters of a text that count: Chinese characters, letters and figures.

    A word begins behind brackets, punctuation and spaces, and where Chinese, letters and figures meet.
    """
    signs: list[tuple[str, int, bool]] = []
    before = ""
    for place, character in enumerate(text):
        folded = fold(character)
        before = before if folded else ""
        for sign in folded:
            signs.append((sign, place, _class(sign) != before))
            before = _class(sign)
    readings = usual_readings("".join(sign for sign, _, _ in signs))
    return [Token(sign, reading, place, edge) for (sign, place, edge), reading in zip(signs, readings, strict=True)]


@cache
def fold(character: str) -> str:
    """A character in one width and case; empty for brackets, punctuation and spaces."""
    return "".join(each for each in unicodedata.normalize("NFKC", character).casefold() if each.isalnum())


def terms_of(query: str) -> list[str]:
    """The terms of a query, folded; spaces part them. Only its first ``MOST_ASKED`` characters are read."""
    return [term for part in query[:MOST_ASKED].split() if (term := "".join(map(fold, part)))]


@cache
def _class(sign: str) -> str:
    return "chinese" if is_chinese(sign) else "figure" if sign.isdecimal() else "letter"


@cache
def typed_for(sign: str, reading: str, way: int) -> frozenset[str]:
    """What may be typed for a token, by one way of matching or those before it: 二 also as 2, 重 also as c, ch, chong."""
    written = frozenset({sign, TWINS.get(sign, sign)})
    if way == LITERAL:
        return written
    readings = readings_of(sign) if way == EVERY else (reading,) if reading else ()
    return written.union(*(typed_as(each) for each in readings))


@cache
def begun_for(sign: str, reading: str, way: int) -> frozenset[str]:
    """What may be typed for the last token of a query, whose reading may be broken off: cho for 重."""
    readings = () if way == LITERAL else readings_of(sign) if way == EVERY else (reading,)
    begun = {each[:length] for each in readings for length in range(1, len(each) + 1)}
    return typed_for(sign, reading, way) | begun


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where a text answers a query, as (first, behind last) places, to be marked: the whole query, else each term."""
    tokens, terms = tokens_of(text), terms_of(query)
    if not terms:
        return []
    whole = _span(tokens, "".join(terms))
    found = [whole] if whole else [span for term in terms if (span := _span(tokens, term))]
    return _joined(sorted(found))


def _span(tokens: list[Token], term: str) -> tuple[int, int] | None:
    """The first place by the nearest way."""
    for way in WAYS:
        for first in range(len(tokens)):
            behind = _match(tokens, first, term, way)
            if behind is not None:
                return tokens[first].place, tokens[behind - 1].place + 1
    return None


def _match(tokens: list[Token], first: int, term: str, way: int) -> int | None:
    """The number of the token behind those that a term stands for, None where it does not."""
    if first == len(tokens):
        return None
    token = tokens[first]
    if term in begun_for(token.sign, token.reading, way):
        return first + 1
    for typed in sorted(typed_for(token.sign, token.reading, way), key=len, reverse=True):
        if term.startswith(typed) and (behind := _match(tokens, first + 1, term[len(typed) :], way)):
            return behind
    return None


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for first, behind in found:
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(behind, joined[-1][1])
        else:
            joined.append((first, behind))
    return joined
