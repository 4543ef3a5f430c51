"""Places and the outline as a running transaction sees them, for the queries and for the checks of what comes next."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from domain.bodies import BODIES
from domain.outlines import OutlineLine
from domain.places import Place, PlaceEvent, places_of
from storage.counting import NEWEST, Params

EVENTS = """
    SELECT project_id, body, kind, recorded_at, recorded_by, source, longitude, latitude, end_longitude, end_latitude
    FROM place_event
    WHERE sequence <= $sequence AND body IN (SELECT unnest($bodies))
    ORDER BY sequence, number
"""
LINES = """
    SELECT kind, name, points, english FROM outline_line
    WHERE sequence = (SELECT max(sequence) FROM outline WHERE sequence <= $sequence)
    ORDER BY number
"""


def readable_place_events(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[PlaceEvent]:
    """What was recorded of places up to a write, of the bodies that may be read, in the order recorded."""
    return [_event(*row) for row in cursor.execute(EVENTS, params).fetchall()]


def known_places(cursor: duckdb.DuckDBPyConnection) -> dict[str, Place]:
    """Project's id -> its place, as the write that records more sees them."""
    return places_of(readable_place_events(cursor, {"sequence": NEWEST, "bodies": sorted(BODIES)}))


def known_outline(cursor: duckdb.DuckDBPyConnection, params: Params) -> list[OutlineLine]:
    """The lines of the newest outline up to a write; none where the office has given none."""
    rows = cursor.execute(LINES, {"sequence": params["sequence"]}).fetchall()
    return [
        OutlineLine(kind, name, tuple((east, north) for east, north in json.loads(points)), english)
        for kind, name, points, english in rows
    ]


def _event(
    project_id: str, body: str, kind: str, recorded_at: Any, recorded_by: str, source: str, *degrees: float | None
) -> PlaceEvent:
    longitude, latitude, *end = degrees
    place = None if longitude is None or latitude is None else Place(longitude, latitude, *end, source=source)
    return PlaceEvent(project_id, body, kind, place, recorded_at, recorded_by)
