"""Checks of a table against what it says of itself: stated counts, total rows, the money unit."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from decimal import Decimal
from itertools import takewhile

from domain.fields import LAND_FIELDS, MONEY_FIELDS
from domain.findings import Finding, finding
from domain.submissions import PROJECTS, ColumnReading, RowReading
from loaders.blocks import DATA, GROUP, TOTAL, TableRow, narrow
from loaders.checks.places import amount
from loaders.checks.rows import THRESHOLD_WAN
from loaders.reader import Reader
from loaders.settling import declared
from loaders.values import is_empty, parse_money, read_value
from loaders.workbook import Cell

TOO_LARGE_WAN = Decimal(50_000_000)  # 5,000 亿元: no project of the zone can be meant
ODD_SHARE = 0.6
TOTAL_TOLERANCE = Decimal("0.001")
LEAST_WAN, LEAST_MU = Decimal(1), Decimal("0.1")  # a difference of so much is one of rounding


def check_counts(reader: Reader) -> Iterator[Finding]:
    """The number of projects that a group row or total row states against the rows that stand under it."""
    rows = reader.block.rows
    data_count = sum(1 for row in rows if row.kind == DATA)
    for number, row in enumerate(rows):
        if row.stated_count is None or row.kind not in (GROUP, TOTAL):
            continue
        counted = _rows_under(rows, number) if row.kind == GROUP else data_count
        possible = {counted} if row.kind == GROUP else {len(scope) for scope in _scopes(rows, number)}
        if row.stated_count not in possible:
            yield finding("count_differs", sheet=reader.block.sheet.name, cell=reader.block.first_cell(row.index)[0],
                          value=row.text, text=row.text, stated=row.stated_count, counted=counted)  # fmt: skip


def _rows_under(rows: list[TableRow], number: int) -> int:
    return len(_lines_under(rows, number))


def _lines_under(rows: list[TableRow], number: int) -> list[int]:
    """The lines of the projects of a group, those of its own groups among them."""
    under = takewhile(lambda row: row.kind != GROUP or row.depth > rows[number].depth, rows[number + 1 :])
    return [row.index for row in under if row.kind == DATA]


def check_totals(reader: Reader, rows: list[RowReading],
                 names: Container[str] = MONEY_FIELDS) -> Iterator[Finding]:  # fmt: skip
    """The amounts of total rows and of groups against the sum of the rows that they may mean."""
    amounts = [(column.index, reading) for column, reading, field in reader.read_columns
               if field.name in names and column.part is None]  # fmt: skip
    by_line = {row.cell_row - 1: row for row in rows}
    for number, line in enumerate(reader.block.rows):
        if line.kind in (TOTAL, GROUP):
            yield from _check_total(reader, amounts, by_line, number)


def _check_total(reader: Reader, amounts: list[tuple[int, ColumnReading]],
                 by_line: dict[int, RowReading], number: int) -> Iterator[Finding]:  # fmt: skip
    sheet, line = reader.block.sheet, reader.block.rows[number]
    if any((line.index, index) in sheet.uncalculated for index, _ in amounts):
        if line.kind == GROUP:
            return
        yield finding("total_not_calculated", sheet=sheet.name, cell=reader.block.first_cell(line.index)[0], value=line.text)
        return
    scopes = _scopes(reader.block.rows, number) if line.kind == TOTAL else [_lines_under(reader.block.rows, number)]
    for index, column in amounts:
        stated = _stated(column, sheet.rows[line.index][index])
        if stated is None or is_empty(sheet.rows[line.index][index]):
            continue
        sums = [_sum(by_line, lines, column.field or "") for lines in scopes]
        least = LEAST_MU if column.field in LAND_FIELDS else LEAST_WAN
        if not any(abs(stated - total) <= max(least, total * TOTAL_TOLERANCE) for total in sums):
            yield finding("total_differs", sheet=sheet.name, cell=sheet.address(line.index, index),
                          field=column.field or "", value=amount(stated), stated=amount(stated),
                          counted=amount(sums[0]), heading=declared(column.field or "").heading)  # fmt: skip


def _stated(column: ColumnReading, cell: Cell) -> Decimal | None:
    """What a total says, in the unit of the rows' own values."""
    if column.field in LAND_FIELDS:
        return read_value(LAND_FIELDS[column.field], cell, column.unit, None).values[column.field]
    return parse_money(cell, column.unit)


def _scopes(rows: list[TableRow], number: int) -> list[list[int]]:
    """The lines of projects that a total may mean.

    The whole table, what stands before it (its group, or all groups since the last total), and the group after it.
    """
    before, after = rows[:number][::-1], rows[number + 1 :]
    scopes = [rows, _until(before, GROUP, TOTAL), _until(before, TOTAL), _until(after, GROUP, TOTAL)]
    return [[row.index for row in scope if row.kind == DATA] for scope in scopes]


def _until(rows: list[TableRow], *kinds: str) -> list[TableRow]:
    """The rows up to the first one of some kinds."""
    return list(takewhile(lambda row: row.kind not in kinds, rows))


def _sum(by_line: dict[int, RowReading], lines: list[int], name: str) -> Decimal:
    values = [by_line[line].values.get(name) for line in lines if line in by_line]
    return sum((value for value in values if value is not None), Decimal(0))


def check_parts(reader: Reader) -> Iterator[Finding]:
    """Rows numbered 1.1 or (1) under a row 1: a project and its parts, which would count twice."""
    block = reader.block
    serials = [(row, narrow(block.sheet.rows[row.index][block.serial_column])) for row in block.rows if row.kind == DATA]
    whole = {serial for _, serial in serials}
    parts = [(row, serial) for row, serial in serials
             if (found := re.fullmatch(r"(\d+)[.-]\d+", serial)) and found[1] in whole]  # fmt: skip
    parts = parts or _bracketed(serials)
    if parts:
        listed = "、".join(serial for _, serial in parts[:6]) + (" 等" if len(parts) > 6 else "")
        yield finding("sub_projects", sheet=block.sheet.name, cell=block.sheet.address(parts[0][0].index, block.name_column),
                      field="project_name", value=parts[0][0].text, count=len(parts), serials=listed)  # fmt: skip


def _bracketed(serials: list[tuple[TableRow, str]]) -> list[tuple[TableRow, str]]:
    """The rows (1), (2), ... that stand under a row with a plain number."""
    found: list[tuple[TableRow, str]] = []
    is_under = False
    for row, serial in serials:
        number = re.fullmatch(r"\((\d+)\)", serial)
        is_under = serial.isdigit() or (is_under and number is not None)
        found += [(row, serial)] if is_under and number else []
    return found


def check_unit(reader: Reader, rows: list[RowReading]) -> Iterator[Finding]:
    """A list of projects of 100 million and more in which most totals are absurd has its unit wrong."""
    totals = [row.values["total_investment_wan"] for row in rows if row.values["total_investment_wan"] is not None]
    if reader.kind != PROJECTS or len(totals) < 2:
        return
    small = sum(1 for total in totals if total < THRESHOLD_WAN / 100)
    large = sum(1 for total in totals if total > TOO_LARGE_WAN)
    for odd, size in ((small, "不足100万元"), (large, "超过5000亿元")):
        if odd >= ODD_SHARE * len(totals):
            index, column = next((each.index, reading) for each, reading, field in reader.read_columns
                                 if field.name == "total_investment_wan")  # fmt: skip
            yield finding("unit_doubtful", sheet=reader.block.sheet.name, value=column.heading,
                          cell=reader.block.sheet.address(reader.block.heading_bottom, index), field="total_investment_wan",
                          unit=column.unit, count=len(totals), odd=odd, size=size)  # fmt: skip
