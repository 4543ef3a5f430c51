"""What each row under the headings is: a project, a group, a total, a note, or nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.blocks import BLANK, CONTINUED, DATA, GROUP, NAMELESS, NOTE, TOTAL, Block, TableRow, narrow
from loaders.pages_of_print import CARRIED
from loaders.permit_columns import step_of, tall_column
from loaders.values import is_empty, parse_number, text_of
from loaders.vocabulary import find_word
from loaders.workbook import Cell

TOTAL_TEXT = re.compile(r"^.{0,15}?(合计|总计|共计|小计|累计|总数|总和|汇总数?)(?=$|[(:\d共])")
GROUP_TEXT = re.compile(
    r"^([一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\(?\d+\)?[、.)](?=.*\d+[个项]\)?$)|其中:)"
)
CLASS_TEXT = re.compile(r"^其中:")  # with figures it counts a class of the projects (其中：10亿元以上), wherever those stand
# A line reckoned from the others, which is no project and no total either: 平均, 上年同期数, 比上月增减(%).
RECKONED_TEXT = re.compile(
    r"(?:平均|均值|上月|上年|上期|去年|同期|上年同期|去年同期|同比|环比|[比较](?:上月|上期|上年|去年|同期|年初|计划|目标)(?:同期)?"
    rf"|{CARRIED}|增减|增长|增幅|降幅|差额|占比|比重|完成率|完成比例|完成进度|序时进度)"
    r"(?:累计|合计|完成)?(?:增长|增减|增加|增幅|减少|±|占比)?(?:值|数|额|率|幅度|情况)?(?:\(?[%±]\)?)?:?"
)
# Beside a lone 其中 a name like 省重点 or 10亿元以上项目 counts a class of the projects; any other name is a project.
CLASS_SERIAL = re.compile(r"其中:?")
CLASS_NAME = re.compile(
    r"(?:列入?)?(?:国家|省|市|县|区)?级?(?:重点|重大|示范|\d*亿元?以[上下]|超?\d+亿元?|新开工|新建|续建|在建|开工|竣工|签约|投产|达产|前期"
    r"|工业|农业|服务业|制造业|基础设施|产业|民生|外资|内资|民资|国企|传统|新兴)*类?(?:项目|工程)?(?:\(?共?\d+[个项]\)?)?"
)
GROUP_SERIAL = re.compile(r"^(?:[一二三四五六七八九十]+[、.]?|\([一二三四五六七八九十]+\))$")
NOTE_TEXT = re.compile(r"^(注(?=[:\d]|$)|备注|说明|填表|填报|制表|审核|审批|单位负责人|分管|联系|附注|※|\*|报送)")
BARE_NOTE = re.compile(r"(?:备注|说明|附注|注|填表说明|填报说明):?")  # alone in its row: the lines under it are numbered
NOTE_CELLS = 2
COUNT_IN_TEXT = re.compile(r"(\d+)\s*[个项](?!月)")
COUNT_AT_END = re.compile(r"\(?共?\d+[个项]\)?$")
GROUP_END = re.compile(r"(?:项目|工程|类|产业|片区|板块|园区|区|县|镇)$")
# A row under the headings that numbers the columns: 1 2 3, 甲 乙 丙, (1) (2), A B C, 5=3/4.
INDEX_MARK = re.compile(
    r"\(?(?P<number>\d{1,2})\)?(?:=[\d()+\-×*/÷%]+)?|[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]{1,2}|栏次|行次"
)
INDEX_STARTS = ("1", "(1)", "甲", "A", "a", "栏次", "行次")
INDEX_ROWS = 2  # how far under the headings such a row may stand
UNNUMBERED_DEPTH = 3  # a line of words stands under the numbered groups


def rows_of(block: Block, end: int) -> list[TableRow]:
    """The rows of a table up to a row of the sheet, each told what it is; headings said again are none."""
    below = range(block.heading_bottom + 1, end)
    rows = [_classify(block, index) for index in below if index not in block.repeats]
    _take_steps(block, rows)
    _mend_groups(block, rows)
    _mend_notes(block, rows)
    return rows


def _take_steps(block: Block, rows: list[TableRow]) -> None:
    """In a ledger with a row for each step (手续名称) a row that names a step is one, though the project's name is merged or left out."""
    index = tall_column(block)
    if index is None:
        return
    for row in rows:
        cell = block.sheet.rows[row.index][index]
        is_said = row.kind in (GROUP, NOTE, NAMELESS, CONTINUED) and not is_empty(cell)
        if is_said or (row.kind == BLANK and step_of(text_of(cell) or "")):
            row.kind = DATA


def _classify(block: Block, index: int) -> TableRow:
    """Tell what a row below the headings is, from its words and from which cells are filled."""
    cells = block.sheet.rows[index]
    filled = [column for column, cell in enumerate(cells) if not is_empty(cell)]
    if not filled or _is_number_row(cells, filled) or _is_index_row(block, index, cells, filled):
        return TableRow(index, BLANK)
    text = narrow(cells[filled[0]])
    name = "" if is_empty(cells[block.name_column]) else narrow(cells[block.name_column])
    for words in (name, text, text + name if len(name) == 1 else ""):  # 总 and 计 may stand in a cell each
        if TOTAL_TEXT.match(words):
            return TableRow(index, TOTAL, words, stated_count=_stated_count(text + name))
    if RECKONED_TEXT.fullmatch(name or text) or (CLASS_SERIAL.fullmatch(text) and CLASS_NAME.fullmatch(name)):
        return TableRow(index, BLANK)
    if CLASS_TEXT.match(text) and len(filled) > 1 and any(parse_number(cells[column]) is not None for column in filled[1:]):
        return TableRow(index, BLANK)
    if GROUP_TEXT.match(text) and (not name or filled[0] == block.name_column):
        return TableRow(index, GROUP, text, _depth(text), _count_of_row(cells, filled))
    if GROUP_SERIAL.match(text) and name and (len(filled) <= 3 or _stated_count(name) is not None):
        return TableRow(index, GROUP, name, _depth(text), _count_of_row(cells, filled))
    if _is_note(filled, text, is_beside_name=bool(name) and filled[0] != block.name_column):
        return TableRow(index, NOTE, text_of(cells[filled[0]]) or "")
    if _is_group_without_number(block, index, filled, text):
        return TableRow(index, GROUP, text, UNNUMBERED_DEPTH, _count_of_row(cells, filled))
    if name and len(filled) > 1:
        return TableRow(index, DATA, name)
    if not name and _name_is_merged_from_above(block, index):
        return TableRow(index, CONTINUED, text)
    return _leftover(cells, filled, index)


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
    """An index row: 1 2 3 4 ... without a break."""
    numbers = [parse_number(cells[column]) for column in filled]
    pairs = pairwise(numbers)
    return len(numbers) >= 4 and all(a is not None and b is not None and b - a == 1 for a, b in pairs)


def _is_index_row(block: Block, index: int, cells: list[Cell], filled: list[int]) -> bool:
    """An index row right under the headings whose marks are letters, 甲乙丙, numbers in brackets or formulas."""
    if index > block.heading_bottom + INDEX_ROWS or len(filled) < 3 or block.name_column not in filled:
        return False
    marks = [narrow(cells[column]) for column in filled]
    found = [INDEX_MARK.fullmatch(mark) for mark in marks]
    numbers = [int(mark["number"]) for mark in found if mark and mark["number"]]
    in_order = all(b - a == 1 for a, b in pairwise(numbers))
    return all(found) and marks[0] in INDEX_STARTS and in_order and len(set(marks)) == len(marks)


def _is_group_without_number(block: Block, index: int, filled: list[int], text: str) -> bool:
    """A group's line with amounts of its own and no number in front: 续建项目（3个） with its sums beside.

    It is merged over serial number and name, or stands without a serial number and says a count or a known word.
    """
    if len(filled) < 2 or parse_number(text) is not None or filled[0] > block.name_column:
        return False
    is_merged = any(
        top == index and left == filled[0] and left < block.name_column <= right
        for top, left, _, right in block.sheet.merged
    )
    bare = COUNT_AT_END.sub("", text)
    says_group = bool(GROUP_END.search(bare)) and (
        bare != text or any(find_word(name, bare) for name in ("stage", "category"))
    )
    is_alone = filled[0] == block.name_column != block.serial_column or (
        filled[0] == block.serial_column and block.name_column not in filled
    )
    return is_merged or (is_alone and says_group and len(bare) <= 12)


def _name_is_merged_from_above(block: Block, index: int) -> bool:
    return any(
        top < index <= bottom and left <= block.name_column <= right and top > block.heading_bottom
        for top, left, bottom, right in block.sheet.merged
    )


def _leftover(cells: list[Cell], filled: list[int], index: int) -> TableRow:
    """A row that is nothing of the above: figures without a name, a serial prepared for a project, a line of words."""
    text = narrow(cells[filled[0]])
    has_serial = parse_number(cells[filled[0]]) is not None
    if has_serial and len(filled) == 1:
        return TableRow(index, BLANK)
    if (has_serial or len(filled) > 2) and any(parse_number(cells[column]) is not None for column in filled[1:]):
        return TableRow(index, NAMELESS, text)
    return TableRow(index, NOTE, text)


def _mend_groups(block: Block, rows: list[TableRow]) -> None:
    """A line of words between projects is a group without a number; Chinese serials beside Arabic ones are groups.

    Words that stand right of the names only belong to the project above.
    """
    last_data = max((number for number, row in enumerate(rows) if row.kind == DATA), default=-1)
    serial = {row.index: narrow(block.sheet.rows[row.index][block.serial_column]) for row in rows}
    has_arabic = any(serial[row.index].isdigit() for row in rows if row.kind == DATA)
    is_numbered = any(row.kind == GROUP and row.depth < UNNUMBERED_DEPTH for row in rows)
    for number, row in enumerate(rows):
        if row.kind == NOTE and number < last_data and not NOTE_TEXT.match(narrow(row.text)):
            row.kind = GROUP if _first_filled(block, row) <= block.name_column else CONTINUED
            row.stated_count = _stated_count(row.text)
            row.depth = UNNUMBERED_DEPTH if is_numbered else 0
        elif row.kind == DATA and has_arabic and GROUP_SERIAL.match(serial[row.index]):
            row.kind, row.depth, row.stated_count = GROUP, _depth(serial[row.index]), _stated_count(row.text)


def _mend_notes(block: Block, rows: list[TableRow]) -> None:
    """Under the last project, what follows a note is its further lines: 填表说明 goes on with 一、 and 二、, or 1 and 2."""
    filled = {row.index: sum(not is_empty(cell) for cell in block.sheet.rows[row.index]) for row in rows}
    is_bare = [number for number, row in enumerate(rows) if row.kind == NOTE and BARE_NOTE.fullmatch(narrow(row.text))]
    for number in is_bare:
        if all(filled[row.index] <= NOTE_CELLS for row in rows[number:]):
            for row in rows[number:]:
                row.kind = BLANK if row.kind == BLANK else NOTE
    last = max((number for number, row in enumerate(rows) if row.kind in (DATA, TOTAL, NAMELESS)), default=-1)
    has_note = False
    for row in rows[last + 1 :]:
        has_note = has_note or row.kind == NOTE
        if has_note and row.kind == GROUP:
            row.kind = NOTE


def _first_filled(block: Block, row: TableRow) -> int:
    cells = block.sheet.rows[row.index]
    return next(column for column, cell in enumerate(cells) if not is_empty(cell))


def _depth(text: str) -> int:
    return 1 if text.startswith("(") else 2 if text[:1].isdigit() else 0


def _count_of_row(cells: list[Cell], filled: list[int]) -> int | None:
    """The count that a group states, in its words or in a cell of its own beside them (12个)."""
    texts = [narrow(cells[column]) for column in filled if isinstance(cells[column], str)]
    return next((count for count in map(_stated_count, texts[:3]) if count is not None), None)


def _stated_count(text: str) -> int | None:
    stated = COUNT_IN_TEXT.search(text)
    return int(stated[1]) if stated else None
