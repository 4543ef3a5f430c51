"""The words of returns, as data: what a heading may mean, and what the wording of a value means."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from domain.wording import narrow_text

FOLDER = Path(__file__).parent
MONEY_UNITS = {"亿元": 10_000, "百万元": 100, "万元": 1, "千元": 0.1, "元": 0.0001}
# 亿元以上 is a class of projects, not a unit. Foreign money has a unit of its own, which is none that we can convert.
UNIT_IN_HEADING = re.compile(
    r"([亿万]?(?:美元|欧元|日元|港元|港币)|亿元(?!及?以[上下])|百?万元(?!及?以[上下])|千元|(?<![0-9十百千万亿])元|亩|公顷|平方米|(?<![A-Za-z])m2|%)"
)
NEAR_HEADING = 80.0
# Headings that differ in one of these words are not alike, whatever else they share: 本月计划投资 is no 本年计划投资.
OPPOSITES = (
    ("月", "旬", "季", "年"), ("计划", "拟", "预计", "实际", "完成"), ("目标", "力争", "承诺", "约定", "设计"),
    ("开工", "竣工", "建成", "投产", "签约", "达产", "达效", "投运"), ("上年", "去年", "下年", "明年"),
    ("上月", "下月", "下步", "下一"), ("设备", "土建", "到位"), ("率", "比例", "%"), ("累计",), ("联系", "电话", "人"), ("时限", "措施"),
)  # fmt: skip


# The stages under which lists are kept, as against steps of work that titles mention.
TITLE_STAGE = re.compile(
    r"签约|注册|落户|前期|预备|筹建|拟建|待建|开工|在建|续建|主体|设备安装|试生产|试产|竣工|建成|完工|投产|投运|达产|达效|"
    r"停工|停建|缓建|暂缓|终止|取消|退出|谋划|储备|策划|在谈|洽谈"
)
COUNT_BEHIND = re.compile(r"\s*[(（]?\s*共?\s*\d+\s*[个项]\s*[)）]?\s*$")  # 在建（12个）
IDLE_AROUND = re.compile(r"^(?:正在|正|目前|已经|现|项目)|(?:项目|阶段|状态|中|期|手续办理)$")


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
    text = narrow_text(text)
    unit = UNIT_IN_HEADING.search(text)
    text = re.sub(r"\(([开竣投]|设备)\)(?=[工产])", r"\1", text)  # 开(竣)工时间
    key = re.sub(r"[(\[【].*?[)\]】]|[(\[【].*$", "", text)
    key = re.sub(r"[-_/,:]?(单位)?:?(亿元|万元)$|[/,:](单位:?)?元$|单位:?元$", "", key)
    key = re.sub(r"(19|20)\d\d(年度|年)", lambda m: "Y" + m[2], key)
    key = re.sub(r"(19|20)\d\d\.(?=\d{1,2}(?:月|[-—–~至到]))", "Y年", key)
    key = re.sub(r"后[一二三四五六七八九十\d]+个月", "后X个月", key)
    # A form printed with the month left open says 1- 月.
    key = re.sub(r"0?1(月份?)?[-—–~至到](\d{1,2})?月份?", "1-M月", key)
    key = re.sub(r"(?<!-)(?<!\d)\d{1,2}月份?", "M月", key)
    key = re.sub(r"^\d{1,2}[.、](?=\D)|^其中[::、]?|^[*★※]+|[::*★※]+$", "", key)
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


def nearest_heading(heading: str, may_be: Callable[[str], bool] = lambda _: True) -> tuple[str, float] | None:
    """The field whose known headings come nearest to an unknown one, with the likeness 0 to 100.

    ``may_be`` tells the fields of the form in hand; the headings of others are as good as unknown.
    """
    key = read_heading(heading).key
    if len(key) < 3:
        return None
    known = {each: names for each, fields in heading_fields().items() if (names := [name for name in fields if may_be(name)])}
    near = process.extract(key, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_HEADING, limit=5)
    found = next((each for each in near if _opposites(each[0]) == _opposites(key)), None)
    if found is None:
        return None
    names = known[found[0]]
    return (names[0], found[1]) if len(names) == 1 else None


@lru_cache(maxsize=5_000)
def _opposites(key: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word for word in group if word in key) for group in OPPOSITES)


@cache
def composite_headings() -> dict[str, tuple[str, str]]:
    """Heading key of a column that holds two facts in each cell -> the headings of the two."""
    return {read_heading(row["heading"]).key: (row["first"], row["second"]) for row in _rows("composites.csv")}


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


@cache
def codes_of(field: str) -> tuple[str, ...]:
    """The codes of a field whose values are words, in the order of the vocabulary."""
    return tuple(dict.fromkeys(words_of(field).values()))


def normalise_word(text: str) -> str:
    """A heading or word without its spacing, width and closing punctuation, as the vocabulary is keyed."""
    return re.sub(r"[\s()]+", "", unicodedata.normalize("NFKC", str(text))).strip(":：、,，。")


def read_word(field: str, text: str) -> str | None:
    """The code of a word, or None when the vocabulary does not hold it.

    A word with what is idle around it (在建项目, 主体施工中) is that word, and so are several words of one meaning
    (桩基、土方); words that differ in meaning are none.
    """
    words = words_of(field)
    code = words.get(normalise_word(text))
    if code is None and field == "stage":
        text = COUNT_BEHIND.sub("", str(text))
        parts = [part for part in re.split(r"[、,，/;；和及与(（)）]+", unicodedata.normalize("NFKC", str(text))) if part.strip()]
        codes = {words.get(IDLE_AROUND.sub("", normalise_word(part))) for part in parts}
        code = codes.pop() if len(codes) == 1 else None
    return code


@lru_cache(maxsize=1_000)
def find_word(field: str, text: str) -> str | None:
    """The code that a title or a sheet's name means, by its longest words; None when there is none or they disagree."""
    text = normalise_word(text)
    codes = set()
    for word in sorted(words_of(field), key=len, reverse=True):
        # 手续办理情况表 or 招商项目表 says what a table is about, not the stage of what it lists.
        is_meant = field != "stage" or TITLE_STAGE.search(word)
        if len(word) > 1 and word in text and is_meant:
            codes.add(words_of(field)[word])
            text = text.replace(word, "\n")  # 开工 inside 未开工 is no word of its own
    return codes.pop() if len(codes) == 1 else None


def _rows(file_name: str) -> list[dict[str, str]]:
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
