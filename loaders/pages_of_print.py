"""Headings said again on the next printed page: no further table, but the rows of the one before go on."""

from __future__ import annotations

import re

from loaders.blocks import Block, narrow
from loaders.values import is_empty, parse_number

CARRIED = r"[承接]上?前?页|[过转][次下]页"
PAGE_TEXT = re.compile(
    rf"[-—(]?第?\d+页?[-—)]?(?:[,/]?共\d+页)?|共\d+页|\(?续上?表?\d*\)?|{CARRIED}|(?:金额|计量)?单位:.{{0,6}}"
)
PAGE_TOTAL = re.compile(rf"本页(?:小计|合计)|{CARRIED}")
LINES_BETWEEN = 6


def repeated_rows(block: Block, following: Block) -> set[int]:
    """The rows that only say again what stands over a table: its headings, and the lines over them; none for another table.

    The serial numbers go on, or the sheet's title stands there again.
    """
    if [column.path for column in block.columns] != [column.path for column in following.columns]:
        return set()
    known = {text for row in range(block.heading_top) if (text := _line(block, row))}
    lines: set[int] = set()
    row = following.heading_top - 1
    while row > block.heading_bottom and len(lines) < LINES_BETWEEN:
        text = _line(block, row)
        if text is None or (text and text not in known and not PAGE_TEXT.fullmatch(text)):
            break
        lines.add(row)
        row -= 1
    has_title = any(_line(block, each) in known for each in lines)
    headings = set(range(following.heading_top, following.heading_bottom + 1))
    return lines | headings if has_title or _goes_on(block, row, following.heading_bottom + 1) else set()


def _line(block: Block, row: int) -> str | None:
    """The text of a row that holds one at most; None for a row of several cells."""
    filled = [cell for cell in block.sheet.rows[row] if not is_empty(cell)]
    return None if len(filled) > 1 else narrow(filled[0]) if filled else ""


def _goes_on(block: Block, last: int, first: int) -> bool:
    """Whether the first serial number under the headings follows the last one over them."""
    rows = block.sheet.rows
    while last > block.heading_bottom and any(
        isinstance(cell, str) and PAGE_TOTAL.match(narrow(cell)) for cell in rows[last]
    ):
        last -= 1
    below = [row[block.serial_column] for row in rows[first : first + 2]]
    before = parse_number(rows[last][block.serial_column])
    after = next((number for cell in below if (number := parse_number(cell)) is not None), None)
    return before is not None and after is not None and after - before == 1
