"""Promises that fell due this year and whether they were kept (承诺兑现)."""

from __future__ import annotations

import pandas as pd

from domain.grades import BEHIND, ON_TRACK, SLIGHTLY, UNKNOWN
from domain.indicators import MILESTONES
from domain.periods import Period
from domain.submissions import PROJECTS

KEPT_WELL, KEPT_FAIRLY = 0.8, 0.6


def promises_due(states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """First promises of industrial projects that fell due in the period's year up to its end, one row each.

    Columns: project_id, project_name, body, milestone, promised, done (the actual date, NaT for none), is_kept. A
    promise is kept when the milestone was done in the month promised or earlier; promises are of the month, since most
    returns name no day. A completion without a start on record is the latest day that the start can have been.
    """
    return _promised_between(states, pd.Timestamp(period.year, 1, 1), pd.Timestamp(period.last_day))


def promises_of_month(states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The same of first promises for one month alone; with a later month than that of ``states``, what is ahead."""
    return _promised_between(states, pd.Timestamp(period.first_day), pd.Timestamp(period.last_day))


def _promised_between(states: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    projects = states[states["kind"] == PROJECTS]
    promised = pd.concat([_of_milestone(projects, milestone) for milestone in MILESTONES], ignore_index=True)
    due = promised[(promised["promised"] >= first) & (promised["promised"] <= last)].copy()
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


def grade_kept(rate: float | None) -> str:
    """Grade of a share of promises kept, 0 to 1: 武汉's cards, below 80 % of what was due yellow, below 60 % red."""
    if rate is None:
        return UNKNOWN
    return ON_TRACK if rate >= KEPT_WELL else SLIGHTLY if rate >= KEPT_FAIRLY else BEHIND


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
