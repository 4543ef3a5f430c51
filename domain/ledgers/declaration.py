"""What a ledger of the office is declared with: its name, its fields, who sends it and how long a list counts.

From one declaration come the recognition of a workbook, its reading, the stored rows, the view, the form to hand out, the
screen and the definitions. Nothing else names a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from domain.fields import DATE, MONEY, RATE, TEXT, WORD, Field
from domain.periods import Period
from domain.publications import PublicFact

PREFIX = "ledger_"  # of the return's kind: ledger_firms
MOST_LISTED = 6  # columns of a list that is read beside a row's card


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that a field of kind WORD may hold; ``words`` are further ways in which it is written."""

    code: str
    name: str
    english: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerField(Field):
    """A field of a ledger. ``others`` are further headings that mean it; keys tell one row from another.

    ``may_be_empty``: a key that only some rows have, as the project of an event at which nothing was signed.
    ``is_project``: its text is the name of a project in the registry, which the rows are joined with.
    """

    others: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_key: bool = False
    may_be_empty: bool = False
    is_carried: bool = True  # stands in the next form already, as last said
    is_project: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading, *self.others)

    @property
    def is_number(self) -> bool:
        return self.kind not in (DATE, WORD, TEXT)


SOURCE = LedgerField("row_source", TEXT, "信息来源", "source", "本行内容出自何处；虚构的写明“（表头）为示例（虚构）”，不写表头的指整行。",
                     "Where this row is from; what is made up is named by its heading, else all is.", others=("来源",))  # fmt: skip
NOTE = LedgerField("note", TEXT, "备注", "note", "备注。", "Note.")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a summary: its name in both languages, the value, its unit, and what it is compared with.

    ``value`` is None where nothing tells it; ``kind`` is a field's kind and says how it is written, a change with its sign.
    ``rows`` are the index labels of the rows of the ledger's frame that it counts, adds up or is worked out from; ``of`` the
    fields that it is counted from, where it is made up as soon as they are.
    """

    name: str
    english: str
    value: float | None
    kind: str
    remark: str = ""
    remark_en: str = ""
    is_change: bool = False
    rows: tuple[Hashable, ...] = field(default=(), compare=False)
    of: tuple[str, ...] = ()


SHARES, RATIO = "shares", "ratio"  # kinds of a digest's column beside those of fields


@dataclass(frozen=True, slots=True)
class DigestColumn:
    """One column of a digest; ``name`` is a column of its rows, which are as the kind says.

    ``RATIO``: a part of the whole that the column ``<name>_whole`` has; ``absent`` stands where that is missing.
    ``SHARES``: a bar in parts, one for each choice, whose code names the column of its count; ``name`` is the whole.
    ``is_project``: the text leads to the project of the row's ``project_id``, where the registry has it.
    ``of``: the field of the ledger that it is counted or made from, where it is not the one of its own name.
    """

    name: str
    kind: str
    heading: str
    english: str
    choices: tuple[Choice, ...] = ()
    is_project: bool = False
    absent: str = ""
    absent_en: str = ""
    width: str = ""  # a CSS width, where its words need one
    of: str = ""

    @property
    def whole(self) -> str:
        return f"{self.name}_whole"


@dataclass(frozen=True, slots=True)
class Digest:
    """A list that a ledger makes of its rows: code for the address, title and how to read it, its columns.

    ``make`` gives its rows from the frame of the ledger's view, of all months up to the period.
    """

    code: str
    title: str
    english: str
    remark: str
    remark_en: str
    columns: tuple[DigestColumn, ...]
    make: Callable[[pd.DataFrame, Period], pd.DataFrame]


Summary = Callable[[pd.DataFrame, Period], list[Figure]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger. ``summary`` and the ``digests`` take the frame of its view, of all months up to the period.

    Where a field ``is_project`` the frame has what the registry knows of each row's project (``domain.ledgers.joining``).

    ``is_monthly``: each month's rows are that month's; otherwise the newest list of a body replaces the one before.
    ``is_zone_wide``: the office keeps one list; otherwise each district sends its own.
    ``listed`` names the few fields by which rows are told apart in a list; all others are read on the row's card.
    """

    code: str
    name: str
    english: str
    short_name: str  # in receipt numbers
    definition: str
    definition_en: str
    fields: tuple[LedgerField, ...]
    is_monthly: bool = False
    is_zone_wide: bool = False
    summary: Summary | None = None
    digests: tuple[Digest, ...] = ()
    listed: tuple[str, ...] = ()
    public_facts: tuple[PublicFact, ...] = ()  # what is published of its matter as a whole

    def __post_init__(self) -> None:
        """Raise ValueError for a declaration without a key, with a field twice, or that lists what it has not or too much."""
        names = [field.name for field in self.fields]
        if not self.keys or len(set(names)) < len(names):
            raise ValueError(f"ledger {self.code}: no key, or a field twice")
        if len(self.listed) > MOST_LISTED or not set(self.listed) <= set(names):
            raise ValueError(f"ledger {self.code}: lists too much, or what it has not")

    @property
    def kind(self) -> str:
        """The kind of its return and of its tables."""
        return f"{PREFIX}{self.code}"

    @property
    def keys(self) -> tuple[LedgerField, ...]:
        return tuple(field for field in self.fields if field.is_key)

    @property
    def required(self) -> tuple[LedgerField, ...]:
        """The fields by whose headings the ledger is known; its keys among them."""
        return tuple(field for field in self.fields if field.is_required or field.is_key)

    @property
    def listed_fields(self) -> tuple[LedgerField, ...]:
        """The fields of its list: those declared, else its keys and the first of the others."""
        named = [self.field(name) for name in self.listed]
        first = [*self.keys, *(field for field in self.fields if not field.is_key)]
        return tuple(field for field in named or first if field is not None)[:MOST_LISTED]

    @property
    def project_field(self) -> LedgerField | None:
        """The field that names a registered project, None for none."""
        return next((field for field in self.fields if field.is_project), None)

    def row_key(self, values: Mapping[str, Any]) -> str:
        """What tells a row from the others of its list: its keys without spaces."""
        return "|".join("".join(str(values.get(field.name) or "").split()) for field in self.keys)

    def field(self, name: str) -> LedgerField | None:
        """The field of a name, None for none."""
        return next((field for field in self.fields if field.name == name), None)

    def title(self, language: str) -> str:
        return self.name if language == "zh" else self.english


def unit_of(field: Field) -> str:
    """The unit that the heading of a form states; empty for texts, words and dates."""
    return {MONEY: "万元", RATE: "%"}.get(field.kind, "")
