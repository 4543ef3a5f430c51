"""Permits and land: ledgers that districts send, what people record, and which word stands as of a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from builders import NOON, accept, as_of, land, ledger, monthly, permit, project_id, row

from domain.land import WORD_COLUMNS as LAND_COLUMNS
from domain.permit_words import WORD_COLUMNS, LandEvent, PermitEvent
from domain.scope import OFFICE, Scope
from storage.accepting import NotAcceptable, withdraw_submission
from storage.collecting import lock_period
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.journal import read_journal
from storage.permits import FAULTS, record_permits
from storage.queries import land_words, permit_words

PROJECT = project_id("甲")
LATER = datetime(2024, 12, 1, 9)
GRANTED = PermitEvent(
    PROJECT, "binhai", "filing", "granted", date(2024, 8, 20), date(2024, 7, 1), None, date(2024, 8, 15),
    "行政审批局", "备〔2024〕8号", "现场核实",
)  # fmt: skip
AREAS = LandEvent(PROJECT, "binhai", date(2024, 8, 20), Decimal("100.5"), None, Decimal(0), "指标未到")


@pytest.fixture
def known(db: Database) -> Database:
    """A database with a project and a work on record."""
    accept(db, monthly("2024-07", row("甲"), infrastructure=(row("路", 6),)))
    return db


def states(db: Database, period: str = "2024-08", acceptances: str = "newest", scope: Scope = OFFICE) -> list[Any]:
    """(step, state, source, day) of every word that counts."""
    found = permit_words(db, scope, as_of(period, acceptances))
    return [(each.step, each.state, each.source, str(each.on_date.date())) for each in found.itertuples()]


def test_a_ledger_keeps_its_places(db: Database) -> None:
    """Every value of a line, with receipt, file, sheet and cell; the receipt has a number of its own."""
    told = {"applied_date": "2024-06-01", "due_date": "2024-07-31", "granted_date": "2024-07-20"}
    line = permit("甲", "filing", "granted", "F7", office="审批局", number="备1号", text="√", **told)
    receipt = accept(db, ledger("2024-07", line, land("甲", 100, "60.25", None)))
    assert receipt.receipt_number == "2024-07-滨海-手续-01"
    (word,) = permit_words(db, OFFICE, as_of("2024-08")).to_dict("records")
    days = {name: pd.Timestamp(day) for name, day in told.items()}
    assert {name: word[name] for name in (*told, "on_date")} == {**days, "on_date": pd.Timestamp("2024-07-31")}
    names = (
        "project_id",
        "project_name",
        "body",
        "office",
        "document_number",
        "sheet",
        "cell",
        "text",
        "file_name",
        "receipt_number",
    )
    assert [word[name] for name in names] == [
        PROJECT, "甲", "binhai", "审批局", "备1号", "手续", "F7", "√", "手续台账2024-07.xlsx", receipt.receipt_number,
    ]  # fmt: skip
    (area,) = land_words(db, OFFICE, as_of("2024-08")).to_dict("records")
    assert [area[name] for name in ("wanted_mu", "applied_mu", "sheet", "cell", "source")] == [
        100,
        60.25,
        "用地",
        "T5",
        "ledger",
    ]
    assert pd.isna(area["granted_mu"])
    assert check_integrity(db) == []


def test_the_columns_are_the_declared_ones(db: Database) -> None:
    """Whether anything was said or not."""
    for _ in range(2):
        assert tuple(permit_words(db, OFFICE, as_of("2024-08")).columns) == WORD_COLUMNS
        assert tuple(land_words(db, OFFICE, as_of("2024-08")).columns) == LAND_COLUMNS
        accept(db, ledger("2024-08", permit("甲", "filing", "applied"), land("甲", 1, 1, 1)))


def test_what_a_later_ledger_leaves_out_stands(db: Database) -> None:
    """A ledger of another month adds its words; one of the same month takes the other's place; a withdrawn one says nothing."""
    accept(db, ledger("2024-06", permit("甲", "filing", "applied"), permit("甲", "energy", "applied")))
    accept(db, ledger("2024-07", permit("甲", "filing", "granted")))
    june = ("energy", "applied", "ledger", "2024-06-30")
    before, after = ("filing", "applied", "ledger", "2024-06-30"), ("filing", "granted", "ledger", "2024-07-31")
    assert set(states(db)) == {june, before, after}
    assert set(states(db, "2024-06")) == {june, before}
    again = accept(db, ledger("2024-06", permit("甲", "filing", "not_applied")))
    assert set(states(db)) == {("filing", "not_applied", "ledger", "2024-06-30"), after}
    assert set(states(db, acceptances="1")) == {june, before}
    withdraw_submission(db, again.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    assert set(states(db)) == {june, before, after}


def test_of_two_lines_of_one_ledger_the_last_counts(db: Database) -> None:
    """Of a step, and of a project's land."""
    lines = (
        permit("甲", "filing", "granted"),
        permit("甲", "filing", "applied", "D9"),
        land("甲", 1, 1, 1),
        land("甲", 9, 1, 1),
    )
    accept(db, ledger("2024-07", *lines))
    assert states(db) == [("filing", "applied", "ledger", "2024-07-31")]
    assert list(land_words(db, OFFICE, as_of("2024-08"))["wanted_mu"]) == [9]


def test_people_record_steps_and_land(known: Database) -> None:
    """In one write and one line of the journal; texts without stray spaces."""
    record_permits(known, [replace(GRANTED, office=" 行政审批局 ")], [AREAS], actor="王", recorded_at=NOON)
    (word,) = permit_words(known, OFFICE, as_of("2024-08")).to_dict("records")
    told = ("office", "document_number", "note", "source", "recorded_by", "receipt_number", "cell")
    assert [word[name] for name in told] == ["行政审批局", "备〔2024〕8号", "现场核实", "hand", "王", "", ""]
    (area,) = land_words(known, OFFICE, as_of("2024-08")).to_dict("records")
    assert (area["wanted_mu"], area["granted_mu"], area["note"]) == (100.5, 0, "指标未到")
    entry = read_journal(known)[-1]
    assert (entry["event"], entry["sequence"], entry["actor"]) == ("permits_recorded", 2, "王")
    assert entry["permit_events"] == [{
        "project_id": PROJECT, "body": "binhai", "step": "filing", "state": "granted", "on_date": "2024-08-20",
        "applied_date": "2024-07-01", "due_date": None, "granted_date": "2024-08-15", "office": "行政审批局",
        "document_number": "备〔2024〕8号", "note": "现场核实",
    }]  # fmt: skip
    assert entry["land_events"] == [{
        "project_id": PROJECT, "body": "binhai", "on_date": "2024-08-20", "wanted_mu": "100.50", "applied_mu": None,
        "granted_mu": "0.00", "note": "指标未到",
    }]  # fmt: skip
    assert check_integrity(known) == []


def test_of_one_day_what_was_recorded_last_counts(known: Database) -> None:
    """So that a slip is mended by recording it again; a word of an earlier day recorded later comes before."""
    record_permits(known, [GRANTED], recorded_at=NOON)
    record_permits(known, [replace(GRANTED, state="applied", granted_date=None)], recorded_at=NOON)
    record_permits(known, [replace(GRANTED, on_date=date(2024, 8, 19))], recorded_at=NOON)
    assert states(known) == [("filing", "granted", "hand", "2024-08-19"), ("filing", "applied", "hand", "2024-08-20")]
    record_permits(known, land=[AREAS], recorded_at=NOON)
    record_permits(known, land=[replace(AREAS, wanted_mu=Decimal(7))], recorded_at=NOON)
    assert list(land_words(known, OFFICE, as_of("2024-08"))["wanted_mu"]) == [7]


def test_ledger_and_person_in_the_order_of_their_days(known: Database) -> None:
    """What is so on a later day comes later, whoever says it; what comes after the period is not known in it."""
    accept(known, ledger("2024-08", permit("甲", "filing", "applied")))
    record_permits(known, [GRANTED, replace(GRANTED, on_date=date(2024, 9, 2))], recorded_at=LATER)
    assert [day for *_, day in states(known, "2024-09")] == ["2024-08-20", "2024-08-31", "2024-09-02"]
    assert [day for *_, day in states(known, "2024-08")] == ["2024-08-20", "2024-08-31"]
    assert states(known, "2024-09", acceptances="1") == []
    assert states(known, "2024-09", scope=Scope("reporter", ("xiangshui",))) == []
    assert land_words(known, Scope("reporter", ("xiangshui",)), as_of("2024-09")).empty


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (replace(GRANTED, project_id="p0"), "unknown_project"),
        (replace(GRANTED, body="xiangshui"), "unknown_project"),
        (replace(GRANTED, step="made_up"), "unknown_code"),
        (replace(GRANTED, step="sea_use"), "not_of_chain"),
        (replace(GRANTED, on_date=date(2024, 9, 2)), "in_future"),
        (replace(AREAS, project_id="p0"), "unknown_project"),
        (replace(AREAS, wanted_mu=None, granted_mu=None), "no_area"),
        (replace(AREAS, applied_mu=Decimal(-1)), "negative"),
    ],
)
def test_what_cannot_be_is_refused(known: Database, event: PermitEvent | LandEvent, fault: str) -> None:
    """With a sentence in both languages; nothing of the call is written."""
    steps, areas = ([GRANTED, event], []) if isinstance(event, PermitEvent) else ([GRANTED], [event])
    with pytest.raises(NotAcceptable) as refusal:
        record_permits(known, steps, areas, recorded_at=NOON)
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]
    assert (known.version(), states(known)) == (1, [])


@pytest.mark.parametrize("areas", [{"wanted_mu": Decimal("1e12")}, {"granted_mu": Decimal("nan")}])
def test_an_area_that_no_column_holds_is_refused(known: Database, areas: dict[str, Decimal]) -> None:
    """By a person and in a ledger, which names the cell."""
    if not areas.get("granted_mu", Decimal(0)).is_nan():
        with pytest.raises(NotAcceptable, match="超出"):
            record_permits(known, land=[replace(AREAS, **areas)], recorded_at=NOON)
    reading = replace(land("甲", 1, 1, 1, cell="T8"), **areas)
    with pytest.raises(NotAcceptable, match="用地 T8"):
        accept(known, ledger("2024-08", reading))
    assert known.version() == 1


def test_nothing_to_record_is_no_write(known: Database) -> None:
    """The version stays."""
    record_permits(known, recorded_at=NOON)
    assert known.version() == 1


@pytest.mark.parametrize(
    ("lines", "step", "is_taken"),
    [
        ((permit("丁", "filing", "applied"),), "safety", True),
        ((permit("丁", "sea_use", "applied"),), "safety", False),
        ((permit("丁", "sea_use", "applied"),), "sea_study", True),
        ((land("丁", 1, 1, 1),), "safety", True),
    ],
)
def test_a_project_that_only_a_ledger_names(known: Database, lines: tuple, step: str, is_taken: bool) -> None:
    """Is known by it; it is a work where a step of works is told of it, else of industry."""
    accept(known, ledger("2024-08", *lines))
    event = replace(GRANTED, project_id=project_id("丁"), step=step)
    if is_taken:
        record_permits(known, [event], recorded_at=NOON)
        assert check_integrity(known) == []
    else:
        with pytest.raises(NotAcceptable, match="不需要办理"):
            record_permits(known, [event], recorded_at=NOON)


def test_a_lock_keeps_no_ledger_out(known: Database) -> None:
    """It closes the figures of the month's returns; a ledger states how permits stand."""
    lock_period(known, as_of("2024-07").period, reason="会后", actor="office", locked_at=NOON)
    with pytest.raises(NotAcceptable, match="锁定"):
        accept(known, monthly("2024-07", row("乙")))
    first = accept(known, ledger("2024-07", permit("甲", "filing", "applied")))
    withdraw_submission(known, first.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    assert accept(known, ledger("2024-07", permit("甲", "energy", "applied"))).receipt_number == "2024-07-滨海-手续-02"


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE permit SET step = 'x'", "permit: project p"),
        ("UPDATE permit_event SET state = 'x'", "a step or a state that is in no list"),
        ("UPDATE land SET applied_mu = -1", "land: project"),
        ("UPDATE land_event SET wanted_mu = -1", "negative area"),
        ("UPDATE permit_event SET project_id = 'p0'", "permit_event: project p0 is of no return or ledger"),
        ("UPDATE land_event SET body = 'zone'", "land_event: project"),
        ("UPDATE land_event SET sequence = 99", "later than the newest write"),
    ],
)
def test_damage_is_found(known: Database, sql: str, sentence: str) -> None:
    """None of these can come from accepting or recording."""
    accept(known, ledger("2024-08", permit("甲", "filing", "applied"), land("甲", None, 1, None)))
    record_permits(known, [GRANTED], [AREAS], recorded_at=NOON)
    assert check_tables(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(known))
