"""The rows of a table, read by its columns: values by field, and where a value came from when not from its own cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from domain import fields
from domain.findings import finding
from domain.identity import display_name
from domain.submissions import LISTS, TARGETS, ColumnReading, RowReading
from loaders.blocks import CONTINUED, DATA, GROUP, NAMELESS, Block, Column, TableRow
from loaders.completing import complete
from loaders.parts import part_of
from loaders.rates import read_rate
from loaders.reader import Reader
from loaders.values import ValueReading, is_empty, parse_number, read_value, text_of
from loaders.vocabulary import normalise_word
from loaders.workbook import Cell

DITTO = {"同上", "同前", "上同", "〃", "″", '"', "”", "“", "''"}
# The number of a line typed before the name: 1. （2） ③ 4、; 2.5GW风电 and 3、4号泊位 begin with another number.
NUMBERING = re.compile(r"^\s*(?:[(（]\d{1,3}[)）]|\d{1,3}\s*[.．、)）]|[①-⑳])\s*(?![\d号期#标])")
PRIVATE_FIELDS = ("phone", "person")
FILLED_DOWN = (fields.TEXT, fields.WORD, fields.DATE)  # a merged amount would be counted once for every row


def read_rows(reader: Reader) -> list[RowReading]:
    """All rows of projects of a table; what cannot be read is added to the reader's findings.

    None as long as nobody has confirmed which column holds the names.
    """
    stored = reader.read_columns
    if reader.block.is_name_suggested and all(field_.name != "project_name" for _, _, field_ in stored):
        return []
    merged = merged_cells(reader.block)
    private = _private_columns(reader)
    readings = [_read_row(reader, stored, merged, private, row, groups) for row, groups in _data_rows(reader)]
    return [reading for reading in readings if reader.kind == TARGETS or _is_named(reader, reading)]


def _is_named(reader: Reader, reading: RowReading) -> bool:
    """Whether a row has a name after all: a formula's error or a lone ★ in its cell is none."""
    if reading.values.get("project_name"):
        return True
    column = reader.block.name_column
    reader.findings.append(finding("name_missing", sheet=reader.block.sheet.name, field="project_name",
                                   cell=reader.block.sheet.address(reading.cell_row - 1, column),
                                   value=reading.texts[column]))  # fmt: skip
    return False


def _data_rows(reader: Reader) -> Iterator[tuple[TableRow, list[TableRow]]]:
    """Each row of a project with the group rows that it stands under, outermost first."""
    groups: list[TableRow] = []
    for row in reader.block.rows:
        if row.kind == GROUP:
            groups = [group for group in groups if group.depth < row.depth] + [row]
        elif row.kind == DATA:
            yield row, groups
        elif row.kind in (NAMELESS, CONTINUED):
            _tell_row(reader, row)


def _tell_row(reader: Reader, row: TableRow) -> None:
    """A row that is read as no project of its own; amounts in it may belong to the project above, or be its parts."""
    sheet = reader.block.sheet
    place = {"sheet": sheet.name, "cell": sheet.address(row.index, reader.block.name_column)}
    amounts = [(column.index, field) for column, _, field in reader.read_columns
               if field.kind == fields.MONEY and parse_number(sheet.rows[row.index][column.index])]  # fmt: skip
    if row.kind == NAMELESS:
        reader.findings.append(finding("name_missing", **place, field="project_name", value=row.text))
    elif amounts:
        index = amounts[0][0]
        listed = "、".join(f"{each.heading} {text_of(sheet.rows[row.index][column])}" for column, each in amounts)
        reader.findings.append(finding("amounts_continued", sheet=sheet.name, cell=sheet.address(row.index, index),
                                       value=text_of(sheet.rows[row.index][index]), amounts=listed))  # fmt: skip
    else:
        reader.findings.append(finding("row_continued", **place, value=row.text))


def _private_columns(reader: Reader) -> set[int]:
    pairs = zip(reader.block.columns, reader.columns, strict=True)
    return {column.index for column, reading in pairs if reading.field in PRIVATE_FIELDS}


def merged_cells(block: Block) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of a cell inside a merged area below the headings -> the area's first cell."""
    first = block.heading_bottom + 1
    return {
        (row, column): (top, left)
        for top, left, bottom, right in block.sheet.merged
        if top >= first and (bottom - top + 1) * (right - left + 1) <= 20_000
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _read_row(reader: Reader, stored: list[tuple[Column, ColumnReading, fields.Field]],
              merged: dict[tuple[int, int], tuple[int, int]], private: set[int],
              row: TableRow, groups: list[TableRow]) -> RowReading:  # fmt: skip
    cells = reader.block.sheet.rows[row.index]
    texts = tuple(None if index in private else text_of(cell) for index, cell in enumerate(cells))
    reading = RowReading(row.index + 1, _empty_values(reader.kind), texts)
    for column, as_read, field_ in stored:
        _read_cell(reader, reading, column, as_read, field_, merged)
    name = reading.values.get("project_name")
    if name:
        reading.values["project_name"] = display_name(NUMBERING.sub("", name))
    if reader.kind in LISTS:
        complete(reader, reading, groups)
    return reading


def _empty_values(kind: str) -> dict[str, Any]:
    return dict.fromkeys(fields.stored_names()) if kind in LISTS else {}


def _read_cell(reader: Reader, reading: RowReading, column: Column, as_read: ColumnReading, field_: fields.Field,
               merged: dict[tuple[int, int], tuple[int, int]]) -> None:  # fmt: skip
    """Read one cell into the row; a value that cannot be read is rejected with a finding at its cell."""
    sheet = reader.block.sheet
    at = (reading.cell_row - 1, column.index)
    cell: Cell = sheet.rows[at[0]][at[1]]
    if is_empty(cell) and at in merged and field_.kind in FILLED_DOWN:
        top, left = merged[at]
        cell = sheet.rows[top][left]
        if not is_empty(cell):
            reading.elsewhere[field_.name] = (sheet.address(top, left), text_of(cell) or "")
    elif _is_as_above(reader, at[0], cell, field_):
        above = reader.said.get(column.index)
        cell = sheet.rows[above][column.index] if above is not None else None
        if above is not None:
            reading.elsewhere[field_.name] = (sheet.address(above, column.index), text_of(cell) or "")
    elif is_empty(cell) and at in merged:
        _tell_merged_amount(reader, field_, at, merged[at])
    elif not is_empty(cell):
        reader.said[column.index] = at[0]
    if at in sheet.errors:
        _tell(reader, "formula_error", at, field_, cell, heading=field_.heading)
        reading.rejected.add(field_.name)
        return
    if at in sheet.uncalculated:
        _tell(reader, "formula_not_calculated", at, field_, cell, heading=field_.heading)
        return
    whole = cell
    if column.part is not None:
        try:
            cell = part_of(cell, column.part)
        except ValueError:
            reading.rejected.add(field_.name)
            if column.part == 0:  # said once for the cell
                _tell(reader, "parts_unclear", at, field_, whole, heading=as_read.heading.rpartition("/")[0])
            return
    if column.index in reader.scales:
        value = read_rate(field_, cell, as_read.unit, reader.scales[column.index])
    else:
        value = read_value(field_, cell, as_read.unit, reader.year)
    if value.problem == "word_unknown" and (code := _confirmed_word(reader, field_.name, cell)):
        value = ValueReading({field_.name: code})
    reading.values.update(value.values)
    if value.remark:
        _tell(reader, value.remark, at, field_, whole, **value.details)
    if value.problem:
        reading.rejected.add(field_.name)
        if field_.name not in reading.elsewhere:  # a merged cell that cannot be read is told of once, at itself
            _tell(reader, value.problem, at, field_, whole, **value.details)


def _is_as_above(reader: Reader, row: int, cell: Cell, field_: fields.Field) -> bool:
    """A ditto mark, or in a ledger with a row for each step the naming cells that are left empty."""
    if field_.kind not in FILLED_DOWN:
        return False
    return (isinstance(cell, str) and cell.strip() in DITTO) or (is_empty(cell) and reader.goes_on(row, field_.name))


def _tell(reader: Reader, code: str, at: tuple[int, int], field_: fields.Field, cell: Cell, **details: str) -> None:
    """A finding at a cell, with the cell's text."""
    reader.findings.append(finding(code, sheet=reader.block.sheet.name, cell=reader.block.sheet.address(*at), field=field_.name,
                                   value=text_of(cell), **details))  # fmt: skip


def _confirmed_word(reader: Reader, name: str, cell: Cell) -> str | None:
    """What a person said that this sender means by a word."""
    return reader.known.code_of_word(reader.body, name, normalise_word(text_of(cell) or ""))


def _tell_merged_amount(reader: Reader, field_: fields.Field, at: tuple[int, int], first: tuple[int, int]) -> None:
    """An amount merged over several projects is counted with the first of them; said once, at the amount."""
    cell = reader.block.sheet.rows[first[0]][first[1]]
    if at == (first[0] + 1, first[1]) and not is_empty(cell):
        reader.findings.append(finding("amount_merged", sheet=reader.block.sheet.name, cell=reader.block.sheet.address(*first),
                                       field=field_.name, value=text_of(cell), heading=field_.heading))  # fmt: skip
