"""A ledger's changes recorded: under whose names, approvals by another account, once and not twice."""

from __future__ import annotations

from datetime import date

import pytest
from builders import as_of

from domain.list_lines import lines_of_text
from domain.rectification_lists import ReadLedger, read_ledger
from domain.scope import OFFICE
from domain.tasks import APPLYING, APPROVING, AWAITING, DONE, TaskEvent, task_lives
from storage import queries
from storage.clock import office_time
from storage.engine import Database
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.rectifying import changes_against, record_changes
from storage.tasks import record_tasks

TEXT = (
    "台账名称,整改台账\n方案问题数,31\n方案措施数,125\n方案日期,2024-06-26\n出处,报告\n"
    "公开月份,2024-07\n公开完成,23\n公开推进,5\n公开日期,2024-07-26\n"
    "序号,存在问题,措施序号,整改措施,牵头单位,提出日期,整改时限,申请销号日期,申请人,办理结果,佐证材料,批准销号日期,批准人\n"
    "1,转化慢,1-1,建清单,招商局,2024-06-20,2024-08-31,2024-07-20,王,已建,通报,2024-07-28,李\n"
    ",,1-2,逐个会办,招商局,2024-06-20,2024-08-31,2024-07-20,王,已办,纪要,,\n"
    ",,1-3,清退,招商局,2024-06-20,2024-08-31,,,,,,\n"
)


@pytest.fixture
def ledger() -> ReadLedger:
    return read_ledger(lines_of_text(TEXT))


def recorded_by(db: Database) -> list[tuple[str, str]]:
    return [(event.kind, event.recorded_by) for event in queries.task_events(db, OFFICE, as_of("2024-08"))]


def states(db: Database) -> list[str]:
    record = as_of("2024-08")
    events = queries.task_events(db, OFFICE, record)
    return [life.state for life in task_lives(queries.tasks(db, OFFICE, record), events, date(2024, 8, 1))]


def test_on_the_machine_itself_the_ledger_is_taken_at_its_word(db: Database, ledger: ReadLedger) -> None:
    """Who applied and who approved stand with the events, marked as the ledger's word; a second time nothing is new."""
    record_changes(db, changes_against(db, ledger))
    assert recorded_by(db) == [
        (APPLYING, "王（台账所载）"),
        (APPLYING, "王（台账所载）"),
        (APPROVING, "李（台账所载）"),
    ]
    assert states(db) == [DONE, AWAITING, "going_on"]
    version = db.version()
    again = changes_against(db, ledger)
    assert again.is_empty(with_approvals=True)
    record_changes(db, again)
    assert db.version() == version
    assert check_integrity(db) == []


def test_an_account_applies_and_another_approves(db: Database, ledger: ReadLedger) -> None:
    """What a signed-in person brings in is theirs; approvals that a file claims wait for somebody else."""
    record_changes(db, changes_against(db, ledger), actor="张")
    assert recorded_by(db) == [(APPLYING, "张"), (APPLYING, "张")]
    assert states(db) == [AWAITING, AWAITING, "going_on"]
    again = changes_against(db, ledger)
    assert (again.approvals, again.is_empty(with_approvals=False)) == (1, True)
    assert {entry["actor"] for entry in read_journal(db)} == {"张"}


def test_whoever_brought_it_in_does_not_approve_it_by_file(db: Database, ledger: ReadLedger) -> None:
    """The approval of the file is refused where the application was recorded by its very approver."""
    record_changes(db, changes_against(db, ledger), actor="李")
    found = changes_against(db, ledger)
    assert ([each.code for each in found.faults], found.approvals) == (["closing_differs"], 0)


def test_what_is_known_is_compared_with_all_that_was_recorded(db: Database, ledger: ReadLedger) -> None:
    """Also with what people recorded since on the page."""
    record_changes(db, changes_against(db, ledger), actor="张")
    task_id = ledger.tasks[0].task_id
    event = TaskEvent(task_id, APPROVING, date(2024, 7, 30), "同意")
    record_tasks(db, events=[event], actor="赵", recorded_at=office_time())
    found = changes_against(db, ledger)
    assert (found.events, found.unchanged) == ([], 3)
