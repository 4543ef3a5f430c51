"""Issues in the words of a return: a cell split into single issues, each with its reason, its level and its key.

Offices write several issues into one cell (存在问题, 需协调解决的问题): numbered (1. 2. ①② 一是 二是), or one after
another with 。 and ；. The same words next month are the same issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from domain.identity import normalise_name
from domain.reasons import END_SIGNS, LEVELS, NAMED, OTHER, Vocabulary, classify_reason, find_reason, statement_of

NUMERALS = {
    word: number for number, word in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十"), start=1)
}
CIRCLED = {chr(code): code - 0x245F for code in range(0x2460, 0x2474)}  # ① to ⑳
# A mark before an issue. A digit behind it is a decimal or a list of plots (1.5万吨, 1、2号地块) and no mark.
MARK = re.compile(
    r"(?P<circled>[①-⑳])"
    r"|[(（](?P<bracketed>\d{1,2}|[一二三四五六七八九十])[)）]"
    r"|(?<![\d.．、])(?P<number>\d{1,2})[.．、)）](?!\d)"
    r"|(?P<said>[一二三四五六七八九十])是"
    r"|(?P<listed>[一二三四五六七八九十])、"
)
SENTENCE_ENDS = re.compile(r"[；;。\n\r]+")
# A piece that only asks for something belongs to the issue before it.
REQUEST = re.compile(r"恳?请|建议|希?望|盼")
LEAD_IN = (":", "：")
# A lead-in that only says that issues follow; any other (用地未批：) belongs to each of them.
HEADING = re.compile(r"问题|困难|事项|协调|如下")
BEFORE_FIRST_MARK = (*LEAD_IN, "。", "；", ";", "\n", "，", ",")
CHINESE_GAP = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
EDGES = END_SIGNS + "，,、"


@dataclass(frozen=True, slots=True)
class Mention:
    """One issue as a return names it: of which project, in which month, where, and what its words make of it.

    ``said_level`` is the level that the return gives for the whole cell, empty where it gives none.
    """

    project_id: str
    body: str
    period: str
    text: str
    key: str
    reason: str
    said_level: str
    submission_id: str
    sheet: str
    cell: str

    @property
    def level(self) -> str:
        """The level said, else the one that usually solves issues of the reason."""
        return self.said_level or (find_reason(self.reason) or OTHER).usual_level


def split_issues(issue_text: str | None) -> tuple[str, ...]:
    """The single issues of a cell, in order, each once; what says that there is none is left out."""
    text = (issue_text or "").strip()
    marks = _marks(text)
    pieces = _marked_pieces(text, marks) if marks else _sentences(text)
    named = [piece for piece in map(_tidy, pieces) if statement_of(piece) == NAMED]
    return tuple({issue_key(piece): piece for piece in reversed(named)}.values())[::-1]


def issue_key(text: str) -> str:
    """What makes two texts the same issue of a project: the words, width, case, spaces and punctuation aside."""
    return normalise_name(text)


def mentions_of(rows: pd.DataFrame, vocabulary: Vocabulary) -> list[Mention]:
    """The issues named in rows of returns, in their order.

    ``rows``: project_id, body, period, issue_text, escalation_level, submission_id, sheet, cell.
    """
    split = {text: split_issues(text) for text in rows["issue_text"].dropna().unique()}
    return [
        mention
        for row in rows.to_dict("records")
        for text in split.get(row["issue_text"], ())
        for mention in (_mention(row, text, vocabulary),)
    ]


def _mention(row: Mapping[Any, Any], text: str, vocabulary: Vocabulary) -> Mention:
    reason = classify_reason(text, vocabulary)
    level = row["escalation_level"] if row["escalation_level"] in LEVELS else ""
    place = (row["submission_id"], row["sheet"], row["cell"])
    return Mention(row["project_id"], row["body"], row["period"], text, issue_key(text), reason, level, *place)


def _marks(text: str) -> list[re.Match[str]]:
    """The marks that number the issues of a text: of one style, 1, 2, 3 ..., the first at the beginning or after a colon."""
    found = list(MARK.finditer(text))
    chains = [_chain(text, [mark for mark in found if mark.lastgroup == style]) for style in MARK.groupindex]
    return max(chains, key=len, default=[])


def _chain(text: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    chain: list[re.Match[str]] = []
    for mark in marks:
        is_next = _number_of(mark) == len(chain) + 1
        if is_next and (chain or _may_begin(text[: mark.start()])):
            chain.append(mark)
    return chain


def _number_of(mark: re.Match[str]) -> int:
    word = next(text for text in mark.groups() if text)
    return NUMERALS.get(word) or CIRCLED.get(word) or int(word)


def _may_begin(before: str) -> bool:
    return not before.strip() or before.rstrip(" ").endswith(BEFORE_FIRST_MARK)


def _marked_pieces(text: str, marks: list[re.Match[str]]) -> Iterator[str]:
    """What stands behind each mark; what stands before the first leads in, or is an issue of its own."""
    before, lead = text[: marks[0].start()].strip(), ""
    if not before.endswith(LEAD_IN):
        yield from _sentences(before)
    elif not HEADING.search(before):
        lead = before
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield lead + text[mark.end() : end].strip(EDGES)


def _sentences(text: str) -> list[str]:
    """The sentences of a text; one that only asks for something stays with the one before it."""
    pieces: list[str] = []
    for sentence in filter(None, (part.strip(EDGES) for part in SENTENCE_ENDS.split(text))):
        if pieces and REQUEST.match(sentence):
            pieces[-1] += f"；{sentence}"
        else:
            pieces.append(sentence)
    return pieces


def _tidy(piece: str) -> str:
    """A piece on one line, without marks at its edges; spaces stay between Latin words and numbers only."""
    return CHINESE_GAP.sub("", piece.strip(EDGES))
