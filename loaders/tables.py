"""Find the tables of a sheet, below one another and side by side: their lines above, their headings, their rows.

Nothing depends on a sheet's name, a row's number or the order of columns. A table starts at a row that holds a
heading for the name of things listed and at least two other known headings.
"""

from __future__ import annotations

from itertools import zip_longest

from loaders.addresses import cell_address, column_letter
from loaders.bands import split_sheet
from loaders.blocks import (
    BLANK,
    CONTINUED,
    DATA,
    GROUP,
    NAMELESS,
    NOTE,
    TOTAL,
    Block,
    Column,
    TableRow,
    narrow,
)
from loaders.headings import MAX_HEADING_ROWS, block_at
from loaders.lines import NOTE_TEXT, rows_of
from loaders.pages_of_print import repeated_rows
from loaders.plan_rows import join_plans
from loaders.values import is_empty, parse_number
from loaders.workbook import Cell, Sheet

__all__ = [
    "BLANK",
    "CONTINUED",
    "DATA",
    "GROUP",
    "NAMELESS",
    "NOTE",
    "TOTAL",
    "Block",
    "Column",
    "TableRow",
    "cell_address",
    "column_letter",
    "find_blocks",
    "narrow",
]

CAPTION_LINES = 3  # over a further table of a sheet
CAPTION_CELLS = 3


def find_blocks(sheet: Sheet) -> list[Block]:
    """All tables of a sheet from top to bottom; of tables side by side the left one first."""
    filled = fill_merged(sheet)
    parts = split_sheet(sheet, filled)
    if parts == [sheet]:
        return _blocks_of(sheet, filled)
    return [block for part in parts for block in _blocks_of(part, fill_merged(part))]


def _blocks_of(sheet: Sheet, filled: list[list[Cell]]) -> list[Block]:
    blocks: list[Block] = []
    row = 0
    while row < len(filled):
        block = block_at(sheet, filled, row, blocks[-1].heading_bottom + 1 if blocks else 0)
        if block is None:
            row += 1
            continue
        row = block.heading_bottom + 1
        repeated = repeated_rows(blocks[-1], block) if blocks else set()
        if repeated:
            blocks[-1].repeats |= repeated
        else:
            blocks.append(block)
    assign_rows(sheet, blocks)
    return blocks


def fill_merged(sheet: Sheet) -> list[list[Cell]]:
    """The sheet's rows with every merged area filled by its first cell; only used to read headings."""
    rows = [list(row) for row in sheet.rows]
    width = max((len(row) for row in rows), default=0)
    for top, left, bottom, right in sheet.merged:
        if bottom - top >= MAX_HEADING_ROWS * 2 or top >= len(rows) or left >= width:
            continue
        value = rows[top][left]
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, width)):
                rows[row][column] = value
    return rows


def assign_rows(sheet: Sheet, blocks: list[Block]) -> None:
    """Give each table the lines over it and the rows under it; a group's line right over the next table is its title."""
    start, notes = 0, set[int]()
    for block, following in zip_longest(blocks, blocks[1:]):
        block.above_rows = [row for row in _caption_rows(sheet, start, block.heading_top) if row not in notes]
        block.sheet_lines = [] if block is blocks[0] else blocks[0].above
        end = following.heading_top if following else len(sheet.rows)
        join_plans(block, end)
        rows = rows_of(block, end)
        start = max((row.index + 1 for row in rows if row.kind not in (GROUP, NOTE, BLANK)), default=block.heading_bottom + 1)
        titles = _caption_rows(sheet, start, end) if following else []
        block.rows = [row for row in rows if row.kind not in (NOTE, BLANK) and row.index not in titles]
        block.below = [row.text for row in rows if row.kind == NOTE]
        # The notes of a table are no title of the next one.
        notes = {row.index for row in rows if row.kind == NOTE and NOTE_TEXT.match(narrow(row.text))}


def _caption_rows(sheet: Sheet, start: int, end: int) -> list[int]:
    """The lines directly over the headings that hold words: all of them under the sheet's top, else the nearest few.

    The rows of a summary over the list are none: they hold several figures.
    """
    rows: list[int] = []
    for row in range(end - 1, start - 1, -1):
        filled = [cell for cell in sheet.rows[row] if not is_empty(cell)]
        if start > 0 and (len(rows) == CAPTION_LINES or len(filled) > CAPTION_CELLS):
            break
        if filled and not (len(filled) > 2 and sum(parse_number(cell) is not None for cell in filled) >= 2):
            rows.insert(0, row)
    return rows
