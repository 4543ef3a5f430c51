"""Which month and year a heading names: a table may hold the months of a year side by side, and earlier years."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.periods import Period
from domain.wording import narrow_text
from loaders.blocks import Column

# The figures of the month, and those of the year.
MONTHLY = {"investment_month_wan", "investment_ytd_wan", "investment_cum_wan", "investment_share_rate",
           "progress_text", "progress_rate", "issue_text"}  # fmt: skip
YEARLY = {"annual_plan_wan", "annual_goal_text"}
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|\.\d)")
MONTH = re.compile(r"(?<![\d下前后])(?:0?1月?份?[-—–~至到])?(1[0-2]|0?[1-9])月(?!计划|目标)")
PLANNED_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月")
# 截至2023年底, 2023年底前, 2023年前: what was done up to the end of a year.
YEAR_END = re.compile(r"((?:19|20)\d\d)年(?:12月)?(?:底|末|前|以前)")
CLOSED = re.compile(r"完成|累计|投资")


def other_months(columns: Iterable[tuple[Column, str]], period: Period) -> set[Column]:
    """The columns whose headings name another month or year than a return's, of (column, field) of one table.

    A month counts only where another column names the return's own: headings that all name last month were left over
    from it, and that is said as a conflict of the whole return.
    """
    said = [(column, field, _years(column), _month(column)) for column, field in columns]
    has_own = any(
        field in MONTHLY and month == period.month and (not years or period.year in years)
        for _, field, years, month in said
    )
    found = set()
    for column, field, years, month in said:
        is_other_year = field in MONTHLY | YEARLY and bool(years) and period.year not in years
        is_other_month = field in MONTHLY and has_own and month not in (None, period.month)
        is_other_end = field == "investment_previous_wan" and _year_end(column) not in (None, period.year - 1)
        if is_other_year or is_other_month or is_other_end:
            found.add(column)
    return found


def is_last_year_end(column: Column, period: Period) -> bool:
    """Whether a heading of money means the sum up to the end of the year before: 截至2023年12月底累计完成投资."""
    return _year_end(column) == period.year - 1 and CLOSED.search(column.heading) is not None


def is_plan_of(column: Column, period: Period) -> bool:
    """Whether a heading of plans names the return's own month (8月计划 in a return of August): that is not what comes next."""
    months = {int(month) for text in column.path for month in PLANNED_MONTH.findall(_bare(text))}
    return period.month in months


def _year_end(column: Column) -> int | None:
    found = YEAR_END.search(_text(column))
    if found is None:
        return None
    return int(found[1]) - (1 if re.search(r"\d年以?前", found[0]) else 0)


def _years(column: Column) -> set[int]:
    return {int(year) for year in YEAR.findall(_text(column))}


def _month(column: Column) -> int | None:
    """The month of the lowest heading that names one."""
    for text in reversed(column.path):
        found = MONTH.findall(_bare(text))
        if found:
            return int(found[-1])
    return None


def _text(column: Column) -> str:
    return "/".join(map(_bare, column.path))


def _bare(text: str) -> str:
    """A heading in one width, without what stands in brackets (不含2021年)."""
    return re.sub(r"\(.*?\)", "", narrow_text(text))
