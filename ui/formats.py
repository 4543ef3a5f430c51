"""Numbers, money, days and dates as text, in the language in force or the one given. "—" stands for no value."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date
from decimal import Decimal
from typing import Any

from domain.indicators import WAN_PER_YI
from domain.number_texts import DASH, is_missing, money_number, number
from domain.number_texts import percent as percent
from domain.periods import Period
from ui.locale import Language, language, t, text_in

MONTH_NAMES = tuple(month_abbr)  # English abbreviations: the process runs in the C locale
QUARTER_WORDS = ("一", "二", "三", "四")
WAN_PER_MILLION = 100
COLUMN_DECIMALS = 2


def cell_place(sheet: str, cell: str | None) -> str:
    """Where something stands in a workbook: 项目!D7, or the sheet alone."""
    return f"{sheet}!{cell}" if cell else sheet


def count(n: Any) -> str:
    """A whole number: 1,286."""
    return number(n)


def points(gap: Any, to: Language | None = None) -> str:
    """A gap in percentage points (-4.2, not -0.042) with its sign and unit: -4.2 个百分点, -4.2 pp."""
    if is_missing(gap):
        return DASH
    return text_in(to or language(), "format.points", value=number(gap, 1, is_signed=True))


def signed_days(days: Any, to: Language | None = None) -> str:
    """Days late (positive) or early (negative): +92 天, +92 days."""
    if is_missing(days):
        return DASH
    key = "format.one_day" if abs(days) == 1 else "format.days"
    return text_in(to or language(), key, value=number(days, is_signed=True))


def yi(wan: Any, to: Language | None = None, decimals: int | None = None) -> str:
    """Money of 万元 as a bare number: of 亿元 in Chinese (1,286.4), of bn yuan in English (128.64).

    One decimal of 亿元, or two below 10 亿元, where one would hide the differences; English has one more.
    """
    return money_number(wan, to or language(), decimals)


def yi_in_column(wan: Any) -> str:
    """Money of 万元 in a column, whose heading says the unit: every amount in 亿元 (bn yuan) with as many decimals."""
    return yi(wan, decimals=COLUMN_DECIMALS)


def yi_heading(heading: str) -> str:
    """The heading of such a column: 本年累计（亿元）."""
    return t("column.in_unit", heading=heading, unit=t("unit.yi"))


def money(wan: Any, to: Language | None = None) -> str:
    """Money of 万元 with its unit; below 1 亿元 in 万元, in English in millions: 1,286.4 亿元, 1,500 万元, 15 m yuan."""
    if is_missing(wan):
        return DASH
    to = to or language()
    if abs(wan) >= WAN_PER_YI:
        return text_in(to, "format.yi", value=yi(wan, to))
    small = number(wan) if to == "zh" else number(Decimal(str(wan)) / WAN_PER_MILLION, 2 if 0 < abs(wan) < 1_000 else 0)
    return text_in(to, "format.wan", value=small)


def month_label(month: int, to: Language | None = None) -> str:
    """A month of the year: 8月, Aug."""
    return text_in(to or language(), "chart.month", month=month, name=MONTH_NAMES[month])


def period_name(period: Period | str | None, to: Language | None = None) -> str:
    """A reporting period: 2024年8月, Aug 2024."""
    if period is None:
        return DASH
    parsed = period if isinstance(period, Period) else Period.parse(period)
    return _month_text(parsed.year, parsed.month, to or language())


def day_text(day: date | None, precision: str | None = "day", to: Language | None = None) -> str:
    """A date no more precise than it was reported: 2024-08-15, 2024年8月, 2024年三季度, 2024年下半年, 2024年."""
    if is_missing(day) or day is None:
        return DASH
    to = to or language()
    if precision == "month":
        return _month_text(day.year, day.month, to)
    if precision == "quarter":
        quarter = (day.month - 1) // 3
        return text_in(to, "format.quarter", year=day.year, word=QUARTER_WORDS[quarter], number=quarter + 1)
    if precision == "half_year":
        return text_in(to, f"format.half_year_{'first' if day.month <= 6 else 'second'}", year=day.year)
    if precision == "year":
        return text_in(to, "format.year", year=day.year)
    return f"{day:%Y-%m-%d}"


def _month_text(year: int, month: int, to: Language) -> str:
    return text_in(to, "format.month", year=year, month=month, name=MONTH_NAMES[month])
