"""The months of a year's investment, from what the returns say."""

from __future__ import annotations

import pandas as pd
import pytest

from domain.investment import monthly_investment

Months = list[tuple[int, float | None]]
# name, rows of (period, month's own amount, total of the year), amounts of 2024
YEARS: list[tuple[str, list[tuple[str, float | None, float | None]], Months]] = [
    ("the form's own amounts", [("2024-01", 10, 10), ("2024-02", 15, 25)], [(1, 10), (2, 15)]),
    ("from the totals", [("2024-01", None, 10), ("2024-02", None, 25)], [(1, 10), (2, 15)]),
    ("December's total is not January's start", [("2023-12", None, 900), ("2024-01", None, 10)], [(1, 10)]),
    ("first reported in May", [("2024-05", None, 80)], [(5, None)]),
    ("a month left out", [("2024-01", None, 10), ("2024-03", None, 40), ("2024-04", None, 45)], [(1, 10), (3, None), (4, 5)]),
    ("a total left out", [("2024-01", None, 10), ("2024-02", None, None), ("2024-03", None, 40)], [(1, 10), (2, None), (3, None)]),
    ("own amount without a total", [("2024-01", 10, None), ("2024-02", None, 25)], [(1, 10), (2, None)]),
    ("own amount goes before the totals", [("2024-01", None, 10), ("2024-02", 12, 25)], [(1, 10), (2, 12)]),
    ("a total that fell", [("2024-01", None, 10), ("2024-02", None, 4)], [(1, 10), (2, -6)]),
    ("nothing invested", [("2024-01", None, 0), ("2024-02", 0, 0)], [(1, 0), (2, 0)]),
    ("another year", [("2023-12", 5, 60), ("2025-01", 5, 5)], []),
    ("no return", [], []),
]


@pytest.mark.parametrize(("name", "rows", "expected"), YEARS, ids=[row[0] for row in YEARS])
def test_amounts_of_the_months(name: str, rows: list[tuple[str, float | None, float | None]], expected: Months) -> None:
    """The month's own figure, else the growth of the total since the month just before; unknown rather than guessed."""
    history = pd.DataFrame({
        "period": pd.Series([row[0] for row in rows], dtype=object),
        "investment_month_wan": pd.Series([row[1] for row in rows], dtype=float),
        "investment_ytd_wan": pd.Series([row[2] for row in rows], dtype=float),
    })  # fmt: skip
    assert monthly_investment(history, 2024) == expected
