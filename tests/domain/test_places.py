"""Places of projects: what may be recorded, what holds after it, where it lies on the plane."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_oracle import pins

from domain.places import (
    EAST,
    MOVED,
    NORTH,
    OFFICE_SOURCE,
    REMOVED,
    SAMPLE,
    SET,
    SOUTH,
    WEST,
    Place,
    PlaceEvent,
    degrees_at,
    fault_of_place,
    is_on_map,
    kilometres_east,
    kilometres_north,
    places_of,
    placing,
    size_steps,
    with_places,
)

HERE = Place(120.25, 34.3)
THERE = Place(119.9, 34.4)
ROAD = Place(120.0, 34.2, 120.1, 34.3)


def event(kind: str, place: Place | None, project: str = "p1") -> PlaceEvent:
    return PlaceEvent(project, "binhai", kind, place)


@pytest.mark.parametrize(
    ("said", "before", "fault"),
    [
        (event(SET, HERE), None, None),
        (event(SET, ROAD), None, None),
        (event(MOVED, THERE), HERE, None),
        (event(MOVED, replace(HERE, source=SAMPLE)), HERE, None),
        (event(REMOVED, None), HERE, None),
        (event(SET, THERE), HERE, "set_already"),
        (event(MOVED, THERE), None, "not_set"),
        (event(REMOVED, None), None, "not_set"),
        (event(MOVED, HERE), HERE, "unmoved"),
        (event("sunk", HERE), None, "unknown_code"),
        (event(SET, None), None, "unknown_code"),
        (event(REMOVED, HERE), HERE, "unknown_code"),
        (event(SET, replace(HERE, source="rumour")), None, "unknown_code"),
        (event(SET, replace(HERE, end_latitude=34.4)), None, "half_end"),
        (event(SET, Place(34.3, 120.25)), None, "swapped"),
        (event(SET, Place(12.25, 34.3)), None, "outside"),
        (event(SET, replace(HERE, end_longitude=120.0, end_latitude=36.0)), None, "outside"),
        (event(SET, Place(float("nan"), 34.3)), None, "outside"),
    ],
)
def test_what_may_be_recorded(said: PlaceEvent, before: Place | None, fault: str | None) -> None:
    """Set once, then moved or removed; degrees on the coast, ends whole, source and kind from their lists."""
    assert fault_of_place(said, before) == fault


def test_a_place_brings_its_event() -> None:
    """Set where there is none, moved where there is another, nothing where it is there already."""
    assert placing("p1", "binhai", HERE, {}) == event(SET, HERE)
    assert placing("p1", "binhai", HERE, {"p1": THERE, "p2": HERE}) == event(MOVED, HERE)
    assert placing("p1", "binhai", HERE, {"p1": HERE}) is None


def test_points_of_a_place() -> None:
    """A point has one, a line two."""
    assert HERE.points == ((120.25, 34.3),)
    assert ROAD.points == ((120.0, 34.2), (120.1, 34.3))


def test_the_frame() -> None:
    """Its edges belong to it."""
    assert is_on_map(WEST, SOUTH) and is_on_map(EAST, NORTH)
    assert not is_on_map(WEST - 1e-6, SOUTH) and not is_on_map(EAST, NORTH + 1e-6)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([HERE, THERE, ROAD, None]))))
def test_places_agree_with_the_board(said: list[tuple[str, Place | None]]) -> None:
    """After any events the last word on each project holds, removed ones have none."""
    events = [event(REMOVED if place is None else SET, place, project) for project, place in said]
    cards = [{"project": each.project_id, "kind": each.kind, "at": each.place} for each in events]
    assert places_of(events) == pins(cards)


@given(st.floats(WEST, EAST), st.floats(SOUTH, NORTH))
def test_the_plane_and_back(longitude: float, latitude: float) -> None:
    """Degrees come back as they were."""
    back = degrees_at(kilometres_east(longitude), kilometres_north(latitude))
    assert back == pytest.approx((longitude, latitude), abs=1e-9)


def test_distances_on_the_plane() -> None:
    """A hundredth of a degree is 1.11 km north and, at this latitude, 0.92 km east; the origin is nought."""
    assert kilometres_north(34.26) == pytest.approx(1.112, abs=1e-3)
    assert kilometres_east(120.11) == pytest.approx(0.919, abs=1e-3)
    assert (kilometres_east(120.1), kilometres_north(34.25)) == (0, 0)


def test_steps_of_size() -> None:
    """The classes of one and of ten billion yuan, in 万元; what is not told is of the least."""
    totals = pd.Series([10_000, 99_999.99, 100_000, 999_999, 1_000_000, None], dtype=object)
    assert list(size_steps(totals)) == [0, 0, 1, 1, 2, 0]


def test_projects_with_their_places() -> None:
    """Row by row in kilometres; NaN where no place or no end is known."""
    states = pd.DataFrame({"project_id": ["p1", "p2", "p3"]}, index=[7, 3, 5])
    rows = with_places(states, {"p1": replace(HERE, source=SAMPLE), "p3": ROAD})
    assert list(rows["is_placed"]) == [True, False, True]
    assert rows.loc[7, "east"] == pytest.approx(kilometres_east(120.25))
    assert rows.loc[7, "north"] == pytest.approx(kilometres_north(34.3))
    assert list(rows["end_east"].isna()) == [True, True, False]
    assert rows.loc[5, "end_north"] == pytest.approx(kilometres_north(34.3))
    assert rows.loc[3, ["east", "north"]].isna().all()
    assert list(rows["source"]) == [SAMPLE, None, OFFICE_SOURCE]
    assert with_places(states.head(0), {})["is_placed"].empty
