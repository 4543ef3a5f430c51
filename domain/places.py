"""Where projects lie (挂图作战): a place is set, moved and removed by people; nobody derives one from a return.

Places are degrees of longitude and latitude (CGCS2000, which a satellite receiver's WGS84 equals for a map), as the
office reads them from its own maps. A work such as a road has an end as well. The map is drawn in kilometres on a plane
around the zone, so that distances are true in both directions. A project without a place is never put on the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import pandas as pd

SET, MOVED, REMOVED = KINDS = ("set", "moved", "removed")
SAMPLE, OFFICE_SOURCE = SOURCES = ("sample", "office")
# A generous frame around the coast of Yancheng, in degrees: what lies outside is a slip of the keyboard.
WEST, EAST, SOUTH, NORTH = 119.0, 121.5, 32.5, 35.0
DECIMALS = 6  # of a degree: a hand's breadth
# The plane touches the earth here; over a hundred kilometres its error is a thousandth.
ORIGIN_LONGITUDE, ORIGIN_LATITUDE = 120.1, 34.25
KILOMETRES_A_DEGREE = 111.2
EAST_SHRINKS = math.cos(math.radians(ORIGIN_LATITUDE))
# The classes in which projects are counted (亿元, 十亿元 and 百亿元 projects), in 万元: from the second and third on.
SIZE_LIMITS_WAN = (100_000, 1_000_000)
Number = TypeVar("Number", float, pd.Series)


@dataclass(frozen=True, slots=True)
class Place:
    """A point, or for a work that is a line its beginning and end; degrees. ``source``: a sample, or the office's own."""

    longitude: float
    latitude: float
    end_longitude: float | None = None
    end_latitude: float | None = None
    source: str = OFFICE_SOURCE

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """(longitude, latitude) of the point, or of both ends."""
        start = (self.longitude, self.latitude)
        if self.end_longitude is None or self.end_latitude is None:
            return (start,)
        return start, (self.end_longitude, self.end_latitude)


@dataclass(frozen=True, slots=True)
class PlaceEvent:
    """What was recorded of a project's place, in whose district it lies; ``place`` is None where it was removed."""

    project_id: str
    body: str
    kind: str
    place: Place | None
    recorded_at: datetime | None = None
    recorded_by: str = ""


def places_of(events: Iterable[PlaceEvent]) -> dict[str, Place]:
    """Project's id -> its place after these events, in their order; a project whose place was removed has none."""
    found: dict[str, Place] = {}
    for event in events:
        found.pop(event.project_id, None)
        if event.place is not None:
            found[event.project_id] = event.place
    return found


def placing(project_id: str, body: str, place: Place, known: Mapping[str, Place]) -> PlaceEvent | None:
    """The event that brings a project to a place: set or moved; None where it is there already."""
    before = known.get(project_id)
    if before == place:
        return None
    return PlaceEvent(project_id, body, SET if before is None else MOVED, place)


def fault_of_place(event: PlaceEvent, before: Place | None) -> str | None:
    """Why an event cannot be recorded of a project whose place is ``before``, as a code; None when it can."""
    place = event.place
    faults = (
        ("unknown_code", event.kind not in KINDS or (event.kind == REMOVED) != (place is None)),
        ("unknown_code", place is not None and place.source not in SOURCES),
        ("half_end", place is not None and (place.end_longitude is None) != (place.end_latitude is None)),
        ("set_already", event.kind == SET and before is not None),
        ("not_set", event.kind != SET and before is None),
        ("unmoved", place is not None and place == before),
    )
    found = next((code for code, is_wrong in faults if is_wrong), None)
    return found or (None if place is None else fault_of_points(place.points))


def fault_of_points(points: Iterable[tuple[float, float]]) -> str | None:
    """``swapped`` where latitude and longitude stand in each other's place, ``outside`` for other points off the map."""
    for longitude, latitude in points:
        if not is_on_map(longitude, latitude):
            return "swapped" if is_on_map(latitude, longitude) else "outside"
    return None


def is_on_map(longitude: float, latitude: float) -> bool:
    """True for a point within the frame around the coast; never for what is no number."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def kilometres_east(longitude: Number) -> Number:
    """Kilometres east of the plane's origin, of degrees of longitude."""
    return (longitude - ORIGIN_LONGITUDE) * KILOMETRES_A_DEGREE * EAST_SHRINKS


def kilometres_north(latitude: Number) -> Number:
    """Kilometres north of the plane's origin, of degrees of latitude."""
    return (latitude - ORIGIN_LATITUDE) * KILOMETRES_A_DEGREE


def degrees_at(east: float, north: float) -> tuple[float, float]:
    """(longitude, latitude) of a point of the plane in kilometres."""
    longitude = ORIGIN_LONGITUDE + east / (KILOMETRES_A_DEGREE * EAST_SHRINKS)
    return longitude, ORIGIN_LATITUDE + north / KILOMETRES_A_DEGREE


def size_steps(total_investment_wan: pd.Series) -> pd.Series:
    """0, 1 or 2 of every total investment in 万元: below one billion yuan, below ten, from ten on.

    A total that is not told has step 0, the least that a project on the list can be.
    """
    totals = pd.to_numeric(total_investment_wan, errors="coerce").astype(float)
    return sum((totals >= limit).astype(int) for limit in SIZE_LIMITS_WAN)


def with_places(states: pd.DataFrame, places: Mapping[str, Place]) -> pd.DataFrame:
    """The rows of projects with ``is_placed``, ``east``, ``north``, ``end_east``, ``end_north`` (km) and ``source``.

    NaN and None where no place, or no end, is on record.
    """
    found = [places.get(project_id) for project_id in states["project_id"]]

    def column(name: str) -> pd.Series:
        values = [None if place is None else getattr(place, name) for place in found]
        return pd.Series(values, index=states.index, dtype=float)

    return states.assign(
        is_placed=[place is not None for place in found],
        east=kilometres_east(column("longitude")),
        north=kilometres_north(column("latitude")),
        end_east=kilometres_east(column("end_longitude")),
        end_north=kilometres_north(column("end_latitude")),
        source=pd.Series([None if place is None else place.source for place in found], states.index, dtype=object),
    )
