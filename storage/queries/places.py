"""Where projects lie, what was recorded of it, and the outline of the zone."""

from __future__ import annotations

from domain.outlines import OutlineLine
from domain.places import PlaceEvent
from domain.scope import Record, Scope
from storage.counting import params_of
from storage.engine import Database
from storage.known_places import known_outline, readable_place_events


def place_events(db: Database, scope: Scope, record: Record) -> list[PlaceEvent]:
    """All that was recorded of places, in the order in which it was; places hold for every period."""
    with db.cursor() as cursor:
        return readable_place_events(cursor, params_of(scope, record))


def outline(db: Database, scope: Scope, record: Record) -> list[OutlineLine]:
    """The lines of the outline that the office gave last; none where it gave none."""
    with db.cursor() as cursor:
        return known_outline(cursor, params_of(scope, record))
