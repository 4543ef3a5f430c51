"""Reporting periods: reading, order, neighbours and the share of the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period, time_proportional_share

PERIODS = st.builds(Period, st.integers(1990, 2100), st.integers(1, 12))


@pytest.mark.parametrize("text", ["", "2024", "2024-8", "2024-13", "2024-00", "1989-12", "2101-01", "2024-08-01", None])
def test_anything_but_year_and_month_is_refused(text: str) -> None:
    """Only YYYY-MM of a year that a return can mean is a period."""
    with pytest.raises(ValueError, match="not a reporting period"):
        Period.parse(text)


def test_days_of_a_period() -> None:
    """The cut-off date is the last day of the month, also in a leap year."""
    february = Period.parse("2024-02")
    assert (february.first_day, february.last_day) == (date(2024, 2, 1), date(2024, 2, 29))


def test_neighbours_cross_the_year() -> None:
    """The month before January is December; a shift counts months."""
    assert Period(2024, 1).previous() == Period(2023, 12)
    assert Period(2023, 11).shifted(14) == Period(2025, 1)


def test_year_so_far_begins_in_january() -> None:
    """The months of the year up to the period, in order."""
    assert [str(period) for period in Period(2024, 3).year_so_far()] == ["2024-01", "2024-02", "2024-03"]


def test_share_of_the_year_is_months_of_twelve() -> None:
    """A quarter of the year is due by March, all of it by December."""
    assert time_proportional_share(Period(2024, 3)) == 0.25
    assert time_proportional_share(Period(2024, 12)) == 1


@given(PERIODS, PERIODS)
def test_text_round_trip_and_order(one: Period, other: Period) -> None:
    """A period is read back from its text, and texts sort as periods do."""
    assert Period.parse(str(one)) == one
    assert (one < other) == (str(one) < str(other))
