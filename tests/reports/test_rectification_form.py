"""The rectification ledger handed out: a workbook that is read back without a finding, whatever its words are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from opened_papers import HOSTILE_TEXTS

from domain.periods import Period
from domain.rectification import Problem, Rectification, RectificationBulletin, count_ledger
from domain.rectification_changes import KnownLedgers, LedgerChanges, changes_of
from domain.tasks import APPLYING, SUPERVISION, Task, TaskDetail, TaskEvent, task_lives
from loaders.rectification_file import ledger_of_file
from reports.rectification_form import rectification_form

PLAN = Rectification("r1", "整改台账", 31, 125, date(2024, 6, 26), "报告")
PUBLISHED = RectificationBulletin("r1", Period(2024, 8), 23, 5, date(2024, 8, 30), "报告")
PROBLEMS = [Problem("p1", "r1", "1", "转化不快"), Problem("p2", "r1", "2", "进度不均")]
GIVEN, DAY = date(2024, 7, 1), date(2024, 12, 31)
TASKS = [
    Task("m1", "rectification", "", "建清单", "招商局", date(2024, 8, 1), GIVEN, "两片区"),
    Task("m2", "rectification", "", "对账", "发改委", date(2024, 9, 1), GIVEN),
    Task("s1", SUPERVISION, "", "规划报批", "规划局", date(2025, 9, 1), GIVEN),
]
DETAILS = [
    TaskDetail("m1", "甲领导", "列清单", "每月", "p1", "1-1", "start_overdue", "binhai", "方案"),
    TaskDetail("m2", problem_id="p2", serial="2-1"),
]
EVENTS = [TaskEvent("m1", APPLYING, date(2024, 7, 20), "已建", "通报3号", recorded_by="王")]


def known(plan: Rectification = PLAN, tasks: list[Task] = TASKS) -> KnownLedgers:
    return KnownLedgers([plan], PROBLEMS, [PUBLISHED], task_lives(tasks, EVENTS, DAY, DETAILS))


def handed_out(on_record: KnownLedgers) -> bytes:
    counts = [
        count_ledger(plan, on_record.bulletins, on_record.problems, on_record.lives, Period(2024, 12))
        for plan in on_record.rectifications
    ]
    return rectification_form(counts, on_record.lives)


def test_it_is_read_back_without_a_finding() -> None:
    """Plan, bulletin, problems, measures and supervision tasks: all known, nothing new."""
    on_record = known()
    read = ledger_of_file(handed_out(on_record))
    # Ids are made of the words; here they were given by hand.
    assert read.rectification == replace(PLAN, rectification_id=read.rectification.rectification_id)
    assert (read.bulletin.done, read.bulletin.going_on, read.bulletin.period) == (23, 5, Period(2024, 8))
    assert [each.text for each in read.problems] == ["转化不快", "进度不均"]
    assert [task.text for task in read.tasks] == ["建清单", "对账", "规划报批"]
    assert [(event.kind, event.recorded_by, event.evidence) for event in read.closings] == [(APPLYING, "王", "通报3号")]
    assert read.faults == []


def test_filled_in_it_brings_what_was_filled_in() -> None:
    """Progress typed into the form comes back as progress; all else as it was."""
    first = changes_of(ledger_of_file(handed_out(known())), KnownLedgers(), DAY)
    lives = task_lives(first.tasks, [], DAY, first.details)
    on_record = KnownLedgers(first.rectifications, first.problems, first.bulletins, lives)
    book = openpyxl.load_workbook(BytesIO(handed_out(on_record)))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value == "类别")
    column = next(cell.column for cell in head if cell.value == "进展情况")
    sheet.cell(head[0].row + 2, column, "对到八月")
    buffer = BytesIO()
    book.save(buffer)
    found = changes_of(ledger_of_file(buffer.getvalue()), on_record, DAY)
    assert [(event.task_id, event.note) for event in found.events] == [(first.tasks[1].task_id, "对到八月")]
    assert (found.unchanged, found.tasks, found.details, found.faults) == (2, [], [], [])


def test_without_a_ledger_it_is_a_form_to_fill_in() -> None:
    """The lines and headings, nothing in them; read back it says that the ledger is missing nothing but its words."""
    read = ledger_of_file(rectification_form([], []))
    assert (read.rectification, read.tasks, read.faults) == (None, [], [])


def test_a_sheet_for_each_ledger() -> None:
    """Supervision tasks stand in the first alone."""
    second = replace(PLAN, rectification_id="r2", name="另一本")
    book = openpyxl.load_workbook(BytesIO(handed_out(KnownLedgers([PLAN, second], PROBLEMS, [], known().lives))))
    assert book.sheetnames == ["整改台账", "整改台账2"]
    texts = [[cell for row in sheet.iter_rows(values_only=True) for cell in row] for sheet in book]
    assert ["规划报批" in each for each in texts] == [True, False]


@pytest.mark.parametrize("text", HOSTILE_TEXTS[:-1])
def test_what_people_wrote_is_never_a_formula(text: str) -> None:
    """In no cell of the form."""
    tasks = [replace(task, text=text, lead=text, taking_part=text) for task in TASKS]
    book = openpyxl.load_workbook(BytesIO(handed_out(known(replace(PLAN, name=text, source=text), tasks))))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert text in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_nothing_changes_by_itself() -> None:
    """What is read back against the same record is no change."""
    first = changes_of(ledger_of_file(handed_out(known())), KnownLedgers(), DAY)
    events = [replace(event, sequence=at) for at, event in enumerate(first.events, 1)]
    on_record = KnownLedgers(
        first.rectifications, first.problems, first.bulletins, task_lives(first.tasks, events, DAY, first.details)
    )
    assert changes_of(ledger_of_file(handed_out(on_record)), on_record, DAY) == LedgerChanges(unchanged=3)
