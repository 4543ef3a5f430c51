"""Dates as offices write them: a text, the date it means, and how precise it is."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.wording import narrow_text

PRECISIONS = ("day", "month", "quarter", "half_year", "year")
NO_DATE_TEXTS = {"", "-", "--", "—", "——", "/", "\\", "无", "×"}
EXCEL_EPOCH = date(1899, 12, 30)
CHINESE_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
YEARS = range(1990, 2101)  # a year outside is a slip or another number, never a date of a project


@dataclass(frozen=True, slots=True)
class Interval:
    """The days that a date of some precision may mean, first and last."""

    first: date
    last: date
    precision: str

    def is_before(self, other: Interval) -> bool:
        """True when every day of this interval lies before every day of the other."""
        return self.last < other.first


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell said: the text as typed and the interval it means; both None for an empty cell."""

    text: str | None
    interval: Interval | None

    def day(self, is_planned: bool) -> date | None:
        """One day for the database: a period means its last day when planned, its first day when done."""
        if self.interval is None:
            return None
        return self.interval.last if is_planned else self.interval.first


def month_interval(year: int, month: int) -> Interval:
    """The days of a month."""
    return Interval(date(year, month, 1), _month_end(year, month), "month")


def interval_of(day: date | None, precision: str | None) -> Interval | None:
    """The interval that a stored day and precision stand for; None without a day."""
    if day is None:
        return None
    if precision == "month":
        return month_interval(day.year, day.month)
    if precision == "quarter":
        return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3, "quarter")
    if precision == "half_year":
        return _months(day.year, 1 if day.month <= 6 else 7, 6, "half_year")
    if precision == "year":
        return _months(day.year, 1, 12, "year")
    return Interval(day, day, "day")


def read_date(value: object, default_year: int | None = None) -> DateReading:
    """Read a cell as a date. The text is always kept; the interval is None when no date can be read.

    A year that the text leaves out is ``default_year`` (the year of the return); without one there is no date.
    """
    if value is None:
        return DateReading(None, None)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return DateReading(value.isoformat(), Interval(value, value, "day"))
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return _read_number(value)
    text = str(value).strip()
    if narrow_text(text) in NO_DATE_TEXTS:
        return DateReading(None, None)
    return DateReading(text, _read_text(_clean(text), default_year))


def _read_number(value: float) -> DateReading:
    text = repr(value) if value != int(value) else str(int(value))
    if float(value).is_integer() and 20_000 <= value <= 80_000:
        day = EXCEL_EPOCH + timedelta(days=int(value))
        return DateReading(day.isoformat(), Interval(day, day, "day"))
    if float(value).is_integer() and int(value) in YEARS:
        return DateReading(text, _months(int(value), 1, 12, "year"))
    if float(value).is_integer() and (199_001 <= value <= 210_012 or 19_900_101 <= value <= 21_001_231):
        return DateReading(text, _read_text(text, None))
    # 2024.1 as a number may be January or October (2024.10 loses its zero): it is left for the sender to say.
    matched = re.fullmatch(r"(\d{4})\.(\d{2}|[2-9])", text)
    return DateReading(text, _month(matched[1], matched[2]) if matched else None)


def _clean(text: str) -> str:
    text = re.sub(r"\(.*?\)", "", narrow_text(text))
    text = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年)", _digits_of_year, text)
    return re.sub(r"十[一二]?(?=月)|[一二三四五六七八九](?=月)", _digits_of_month, text)


def _digits_of_year(matched: re.Match[str]) -> str:
    return "".join(CHINESE_DIGITS[char] for char in matched[0])


def _digits_of_month(matched: re.Match[str]) -> str:
    word = matched[0]
    if word.startswith("十"):
        return str(10 + (int(CHINESE_DIGITS[word[1]]) if len(word) == 2 else 0))
    return CHINESE_DIGITS[word]


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(year: int, first_month: int, count: int, precision: str) -> Interval:
    return Interval(date(year, first_month, 1), _month_end(year, first_month + count - 1), precision)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(year: str, month: str) -> Interval | None:
    return month_interval(_year(year), int(month)) if 1 <= int(month) <= 12 else None


def _day(year: str, month: str, day: str) -> Interval | None:
    try:
        exact = date(_year(year), int(month), int(day))
    except ValueError:
        return None
    return Interval(exact, exact, "day")


def _short(year: str, month: str, day: str | None) -> Interval | None:
    return _day(year, month, day) if day else _month(year, month)


def _third(year: str, month: str, word: str) -> Interval | None:
    """上旬, 中旬, 下旬: ten days each; kept as a month's precision with the third's own last day."""
    whole = _month(year, month)
    if whole is None:
        return None
    last = {"上": 10, "中": 20}.get(word)
    return Interval(whole.first, whole.first.replace(day=last) if last else whole.last, "month")


def _quarter(year: str, word: str) -> Interval:
    return _months(_year(year), (int(CHINESE_DIGITS.get(word, word)) - 1) * 3 + 1, 3, "quarter")


def _half(year: str, word: str) -> Interval:
    return _months(_year(year), 1 if word == "上" else 7, 6, "half_year")


Y = r"(?P<y>\d{4}|\d{2}(?=年))"
END = r"(?:底|末|底前|末前|前|内|初|中|左右|份|份前|底之前|底以前|之前|以前|份底|末之前)?"
# What stands around a date without changing it: 预计2024年6月竣工, 2024年3月已开工.
AROUND = (
    re.compile(r"^(?:预计|计划|拟定?于?|力争|确保|争取|暂定|约|已于|于|原计划|目标)+(?=[\d今本明去年上下一二三四十Qq第])"),
    re.compile(r"(?:已|可|全面|正式|建成|实质性)*(?:竣工投产|建成投产|开工建设|竣工验收|试生产|投产|竣工|开工|完工|建成|签约|动工|达产|达效|试产)(?:投运)?$"),
)
THIS_YEAR = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "去年": -1, "上年": -1}
Reader = Callable[[re.Match[str]], Interval | None]
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{Y}[年./-](\d{{1,2}})[月./-](\d{{1,2}})(?:日|号)?(?:以前|之前|前)?(?:T?\d\d:\d\d(?::\d\d)?)?",
         lambda m: _day(m["y"], m[2], m[3])),
        (r"(?P<y>\d{4})(\d{2})(\d{2})", lambda m: _day(m["y"], m[2], m[3])),
        (r"(?P<y>\d{4})(0[1-9]|1[0-2])", lambda m: _month(m["y"], m[2])),
        # 24.6 is June 2024: a first number of 13 and more is no month. 6.30 stays unread.
        (r"'?(?P<y>1[3-9]|[2-9]\d)[./](\d{1,2})(?:[./](\d{1,2}))?", lambda m: _short(m["y"], m[2], m[3])),
        (rf"{Y}年?(\d{{1,2}})月(上|中|下)旬(?:前)?", lambda m: _third(m["y"], m[2], m[3])),
        (rf"{Y}(?:年|[./-])(\d{{1,2}})月?{END}", lambda m: _month(m["y"], m[2])),
        (rf"{Y}年?第?([一二三四1-4])季度?{END}", lambda m: _quarter(m["y"], m[2])),
        (rf"{Y}年?[Qq]([1-4])", lambda m: _quarter(m["y"], m[2])),
        (rf"{Y}年?(上|下)半年{END}", lambda m: _half(m["y"], m[2])),
        (rf"{Y}年?(?:年?底|年?末|内|全年)?(?:前)?", lambda m: _months(_year(m["y"]), 1, 12, "year")),
    )
)  # fmt: skip
YEARLESS = re.compile(
    r"(?:年内|年底前?|年末前?|上半年|下半年|第?[一二三四1-4]季度|[Qq][1-4]|\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|末|初|中|份)?)前?(?:.*投产|.*竣工|.*开工|.*达产|.*达效)?"
)


def _read_text(text: str, default_year: int | None) -> Interval | None:
    """The interval of a cleaned text: as it stands, else without the words around the date."""
    found = _read_exact(text, default_year)
    if found is None:
        bare = AROUND[1].sub("", AROUND[0].sub("", text))
        found = _read_exact(bare, default_year) if bare and bare != text else None
    return found


def _read_exact(text: str, default_year: int | None) -> Interval | None:
    if default_year and len(text) > 2 and text[:2] in THIS_YEAR:
        text = f"{default_year + THIS_YEAR[text[:2]]}年{text[2:]}"
    for pattern, reader in PATTERNS:
        matched = pattern.fullmatch(text)
        if matched:
            return reader(matched) if _year(matched["y"]) in YEARS else None
    if default_year and YEARLESS.fullmatch(text):
        bare = re.sub(r"(?:竣工投产|投产|竣工|开工|达产|达效)$", "", text)
        bare = re.sub(r"^年(内|底|末)", r"\1", bare)
        return _read_text(f"{default_year}年{bare}", None)
    return None
