"""How each industrial project on the list stands against what it promised: the classes of the bulletin's paragraph.

After India's Flash Report (N projects: ahead, on schedule, delayed, with no date; delay counted against the original
schedule and again against the latest one). Each project is in one class, so that the classes add up to all.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.delay import PROGRESS, months_between
from domain.delay_bands import undated
from domain.indicators import has_begun, has_come
from domain.periods import Period
from domain.submissions import PROJECTS

LATE, UNTOLD, UNDATED, AHEAD, PUT_OFF, ON_TIME = PROMISE_STANDINGS = (
    "late",
    "untold",
    "undated",
    "ahead",
    "put_off",
    "on_time",
)


def on_list(states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The industrial projects on the list (在库): neither completed by the period's end nor cancelled."""
    is_listed = (states["stage"] != "cancelled") & ~has_come(states, "completion_date", period)
    return states[(states["kind"] == PROJECTS) & is_listed]


def promise_standings(states: pd.DataFrame, delays: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row a project on the list: project_id, body, and standing, the first of these that holds.

    - ``late`` (滞后): a milestone is due by either promise and not done, as in ``delays`` (``delayed_projects``)
    - ``untold`` (未报): this period's returns do not have it, so that nothing is known: silent is not green
    - ``undated`` (未填计划日期): the milestone that it owes next was never given a date
    - ``ahead`` (超前): its latest plan for that milestone is an earlier month than it first promised
    - ``put_off`` (已改期未到期): a later month, neither of them due yet
    - ``on_time`` (按期): the month first promised, and not due yet
    """
    listed = on_list(states, period)
    late = delays.loc[delays["milestone"] != PROGRESS, "project_id"]
    moved = _months_moved(listed, period)
    cases = (
        (listed["project_id"].isin(late), LATE),
        (~listed["is_reported"], UNTOLD),
        (listed["project_id"].isin(undated(states, period)["project_id"]), UNDATED),
        (moved < 0, AHEAD),
        (moved > 0, PUT_OFF),
    )
    found = np.select([mask for mask, _ in cases], [standing for _, standing in cases], ON_TIME)
    return listed[["project_id", "body"]].assign(standing=pd.Series(found, listed.index, dtype=object))


def _months_moved(listed: pd.DataFrame, period: Period) -> pd.Series:
    """Whole months from the first promise to the latest plan of the milestone owed next: start, then completion."""
    is_begun = has_begun(listed, period)
    months = {
        name: months_between(listed[f"first_planned_{name}_date"], period)
        - months_between(listed[f"planned_{name}_date"], period)
        for name in ("start", "completion")
    }
    return months["completion"].where(is_begun, months["start"])
