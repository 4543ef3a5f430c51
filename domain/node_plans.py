"""The year's node plan against the returns: what is due, done, done late, overdue, and not told (推进计划)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.delay import days_late
from domain.fields import NODES
from domain.indicators import MILESTONES
from domain.node_reports import UNTIL_COMPLETION, latest_tellings, month_numbers, number_of, tellings_of
from domain.periods import Period

OVERDUE, DUE_NOW, NOT_TOLD, UPCOMING = "overdue", "due_now", "not_told", "upcoming"
DONE_LATE, DONE, DONE_ON_TIME, DROPPED = "done_late", "done", "done_on_time", "dropped"
# What asks for action first.
NODE_STATES = (OVERDUE, DUE_NOW, NOT_TOLD, UPCOMING, DONE_LATE, DONE, DONE_ON_TIME, DROPPED)
DONE_STATES = (DONE_ON_TIME, DONE_LATE, DONE)
OPEN_STATES = (OVERDUE, DUE_NOW)  # 到期未完成
NODE_ORDER = {node.code: number for number, node in enumerate(NODES)}
PLAN = "plan"  # told by the plan itself, which writes 已完成 instead of a date
MONTHS_MEANT = {"quarter": 3, "half_year": 6, "year": 12}
DATE_TYPE = "datetime64[us]"
# Of the project: its dates, planned and actual, each with its precision.
DATE_COLUMNS = [
    f"{kind}{name}_{part}" for name in MILESTONES for kind in ("planned_", "") for part in ("date", "date_precision")
]
COLUMNS = (
    "body",
    "due_month",
    "forecast_date",
    "forecast_precision",
    "done_date",
    "done_precision",
    "done_by",
    "told_by",
    "told_month",
    "state",
    "delay_first_days",
    "delay_latest_days",
    "delay_days",
)


def compare_nodes(plan: pd.DataFrame, reports: pd.DataFrame, states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Each planned node against what the returns say by the period's end, what asks for action first.

    ``plan`` and ``reports`` are as ``storage.queries.nodes`` and ``node_reports`` give them, ``states`` as
    ``project_states``. The columns of ``plan`` with:
    body (the district that reports the project, else the one that the plan names);
    due_month (number): that of the first date or of the latest, whichever comes first, so that moving a date never
    turns late into on time;
    forecast_date and forecast_precision: the returns' latest plan, of start and completion while they are not done;
    done_date and done_precision: the date reported, else the month in which one return had the node open and the next
    had it done; NaT where neither tells;
    done_by: the last day by which a node without such a date was done;
    told_by and told_month (number): the field and the return that tell what stands, ``plan`` for 已完成 in the plan;
    state, one of ``NODE_STATES``;
    delay_first_days, delay_latest_days, and delay_days, the greater: from either date to the period's end while the node
    is open, else to the earliest day on which it can have been done; NaN for what is neither late nor due now.
    """
    nodes = _joined(plan, reports, states, period)
    own_dates = _of_milestone(nodes, "", "date")
    nodes["own_date"] = own_dates.where(own_dates <= pd.Timestamp(period.last_day))
    nodes["own_precision"] = _of_milestone(nodes, "", "date_precision")
    earliest, latest = _done_months(nodes, period)
    _tell_done(nodes, earliest, latest)
    nodes["state"] = _states(nodes, earliest, latest, period)
    is_open = ~nodes["state"].isin((*DONE_STATES, DROPPED))
    nodes["forecast_date"] = _of_milestone(nodes, "planned_", "date").where(is_open)
    nodes["forecast_precision"] = _of_milestone(nodes, "planned_", "date_precision").where(is_open, None)
    _count_days(nodes, earliest, period)
    return _worst_first(nodes)[[*plan.columns, *COLUMNS]]


def _joined(plan: pd.DataFrame, reports: pd.DataFrame, states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The plan with what the returns tell of each node and with the dates of its project."""
    known = reports[reports["project_id"].isin(plan["project_id"])]
    nodes = plan.merge(latest_tellings(tellings_of(known)), on=["project_id", "node"], how="left")
    project = states[["project_id", "body", "stage", *DATE_COLUMNS]].rename(columns={"body": "reported_by"})
    nodes = nodes.merge(project, on="project_id", how="left")
    nodes["body"] = nodes["reported_by"].fillna(nodes["district"])
    nodes["due_month"] = month_numbers(nodes[["first_planned_date", "planned_date"]].min(axis=1))
    nodes["is_silent"] = _is_silent(nodes, known, period)
    return nodes


def _is_silent(nodes: pd.DataFrame, known: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: no return says whether the node is done.

    Progress in words is of its month only (``Field.lasts``): what was under way in an earlier return may be done since.
    A project that is reported and has no start has not started, and the same of its completion (应开未开, 2.4).
    """
    is_old = (nodes["told_by"] == "progress_text") & (nodes["told_month"] < number_of(period))
    is_answered = nodes["node"].isin(MILESTONES) & nodes["project_id"].isin(known["project_id"])
    return (nodes["told_by"].isna() | is_old) & ~is_answered


def _of_milestone(nodes: pd.DataFrame, prefix: str, part: str) -> pd.Series:
    """Of a start the project's start, of a completion its completion; nothing of other nodes."""
    found = pd.Series(pd.NaT if part == "date" else None, nodes.index, dtype=DATE_TYPE if part == "date" else object)
    for name in MILESTONES:
        found = found.mask(nodes["node"] == name, nodes[f"{prefix}{name}_{part}"])
    return found


def _done_months(nodes: pd.DataFrame, period: Period) -> tuple[pd.Series, pd.Series]:
    """The first and the last month in which each node can have been done; the last is NaN while it is open.

    A date tells both, as far as it is precise; else the returns do: after the newest that had it open, by the first that
    had it done. A completion is the latest day that whatever comes before it can have been done.
    """
    own_first, own_last = _reach(nodes["own_date"], nodes["own_precision"], period)
    is_before = nodes["node"].isin(UNTIL_COMPLETION)
    completed = nodes["completion_date"].where(is_before & (nodes["completion_date"] <= pd.Timestamp(period.last_day)))
    _, completed_last = _reach(completed, nodes["completion_date_precision"], period)
    told_last = pd.concat([nodes["first_done"], completed_last], axis=1).min(axis=1)
    told_first = (nodes["last_open"] + 1).where(nodes["last_open"] < told_last)
    return own_first.fillna(told_first), own_last.fillna(told_last)


def _reach(dates: pd.Series, precisions: pd.Series, period: Period) -> tuple[pd.Series, pd.Series]:
    """The first and the last month that a date can mean, the last not after the period."""
    first = month_numbers(dates)
    return first, (first + precisions.map(MONTHS_MEANT).astype(float).fillna(1) - 1).clip(upper=number_of(period))


def _tell_done(nodes: pd.DataFrame, earliest: pd.Series, latest: pd.Series) -> None:
    """When each node was done, as far as it can be told, and what tells it."""
    is_own, is_told = nodes["own_date"].notna(), latest.notna()
    nodes["done_date"] = nodes["own_date"].fillna(_first_days(latest.where(earliest == latest)))
    nodes["done_precision"] = nodes["own_precision"].where(is_own, "month").where(nodes["done_date"].notna(), None)
    nodes["done_by"] = (_first_days(latest) + pd.offsets.MonthEnd(0)).where(nodes["done_date"].isna())
    by_date = is_told & nodes["first_done"].isna() & ~is_own
    told_by = nodes["told_by"].mask(by_date, "completion_date").mask(is_own, nodes["node"] + "_date")
    nodes["told_by"] = told_by.mask(nodes["is_done"] & ~is_told, PLAN)
    nodes["told_month"] = nodes["told_month"].mask(is_own | by_date | (nodes["told_by"] == PLAN))


def _first_days(months: pd.Series) -> pd.Series:
    """The first day of each month number; NaT for none."""
    days = [pd.NaT if pd.isna(month) else pd.Timestamp(int(month) // 12, int(month) % 12 + 1, 1) for month in months]
    return pd.Series(days, months.index, dtype=DATE_TYPE)


def _states(nodes: pd.DataFrame, earliest: pd.Series, latest: pd.Series, period: Period) -> pd.Series:
    """Promises are of the month: done in the month planned is on time, and due in the period's month is not yet overdue."""
    due, now = nodes["due_month"], number_of(period)
    is_done = latest.notna() | nodes["is_done"]
    cases = (
        (latest <= due, DONE_ON_TIME),
        (latest.notna() & (earliest > due), DONE_LATE),
        (is_done, DONE),
        (nodes["stage"] == "cancelled", DROPPED),
        (~(due <= now), UPCOMING),
        (nodes["is_silent"], NOT_TOLD),
        (due == now, DUE_NOW),
    )
    found = np.select([mask for mask, _ in cases], [state for _, state in cases], OVERDUE)
    return pd.Series(found, nodes.index, dtype=object)


def _count_days(nodes: pd.DataFrame, earliest: pd.Series, period: Period) -> None:
    """Days late, negative for the one of two dates that has not come."""
    done_day = nodes["own_date"].fillna(_first_days(earliest))
    for name in ("first", "latest"):
        planned = nodes["first_planned_date" if name == "first" else "planned_date"]
        open_days = days_late(planned, period).where(nodes["state"].isin(OPEN_STATES))
        late_days = (done_day - planned).dt.days.where(nodes["state"] == DONE_LATE)
        nodes[f"delay_{name}_days"] = open_days.fillna(late_days.astype(float))
    nodes["delay_days"] = nodes[["delay_first_days", "delay_latest_days"]].max(axis=1)


def _worst_first(nodes: pd.DataFrame) -> pd.DataFrame:
    """By state, then the longest delay, then what is due first, then by project and the order of the nodes."""
    order = pd.DataFrame({
        "state": nodes["state"].map(NODE_STATES.index),
        "days": -nodes["delay_days"],
        "due": nodes["due_month"],
        "name": nodes["project_name"],
        "project": nodes["project_id"],
        "node": nodes["node"].map(NODE_ORDER),
    })  # fmt: skip
    sorted_index = order.sort_values(list(order.columns), na_position="last").index
    return nodes.loc[sorted_index].reset_index(drop=True)
