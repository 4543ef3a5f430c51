"""One cell of a ledger of permits: a mark, words, dates or a document's number, and what they say of a step.

``√``, ``2024-05-10``, ``2024年5月已批``, ``已申报，预计6月底批复``, ``盐环审〔2024〕12号``: where the step stands and its dates.
What is not understood whole is not read at all: half a sentence may say the opposite.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache

from domain.dates import Interval, read_date
from domain.permit_steps import APPLIED, GRANTED, NOT_APPLIED
from domain.wording import narrow_text
from loaders.permit_columns import step_headings
from loaders.vocabulary import normalise_word, words_of

STATES = "permit_state"  # the field of the words of a step's state
# 盐环审〔2024〕12号, 苏(2024)滨海县不动产权第0001234号; 建字第320922202400015号; a project's code or a long number of a permit.
NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,16}[〔\[(【{][12]\d{3}[〕\])】}][\u4e00-\u9fffA-Za-z]{0,14}[\dA-Za-z-]+号"
    r"|[\u4e00-\u9fff]{0,8}第[\dA-Za-z-]+号"
    r"|\d{4}-\d{6}-\d{2}-\d{2}-\d{6}|[A-Za-z]{0,4}\d{10,}"
)
SAID_BEFORE_NUMBER = re.compile(
    r"^(?:已?(?:经)?(?:批复?准?|取得|办理?|完成|核发|备案|办结)?(?:批?文号|证号|编号)?[::]?)"
)
YEAR = r"(?:(?:20)?\d\d年度?|[今本当明去次上]年)"
DATE = re.compile(
    rf"{YEAR}?(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?(?:\d{{1,2}}[日号]|[上中下]旬|[底末初中])?|20\d\d[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?(?!\d)"
    rf"|(?<!\d)20\d{{6}}(?!\d)|{YEAR}?(?:[上下]半年|第?[一二三四1-4]季度)[底末]?|{YEAR}[底末]?|年[底末内]|(?<!\d)\d\d\.\d{{1,2}}(?:\.\d{{1,2}})?(?![\d.])"
)
SERIAL = re.compile(r"[2-7]\d{4}")  # a day as Excel counts it, in a cell that is not formatted as one
PLANNED = re.compile(r"^(?:目前)?(?:原?计划|预计|拟定?于?|力争|确保|争取|暂定|目标)+于?")
UNDECIDED = re.compile(r"待定|未定|暂未确定|待明确|待确定|无|暂无")
BEFORE = re.compile(r"^(?:之|以)?前")
# What a plan is to do by its date: only getting the permit makes it the day on which the step is due.
TO_GET = re.compile(
    r"(?:可|能|全面|全部)?(?:取得|获得|获批|拿到|办理?(?:完成|完毕|结|好)?|完成|批复|批准|核发|领取|办结|取证|领证|审结|下达|到位|审批|审查)*"
)
TO_APPLY = re.compile(r"(?:完成)?(?:申报|上报|申请|报送|报批|启动|组卷上报|递交|开展|办理申报)")
# What may stand around a word without changing it.
IDLE = re.compile(
    r"^(?:目前|现|现已|均|正式|顺利|于)|(?:批复文件|批复|批文|许可证|证书|证照|手续|审批|审查|报告|文件|材料|意见|证|工作|了)$"
)
AT_OFFICE = re.compile(r"已?(?:上报|报送|报至|报|提交|递交|送审|送)(?:至|到)?[\u4e00-\u9fff]{0,8}(?:厅|局|委|部门|窗口|中心|政府|省|市|县)"
                       r"(?:审批|审查|待批|审核)?")  # fmt: skip
CLAUSES = re.compile(r"[,;。、\n()]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says of a step; None and empty for what it does not say. The dates are days, of a month its first or last."""

    state: str | None = None
    applied: date | None = None
    due: date | None = None
    granted: date | None = None
    number: str = ""

    @property
    def is_nothing(self) -> bool:
        return self == Said()


# field and aspect of a column -> what a bare date in it means.
MEANT = {"": "granted", "applied": "applied", "due": "due", "granted": "granted", "number": "granted"}


def read_said(text: str, year: int | None, aspect: str = "",
              known_word: Callable[[str], str | None] = lambda _: None) -> Said | None:  # fmt: skip
    """What the text of a cell says, or None where it is not understood whole.

    ``year`` is that of dates without one, ``aspect`` that of the column (``domain.fields.PERMIT_ASPECTS``, empty for the step's own):
    it says what a bare date means. ``known_word`` gives what a person said that a word means.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    lookup = _lookup(known_word)
    whole = lookup(narrow_text(text))
    if whole or not text or (aspect == "due" and UNDECIDED.fullmatch(text)):
        return _of_word(whole, text, aspect)
    rest, number = _take_number(text)
    if aspect == "number" and not number and re.search(r"\d", text):
        return Said(GRANTED, number=text)
    said = Said(GRANTED if number else None, number=number)
    for clause in CLAUSES.split(rest):
        one = _read_clause(narrow_text(clause), year, aspect, lookup)
        if one is None:
            return None
        joined = join_said(said, one)
        if joined is None:
            return None
        said, year = joined, _year_of(one) or year
    return said


def _year_of(said: Said) -> int | None:
    """The year that a clause names: the next clause of the cell goes on in it."""
    day = said.applied or said.granted or said.due
    return day.year if day else None


def _of_word(state: str | None, text: str, aspect: str) -> Said:
    """What a lone word or mark says; a dash says 无需 in the step's own column and nothing in one of dates or numbers."""
    if aspect and not re.search(r"[\w√✓✔☑×✗✘○]", text):
        return Said()
    return Said(APPLIED if aspect == "applied" and state == GRANTED else state)


def join_said(one: Said, other: Said) -> Said | None:
    """Both together; None where they disagree on the state or on a date. What was granted was applied for before."""
    states = {one.state, other.state} - {None}
    if states == {GRANTED, APPLIED}:
        states = {GRANTED}
    values: dict[str, object] = {"state": next(iter(states), None)}
    for name in ("applied", "due", "granted", "number"):
        pair = {getattr(one, name), getattr(other, name)} - {None, ""}
        if len(pair) > 1:
            return None
        values[name] = next(iter(pair), fields_default(name))
    return None if len(states) > 1 else Said(**values)  # type: ignore[arg-type]


@cache
def fields_default(name: str) -> object:
    """What a part of what is said is when nothing is."""
    return next(each.default for each in fields(Said) if each.name == name)


def settled(said: Said) -> Said:
    """With its state: a date of what was granted or applied for says so, a plan alone that it is still to come."""
    if said.state or said.is_nothing:
        return said
    state = GRANTED if said.granted else APPLIED if said.applied else NOT_APPLIED
    return replace(said, state=state)


def _take_number(text: str) -> tuple[str, str]:
    """The text without the document's number in it, and the number."""
    found = NUMBER.search(text)
    if found is None:
        return text, ""
    said = SAID_BEFORE_NUMBER.match(found[0])
    start = found.start() + (said.end() if said else 0)
    number = text[start : found.end()]
    return text[:start] + text[found.end() :], number


def _read_clause(clause: str, year: int | None, aspect: str, lookup: Callable[[str], str | None]) -> Said | None:
    if not clause or re.fullmatch(r"(?:批?文号|证号|编号|文号为)[::]?", clause):
        return Said()
    if SERIAL.fullmatch(clause):
        return _read_dated("", "", read_date(int(clause)).interval, aspect, lookup)
    found = DATE.search(clause)
    if found is None:
        state = lookup(clause)
        return Said(state) if state else None
    interval = read_date(found[0], year).interval
    if interval is None or DATE.search(clause, found.end()):
        return None
    before, after = clause[: found.start()], clause[found.end() :]
    return _read_dated(before, after, interval, aspect, lookup)


def _read_dated(
    before: str, after: str, interval: Interval, aspect: str, lookup: Callable[[str], str | None]
) -> Said | None:
    """A clause with one date in it, by the words before and after the date."""
    planned, deadline = PLANNED.match(before), BEFORE.match(after)
    rest = before[planned.end() if planned else 0 :] + after[deadline.end() if deadline else 0 :]
    if (planned or deadline) and not rest.startswith("已"):
        return _planned(rest, interval)
    rest = re.sub(r"[于在:：]$", "", before) + after
    if not rest:
        meant = MEANT.get(aspect, "granted")
        return Said(**{meant: interval.last if meant == "due" else interval.first})
    state = lookup(rest)
    if state == GRANTED:
        return Said(GRANTED, granted=interval.first)
    return Said(APPLIED, applied=interval.first) if state == APPLIED else None


def _planned(rest: str, interval: Interval) -> Said | None:
    rest = _without_step(rest)
    if TO_GET.fullmatch(rest):
        return Said(due=interval.last)
    return Said(NOT_APPLIED) if TO_APPLY.fullmatch(rest) else None


def _lookup(known_word: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Word -> state: as it stands, without what is idle around it, without the step's own name."""

    def look(text: str) -> str | None:
        key = normalise_word(text)
        bare = IDLE.sub("", key)
        options = (key, bare, IDLE.sub("", bare), _without_step(key), IDLE.sub("", _without_step(key)))
        found = next(
            (state for word in options if word and (state := words_of(STATES).get(word) or known_word(word))), None
        )
        return found or (APPLIED if AT_OFFICE.fullmatch(key) else None)

    return look


def _without_step(text: str) -> str:
    """已取得环评批复 is 已取得."""
    named = next((heading for heading in _step_names() if heading in text), "")
    return text.replace(named, "", 1)


@cache
def _step_names() -> tuple[str, ...]:
    return tuple(step_headings())
