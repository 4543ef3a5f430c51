"""The rows of a table, read by its columns: values by field, and where a value came from when not from its own cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from domain import fields
from domain.fields import find_field
from domain.findings import Finding, finding
from domain.identity import display_name
from domain.submissions import INFRASTRUCTURE, LISTS, TARGETS, ColumnReading, Known, RowReading
from loaders.blocks import CONTINUED, DATA, GROUP, NAMELESS, Block, Column, TableRow, cell_address
from loaders.parts import part_of
from loaders.ticks import ticked_stage
from loaders.values import ValueReading, is_empty, read_value, text_of
from loaders.vocabulary import find_word, normalise_word, read_word
from loaders.workbook import Cell

PRIVATE_FIELDS = ("phone", "person")
FILLED_DOWN = (fields.TEXT, fields.WORD, fields.DATE)  # a merged amount would be counted once for every row
RATE_IN_TEXT = re.compile(
    r"(?:完成)?(?:总?工程量|形象进度|工程进度|总进度)的?(?:达到?|约为?|完成|已完成|已达)?约?(\d{1,3}(?:\.\d+)?)\s*[%％]"
)


@dataclass(slots=True)
class Reader:
    """What the rows of one table are read with."""

    block: Block
    kind: str
    columns: list[ColumnReading]
    body: str
    year: int
    known: Known = field(default_factory=Known)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ticks(self) -> dict[int, str]:
        """Column index -> stage, where a column of ticks stands for each stage."""
        pairs = zip(self.block.columns, self.columns, strict=True)
        return {column.index: read_word("stage", column.leaf) or "" for column, reading in pairs if reading.match == "tick"}

    @property
    def read_columns(self) -> list[tuple[Column, ColumnReading, fields.Field]]:
        """(column, reading, field) of the columns that are stored."""
        pairs = zip(self.block.columns, self.columns, strict=True)
        found = [(column, reading, find_field(reading.field or "")) for column, reading in pairs]
        return [(column, reading, field_) for column, reading, field_ in found if field_ and field_.kind != fields.IGNORED]


def read_rows(reader: Reader) -> list[RowReading]:
    """All rows of projects of a table; what cannot be read is added to the reader's findings.

    None as long as nobody has confirmed which column holds the names.
    """
    stored = reader.read_columns
    if reader.block.is_name_suggested and all(field_.name != "project_name" for _, _, field_ in stored):
        return []
    merged = _merged_cells(reader.block)
    private = _private_columns(reader)
    readings = [_read_row(reader, stored, merged, private, row, groups) for row, groups in _data_rows(reader)]
    return [reading for reading in readings if reader.kind == TARGETS or _is_named(reader, reading)]


def _is_named(reader: Reader, reading: RowReading) -> bool:
    """Whether a row has a name after all: a formula's error or a lone ★ in its cell is none."""
    if reading.values.get("project_name"):
        return True
    column = reader.block.name_column
    reader.findings.append(finding("name_missing", sheet=reader.block.sheet.name, field="project_name",
                                   cell=cell_address(reading.cell_row - 1, column), value=reading.texts[column]))  # fmt: skip
    return False


def _data_rows(reader: Reader) -> Iterator[tuple[TableRow, list[TableRow]]]:
    """Each row of a project with the group rows that it stands under, outermost first."""
    groups: list[TableRow] = []
    for row in reader.block.rows:
        place = {"sheet": reader.block.sheet.name, "cell": cell_address(row.index, reader.block.name_column)}
        if row.kind == GROUP:
            groups = [group for group in groups if group.depth < row.depth] + [row]
        elif row.kind == NAMELESS:
            reader.findings.append(finding("name_missing", **place, field="project_name", value=row.text))
        elif row.kind == CONTINUED:
            reader.findings.append(finding("row_continued", **place, value=row.text))
        elif row.kind == DATA:
            yield row, groups


def _private_columns(reader: Reader) -> set[int]:
    pairs = zip(reader.block.columns, reader.columns, strict=True)
    return {column.index for column, reading in pairs if reading.field in PRIVATE_FIELDS}


def _merged_cells(block: Block) -> dict[tuple[int, int], tuple[int, int]]:
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
        reading.values["project_name"] = display_name(name)
    if reader.kind in LISTS:
        _complete(reader, reading, groups)
    return reading


def _empty_values(kind: str) -> dict[str, Any]:
    return {name: None for name, _ in fields.stored_columns()} if kind in LISTS else {}


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
            reading.elsewhere[field_.name] = (cell_address(top, left), text_of(cell) or "")
    elif is_empty(cell) and at in merged:
        _tell_merged_amount(reader, field_, at, merged[at])
    place = {"sheet": sheet.name, "cell": cell_address(*at), "field": field_.name, "value": text_of(cell)}
    if at in sheet.errors:
        reader.findings.append(finding("formula_error", **place, heading=field_.heading))
        reading.rejected.add(field_.name)
        return
    if at in sheet.uncalculated:
        reader.findings.append(finding("formula_not_calculated", **place, heading=field_.heading))
        return
    if column.part is not None:
        try:
            cell = part_of(cell, column.part)
        except ValueError:
            reading.rejected.add(field_.name)
            if column.part == 0:  # said once for the cell
                reader.findings.append(finding("parts_unclear", **place, heading=as_read.heading.rpartition("/")[0]))
            return
    value = read_value(field_, cell, as_read.unit, reader.year)
    if value.problem == "word_unknown" and (code := _confirmed_word(reader, field_.name, cell)):
        value = ValueReading({field_.name: code})
    reading.values.update(value.values)
    if value.problem:
        reading.rejected.add(field_.name)
        if field_.name not in reading.elsewhere:  # a merged cell that cannot be read is told of once, at itself
            reader.findings.append(finding(value.problem, **place, **value.details))


def _confirmed_word(reader: Reader, name: str, cell: Cell) -> str | None:
    """What a person said that this sender means by a word."""
    return reader.known.code_of_word(reader.body, name, normalise_word(text_of(cell) or ""))


def _tell_merged_amount(reader: Reader, field_: fields.Field, at: tuple[int, int], first: tuple[int, int]) -> None:
    """An amount merged over several projects is counted with the first of them; said once, at the amount."""
    cell = reader.block.sheet.rows[first[0]][first[1]]
    if at == (first[0] + 1, first[1]) and not is_empty(cell):
        reader.findings.append(finding("amount_merged", sheet=reader.block.sheet.name, cell=cell_address(*first),
                                       field=field_.name, value=text_of(cell), heading=field_.heading))  # fmt: skip


def _complete(reader: Reader, reading: RowReading, groups: list[TableRow]) -> None:
    """Fill what a row does not say itself from its group, its table, or another of its cells; the place is kept."""
    ticked = ticked_stage(reader.block, reading.cell_row - 1, reader.ticks)
    if reading.values["stage"] is None and ticked:
        reading.values["stage"], reading.elsewhere["stage"] = ticked
    if reading.values["stage"] is None and "stage" not in reading.rejected:
        _take_word(reader, reading, "stage", groups)
    if reading.values["stage"] is None and reader.kind == INFRASTRUCTURE:
        _take_stage_of_text(reader, reading)
    if reading.values["category"] is None and reader.kind != INFRASTRUCTURE:
        _take_word(reader, reading, "category", groups)
    if reading.values["district"] is None:
        reading.values["district"] = reader.body
    if reading.values["progress_rate"] is None and reading.values["progress_text"]:
        _take_rate_of_text(reader, reading)


def _take_word(reader: Reader, reading: RowReading, name: str, groups: list[TableRow]) -> None:
    """The word of a field in the nearest place that says it: beside it, the innermost group, the title, the sheet's name."""
    block = reader.block
    places = _side_cells(block, reading.cell_row - 1)
    places += [(_first_cell(block, group.index), group.text) for group in reversed(groups)]
    places += [(_first_cell(block, row), text) for row, text in zip(block.above_rows, block.above, strict=True)]
    if name == "stage":
        places.append(("", block.sheet.name))
    for cell, text in places:
        code = find_word(name, text)
        if code:
            reading.values[name] = code
            reading.elsewhere[name] = (cell, text)
            return


def _side_cells(block: Block, row: int) -> list[tuple[str, str]]:
    """(cell, text) of the cells merged down the left of a row in columns that have no heading."""
    headed = {column.index for column in block.columns}
    return [
        (cell_address(top, left), text_of(block.sheet.rows[top][left]) or "")
        for top, left, bottom, right in block.sheet.merged
        if block.heading_bottom < top <= row <= bottom and right < block.name_column and left not in headed
    ]


def _first_cell(block: Block, row: int) -> str:
    """The address of the first filled cell of a row."""
    filled = (column for column, cell in enumerate(block.sheet.rows[row]) if not is_empty(cell))
    return cell_address(row, next(filled, 0))


def _take_stage_of_text(reader: Reader, reading: RowReading) -> None:
    """Works of infrastructure state their stage in words of progress (前期工作); only a known word alone counts."""
    text = reading.values["progress_text"]
    code = read_word("stage", text) if text else None
    if code:
        reading.values["stage"] = code
        reading.elsewhere["stage"] = (_address_of(reader, reading, "progress_text"), text)


def _take_rate_of_text(reader: Reader, reading: RowReading) -> None:
    """The share of work done inside the words of progress (完成总工程量82%)."""
    found = RATE_IN_TEXT.search(reading.values["progress_text"])
    if found and Decimal(found[1]) <= 100:
        reading.values["progress_rate"] = (Decimal(found[1]) / 100).quantize(Decimal("0.000001"))
        reading.elsewhere["progress_rate"] = (_address_of(reader, reading, "progress_text"), found[0])


def _address_of(reader: Reader, reading: RowReading, name: str) -> str:
    letter = next((column.column for column in reader.columns if column.field == name), "")
    return f"{letter}{reading.cell_row}" if letter else ""
