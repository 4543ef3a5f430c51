"""Tables beside one another on a sheet: each is read as if the others' cells were not there."""

from __future__ import annotations

from dataclasses import replace

from loaders.blocks import narrow
from loaders.headings import CAPTION, NAME_FIELDS
from loaders.values import is_empty
from loaders.vocabulary import fields_of
from loaders.workbook import Cell, Sheet


def split_sheet(sheet: Sheet, filled: list[list[Cell]]) -> list[Sheet]:
    """The sheet once for each of the tables that stand side by side on it; the sheet itself when there are none.

    ``filled`` holds the rows with merged areas filled. All cells keep their place.
    """
    for row, cells in enumerate(filled):
        edges = _edges(cells)
        if edges:
            bounds = [0, *edges, len(cells)]
            return [_mask(sheet, row, left, right - 1) for left, right in zip(bounds, bounds[1:], strict=False)]
    return [sheet]


def _edges(cells: list[Cell]) -> list[int]:
    """The columns at which a further table begins: where the names and another heading are said again."""
    known = {index: set(fields_of(cell)) for index, cell in enumerate(cells) if isinstance(cell, str) and fields_of(cell)}
    named = [index for index, fields in known.items() if fields & NAME_FIELDS]
    edges: list[int] = []
    for before, name in zip(named, named[1:], strict=False):
        left = _left_edge(known, cells, before, name)
        first = set().union(*(known[index] for index in known if (edges[-1] if edges else 0) <= index < left))
        second = [known[index] for index in known if index >= left]
        if sum(1 for fields in second if fields & first) >= 3 and cells[before] != "" and left > before + 1:
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


def _mask(sheet: Sheet, heading: int, left: int, right: int) -> Sheet:
    """The sheet with the cells of other tables emptied; lines over the headings that speak for all stay."""
    rows = [
        list(cells) if number < heading and _speaks_for_all(sheet, number, left, right) else
        [cell if left <= index <= right else None for index, cell in enumerate(cells)]
        for number, cells in enumerate(sheet.rows)
    ]  # fmt: skip
    return replace(
        sheet,
        rows=rows,
        merged=[area for area in sheet.merged if area[1] <= right and area[3] >= left],
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
