"""What people rule: rule sets in force, versions of the office, suspensions and months excused, as they are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.built_in_rules import BUILT_IN
from domain.periods import Period
from domain.rule_choices import rules_in_force
from domain.rule_sets import Limit
from domain.rulings import ENDED, GRANTED, RENEWED, REVOKED, SUSPENDED, Excuse, SuspensionEvent
from domain.scope import OFFICE, Scope
from storage.accepting import NotAcceptable
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.journal import read_journal
from storage.queries import excuses, rule_choices, rule_sets, suspension_events
from storage.rulings import FAULTS, choose_rules, define_rules, record_excuse, record_suspension, revoke_excuse

PROJECT = project_id("甲")
JULY, AUGUST = Period(2024, 7), Period(2024, 8)
NOW = as_of("2024-08")
BEGUN = SuspensionEvent(PROJECT, "binhai", SUSPENDED, date(2024, 7, 10), "finance", "资金未到位", date(2024, 12, 31))
RENEWAL = replace(BEGUN, kind=RENEWED, on_date=date(2024, 8, 30), note="仍在融资", expected_resumption=date(2025, 3, 1))
OVER = SuspensionEvent(PROJECT, "binhai", ENDED, date(2024, 8, 31), note="已复工")
EXCUSE = Excuse("", PROJECT, "binhai", GRANTED, JULY, AUGUST, "7月例会", "管委会", "台风")
BANDS = {
    "attention": {"value": -8.0, "is_included": True},
    "behind": {"value": -20.0, "is_included": False},
    "start_months": 2,
}


@pytest.fixture
def known(db: Database) -> Database:
    """A database with two projects on record."""
    accept(db, monthly("2024-07", row("甲"), row("乙", 6)))
    return db


def choose(db: Database, key: str, first: Period = AUGUST, reason: str = "例会议定") -> None:
    choose_rules(db, key, first, reason=reason, set_at=NOON)


def define(db: Database, **settings: Any) -> str:
    return define_rules(db, {**BANDS, **settings}, reason="例会议定", set_at=NOON)


def test_what_is_built_in_is_there_from_the_start(db: Database) -> None:
    """And nothing was chosen."""
    assert rule_sets(db, OFFICE, NOW) == BUILT_IN
    assert rule_choices(db, OFFICE, NOW) == []


def test_a_version_of_the_office(db: Database) -> None:
    """Numbered on, with its settings as they were given; the next one has the next number."""
    assert define(db) == "zone@3"
    assert define(db, start_months=1) == "zone@4"
    own = rule_sets(db, OFFICE, NOW)["zone@3"]
    assert (own.attention, own.behind, own.start_months) == (Limit(-8.0, is_included=True), Limit(-20.0), 2)
    assert (own.source, own.is_sample) == ("例会议定", False)
    assert list(rule_sets(db, OFFICE, as_of("2024-08", "1"))) == [*BUILT_IN, "zone@3"]
    assert check_integrity(db) == []


def test_a_version_is_put_into_force(db: Database) -> None:
    """From a period on; the newest decision that reaches a period counts, and earlier ones are kept."""
    key = define(db)
    choose(db, "yinchuan@1", JULY)
    choose(db, key)
    choices = rule_choices(db, OFFICE, NOW)
    assert [(each.key, each.from_period, each.set_by) for each in choices] == [
        ("yinchuan@1", JULY, "office"),
        (key, AUGUST, "office"),
    ]
    assert [rules_in_force(choices, Period(2024, month)) for month in (6, 7, 8)] == ["zone@1", "yinchuan@1", key]
    assert [each.key for each in rule_choices(db, OFFICE, as_of("2024-08", "2"))] == ["yinchuan@1"]


@pytest.mark.parametrize(
    ("key", "reason", "fault"),
    [("zone@2", " ", "no_reason"), ("zone@9", "议定", "unknown_rules"), ("yinchuan@1", "议定", "in_force_already")],
)
def test_what_cannot_be_put_into_force(db: Database, key: str, reason: str, fault: str) -> None:
    """Without a reason, an unknown version, the same twice."""
    choose(db, "yinchuan@1")
    with pytest.raises(NotAcceptable, match=FAULTS[fault][0]):
        choose(db, key, reason=reason)
    assert len(rule_choices(db, OFFICE, NOW)) == 1


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"behind": {"value": -5.0, "is_included": False}}, "limits_not_falling"),
        ({"measure": "ratio"}, "ratio_out_of_range"),
        ({"time_mode": "curve", "curve": [0.5, 1.0]}, "curve_not_rising"),
        ({"slow_returns": 0}, "out_of_bounds"),
        ({"measure": "money"}, "unknown_setting"),
    ],
)
def test_settings_that_make_no_rule(db: Database, settings: dict[str, Any], fault: str) -> None:
    """Are refused with the sentence that says why, and nothing is written."""
    with pytest.raises(NotAcceptable, match=FAULTS[fault][0]):
        define(db, **settings)
    with pytest.raises(NotAcceptable, match="理由"):
        define_rules(db, BANDS, reason="", set_at=NOON)
    assert db.version() == 0


def test_a_suspension_and_what_became_of_it(known: Database) -> None:
    """Kept in the order in which it was recorded, as known at a write and for the bodies that may be read."""
    for event in (BEGUN, RENEWAL, OVER):
        record_suspension(known, replace(event, note=f" {event.note} "), recorded_at=NOON)
    assert suspension_events(known, OFFICE, NOW) == [BEGUN, RENEWAL, OVER]
    assert suspension_events(known, OFFICE, as_of("2024-08", "2")) == [BEGUN]
    assert suspension_events(known, Scope("reporter", ("xiangshui",)), NOW) == []
    assert check_integrity(known) == []


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (replace(BEGUN, project_id="p0"), "unknown_project"),
        (replace(BEGUN, body="xiangshui"), "unknown_project"),
        (replace(BEGUN, on_date=date(2024, 8, 1)), "suspended_already"),
        (replace(RENEWAL, on_date=date(2024, 7, 1)), "too_early"),
        (replace(RENEWAL, on_date=date(2024, 9, 2)), "in_future"),
        (replace(RENEWAL, expected_resumption=None), "no_resumption"),
    ],
)
def test_what_cannot_be_recorded(known: Database, event: SuspensionEvent, fault: str) -> None:
    """With the sentence for the screen, and nothing written."""
    record_suspension(known, BEGUN, recorded_at=NOON)
    with pytest.raises(NotAcceptable, match=FAULTS[fault][0]):
        record_suspension(known, event, recorded_at=NOON)
    assert suspension_events(known, OFFICE, NOW) == [BEGUN]


def test_months_excused_and_no_longer(known: Database) -> None:
    """The decision has an id; a revocation names it and says why; both are kept."""
    record_excuse(known, replace(EXCUSE, meeting=" 7月例会 "), recorded_at=NOON)
    (granted,) = excuses(known, OFFICE, NOW)
    assert granted == replace(EXCUSE, excuse_id=granted.excuse_id)
    assert granted.excuse_id.startswith("x")
    with pytest.raises(NotAcceptable, match=FAULTS["excused_already"][0]):
        record_excuse(known, EXCUSE, recorded_at=NOON)
    with pytest.raises(NotAcceptable, match=FAULTS["incomplete"][0]):
        revoke_excuse(known, granted, reason="", recorded_at=NOON)
    revoke_excuse(known, granted, reason="误登", recorded_at=NOON)
    assert [(each.kind, each.reason) for each in excuses(known, OFFICE, NOW)] == [(GRANTED, "台风"), (REVOKED, "误登")]
    with pytest.raises(NotAcceptable, match=FAULTS["not_excused"][0]):
        revoke_excuse(known, granted, reason="误登", recorded_at=NOON)
    record_excuse(known, EXCUSE, recorded_at=NOON)
    assert len({each.excuse_id for each in excuses(known, OFFICE, NOW)}) == 2
    assert check_integrity(known) == []


def test_an_excuse_is_of_a_project_on_record(known: Database) -> None:
    """Of the district that reports it."""
    with pytest.raises(NotAcceptable, match=FAULTS["unknown_project"][0]):
        record_excuse(known, replace(EXCUSE, body="xiangshui"), recorded_at=NOON)


def test_everything_is_in_the_journal(known: Database) -> None:
    """With who, when and why; database and journal agree."""
    key = define(known)
    choose_rules(known, key, AUGUST, reason="例会议定", actor="王", set_at=NOON)
    record_suspension(known, BEGUN, recorded_at=NOON)
    record_excuse(known, EXCUSE, recorded_at=NOON)
    entries = read_journal(known)[1:]
    assert [(each["event"], each["reason"]) for each in entries] == [
        ("grade_rules_defined", "例会议定"),
        ("grade_rules_chosen", "例会议定"),
        ("suspension_recorded", "finance"),
        ("excuse_recorded", "台风"),
    ]
    assert (entries[1]["actor"], entries[1]["code"], entries[1]["version"]) == ("王", "zone", 3)
    assert (entries[2]["on_date"], entries[2]["expected_resumption"]) == ("2024-07-10", "2024-12-31")
    assert (entries[3]["from_period"], entries[3]["to_period"], entries[3]["meeting"]) == (
        "2024-07",
        "2024-08",
        "7月例会",
    )
    assert check_integrity(known) == []


@pytest.mark.parametrize(
    ("sentence", "sql"),
    [
        ("version zone@3 of the rules stands twice", "INSERT INTO rule_set SELECT * FROM rule_set"),
        ("is of no project on record", "UPDATE suspension_event SET body = 'xiangshui'"),
        ("is of no project on record", "UPDATE excuse SET project_id = 'p0'"),
        ("is revoked and was never granted", "UPDATE excuse SET kind = 'revoked'"),
        ("is in force and unknown", "UPDATE rule_choice SET version = 9"),
        ("has two events", "UPDATE rule_choice SET sequence = 2"),
    ],
)
def test_a_fault_is_found(known: Database, sentence: str, sql: str) -> None:
    """Damage and hand-made changes."""
    choose(known, define(known))
    record_suspension(known, BEGUN, recorded_at=NOON)
    record_excuse(known, EXCUSE, recorded_at=NOON)
    assert check_tables(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(known))
