"""The month that a text names: with its year, or bare (8月) where the year stands elsewhere."""

from __future__ import annotations

import re

from domain.dates import CHINESE_DIGITS, YEARS
from domain.periods import Period
from loaders.blocks import narrow

YEAR = r"(?P<year>(?:19|20)\d\d|[〇零○一二三四五六七八九]{4})"
SHORT_YEAR = r"(?P<short>(?<!\d)2\d(?=年))"
MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
# The first month of a range (1-8月, 1月1日至8月31日, 2023年12月—2024年8月); a range means its last month.
SINCE = r"(?:(?:1[0-2]|0?[1-9])月?(?:\d{1,2}日)?[-—–~至到](?:(?P<last_year>(?:19|20)\d\d)年)?)?"
YEAR_MONTH = re.compile(rf"(?:{YEAR}|{SHORT_YEAR})年度?{SINCE}{MONTH}月")
DOTTED_YEAR_MONTH = re.compile(rf"(?<!\d){YEAR}[-./](?:0?1[-—–~至到](?=\d{{1,2}}月))?{MONTH}(?!\d)")
COMPACT_YEAR_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?!\d)")
YEAR_QUARTER = re.compile(rf"{YEAR}\s*年?度?第?(?P<quarter>[一二三四1-4])季度")
YEAR_HALF = re.compile(rf"{YEAR}\s*年?度?(?P<half>上|下)半年")
YEAR_ONLY = re.compile(rf"{YEAR}\s*年")
MONTH_IN_HEADING = re.compile(
    r"(?<![\d下前后])(?:0?1月?\s*[-—–~至到]\s*)?(?P<month>1[0-2]|0?[1-9])月(?!底前|末前|计划|目标)"
)
# A month whose year stands elsewhere; one that is planned, or before which something is due, says nothing of the return.
BARE_MONTH = re.compile(
    r"(?<![\d年下前后计划拟〇零○一二三四五六七八九十])(?:0?1月?份?[-—–~至到])?"
    + MONTH
    + r"月(?!计划|目标|底?前|末?前|起|拟|预)"
)
BARE_QUARTER = re.compile(r"(?<!年)第?(?P<quarter>[一二三四1-4])季度(?!计划|目标|前)")
PLANNED, TOLD = re.compile(r"下月|下一?步|拟|计划|预计"), re.compile(r"完成|进展|推进|进度|情况")
# The day a form was filled in is often in the month after the one it speaks of.
FILLED_IN = re.compile(r"(填报|填表|制表|报送|上报)(日期|时间|期限)")


def month_of(text: str) -> Period | None:
    """The month that a line names, the last of a range; None when it names none or only a day of filling in."""
    text = _said_of_months(text)
    for pattern in (YEAR_MONTH, DOTTED_YEAR_MONTH, COMPACT_YEAR_MONTH):
        found = pattern.search(text)
        if found:
            said = found.groupdict()
            year = said.get("last_year") or said["year"] or f"20{said['short']}"
            return _period(year, number_of(found["month"]))
    found = YEAR_QUARTER.search(text)
    if found:
        return _period(found["year"], number_of(found["quarter"]) * 3)
    found = YEAR_HALF.search(text)
    return _period(found["year"], 6 if found["half"] == "上" else 12) if found else None


def bare_month_of(text: str) -> int | None:
    """The one month that a line or a sheet's name names without a year; None for none, for several, or for a plan's."""
    text = _said_of_months(text)
    if PLANNED.search(text) and not TOLD.search(text):
        return None
    found = {number_of(each["month"]) for each in BARE_MONTH.finditer(text)}
    found |= {number_of(each["quarter"]) * 3 for each in BARE_QUARTER.finditer(text)}
    return found.pop() if len(found) == 1 else None


def month_in(text: str, year: int | None) -> Period | None:
    """The month that a text names in full, else its bare month in the year that is said elsewhere."""
    month = month_of(text)
    bare = bare_month_of(text) if month is None and year else None
    return Period(year, bare) if year and bare else month


def written(month: Period) -> str:
    """A month as sentences and lists name it: 2024年8月."""
    return f"{month.year}年{month.month}月"


def _said_of_months(text: str) -> str:
    """A text up to what it says of the day of filling in."""
    return re.split(FILLED_IN, narrow(text).replace("元月", "1月"))[0]


def _period(year: str, month: int) -> Period | None:
    """The period, or None for a year that no return can mean."""
    return Period(number_of(year), month) if number_of(year) in YEARS else None


def heading_month(heading: str, year: int) -> int | None:
    """The month of a heading of money or progress done; a plan or another year says nothing of the period."""
    text = narrow(heading)
    if not re.search(r"完成|累计|进度|进展", text) or re.search(r"计划|目标|下月|下步|上年|去年|上一年", text):
        return None
    if any(number_of(found["year"]) != year for found in YEAR_ONLY.finditer(text)):
        return None
    found = MONTH_IN_HEADING.search(text)
    return int(found["month"]) if found else None


def number_of(text: str) -> int:
    """A year or month in digits of either kind: 2024, 二〇二四, 十一."""
    if text.isascii():
        return int(text)
    if text.startswith("十"):
        return 10 + (int(CHINESE_DIGITS[text[1]]) if len(text) == 2 else 0)
    return int("".join(CHINESE_DIGITS[char] for char in text))
