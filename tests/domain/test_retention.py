"""Which backups are kept: a table that can be checked by hand, and a slow second implementation."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.retention import backups_kept

NOON = datetime(2024, 12, 31, 12)


def days(*back: int) -> list[datetime]:
    return [NOON - timedelta(days=each) for each in back]


CASES = {
    "none": ([], []),
    "one": (days(0), days(0)),
    "two of a day": ([NOON, NOON - timedelta(hours=3)], [NOON]),
    # 31 to 18 December, and the last of November, October and September.
    "a hundred days": (days(*range(100)), days(*range(14), 31, 61, 92)),
    # 14 days are the backups themselves, however far apart.
    "one a month for two years": (
        [datetime(2023 + n // 12, n % 12 + 1, 5) for n in range(24)],
        [datetime(2023 + n // 12, n % 12 + 1, 5) for n in range(10, 24)],
    ),
    "off for a year": (
        [*days(0), datetime(2023, 12, 30), datetime(2023, 12, 2)],
        [*days(0), datetime(2023, 12, 30), datetime(2023, 12, 2)],
    ),
}


@pytest.mark.parametrize(("made", "kept"), CASES.values(), ids=CASES)
def test_what_is_kept(made: list[datetime], kept: list[datetime]) -> None:
    """14 days and 12 months, the newest of each."""
    assert backups_kept(made) == set(kept)


def kept_slowly(made: list[datetime]) -> set[datetime]:
    """The rule once more: one backup after the other, from the newest, with the days and months seen so far."""
    kept, seen_days, seen_months = set(), [], []
    for at in sorted(made, reverse=True):
        day, month = f"{at:%Y-%m-%d}", f"{at:%Y-%m}"
        if day not in seen_days:
            seen_days.append(day)
            if len(seen_days) <= 14:
                kept.add(at)
        if month not in seen_months:
            seen_months.append(month)
            if len(seen_months) <= 12:
                kept.add(at)
    return kept


@given(st.lists(st.integers(0, 900 * 24), max_size=120))
def test_both_implementations_agree(hours: list[int]) -> None:
    """On backups of any two and a half years; the newest is always kept."""
    made = [NOON - timedelta(hours=each) for each in hours]
    assert backups_kept(made) == kept_slowly(made)
    assert not made or max(made) in backups_kept(made)
