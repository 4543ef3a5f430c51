"""What a row does not say itself: taken from its group, its table, or another of its cells, and the place kept."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.submissions import INFRASTRUCTURE, RowReading
from loaders.blocks import TableRow
from loaders.reader import Reader
from loaders.ticks import ticked_stage
from loaders.values import text_of
from loaders.vocabulary import find_word, read_word

RATE_IN_TEXT = re.compile(
    r"(?:完成)?(?:总?工程量|形象进度|工程进度|总进度)的?(?:达到?|约为?|完成|已完成|已达)?约?(\d{1,3}(?:\.\d+)?)\s*[%％]"
)


def complete(reader: Reader, reading: RowReading, groups: list[TableRow]) -> None:
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
    if reading.values["district"] is None and "district" not in reading.rejected:
        _take_district(reader, reading)
    if reading.values["progress_rate"] is None and reading.values["progress_text"]:
        _take_rate_of_text(reader, reading)


def _take_district(reader: Reader, reading: RowReading) -> None:
    """The district of the line or cell beside it, else the sender."""
    said = reader.districts.get(reading.cell_row - 1)
    reading.values["district"] = said[0] if said else reader.body
    if said:
        reading.elsewhere["district"] = said[1:]


def _take_word(reader: Reader, reading: RowReading, name: str, groups: list[TableRow]) -> None:
    """The word of a field in the nearest place that says it: beside it, the innermost group, the title, the sheet's name."""
    block = reader.block
    places = _side_cells(reader, reading.cell_row - 1)
    places += [(block.first_cell(group.index)[0], group.text) for group in reversed(groups)]
    places += [(block.first_cell(row)[0], text) for row, text in zip(block.above_rows, block.above, strict=True)]
    if name == "stage":
        places.append(("", block.sheet.name))
    for cell, text in places:
        code = find_word(name, text)
        if code:
            reading.values[name] = code
            reading.elsewhere[name] = (cell, text)
            return


def _side_cells(reader: Reader, row: int) -> list[tuple[str, str]]:
    """(cell, text) of the cells merged down the left of a row in columns that have no heading."""
    sheet = reader.block.sheet
    return [
        (sheet.address(top, column), text_of(sheet.rows[top][column]) or "")
        for top, bottom, column in reader.side_areas
        if top <= row <= bottom
    ]


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
    index = next((column.index for column, _, field in reader.read_columns if field.name == name), None)
    return "" if index is None else reader.block.sheet.address(reading.cell_row - 1, index)


def keep_places(reader: Reader, rows: list[RowReading]) -> None:
    """Tell of each value of a sheet that was laid out anew where it stood; done last, when no row is looked up any more.

    Where the list lies on its side a project is a column: its row is then the one in which its name stands.
    """
    block, sheet = reader.block, reader.block.sheet
    stored = reader.read_columns
    for row in rows if sheet.moved else ():
        for column, _, field in stored:
            place = (row.cell_row - 1, column.index)
            if place in sheet.moved:
                row.elsewhere.setdefault(
                    field.name, (sheet.address(*place), text_of(sheet.rows[place[0]][place[1]]) or "")
                )
        if sheet.lies_on_its_side:
            row.cell_row = sheet.moved[row.cell_row - 1, block.name_column][0] + 1
