"""Durations between steps, and who waits longer than most."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from conversion_frames import dates, seen_of, steps_of

from domain.conversion import CODES
from domain.periods import Period
from domain.step_durations import (
    CANCELLED,
    DISORDERED,
    LEAST_DURATIONS,
    MEASURED,
    OPEN,
    OUTCOMES,
    UNDATED,
    duration_quartiles,
    lost_projects,
    step_spans,
    waiting_projects,
)

DECEMBER = Period(2024, 12)
# name, dates, precision of the start, days from signing to start, outcome of that span
SPANS: list[tuple[str, dict[str, Any], float | None, str]] = [
    ("thirty days", dates("2024-01-01", "2024-01-31"), 30, MEASURED),
    ("the same day", dates("2024-01-01", "2024-01-01"), 0, MEASURED),
    ("over 29 February", dates("2024-02-28", "2024-03-01"), 2, MEASURED),
    ("start by the month", dates("2024-01-15", "2024-03-01") | {"start_date_precision": "month"}, 46, MEASURED),
    ("not started: no duration", dates("2024-01-01"), None, OPEN),
    ("suspended: still open", dates("2024-01-01") | {"stage": "suspended"}, None, OPEN),
    ("cancelled before the start", dates("2024-01-01") | {"stage": "cancelled"}, None, CANCELLED),
    ("cancelled after the start", dates("2024-01-01", "2024-01-31") | {"stage": "cancelled"}, 30, MEASURED),
    ("completed, the start not dated", dates("2024-01-01", None, "2024-06-01"), None, UNDATED),
    ("signing not dated", dates(None, "2024-01-31"), None, UNDATED),
    ("start by the year alone", dates("2023-01-01", "2024-01-01") | {"start_date_precision": "year"}, None, UNDATED),
    ("start by the quarter", dates("2023-01-01", "2024-01-01") | {"start_date_precision": "quarter"}, None, UNDATED),
    ("started before it was signed", dates("2024-03-01", "2024-01-31"), None, DISORDERED),
]


@pytest.mark.parametrize(("row", "days", "outcome"), [case[1:] for case in SPANS], ids=[case[0] for case in SPANS])
def test_a_span_is_measured_or_said_why_not(row: dict[str, Any], days: float | None, outcome: str) -> None:
    """Days from signing to start."""
    spans = step_spans(steps_of([row], period=DECEMBER))
    found = spans[spans["step"] == "signed"].iloc[0]
    assert (None if pd.isna(found["days"]) else found["days"], found["outcome"]) == (days, outcome)


def test_a_month_told_by_returns_counts_from_its_first_day() -> None:
    """Completed on 20 March, in production by the return of May."""
    row = dates("2023-01-01", "2023-05-01", "2024-03-20")
    steps = steps_of([row], seen_of(p1={"building": "2024-01", "in_production": "2024-05"}), DECEMBER)
    spans = step_spans(steps).set_index("step")
    assert spans.loc["completed", "days"] == 42
    assert list(spans.index) == list(CODES[:4]) and spans.loc["in_production", "outcome"] == OPEN


def test_the_last_step_has_no_span() -> None:
    """At capacity nothing comes next."""
    steps = steps_of([dates("2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01", "2023-05-01")], period=DECEMBER)
    spans = step_spans(steps)
    assert list(spans["step"]) == list(CODES[:4]) and set(spans["outcome"]) == {MEASURED}


def started_after(*days: int | None) -> list[dict[str, Any]]:
    """Projects signed on the first of January 2023 and started so many days later, or not yet."""
    first = date(2023, 1, 1)
    return [dates(str(first), None if number is None else str(first + timedelta(number))) for number in days]


# days measured: lower quartile, median, upper quartile; worked out by hand: place 1 + (n - 1) p among the sorted values
QUARTILES = [
    ((10, 20, 30, 40, 50), (20, 30, 40)),
    ((50, 10, 40, 20, 30), (20, 30, 40)),
    ((10, 20, 30, 40, 50, 60), (22.5, 35, 47.5)),
    ((10, 20, 30, 40, 50, 60, 70, 80), (27.5, 45, 62.5)),
    ((7, 7, 7, 7, 7), (7, 7, 7)),
    ((10, 20, 30, 40), (None, None, None)),
    ((), (None, None, None)),
]


@pytest.mark.parametrize(("days", "expected"), QUARTILES)
def test_quartiles_by_linear_interpolation(days: tuple[int, ...], expected: tuple[float | None, ...]) -> None:
    """Hyndman and Fan, type 7; fewer than five measured are 样本不足, and counted all the same."""
    found = duration_quartiles(step_spans(steps_of(started_after(*days, None), period=DECEMBER))).iloc[0]
    values = found[["lower", "median", "upper"]]
    assert tuple(None if pd.isna(value) else value for value in values) == expected
    assert (found["measured_count"], found["open_count"]) == (len(days), 1)
    assert (len(days) >= LEAST_DURATIONS) == (expected[0] is not None)


def test_what_is_left_out_is_counted() -> None:
    """Open, undated, disordered and cancelled spans, each apart; all together are those that reached the step."""
    rows = [row for _, row, *_ in SPANS]
    steps = steps_of(rows, period=DECEMBER)
    found = duration_quartiles(step_spans(steps)).set_index("step")
    counts = {outcome: found.loc["signed", f"{outcome}_count"] for outcome in OUTCOMES}
    assert counts == {MEASURED: 5, OPEN: 2, UNDATED: 4, DISORDERED: 1, CANCELLED: 1}
    assert list(found.index) == list(CODES[:4])
    assert sum(counts.values()) == len(rows)


def test_who_waits_longer_than_three_quarters_of_the_others() -> None:
    """Against the quartile of the step in days; furthest beyond first, then the others by days, the undated last."""
    measured = started_after(100, 200, 300, 400, 500)
    waiting = [dates("2023-11-27"), dates("2023-11-28"), dates("2022-01-01"), dates("2024-12-01"), dates("2021-06-01")]
    rows = [*measured, *waiting, {"stage": "signed"}]
    steps = steps_of(rows, seen_of(p11={"signed": "2024-01"}), DECEMBER)
    quartiles = duration_quartiles(step_spans(steps))
    found = waiting_projects(steps, quartiles, DECEMBER)
    signed = found[found["step"] == "signed"]
    by_id = signed.set_index("project_id")
    assert set(by_id["upper"]) == {400}
    assert dict(by_id["days"].dropna()) == {"p6": 400, "p7": 399, "p8": 1095, "p9": 30, "p10": 1309}
    assert dict(by_id["beyond_days"].dropna()) == {"p6": 0, "p7": -1, "p8": 695, "p9": -370, "p10": 909}
    assert set(by_id.index[by_id["is_beyond"]]) == {"p8", "p10"}  # 400 days are not more than 400
    started = found[found["step"] == "started"]
    assert started["upper"].isna().all() and not started["is_beyond"].any()
    # Without a comparison by days: those that started first wait longest; then the others, the undated last.
    assert list(found["project_id"]) == ["p10", "p8", "p1", "p2", "p3", "p6", "p7", "p4", "p5", "p9", "p11"]


def test_a_district_that_never_reports_the_next_step_is_not_compared() -> None:
    """Its silence is no delay; the other district's projects at the same step are compared."""
    chains = started_after(100, 200, 300, 400, 500)
    own = [dates("2021-01-01") | {"body": "xiangshui"}, dates("2021-01-01")]
    steps = steps_of([*chains, *own], period=DECEMBER)
    found = waiting_projects(steps, duration_quartiles(step_spans(steps)), DECEMBER).set_index("project_id")
    assert pd.isna(found.loc["p6", "upper"]) and not found.loc["p6", "is_beyond"] and found.loc["p6", "days"] == 1460
    assert found.loc["p7", "upper"] == 400 and found.loc["p7", "is_beyond"]


def test_arrived_and_lost_projects_do_not_wait() -> None:
    """At capacity is the end; the cancelled are a list of their own, the furthest first."""
    rows = [
        dates("2021-01-01", "2021-02-01", "2021-03-01", "2021-04-01", "2021-05-01"),
        dates("2021-01-01") | {"stage": "cancelled"},
        dates("2021-01-01", "2021-05-01") | {"stage": "cancelled"},
        dates("2021-01-01") | {"stage": "suspended"},
    ]
    steps = steps_of(rows, period=DECEMBER)
    waiting = waiting_projects(steps, duration_quartiles(step_spans(steps)), DECEMBER)
    assert list(waiting["project_id"]) == ["p4"]
    assert [(row.project_id, row.step) for row in lost_projects(steps).itertuples()] == [
        ("p3", "started"),
        ("p2", "signed"),
    ]


def test_a_day_known_by_the_year_starts_no_clock() -> None:
    """Nobody knows how long it waits."""
    steps = steps_of([dates("2021-01-01") | {"signed_date_precision": "year"}], period=DECEMBER)
    found = waiting_projects(steps, duration_quartiles(step_spans(steps)), DECEMBER)
    assert pd.isna(found.loc[0, "days"]) and not found.loc[0, "is_beyond"]


def test_nobody_waits() -> None:
    """No project: four steps without a value, and an empty list."""
    steps = steps_of([])
    quartiles = duration_quartiles(step_spans(steps))
    assert list(quartiles["step"]) == list(CODES[:4]) and quartiles["median"].isna().all()
    assert waiting_projects(steps, quartiles, DECEMBER).empty and lost_projects(steps).empty
