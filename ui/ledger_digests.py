"""The lists that ledgers make of their rows, drawn from what its declaration says of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from domain.fields import DATE, MONEY, NUMBER, RATE, WORD
from domain.ledgers import LEDGERS, Choice, Digest, DigestColumn
from domain.ledgers.declaration import RATIO, SHARES
from domain.ledgers.made_up import all_made_up, made_up_of
from domain.publications import shortened
from ui.formats import DASH, count, day_text, is_missing, money, percent
from ui.html import heading
from ui.html_tables import Bar, Column, Kind, MadeUp, Row, Stack, plain_table
from ui.ledgers import digest_title, rows_of
from ui.links import Link
from ui.locale import language, t
from ui.names import capital, word_text
from ui.samples import made_up_legend
from ui.sentences import short_name
from ui.view import View

TONES = ("ink", "middle", "level_county", "level_firm")  # of the parts of a bar, in the order of the choices
KINDS: dict[str, Kind] = {NUMBER: "number", MONEY: "number", RATE: "number", DATE: "short", WORD: "short", RATIO: "bar", SHARES: "bar"}


def digest_list(view: View, code: str, digest_code: str) -> str:
    """A list of a ledger as HTML: title with the number of rows, what the parts of its bars are, the table."""
    zh = language() == "zh"
    digest, frame = find_digest(code, digest_code), rows_of(view, code)
    rows = digest.make(frame, view.period)
    title, remark = digest_title(digest), digest.remark if zh else digest.remark_en
    columns = [
        Column(each.name, each.heading if zh else capital(each.english), _kind(each), width=each.width or None)
        for each in digest.columns
    ]
    empty = t("ledgers.nothing_listed") if len(frame) else t("ledgers.no_rows")
    shown = _marked_rows(code, digest, _table_rows(view, digest, rows), made_up_of(LEDGERS[code], digest, frame, rows))
    table = plain_table(columns, shown, is_compact=True, empty=empty)
    marks = _marks_legend(shown)
    return f'{heading(title, remark)}{_legend(digest.columns)}{marks}<div class="hx-scroll">{table}</div>'


def _marked_rows(code: str, digest: Digest, rows: Sequence[Row], made_up: Sequence[frozenset[str]]) -> list[Row]:
    """The rows with their made-up values marked; one that is made up as a whole once, before its first value."""
    first = digest.columns[0].name
    return [
        {**row, first: MadeUp(row[first], is_row=True)}
        if all_made_up(LEDGERS[code], digest, names)
        else {name: MadeUp(value) if name in names and _is_told(digest, name, value) else value for name, value in row.items()}
        for row, names in zip(rows, made_up, strict=True)
    ]


def _is_told(digest: Digest, name: str, value: Any) -> bool:
    """Whether a cell says anything: words that stand for no value do not."""
    column = next(each for each in digest.columns if each.name == name)
    return value is not None and value not in (DASH, column.absent, column.absent_en)


def _marks_legend(rows: Sequence[Row]) -> str:
    marked = [value for row in rows for value in row.values() if isinstance(value, MadeUp)]
    return made_up_legend(rows=any(each.is_row for each in marked), values=any(not each.is_row for each in marked))


def find_digest(code: str, digest_code: str) -> Digest:
    """The declaration of a list of a ledger."""
    return next(each for each in LEDGERS[code].digests if each.code == digest_code)


def _kind(column: DigestColumn) -> Kind:
    return "name" if column.is_project else KINDS.get(column.kind, "text")


def _legend(columns: Sequence[DigestColumn]) -> str:
    """What the parts of the bars are."""
    keys = "".join(
        f'<span><i class="hx-key hx-tone-{tone}"></i>{escape(_choice_name(choice))}</span>'
        for column in columns
        if column.kind == SHARES
        for choice, tone in zip(column.choices, TONES, strict=False)
    )
    return f'<p class="hx-legend">{keys}</p>' if keys else ""


def _table_rows(view: View, digest: Digest, rows: pd.DataFrame) -> list[Row]:
    most = {each.name: rows[each.name].max() for each in digest.columns if each.kind == SHARES}
    return [
        {each.name: _value(view, each, row, most.get(each.name)) for each in digest.columns}
        for row in rows.to_dict("records")
    ]


def _value(view: View, column: DigestColumn, row: dict[str, Any], most: Any) -> Any:
    """A cell as the table draws it."""
    value = row[column.name]
    if column.kind == RATIO:
        return _ratio(column, value, row[column.whole])
    if is_missing(value):
        return (column.absent if language() == "zh" else column.absent_en) or None
    if column.kind == SHARES:
        return _shares(column, row, most)
    if column.is_project and not is_missing(row["project_id"]):
        return Link(short_name(value), view.project(row["project_id"]))
    return day_text(value, row.get(f"{column.name}_precision")) if column.kind == DATE else _text(column, value)


def _text(column: DigestColumn, value: Any) -> str:
    if column.kind == MONEY:
        return money(value)
    if column.kind == RATE:
        return percent(value)
    if column.kind == NUMBER:
        return count(value)
    if column.choices:
        return next((_choice_name(each) for each in column.choices if each.code == value), str(value))
    return shortened(word_text(column.name.removeprefix("project_"), str(value)), language())


def _choice_name(choice: Choice) -> str:
    return choice.name if language() == "zh" else capital(choice.english)


def _ratio(column: DigestColumn, part: Any, whole: Any) -> Any:
    """The part of a whole as a bar; words where the whole is not told, a dash for a whole of none."""
    if is_missing(whole):
        return (column.absent if language() == "zh" else column.absent_en) or None
    return Bar(part / whole, f"{count(part)} / {count(whole)}", "middle") if whole else DASH


def _shares(column: DigestColumn, row: dict[str, Any], most: Any) -> Stack:
    """A bar in parts to the scale of the longest."""
    parts = [(choice, tone, row[choice.code]) for choice, tone in zip(column.choices, TONES, strict=False)]
    drawn = tuple((n / most, tone, f"{_choice_name(choice)} {count(n)}") for choice, tone, n in parts if n)
    return Stack(drawn, count(row[column.name]))
