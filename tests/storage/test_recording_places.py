"""Places and the outline recorded by people: as they were, as they were known, one write and one line of the journal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.outlines import DISTRICT, ROAD, SAMPLE_OUTLINE, OutlineLine
from domain.places import MOVED, REMOVED, SAMPLE, SET, Place, PlaceEvent, places_of
from domain.scope import OFFICE, Scope
from storage.accepting import NotAcceptable
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.journal import read_journal
from storage.places import FAULTS, record_places, set_outline
from storage.queries import outline, place_events

HERE = Place(120.258333, 34.3)
ROAD_PLACE = Place(120.0, 34.2, 120.1, 34.3, SAMPLE)
FIRST = PlaceEvent(project_id("甲"), "binhai", SET, HERE)
WORK = PlaceEvent(project_id("乙"), "binhai", SET, ROAD_PLACE)
NEXT = replace(FIRST, kind=MOVED, place=Place(120.3, 34.3))
GONE = replace(FIRST, kind=REMOVED, place=None)
LINES = [
    OutlineLine(DISTRICT, "滨海片区", ((120.0, 34.0), (120.2, 34.0), (120.1, 34.2)), "Binhai"),
    OutlineLine(ROAD, "", ((120.0, 34.1), (120.1, 34.1))),
]


def record(db: Database, *events: PlaceEvent, **more: object) -> None:
    record_places(db, events, **{"recorded_at": NOON, **more})


@pytest.fixture
def known(db: Database) -> Database:
    """A database with two projects on record."""
    accept(db, monthly("2024-07", row("甲"), row("乙", 6)))
    return db


def test_places_set_moved_and_removed(known: Database) -> None:
    """Kept as they were recorded, in their order, with when and by whom."""
    record(known, FIRST, WORK, actor="王")
    record(known, NEXT, GONE)
    found = place_events(known, OFFICE, as_of("2024-07"))
    stamped = [(FIRST, "王"), (WORK, "王"), (NEXT, "office"), (GONE, "office")]
    assert found == [replace(each, recorded_at=NOON, recorded_by=actor) for each, actor in stamped]
    assert places_of(found) == {project_id("乙"): ROAD_PLACE}
    assert check_integrity(known) == []
    record(known, FIRST)
    assert check_integrity(known) == []


def test_as_it_was_known_at_a_write(known: Database) -> None:
    """Later writes are not known; a district reads its own; a place holds for every month."""
    record(known, FIRST)
    record(known, NEXT)
    assert place_events(known, OFFICE, as_of("2024-07", "1")) == []
    assert places_of(place_events(known, OFFICE, as_of("2024-07", "2"))) == {FIRST.project_id: HERE}
    assert places_of(place_events(known, OFFICE, as_of("2023-01"))) == {FIRST.project_id: NEXT.place}
    assert place_events(known, Scope("reporter", ("xiangshui",)), as_of("2024-07")) == []


def test_the_journal_says_where(known: Database) -> None:
    """One line a write, with every place and its degrees."""
    record(known, FIRST, WORK, actor="王")
    entry = read_journal(known)[-1]
    assert (entry["event"], entry["sequence"], entry["actor"]) == ("places_recorded", 2, "王")
    assert [(each["project_id"], each["kind"], each["longitude"], each["end_latitude"]) for each in entry["place_events"]] == [
        (FIRST.project_id, SET, 120.258333, None), (WORK.project_id, SET, 120.0, 34.3),
    ]  # fmt: skip


def test_nothing_to_record_is_no_write(known: Database) -> None:
    """The version stays."""
    before = known.version()
    record(known)
    assert known.version() == before


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ([replace(FIRST, project_id="p0")], "unknown_project"),
        ([replace(FIRST, body="xiangshui")], "unknown_project"),
        ([FIRST, FIRST], "set_already"),
        ([FIRST, replace(FIRST, kind=MOVED)], "unmoved"),
        ([NEXT], "not_set"),
        ([FIRST, GONE, GONE], "not_set"),
        ([replace(FIRST, place=Place(34.3, 120.2))], "swapped"),
        ([replace(FIRST, place=Place(10.0, 34.3))], "outside"),
        ([replace(FIRST, place=replace(HERE, end_longitude=120.1))], "half_end"),
        ([replace(FIRST, kind="sunk")], "unknown_code"),
    ],
)
def test_what_cannot_be_is_refused(known: Database, events: list[PlaceEvent], fault: str) -> None:
    """With a sentence in both languages, and nothing of the call is written."""
    before = known.version()
    with pytest.raises(NotAcceptable) as refusal:
        record(known, *events)
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]
    assert known.version() == before
    assert place_events(known, OFFICE, as_of("2024-07")) == []


def test_the_office_gives_an_outline(known: Database) -> None:
    """The newest counts, an earlier one is still known as of its time; the journal holds its points."""
    assert outline(known, OFFICE, as_of("2024-07")) == []
    set_outline(known, list(SAMPLE_OUTLINE), recorded_at=NOON)
    set_outline(known, LINES, actor="王", recorded_at=NOON)
    assert outline(known, OFFICE, as_of("2024-07")) == LINES
    assert tuple(outline(known, OFFICE, as_of("2024-07", "2"))) == SAMPLE_OUTLINE
    assert outline(known, OFFICE, as_of("2024-07", "1")) == []
    entry = read_journal(known)[-1]
    assert (entry["event"], entry["actor"], entry["lines"][1]["points"]) == ("outline_set", "王", "[[120.0, 34.1], [120.1, 34.1]]")
    assert check_integrity(known) == []


def test_an_outline_that_cannot_be_drawn(known: Database) -> None:
    """Is refused with its sentence, and nothing is written."""
    before = known.version()
    with pytest.raises(NotAcceptable, match="至少要有一块陆地或片区"):
        set_outline(known, LINES[1:], recorded_at=NOON)
    assert known.version() == before


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE place_event SET project_id = 'p0'", "a place of p0 is of no project on record"),
        ("UPDATE place_event SET kind = 'moved'", "moved or removed without one"),
        ("INSERT INTO place_event SELECT * FROM place_event", "is set twice"),
        ("UPDATE place_event SET longitude = NULL", "moved or removed without one"),
        ("UPDATE place_event SET sequence = 99", "later than the newest write"),
        ("UPDATE outline SET sequence = 99", "lines of the unknown outline 3"),
    ],
)
def test_damage_is_found(known: Database, sql: str, sentence: str) -> None:
    """None of these can come from recording."""
    record(known, FIRST)
    set_outline(known, LINES, recorded_at=NOON)
    assert check_tables(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(known))
