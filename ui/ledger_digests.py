"""The lists that a ledger makes of its rows, drawn from what its declaration says of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from domain.fields import DATE, MONEY, NUMBER, RATE, WORD
from domain.ledgers import LEDGERS, Choice, Digest, DigestColumn
from domain.ledgers.declaration import RATIO, SHARES
from ui.formats import DASH, count, day_text, is_missing, money, percent
from ui.html import heading, note
from ui.html_tables import Bar, Column, Kind, Row, Stack, plain_table
from ui.ledgers import rows_of
from ui.links import Link
from ui.locale import language, t
from ui.names import capital, word_text
from ui.sentences import short_name
from ui.view import View

TONES = ("ink", "middle", "level_county", "level_firm")  # of the parts of a bar, in the order of the choices
KINDS: dict[str, Kind] = {NUMBER: "number", MONEY: "number", RATE: "number", DATE: "short", WORD: "short", RATIO: "bar", SHARES: "bar"}


def digest_lists(view: View, code: str) -> str:
    """All lists of a ledger under each other, as HTML."""
    ledger = LEDGERS[code]
    rows = rows_of(view, code)
    if ledger.digest is None or rows.empty:
        return note(t("ledgers.no_rows"))
    return "".join(_list(view, digest) for digest in ledger.digest(rows, view.period))


def _list(view: View, digest: Digest) -> str:
    zh = language() == "zh"
    title, remark = (digest.title, digest.remark) if zh else (capital(digest.english), digest.remark_en)
    columns = [
        Column(each.name, each.heading if zh else capital(each.english), _kind(each), width=each.width or None)
        for each in digest.columns
    ]
    rows = [_row(view, digest, row) for row in digest.rows.to_dict("records")]
    table = plain_table(columns, rows, is_compact=True, empty=t("ledgers.nothing_listed"))
    return f'<section class="hx-digest">{heading(title, remark)}{_legend(digest.columns)}{table}</section>'


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


def _row(view: View, digest: Digest, row: dict[str, Any]) -> Row:
    most = {each.name: digest.rows[each.name].max() for each in digest.columns if each.kind == SHARES}
    return {each.name: _value(view, each, row, most.get(each.name)) for each in digest.columns}


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
    return word_text(column.name.removeprefix("project_"), str(value))


def _choice_name(choice: Choice) -> str:
    return choice.name if language() == "zh" else capital(choice.english)


def _ratio(column: DigestColumn, part: Any, whole: Any) -> Any:
    """The part of a whole as a bar; words where the whole is not told, a dash for a whole of none."""
    if is_missing(whole):
        return (column.absent if language() == "zh" else column.absent_en) or None
    return Bar(part / whole, f"{count(part)}／{count(whole)}", "middle") if whole else DASH


def _shares(column: DigestColumn, row: dict[str, Any], most: Any) -> Stack:
    """A bar in parts to the scale of the longest."""
    parts = [(choice, tone, row[choice.code]) for choice, tone in zip(column.choices, TONES, strict=False)]
    drawn = tuple((n / most, tone, f"{_choice_name(choice)} {count(n)}") for choice, tone, n in parts if n)
    return Stack(drawn, count(row[column.name]))
