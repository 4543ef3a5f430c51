"""Tasks recorded by people: as they were, as they were known, one write and one line of the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.issues import Issue, issue_id_of
from domain.scope import OFFICE, Scope
from domain.submissions import TaskReading
from domain.task_reports import TaskReport
from domain.tasks import CHANGED, DECISION, FINISHING, PROGRESS, RECTIFICATION, Task, TaskEvent, task_id_of
from storage.accepting import NotAcceptable
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.issues import record_issues
from storage.journal import read_journal
from storage.queries import task_events, task_reports, tasks
from storage.tasks import FAULTS, record_tasks

PROJECT = project_id("甲")
GIVEN = date(2024, 8, 10)
ISSUE = Issue(
    issue_id_of(PROJECT, "供电未批复"), PROJECT, "binhai", date(2024, 7, 31), "供电未批复", "utilities", "county"
)
TASK = Task(
    task_id_of(DECISION, "2024-07", PROJECT, "", "供电方案批复", GIVEN), DECISION, "2024-07", "供电方案批复", "县发改委",
    date(2024, 8, 31), GIVEN, "供电公司", "binhai", PROJECT,
)  # fmt: skip
OF_ZONE = Task("t2", RECTIFICATION, "", "台账补齐", "督查室", date(2024, 9, 30), GIVEN)
TOLD = TaskEvent(TASK.task_id, PROGRESS, date(2024, 8, 20), "方案已报")
PUT_OFF = TaskEvent(TASK.task_id, CHANGED, date(2024, 8, 25), "评审延期", due_date=date(2024, 9, 15))
FINISHED = TaskEvent(TASK.task_id, FINISHING, date(2024, 8, 30), "已批复", "12号文")


def record(db: Database, *given: Task, events: tuple[TaskEvent, ...] = (), **more: object) -> None:
    record_tasks(db, given, events, **{"recorded_at": NOON, **more})


@pytest.fixture
def known(db: Database) -> Database:
    """A database with two projects and an issue on record."""
    accept(db, monthly("2024-07", row("甲"), row("乙", 6)))
    record_issues(db, [ISSUE], recorded_at=NOON)
    return db


def test_a_task_and_what_happened_to_it(known: Database) -> None:
    """Kept as they were recorded, in their order, texts without stray spaces."""
    record(known, replace(TASK, text=" 供电方案批复 "), events=(TOLD,), actor="王")
    record(known, OF_ZONE, events=(PUT_OFF, FINISHED))
    assert tasks(known, OFFICE, as_of("2024-08")) == [TASK, OF_ZONE]
    found = task_events(known, OFFICE, as_of("2024-08"))
    assert found == [replace(each, sequence=at) for at, each in enumerate((TOLD, PUT_OFF, FINISHED), 1)]
    assert check_integrity(known) == []


def test_as_it_was_known_at_a_write(known: Database) -> None:
    """Later writes are not known; a district reads the tasks of its projects and those of the whole zone."""
    record(known, TASK)
    record(known, OF_ZONE, events=(TOLD,))
    assert tasks(known, OFFICE, as_of("2024-08", "2")) == []
    assert tasks(known, OFFICE, as_of("2024-08", "3")) == [TASK]
    assert task_events(known, OFFICE, as_of("2024-08", "3")) == []
    outsider = Scope("reporter", ("xiangshui",))
    assert tasks(known, outsider, as_of("2024-08")) == [OF_ZONE]
    assert task_events(known, outsider, as_of("2024-08")) == []


def test_many_in_one_write(known: Database) -> None:
    """What a meeting decides is one write and one line of the journal."""
    record(
        known,
        TASK,
        replace(TASK, task_id="t3", text="用地报批", issue_id=ISSUE.issue_id),
        events=(TOLD, PUT_OFF),
        actor="王",
    )
    entry = read_journal(known)[-1]
    assert (entry["event"], entry["sequence"], entry["actor"]) == ("tasks_recorded", 3, "王")
    assert [(each["text"], each["due_date"], each["issue_id"]) for each in entry["tasks"]] == [
        ("供电方案批复", "2024-08-31", ""), ("用地报批", "2024-08-31", ISSUE.issue_id),
    ]  # fmt: skip
    assert [(each["kind"], each["on_date"], each["due_date"]) for each in entry["task_events"]] == [
        ("progress", "2024-08-20", None), ("changed", "2024-08-25", "2024-09-15"),
    ]  # fmt: skip
    assert check_integrity(known) == []


def test_nothing_to_record_is_no_write(known: Database) -> None:
    """The version stays."""
    before = known.version()
    record(known)
    assert known.version() == before


@pytest.mark.parametrize(
    ("given", "events", "fault"),
    [
        ([replace(TASK, text=" ")], [], "no_text"),
        ([replace(TASK, lead="")], [], "no_lead"),
        ([replace(TASK, period="")], [], "no_meeting"),
        ([replace(TASK, source="rumour")], [], "unknown_code"),
        ([replace(TASK, project_id="p0")], [], "unknown_project"),
        ([replace(TASK, body="xiangshui")], [], "unknown_project"),
        ([replace(OF_ZONE, body="binhai")], [], "unknown_project"),
        ([replace(TASK, issue_id="i0")], [], "unknown_issue"),
        ([replace(TASK, project_id=project_id("乙"), issue_id=ISSUE.issue_id)], [], "unknown_issue"),
        ([replace(TASK, due_date=date(2024, 8, 9))], [], "due_before"),
        ([TASK, TASK], [], "known_already"),
        ([TASK], [replace(TOLD, task_id="t0")], "unknown_task"),
        ([TASK], [replace(TOLD, note="")], "no_note"),
        ([TASK], [TOLD, replace(TOLD, on_date=date(2024, 8, 19))], "too_early"),
        ([TASK], [FINISHED, replace(TOLD, on_date=date(2024, 8, 31))], "not_open"),
    ],
)
def test_what_cannot_be_is_refused(known: Database, given: list, events: list, fault: str) -> None:
    """With a sentence in both languages, and nothing of the call is written."""
    before = known.version()
    with pytest.raises(NotAcceptable) as refusal:
        record(known, *given, events=tuple(events))
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]
    assert known.version() == before
    assert tasks(known, OFFICE, as_of("2024-08")) == []


def test_what_was_recorded_before_counts(known: Database) -> None:
    """The same task is known while it is open; events follow those before."""
    record(known, TASK, events=(TOLD,))
    again = replace(TASK, task_id="t9", text="供电，方案批复")
    with pytest.raises(NotAcceptable, match="已经登记"):
        record(known, again)
    with pytest.raises(NotAcceptable, match="早于"):
        record(known, events=(replace(FINISHED, on_date=date(2024, 8, 1)),))
    record(known, events=(FINISHED,))
    record(known, again)
    assert len(tasks(known, OFFICE, as_of("2024-08"))) == 2


def test_what_returns_say_of_tasks(db: Database) -> None:
    """Of the month's return in force alone, in its order, with receipt and cell; to whom may read the district."""

    def send(period: str, *readings: TaskReading) -> None:
        submission, content = monthly(period, row("甲"), content=f"{period}{readings}".encode())
        submission.task_readings = list(readings)
        accept(db, (submission, content))

    send("2024-07", TaskReading("用地报批", "七月", "议定事项", "G4"))
    send("2024-08", TaskReading("用地报批", "旧", "议定事项", "G4"))
    send("2024-08", TaskReading("供电", "已报", "议定事项", "G5"), TaskReading("用地报批", "组卷", "议定事项", "G4"))
    assert task_reports(db, OFFICE, as_of("2024-08")) == [
        TaskReport("供电", "已报", "binhai", "2024-08-滨海-02", "议定事项", "G5"),
        TaskReport("用地报批", "组卷", "binhai", "2024-08-滨海-02", "议定事项", "G4"),
    ]
    assert [each.said for each in task_reports(db, OFFICE, as_of("2024-08", "2"))] == ["旧"]
    assert task_reports(db, OFFICE, as_of("2024-09")) == []
    assert task_reports(db, Scope("reporter", ("xiangshui",)), as_of("2024-08")) == []
    assert check_integrity(db) == []


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("INSERT INTO task SELECT * FROM task", "is given twice"),
        ("UPDATE task SET project_id = 'p0'", "is of no project or issue on record"),
        ("UPDATE task SET issue_id = 'i0'", "is of no project or issue on record"),
        ("UPDATE task_event SET task_id = 't0'", "an event of task t0 is of no task"),
        ("UPDATE task_event SET on_date = DATE '2024-01-01'", "or before it was given"),
        ("UPDATE task SET sequence = 99", "later than the newest write"),
    ],
)
def test_damage_is_found(known: Database, sql: str, sentence: str) -> None:
    """None of these can come from recording."""
    record(known, TASK, events=(TOLD,))
    assert check_tables(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(known))
