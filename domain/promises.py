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
