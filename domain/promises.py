"""Promises that fell due this year and whether they were kept (承诺兑现)."""

from __future__ import annotations

import pandas as pd

from domain.indicators import MILESTONES
from domain.periods import Period
from domain.submissions import PROJECTS


def promises_due(states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """First promises of industrial projects that fell due in the period's year up to its end, one row each.

    Columns: project_id, project_name, body, milestone, promised, done (the actual date, NaT for none), is_kept. A
    promise is kept when the milestone was done in the month promised or earlier; promises are of the month, since most
    returns name no day. A completion without a start on record is the latest day that the start can have been.
    """
    projects = states[states["kind"] == PROJECTS]
    parts = [_of_milestone(projects, milestone) for milestone in MILESTONES]
    due = pd.concat(parts, ignore_index=True)
    year_start, end = pd.Timestamp(period.year, 1, 1), pd.Timestamp(period.last_day)
    due = due[(due["promised"] >= year_start) & (due["promised"] <= end)].copy()
    due["is_kept"] = due["done"].dt.to_period("M") <= due["promised"].dt.to_period("M")
    return due


def kept_by_month(due: pd.DataFrame) -> pd.DataFrame:
    """到期 N 个，兑现 M 个: one row a body, milestone and month in which any promise of ``promises_due`` fell due.

    Columns: body, milestone, month (1 to 12), due_count, kept_count.
    """
    grouped = due.assign(month=due["promised"].dt.month).groupby(["body", "milestone", "month"], as_index=False)
    counts = grouped.agg(due_count=("is_kept", "size"), kept_count=("is_kept", "sum"))
    return counts.astype({"due_count": int, "kept_count": int})


def kept_rate(due: pd.DataFrame) -> float | None:
    """Share of the promises that were kept (兑现率), 0 to 1; None where nothing fell due: neither 0 % nor 100 %."""
    return float(due["is_kept"].mean()) if len(due) else None


def _of_milestone(projects: pd.DataFrame, milestone: str) -> pd.DataFrame:
    done = projects[f"{milestone}_date"].fillna(projects["completion_date"])
    return pd.DataFrame({
        "project_id": projects["project_id"],
        "project_name": projects["project_name"],
        "body": projects["body"],
        "milestone": milestone,
        "promised": projects[f"first_planned_{milestone}_date"],
        "done": done,
    })  # fmt: skip
