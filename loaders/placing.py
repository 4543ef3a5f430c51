"""A list of places from a file, recorded; what it comes to is printed."""

from __future__ import annotations

from domain.list_lines import decoded
from domain.periods import Period
from domain.place_lists import NamedProject, match_places, named_projects, read_places
from domain.places import OFFICE_SOURCE, SAMPLE, SET, places_of
from domain.scope import OFFICE, Record
from storage.clock import office_time
from storage.engine import Database
from storage.places import record_places
from storage.queries import accepted_periods, place_events, project_states
from storage.samples import is_sample


def record_list(db: Database, content: bytes) -> int:
    """Record the places of a list, in one write, and print what became of its lines; returns how many cannot be taken.

    A sample file's places are marked as samples and move none that is set. Names are those of the newest period in force.
    """
    source = SAMPLE if is_sample(content) else OFFICE_SOURCE
    listed, unread = read_places(decoded(content), source)
    periods = accepted_periods(db, OFFICE)
    record = Record(Period.parse(periods[-1])) if periods else None
    known = places_of(place_events(db, OFFICE, record)) if record else {}
    found = match_places(listed, _projects(db, record), known)
    events = [event for event in found.events if source != SAMPLE or event.kind == SET]
    record_places(db, events, recorded_at=office_time())
    faults = [*unread, *found.faults]
    kept = found.unchanged + len(found.events) - len(events)
    print(f"登记位置 {len(events)} 个，原已登记 {kept} 个，未采用 {len(faults)} 行")
    for fault in faults:
        print(f"  第 {fault.line} 行 {fault.text}：{fault.message()}")
    return len(faults)


def _projects(db: Database, record: Record | None) -> list[NamedProject]:
    return [] if record is None else named_projects(project_states(db, OFFICE, record))
