"""Plain, dense tables as HTML: few rows, every name a link. Long lists are st.dataframe's work (ui/tables.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from ui.formats import DASH, is_missing, number, signed_days
from ui.html import badge, bar, grade_mark, note, stacked_bar
from ui.links import Link, linked
from ui.locale import t
from ui.samples import made_up_mark
from ui.theme import GRADES, grade_of

MOST_COLUMNS = 9
Kind = Literal["text", "short", "name", "mark", "days", "tag", "number", "bar"]
Align = Literal["left", "right", "center"]
RIGHT_KINDS = ("days", "number")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: key into the rows, heading, and kind.

    ``mark`` holds a grade's code, ``days`` a number of days late, ``number`` a number or a formatted text;
    ``name`` is bold, ``short`` never broken. ``align`` follows from the kind unless given; ``width`` is a CSS width.
    """

    key: str
    label: str
    kind: Kind = "text"
    align: Align | None = None
    width: str | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """A cell's text in the colour of a grade."""

    text: str
    grade: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A cell with a bar of a share (0 to 1; None for no value), its text or link behind it; the tone is a bar's tone."""

    share: float | None
    text: str | Link
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Stack:
    """A cell with a bar in parts (share of the whole width, tone, words for the pointer), its text behind it."""

    parts: tuple[tuple[float, str, str], ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A cell whose value is made up, or with ``is_row`` the first one of a row that is."""

    value: Any
    is_row: bool = False


Row = Mapping[str, Any]


def plain_table(columns: Sequence[Column], rows: Sequence[Row], *, is_compact: bool = False, empty: str = "") -> str:
    """A table of rows (key -> str, number, None, Link or Graded); at most nine columns, else ValueError."""
    if len(columns) > MOST_COLUMNS:
        raise ValueError(f"{len(columns)} columns; a table that can be read has at most {MOST_COLUMNS}")
    if not rows:
        return note(empty or t("empty.table"))
    head = "".join(f'<th scope="col"{_style(column)}>{escape(column.label)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(_cell(column, row, columns) for column in columns)}</tr>" for row in rows)
    css_class = "hx-table" + " hx-compact" * is_compact + " hx-headless" * (not any(column.label for column in columns))
    return f'<table class="{css_class}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _style(column: Column) -> str:
    align = column.align or ("right" if column.kind in RIGHT_KINDS else "left")
    width = f";width:{escape(column.width)}" if column.width else ""
    return f' class="hx-{align} hx-col-{column.kind}" style="text-align:{align}{width}"'


def _cell(column: Column, row: Row, columns: Sequence[Column]) -> str:
    return f"<td{_style(column)}>{_content(column, row.get(column.key), _row_grade(row, columns))}</td>"


def _row_grade(row: Row, columns: Sequence[Column]) -> str | None:
    """The grade in the row's mark column, which colours its days."""
    return next((row.get(column.key) for column in columns if column.kind == "mark"), None)


def _content(column: Column, value: Any, grade: str | None) -> str:
    if isinstance(value, MadeUp):
        mark, drawn = made_up_mark(is_row=value.is_row), _content(column, value.value, grade)
        parts = f"{mark} {drawn}" if value.is_row else f"{drawn} {mark}"
        return f'<div class="hx-marked">{parts}</div>' if isinstance(value.value, Bar | Stack) else parts
    if isinstance(value, Link):
        return linked(value)
    if isinstance(value, Graded):
        return f'<span class="hx-{grade_of(value.grade).code}">{escape(value.text)}</span>'
    if isinstance(value, Bar):
        return f'<div class="hx-cell-bar">{bar(value.share, value.tone)}<b>{linked(value.text)}</b></div>'
    if isinstance(value, Stack):
        return f'<div class="hx-cell-bar">{stacked_bar(value.parts)}<b>{escape(value.text)}</b></div>'
    if column.kind == "mark":
        return grade_mark(value)
    if is_missing(value) or value == "":
        return f'<span class="hx-none">{DASH}</span>'
    if column.kind == "days" and not isinstance(value, str):
        return f'<span class="hx-{_days_tone(grade)}">{escape(signed_days(value))}</span>'
    if column.kind == "number" and not isinstance(value, str):
        return escape(number(value))
    return badge(str(value)) if column.kind == "tag" else escape(str(value))


def _days_tone(grade: str | None) -> str:
    return grade if grade in GRADES else "plain"
