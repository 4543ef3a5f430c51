"""How many nodes fell due, what became of them, and which projects stand first."""

from __future__ import annotations

import pandas as pd

from domain.node_counts import NodeCounts, count_nodes, is_of_month, projects_worst_first
from domain.periods import Period

AUGUST = Period(2024, 8)
NOW = 2024 * 12 + 7
EARLIER, LATER = NOW - 3, NOW + 1
# project, state, due, days late
NODES = [
    ("甲", "overdue", EARLIER, 92),
    ("甲", "done_late", EARLIER, 10),
    ("甲", "due_now", NOW, 0),
    ("乙", "overdue", EARLIER, 31),
    ("乙", "overdue", EARLIER, 61),
    ("丙", "done_on_time", NOW, None),
    ("丙", "not_told", NOW, None),
    ("丁", "due_now", NOW, 0),
    ("戊", "done_on_time", LATER, None),
    ("戊", "upcoming", LATER, None),
    ("戊", "done", None, None),
    ("戊", "done", EARLIER, None),
    ("己", "dropped", EARLIER, None),
    ("庚", "overdue", EARLIER, 92),
    ("庚", "due_now", NOW, 0),
]


def nodes() -> pd.DataFrame:
    rows = [(name, name, state, due, days) for name, state, due, days in NODES]
    return pd.DataFrame(rows, columns=["project_id", "project_name", "state", "due_month", "delay_days"])


def test_what_fell_due_is_done_open_or_not_told() -> None:
    """Neither what is due later nor what was given up; the parts add up."""
    counts = count_nodes(nodes(), AUGUST)
    assert counts == NodeCounts(due=11, done=3, late=1, unfinished=7, not_told=1, this_month=5, this_month_done=1)
    assert counts.due == counts.done + counts.unfinished + counts.not_told


def test_nothing_due_is_zero() -> None:
    """In an empty plan."""
    assert count_nodes(nodes().iloc[:0], AUGUST) == NodeCounts(0, 0, 0, 0, 0, 0, 0)


def test_nodes_of_the_month() -> None:
    """Done or not."""
    assert list(nodes()[is_of_month(nodes(), AUGUST)]["project_id"]) == ["甲", "丙", "丙", "丁", "庚"]


def test_projects_with_overdue_nodes_stand_first() -> None:
    """The more overdue the earlier, then due now, then the longest delay, then not told, then by name."""
    assert projects_worst_first(nodes()) == ["乙", "庚", "甲", "丁", "丙", "己", "戊"]
