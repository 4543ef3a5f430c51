"""Rows of several months in one list, by a column of months or by lines between them: the return's month is read."""

from __future__ import annotations

import re

from domain.findings import Finding, finding
from domain.periods import Period
from domain.submissions import RowReading, TableReading
from loaders.blocks import DATA, GROUP, Block, narrow
from loaders.frame import period_part
from loaders.month_tables import are_same_list
from loaders.reader import Reader
from loaders.said_months import month_in, written
from loaders.values import is_empty

LISTED = 12
# A line that says a month and nothing else: （二）8月份.
LONE_MONTH = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]+[)、.]+)?(?:20\d\d年)?(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?:?"
)

Months = dict[int, Period]


def set_other_months_aside(reader: Reader, table: TableReading, period: Period) -> list[Finding]:
    """Take the rows of other months out of a table; a list all of which is another month's contradicts the return.

    Only where the months list the same projects: of each project's month of signing all rows are the return's.
    """
    months = _months_of_rows(reader.block, reader, period)
    stated = set(months.values())
    rows = [row for row in table.rows if row.cell_row - 1 in months]
    if len(stated) == 1 and stated != {period} and len(rows) == len(table.rows):
        return [_conflict(reader, stated.pop(), period)]
    if period not in stated or len(stated) < 2 or not are_same_list(_lists_by_month(rows, months)):
        return []
    others = [row for row in rows if months[row.cell_row - 1] != period]
    places = reader.drop_rows(table, others)
    listed = "、".join(places[:LISTED]) + (f" 等 {len(places)} 行" if len(places) > LISTED else "")
    return [finding("tables_of_other_months", sheet=table.sheet, cell=places[0], value=others[0].values["project_name"],
                    tables=listed)]  # fmt: skip


def _months_of_rows(block: Block, reader: Reader, period: Period) -> Months:
    """Row -> the month said in the columns of year and month, else in the line over it."""
    pairs = zip(block.columns, reader.columns, strict=True)
    columns = [column.index for column, reading in pairs if reading.field == "report_period"]
    merged = {
        (row, column): block.sheet.rows[top][column]
        for top, left, bottom, right in block.sheet.merged
        for column in columns if left <= column <= right and top > block.heading_bottom
        for row in range(top, bottom + 1)
    }  # fmt: skip
    found: Months = {}
    line = ""
    for row in block.rows:
        if row.kind == GROUP:
            line = row.text if LONE_MONTH.fullmatch(narrow(row.text)) else line
        elif row.kind == DATA:
            cells = [merged.get((row.index, column), block.sheet.rows[row.index][column]) for column in columns]
            text = "".join(period_part(cell) for cell in cells if not is_empty(cell)) or line
            month = month_in(text, period.year)
            found |= {row.index: month} if month else {}
    return found


def _lists_by_month(rows: list[RowReading], months: Months) -> list[set[str]]:
    """The projects listed for each month, the months in order."""
    listed: dict[Period, set[str]] = {}
    for row in rows:
        listed.setdefault(months[row.cell_row - 1], set()).add(row.project_id)
    return [listed[month] for month in sorted(listed)]


def _conflict(reader: Reader, month: Period, period: Period) -> Finding:
    block = reader.block
    places = f"表题等处 {written(period)}、表内各行 {written(month)}"
    return finding("period_conflict", sheet=block.sheet.name, value=block.title, places=places,
                   cell=block.sheet.address(block.heading_bottom, block.name_column))  # fmt: skip
