"""What of a ledger's rows is made up, by what they say themselves of where they are from.

facts.md: what is not published is made up in a sample and must say so. A row says it in its source:

| source of a row | made up |
|---|---|
| neither 虚构 nor 示例 in it | nothing |
| a clause with either, before it nothing but headings of the ledger: 活动日期、活动城市为示例（虚构） | what stands under these headings |
| any other clause with either: 示例（虚构）；各项内容为示例 | the whole row |
| a ledger without a source, whose workbook is a sample | the whole row |
| a ledger without a source, any other workbook | nothing |

Clauses end at ；; words in brackets explain and name nothing. In doubt more is made up, not less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pandas as pd

from domain.ledgers.declaration import Digest, Figure, Ledger

MADE_UP = "made_up"  # column beside a ledger's rows: a frozenset of field names
WORDS = ("虚构", "示例")
SOURCES = ("row_source", "work_source")
CLAUSE, BRACKETS, LISTED = re.compile("[；;。]"), re.compile(r"（[^（）]*）|\([^()]*\)"), re.compile("[、，,和及]")
NOTHING: frozenset[str] = frozenset()


def source_name(ledger: Ledger) -> str | None:
    """The field in which a ledger's rows say where they are from; None for a ledger without one."""
    return next((name for name in SOURCES if ledger.field(name)), None)


def whole_row(ledger: Ledger) -> frozenset[str]:
    """All that a row can say but where it is from."""
    return frozenset(field.name for field in ledger.fields) - set(SOURCES)


def fields_made_up(ledger: Ledger, source: str) -> frozenset[str]:
    """The fields that a source says are made up."""
    clauses = [each for each in CLAUSE.split(source) if any(word in each for word in WORDS)]
    return NOTHING.union(*(_of_clause(ledger, each) for each in clauses))


def _of_clause(ledger: Ledger, clause: str) -> frozenset[str]:
    by_heading = {heading: field.name for field in ledger.fields for heading in field.headings}
    before = BRACKETS.sub("", clause).partition("为")[0]
    named = [each.strip() for each in LISTED.split(before) if each.strip()]
    if not named or not all(each in by_heading for each in named):
        return whole_row(ledger)
    return frozenset(by_heading[each] for each in named)


def with_made_up(ledger: Ledger, frame: pd.DataFrame, samples: Collection[str]) -> pd.DataFrame:
    """The rows with ``MADE_UP``; ``samples`` are the receipt numbers of sample workbooks."""
    name = source_name(ledger)
    if name is None:
        is_sample = frame["receipt_number"].isin(list(samples))
        found = [whole_row(ledger) if each else NOTHING for each in is_sample]
    else:
        known = {text: fields_made_up(ledger, text) for text in frame[name].dropna().unique()}
        found = [known.get(text, NOTHING) for text in frame[name]]
    return frame.assign(**{MADE_UP: pd.Series(found, index=frame.index, dtype=object)})


def is_whole(ledger: Ledger, made_up: frozenset[str]) -> bool:
    """Whether all of a row is made up."""
    return made_up >= whole_row(ledger)


def made_up_of(ledger: Ledger, digest: Digest, frame: pd.DataFrame, rows: pd.DataFrame) -> list[frozenset[str]]:
    """The columns of each row of a list that stand on anything made up.

    A list's row that is one of the ledger's has what it says itself. One that is made of several stands on those that are
    alike in the keys that it has, and in the month where it is one of a month. A column stands on the field that it is
    declared to be of, else on the one of its own name.
    """
    of = {column.name: column.of or column.name for column in digest.columns}
    found = list(rows[MADE_UP]) if MADE_UP in rows else _of_several(ledger, frame, rows)
    return [frozenset(name for name, field in of.items() if field in made_up) for made_up in found]


def _of_several(ledger: Ledger, frame: pd.DataFrame, rows: pd.DataFrame) -> list[frozenset[str]]:
    by = {key.name: key.name for key in ledger.keys if key.name in rows} | ({"month": "period"} if "month" in rows else {})
    told: dict[tuple[str, ...], frozenset[str]] = {}
    for key, made_up in zip(_keys(frame, by.values()), frame[MADE_UP], strict=True):
        told[key] = told.get(key, NOTHING) | made_up
    return [told.get(key, NOTHING) for key in _keys(rows, by)]


def _keys(frame: pd.DataFrame, names: Iterable[str]) -> list[tuple[str, ...]]:
    columns = [frame[name].fillna("").astype(str) for name in names]
    return list(zip(*columns, strict=True)) if columns else [()] * len(frame)


def figure_made_up(figure: Figure, frame: pd.DataFrame) -> bool:
    """Whether any of the rows behind a figure made up what it is counted from; a figure of no row stands on all of them."""
    rows = frame.loc[list(figure.rows)] if figure.rows else frame
    return bool(rows[MADE_UP].map(lambda names: not names.isdisjoint(figure.of)).any())


def all_made_up(ledger: Ledger, digest: Digest, columns: frozenset[str]) -> bool:
    """Whether all of a list's row that stands on the ledger is made up; what the registry says of a project does not count."""
    own = {column.name for column in digest.columns if ledger.field(column.of or column.name)} - set(SOURCES)
    return bool(own) and columns >= own
