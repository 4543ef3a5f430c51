"""Cells mended on the screen: the workbook as it would be had the sender typed what a person put in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.findings import Finding
from domain.submissions import Correction
from loaders.values import parse_number, text_of
from loaders.workbook import Cell, Sheet, Workbook

CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class NotMendable(LookupError):
    """The place is no cell of this workbook."""


def correction_of(workbook: Workbook, found: Finding, after: str) -> Correction:
    """What a person typed in place of the cell of a finding. Raises NotMendable for a cell that is not to be mended."""
    if not found.is_mendable:
        raise NotMendable(found.cell)
    sheet = next((each for each in workbook.sheets if each.name == found.sheet), None)
    if sheet is None:
        raise NotMendable(found.sheet)
    row, column = _place(sheet, found.cell)
    return Correction(found.sheet, found.cell, found.field, text_of(sheet.rows[row][column]), after.strip() or None)


def corrected(workbook: Workbook, corrections: Sequence[Correction]) -> Workbook:
    """The workbook with its corrections in place; of two of one cell the later counts. Raises NotMendable.

    The sheets without a correction are shared with the workbook as received, which stays as it was.
    """
    named = {each.sheet for each in corrections}
    return replace(
        workbook,
        sheets=[_corrected(sheet, corrections) if sheet.name in named else sheet for sheet in workbook.sheets],
    )


def _corrected(sheet: Sheet, corrections: Sequence[Correction]) -> Sheet:
    rows, errors, uncalculated = list(sheet.rows), dict(sheet.errors), set(sheet.uncalculated)
    for each in corrections:
        if each.sheet != sheet.name:
            continue
        row, column = _place(sheet, each.cell)
        rows[row] = [*rows[row][:column], _typed(each.after), *rows[row][column + 1 :]]
        errors.pop((row, column), None)
        uncalculated.discard((row, column))
    return replace(sheet, rows=rows, errors=errors, uncalculated=uncalculated)


def _typed(text: str | None) -> Cell:
    """As Excel takes what is typed into a cell: a number is a number, all else stays text."""
    number = parse_number(text)
    return text if number is None else float(number)


def _place(sheet: Sheet, cell: str) -> tuple[int, int]:
    """Zero-based row and column of a cell that the sheet has."""
    found = CELL.fullmatch(cell)
    if found is None:
        raise NotMendable(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row, column = int(found[2]) - 1, column - 1
    if row >= len(sheet.rows) or column >= len(sheet.rows[row]):
        raise NotMendable(cell)
    return row, column
