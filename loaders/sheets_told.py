"""What is told of a workbook's sheets: those without a table, and hidden parts that were read like the others."""

from __future__ import annotations

from domain.cross_questions import QUESTION_SHEET
from domain.findings import Finding, finding
from loaders.addresses import cell_address, column_letter
from loaders.blocks import Block
from loaders.values import is_empty
from loaders.workbook import Sheet, Workbook


def tell_sheets(workbook: Workbook, found: list[Block], read: list[Block]) -> list[Finding]:
    """Of the sheets without any of the tables found, and of the hidden parts of those with a table that was read.

    The questions that the form itself brought along are the system's own words, and are passed over.
    """
    findings = []
    with_table, with_rows = ({block.sheet.name for block in blocks} for blocks in (found, read))
    for sheet in workbook.sheets:
        has_cells = any(not is_empty(cell) for row in sheet.rows for cell in row)
        if found and has_cells and sheet.name not in {*with_table, QUESTION_SHEET}:
            findings.append(finding("sheet_skipped", sheet=sheet.name, value=sheet.name))
        if sheet.name in with_rows:
            findings += _hidden_findings(sheet)
    return findings


def _hidden_findings(sheet: Sheet) -> list[Finding]:
    found = []
    if not sheet.is_visible:
        found.append(finding("hidden_read", sheet=sheet.name, what="工作表", places=sheet.name))
    width = max((len(row) for row in sheet.rows), default=0)
    columns = sorted(column for column in sheet.hidden_columns if column < width)
    rows = sorted(row for row in sheet.hidden_rows if row < len(sheet.rows))
    if columns:
        letters = "、".join(column_letter(column) for column in columns[:10])
        cell = cell_address(0, columns[0])
        found.append(finding("hidden_read", sheet=sheet.name, cell=cell, what="列", places=letters))
    if rows:
        listed = "、".join(str(row + 1) for row in rows[:10])
        found.append(finding("hidden_read", sheet=sheet.name, cell=f"A{rows[0] + 1}", what="行", places=listed))
    return found
