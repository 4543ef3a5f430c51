"""Chains of promises: which moves are slips, by how much, how often, and whether the return said so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from examples import tried
from frames import states
from hypothesis import given
from hypothesis import strategies as st

from domain.delay import delayed_projects
from domain.periods import Period
from domain.promise_chains import most_moved, promise_moves, slips_of, steps_of

COLUMNS = ("project_id", "milestone", "number", "period", "planned_date", "date_before", "first_date", "texts")
# What each month's return plans for a milestone, and what its row says: (period, date or None, words).
Told = list[tuple[str, str | None, str]]


def chain(told: Told, project_id: str = "p1", milestone: str = "start") -> list[dict[str, Any]]:
    """The chain of what was told, as the query of promise chains gives it."""
    found: list[dict[str, Any]] = []
    before = None
    for period, planned, texts in told:
        if planned is None:
            continue
        if before is None or before[:7] != planned[:7]:
            found.append({
                "project_id": project_id, "milestone": milestone, "number": len(found) + 1, "period": period,
                "planned_date": planned, "date_before": before, "first_date": found[0]["planned_date"] if found else planned,
                "texts": texts,
            })  # fmt: skip
        before = planned
    return found


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in ("planned_date", "date_before", "first_date"):
        made[name] = pd.to_datetime(made[name])
    return made.astype({"number": int, "texts": object})


# what happens, what each month's return told, moves: (period, days, days in all, times, later, said)
TABLE: list[tuple[str, Told, list[tuple[Any, ...]]]] = [
    ("a promise that holds", [("2024-01", "2024-06-30", ""), ("2024-02", "2024-06-30", "")], []),
    ("another day of the same month", [("2024-01", "2024-06-30", ""), ("2024-02", "2024-06-10", "")], []),
    ("a month without a date", [("2024-01", "2024-06-30", ""), ("2024-02", None, ""), ("2024-03", "2024-06-30", "")], []),
    ("nothing planned", [("2024-01", None, "延期")], []),
    ("later, without a word",
     [("2024-01", "2024-06-30", ""), ("2024-05", "2024-09-30", "供电接入方案未批复")],
     [("2024-05", 92, 92, 1, True, False)]),
    ("later, and said",
     [("2024-01", "2024-06-30", ""), ("2024-05", "2024-09-30", "因供电延期至9月")],
     [("2024-05", 92, 92, 1, True, True)]),
    ("said a month too late",
     [("2024-01", "2024-06-30", ""), ("2024-05", "2024-09-30", "主体施工"), ("2024-06", "2024-09-30", "工期延期")],
     [("2024-05", 92, 92, 1, True, False)]),
    ("twice later",
     [("2024-01", "2024-06-30", ""), ("2024-05", "2024-09-30", ""), ("2024-08", "2024-12-31", "计划调整")],
     [("2024-05", 92, 92, 1, True, False), ("2024-08", 92, 184, 2, True, True)]),
    ("later and back again",
     [("2024-01", "2024-06-30", ""), ("2024-02", "2024-12-31", ""), ("2024-03", "2024-06-30", "")],
     [("2024-02", 184, 184, 1, True, False), ("2024-03", -184, 0, 2, False, False)]),
    ("earlier",
     [("2024-01", "2024-06-30", ""), ("2024-02", "2024-03-31", "力争提前")],
     [("2024-02", -91, -91, 1, False, True)]),
    ("moved after it had fallen due",
     [("2024-01", "2022-02-28", ""), ("2024-09", "2025-01-31", "环评能评编制")],
     [("2024-09", 1068, 1068, 1, True, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_moves_as_a_clerk_would_note_them(told: Told, expected: list[tuple[Any, ...]]) -> None:
    """Period, days against the date before and the first, how often, later or earlier, said or not."""
    moves = promise_moves(frame(chain(told)))
    noted = moves[["period", "days", "days_in_all", "times", "is_later", "is_said"]]
    assert [tuple(row) for row in noted.itertuples(index=False)] == expected


def test_slips_are_the_months_own_later_moves() -> None:
    """Neither those of another month nor moves to an earlier date; the furthest first."""
    moves = promise_moves(frame([
        *chain([("2024-01", "2024-06-30", ""), ("2024-05", "2024-09-30", "")], "p1"),
        *chain([("2024-01", "2024-06-30", ""), ("2024-05", "2025-09-30", "")], "p2"),
        *chain([("2024-01", "2024-06-30", ""), ("2024-05", "2024-05-31", "")], "p3"),
        *chain([("2024-01", "2024-06-30", ""), ("2024-04", "2024-09-30", "")], "p4"),
    ]))  # fmt: skip
    assert list(slips_of(moves, Period(2024, 5))["project_id"]) == ["p2", "p1"]
    assert slips_of(moves, Period(2024, 6)).empty


def test_the_most_moved_are_those_of_most_moves_then_of_most_days() -> None:
    """One row a milestone, that of its newest move; two milestones of a project stand apart."""
    moves = promise_moves(frame([
        *chain([("2024-01", "2024-06-30", ""), ("2024-05", "2024-07-31", ""), ("2024-06", "2024-08-31", "")], "p1"),
        *chain([("2024-01", "2024-06-30", ""), ("2024-05", "2026-06-30", "")], "p1", "completion"),
        *chain([("2024-01", "2024-06-30", ""), ("2024-05", "2025-06-30", "")], "p2"),
    ]))  # fmt: skip
    ordered = most_moved(moves)
    found = ordered[["project_id", "milestone", "times"]].to_numpy().tolist()
    assert found == [["p1", "start", 2], ["p1", "completion", 1], ["p2", "start", 1]]


def test_the_steps_of_one_milestone() -> None:
    """First promise, each change, latest; no other project's and no other milestone's."""
    told: Told = [("2024-01", "2024-06-30", ""), ("2024-05", "2024-07-31", "")]
    chains = frame([*chain(told), *chain(told[:1], "p1", "completion"), *chain(told, "p2")])
    assert list(steps_of(chains, "p1", "start")["period"]) == ["2024-01", "2024-05"]


def test_nothing_ever_planned() -> None:
    """No chain, no move, no slip; the masks are masks all the same."""
    moves = promise_moves(frame([]))
    assert moves.empty and slips_of(moves, Period(2024, 5)).empty and most_moved(moves).empty
    assert moves["is_said"].dtype == bool and moves[~moves["is_said"]].empty


MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]
DAY = st.none() | st.sampled_from(["2024-03-31", "2024-03-15", "2024-06-30", "2024-12-31", "2025-06-30"])
WORDS = st.sampled_from(["", "主体施工", "工期延期", "滞后", "计划调整为年底"])
TOLD = st.lists(st.tuples(DAY, WORDS), max_size=12).map(
    lambda months: [(period, day, text) for period, (day, text) in zip(MONTHS, months, strict=False)]
)


def clerk(told: Told) -> list[tuple[str, int, int, int, bool, bool]]:
    """The moves once more: go through the returns with the last date in mind."""
    noted = []
    first = last = None
    times = 0
    for period, planned, texts in told:
        if planned is None:
            continue
        day = date.fromisoformat(planned)
        if first is None or last is None:
            first = last = day
            continue
        if (day.year, day.month) != (last.year, last.month):
            times += 1
            said = any(word in texts for word in ("延期", "调整为"))
            noted.append((period, (day - last).days, (day - first).days, times, day > last, said))
        last = day
    return noted


@given(TOLD)
def test_moves_are_those_of_the_clerk(told: Told) -> None:
    """On whatever course of returns."""
    moves = promise_moves(frame(chain(told)))
    noted = moves[["period", "days", "days_in_all", "times", "is_later", "is_said"]]
    assert [tuple(row) for row in noted.itertuples(index=False)] == clerk(told)


@given(TOLD, st.integers(1, 12))
@tried(50)
def test_moving_a_date_never_turns_red_into_green(told: Told, month: int) -> None:
    """A start not made is late from the month first promised on, whatever was planned since."""
    dates = [planned for _, planned, _ in told if planned]
    period = Period(2024, month)
    rows = states(
        first_planned_start_date=dates[0] if dates else None,
        planned_start_date=dates[-1] if dates else None,
        stage="signed",
    )
    is_due = bool(dates) and dates[0] <= period.last_day.isoformat()
    assert len(delayed_projects(rows, period)) == 1 or not is_due
