"""Which of the declared ledgers a sheet is, by its headings: exactly those of the declaration after normalising, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from domain.fields import IGNORED_FIELDS
from domain.ledgers import LEDGERS, Ledger
from loaders.blocks import Block, Column
from loaders.headings import has_amount, heading_columns
from loaders.tables import assign_rows, fill_merged
from loaders.values import is_empty
from loaders.vocabulary import fields_of, read_heading
from loaders.wordings import wordings
from loaders.workbook import Cell, Sheet, Workbook

ROWS_LOOKED_AT = 40
MOST_HEADING_ROWS = 3
IGNORED = tuple(IGNORED_FIELDS)  # 序号, 联系电话: known, and not stored


@dataclass(slots=True)
class LedgerTable:
    """A table of a ledger, and the field of each of its columns; empty for a heading that is none of the ledger's."""

    ledger: Ledger
    block: Block
    fields: list[str]

    @property
    def count(self) -> int:
        """How many of the ledger's fields have a column."""
        return len({name for name in self.fields if self.ledger.field(name)})


def find_ledger_tables(workbook: Workbook) -> list[LedgerTable]:
    """The tables of the one ledger of a workbook, the one with most known columns; a table a sheet."""
    found = [table for sheet in workbook.sheets if (table := _table_of(sheet))]
    if not found:
        return []
    best = max(found, key=lambda table: table.count).ledger
    return [table for table in found if table.ledger.code == best.code]


def _table_of(sheet: Sheet) -> LedgerTable | None:
    """The first rows of the sheet that are a ledger's headings; of several ledgers that fit the fullest."""
    filled = fill_merged(sheet)
    for row in range(min(len(filled), ROWS_LOOKED_AT)):
        if has_amount(sheet.rows[row]):
            continue
        fitting = [table for top, bottom in _spans(sheet, row) for table in _fitting(sheet, filled, top, bottom)]
        if fitting:
            table = max(fitting, key=lambda each: each.count)
            assign_rows(sheet, [table.block])
            return table
    return None


def _spans(sheet: Sheet, row: int) -> Iterator[tuple[int, int]]:
    """From a row down, the rows that may be headings together: none that holds an amount, none empty."""
    for bottom in range(row, min(row + MOST_HEADING_ROWS, len(sheet.rows))):
        cells = sheet.rows[bottom]
        if has_amount(cells) or all(is_empty(cell) for cell in cells):
            return
        yield row, bottom


def _fitting(sheet: Sheet, filled: list[list[Cell]], top: int, bottom: int) -> Iterator[LedgerTable]:
    """The ledgers all of whose required headings stand in these rows; under a key's heading no further word may stand."""
    columns = heading_columns(filled, top, bottom)
    meant = [_meant_by(column) for column in columns]
    for ledger in LEDGERS.values():
        known = _known_headings(ledger)
        fields = [next((known[key] for key in keys if key in known), ignored) for keys, ignored in meant]
        if not {field.name for field in ledger.required} <= set(fields):
            continue
        name = columns[fields.index(ledger.keys[0].name)]
        if len(name.path) > 1 or _goes_on(sheet, top, bottom, columns, fields):
            continue
        serial = next((c.index for c, each in zip(columns, fields, strict=True) if each == "serial_number"), columns[0].index)
        yield LedgerTable(ledger, Block(sheet, top, bottom, columns, name.index, serial), fields)


def _goes_on(sheet: Sheet, top: int, bottom: int, columns: list[Column], fields: list[str]) -> bool:
    """Whether the lowest of the rows is a row of the list: something stands under a heading that is known without it."""
    if bottom == top:
        return False
    return any(
        field and len(column.path) == 1 and not is_empty(sheet.rows[bottom][column.index])
        for column, field in zip(columns, fields, strict=True)
    )


def _meant_by(column: Column) -> tuple[list[str], str]:
    """The keys of a column's headings, and which of ``IGNORED`` it is; what stands in brackets is a unit or a note."""
    keys = [read_heading(text).key for text in wordings(column.path)]
    return keys, next((name for name in fields_of(column.leaf) if name in IGNORED), "")


@cache
def _known_headings(ledger: Ledger) -> dict[str, str]:
    """Key of a heading -> the ledger's field that it means; asked for every column of every sheet that is read."""
    return {read_heading(text).key: field.name for field in reversed(ledger.fields) for text in field.headings}
