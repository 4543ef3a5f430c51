"""The words of returns, as data: what a heading may mean, and what the wording of a value means."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

FOLDER = Path(__file__).parent
MONEY_UNITS = {"亿元": 10_000, "万元": 1, "元": 0.0001}
# 亿元以上 is a class of projects, not a unit.
UNIT_IN_HEADING = re.compile(r"(亿元(?!及?以[上下])|万元(?!及?以[上下])|(?<![0-9十百千万亿])元|亩|公顷|%)")
NEAR_HEADING = 80.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading made comparable: its key, and the unit it names."""

    key: str
    unit: str | None


@lru_cache(maxsize=10_000)  # bounded: every text cell of every return passes through here
def read_heading(text: str) -> Heading:
    """Normalise a heading as typed: line breaks, brackets, years and months go; the unit is kept apart.

    ``2024年1-8月累计完成投资（亿元）`` becomes key ``Y年1-M月累计完成投资`` and unit ``亿元``.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    unit = UNIT_IN_HEADING.search(text)
    key = re.sub(r"[(\[【].*?[)\]】]|[(\[【].*$", "", text)
    key = re.sub(r"[/,:]?(单位)?:?(亿元|万元)$|[/,:](单位:?)?元$|单位:?元$", "", key)
    key = re.sub(r"(19|20)\d\d(年度|年)", lambda m: "Y" + m[2], key)
    key = re.sub(r"1(月份?)?[-—–~至到]\d{1,2}月份?", "1-M月", key)
    key = re.sub(r"(?<!-)(?<!\d)\d{1,2}月份?", "M月", key)
    key = re.sub(r"^其中[::、]?|^[*★]+|[::]$", "", key)
    return Heading(key, unit[1] if unit else None)


@cache
def heading_fields() -> dict[str, tuple[str, ...]]:
    """Heading key -> the fields that it may mean."""
    fields: dict[str, list[str]] = {}
    for row in _rows("headings.csv"):
        fields.setdefault(read_heading(row["heading"]).key, []).append(row["field"])
    return {key: tuple(dict.fromkeys(names)) for key, names in fields.items()}


def fields_of(heading: str) -> tuple[str, ...]:
    """The fields that a heading as typed may mean by the vocabulary; empty when it is unknown."""
    return heading_fields().get(read_heading(heading).key, ())


def nearest_heading(heading: str) -> tuple[str, float] | None:
    """The field whose known headings come nearest to an unknown one, with the likeness 0 to 100."""
    key = read_heading(heading).key
    if len(key) < 3:
        return None
    found = process.extractOne(key, heading_fields().keys(), scorer=fuzz.ratio, score_cutoff=NEAR_HEADING)
    if found is None:
        return None
    fields = heading_fields()[found[0]]
    return (fields[0], found[1]) if len(fields) == 1 else None


@cache
def words_of(field: str) -> dict[str, str]:
    """Word -> code of a field whose values are words."""
    return {normalise_word(row["word"]): row["code"] for row in _rows("words.csv") if row["field"] == field}


@cache
def examples_of(field: str) -> str:
    """The first word of each code, to tell a sender what may be written."""
    first: dict[str, str] = {}
    for word, code in words_of(field).items():
        first.setdefault(code, word)
    return "、".join(first.values())


def normalise_word(text: str) -> str:
    """A heading or word without its spacing, width and closing punctuation, as the vocabulary is keyed."""
    return re.sub(r"[\s()]+", "", unicodedata.normalize("NFKC", str(text))).strip(":：、,，。")


def read_word(field: str, text: str) -> str | None:
    """The code of a word, or None when the vocabulary does not hold it."""
    return words_of(field).get(normalise_word(text))


@lru_cache(maxsize=1_000)
def find_word(field: str, text: str) -> str | None:
    """The code that a title or a sheet's name means, by its longest words; None when there is none or they disagree."""
    text = normalise_word(text)
    codes = set()
    for word in sorted(words_of(field), key=len, reverse=True):
        if len(word) > 1 and word in text:
            codes.add(words_of(field)[word])
            text = text.replace(word, "\n")  # 开工 inside 未开工 is no word of its own
    return codes.pop() if len(codes) == 1 else None


def _rows(file_name: str) -> list[dict[str, str]]:
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
