"""Tables beside one another on a sheet: each is read as if the others' cells were not there."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from loaders.blocks import narrow
from loaders.headings import CAPTION, KNOWN_HEADINGS, NAME_FIELDS, has_amount
from loaders.values import is_empty
from loaders.vocabulary import fields_of
from loaders.workbook import Cell, Sheet

MIN_REPEATED = 2  # the name and one more heading, as a rule the serial number
PART_NAME = re.compile(r"子|单体|单项")  # the parts of a project in the same row are no table beside it


def split_sheet(sheet: Sheet, filled: list[list[Cell]]) -> list[Sheet]:
    """The sheet once for each of the tables that stand side by side on it; the sheet itself when there are none.

    ``filled`` holds the rows with merged areas filled. All cells keep their place. What stands under such tables over
    their whole width is a part of its own.
    """
    for row, cells in enumerate(filled):
        edges = _edges(cells)
        if edges:
            bounds = [0, *edges, len(cells)]
            end = _next_wide_row(filled, row + 1, edges)
            parts = [_mask(sheet, row, left, right - 1, end) for left, right in pairwise(bounds)]
            return [*parts, *([_from_row(sheet, end)] if end < len(filled) else [])]
    return [sheet]


def _next_wide_row(filled: list[list[Cell]], start: int, edges: list[int]) -> int:
    """The row where a table over the whole width begins, its title included: names once, known headings in every part."""
    for row in range(start, len(filled)):
        known = [index for index, cell in enumerate(filled[row]) if isinstance(cell, str) and fields_of(cell)]
        named = [index for index in known if not set(NAME_FIELDS).isdisjoint(fields_of(str(filled[row][index])))]
        if len(named) == 1 and len(known) >= KNOWN_HEADINGS and named[0] < edges[0] <= known[-1]:
            while row > start and sum(not is_empty(cell) for cell in filled[row - 1]) == 1:
                row -= 1
            return row
    return len(filled)


def _from_row(sheet: Sheet, start: int) -> Sheet:
    """The sheet with all above a row emptied but its first lines, which say unit and month for all."""
    rows = [list(cells) if number >= start or _is_line(cells) else [None] * len(cells) for number, cells in enumerate(sheet.rows)]
    return replace(sheet, rows=rows, merged=[area for area in sheet.merged if area[0] >= start])


def _is_line(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if not is_empty(cell)]
    return len(filled) == 1 and CAPTION.search(narrow(filled[0])) is not None


def _edges(cells: list[Cell]) -> list[int]:
    """The columns at which a further table begins: where the names and another heading are said again."""
    if has_amount(cells):
        return []
    known = {index: set(fields_of(cell)) for index, cell in enumerate(cells) if isinstance(cell, str) and fields_of(cell)}
    named = [index for index, fields in known.items() if not fields.isdisjoint(NAME_FIELDS)]
    edges: list[int] = []
    for before, name in pairwise(named):
        left = _left_edge(known, cells, before, name)
        first = set().union(*(known[index] for index in known if (edges[-1] if edges else 0) <= index < left))
        second = [known[index] for index in known if index >= left]
        is_again = sum(1 for fields in second if fields & first) >= MIN_REPEATED and len(second) >= KNOWN_HEADINGS
        if is_again and left > before + 1 and not PART_NAME.search(narrow(cells[name])):
            edges.append(left)
    return edges


def _left_edge(known: dict[int, set[str]], cells: list[Cell], before: int, name: int) -> int:
    """Where the table of a name begins: its serial number, else the first column after the last empty one."""
    serial = [index for index in known if before < index < name and "serial_number" in known[index]]
    if serial:
        return serial[-1]
    left = name
    while left - 1 > before and not is_empty(cells[left - 1]):
        left -= 1
    return left if left - 1 > before else name


def _mask(sheet: Sheet, heading: int, left: int, right: int, end: int) -> Sheet:
    """The sheet with the cells of other tables emptied; lines over the headings that speak for all stay."""
    rows = [
        list(cells) if number < heading and _speaks_for_all(sheet, number, left, right) else
        [cell if left <= index <= right else None for index, cell in enumerate(cells)]
        for number, cells in enumerate(sheet.rows[:end])
    ]  # fmt: skip
    return replace(
        sheet,
        rows=rows,
        merged=[area for area in sheet.merged if area[1] <= right and area[3] >= left and area[0] < end],
        errors={place: text for place, text in sheet.errors.items() if left <= place[1] <= right},
        uncalculated={place for place in sheet.uncalculated if left <= place[1] <= right},
    )


def _speaks_for_all(sheet: Sheet, row: int, left: int, right: int) -> bool:
    """The sheet's first line, a line merged across tables, a line of unit or date that stands once."""
    filled = [index for index, cell in enumerate(sheet.rows[row]) if not is_empty(cell)]
    if not filled or len(filled) > 1:
        return False
    is_first = not any(not is_empty(cell) for above in sheet.rows[:row] for cell in above)
    is_across = any(top == row and (a < left <= b or a <= right < b) for top, a, _, b in sheet.merged)
    return is_first or is_across or bool(CAPTION.search(narrow(sheet.rows[row][filled[0]])))
