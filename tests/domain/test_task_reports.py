"""What returns say of tasks: which answers wait to be recorded, and what each would record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.periods import Period
from domain.task_reports import Answer, TaskReport, event_of, unrecorded_answers
from domain.tasks import FINISHING, PROGRESS, Task, TaskEvent, TaskLife, task_life

TASK = Task("t1", "decision", "2024-07", "供电方案批复", "滨海片区", date(2024, 8, 31), date(2024, 8, 10))
REPORT = TaskReport("供电方案批复", "方案已报", "binhai", "2024-08-滨海-01", "议定事项", "G4")
TOLD = TaskEvent("t1", PROGRESS, date(2024, 8, 20), "方案已报")


def life(*events: TaskEvent, **more: object) -> TaskLife:
    return task_life(replace(TASK, **more), events, date(2024, 9, 5))


@pytest.mark.parametrize(
    ("known", "report", "waits"),
    [
        (life(), REPORT, True),
        (life(), replace(REPORT, text="供电，方案批复。"), True),
        (life(), replace(REPORT, text="供热方案批复"), False),
        (life(), replace(REPORT, body="xiangshui"), False),  # it does not concern that district
        (life(lead="县发改委"), REPORT, False),
        (life(lead="县发改委", body="binhai"), REPORT, True),
        (life(TOLD), REPORT, False),  # recorded already
        (life(TOLD), replace(REPORT, said="评审已过"), True),
        (life(replace(TOLD, kind=FINISHING)), replace(REPORT, said="评审已过"), False),  # closed
    ],
)
def test_which_answers_wait(known: TaskLife, report: TaskReport, waits: bool) -> None:
    """Of open tasks, by their words, from a district that they concern, unless it is recorded."""
    assert unrecorded_answers([known], [report]) == ([Answer(known, report)] if waits else [])


@pytest.mark.parametrize(
    ("known", "day", "expected"),
    [
        (life(), date(2024, 9, 5), date(2024, 8, 31)),
        (life(), date(2024, 8, 25), date(2024, 8, 25)),
        (life(replace(TOLD, on_date=date(2024, 9, 3), note="已约谈")), date(2024, 9, 5), date(2024, 9, 3)),
        (life(opened_on=date(2024, 9, 2), due_date=date(2024, 9, 30)), date(2024, 9, 5), date(2024, 9, 2)),
    ],
)
def test_what_an_answer_records(known: TaskLife, day: date, expected: date) -> None:
    """On the cut-off date, today at the latest, and never before what is known; its cell is the evidence."""
    event = event_of(Answer(known, REPORT), Period(2024, 8), day)
    assert event == TaskEvent("t1", PROGRESS, expected, "方案已报", "2024-08-滨海-01 议定事项!G4")
