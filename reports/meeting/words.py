"""Every word of the meeting's pages and papers, in Chinese and English: one CSV beside the code, one function."""

from __future__ import annotations

import csv
from calendar import month_abbr
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
TEXTS_FILE = Path(__file__).with_name("texts.csv")
MONTH_NAMES = tuple(month_abbr)  # English abbreviations: the process runs in the C locale


@cache
def texts() -> dict[str, dict[str, str]]:
    """Key -> language -> text, as declared in texts.csv; raises ValueError for a key declared twice."""
    with TEXTS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    declared = {row["key"]: {language: row[language] for language in LANGUAGES} for row in rows}
    if len(declared) != len(rows):
        raise ValueError(f"{TEXTS_FILE.name}: a key is declared twice")
    return declared


def say(language: str, key: str, **values: object) -> str:
    """The text of a key, its {places} filled; raises KeyError for an unknown key or an unfilled place."""
    text = texts()[key][language]
    return text.format(**values) if values or "{" in text else text


def listed(language: str, words: list[str]) -> str:
    """Words in a row: 签约、开工, signing, starts."""
    return say(language, "word.and").join(words)


def month_name(language: str, month: int) -> str:
    """A month of the year: 8月, Aug."""
    return say(language, "word.month", month=month, name=MONTH_NAMES[month])


def capital(text: str) -> str:
    """The text with a capital first letter, as a title needs it; Chinese stays as it is."""
    return text[:1].upper() + text[1:]
