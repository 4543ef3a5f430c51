"""A list that lies on its side, projects in columns and fields in rows: turned upright, each cell with its old place."""

from __future__ import annotations

from dataclasses import replace

from domain.findings import finding
from loaders.blocks import DATA, Block
from loaders.headings import KNOWN_HEADINGS
from loaders.tables import find_blocks
from loaders.values import is_empty
from loaders.vocabulary import fields_of
from loaders.workbook import Cell, Sheet, Workbook

MOST_CELLS = 200_000
MIN_PROJECTS = 2  # a card has one


def turned_lists(workbook: Workbook) -> list[Block]:
    """The lists of the sheets that lie on their side; only asked where no sheet has a list that stands upright."""
    return [block for sheet in workbook.sheets for block in _lists_of(sheet)]


def _lists_of(sheet: Sheet) -> list[Block]:
    width = len(sheet.rows[0]) if sheet.rows else 0
    top = _first_heading(sheet, width) if width * len(sheet.rows) <= MOST_CELLS else None
    if top is None:
        return []
    blocks = [block for block in find_blocks(_turned(sheet, top, width)) if _is_list(block)]
    for block in blocks:
        cell = block.sheet.address(block.heading_bottom, block.name_column)
        block.findings.append(finding("list_turned", sheet=sheet.name, cell=cell, value=block.title or sheet.name))
    return blocks


def _first_heading(sheet: Sheet, width: int) -> int | None:
    """The row of the first of at least three known headings, a name's among them, that stand in one column."""
    for column in range(width):
        known = {row: names for row, cells in enumerate(sheet.rows) if (names := _fields(cells[column]))}
        if len(known) >= KNOWN_HEADINGS and any("project_name" in names for names in known.values()):
            return _with_groups(sheet, min(known), column)
    return None


def _with_groups(sheet: Sheet, top: int, column: int) -> int:
    """The first of the rows right over the headings that hold groups of projects, with nothing in the headings' column."""
    while top and is_empty(sheet.rows[top - 1][column]) and sum(not is_empty(cell) for cell in sheet.rows[top - 1]) > 1:
        top -= 1
    return top


def _fields(cell: Cell) -> tuple[str, ...]:
    return fields_of(cell) if isinstance(cell, str) else ()


def _turned(sheet: Sheet, top: int, width: int) -> Sheet:
    """The sheet with its rows from ``top`` on as columns; the lines over them stay as they are."""
    height = len(sheet.rows) - top
    across = max(width, height)
    lines = [[*row, *[None] * (across - width)] for row in sheet.rows[:top]]
    body = [[*(row[column] for row in sheet.rows[top:]), *[None] * (across - height)] for column in range(width)]

    def place(row: int, column: int) -> tuple[int, int]:
        return (row, column) if row < top else (top + column, row - top)

    return replace(
        sheet,
        rows=lines + body,
        merged=[(*place(*area[:2]), *place(*area[2:])) for area in sheet.merged if area[2] < top or area[0] >= top],
        errors={place(*at): text for at, text in sheet.errors.items()},
        uncalculated={place(*at) for at in sheet.uncalculated},
        moved={place(row, column): (row, column) for row in range(top, len(sheet.rows)) for column in range(width)},
        letters={column: str(top + column + 1) for column in range(height)},
    )


def _is_list(block: Block) -> bool:
    """Several projects, and no headings among their values: those would be cards beside one another."""
    rows = [block.sheet.rows[row.index] for row in block.rows if row.kind == DATA]
    headings = sum(1 for cells in rows for cell in cells if not is_empty(cell) and _fields(cell))
    return not block.is_name_suggested and len(rows) >= MIN_PROJECTS and headings < MIN_PROJECTS
