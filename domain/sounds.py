"""How Chinese names are said: the readings of a character without tones, and the one usual within a name.

Which of its readings a character has (重庆 chong, 重点 zhong) is looked up in the phrases that the pinyin library knows.
A reading is typed whole, by its first letter, or by zh, ch, sh.
"""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST_PHRASE = 4
TWO_LETTERS = ("zh", "ch", "sh")


def is_chinese(character: str) -> bool:
    """True for a Chinese character, those of the extensions and 〇 included."""
    return "\u3400" <= character <= "\u9fff" or character == "〇" or character >= "\U00020000"


@cache
def readings_of(character: str) -> tuple[str, ...]:
    """All readings of a character, the commonest first; empty for what is no Chinese character. 吕 is lv."""
    if not is_chinese(character):
        return ()
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(each for each in found[0] if each.isascii())) if found else ()


def usual_readings(text: str) -> list[str]:
    """The reading of each character as it stands in this text; empty for what is no Chinese character."""
    known = [readings_of(character) for character in text]
    return [_usual(text, at, readings) if len(readings) > 1 else "".join(readings) for at, readings in enumerate(known)]


def _usual(text: str, at: int, readings: tuple[str, ...]) -> str:
    """By the longest phrase around the character, else its commonest reading."""
    for length in range(LONGEST_PHRASE, 1, -1):
        for start in range(max(at - length + 1, 0), min(at, len(text) - length) + 1):
            phrase = text[start : start + length]
            if phrase in PHRASES_DICT and (said := _said_in(phrase)[at - start]) in readings:
                return said
    return readings[0]


@cache
def _said_in(phrase: str) -> tuple[str, ...]:
    """The readings in a phrase that the library knows."""
    return tuple(each[0] for each in pinyin(phrase, style=Style.NORMAL))


@cache
def typed_as(reading: str) -> frozenset[str]:
    """What stands for a reading when it is typed: whole, its first letter, and zh, ch or sh."""
    return frozenset({reading, reading[0], *(two for two in TWO_LETTERS if reading.startswith(two))})
