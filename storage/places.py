"""What people record for the map: where projects lie, and the outline of the zone that they are drawn on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

import duckdb

from domain.outlines import OutlineLine, fault_of_outline
from domain.place_lists import LINE_FAULTS
from domain.places import OFFICE_SOURCE, PlaceEvent, fault_of_place
from storage.accepting import NotAcceptable, finish_write
from storage.appending import append_rows
from storage.engine import Database, read_version
from storage.known_places import known_places
from storage.refusals import refuse

FAULTS = {
    "unknown_code": ("登记内容不在代码表内。", "The event is not in the code list."),
    "unknown_project": ("没有这个项目，或项目不属于该片区。", "There is no such project of this district."),
    "half_end": ("终点须同时填写经度和纬度。", "The end needs both longitude and latitude."),
    "set_already": ("该项目已有位置，请改为移动。", "The project has a place already; move it."),
    "not_set": ("该项目还没有位置。", "The project has no place yet."),
    "unmoved": ("位置没有变动。", "The place does not change."),
    "no_area": ("轮廓至少要有一块陆地或片区。", "An outline needs land or a district."),
    **{code: LINE_FAULTS[code] for code in ("no_degrees", "swapped", "outside", "unknown_kind")},
    "too_short": (
        "线至少要有两个点，陆地、片区、港区至少要有三个点。",
        "A line needs two points; land, a district and a port need three.",
    ),
}
_refuse = partial(refuse, FAULTS)


def record_places(db: Database, events: Sequence[PlaceEvent], *, actor: str = "office", recorded_at: datetime) -> None:
    """Append what happened to places, in one write; all or nothing.

    Raises NotAcceptable, with the sentence for the screen, for the first that cannot be. The events' own stamps give
    way to the write's.
    """
    if not events:
        return

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _check_projects(cursor, events)
        places = known_places(cursor)
        for event in events:
            _refuse(fault_of_place(event, places.pop(event.project_id, None)))
            if event.place is not None:
                places[event.project_id] = event.place
        stamp = {"sequence": read_version(cursor), "recorded_at": recorded_at, "recorded_by": actor}
        append_rows(cursor, "place_event", [_row(event, number, stamp) for number, event in enumerate(events, 1)])

    db.write(store, after=lambda _: finish_write(db))


def set_outline(db: Database, lines: Sequence[OutlineLine], *, actor: str = "office", recorded_at: datetime) -> None:
    """Append an outline, which counts from now on. Raises NotAcceptable, with its sentence, for what cannot be drawn."""
    _refuse(fault_of_outline(lines))

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        sequence = read_version(cursor)
        cursor.execute("INSERT INTO outline VALUES ($1, $2, $3)", [sequence, recorded_at, actor])
        rows = [
            {**asdict(line), "points": json.dumps(line.points), "sequence": sequence, "number": number}
            for number, line in enumerate(lines, 1)
        ]
        append_rows(cursor, "outline_line", rows)

    db.write(store, after=lambda _: finish_write(db))


def _check_projects(cursor: duckdb.DuckDBPyConnection, events: Sequence[PlaceEvent]) -> None:
    known = cursor.execute(
        "SELECT DISTINCT project_id, body FROM project_row WHERE project_id IN (SELECT unnest($1::VARCHAR[]))",
        [[event.project_id for event in events]],
    ).fetchall()
    if any((event.project_id, event.body) not in known for event in events):
        raise NotAcceptable(*FAULTS["unknown_project"])


def _row(event: PlaceEvent, number: int, stamp: dict[str, Any]) -> dict[str, Any]:
    """The row of an event; a removal has no degrees and is always the office's."""
    names = ("longitude", "latitude", "end_longitude", "end_latitude")
    return {
        **stamp,
        "number": number,
        "project_id": event.project_id,
        "body": event.body,
        "kind": event.kind,
        **{name: getattr(event.place, name, None) for name in names},
        "source": getattr(event.place, "source", OFFICE_SOURCE),
    }
