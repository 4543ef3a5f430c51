"""Dates as offices write them: what each wording means, how precise it is, and that the text is never lost."""

from __future__ import annotations

import string
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.dates import PRECISIONS, DateReading, Interval, interval_of, month_interval, read_date

DAYS = {
    "2024-08-31": "2024-08-31",
    "2024.8.31": "2024-08-31",
    "2024/8/1": "2024-08-01",
    "2024年8月31日": "2024-08-31",
    "2024 年 8 月 31 号": "2024-08-31",
    "２０２４年８月３１日": "2024-08-31",
    "24年8月31日": "2024-08-31",
    "2024年8月31日前": "2024-08-31",
    "2024-08-31 09:30:00": "2024-08-31",
    "2024-08-31T09:30": "2024-08-31",
    "20240831": "2024-08-31",
    "2024年8月31日（延期）": "2024-08-31",
    "2024-02-29": "2024-02-29",
}
PERIODS = {
    "2024年8月": ("2024-08-01", "2024-08-31", "month"),
    "2024.10": ("2024-10-01", "2024-10-31", "month"),
    "2024-8": ("2024-08-01", "2024-08-31", "month"),
    "2024年8月底前": ("2024-08-01", "2024-08-31", "month"),
    "2024年8月份": ("2024-08-01", "2024-08-31", "month"),
    "二〇二四年八月": ("2024-08-01", "2024-08-31", "month"),
    "二○二四年十月": ("2024-10-01", "2024-10-31", "month"),
    "二零二四年十二月": ("2024-12-01", "2024-12-31", "month"),
    "2024年8月上旬": ("2024-08-01", "2024-08-10", "month"),
    "2024年8月中旬": ("2024-08-01", "2024-08-20", "month"),
    "2024年2月下旬前": ("2024-02-01", "2024-02-29", "month"),
    "2024年三季度": ("2024-07-01", "2024-09-30", "quarter"),
    "2024年第3季度": ("2024-07-01", "2024-09-30", "quarter"),
    "2024Q4": ("2024-10-01", "2024-12-31", "quarter"),
    "2024年上半年": ("2024-01-01", "2024-06-30", "half_year"),
    "2024年下半年": ("2024-07-01", "2024-12-31", "half_year"),
    "2024": ("2024-01-01", "2024-12-31", "year"),
    "2024年": ("2024-01-01", "2024-12-31", "year"),
    "2024年底": ("2024-01-01", "2024-12-31", "year"),
    "2024年年底前": ("2024-01-01", "2024-12-31", "year"),
    "2024年内": ("2024-01-01", "2024-12-31", "year"),
}
YEARLESS = {
    "8月": ("2024-08-01", "2024-08-31", "month"),
    "8月底前": ("2024-08-01", "2024-08-31", "month"),
    "8月15日": ("2024-08-15", "2024-08-15", "day"),
    "8月上旬": ("2024-08-01", "2024-08-10", "month"),
    "8月底竣工": ("2024-08-01", "2024-08-31", "month"),
    "三季度": ("2024-07-01", "2024-09-30", "quarter"),
    "Q2": ("2024-04-01", "2024-06-30", "quarter"),
    "上半年开工": ("2024-01-01", "2024-06-30", "half_year"),
    "年底前": ("2024-01-01", "2024-12-31", "year"),
    "年内投产": ("2024-01-01", "2024-12-31", "year"),
    "年底竣工投产": ("2024-01-01", "2024-12-31", "year"),
}
UNREADABLE = (
    "待定", "未开工", "2024年13月", "2024年13月上旬", "2024-02-30", "8", "3年", "2024年8月开工，2025年竣工", "0000年1月",
    "0000", "5000年", "1234", "（待定）", "2024年五季度", "20241345", "TRUE",
)  # fmt: skip
NUMBERS = {
    45535.0: ("2024-08-31", "day", "2024-08-31"),
    2024.0: ("2024-12-31", "year", "2024"),
    20240831.0: ("2024-08-31", "day", "20240831"),
    2024.12: ("2024-12-31", "month", "2024.12"),
    2024.08: ("2024-08-31", "month", "2024.08"),
    2024.8: ("2024-08-31", "month", "2024.8"),
}
# 2024.1 may be January or October; the others mean no day at all.
DOUBTFUL_NUMBERS = {
    2024.1: "2024.1",
    2024.13: "2024.13",
    2024.123: "2024.123",
    7.0: "7",
    45535.5: "45535.5",
    1e9: "1000000000",
}


def interval(first: str, last: str, precision: str) -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last), precision)


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_that_day(text: str) -> None:
    """Every way to write a day means the day, and the text stays as typed."""
    assert read_date(text) == DateReading(text, interval(DAYS[text], DAYS[text], "day"))


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_read_with_its_precision(text: str) -> None:
    """A month, quarter, half-year or year is the interval of its days."""
    assert read_date(text) == DateReading(text, interval(*PERIODS[text]))


@pytest.mark.parametrize("text", YEARLESS)
def test_a_missing_year_is_that_of_the_return(text: str) -> None:
    """Without a year a text means the return's year, and nothing when that is unknown."""
    assert read_date(text, 2024) == DateReading(text, interval(*YEARLESS[text]))
    assert read_date(text) == DateReading(text, None)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_date_keeps_its_text(text: str) -> None:
    """A text without a date gives none, and is kept."""
    assert read_date(text, 2024) == DateReading(text, None)


@pytest.mark.parametrize("value", [None, "", "  ", "-", "—", "——", "/", "无", "×", "－"])
def test_an_empty_cell_says_nothing(value: str | None) -> None:
    """Empty cells and the signs that stand for them have neither text nor date."""
    assert read_date(value) == DateReading(None, None)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_that_mean_dates(number: float) -> None:
    """Serial days, years, eight digits and year.month are dates."""
    day, precision, text = NUMBERS[number]
    reading = read_date(number)
    assert (reading.text, reading.interval.precision) == (text, precision)
    assert reading.day(is_planned=True) == date.fromisoformat(day)


@pytest.mark.parametrize("number", DOUBTFUL_NUMBERS)
def test_numbers_that_mean_none(number: float) -> None:
    """2024.1 is January or October, so neither; the text is what the cell shows."""
    assert read_date(number) == DateReading(DOUBTFUL_NUMBERS[number], None)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True])
def test_odd_values_are_texts(value: object) -> None:
    """What is no number of a return is kept as text."""
    assert read_date(value) == DateReading(str(value), None)


def test_dates_of_the_workbook_are_taken_as_they_are() -> None:
    """A date cell is its day; a time of day is left out."""
    expected = DateReading("2024-08-31", interval("2024-08-31", "2024-08-31", "day"))
    assert read_date(date(2024, 8, 31)) == read_date(datetime(2024, 8, 31, 9, 30)) == expected


def test_a_planned_period_ends_and_a_done_one_begins() -> None:
    """A quarter promised is due on its last day; a quarter in which something happened counts from its first."""
    reading = read_date("2024年三季度")
    assert reading.day(is_planned=True) == date(2024, 9, 30)
    assert reading.day(is_planned=False) == date(2024, 7, 1)
    assert read_date("待定").day(is_planned=True) is None


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", "2024-08-15", "2024-08-15"),
        (None, "2024-08-15", "2024-08-15"),
        ("month", "2024-08-01", "2024-08-31"),
        ("quarter", "2024-07-01", "2024-09-30"),
        ("half_year", "2024-07-01", "2024-12-31"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_stored_day_becomes_its_interval_again(precision: str | None, first: str, last: str) -> None:
    """The database keeps a day and a precision: together they are the interval."""
    assert interval_of(date(2024, 8, 15), precision) == interval(first, last, precision or "day")


def test_first_half_of_the_year_and_no_day() -> None:
    """A day in June lies in the first half; without a day there is no interval."""
    assert interval_of(date(2024, 6, 30), "half_year") == interval("2024-01-01", "2024-06-30", "half_year")
    assert interval_of(None, "month") is None


def test_before_means_every_day_before() -> None:
    """A month is not before a day inside it."""
    assert month_interval(2024, 7).is_before(month_interval(2024, 8))
    assert not month_interval(2024, 8).is_before(interval("2024-08-31", "2024-08-31", "day"))


DATE_LIKE = st.text(alphabet=string.digits + "年月日号季度上中下旬半底前内末份第一二三四十〇零.-/()Qq ", max_size=14)


@given(st.one_of(st.text(), DATE_LIKE, st.floats(), st.integers(), st.dates()), st.none() | st.integers(1990, 2100))
@example("0000年十月", None)
def test_reading_never_raises_and_keeps_the_text(value: object, year: int | None) -> None:
    """Whatever a cell holds: a reading comes out, a date never without its text, in a year that can be meant."""
    reading = read_date(value, year)
    if reading.text is None:
        assert reading.interval is None
    if isinstance(value, str) and reading.text is not None:
        assert reading.text == value.strip()
    if reading.interval is not None:
        assert reading.interval.first <= reading.interval.last
        assert reading.interval.precision in PRECISIONS


@given(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d"])
)
def test_a_written_day_is_read_back(day: date, wording: str) -> None:
    """Every day of the years that count is read back from each usual wording."""
    assert read_date(day.strftime(wording)).interval == Interval(day, day, "day")
