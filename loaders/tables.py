"""Find the tables of a sheet: heading rows with merged cells, the columns under them, and what each row is.

Nothing depends on a sheet's name, a row's number or the order of columns. A table starts at a row that holds a
heading for the name of things listed and at least two other known headings.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from loaders.values import is_empty, parse_number, text_of
from loaders.vocabulary import fields_of
from loaders.workbook import Cell, Sheet

MAX_HEADING_ROWS = 4
NAME_FIELDS = {"project_name", "indicator"}
DATA, GROUP, TOTAL, NOTE, BLANK = "data", "group", "total", "note", "blank"
NAMELESS, CONTINUED = "nameless", "continued"  # figures without a name; further lines of the project above
TOTAL_TEXT = re.compile(r"^.{0,8}?(合计|总计|小计|累计|总数)(?=$|[(:\d共])")
GROUP_TEXT = re.compile(
    r"^([一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\(?\d+\)?[、.)](?=.*\d+[个项]\)?$)|其中:)"
)
GROUP_SERIAL = re.compile(r"^(?:[一二三四五六七八九十]+|\([一二三四五六七八九十]+\))$")
NOTE_TEXT = re.compile(r"^(注(?=[:\d]|$)|备注|说明|填表|填报|制表|审核|审批|单位负责人|联系|附注|※|\*|报送)")
COUNT_IN_TEXT = re.compile(r"(\d+)\s*[个项](?!月)")


@dataclass(slots=True)
class Column:
    """One column of a table: its index on the sheet and the headings above it, outermost first, as typed."""

    index: int
    path: tuple[str, ...]

    @property
    def leaf(self) -> str:
        return self.path[-1]

    @property
    def heading(self) -> str:
        return "/".join(re.sub(r"\s+", "", text) for text in self.path)


@dataclass(slots=True)
class TableRow:
    """One row below the headings: what it is, its first text, and for a group its depth and stated count."""

    index: int
    kind: str
    text: str = ""
    depth: int = 0
    stated_count: int | None = None


@dataclass(slots=True)
class Block:
    """One table of a sheet. Indexes are zero-based rows and columns of the sheet."""

    sheet: Sheet
    heading_top: int
    heading_bottom: int
    columns: list[Column]
    name_column: int
    rows: list[TableRow] = field(default_factory=list)
    above_rows: list[int] = field(default_factory=list)  # the lines over the headings
    below: list[str] = field(default_factory=list)  # foot notes and signatures

    @property
    def above(self) -> list[str]:
        """The texts of the lines over the headings, top down."""
        return [_line(self.sheet.rows[row]) for row in self.above_rows]

    @property
    def title(self) -> str:
        return self.above[0] if self.above_rows else ""

    def data_cells(self, column: int) -> list[Cell]:
        """What stands in one column in the rows of projects."""
        return [self.sheet.rows[row.index][column] for row in self.rows if row.kind == DATA]


def narrow(cell: Cell) -> str:
    """A cell's text without any spaces and in one width, for comparison."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text_of(cell) or ""))


def cell_address(row: int, column: int) -> str:
    """Zero-based row and column to ``F23``."""
    return f"{column_letter(column)}{row + 1}"


def column_letter(column: int) -> str:
    """A column's letters in a sheet, counted from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_blocks(sheet: Sheet) -> list[Block]:
    """All tables of a sheet from top to bottom."""
    filled = _fill_merged(sheet)
    blocks: list[Block] = []
    row = 0
    while row < len(filled):
        block = _block_at(sheet, filled, row, blocks[-1].heading_bottom + 1 if blocks else 0)
        if block is None:
            row += 1
            continue
        blocks.append(block)
        row = block.heading_bottom + 1
    _assign_rows(sheet, blocks)
    return blocks


def _fill_merged(sheet: Sheet) -> list[list[Cell]]:
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


def _block_at(sheet: Sheet, filled: list[list[Cell]], row: int, first: int) -> Block | None:
    """The table whose name heading stands in this row, or None; its headings do not go up beyond the first row."""
    name_column = _name_column(filled[row])
    if name_column is None:
        return None
    bottom = _heading_bottom(sheet, filled, row, name_column)
    top = _heading_top(filled, row, name_column, first)
    columns = _columns(filled, top, bottom)
    known = sum(1 for column in columns if any(fields_of(text) for text in column.path))
    if known < 3:
        return None
    return Block(sheet, top, bottom, columns, name_column)


def _name_column(row: list[Cell]) -> int | None:
    for index, cell in enumerate(row):
        if isinstance(cell, str) and NAME_FIELDS & set(fields_of(cell)):
            return index
    return None


def _heading_bottom(sheet: Sheet, filled: list[list[Cell]], row: int, name_column: int) -> int:
    """Last heading row: as far as the name heading is merged down, else as long as rows look like headings."""
    for top, left, bottom, right in sheet.merged:
        if top == row and left <= name_column <= right and bottom > top:
            return min(bottom, row + MAX_HEADING_ROWS - 1, len(filled) - 1)
    bottom = row
    last = min(len(filled), row + MAX_HEADING_ROWS) - 1
    while bottom < last and _is_heading_row(sheet, bottom + 1, name_column):
        bottom += 1
    return bottom


def _is_heading_row(sheet: Sheet, row: int, name_column: int) -> bool:
    """A further heading row carries no name, no number, and at least two known headings."""
    if not is_empty(sheet.rows[row][name_column]):
        return False
    texts = [cell for cell in sheet.rows[row] if not is_empty(cell)]
    if any(parse_number(cell) is not None for cell in texts):
        return False
    return sum(1 for text in texts if isinstance(text, str) and fields_of(text)) >= 2


def _heading_top(filled: list[list[Cell]], row: int, name_column: int, first: int) -> int:
    """First heading row: rows above that group the headings below (two or more texts, none over all columns)."""
    top = row
    while top > first and row - top + 1 < MAX_HEADING_ROWS:
        above = [narrow(cell) for cell in filled[top - 1] if not is_empty(cell)]
        distinct = set(above)
        is_caption = any(re.search(r"单位[::]|截[至止]|填报|日期", text) for text in distinct)
        has_number = any(parse_number(text) is not None for text in distinct)
        if len(distinct) < 2 or is_caption or has_number or not is_empty(filled[top - 1][name_column]):
            break
        top -= 1
    return top


def _columns(filled: list[list[Cell]], top: int, bottom: int) -> list[Column]:
    columns = []
    for index in range(len(filled[top])):
        path: list[str] = []
        for row in range(top, bottom + 1):
            text = text_of(filled[row][index])
            if text and text.strip() and (not path or path[-1] != text):
                path.append(text)
        if path:
            columns.append(Column(index, tuple(path)))
    return columns


def _assign_rows(sheet: Sheet, blocks: list[Block]) -> None:
    """Give each table the lines over it and the rows under it; a group's line right over the next table is its title."""
    start = 0
    for block, following in zip_longest(blocks, blocks[1:]):
        block.above_rows = _caption_rows(sheet, start, block.heading_top)
        end = following.heading_top if following else len(sheet.rows)
        rows = [_classify(block, index) for index in range(block.heading_bottom + 1, end)]
        _mend_groups(block, rows)
        start = max((row.index + 1 for row in rows if row.kind not in (GROUP, NOTE, BLANK)), default=block.heading_bottom + 1)
        titles = _caption_rows(sheet, start, end) if following else []
        block.rows = [row for row in rows if row.kind not in (NOTE, BLANK) and row.index not in titles]
        block.below = [row.text for row in rows if row.kind == NOTE]


def _caption_rows(sheet: Sheet, start: int, end: int) -> list[int]:
    """The lines directly over the headings that hold words: all of them under the sheet's top, else the nearest few."""
    rows: list[int] = []
    for row in range(end - 1, start - 1, -1):
        filled = sum(1 for cell in sheet.rows[row] if not is_empty(cell))
        if start > 0 and (len(rows) == 3 or filled > 3):
            break
        if filled:
            rows.insert(0, row)
    return rows


def _line(cells: list[Cell]) -> str:
    return "    ".join(text_of(cell) or "" for cell in cells if not is_empty(cell))


def _mend_groups(block: Block, rows: list[TableRow]) -> None:
    """A line of words between projects is a group without a number; Chinese serials beside Arabic ones are groups."""
    last_data = max((number for number, row in enumerate(rows) if row.kind == DATA), default=-1)
    serial_column = block.columns[0].index
    serials = {narrow(block.sheet.rows[row.index][serial_column]) for row in rows if row.kind == DATA}
    has_arabic = any(serial.isdigit() for serial in serials)
    for number, row in enumerate(rows):
        first = narrow(block.sheet.rows[row.index][serial_column])
        is_line = row.kind == NOTE and number < last_data and not NOTE_TEXT.match(narrow(row.text))
        is_numbered = row.kind == DATA and has_arabic and bool(GROUP_SERIAL.match(first))
        if is_line or is_numbered:
            row.kind, row.depth, row.stated_count = GROUP, _depth(first), _stated_count(row.text)


def _classify(block: Block, index: int) -> TableRow:
    """Tell what a row below the headings is, from its words and from which cells are filled."""
    cells = block.sheet.rows[index]
    filled = [column for column, cell in enumerate(cells) if not is_empty(cell)]
    if not filled or _is_number_row(cells, filled):
        return TableRow(index, BLANK)
    text = narrow(cells[filled[0]])
    name = "" if is_empty(cells[block.name_column]) else narrow(cells[block.name_column])
    for words in (name, text):
        if TOTAL_TEXT.match(words):
            return TableRow(index, TOTAL, words, stated_count=_stated_count(text + name))
    if GROUP_TEXT.match(text) and (not name or filled[0] == block.name_column):
        return TableRow(index, GROUP, text, _depth(text), _stated_count(text))
    if GROUP_SERIAL.match(text) and name and (len(filled) <= 3 or _stated_count(name) is not None):
        return TableRow(index, GROUP, name, _depth(text), _stated_count(name))
    if _is_note(filled, text, is_beside_name=bool(name) and filled[0] != block.name_column):
        return TableRow(index, NOTE, text_of(cells[filled[0]]) or "")
    if name and len(filled) > 1:
        return TableRow(index, DATA, name)
    if not name and _name_is_merged_from_above(block, index):
        return TableRow(index, CONTINUED, text)
    return _leftover(cells, filled, index, text)


def _is_note(filled: list[int], text: str, *, is_beside_name: bool) -> bool:
    """A foot note or signature: its words with a colon, or in few cells and without a name beside them.

    A * with anything beside it marks a key project.
    """
    if not NOTE_TEXT.match(text):
        return False
    if text.startswith("*"):
        return len(filled) == 1
    return ":" in text or (len(filled) <= 3 and not is_beside_name)


def _is_number_row(cells: list[Cell], filled: list[int]) -> bool:
    """An index row under the headings: 1 2 3 4 ... without a break."""
    numbers = [parse_number(cells[column]) for column in filled]
    pairs = pairwise(numbers)
    return len(numbers) >= 4 and all(a is not None and b is not None and b - a == 1 for a, b in pairs)


def _name_is_merged_from_above(block: Block, index: int) -> bool:
    return any(
        top < index <= bottom and left <= block.name_column <= right and top > block.heading_bottom
        for top, left, bottom, right in block.sheet.merged
    )


def _leftover(cells: list[Cell], filled: list[int], index: int, text: str) -> TableRow:
    """A row that is nothing of the above: figures without a name, a serial prepared for a project, a line of words."""
    has_serial = parse_number(cells[filled[0]]) is not None
    if has_serial and len(filled) == 1:
        return TableRow(index, BLANK)
    if (has_serial or len(filled) > 2) and any(parse_number(cells[column]) is not None for column in filled[1:]):
        return TableRow(index, NAMELESS, text)
    return TableRow(index, NOTE, text)


def _depth(text: str) -> int:
    return 1 if text.startswith("(") else 2 if text[:1].isdigit() else 0


def _stated_count(text: str) -> int | None:
    stated = COUNT_IN_TEXT.search(text)
    return int(stated[1]) if stated else None
