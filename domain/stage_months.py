"""The month in which a stage was reached, told from the returns where none of them gives a date."""

from __future__ import annotations

import pandas as pd


def first_days(periods: pd.Series) -> pd.Series:
    """The first day of each period (``2024-08``), NaT for none."""
    return pd.to_datetime(periods, format="%Y-%m")


def told_days(seen: pd.Series, first_told: pd.Series, seen_later: pd.Series | None = None) -> pd.Series:
    """The month whose return first reported a stage, as its first day; NaT where the returns do not tell the month.

    ``seen``: the first period that reported the stage; ``first_told``: the first that gave the project any stage;
    ``seen_later``: the first that gave one further on. Two returns tell the month, one that has the project before the
    stage and one that has it there. A first return that has it there already, or an earlier one that has it further on,
    says "then or before": 审计署 2015 found earlier years' completions booked as this year's (domain.md 4, S71).
    """
    day, before = first_days(seen), first_days(first_told)
    is_told = before < day
    if seen_later is not None:
        is_told &= ~(first_days(seen_later) < day)
    return day.where(is_told)
