"""Tables of several months in one workbook, a sheet a month or beside one another: one month is the return's.

A table's own month is what its nearest line says, else its sheet's name, else its headings. The file's name, or a line
over the tables' own, says which of the months is meant; where nothing does, the last month that has figures is proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from domain.findings import Finding
from domain.periods import Period
from loaders.blocks import Block, line_text, narrow
from loaders.frame import read_period, read_year
from loaders.months import MONTHLY
from loaders.said_months import heading_month, month_in, month_of, written
from loaders.values import is_empty
from loaders.vocabulary import find_word
from loaders.wordings import meanings_of

SAME_LIST = 0.5  # of the shorter list stand in the longer one too
TABLES_LISTED = 15


@dataclass(slots=True)
class MonthChoice:
    """The tables of the return's month, that month, and what is to be said of it."""

    blocks: list[Block]
    period: Period | None
    findings: list[Finding]


def choose_month(file_name: str, blocks: list[Block]) -> MonthChoice:
    """The tables of the return's month. Where months differ and nothing says which is meant, all with no period."""
    year = _year(file_name, blocks)
    own = _own_months(blocks, year)
    if len(set(own.values())) < 2 or _are_lists_of_events(blocks, own):
        return _of_one_month(file_name, blocks, set(own.values()), year)
    if not are_same_list(_lists_by_month(blocks, own)):
        return MonthChoice(
            blocks, None, [blocks[min(own)].finding("tables_of_months_differ", tables=_listed(blocks, own))]
        )
    asked = _months_of_all(file_name, blocks, own, year)
    months = asked or _last_with_figures(blocks, own)
    if len(months) != 1 or not months <= set(own.values()):
        return MonthChoice(blocks, None, [_conflict(blocks, own, months)])
    (month,) = months
    return _of_month(file_name, blocks, own, month, is_proposed=not asked)


def _of_one_month(file_name: str, blocks: list[Block], months: set[Period], year: int | None) -> MonthChoice:
    """All tables; a month that is nowhere said in full is put together from its parts, and said."""
    period, findings = read_period(file_name, blocks)
    if period is not None or any(each.code != "period_unknown" for each in findings):
        return MonthChoice(blocks, period, [*findings, *_sheet_names_apart(blocks, period)])
    of_file = month_in(PurePath(file_name).stem, year)
    months = months | ({of_file} if of_file else set())
    if len(months) != 1:
        return MonthChoice(blocks, None, findings)
    (month,) = months
    return MonthChoice(blocks, month, [_proposed(blocks[0], month)])


def _of_month(
    file_name: str, blocks: list[Block], own: dict[int, Period], month: Period, *, is_proposed: bool
) -> MonthChoice:
    """The tables of a month and those that say none; the others are told."""
    chosen = [block for number, block in enumerate(blocks) if own.get(number, month) == month]
    others = [(block, own[number]) for number, block in enumerate(blocks) if own.get(number, month) != month]
    period, findings = read_period(file_name, chosen)
    findings = [each for each in findings if each.code != "period_unknown"]
    if period is None and not findings:
        period = month
    if period is not None and period != month:
        return MonthChoice(blocks, None, [_conflict(blocks, own, {period})])
    listed = "、".join(f"{block.place} {written(each)}" for block, each in others[:TABLES_LISTED])
    more = f" 等 {len(others)} 张" if len(others) > TABLES_LISTED else ""
    findings.append(others[0][0].finding("tables_of_other_months", tables=listed + more))
    if is_proposed:
        findings.append(_proposed(chosen[0], month))
    return MonthChoice(chosen, period, findings)


def _year(file_name: str, blocks: list[Block]) -> int | None:
    """The year of months that are named without one: the one in full months and titles."""
    months = [month for text in _all_texts(file_name, blocks) if (month := month_of(text))]
    years = {month.year for month in months}
    return years.pop() if len(years) == 1 else read_year(file_name, blocks)


def _all_texts(file_name: str, blocks: list[Block]) -> list[str]:
    return [PurePath(file_name).stem, *(text for block in blocks for text in (*_lines(block), block.sheet.name))]


def _lines(block: Block) -> list[str]:
    """The texts over a table, cell by cell, the nearest first."""
    return [
        line_text([cell])
        for row in reversed(block.above_rows)
        for cell in block.sheet.rows[row]
        if isinstance(cell, str)
    ]


def _own_months(blocks: list[Block], year: int | None) -> dict[int, Period]:
    """Number of a table -> its own month. Where the lines are alike on all sheets the sheets' names tell them apart."""

    def by(*sources: Callable[[Block], Iterable[str]]) -> dict[int, Period]:
        said = {}
        for number, block in enumerate(blocks):
            months = (month_in(text, year) for source in sources for text in source(block))
            said[number] = next(filter(None, months), None)
        return {number: month for number, month in said.items() if month}

    def name(block: Block) -> list[str]:
        return [block.sheet.name]

    found = by(_lines, name)
    if len(set(found.values())) < 2:
        named = by(name)
        found = named if len(set(named.values())) > 1 else found
    if not found and year:
        headed = {number: month for number, block in enumerate(blocks) if (month := _month_of_headings(block, year))}
        found = headed if len(set(headed.values())) > 1 else found
    return found


def _month_of_headings(block: Block, year: int) -> Period | None:
    months = {month for column in block.columns if (month := heading_month(column.heading, year))}
    return Period(year, months.pop()) if len(months) == 1 else None


def _months_of_all(file_name: str, blocks: list[Block], own: dict[int, Period], year: int | None) -> set[Period]:
    """The months that the file's name and the lines over the tables' own lines say, for all tables.

    A line that contradicts its own sheet's name speaks for nothing but a title that was left over: no month is meant.
    """
    of_file = month_in(PurePath(file_name).stem, year)
    found = {of_file} if of_file else set()
    for number, block in enumerate(blocks):
        said = [month for text in _lines(block) if (month := month_of(text))]
        apart = {month for month in said if number in own and month != own[number]}
        found |= apart
        if apart and said[0] != own[number] and of_file is None:
            found.add(own[number])
    return found


def _names(block: Block) -> set[str]:
    return {narrow(cell) for cell in block.data_cells(block.name_column) if not is_empty(cell)}


def _lists_by_month(blocks: list[Block], own: dict[int, Period]) -> list[set[str]]:
    """The names listed for each month, the months in order; months without a project are left out."""
    names: dict[Period, set[str]] = {}
    for number, month in own.items():
        names.setdefault(month, set()).update(_names(blocks[number]))
    return [names[month] for month in sorted(names) if names[month]]


def are_same_list(lists: list[set[str]]) -> bool:
    """Whether each month lists for the most part the projects of the month before."""
    return all(len(one & other) >= SAME_LIST * min(len(one), len(other)) for one, other in pairwise(lists))


def _are_lists_of_events(blocks: list[Block], own: dict[int, Period]) -> bool:
    """1月签约, 2月签约, ...: other projects in each month, under a stage; or 8月开工 beside 7月签约. All are the return's."""
    stages: dict[Period, set[str | None]] = {}
    for number, month in own.items():
        stages.setdefault(month, set()).add(_stage_of(blocks[number]))
    lists = _lists_by_month(blocks, own)
    is_apart = len(lists) > 1 and len(set().union(*lists)) == sum(map(len, lists))
    are_other_stages = any(one != other for one, other in pairwise(stages.values()))
    return all(None not in codes for codes in stages.values()) and (is_apart or are_other_stages)


def _stage_of(block: Block) -> str | None:
    return next((code for text in (*_lines(block), block.sheet.name) if (code := find_word("stage", text))), None)


def _last_with_figures(blocks: list[Block], own: dict[int, Period]) -> set[Period]:
    """The last month in which a figure or word of the month stands; none when it repeats those of another month."""
    figures: dict[Period, list[object]] = {}
    for number, month in own.items():
        figures.setdefault(month, []).extend(_figures(blocks[number]))
    filled = [month for month in sorted(figures) if figures[month]]
    if not filled or any(figures[month] == figures[filled[-1]] for month in filled[:-1]):
        return set()
    return {filled[-1]}


def _figures(block: Block) -> list[object]:
    monthly = [column.index for column in block.columns if not MONTHLY.isdisjoint(meanings_of(column.path))]
    cells = [(row, cell) for index in monthly for row, cell in enumerate(block.data_cells(index))]
    return [(row, cell) for row, cell in cells if not is_empty(cell)]


def _sheet_names_apart(blocks: list[Block], period: Period | None) -> list[Finding]:
    """A sheet whose name says another month than the return: last month's may have been sent again.

    7月新签约 is no such name: it says when something happened.
    """
    if period is None:
        return []
    named = {block.sheet.name: block for block in reversed(blocks) if not find_word("stage", block.sheet.name)}
    months = {name: month_in(name, period.year) for name in named}
    return [
        named[name].finding("sheet_month_differs", month=written(period))
        for name, month in months.items()
        if month not in (None, period) and "季度" not in name
    ]


def _proposed(block: Block, month: Period) -> Finding:
    return block.finding("month_proposed", month=written(month))


def _conflict(blocks: list[Block], own: dict[int, Period], asked: set[Period]) -> Finding:
    said = "、".join(map(written, sorted(asked)))
    places = _listed(blocks, own) + (f"、文件名等处 {said}" if said else "")
    return blocks[min(own)].finding("period_conflict", places=places)


def _listed(blocks: list[Block], own: dict[int, Period]) -> str:
    return "、".join(
        f"{blocks[number].place} {written(month)}" for number, month in [*own.items()][:TABLES_LISTED]
    )
