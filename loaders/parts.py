"""Columns that hold two facts in each cell: 总投资/设备投资 with 12.5/3.2, 建设起止年限 with 2024.3-2025.6."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

from domain import fields
from domain.dates import read_date
from domain.fields import find_field
from domain.wording import narrow_text
from loaders.blocks import Block, Column
from loaders.values import is_empty, parse_number
from loaders.vocabulary import composite_headings, fields_of, read_heading
from loaders.wordings import meanings_of
from loaders.workbook import Cell

SEPARATORS = re.compile(r"[/、,;\n]|至|到|~|—+|–|-+")
SPLIT_SHARE = 0.6
FIRST_WORDS = re.compile(r"^(计划|实际|预计|拟|今年|本年)")
LAST_WORDS = re.compile(r"(时间|日期|年月|投资额?)$")
IN_BRACKETS = re.compile(r"^(?P<first>[^(]+)\((?:其中|含)?[::、]?(?P<second>[^()]+)\)$")
SHORT_DATES = re.compile(r"(\d{2}\.\d{1,2})[-—~至](\d{2}\.\d{1,2})")
SPLITTABLE = (fields.MONEY, fields.DATE, fields.RATE, fields.AREA)


def split_columns(block: Block) -> list[Column]:
    """The columns of a table with each column of two facts twice, its headings followed by that of the one fact."""
    return list(chain.from_iterable(_parts(block, column) for column in block.columns))


def _parts(block: Block, column: Column) -> list[Column]:
    names = _two_headings(column)
    if names is None:
        return [column]
    cells = [cell for cell in block.data_cells(column.index) if not is_empty(cell)]
    halves = sum(split_cell(cell) is not None for cell in cells)
    if not cells or halves < SPLIT_SHARE * len(cells):
        return [column]
    return [Column(column.index, (*column.path, name), part) for part, name in enumerate(names)]


def _two_headings(column: Column) -> tuple[str, str] | None:
    """The headings of the two facts that a heading names, or None when it names one or they are no figures or dates."""
    key = read_heading(column.leaf).key
    options = [composite_headings().get(key), _named_in_brackets(column.leaf)]
    if not meanings_of(column.path):
        options.append(_joined(key))
    return next((names for names in options if names and all(map(_is_splittable, names))), None)


def _named_in_brackets(heading: str) -> tuple[str, str] | None:
    matched = IN_BRACKETS.match(narrow_text(heading))
    return (matched["first"], matched["second"]) if matched else None


def _joined(key: str) -> tuple[str, str] | None:
    """计划开工/竣工时间: each part with the words that the other says for both."""
    parts = re.split(r"[/、及和与]", key)
    if len(parts) != 2 or not all(parts):
        return None
    first, second = parts
    start, end = FIRST_WORDS.match(first), LAST_WORDS.search(second)
    options = ((first + tail, lead + second + more) for lead in (start[0] if start else "", "")
               for tail in (end[0] if end else "", "", "时间") for more in ("", "时间"))  # fmt: skip
    return next((pair for pair in options if all(map(_is_splittable, pair))), None)


def _is_splittable(heading: str) -> bool:
    declared = [find_field(name) for name in fields_of(heading)]
    return any(field is not None and field.kind in SPLITTABLE for field in declared)


def split_cell(cell: Cell) -> tuple[str, str] | None:
    """The two facts of a cell as typed, or None where it does not hold two. The second may be open (2010-)."""
    if not isinstance(cell, str):
        return None
    text = unicodedata.normalize("NFKC", cell).strip()
    short = SHORT_DATES.fullmatch(text)
    if short:
        return f"20{short[1]}", f"20{short[2]}"
    bracket = re.fullmatch(r"([^()]+)\(([^()]+)\)", text)
    if bracket and _is_fact(bracket[1]) and _is_fact(bracket[2]):
        return bracket[1].strip(), bracket[2].strip()
    found = []
    for mark in SEPARATORS.finditer(text):
        first, second = text[: mark.start()].strip(), text[mark.end() :].strip()
        second = "" if is_empty(second) else second
        if _is_fact(first) and (not second or _is_fact(second) or _is_yearless(first, second)):
            found.append((first, second))
    return found[0] if len(found) == 1 else None


def _is_fact(text: str) -> bool:
    """A year's, month's or day's date, or an amount; a bare month or day is neither."""
    if read_date(text).interval is not None:
        return True
    return re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:亿元|万元|亿|万|元|%)?", text) is not None


def _is_yearless(first: str, second: str) -> bool:
    """A month after a full date: 2024年3月-12月."""
    return (
        parse_number(second) is None
        and read_date(first).interval is not None
        and read_date(second, 2000).interval is not None
    )


def part_of(cell: Cell, part: int) -> Cell:
    """One fact of a cell; an empty cell has none. ValueError where the cell does not hold two."""
    if is_empty(cell):
        return None
    halves = split_cell(cell)
    if halves is None:
        raise ValueError("not two facts")
    return halves[part] or None
