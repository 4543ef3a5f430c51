"""The district that a row belongs to: its own column, a cell beside it, the group or the total that it stands under."""

from __future__ import annotations

import re
from itertools import pairwise

from domain.bodies import DISTRICT_CODES, DISTRICTS
from domain.submissions import ColumnReading
from loaders.blocks import DATA, GROUP, TOTAL, Block, TableRow, narrow
from loaders.values import is_empty, text_of
from loaders.vocabulary import read_word
from loaders.wordings import meanings_of

# A line or cell that names a district and nothing else but what is counted: 二、响水片区重点项目（12个）.
LONE_DISTRICT = re.compile(
    rf"(?:\(?[一二三四五六七八九十\d]+\)?[、.]?)?(?P<name>{'|'.join(each.short_name for each in DISTRICTS)})港?"
    r"(?:片区|板块|园区|县|区)?(?:重点|重大|产业|工业|亿元以上|基础设施|配套|在建)*(?:建设)?(?:项目|工程)?"
    r":?(?:小计|合计|汇总)?:?(?:\(?共?计?\d+[个项]\)?)?"
)
CODES = {each.short_name: each.code for each in DISTRICTS}

Said = tuple[str, str, str]  # code, cell, text


def lone_district(text: str) -> str | None:
    """The code of the district that a text names and nothing else."""
    found = LONE_DISTRICT.fullmatch(narrow(text))
    return CODES[found["name"]] if found else None


def districts_of_lines(block: Block) -> dict[int, Said]:
    """Row -> the district said in the lines between the rows and in the cells merged down beside them."""
    totals = [row for row in block.rows if row.kind == TOTAL and lone_district(row.text)]
    first = next((row.index for row in block.rows if row.kind == DATA), -1)
    if totals and totals[0].index > first:
        return {**_by_totals_below(block), **_by_lines(block, GROUP), **_by_side_cells(block)}
    return {**_by_lines(block, GROUP, TOTAL), **_by_side_cells(block)}


def stated_districts(block: Block, columns: list[ColumnReading] | None = None) -> dict[int, str]:
    """Row -> the district that the table says of it, in a column of its own first."""
    found = {row: code for row, (code, _, _) in districts_of_lines(block).items()}
    for number, column in enumerate(block.columns):
        if columns[number].field == "district" if columns else "district" in meanings_of(column.path):
            found.update(_by_column(block, column.index))
    return found


def _by_column(block: Block, index: int) -> dict[int, str]:
    """What a column says of each row; where it names both districts, an empty cell goes with the one above it."""
    rows = [row.index for row in block.rows if row.kind == DATA]
    said = {row: read_word("district", text_of(block.sheet.rows[row][index]) or "") for row in rows}
    for top, left, bottom, right in block.sheet.merged:
        if top > block.heading_bottom and left <= index <= right:
            said |= {row: said.get(top) for row in range(top + 1, bottom + 1) if row in said}
    codes = {row: code for row, code in said.items() if code in DISTRICT_CODES}
    if len(set(codes.values())) > 1:
        for before, row in pairwise(rows):
            if row not in codes and before in codes and is_empty(block.sheet.rows[row][index]):
                codes[row] = codes[before]
    return {row: code for row, code in codes.items() if code}


def _by_lines(block: Block, *kinds: str) -> dict[int, Said]:
    """The innermost line over a row that names a district; another line of its level ends it."""
    found: dict[int, Said] = {}
    said: tuple[TableRow, Said] | None = None
    for row in block.rows:
        code = lone_district(row.text) if row.kind in kinds else None
        if code:
            said = (row, (code, *block.first_cell(row.index)))
        elif said and row.kind == GROUP and row.depth <= said[0].depth and said[0].kind == GROUP:
            said = None
        elif said and row.kind == DATA:
            found[row.index] = said[1]
    return found


def _by_totals_below(block: Block) -> dict[int, Said]:
    """A total that names a district speaks of the rows over it, up to the total before."""
    found: dict[int, Said] = {}
    waiting: list[int] = []
    for row in block.rows:
        if row.kind == DATA:
            waiting.append(row.index)
        elif row.kind == TOTAL:
            code = lone_district(row.text)
            said = (code, *block.first_cell(row.index)) if code else None
            found.update(dict.fromkeys(waiting, said) if said else {})
            waiting = []
    return found


def _by_side_cells(block: Block) -> dict[int, Said]:
    found: dict[int, Said] = {}
    for top, bottom, column in block.side_areas():
        cell = text_of(block.sheet.rows[top][column]) or ""
        code = lone_district(cell)
        if code:
            found.update(dict.fromkeys(range(top, bottom + 1), (code, block.sheet.address(top, column), cell)))
    return found
