"""Whether a bare number in a column of shares is a share (0.35) or percentage points (35): the whole column decides.

0.35 and 1 in one column are 35 % and 100 %; 35 and 1 are 35 % and 1 %. Where a column has both kinds, or nothing but
ones, a person must say.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from domain import fields
from domain.stages import COMPLETED_STAGES
from loaders.blocks import DATA, Block
from loaders.values import ValueReading, parse_number, read_value, text_of
from loaders.vocabulary import find_word, read_word
from loaders.wordings import meanings_of
from loaders.workbook import Cell

POINTS, SHARES, BOTH, ONES, UNSAID = "points", "shares", "both", "ones", "unsaid"
SURE_POINTS = 10  # no plan is exceeded tenfold
MOST_SHARE = 3  # threefold it may be
LEAST_POINTS = Decimal("1.5")


def scale_of(cells: Iterable[Cell]) -> str:
    """How the bare numbers of a column are meant; what carries a % says it itself."""
    numbers = [abs(number) for cell in cells if (number := parse_number(cell))]
    largest = max(numbers, default=Decimal(0))
    has_shares = any(number < 1 for number in numbers)
    if has_shares:
        return SHARES if largest <= MOST_SHARE else BOTH
    if largest > LEAST_POINTS:
        is_sure = largest >= SURE_POINTS or all(number == int(number) for number in numbers)
        return POINTS if is_sure else BOTH
    return ONES if 1 in numbers else UNSAID


def scale_of_column(block: Block, index: int) -> str:
    """The scale of a column of a table; ones of projects that are completed are wholes."""
    scale = scale_of(block.data_cells(index))
    return SHARES if scale == ONES and _are_completed(block, index) else scale


def _are_completed(block: Block, index: int) -> bool:
    """Whether each project with a one is completed, by its own stage or by the table's title or sheet."""
    texts = (*reversed(block.above), block.sheet.name)
    of_table = next((code for text in texts if (code := find_word("stage", text))), None)
    stages = [column.index for column in block.columns if "stage" in meanings_of(column.path)]
    for row in block.rows:
        cells = block.sheet.rows[row.index]
        if row.kind == DATA and parse_number(cells[index]) == 1:
            own = next((code for each in stages if (code := read_word("stage", text_of(cells[each]) or ""))), of_table)
            if own not in COMPLETED_STAGES:
                return False
    return True


def read_rate(field: fields.Field, cell: Cell, unit: str | None, scale: str) -> ValueReading:
    """Read a cell of a column of shares in the column's scale."""
    number = parse_number(cell)
    if not number or scale == UNSAID:
        return read_value(field, cell, unit, None)
    if scale == POINTS:
        return read_value(field, f"{number}%", unit, None)
    if scale == SHARES:
        return read_value(field, cell, None, None)
    if abs(number) < SURE_POINTS:
        details = {
            "heading": field.heading,
            "low": f"{number.normalize():f}%",
            "high": f"{(number * 100).normalize():f}%",
        }
        return ValueReading({field.name: None}, "rate_unclear", details=details)
    return read_value(field, cell, unit, None)
