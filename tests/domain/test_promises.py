"""Promises of the year: which fell due, and which were kept."""

from __future__ import annotations

from typing import Any

import pytest
from frames import states

from domain.periods import Period
from domain.promises import grade_kept, kept_by_month, kept_rate, promises_due, promises_of_month

# name, promised first, done, period, kept (None: not due this year so far)
STARTS = [
    ("done in the month promised", "2024-08-31", "2024-08-01", "2024-08", True),
    ("a day too late, in the month promised", "2024-08-10", "2024-08-31", "2024-08", True),
    ("done before", "2024-08-31", "2023-11-15", "2024-08", True),
    ("done a month late", "2024-07-31", "2024-08-01", "2024-08", False),
    ("not done", "2024-07-31", None, "2024-08", False),
    ("not yet due", "2024-09-30", None, "2024-08", None),
    ("due last year", "2023-12-31", None, "2024-01", None),
    ("due last year, asked then", "2023-12-31", None, "2023-12", False),
    ("due on the first day of the year", "2024-01-01", "2023-12-31", "2024-01", True),
    ("nothing promised", None, "2024-07-31", "2024-08", None),
]


@pytest.mark.parametrize("row", STARTS, ids=[row[0] for row in STARTS])
@pytest.mark.parametrize("milestone", ["start", "completion"])
def test_a_promise_is_of_the_month(milestone: str, row: tuple[Any, ...]) -> None:
    """Kept in the month promised or earlier; only the year's promises, up to the period."""
    _, promised, done, period, is_kept = row
    due = promises_due(states(**{f"planned_{milestone}_date": promised, f"{milestone}_date": done}), Period.parse(period))
    assert list(due["is_kept"]) == ([] if is_kept is None else [is_kept])
    assert set(due["milestone"]) <= {milestone}


def test_the_first_promise_counts_wherever_it_moved() -> None:
    """Moved away in time, it is due all the same, and not kept."""
    due = promises_due(
        states(first_planned_start_date="2024-03-31", planned_start_date="2024-12-31", start_date="2024-08-01"),
        Period(2024, 8),
    )
    assert [str(day.date()) for day in due["promised"]] == ["2024-03-31"]
    assert list(due["is_kept"]) == [False]


@pytest.mark.parametrize(("completed", "is_kept"), [("2024-05-31", True), ("2024-07-01", False)])
def test_a_completion_says_that_the_start_was_no_later(completed: str, is_kept: bool) -> None:
    """Completed without a start on record: the start was kept if the completion came in time for it."""
    due = promises_due(states(planned_start_date="2024-06-30", completion_date=completed), Period(2024, 8))
    assert list(due["is_kept"]) == [is_kept]


def test_two_promises_of_a_project_and_none_of_works() -> None:
    """One row a promise, with project and district; infrastructure has a chain of its own."""
    frame = states(
        project_name=["风电", "道路"],
        kind=["projects", "infrastructure"],
        body=["xiangshui", "binhai"],
        planned_start_date="2024-02-29",
        planned_completion_date="2024-08-31",
        start_date="2024-02-01",
    )
    due = promises_due(frame, Period(2024, 8))
    rows = due[["project_id", "project_name", "body", "milestone", "is_kept"]].to_numpy().tolist()
    assert rows == [["p1", "风电", "xiangshui", "start", True], ["p1", "风电", "xiangshui", "completion", False]]


def test_due_and_kept_by_district_milestone_and_month() -> None:
    """到期 N 个，兑现 M 个: the month is that of the promise, whenever it was kept."""
    frame = states(
        body=["binhai", "binhai", "binhai", "xiangshui", "binhai"],
        planned_start_date=["2024-03-31", "2024-03-15", "2024-05-31", "2024-03-31", "2024-12-31"],
        start_date=["2024-01-10", "2024-04-01", "2024-05-02", None, None],
        planned_completion_date=[None, None, "2024-08-31", None, None],
    )
    counts = kept_by_month(promises_due(frame, Period(2024, 8)))
    rows = counts[["body", "milestone", "month", "due_count", "kept_count"]].to_numpy().tolist()
    assert rows == [
        ["binhai", "completion", 8, 1, 0],
        ["binhai", "start", 3, 2, 1],
        ["binhai", "start", 5, 1, 1],
        ["xiangshui", "start", 3, 1, 0],
    ]


# promised and done of each, rate over the year
RATES = [([], None), ([("2024-03-31", None)], 0.0), ([("2024-03-31", "2024-03-02"), ("2024-04-30", "2024-05-02")], 0.5)]


@pytest.mark.parametrize(("dates", "rate"), RATES)
def test_the_rate_over_the_year(dates: list[tuple[str, str | None]], rate: float | None) -> None:
    """Nothing due is neither 0 % nor 100 %."""
    frame = states(planned_start_date=[each[0] for each in dates], start_date=[each[1] for each in dates])
    assert kept_rate(promises_due(frame, Period(2024, 8))) == rate
    assert kept_by_month(promises_due(frame, Period(2024, 8)))["due_count"].sum() == len(dates)


def test_promises_of_one_month() -> None:
    """Those of that month alone, whatever the year; asked of a month to come, what is ahead."""
    frame = states(
        planned_start_date=["2024-07-31", "2024-08-31", "2025-01-31", None],
        start_date=[None, "2024-08-02", None, None],
        planned_completion_date=[None, None, "2024-08-31", "2024-08-15"],
    )
    of_august = promises_of_month(frame, Period(2024, 8))
    assert list(zip(of_august["project_id"], of_august["milestone"], of_august["is_kept"], strict=True)) == [
        ("p2", "start", True), ("p3", "completion", False), ("p4", "completion", False),
    ]  # fmt: skip
    assert list(promises_of_month(frame, Period(2025, 1))["project_id"]) == ["p3"]


@pytest.mark.parametrize(
    ("rate", "grade"),
    [(1.0, "on_track"), (0.8, "on_track"), (0.79, "slightly"), (0.6, "slightly"), (0.59, "behind"), (0.0, "behind"), (None, "unknown")],
)
def test_grade_of_what_was_kept(rate: float | None, grade: str) -> None:
    """Below 80 % yellow, below 60 % red (武汉); nothing due is not green."""
    assert grade_kept(rate) == grade
