"""Plan and actual of a project in two rows: laid out as one, the actual's row, with the plan's figures beside it.

Such a table has a column that says 计划 and 实际 by turns. What the project is stands in either row. A figure of the plan's
row is read where it means a planned field (开工时间: 计划开工时间); the other figures of plans are told and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.fields import AREA, MONEY, NUMBER, find_field
from domain.findings import Finding, finding
from loaders.blocks import Block, Column, narrow
from loaders.months import YEARLY
from loaders.relaid import Relaid
from loaders.values import is_empty, parse_number
from loaders.vocabulary import fields_of
from loaders.wordings import meanings_of
from loaders.workbook import Cell, Sheet

SCOPE = r"(?:年度|全年|本年|当年|今年|本月|当月|月度?|累计|投资)?"
WHAT = r"(?:数|值|量|额|投资|进度|时间|节点|情况)?"
PLAN_LABEL = re.compile(rf"{SCOPE}(?:计划|目标|任务){WHAT}")
ACTUAL_LABEL = re.compile(rf"{SCOPE}(?:实际|实际完成|已?完成|实绩){WHAT}")
OTHER_LABEL = re.compile(rf"{SCOPE}(?:完成率|完成比例|比例|占比|差额|差距|增减|偏差|%)")
PLAN, ACTUAL, OTHER = "plan", "actual", "other"
LABELS = ((PLAN, PLAN_LABEL), (ACTUAL, ACTUAL_LABEL), (OTHER, OTHER_LABEL))

PLANNED = YEARLY | {"planned_start_date", "planned_completion_date"}
DONE = {"investment_month_wan", "investment_ytd_wan", "investment_cum_wan", "investment_share_rate", "start_date",
        "completion_date", "production_date", "capacity_date", "progress_text", "progress_rate"}  # fmt: skip
DIFFERING = (MONEY, AREA, NUMBER)  # what a project is: two amounts of one project are a question
MOST_ROWS = 4
ROWS_LOOKED_AT = 40
TWOFOLD = ("计划", "实际")
YEAR_WORD, PART_OF_YEAR = re.compile(r"年"), re.compile(r"[月季旬]|累计|至今")


@dataclass(slots=True)
class Pair:
    """The rows of one project, what each is, and the names that stand in them."""

    rows: dict[int, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        kinds = [kind for kind in self.rows.values() if kind != OTHER]
        return sorted(kinds) == [ACTUAL, PLAN] and len(self.names) == 1

    def row_of(self, kind: str) -> int:
        return next(row for row, each in self.rows.items() if each == kind)


def join_plans(block: Block, end: int) -> None:
    """Lay a table of plan and actual rows out anew, each project in one row; another table is left as it is."""
    for label in range(len(block.sheet.rows[block.heading_bottom])):
        pairs = _pairs(block, label, end)
        if not any(len(pair.rows) > 1 for pair in pairs):
            continue
        if all(pair.is_whole for pair in pairs):
            _join(block, label, pairs)
        else:
            block.findings.append(_unclear(block, label, pairs))
        return


def _pairs(block: Block, label: int, end: int) -> list[Pair]:
    """The rows by project as a column of labels parts them; none where it holds other words or says no plan."""
    first = block.sheet.rows[block.heading_bottom + 1 : min(end, block.heading_bottom + 1 + ROWS_LOOKED_AT)]
    if not {PLAN, ACTUAL} <= {_kind_of(cells[label]) for cells in first}:
        return []
    rows = [row for row in range(block.heading_bottom + 1, end) if row not in block.repeats]
    kinds = {row: _kind_of(block.sheet.rows[row][label]) for row in rows}
    labelled = [row for row in rows if kinds[row]]
    between = [row for row in rows if labelled[0] < row < labelled[-1] and not kinds[row]]
    if label != block.name_column and any(not is_empty(block.sheet.rows[row][label]) for row in between):
        return []
    pairs = [Pair()]
    for row in labelled:
        name = "" if label == block.name_column else _name_of(block.sheet.rows[row], block.name_column, label)
        last = pairs[-1]
        is_next = kinds[row] in last.rows.values() or (name and last.names and name not in last.names)
        if last.rows and (is_next or row - max(last.rows) > 1):
            pairs.append(Pair())
        pairs[-1].rows[row] = kinds[row]
        pairs[-1].names |= {name} if name else set()
    return pairs


def _name_of(cells: list[Cell], name: int, label: int) -> str:
    """The name in a row; where there is none, the words left of the label (合计 in place of a serial number)."""
    if not is_empty(cells[name]):
        return narrow(cells[name])
    return next(
        (
            narrow(cell)
            for cell in cells[:label]
            if isinstance(cell, str) and parse_number(cell) is None and not is_empty(cell)
        ),
        "",
    )


def _kind_of(cell: Cell) -> str:
    text = narrow(cell) if isinstance(cell, str) else ""
    return next((kind for kind, pattern in LABELS if pattern.fullmatch(text)), "")


def _join(block: Block, label: int, pairs: list[Pair]) -> None:
    """Give each pair the actual's row; what its plan says of a figure comes into columns of their own at the right."""
    old = block.sheet
    width = len(old.rows[0])
    figures = {column.index: _figure(block, column, pairs) for column in block.columns if _is_figure(column)}
    beside = [each for each in figures.values() if each.plan and each.actual]
    relaid = Relaid(old, len(beside))
    over = _merged_over(block)
    for pair in pairs:
        plan, actual = pair.row_of(PLAN), pair.row_of(ACTUAL)
        for index in range(width):
            places = [over.get((row, index), (row, index)) for row in _rows_of(figures.get(index), plan, actual)]
            filled = [place for place in places if place[0] in pair.rows and _says(old, place)]
            if filled and filled[0] != (actual, index):
                relaid.move(filled[0], (actual, index))
        for number, each in enumerate(beside):
            relaid.move((plan, each.column.index), (actual, width + number))
        for row in pair.rows:
            for index in range(width) if row != actual else (label,):
                relaid.clear((row, index))
    for number, each in enumerate(beside):
        relaid.moved[block.heading_bottom, width + number] = (block.heading_bottom, each.column.index)
    block.findings.append(_told(block, label, pairs, [*figures.values()]))
    twofold = {column.index for column in block.columns if _is_twofold(block, column, pairs)}
    letters = {width + number: old.letter(each.column.index) for number, each in enumerate(beside)}
    block.sheet = relaid.sheet(
        [area for area in old.merged if not any(_is_inside(area, pair) for pair in pairs)], letters
    )
    block.columns = [
        Column(each.index, (*each.path, "/".join(TWOFOLD))) if each.index in twofold else
        Column(each.index, figures[each.index].own_path) if each.index in figures else each
        for each in block.columns if each.index != label
    ]  # fmt: skip
    block.columns += [Column(width + number, each.plan or ()) for number, each in enumerate(beside)]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A column in which plan and actual differ, and the headings under which each of the two is known."""

    column: Column
    plan: tuple[str, ...] | None
    actual: tuple[str, ...] | None

    @property
    def own_path(self) -> tuple[str, ...]:
        return self.actual or self.plan or self.column.path


def _is_figure(column: Column) -> bool:
    """Whether plan and actual may differ in a column: what is done or planned, as against what a project is."""
    names = set(meanings_of(column.path))
    return not names.isdisjoint(DONE | PLANNED) or (not names and _plan_of(column) is not None)


def _plan_of(column: Column) -> tuple[str, ...] | None:
    """The headings under which a plan's figure is known; 1-8月完成投资 has a plan, but none of the year."""
    plan = _known(column, PLANNED, ("计划" + column.leaf, column.leaf + "计划"))
    is_of_year = YEAR_WORD.search(column.heading) and not PART_OF_YEAR.search(column.heading)
    return plan if plan and (is_of_year or YEARLY.isdisjoint(fields_of(plan[-1]))) else None


def _figure(block: Block, column: Column, pairs: list[Pair]) -> _Figure:
    """A column that is planned by its own heading is the project's, unless its two rows differ.

    What is done is read by the column's heading, else by one that says so, where no other column is that already.
    """
    names, leaf = set(meanings_of(column.path)), column.leaf
    if names and names <= PLANNED and not _differs(block, column, pairs):
        return _Figure(column, column.path, None)
    done = ("实际" + leaf, leaf + "完成", leaf.replace("投资", "完成投资", 1))
    others = {name for each in block.columns if each is not column for name in meanings_of(each.path)}
    actual = column.path if names and names <= DONE else _known(column, DONE - others, done) or (*column.path, "实际")
    return _Figure(column, column.path if names and names <= PLANNED else _plan_of(column), actual)


def _known(column: Column, fields: set[str], texts: Iterable[str]) -> tuple[str, ...] | None:
    """The headings of a column with the first of some wordings that the vocabulary knows as one of some fields."""
    found = next((text for text in texts if (names := fields_of(text)) and set(names) <= fields), None)
    return (*column.path, found) if found else None


def _rows_of(figure: _Figure | None, plan: int, actual: int) -> tuple[int, ...]:
    """The rows of a pair in which a column's value is looked for: what is done only in the actual one."""
    if figure is None:
        return actual, plan
    return (actual,) if figure.actual else (plan, actual) if figure.plan else (actual,)


def _is_twofold(block: Block, column: Column, pairs: list[Pair]) -> bool:
    """A column of amounts that are the project's own and differ between the two rows: which counts, only the sender knows."""
    fields = [find_field(name) for name in meanings_of(column.path)]
    is_amount = any(field is not None and field.kind in DIFFERING for field in fields)
    return is_amount and not _is_figure(column) and _differs(block, column, pairs)


def _differs(block: Block, column: Column, pairs: list[Pair]) -> bool:
    cells = [[block.sheet.rows[pair.row_of(kind)][column.index] for kind in (PLAN, ACTUAL)] for pair in pairs]
    return any(not is_empty(one) and not is_empty(other) and one != other for one, other in cells)


def _says(sheet: Sheet, place: tuple[int, int]) -> bool:
    """Whether a cell holds something, be it a formula without a result."""
    return not is_empty(sheet.rows[place[0]][place[1]]) or place in sheet.uncalculated


def _merged_over(block: Block) -> dict[tuple[int, int], tuple[int, int]]:
    """A cell inside a merged area of few rows under the headings -> the area's first cell."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in block.sheet.merged
        if top > block.heading_bottom and bottom - top < MOST_ROWS
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _is_inside(area: tuple[int, int, int, int], pair: Pair) -> bool:
    return min(pair.rows) <= area[0] and area[2] <= max(pair.rows)


def _told(block: Block, label: int, pairs: list[Pair], figures: list[_Figure]) -> Finding:
    """What was read of the plans, and what of them was not."""
    rows = block.sheet.rows
    filled = [
        each for each in figures if any(not is_empty(rows[pair.row_of(PLAN)][each.column.index]) for pair in pairs)
    ]
    read = "、".join(each.plan[-1] for each in filled if each.plan) or "（无）"
    left = "、".join(each.column.leaf for each in filled if not each.plan) or "（无）"
    row = pairs[0].row_of(PLAN)
    return finding("plan_rows", sheet=block.sheet.name, cell=block.sheet.address(row, label), value=narrow(rows[row][label]),
                   count=len(pairs), read=read, left=left)  # fmt: skip


def _unclear(block: Block, label: int, pairs: list[Pair]) -> Finding:
    row = min(next(pair for pair in pairs if not pair.is_whole).rows)
    return finding("plan_rows_unclear", sheet=block.sheet.name, cell=block.sheet.address(row, label),
                   value=narrow(block.sheet.rows[row][label]))  # fmt: skip
