"""The month of a stage, told from the returns."""

from __future__ import annotations

import pandas as pd
import pytest

from domain.stage_months import first_days, told_days

# what the returns did, first to report the stage, first to report any, first to report one further on, the day told
CASES = [
    ("never reported", None, "2024-01", None, None),
    ("no return at all", None, None, None, None),
    ("an earlier return shows it before", "2024-05", "2024-01", None, "2024-05-01"),
    ("in the return right after the first", "2024-02", "2024-01", None, "2024-02-01"),
    ("over the turn of the year", "2024-01", "2023-12", None, "2024-01-01"),
    ("the first return has it there already: then or before", "2024-01", "2024-01", None, None),
    ("an earlier return has it further on", "2024-05", "2024-01", "2024-03", None),
    ("a later return has it further on", "2024-05", "2024-01", "2024-06", "2024-05-01"),
]


@pytest.mark.parametrize(
    ("seen", "first", "later", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_two_returns_tell_the_month(
    seen: str | None, first: str | None, later: str | None, expected: str | None
) -> None:
    """One that has the project before the stage, one that has it there."""
    columns = [pd.Series([value], dtype=object) for value in (seen, first, later)]
    day = told_days(*columns)[0]
    assert (None if pd.isna(day) else day.date().isoformat()) == expected


def test_without_a_later_stage() -> None:
    """The last of the chain has none after it; nobody is an empty column of days."""
    day = told_days(pd.Series(["2024-05"]), pd.Series(["2024-01"]))
    assert day[0] == pd.Timestamp(2024, 5, 1)
    assert first_days(pd.Series([], dtype=object)).empty
