"""A rectification ledger read again: what is new, what changed, what is closed, and what a file cannot undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_rectification_lists import ABOUT, CLOSED, HEAD, PUBLISHED, ROW, SAMPLE

from domain.list_lines import decoded, lines_of_text
from domain.periods import Period
from domain.rectification import LedgerCounts, count_ledger
from domain.rectification_changes import BY_LEDGER, CHANGED_NOTE, KnownLedgers, LedgerChanges, by_ledger, changes_of
from domain.rectification_lists import FAULTS, ReadLedger, read_ledger
from domain.rectification_rows import ledger_about, ledger_headings, ledger_row, text_of, written_lives
from domain.tasks import (
    APPLYING,
    APPROVING,
    AWAITING,
    CANCELLING,
    CHANGED,
    DONE,
    OVERDUE,
    PROGRESS,
    RETURNING,
    TaskEvent,
    TaskLife,
    task_life,
)

TODAY = date(2024, 12, 31)
WITH_PROGRESS = HEAD.strip() + ",进展情况\n"


def read(text: str, *, is_example: bool = False) -> ReadLedger:
    return read_ledger(lines_of_text(text), is_example=is_example)


def recorded(found: LedgerChanges, before: KnownLedgers | None = None) -> KnownLedgers:
    """What is on record after a ledger was recorded under the names that it gives."""
    before = before or KnownLedgers()
    tasks = {life.task.task_id: (life.task, life.detail, list(life.events)) for life in before.lives}
    for task in found.tasks:
        tasks[task.task_id] = (task, None, [])
    for detail in found.details:
        task, _, events = tasks[detail.task_id]
        tasks[detail.task_id] = (task, detail, events)
    for event in found.events:
        events = tasks[event.task_id][2]
        events.append(replace(event, sequence=len(events) + 1, recorded_by=by_ledger(event.recorded_by)))
    return KnownLedgers(
        [*before.rectifications, *found.rectifications],
        [*before.problems, *found.problems],
        [*before.bulletins, *found.bulletins],
        [task_life(task, events, TODAY, detail) for task, detail, events in tasks.values()],
    )


def known(text: str) -> KnownLedgers:
    return recorded(changes_of(read(text), KnownLedgers(), TODAY))


def happened(before: KnownLedgers, *events: TaskEvent) -> KnownLedgers:
    """The same with events of its first task that people recorded."""
    first, *others = before.lives
    own = [replace(event, task_id=first.task.task_id, sequence=at) for at, event in enumerate(events, 1)]
    return replace(before, lives=[task_life(first.task, own, TODAY, first.detail), *others])


def said(found: LedgerChanges) -> list[tuple[str, date]]:
    return [(event.kind, event.on_date) for event in found.events]


def test_all_is_new_at_first() -> None:
    """Ledger, what was published, problem, measure, and what is said of it."""
    found = changes_of(read(ABOUT + PUBLISHED + HEAD + ROW), KnownLedgers(), TODAY)
    counts = [len(each) for each in (found.rectifications, found.bulletins, found.problems, found.tasks, found.details)]
    assert (counts, found.events, found.unchanged, found.faults) == ([1, 1, 1, 1, 1], [], 0, [])
    assert not found.is_empty(with_approvals=True)


def test_the_same_file_again_changes_nothing() -> None:
    """Nor what came with it; each row counts as unchanged."""
    text = decoded(SAMPLE.read_bytes())
    first = changes_of(read(text, is_example=True), KnownLedgers(), TODAY)
    again = changes_of(read(text, is_example=True), recorded(first), TODAY)
    assert again == LedgerChanges(unchanged=len(first.tasks))
    assert again.is_empty(with_approvals=True)


# What is on record of the one measure, the row that is read now, and the events that it brings.
@pytest.mark.parametrize(
    ("events", "row", "expected"),
    [
        ([], ROW, []),
        ([], ROW.replace("2024年8月", "2025-03-31"), [(CHANGED, TODAY)]),
        ([], ROW.replace("招商局", "发改委"), [(CHANGED, TODAY)]),
        ([], ROW.replace("两片区", "滨海片区"), [(CHANGED, TODAY)]),
        # The file is older than what people recorded: its date is one that the task has had.
        ([TaskEvent("", CHANGED, date(2024, 9, 1), "推迟", due_date=date(2024, 12, 1))], ROW, []),
        ([TaskEvent("", CANCELLING, date(2024, 9, 1), "并入")], ROW.replace("招商局", "发改委"), []),
    ],
)
def test_a_lead_or_date_that_is_new_is_a_change(events: list[TaskEvent], row: str, expected: list) -> None:
    """Counted like any change of a promise; what was closed stays as it is."""
    before = happened(known(ABOUT + HEAD + ROW), *events)
    found = changes_of(read(ABOUT + HEAD + row), before, TODAY)
    assert said(found) == expected
    assert all(event.note == CHANGED_NOTE for event in found.events)
    assert (found.tasks, found.unchanged) == ([], 0 if expected else 1)


def test_progress_is_taken_once() -> None:
    """In words that nobody has recorded, of a task that is open; of a new one too."""
    first = changes_of(read(ABOUT + WITH_PROGRESS + ROW.strip() + ",已建一半\n"), KnownLedgers(), TODAY)
    assert [(event.kind, event.note) for event in first.events] == [(PROGRESS, "已建一半")]
    before = recorded(first)
    assert changes_of(read(ABOUT + WITH_PROGRESS + ROW.strip() + ",已建一半\n"), before, TODAY).unchanged == 1
    again = changes_of(read(ABOUT + WITH_PROGRESS + ROW.strip() + ",已建成\n"), before, TODAY)
    assert [(event.kind, event.note) for event in again.events] == [(PROGRESS, "已建成")]
    closed = happened(before, TaskEvent("", CANCELLING, TODAY, "并入"))
    assert changes_of(read(ABOUT + WITH_PROGRESS + ROW.strip() + ",再说\n"), closed, TODAY).events == []


APPLIED = ROW.strip() + ",,,2024-08-20,王,已建立,通报,,\n"
APPROVED = ROW.strip() + ",,,2024-08-20,王,已建立,通报,2024-08-28,李\n"


@pytest.mark.parametrize(
    ("events", "row", "expected", "fault"),
    [
        ([], APPLIED, [APPLYING], None),
        ([], APPROVED, [APPLYING, APPROVING], None),
        ([], APPROVED.replace("李", "王"), [APPLYING], "closing_differs"),  # nobody approves what they applied for
        ([], APPLIED.replace("2024-08-20", "2025-08-20"), [], "closing_differs"),
        ([TaskEvent("", PROGRESS, date(2024, 9, 1), "还在办")], APPLIED, [], "closing_differs"),
        ([], ROW.strip().replace("2024年8月", "2024-10-31") + ",,,,,,,,\n", [], "change_refused"),
        ([TaskEvent("", APPLYING, date(2024, 8, 20), "已建立", "通报", recorded_by="王")], APPLIED, [], None),
        ([TaskEvent("", APPLYING, date(2024, 8, 20), "已建立", "通报", recorded_by="王")], APPROVED, [APPROVING], None),
        ([TaskEvent("", CANCELLING, date(2024, 9, 1), "并入")], APPROVED, [], None),
        # While an application waits, no lead is changed.
        (
            [TaskEvent("", APPLYING, date(2024, 8, 20), "已建立", "通报", recorded_by="王")],
            APPLIED.replace("招商局", "发改委"),
            [],
            "change_refused",
        ),
    ],
)
def test_closings(events: list[TaskEvent], row: str, expected: list[str], fault: str | None) -> None:
    """As far as they follow what is on record; never twice."""
    before = happened(known(ABOUT + HEAD + ROW), *events)
    found = changes_of(read(ABOUT + CLOSED + row), before, TODAY)
    assert [event.kind for event in found.events] == expected
    assert [each.code for each in found.faults] == ([fault] if fault else [])
    assert found.approvals == expected.count(APPROVING)
    assert found.is_empty(with_approvals=False) == (set(expected) <= {APPROVING})
    assert found.unchanged == (not expected and fault is None)


def test_a_measure_is_known_by_its_number() -> None:
    """Given on another day it is the same; in other words it is told, and neither is changed."""
    before = known(ABOUT + HEAD + ROW)
    moved = changes_of(read(ABOUT + HEAD + ROW.replace("2024-06-20", "2024-06-21")), before, TODAY)
    assert (moved.tasks, moved.unchanged) == ([], 1)
    other = changes_of(read(ABOUT + HEAD + ROW.replace("建清单", "建台账")), before, TODAY)
    assert [(each.code, each.text) for each in other.faults] == [("serial_taken", "建台账")]
    assert other.is_empty(with_approvals=True)
    assert all((fault.message(), fault.message("en")) == FAULTS[fault.code] for fault in other.faults)


def test_what_a_ledger_says_of_a_measure_may_change() -> None:
    """Another leader is said of the task on record; a mark that it is made up, and a source, stay."""
    before = recorded(changes_of(read(ABOUT + HEAD + ROW, is_example=True), KnownLedgers(), TODAY))
    found = changes_of(read(ABOUT + HEAD + ROW.replace(",甲,", ",乙,")), before, TODAY)
    (detail,) = found.details
    assert (detail.leader, detail.is_example, detail.task_id) == ("乙", True, before.lives[0].task.task_id)
    assert found.unchanged == 0


@pytest.mark.parametrize(
    "row",
    [ROW.replace("2024年8月", "2024年5月"), ROW.replace("2024-06-20", "2025-06-20").replace("2024年8月", "2025年8月")],
)
def test_a_task_that_cannot_be_given_is_told(row: str) -> None:
    """Due before it was given, or given in the future."""
    found = changes_of(read(ABOUT + HEAD + row), KnownLedgers(), TODAY)
    assert ([each.code for each in found.faults], found.tasks) == (["task_refused"], [])


def test_what_is_of_a_later_day_waits() -> None:
    """A plan or a bulletin dated after today is not recorded yet."""
    found = changes_of(read(ABOUT + PUBLISHED + HEAD), KnownLedgers(), date(2024, 12, 1))
    assert found.is_empty(with_approvals=True)


def written(counts: LedgerCounts, lives: list[TaskLife]) -> list[tuple[int, list[str]]]:
    """The lines of the form, as the reader gets them from a workbook."""
    problems = {each.problem.problem_id: each.problem for each in counts.problems}
    ordered = written_lives(lives, list(problems), is_first=True)
    rows = [
        *ledger_about(counts),
        ledger_headings(),
        *(ledger_row(life, problems.get(life.detail.problem_id)) for life in ordered),
    ]
    return [(number, [text_of(cell) for cell in row]) for number, row in enumerate(rows, 1)]


def test_the_form_is_read_back_without_a_change() -> None:
    """The sample, written from what is on record: closings with their names, the mark of the ledger's word gone."""
    on_record = recorded(changes_of(read(decoded(SAMPLE.read_bytes()), is_example=True), KnownLedgers(), TODAY))
    (ledger,) = on_record.rectifications
    counts = count_ledger(
        ledger, on_record.bulletins, on_record.problems, on_record.lives, on_record.bulletins[0].period
    )
    lines = written(counts, list(on_record.lives))
    assert BY_LEDGER not in str(lines) and "示例审批" in str(lines)
    again = changes_of(read_ledger(lines), on_record, TODAY)
    assert again == LedgerChanges(unchanged=len(on_record.lives))
    # In an empty database it makes the same, but for the mark of what is made up, which no form carries.
    anew = changes_of(read_ledger(lines, is_example=True), KnownLedgers(), TODAY)
    assert {(life.task.text, life.state) for life in recorded(anew).lives} == {
        (life.task.text, life.state) for life in on_record.lives
    }


@pytest.mark.parametrize(
    ("events", "state", "cells"),
    [
        ([], OVERDUE, {}),
        ([TaskEvent("", APPLYING, date(2024, 8, 20), "已建", "通报", recorded_by="王")], AWAITING, {"applied": "2024-08-20", "applicant": "王"}),
        ([TaskEvent("", APPLYING, date(2024, 8, 20), "已建", "通报", recorded_by="王"), TaskEvent("", RETURNING, date(2024, 8, 21), "缺图")], OVERDUE, {"progress": "缺图"}),
        ([TaskEvent("", APPLYING, date(2024, 8, 20), "已建", "通报", recorded_by="王"), TaskEvent("", APPROVING, date(2024, 8, 21), "同意", recorded_by="李")],
         DONE, {"applied": "2024-08-20", "applicant": "王", "approved": "2024-08-21", "approver": "李"}),
    ],
)  # fmt: skip
def test_a_row_says_how_a_measure_stands(events: list[TaskEvent], state: str, cells: dict[str, str]) -> None:
    """An application that was returned is none any more."""
    before = happened(known(ABOUT + HEAD + ROW), *events)
    (life,) = before.lives
    assert life.state == state
    row = dict(zip(("kind", *_CODES), map(text_of, ledger_row(life, before.problems[0])), strict=True))
    names = ("applied", "applicant", "approved", "approver")
    assert {name: row[name] for name in names if row[name]} == {name: cells[name] for name in names if name in cells}
    assert row["progress"] == cells.get("progress", row["progress"])
    assert (row["kind"], row["serial"], row["leader"], row["opened"]) == ("整改措施", "1-1", "甲", "2024-06-20")


_CODES = (
    "problem_serial", "problem", "serial", "text", "leader", "lead", "taking_part", "measures", "schedule", "opened", "due", "progress",
    "indicator", "indicator_body", "applied", "applicant", "result", "evidence", "approved", "approver",
)  # fmt: skip


def test_before_anything_was_published_the_form_says_nothing_of_it() -> None:
    """No month and no number: not nought."""
    before = known(ABOUT + HEAD + ROW)
    counts = count_ledger(before.rectifications[0], [], before.problems, before.lives, Period(2024, 12))
    assert [value for _, value in ledger_about(counts)][-4:] == [None] * 4


def test_without_a_ledger_the_form_is_empty() -> None:
    """Names of the lines, nothing behind them; what was cancelled is left out."""
    assert all(value is None for _, value in ledger_about(None))
    cancelled = happened(known(ABOUT + HEAD + ROW), TaskEvent("", CANCELLING, date(2024, 9, 1), "并入"))
    assert written_lives(cancelled.lives, [each.problem_id for each in cancelled.problems], is_first=True) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (date(2024, 8, 1), "2024-08-01"), (31.0, "31"), (3.5, "3.5"), (7, "7"), ("甲", "甲")],
)
def test_cells_as_text(value: object, text: str) -> None:
    """As a spreadsheet gives them back."""
    assert text_of(value) == text
