"""Investment by month, from what the returns of a year say."""

from __future__ import annotations

import pandas as pd


def monthly_investment(history: pd.DataFrame, year: int) -> list[tuple[int, float | None]]:
    """(month, amount in 万元) for each month of a year that a project was reported in.

    ``history`` has one row a period (period, investment_month_wan, investment_ytd_wan), ascending. The month's own
    figure where the form has one; else what the year's total grew by since the month reported before, which needs that
    month to be the one just before, or January: None otherwise.
    """
    rows = history[history["period"].str.startswith(f"{year:04d}-")]
    found: list[tuple[int, float | None]] = []
    previous_month, previous_total = 0, 0.0
    for row in rows.itertuples():
        month, total = int(row.period[5:]), row.investment_ytd_wan
        amount = row.investment_month_wan
        if pd.isna(amount):
            amount = total - previous_total if month == previous_month + 1 and not pd.isna(total) else None
        found.append((month, None if amount is None or pd.isna(amount) else float(amount)))
        if not pd.isna(total):
            previous_month, previous_total = month, float(total)
    return found
