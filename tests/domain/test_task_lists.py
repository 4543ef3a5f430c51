"""The order of tasks, the first page of a meeting, and how much of what each body leads was done."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.meeting import Seal
from domain.periods import Period
from domain.task_lists import TaskCounts, agenda, closed_since, count_tasks, last_meeting_day, pressing_first
from domain.tasks import Task, TaskEvent, TaskLife, task_lives

DAY = date(2024, 10, 10)
LAST = date(2024, 9, 10)


def given(task_id: str, due: str, lead: str = "发改委", period: str = "2024-08") -> Task:
    return Task(task_id, "decision", period, f"事项{task_id}", lead, date.fromisoformat(due), date(2024, 8, 10))


def closed(task_id: str, kind: str, day: str) -> TaskEvent:
    return TaskEvent(task_id, kind, date.fromisoformat(day), "说明")


TASKS = [
    given("t1", "2024-10-31"),
    given("t2", "2024-10-09", "滨海片区"),
    given("t3", "2024-10-11"),
    given("t4", "2024-09-01", "滨海片区"),
    given("t5", "2024-10-11", "响水片区"),
    given("t6", "2024-09-30"),
    given("t7", "2024-09-30"),
    given("t8", "2024-09-01"),
    given("t9", "2024-09-30"),
]
EVENTS = [
    closed("t6", "done", "2024-09-11"),
    closed("t7", "done", "2024-10-10"),
    closed("t8", "done", "2024-09-10"),  # told at the last meeting already
    closed("t9", "cancelled", "2024-10-01"),
]


def lives(day: date = DAY) -> list[TaskLife]:
    return task_lives(TASKS, EVENTS, day)


def ids(found: list[TaskLife] | tuple[TaskLife, ...]) -> list[str]:
    return [life.task.task_id for life in found]


def test_what_presses_comes_first() -> None:
    """Overdue before all, the longest first; then the one due soonest, equal dates in a fixed order."""
    assert ids(pressing_first(lives())) == ["t4", "t2", "t3", "t5", "t1"]
    assert ids(pressing_first(reversed(lives()))) == ["t4", "t2", "t3", "t5", "t1"]


def test_the_first_page_of_a_meeting() -> None:
    """What is open, and what was closed since the meeting before, the newest first."""
    page = agenda(lives(), LAST)
    assert (ids(page.owed), ids(page.overdue)) == (["t4", "t2", "t3", "t5", "t1"], ["t4", "t2"])
    assert (ids(page.done), ids(page.cancelled)) == (["t7", "t6"], ["t9"])
    assert ids(page.lives) == [*ids(page.owed), "t7", "t6", "t9"]


@pytest.mark.parametrize(
    ("since", "expected"), [("2024-09-09", ["t7", "t6", "t8"]), ("2024-10-09", ["t7"]), ("2024-10-10", [])]
)
def test_closed_since(since: str, expected: list[str]) -> None:
    """After the day, not on it: what was closed on the day of a meeting was told there."""
    assert ids(closed_since(lives(), "done", date.fromisoformat(since))) == expected


def test_nothing_given_yet() -> None:
    """An agenda of nothing, and no counts."""
    assert agenda([], LAST).lives == ()
    assert count_tasks([], lambda life: life.lead) == []


def test_how_the_tasks_of_each_lead_stand() -> None:
    """Most overdue first, then most open; what was cancelled counts in no rate."""
    counted = count_tasks(lives(), lambda life: life.lead)
    assert counted == [
        TaskCounts("滨海片区", 0, 2, 0, 0),
        TaskCounts("发改委", 2, 0, 3, 1),
        TaskCounts("响水片区", 1, 0, 0, 0),
    ]
    assert [(each.given, each.done_rate) for each in counted] == [(2, 0.0), (5, 0.6), (1, 0.0)]
    assert TaskCounts("x", 0, 0, 0, 1).done_rate is None
    assert sum(each.given + each.cancelled for each in counted) == len(TASKS)


def sealed(month: int, day: str, hour: int = 9) -> Seal:
    return Seal(
        f"m{month}", Period(2024, month), 1, "zone", date.fromisoformat(day), datetime(2024, 10, 1, hour), "office"
    )


@pytest.mark.parametrize(
    ("seals", "expected"),
    [
        ([], "2024-08-31"),
        ([sealed(8, "2024-09-10")], "2024-09-10"),
        ([sealed(7, "2024-08-12")], "2024-08-12"),
        ([sealed(9, "2024-10-10")], "2024-08-31"),  # this meeting's own seal
        ([sealed(8, "2024-09-12", 11), sealed(8, "2024-09-10", 9), sealed(7, "2024-08-12", 12)], "2024-09-12"),
    ],
)
def test_to_which_day_the_meeting_before_counted(seals: list[Seal], expected: str) -> None:
    """As the newest seal of an earlier month says, else to the end of the month before."""
    assert last_meeting_day(seals, Period(2024, 9)) == date.fromisoformat(expected)
