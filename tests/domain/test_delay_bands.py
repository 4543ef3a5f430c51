"""Delays in bands: by whole months, by the first promise and by the latest plan; and who has no date at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from examples import tried
from frames import names, states, states_of
from hypothesis import given
from hypothesis import strategies as st

from domain.delay import delayed_projects
from domain.delay_bands import (
    FIRST,
    INDIA_BANDS,
    LATEST,
    ZONE_BANDS,
    band_of,
    banded_delays,
    moved_away,
    undated,
)
from domain.periods import Period

AUGUST = Period(2024, 8)
# promised, whole months until August 2024, band of the zone, band of India's report
MONTHS_LATE = [
    ("2024-08-31", 0, "to_1", "to_12"),
    ("2024-08-01", 0, "to_1", "to_12"),
    ("2024-07-31", 1, "to_1", "to_12"),
    ("2024-06-30", 2, "to_3", "to_12"),
    ("2024-05-15", 3, "to_3", "to_12"),
    ("2024-04-30", 4, "to_6", "to_12"),
    ("2024-02-29", 6, "to_6", "to_12"),
    ("2024-01-31", 7, "to_12", "to_12"),
    ("2023-08-31", 12, "to_12", "to_12"),
    ("2023-07-31", 13, "above_12", "to_24"),
    ("2022-08-31", 24, "above_12", "to_24"),
    ("2022-07-31", 25, "above_12", "to_60"),
    ("2019-08-31", 60, "above_12", "to_60"),
    ("2019-07-31", 61, "above_12", "above_60"),
]


@pytest.mark.parametrize(("promised", "months", "zone", "india"), MONTHS_LATE)
def test_a_delay_stands_in_the_band_of_its_whole_months(promised: str, months: int, zone: str, india: str) -> None:
    """The upper bound belongs to the band."""
    late = delayed_projects(states(planned_start_date=promised, stage="signed"), AUGUST)
    for bands, code in ((ZONE_BANDS, zone), (INDIA_BANDS, india)):
        banded = banded_delays(late, AUGUST, bands)
        assert set(banded["promise"]) == {FIRST, LATEST}
        assert set(banded["months"]) == {months} and set(banded["band"]) == {code}


# name, first promise, latest plan, days by first, days by latest (None: not late by it), hidden by moving
PROMISES = [
    ("held", "2024-05-31", "2024-05-31", 92, 92, False),
    ("moved to a date not yet due", "2024-05-31", "2024-12-31", 92, None, True),
    ("moved to a date that passed too", "2024-05-31", "2024-07-31", 92, 31, False),
    ("moved to an earlier date", "2024-12-31", "2024-07-31", None, 31, False),
    ("not yet due", "2024-12-31", "2024-12-31", None, None, False),
]


@pytest.mark.parametrize("row", PROMISES, ids=[row[0] for row in PROMISES])
def test_a_delay_is_measured_twice(row: tuple[Any, ...]) -> None:
    """Against each promise that it is late by."""
    _, first, latest, by_first, by_latest, is_hidden = row
    late = delayed_projects(states(first_planned_start_date=first, planned_start_date=latest, stage="signed"), AUGUST)
    banded = banded_delays(late, AUGUST).set_index("promise")["days"]
    assert banded.to_dict() == {k: days for k, days in ((FIRST, by_first), (LATEST, by_latest)) if days is not None}
    assert list(moved_away(late)) == ([is_hidden] if len(late) else [])


def test_who_is_only_behind_the_years_plan_is_in_no_band() -> None:
    """There is no date that it is late by."""
    late = delayed_projects(
        states(start_date="2024-01-31", stage="building", annual_plan_wan=1000.0, investment_ytd_wan=0.0), AUGUST
    )
    assert list(late["milestone"]) == ["progress"]
    assert banded_delays(late, AUGUST).empty
    assert not moved_away(late).any()


def test_india_sees_both_figures() -> None:
    """June 2023: of 1,643 projects 815 late by the first date, 594 by the latest, 336 without any date."""
    period, total = Period(2023, 6), 1643
    # 594 late by both, spread over India's four bands; 221 re-dated to the future; 336 without a date; the rest on time.
    both = [(f"{2023 - number % 8}-05-31",) * 2 for number in range(594)]
    redated = [(f"{2022 - number % 8}-05-31", "2025-12-31") for number in range(221)]
    on_time = [("2025-12-31",) * 2 for _ in range(total - 594 - 221 - 336)]
    dates = [*both, *redated, *[(None, None)] * 336, *on_time]
    frame = states_of([
        {"start_date": "2012-01-31", "stage": "building",
         "first_planned_completion_date": first, "planned_completion_date": latest}
        for first, latest in dates
    ])  # fmt: skip
    late = delayed_projects(frame, period)
    banded = banded_delays(late, period, INDIA_BANDS)
    counts = banded.groupby("promise")["band"].value_counts()
    assert counts[FIRST].sum() == 815 and counts[LATEST].sum() == 594
    assert len(late) == 815 and moved_away(late).sum() == 815 - 594
    assert len(undated(frame, period)) == 336
    assert set(counts[LATEST].index) == {band.code for band in INDIA_BANDS}
    assert banded.groupby("promise")["days"].mean().gt(0).all()


# name, what is known of it, the milestone for which a date is missing (None: none is)
WITHOUT_DATE = [
    ("not started, no date", {"stage": "signed"}, "start"),
    ("not started, planned", {"stage": "signed", "planned_start_date": "2025-01-31"}, None),
    ("not started, only a completion planned", {"stage": "signed", "planned_completion_date": "2025-01-31"}, "start"),
    ("building, no date", {"stage": "building", "start_date": "2024-01-31"}, "completion"),
    (
        "building, planned",
        {"stage": "building", "start_date": "2024-01-31", "planned_completion_date": "2025-01-31"},
        None,
    ),
    ("completed", {"stage": "completed", "completion_date": "2024-01-31"}, None),
    ("cancelled", {"stage": "cancelled"}, None),
    ("infrastructure has a chain of its own", {"stage": "preparing", "kind": "infrastructure"}, None),
]


@pytest.mark.parametrize("row", WITHOUT_DATE, ids=[row[0] for row in WITHOUT_DATE])
def test_who_owes_a_date_and_has_none(row: tuple[str, dict[str, Any], str | None]) -> None:
    """One date a project: that of the milestone it owes next."""
    _, known, milestone = row
    assert list(undated(states(**known), AUGUST)["milestone"]) == ([milestone] if milestone else [])


@given(
    st.lists(st.dates(date(2022, 1, 1), date(2025, 12, 31)), min_size=1, max_size=16),
    st.builds(Period, st.sampled_from([2023, 2024]), st.integers(1, 12)),
)
@tried(50)
def test_bands_are_those_of_a_count_on_fingers(days: list[date], period: Period) -> None:
    """Each late project in the band that its months fall in, counted month by month."""
    frame = states(planned_start_date=[day.isoformat() for day in days], stage="signed")
    banded = banded_delays(delayed_projects(frame, period), period)
    expected = {}
    for name, day in zip(names(frame), days, strict=True):
        month, months = Period(day.year, day.month), 0
        while month < period:
            month, months = month.next(), months + 1
        if month == period and day <= period.last_day:
            expected[name] = band_of(months)
    by_id = dict(zip(frame["project_id"], frame["project_name"], strict=True))
    for promise in (FIRST, LATEST):
        found = banded[banded["promise"] == promise]
        assert {by_id[row.project_id]: row.band for row in found.itertuples()} == expected
