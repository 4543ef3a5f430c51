"""Numbers, money, days and dates as a reader sees them, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from domain.periods import Period
from ui.formats import (
    count,
    day_text,
    is_missing,
    money,
    month_label,
    number,
    percent,
    period_name,
    points,
    signed_days,
    yi,
)

MISSING = [None, float("nan"), pd.NaT, pd.NA]


@pytest.mark.parametrize("value", MISSING)
def test_no_value_is_a_dash_everywhere(value: Any) -> None:
    """Missing is not zero, whatever kind of missing it is."""
    assert is_missing(value)
    assert {number(value), count(value), percent(value), points(value), signed_days(value)} == {"—"}
    assert {yi(value), money(value), day_text(value)} == {"—"}


@pytest.mark.parametrize("value", [0, 0.0, Decimal(0), False, ""])
def test_zero_is_not_missing(value: Any) -> None:
    """A reported zero is a value."""
    assert not is_missing(value)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1286, 0, "1,286"),
        (1286.44, 1, "1,286.4"),
        (1286.45, 1, "1,286.5"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (0, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (-0.4, 0, "0"),
        (12_345_678, 0, "12,345,678"),
        (Decimal("0.0049"), 2, "0.00"),
        (1e-9, 2, "0.00"),
        (123456789.125, 2, "123,456,789.13"),
    ],
)
def test_halves_are_rounded_up_and_nothing_is_minus_zero(value: Any, decimals: int, expected: str) -> None:
    """As an office rounds: 2.5 is 3, not the banker's 2; as typed, not as a float stores it."""
    assert number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(92, "+92"), (-31, "-31"), (0, "0"), (-0.4, "0"), (0.4, "0"), (1234, "+1,234")]
)
def test_a_sign_stands_before_all_but_zero(value: float, expected: str) -> None:
    """Late and early are told apart by the sign; on the day has none."""
    assert number(value, is_signed=True) == expected


@pytest.mark.parametrize(
    ("rate", "decimals", "expected"),
    [
        (0.625, 1, "62.5%"),
        (0.6249, 1, "62.5%"),
        (0.62449, 1, "62.4%"),
        (1, 0, "100%"),
        (0.345, 0, "35%"),
        (0.285, 0, "29%"),
        (1.2, 1, "120.0%"),
        (0, 0, "0%"),
        (-0.0001, 1, "0.0%"),
        (8 / 12, 1, "66.7%"),
    ],
)
def test_a_rate_as_a_percentage(rate: float, decimals: int, expected: str) -> None:
    """Rates are 0 to 1; 28.5 % is 29 %, though 0.285 * 100 is a little less as a float."""
    assert percent(rate, decimals) == expected


@pytest.mark.parametrize(
    ("gap", "zh", "en"),
    [
        (-4.2, "-4.2 个百分点", "-4.2 pp"),
        (16.66, "+16.7 个百分点", "+16.7 pp"),
        (0, "0.0 个百分点", "0.0 pp"),
        (-0.04, "0.0 个百分点", "0.0 pp"),
    ],
)
def test_a_gap_in_points(gap: float, zh: str, en: str) -> None:
    """Sign, one decimal, unit."""
    assert (points(gap, "zh"), points(gap, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (92, "+92 天", "+92 days"),
        (1, "+1 天", "+1 day"),
        (-1, "-1 天", "-1 day"),
        (0, "0 天", "0 days"),
        (-31, "-31 天", "-31 days"),
        (1095.0, "+1,095 天", "+1,095 days"),
    ],
)
def test_days_late_or_early(days: float, zh: str, en: str) -> None:
    """One day is one day in English."""
    assert (signed_days(days, "zh"), signed_days(days, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("wan", "zh", "en"),
    [
        (12_864_000, "1,286.4 亿元", "128.64 bn yuan"),
        (1_390_000, "139.0 亿元", "13.90 bn yuan"),
        (100_000, "10.0 亿元", "1.00 bn yuan"),
        (99_950, "10.00 亿元", "1.000 bn yuan"),
        (54_321, "5.43 亿元", "0.543 bn yuan"),
        (10_000, "1.00 亿元", "0.100 bn yuan"),
        (9_999, "9,999 万元", "100 m yuan"),
        (1_500, "1,500 万元", "15 m yuan"),
        (150, "150 万元", "1.50 m yuan"),
        (0, "0 万元", "0 m yuan"),
        (-1_500, "-1,500 万元", "-15 m yuan"),
        (-20_000, "-2.00 亿元", "-0.200 bn yuan"),
        (Decimal("12864000.0000"), "1,286.4 亿元", "128.64 bn yuan"),
    ],
)
def test_money_of_wan_with_its_unit(wan: Any, zh: str, en: str) -> None:
    """Below 1 亿元 in 万元, from there on in 亿元; in English millions and billions of yuan, the same amount."""
    assert (money(wan, "zh"), money(wan, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("wan", "decimals", "zh", "en"),
    [
        (12_864_000, None, "1,286.4", "128.64"),
        (12_864_500, None, "1,286.5", "128.65"),
        (0, None, "0.0", "0.00"),
        (5_000, None, "0.50", "0.050"),
        (-54_321, None, "-5.43", "-0.543"),
        (2_600_000, 0, "260", "26.0"),
    ],
)
def test_money_as_a_bare_number(wan: Any, decimals: int | None, zh: str, en: str) -> None:
    """For columns and cards whose head says the unit."""
    assert (yi(wan, "zh", decimals), yi(wan, "en", decimals)) == (zh, en)


@pytest.mark.parametrize(
    ("precision", "zh", "en"),
    [
        ("day", "2024-08-15", "2024-08-15"),
        (None, "2024-08-15", "2024-08-15"),
        ("month", "2024年8月", "Aug 2024"),
        ("quarter", "2024年三季度", "Q3 2024"),
        ("half_year", "2024年下半年", "H2 2024"),
        ("year", "2024年", "2024"),
    ],
)
def test_a_date_is_no_more_precise_than_reported(precision: str | None, zh: str, en: str) -> None:
    """A sender who wrote a quarter is not shown with a day."""
    day = date(2024, 8, 15)
    assert (day_text(day, precision, "zh"), day_text(day, precision, "en")) == (zh, en)
    assert day_text(pd.Timestamp(day), precision, "zh") == zh


@pytest.mark.parametrize(
    ("day", "quarter", "half"),
    [
        (date(2024, 1, 1), "2024年一季度", "2024年上半年"),
        (date(2024, 3, 31), "2024年一季度", "2024年上半年"),
        (date(2024, 6, 30), "2024年二季度", "2024年上半年"),
        (date(2024, 7, 1), "2024年三季度", "2024年下半年"),
        (date(2024, 12, 31), "2024年四季度", "2024年下半年"),
    ],
)
def test_quarters_and_halves_of_a_year(day: date, quarter: str, half: str) -> None:
    """Their last days belong to them."""
    assert (day_text(day, "quarter", "zh"), day_text(day, "half_year", "zh")) == (quarter, half)


def test_periods_and_months_have_names() -> None:
    """2024年8月 and Aug 2024, from a period or its text."""
    assert period_name(Period(2024, 8), "zh") == period_name("2024-08", "zh") == "2024年8月"
    assert period_name("2024-12", "en") == "Dec 2024"
    assert period_name(None, "zh") == "—"
    assert [month_label(month, "zh") for month in (1, 12)] == ["1月", "12月"]
    assert [month_label(month, "en") for month in (1, 12)] == ["Jan", "Dec"]


def test_chinese_where_no_page_runs() -> None:
    """Outside a run of a page there is no address, and Chinese is the default."""
    assert (money(12_864_000), signed_days(92), period_name("2024-08")) == ("1,286.4 亿元", "+92 天", "2024年8月")
