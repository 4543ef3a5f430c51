"""The rows of a table of a ledger: each cell by the kind of its field, and what cannot be read with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.fields import DATE, TEXT, WORD
from domain.findings import Finding, finding
from domain.ledgers import LedgerField
from domain.submissions import ColumnReading, Known, RowReading
from loaders.blocks import DATA, NAMELESS, Column
from loaders.ledger_tables import LedgerTable
from loaders.rows import merged_cells
from loaders.values import ValueReading, is_empty, read_value, text_of
from loaders.vocabulary import normalise_word
from loaders.workbook import Cell

FILLED_DOWN = (TEXT, WORD, DATE)
# What these say of the last accepted value is true of the list of projects alone.
SAID_OTHERWISE = {"not_a_number": "ledger_not_a_number", "amount_negative": "ledger_negative"}


@dataclass(slots=True)
class LedgerReader:
    """What the rows of one table are read with."""

    table: LedgerTable
    columns: list[ColumnReading]
    body: str
    year: int | None
    known: Known
    findings: list[Finding] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.merged = merged_cells(self.table.block)

    def tell(self, code: str, row: int, column: int, /, name: str, value: Cell, **details: object) -> None:
        """A finding at a cell."""
        sheet = self.table.block.sheet
        self.findings.append(
            finding(code, sheet=sheet.name, cell=sheet.address(row, column), field=name, value=text_of(value), **details)
        )


def read_ledger_rows(reader: LedgerReader) -> list[RowReading]:
    """The rows that have their keys; of those with the same keys the last."""
    rows = [_read_row(reader, row.index) for row in reader.table.block.rows if row.kind in (DATA, NAMELESS)]
    return _last_of_each(reader, [row for row in rows if _has_keys(reader, row)])


def _read_row(reader: LedgerReader, index: int) -> RowReading:
    sheet = reader.table.block.sheet
    reading = RowReading(index + 1, {}, tuple(text_of(cell) for cell in sheet.rows[index]))
    for column, as_read in zip(reader.table.block.columns, reader.columns, strict=True):
        declared = reader.table.ledger.field(as_read.field or "")
        if declared is not None:
            _read_cell(reader, reading, column, as_read, declared)
    return reading


def _read_cell(
    reader: LedgerReader, reading: RowReading, column: Column, as_read: ColumnReading, declared: LedgerField
) -> None:
    """Read one cell into the row; one that cannot be read is told of and counts as not filled in."""
    sheet, at = reader.table.block.sheet, (reading.cell_row - 1, column.index)
    cell: Cell = sheet.rows[at[0]][at[1]]
    if is_empty(cell) and at in reader.merged and declared.kind in FILLED_DOWN:
        top, left = reader.merged[at]
        cell = sheet.rows[top][left]
        reading.elsewhere[declared.name] = (sheet.address(top, left), text_of(cell) or "")
    broken = "formula_error" if at in sheet.errors else "formula_not_calculated" if at in sheet.uncalculated else ""
    value = ValueReading(problem=broken) if broken else _value_of(reader, declared, cell, as_read.unit)
    reading.values.update(value.values)
    told = value.problem or value.remark
    if value.problem:
        reading.rejected.add(declared.name)
    if told:
        details = {"heading": declared.heading, **value.details}
        reader.tell(SAID_OTHERWISE.get(told, told), *at, name=declared.name, value=cell, **details)


def _value_of(reader: LedgerReader, declared: LedgerField, cell: Cell, unit: str | None) -> ValueReading:
    if declared.kind != WORD or not declared.choices or is_empty(cell):
        return read_value(declared, cell, unit, reader.year)
    word = normalise_word(text_of(cell) or "")
    codes = {normalise_word(text): each.code for each in declared.choices for text in (each.name, *each.words)}
    code = codes.get(word) or reader.known.code_of_word(reader.body, declared.name, word)
    if code is None:
        words = "、".join(each.name for each in declared.choices)
        return ValueReading({declared.name: None}, "word_unknown", details={"words": words})
    return ValueReading({declared.name: code})


def _has_keys(reader: LedgerReader, row: RowReading) -> bool:
    """Whether all keys that a row must have are filled in; said at the cell of the first that is not."""
    for each in reader.table.ledger.keys:
        if not row.values.get(each.name) and not each.may_be_empty:
            column = reader.table.block.columns[reader.table.fields.index(each.name)].index
            cell = reader.table.block.sheet.rows[row.cell_row - 1][column]
            reader.tell("ledger_key_missing", row.cell_row - 1, column, name=each.name, value=cell, heading=each.heading)
            return False
    return True


def _last_of_each(reader: LedgerReader, rows: list[RowReading]) -> list[RowReading]:
    """The rows without those that a later one of the same keys replaces, told once for each."""
    by_key: dict[str, list[RowReading]] = {}
    for row in rows:
        by_key.setdefault(reader.table.ledger.row_key(row.values), []).append(row)
    column = reader.table.block.name_column
    for same in by_key.values():
        if len(same) > 1:
            name = reader.table.ledger.keys[0].name
            places = "、".join(reader.table.block.sheet.address(row.cell_row - 1, column) for row in same)
            reader.tell("ledger_repeated", same[-1].cell_row - 1, column, name=name,
                        value=str(same[-1].values[name]), places=places)  # fmt: skip
    return [row for row in rows if by_key[reader.table.ledger.row_key(row.values)][-1] is row]
