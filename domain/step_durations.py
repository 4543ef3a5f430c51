"""How long projects take from one step of their conversion to the next, and which wait longer than most (卡在哪一步)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.conversion import CODES, SEEN, furthest_told, last_steps
from domain.periods import Period

# A quarter or a year is too wide to count days from: such a day is as good as none.
COUNTABLE = ("day", "month", SEEN)
MEASURED, OPEN, UNDATED, DISORDERED, CANCELLED = "measured", "open", "undated", "disordered", "cancelled"
OUTCOMES = (MEASURED, OPEN, UNDATED, DISORDERED, CANCELLED)
# With five values the quartiles are the second and the fourth; with fewer they lean on the extremes: 样本不足.
LEAST_DURATIONS = 5
QUARTILES = {"lower": 0.25, "median": 0.5, "upper": 0.75}


def step_spans(steps: pd.DataFrame) -> pd.DataFrame:
    """One row for each project and step that it reached, except the last of the chain: how long to the next step.

    ``steps`` is as ``conversion`` gives it. Its columns of the step left, with ``days`` to the next step (NaN unless
    measured) and ``outcome``: ``measured``; ``open`` (the next is not reached yet: censored, and no duration);
    ``undated`` (either day is not known, or only by quarter or year); ``disordered`` (the next is dated earlier: one of
    the dates is wrong, or production began before the acceptance); ``cancelled`` (never to come). A day known by its
    month counts as the month's first, so that a duration between two such days is a month more or less.
    """
    days = steps["day"].where(steps["precision"].isin(COUNTABLE))
    following = steps.assign(day=days).groupby("project_id").shift(-1)
    is_next = following["is_reached"].fillna(False).astype(bool)
    length = (following["day"] - days).dt.days.astype(float)
    cases = {
        CANCELLED: ~is_next & steps["is_cancelled"],
        OPEN: ~is_next,
        UNDATED: length.isna(),
        DISORDERED: length < 0,
    }
    outcome = np.select(list(cases.values()), list(cases), MEASURED)
    found = steps.assign(days=length.where(outcome == MEASURED), outcome=outcome)
    return found[found["is_reached"] & (found["step"] != CODES[-1])]


def duration_quartiles(spans: pd.DataFrame) -> pd.DataFrame:
    """The durations from each step to the next, one row a step left, the four in order.

    Columns: step, lower, median, upper (days; NaN where fewer than ``LEAST_DURATIONS`` were measured), and how many
    spans had each outcome: measured_count, open_count, undated_count, disordered_count, cancelled_count. Quartiles by
    linear interpolation between the two values beside the place 1 + (n - 1) p (Hyndman and Fan, type 7). What is still
    open has no duration and is left out, so that the quartiles of a young chain are on the short side.
    """
    rows = [_quartiles_of(spans[spans["step"] == step]) for step in CODES[:-1]]
    return pd.DataFrame(rows).assign(step=CODES[:-1])


def _quartiles_of(spans: pd.DataFrame) -> dict[str, float | int]:
    measured = spans["days"].dropna()
    is_enough = len(measured) >= LEAST_DURATIONS
    counts = {f"{outcome}_count": int((spans["outcome"] == outcome).sum()) for outcome in OUTCOMES}
    return counts | {name: measured.quantile(at) if is_enough else np.nan for name, at in QUARTILES.items()}


def waiting_projects(steps: pd.DataFrame, quartiles: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The projects on their way, one row each: the last step reached, since when, and against the zone's own durations.

    ``quartiles`` is of the whole zone (reference class: the zone's own durations, domain.md 2.1, S35). The columns of
    ``conversion`` with: days (since the step, to the period's end; NaN where its day is not known), upper (the upper
    quartile of that step in days; NaN for 样本不足, and where the district has never reported any project further on,
    since its silence is no delay), beyond_days (days above it, negative below), is_beyond (longer than
    three quarters of the zone's measured cases took). Those at capacity have arrived; the cancelled are told apart
    (``lost_projects``). Those beyond first, furthest beyond at the top; then the others by days, the undated last.
    """
    last = last_steps(steps)
    waiting = last[~last["is_cancelled"] & (last["step"] != CODES[-1])].copy()
    known = waiting["day"].where(waiting["precision"].isin(COUNTABLE))
    waiting["days"] = (pd.Timestamp(period.last_day) - known).dt.days.astype(float)
    is_told = waiting["body"].map(furthest_told(steps)) > waiting["number"]
    waiting["upper"] = waiting["step"].map(quartiles.set_index("step")["upper"]).astype(float).where(is_told)
    waiting["beyond_days"] = waiting["days"] - waiting["upper"]
    waiting["is_beyond"] = waiting["beyond_days"] > 0
    rank = waiting["beyond_days"].where(waiting["is_beyond"], waiting["days"])
    order = waiting.assign(rank=rank).sort_values(
        ["is_beyond", "rank", "project_id"], ascending=[False, False, True], na_position="last"
    )
    return waiting.loc[order.index].reset_index(drop=True)


def lost_projects(steps: pd.DataFrame) -> pd.DataFrame:
    """The cancelled projects, one row each with the last step that they reached, the furthest first."""
    last = last_steps(steps)
    return last[last["is_cancelled"]].sort_values(["number", "project_id"], ascending=[False, True])
