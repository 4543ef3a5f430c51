"""How many nodes of the plan fell due, what became of them, and which projects they are of (推进计划)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from domain.node_plans import DONE_LATE, DONE_STATES, DROPPED, DUE_NOW, NOT_TOLD, OPEN_STATES, OVERDUE
from domain.node_reports import number_of
from domain.periods import Period


@dataclass(frozen=True, slots=True)
class NodeCounts:
    """到期 N 个，完成 M 个，到期未完成 K 个: ``due`` is the sum of ``done``, ``unfinished`` and ``not_told``.

    ``late`` of those done came after their month; ``this_month`` of those due fell due in the period itself, of which
    ``this_month_done`` are done.
    """

    due: int
    done: int
    late: int
    unfinished: int
    not_told: int
    this_month: int
    this_month_done: int


def is_due(nodes: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: due by the period's end; what a project that was given up (终止) had not done is owed no more."""
    return (nodes["due_month"] <= number_of(period)) & (nodes["state"] != DROPPED)


def is_of_month(nodes: pd.DataFrame, period: Period) -> pd.Series:
    """Mask: due in the period itself (本月到期)."""
    return (nodes["due_month"] == number_of(period)) & (nodes["state"] != DROPPED)


def count_nodes(nodes: pd.DataFrame, period: Period) -> NodeCounts:
    """How many fell due, and what became of them."""
    due = nodes.loc[is_due(nodes, period), "state"]
    of_month = nodes.loc[is_of_month(nodes, period), "state"]
    return NodeCounts(
        due=len(due),
        done=int(due.isin(DONE_STATES).sum()),
        late=int((due == DONE_LATE).sum()),
        unfinished=int(due.isin(OPEN_STATES).sum()),
        not_told=int((due == NOT_TOLD).sum()),
        this_month=len(of_month),
        this_month_done=int(of_month.isin(DONE_STATES).sum()),
    )


def projects_worst_first(nodes: pd.DataFrame) -> list[str]:
    """The projects of the plan: those with overdue nodes first, the more the earlier, then those with nodes due now.

    Of equals the one with the longest delay first, then the one with more that no return tells, then by name.
    """
    facts = pd.DataFrame({
        "project_id": nodes["project_id"],
        "overdue": -(nodes["state"] == OVERDUE).astype(int),
        "due_now": -(nodes["state"] == DUE_NOW).astype(int),
        "days": -nodes["delay_days"].where(nodes["state"].isin(OPEN_STATES), 0),
        "not_told": -(nodes["state"] == NOT_TOLD).astype(int),
        "name": nodes["project_name"],
    })  # fmt: skip
    sums = facts.groupby("project_id").agg({
        "overdue": "sum", "due_now": "sum", "days": "min", "not_told": "sum", "name": "first",
    })  # fmt: skip
    return list(sums.sort_values(list(sums.columns), kind="stable").index)
