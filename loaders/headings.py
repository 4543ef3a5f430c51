"""Where a table begins: the rows of its headings, merged or not, and which column names the things listed."""

from __future__ import annotations

import re
from datetime import date

from domain.bodies import BODIES
from loaders.blocks import NO_HEADING, Block, Column, narrow
from loaders.values import is_empty, parse_number, text_of
from loaders.vocabulary import fields_of, nearest_heading
from loaders.wordings import meanings_of
from loaders.workbook import Cell, Sheet

MAX_HEADING_ROWS = 4
NAME_FIELDS = ("project_name", "indicator")
KNOWN_HEADINGS = 3  # a row with fewer is no heading row
ROWS_LOOKED_AT = 60
NAME_SHARE = 0.8
UNIT_TEXT = re.compile(r"[(\[【]?(?:单位:)?(?:[亿万千百]*元|%|亩|公顷|平方米|㎡|m2|个)[)\]】]?")
# A line over the headings, as against a heading over several of them.
CAPTION = re.compile(
    r"单位(?:\(.*\))?[::]|截[至止]|填报|制表|审核|(?:日期|时间)[::]|^附[件表]"
    r"|.{6}(?:表|台账|清单|汇总|一览)(?:\(.*\))?$|^20\d\d年度?(?:1[-—~至])?\d{1,2}月(?:份|底|末)?$"
)
COUNT_HEADING = re.compile(r"个数|项目数|数量")
BODY_NAMES = {word for body in BODIES.values() for word in body.words}


def block_at(sheet: Sheet, filled: list[list[Cell]], row: int, first: int) -> Block | None:
    """The table whose name heading stands in this row, or None; its headings do not go up beyond the first row."""
    if has_amount(sheet.rows[row]):
        return None  # no headings: asked first, since it costs least and most rows are of data
    name_column = _name_column(filled[row])
    if name_column is None:
        return _block_without_name(sheet, filled, row, first)
    if _is_card_row(sheet.rows[row]):
        return None  # a card: labels with their values beside them
    top, bottom = _heading_rows(sheet, filled, row, name_column, first)
    columns = heading_columns(filled, top, bottom)
    if sum(1 for column in columns if meanings_of(column.path)) < KNOWN_HEADINGS:
        return None
    name_column = _fullest_name(sheet, columns, bottom, name_column)
    return Block(sheet, top, bottom, columns, name_column, _serial_column(columns))


def _name_column(row: list[Cell]) -> int | None:
    """The first heading of projects' names, else of indicators' (目标任务 may stand beside a project's name)."""
    known = [(index, fields_of(cell)) for index, cell in enumerate(row) if isinstance(cell, str)]
    for name in NAME_FIELDS:
        found = next((index for index, names in known if name in names), None)
        if found is not None:
            return found
    return None


def _is_card_row(cells: list[Cell]) -> bool:
    """Labels and values by turns: 项目名称 | 示例甲 | 建设单位 | 示例企业."""
    known = [isinstance(cell, str) and bool(fields_of(cell)) for cell in cells if not is_empty(cell)]
    return len(known) >= 4 and known == [index % 2 == 0 for index in range(len(known))]


def _block_without_name(sheet: Sheet, filled: list[list[Cell]], row: int, first: int) -> Block | None:
    """A table whose heading of names is empty or unknown to the vocabulary: which column it is, a person confirms.

    Among at least three other known headings there must be just one column that can be it.
    """
    known = {names[0] for cell in filled[row] if isinstance(cell, str) and (names := fields_of(cell))}
    if len(known) < KNOWN_HEADINGS:
        return None
    top, bottom = _heading_rows(sheet, filled, row, None, first)
    columns = heading_columns(filled, top, bottom)
    if any(not set(NAME_FIELDS).isdisjoint(meanings_of(column.path)) or COUNT_HEADING.search(column.leaf) for column in columns):
        return None  # the name stands in a lower row of these headings, or they are those of a summary
    index = _name_by_likeness(columns)
    if index is None:
        index = _name_by_cells(sheet, {column.index for column in columns}, bottom)
    if index is None:
        return None
    if all(column.index != index for column in columns):
        columns = sorted([*columns, Column(index, (NO_HEADING,))], key=lambda column: column.index)
    return Block(sheet, top, bottom, columns, index, _serial_column(columns), is_name_suggested=True)


def _name_by_likeness(columns: list[Column]) -> int | None:
    near = [column.index for column in columns if not meanings_of(column.path) and _is_near_name(column.leaf)]
    return near[0] if len(near) == 1 else None


def _is_near_name(heading: str) -> bool:
    """A heading close to one of names, or one that says 项目名称 among other things (项目名称及规模)."""
    says_name = re.match(r"(?:\w{0,6}项目|工程)名称", narrow(heading)) is not None
    return says_name or (nearest_heading(heading) or ("",))[0] == "project_name"


def _name_by_cells(sheet: Sheet, headed: set[int], bottom: int) -> int | None:
    """The one column without a heading whose cells are different words in nearly every row."""
    below = [row for row in sheet.rows[bottom + 1 : bottom + 1 + ROWS_LOOKED_AT]
             if sum(1 for cell in row if not is_empty(cell)) > KNOWN_HEADINGS]  # fmt: skip
    found = []
    for index in range(len(sheet.rows[bottom])):
        words = [narrow(row[index]) for row in below if _is_words(row[index])]
        is_full = len(below) >= 2 and len(words) >= NAME_SHARE * len(below)
        if index not in headed and is_full and len(set(words)) >= NAME_SHARE * len(words):
            found.append(index)
    return found[0] if len(found) == 1 else None


def _is_words(cell: Cell) -> bool:
    return isinstance(cell, str) and len(narrow(cell)) >= 3 and parse_number(cell) is None


def has_amount(cells: list[Cell]) -> bool:
    """Whether a row holds a number that no heading would be."""
    return any(_is_amount(cell) for cell in cells)


def _is_amount(cell: Cell) -> bool:
    """A number that is no year and no month: those stand in headings."""
    number = parse_number(cell)
    return number is not None and not (number == int(number) and (0 < number <= 12 or 1990 <= number <= 2100))


def _heading_rows(sheet: Sheet, filled: list[list[Cell]], row: int, name: int | None, first: int) -> tuple[int, int]:
    bottom = _heading_bottom(sheet, filled, row, name)
    return _heading_top(sheet, filled, row, name, first), bottom


def _heading_bottom(sheet: Sheet, filled: list[list[Cell]], row: int, name: int | None) -> int:
    """Last heading row: as far as the name heading is merged down, and as long as rows look like headings."""
    last = min(len(filled), row + MAX_HEADING_ROWS) - 1
    bottom = row
    for top, left, end, right in sheet.merged:
        if top == row and name is not None and left <= name <= right and end > top:
            bottom = min(end, last)
    while bottom < last and _is_heading_row(sheet, filled, row, bottom + 1, name):
        bottom += 1
    return bottom


def _is_heading_row(sheet: Sheet, filled: list[list[Cell]], top: int, row: int, name: int | None) -> bool:
    """A further heading row carries no name and no number, and at least two known headings, or only units."""
    cells = sheet.rows[row]
    if name is not None and not is_empty(cells[name]) and not _is_named_below(sheet, top, row, name):
        return False
    places = [index for index, cell in enumerate(cells) if not is_empty(cell)]
    if not places or any(parse_number(cells[index]) is not None or isinstance(cells[index], date) for index in places):
        return False
    if all(UNIT_TEXT.fullmatch(narrow(cells[index])) for index in places):
        return True
    if name is None and any(_is_serial_above(filled, top, index) for index in places):
        return False
    known = sum(1 for column in heading_columns(filled, top, row) if column.index in places and meanings_of(column.path))
    under = sum(1 for index in places if _is_under_wide_heading(sheet, top, row, index))
    return known >= 2 or (len(places) >= 2 and under == len(places))


def _is_named_below(sheet: Sheet, top: int, row: int, name: int) -> bool:
    """项目 merged over 名称 and 内容: the name's own heading stands in the row below."""
    cell = sheet.rows[row][name]
    return isinstance(cell, str) and "project_name" in fields_of(cell) and _is_under_wide_heading(sheet, top, row, name)


def _is_serial_above(filled: list[list[Cell]], top: int, index: int) -> bool:
    cell = filled[top][index]
    return isinstance(cell, str) and "serial_number" in fields_of(cell)


def _is_under_wide_heading(sheet: Sheet, top: int, row: int, index: int) -> bool:
    """Whether a heading merged over several columns stands right over a cell."""
    return any(
        top <= above and below == row - 1 and left < right and left <= index <= right
        for above, left, below, right in sheet.merged
    )


def _heading_top(sheet: Sheet, filled: list[list[Cell]], row: int, name: int | None, first: int) -> int:
    """First heading row: rows above that group the headings below (two or more texts, none over all columns)."""
    top = row
    while top > first and row - top + 1 < MAX_HEADING_ROWS and _is_group_row(sheet, filled, top - 1, name):
        top -= 1
    return top


def _is_group_row(sheet: Sheet, filled: list[list[Cell]], row: int, name: int | None) -> bool:
    """A row of headings over headings; over the name itself only where it is merged over several columns."""
    distinct = {narrow(cell) for cell in filled[row] if not is_empty(cell)}
    if len(distinct) < 2 or any(CAPTION.search(text) or text in BODY_NAMES for text in distinct):
        return False
    if any(parse_number(text) is not None for text in distinct):
        return False
    if name is None or is_empty(filled[row][name]):
        return True
    return any(top == row and left < right for top, left, _, right in sheet.merged)


def heading_columns(filled: list[list[Cell]], top: int, bottom: int) -> list[Column]:
    """The columns that have a heading in the rows from top to bottom, merged areas being filled in."""
    rows = _spread(filled[top : bottom + 1])
    columns = []
    for index in range(len(filled[top])):
        path: list[str] = []
        for row in rows:
            text = _heading_text(row[index])
            if text and text.strip() and (not path or path[-1] != text):
                path.append(text)
        if path:
            columns.append(Column(index, tuple(path)))
    return columns


def _heading_text(cell: Cell) -> str | None:
    """A heading as typed; a year that stands as a number is a year."""
    return f"{cell:.0f}年" if isinstance(cell, float) and 1990 <= cell <= 2100 else text_of(cell)


def _spread(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The heading rows with a heading that was typed over its first column only carried on over the next ones.

    完成投资 stands unmerged over 本月, and the empty cell beside it over 1-8月累计: both are 完成投资.
    """
    spread = [list(row) for row in rows]
    for number, row in enumerate(spread[:-1]):
        below = rows[number + 1 :]
        lower = [next((other[index] for other in below if not is_empty(other[index])), None) for index in range(len(row))]
        for index in range(1, len(row)):
            is_open = is_empty(row[index]) and lower[index] is not None
            is_parted = number > 0 and spread[number - 1][index] != spread[number - 1][index - 1]
            if is_open and not is_parted and lower[index - 1] not in (None, row[index - 1]):
                row[index] = row[index - 1]
    return spread


def _fullest_name(sheet: Sheet, columns: list[Column], bottom: int, fallback: int) -> int:
    """The column of names; of several under one merged heading the one in which most words stand."""
    meant = next((name for name in NAME_FIELDS if any(name in meanings_of(column.path) for column in columns)), "")
    named = [column for column in columns if meant in meanings_of(column.path)]
    if not named:
        return fallback
    same = [column for column in named if column.path == named[0].path]
    below = sheet.rows[bottom + 1 : bottom + 1 + ROWS_LOOKED_AT]
    return max(same, key=lambda column: sum(_is_words(row[column.index]) for row in below)).index


def _serial_column(columns: list[Column]) -> int:
    """The column of serial numbers, else the first."""
    serial = (column.index for column in columns if "serial_number" in meanings_of(column.path))
    return next(serial, columns[0].index)
