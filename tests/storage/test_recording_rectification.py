"""Ledgers, closing by two and rulings, recorded by people: as they were, as they were known, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import NOON, as_of

from domain.periods import Period
from domain.rectification import Problem, Rectification, RectificationBulletin
from domain.relapses import CONFIRMED, SET_ASIDE, RelapseRuling
from domain.scope import OFFICE, Scope
from domain.tasks import (
    APPLYING,
    APPROVING,
    DONE,
    FINISHING,
    RECTIFICATION,
    REMINDED,
    REOPENED,
    RETURNING,
    SUPERVISION,
    Task,
    TaskDetail,
    TaskEvent,
    task_lives,
)
from storage import queries
from storage.accepting import NotAcceptable
from storage.counting import NotPermitted
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.journal import read_journal
from storage.rectification import FAULTS, publish_bulletin, record_rectification
from storage.tasks import FAULTS as TASK_FAULTS
from storage.tasks import record_tasks

GIVEN, AUGUST = date(2024, 7, 1), Period(2024, 8)
PLAN = Rectification("r1", "整改台账", 31, 125, GIVEN, "公布的报告")
PROBLEM = Problem("p1", "r1", "1", "转化不快", "方案", is_example=True)
PUBLISHED = RectificationBulletin("r1", AUGUST, 23, 5, date(2024, 8, 30), "八月通报")
MEASURE = Task("m1", RECTIFICATION, "", "逐个会办", "招商局", date(2024, 8, 1), GIVEN, "两片区")
DETAIL = TaskDetail("m1", "甲领导", "列清单", "每月一轮", "p1", "1-1", "start_overdue", "binhai", "方案", is_example=True)
APPLIED = TaskEvent("m1", APPLYING, date(2024, 8, 10), "已会办", "纪要12号")
APPROVED = TaskEvent("m1", APPROVING, date(2024, 8, 20), "同意销号")
RETURNED = TaskEvent("m1", RETURNING, date(2024, 8, 20), "缺照片")
RULING = RelapseRuling("m1", SET_ASIDE, "start_overdue", "binhai", AUGUST, 5.0, 2.0, date(2024, 8, 31), "口径调整")


def record(db: Database, *events: TaskEvent, actor: str = "王", **more: object) -> None:
    record_tasks(db, events=events, actor=actor, recorded_at=NOON, **more)


@pytest.fixture
def ledger(db: Database) -> Database:
    """A ledger with a problem and its measure."""
    record_rectification(db, [PLAN], [PROBLEM], actor="王", recorded_at=NOON)
    record_tasks(db, [MEASURE], details=[DETAIL], actor="王", recorded_at=NOON)
    return db


@pytest.fixture
def closed(ledger: Database) -> Database:
    """The same, closed by two."""
    record(ledger, APPLIED)
    record(ledger, APPROVED, actor="李")
    return ledger


def test_a_ledger_is_kept_as_it_was_recorded(ledger: Database) -> None:
    """Plan, problem, measure and what is said of it; texts without stray spaces; each write a line of the journal."""
    record_rectification(ledger, problems=[Problem("p2", "r1", "2", " 进度慢 ")], recorded_at=NOON)
    publish_bulletin(ledger, replace(PUBLISHED, source=" 八月通报 "), actor="李", recorded_at=NOON)
    record = as_of("2024-08")
    assert queries.rectifications(ledger, OFFICE, record) == [PLAN]
    assert queries.rectification_problems(ledger, OFFICE, record) == [PROBLEM, Problem("p2", "r1", "2", "进度慢")]
    assert queries.rectification_bulletins(ledger, OFFICE, record) == [PUBLISHED]
    assert queries.task_details(ledger, OFFICE, record) == [DETAIL]
    assert check_integrity(ledger) == []
    said = [(entry["event"], entry["actor"]) for entry in read_journal(ledger)]
    assert said == [
        ("rectification_recorded", "王"),
        ("tasks_recorded", "王"),
        ("rectification_recorded", "office"),
        ("rectification_bulletin_published", "李"),
    ]


def test_as_it_was_known(closed: Database) -> None:
    """At an earlier write nothing of the later ones; a scope that may read nothing is refused."""
    publish_bulletin(closed, PUBLISHED, recorded_at=NOON)
    record(closed, rulings=[RULING])
    first, last = as_of("2024-08", "1"), as_of("2024-08")
    reads = (queries.rectification_bulletins, queries.task_details, queries.relapse_rulings, queries.tasks)
    assert [len(read(closed, OFFICE, first)) for read in reads] == [0, 0, 0, 0]
    assert [len(read(closed, OFFICE, last)) for read in reads] == [1, 1, 1, 1]
    for read in (*reads, queries.rectifications, queries.rectification_problems):
        with pytest.raises(NotPermitted):
            read(closed, Scope("nobody", ()), last)


def test_of_what_is_said_twice_the_newest_counts(ledger: Database) -> None:
    """Another leader, another figure: the line before stays on record."""
    later = replace(DETAIL, leader="乙领导", indicator="")
    record(ledger, details=[later])
    found = queries.task_details(ledger, OFFICE, as_of("2024-08"))
    assert found == [DETAIL, later]
    (life,) = task_lives([MEASURE], [], date(2024, 8, 31), found)
    assert life.detail == later


def test_closing_takes_two_accounts(closed: Database) -> None:
    """Who applied and who approved stand with the events, whatever the events say of themselves."""
    events = queries.task_events(closed, OFFICE, as_of("2024-08"))
    assert [(event.kind, event.recorded_by) for event in events] == [(APPLYING, "王"), (APPROVING, "李")]
    (life,) = task_lives([MEASURE], events, date(2024, 8, 31))
    assert (life.state, life.finished_on, life.days_late) == (DONE, date(2024, 8, 10), 9)
    assert check_integrity(closed) == []


@pytest.mark.parametrize(
    ("before", "event", "actor", "fault"),
    [
        ((), replace(APPLIED, kind=FINISHING), "王", "needs_approval"),
        ((), replace(APPLIED, evidence=" "), "王", "no_evidence"),
        ((), APPROVED, "李", "not_applied"),
        ((APPLIED,), APPROVED, "王", "same_account"),
        ((APPLIED,), replace(APPROVED, recorded_by="李"), "王", "same_account"),  # what an event says is not who writes it
        ((APPLIED, RETURNED), replace(APPROVED, on_date=date(2024, 8, 21)), "李", "not_applied"),
        ((APPLIED,), replace(APPLIED, on_date=date(2024, 8, 11)), "李", "is_applied"),
        ((), TaskEvent("m1", REMINDED, date(2024, 8, 1), "电话提醒"), "王", "not_overdue"),
    ],
)
def test_what_cannot_close(ledger: Database, before: tuple, event: TaskEvent, actor: str, fault: str) -> None:
    """With a sentence in both languages, and nothing written."""
    for each in before:
        record(ledger, each)
    written = ledger.version()
    with pytest.raises(NotAcceptable) as refusal:
        record(ledger, event, actor=actor)
    assert (refusal.value.message_zh, refusal.value.message_en) == TASK_FAULTS[fault]
    assert ledger.version() == written


def test_without_accounts_nobody_approves(ledger: Database) -> None:
    """Everybody is the office then, and the sentence says what to do."""
    record(ledger, APPLIED, actor="office")
    with pytest.raises(NotAcceptable, match="请先设账号"):
        record(ledger, APPROVED, actor="office")


def test_application_and_approval_in_one_write_are_of_one_account(ledger: Database) -> None:
    """One write has one actor, so it cannot hold both."""
    with pytest.raises(NotAcceptable) as refusal:
        record(ledger, APPLIED, APPROVED)
    assert refusal.value.message_zh == TASK_FAULTS["same_account"][0]


def test_a_relapse_confirmed_opens_again(closed: Database) -> None:
    """The ruling with its figures and the event in one write; set aside it stays closed."""
    record(closed, rulings=[RULING], actor="李")
    again = TaskEvent("m1", REOPENED, date(2024, 8, 31), "又未开工", due_date=date(2024, 9, 30))
    confirmed = replace(RULING, kind=CONFIRMED, figure=6.0, note=" 又未开工 ")
    record(closed, again, rulings=[confirmed], actor="李")
    rulings = queries.relapse_rulings(closed, OFFICE, as_of("2024-08"))
    assert rulings == [RULING, replace(confirmed, note="又未开工")]
    (life,) = task_lives([MEASURE], queries.task_events(closed, OFFICE, as_of("2024-08")), date(2024, 8, 31))
    assert (life.is_open, life.due_date) == (True, date(2024, 9, 30))
    assert check_integrity(closed) == []
    with pytest.raises(NotAcceptable, match="尚未办结"):
        record(closed, rulings=[RULING])


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"rulings": [replace(RULING, task_id="m9")]}, "unknown_task"),
        ({"rulings": [replace(RULING, indicator="completion_overdue")]}, "not_tied"),
        ({"rulings": [replace(RULING, figure=2.0)]}, "not_worse"),
        ({"details": [replace(DETAIL, task_id="m9")]}, "unknown_task"),
        ({"details": [replace(DETAIL, problem_id="p9")]}, "unknown_problem"),
        ({"details": [replace(DETAIL, indicator="started_count")]}, "no_tie"),
    ],
)
def test_what_cannot_be_said_or_ruled(closed: Database, more: dict, fault: str) -> None:
    """Of tasks, problems and figures that there are."""
    with pytest.raises(NotAcceptable) as refusal:
        record(closed, **more)
    assert (refusal.value.message_zh, refusal.value.message_en) == TASK_FAULTS[fault]


def test_the_same_measure_under_another_problem(ledger: Database) -> None:
    """Is another measure; under the same problem it is known already."""
    record_rectification(ledger, problems=[Problem("p2", "r1", "2", "进度慢")], recorded_at=NOON)
    again = replace(MEASURE, task_id="m2")
    with pytest.raises(NotAcceptable, match="已经登记"):
        record_tasks(ledger, [again], details=[replace(DETAIL, task_id="m2")], recorded_at=NOON)
    record_tasks(ledger, [again], details=[replace(DETAIL, task_id="m2", problem_id="p2")], recorded_at=NOON)
    assert len(queries.tasks(ledger, OFFICE, as_of("2024-08"))) == 2


@pytest.mark.parametrize(
    ("ledgers", "problems", "fault"),
    [
        ([PLAN], [], "known_already"),
        ([replace(PLAN, rectification_id="r2", name="")], [], "no_name"),
        ([], [replace(PROBLEM, problem_id="p2")], "known_already"),
        ([], [replace(PROBLEM, problem_id="p2", serial="2", rectification_id="r9")], "unknown_ledger"),
    ],
)
def test_what_a_ledger_is_refused_for(ledger: Database, ledgers: list, problems: list, fault: str) -> None:
    """All or nothing, with a sentence."""
    with pytest.raises(NotAcceptable) as refusal:
        record_rectification(ledger, ledgers, problems, recorded_at=NOON)
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]


def test_a_bulletin_of_no_ledger_is_refused(ledger: Database) -> None:
    """With a sentence; and nothing at all is no write."""
    with pytest.raises(NotAcceptable, match="没有这个整改台账"):
        publish_bulletin(ledger, replace(PUBLISHED, rectification_id="r9"), recorded_at=NOON)
    before = ledger.version()
    record_rectification(ledger, recorded_at=NOON)
    record_tasks(ledger, recorded_at=NOON)
    assert ledger.version() == before


def test_a_supervision_task_needs_no_problem(db: Database) -> None:
    """It has leader, measures and schedule like any other."""
    task = replace(MEASURE, task_id="s1", source=SUPERVISION, text="规划报批")
    detail = TaskDetail("s1", "乙领导", "与选址衔接", "年内报批")
    record_tasks(db, [task], details=[detail], recorded_at=NOON)
    assert queries.task_details(db, OFFICE, as_of("2024-08")) == [detail]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE task_detail SET task_id = 'm9'", "what is said of task m9"),
        ("UPDATE task_detail SET problem_id = 'p9'", "what is said of task m1"),
        ("UPDATE relapse_ruling SET figure = baseline", "a ruling on task m1"),
        ("UPDATE relapse_ruling SET task_id = 'm9'", "a ruling on task m9"),
        ("UPDATE task_event SET recorded_by = '王'", "task m1 was approved by the account that applied"),
        ("DELETE FROM task_event WHERE kind = 'applied'", "task m1 was approved by the account that applied"),
        ("INSERT INTO rectification SELECT * FROM rectification", "ledger r1 stands twice"),
        ("INSERT INTO rectification_problem SELECT * FROM rectification_problem", "problem p1 stands twice"),
        ("UPDATE rectification_problem SET rectification_id = 'r9'", "problem p1 stands twice or is of no ledger"),
        ("UPDATE rectification_bulletin SET done = -1", "a bulletin is of the unknown ledger r1"),
        ("UPDATE rectification_bulletin SET rectification_id = 'r9'", "a bulletin is of the unknown ledger r9"),
        ("UPDATE rectification_bulletin SET sequence = 99", "later than the newest write"),
        ("UPDATE rectification SET sequence = 99", "later than the newest write"),
    ],
)
def test_damage_is_found(closed: Database, sql: str, sentence: str) -> None:
    """None of these can come from recording."""
    publish_bulletin(closed, PUBLISHED, recorded_at=NOON)
    record(closed, rulings=[RULING])
    assert check_tables(closed) == []
    with closed.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(closed))
