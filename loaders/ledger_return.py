"""A workbook that is one of the office's ledgers (``domain/ledgers``): rows and findings into the submission."""

from __future__ import annotations

from domain.bodies import ZONE
from domain.fields import AREA, MONEY, RATE
from domain.findings import Finding, finding
from domain.ledgers import LedgerField
from domain.submissions import ColumnReading, Known, Submission, TableReading
from loaders.blocks import Block, Column
from loaders.columns import form_of, key_of_heading
from loaders.frame import read_body, read_period, unit_of_lines
from loaders.ledger_rows import LedgerReader, read_ledger_rows
from loaders.ledger_tables import LedgerTable
from loaders.values import is_empty, parse_money, text_of
from loaders.vocabulary import MONEY_UNITS, read_heading

SAMPLE_COUNT = 3


def read_ledger_return(submission: Submission, tables: list[LedgerTable], known: Known) -> list[Block]:
    """Read the tables of one ledger; the blocks that were read."""
    ledger, blocks = tables[0].ledger, [table.block for table in tables]
    submission.kind = ledger.kind
    submission.period, found = read_period(submission.file_name, blocks)
    submission.findings += found
    if ledger.is_zone_wide:
        submission.body = ZONE.code
    else:
        submission.body, found = read_body(submission.file_name, blocks)
        submission.findings += found
    for table in tables:
        _read_table(submission, table, known)
    if not any(table.rows for table in submission.tables):
        submission.findings.append(finding("ledger_no_rows", sheet=blocks[0].sheet.name, name=ledger.name))
    return blocks


def _read_table(submission: Submission, table: LedgerTable, known: Known) -> None:
    block, body = table.block, submission.body or ""
    columns = _read_columns(table)
    submission.findings += _of_columns(table, columns)
    reader = LedgerReader(table, columns, body, submission.period.year if submission.period else None, known)
    rows = read_ledger_rows(reader)
    submission.findings += reader.findings
    unit = next((each.unit for each in columns if each.unit in MONEY_UNITS), None)
    submission.tables.append(TableReading(block.sheet.name, table.ledger.kind, block.title, unit, columns, rows))


def _read_columns(table: LedgerTable) -> list[ColumnReading]:
    """How each column is read; of two of one field the first."""
    readings: list[ColumnReading] = []
    form = form_of(table.block, table.ledger.kind)
    for column, name in zip(table.block.columns, table.fields, strict=True):
        declared = table.ledger.field(name)
        is_double = declared is not None and any(each.field == name for each in readings)
        match = "double" if is_double else "exact" if name else "unknown"
        cells = [text_of(cell) or "" for cell in table.block.data_cells(column.index) if not is_empty(cell)]
        readings.append(ColumnReading(
            table.block.sheet.letter(column.index), column.heading, None if is_double or not name else name,
            _unit_of(table.block, column, declared), match, tuple(cells[:SAMPLE_COUNT]) if declared else (),
            key=key_of_heading(column.heading), form=form,
        ))  # fmt: skip
    return readings


def _unit_of(block: Block, column: Column, declared: LedgerField | None) -> str | None:
    """The unit that the headings of a column name; of money else the one that the lines of the table do."""
    if declared is None or declared.kind not in (MONEY, AREA, RATE):
        return None
    named = next((unit for text in reversed(column.path) if (unit := read_heading(text).unit)), None)
    return named or (unit_of_lines(block) if declared.kind == MONEY else None)


def _of_columns(table: LedgerTable, columns: list[ColumnReading]) -> list[Finding]:
    """The columns that are not known, stand twice, or state no unit of their money."""
    found = []
    for column, name, reading in zip(table.block.columns, table.fields, columns, strict=True):
        declared = table.ledger.field(name)
        place = {"sheet": table.block.sheet.name, "value": reading.heading, "heading": reading.heading,
                 "cell": table.block.sheet.address(table.block.heading_bottom, column.index)}  # fmt: skip
        if reading.match == "unknown":
            found.append(finding("heading_unknown", **place))
        elif reading.match == "double" and declared:
            found.append(finding("heading_double", field=name, field_name=declared.heading, **place))
        elif declared and declared.kind == MONEY and _lacks_unit(table.block, column, reading):
            found.append(finding("unit_unknown", field=name, **place))
    return found


def _lacks_unit(block: Block, column: Column, reading: ColumnReading) -> bool:
    """Whether an amount of the column leaves its unit to a heading that states none."""
    cells = [cell for cell in block.data_cells(column.index) if not is_empty(cell)]
    return reading.unit not in MONEY_UNITS and any(parse_money(cell, None) is None for cell in cells)
