"""The life of a task: state, days, dates that moved, what may be recorded of it; and again as a clerk keeps its card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from task_oracle import Card, keep_card, step_owed_by

from domain.task_checks import fault_of_detail, fault_of_task, fault_of_task_event
from domain.task_steps import STEPS, step_due, step_owed
from domain.tasks import (
    APPLYING,
    APPROVING,
    AWAITING,
    CANCELLED,
    CANCELLING,
    CHANGED,
    DECISION,
    DONE,
    FINISHING,
    GOING_ON,
    KINDS,
    OVERDUE,
    PROGRESS,
    RECTIFICATION,
    REMINDED,
    REOPENED,
    RETURNING,
    SUPERVISION,
    TALKED,
    URGED,
    Task,
    TaskDetail,
    TaskEvent,
    TaskLife,
    is_of_body,
    task_id_of,
    task_life,
    task_lives,
)

GIVEN = date(2024, 9, 10)
TASK = Task("t1", DECISION, "2024-08", "8月底前供电方案批复", "县发改委", date(2024, 9, 30), GIVEN, "供电公司")


def on(day: str, kind: str, sequence: int = 0, **more: object) -> TaskEvent:
    return TaskEvent("t1", kind, date.fromisoformat(day), sequence=sequence, **{"note": "说明", **more})


def life(*events: TaskEvent, day: str = "2024-12-31", task: Task = TASK) -> TaskLife:
    return task_life(task, events, date.fromisoformat(day))


REPORTED = on("2024-09-20", PROGRESS, 1, note="方案已报")
PUT_OFF = on("2024-09-25", CHANGED, 2, due_date=date(2024, 10, 31))
FINISHED = on("2024-11-05", FINISHING, 3, note="已批复", evidence="盐供电〔2024〕12号")
AGAIN = on("2024-11-20", REOPENED, 4, note="批复被撤回")
DROPPED = on("2024-12-01", CANCELLING, 5, note="项目终止")


@pytest.mark.parametrize(
    ("events", "day", "state", "overdue", "left", "late", "moved"),
    [
        ([], "2024-09-10", GOING_ON, 0, 20, 0, 0),
        ([], "2024-09-30", GOING_ON, 0, 0, 0, 0),  # the due date itself is in time
        ([], "2024-10-01", OVERDUE, 1, 0, 0, 0),
        ([REPORTED], "2024-10-10", OVERDUE, 10, 0, 0, 0),  # words about it do not move its date
        ([REPORTED, PUT_OFF], "2024-10-10", GOING_ON, 0, 21, 0, 1),
        ([REPORTED, PUT_OFF], "2024-09-24", GOING_ON, 0, 6, 0, 0),  # not yet put off on that day
        ([REPORTED, PUT_OFF], "2024-11-04", OVERDUE, 4, 0, 0, 1),
        ([REPORTED, PUT_OFF, FINISHED], "2024-11-05", DONE, 0, 0, 5, 1),
        ([on("2024-09-30", FINISHING)], "2024-12-31", DONE, 0, 0, 0, 0),
        ([PUT_OFF, FINISHED, AGAIN], "2024-11-20", OVERDUE, 20, 0, 0, 1),
        ([PUT_OFF, FINISHED, replace(AGAIN, due_date=date(2024, 12, 20))], "2024-11-20", GOING_ON, 0, 30, 0, 2),
        ([PUT_OFF, FINISHED, AGAIN, DROPPED], "2024-12-31", CANCELLED, 0, 0, 31, 1),
    ],
)  # fmt: skip
def test_how_a_task_stands(events: list, day: str, state: str, overdue: int, left: int, late: int, moved: int) -> None:
    """State, days past the date, days left, days closed too late, dates that moved, as of a day."""
    found = life(*events, day=day)
    assert (found.state, found.days_overdue, found.days_left, found.days_late, found.due_changes) == (
        state, overdue, left, late, moved,
    )  # fmt: skip
    assert found.is_open == (state in (GOING_ON, OVERDUE))


APPLIED = on("2024-10-20", APPLYING, 3, note="已批复", evidence="12号文", recorded_by="王")
APPROVED = on("2024-11-08", APPROVING, 4, note="同意销号", recorded_by="李")
RETURNED = on("2024-11-08", RETURNING, 4, note="缺现场照片", recorded_by="李")


@pytest.mark.parametrize(
    ("events", "day", "state", "overdue", "late", "waiting", "finished", "closed"),
    [
        ([APPLIED], "2024-10-19", OVERDUE, 19, 0, 0, None, None),  # not yet applied for
        ([APPLIED], "2024-10-20", AWAITING, 0, 20, 0, "2024-10-20", None),
        ([APPLIED], "2024-11-07", AWAITING, 0, 20, 18, "2024-10-20", None),  # the approver's days, not the lead's
        ([APPLIED, APPROVED], "2024-11-08", DONE, 0, 20, 0, "2024-10-20", "2024-11-08"),
        ([APPLIED, RETURNED], "2024-11-08", OVERDUE, 39, 0, 0, None, None),  # as if never applied for
        ([APPLIED, replace(RETURNED, due_date=date(2024, 11, 20))], "2024-11-08", GOING_ON, 0, 0, 0, None, None),
        ([PUT_OFF, APPLIED, APPROVED], "2024-12-31", DONE, 0, 0, 0, "2024-10-20", "2024-11-08"),
        ([APPLIED, APPROVED, on("2024-11-20", REOPENED, 5)], "2024-11-20", OVERDUE, 51, 0, 0, None, None),
    ],
)
def test_closing_by_two(
    events: list, day: str, state: str, overdue: int, late: int, waiting: int, finished: str | None, closed: str | None
) -> None:
    """Applied for, approved or returned: whose days they are, and by which day it was finished."""
    found = life(*events, day=day)
    assert (found.state, found.days_overdue, found.days_late, found.days_waiting) == (state, overdue, late, waiting)
    assert (found.finished_on, found.closed_on) == tuple(day and date.fromisoformat(day) for day in (finished, closed))
    if finished:
        assert (found.result, found.evidence) == ("已批复", "12号文")


def test_the_newest_detail_counts() -> None:
    """Leader, schedule and the rest as last recorded; a task without any has empty ones of its own."""
    first, later = TaskDetail("t1", leader="甲"), TaskDetail("t1", leader="乙", schedule="三季度完成")
    found = task_lives([TASK, replace(TASK, task_id="t2")], [], GIVEN, [first, later])
    assert [each.detail for each in found] == [later, TaskDetail("t2")]


@pytest.mark.parametrize(
    ("days", "step"),
    [(0, ""), (1, REMINDED), (7, REMINDED), (8, URGED), (14, URGED), (15, TALKED), (400, TALKED)],
)
def test_the_step_due(days: int, step: str) -> None:
    """提醒 in the first week, 督办 in the second, 约谈 from the fifteenth day on (深圳, S60)."""
    found = step_due(days)
    assert (found.code if found else "") == step
    assert [each.rank for each in STEPS] == [1, 2, 3]


@pytest.mark.parametrize(
    ("events", "day", "owed"),
    [
        ([], "2024-09-30", ""),
        ([], "2024-10-01", REMINDED),
        ([on("2024-10-02", REMINDED, 1)], "2024-10-05", ""),
        ([on("2024-10-02", REMINDED, 1)], "2024-10-08", URGED),
        ([on("2024-10-02", URGED, 1)], "2024-10-08", ""),
        ([on("2024-10-02", URGED, 1)], "2024-10-15", TALKED),
        ([on("2024-10-20", TALKED, 1)], "2024-12-31", ""),
        # another date begins anew; so does an opening
        ([on("2024-10-20", TALKED, 1), on("2024-10-21", CHANGED, 2, due_date=date(2024, 10, 31))], "2024-11-01", REMINDED),
        ([on("2024-10-20", TALKED, 1), on("2024-10-25", CANCELLING, 2), on("2024-11-20", REOPENED, 3)], "2024-11-20", TALKED),
        ([APPLIED], "2024-12-31", ""),
    ],
)  # fmt: skip
def test_the_step_owed(events: list, day: str, owed: str) -> None:
    """What is due and was not taken since the task is overdue."""
    found = step_owed(life(*events, day=day))
    assert (found.code if found else "") == owed


def test_what_was_said_of_it() -> None:
    """Result and evidence until it is opened again; lead and bodies taking part as last changed; the first date stays."""
    done = life(REPORTED, PUT_OFF, FINISHED)
    assert (done.result, done.evidence, done.closed_on) == ("已批复", "盐供电〔2024〕12号", date(2024, 11, 5))
    assert (done.task.due_date, done.due_date) == (date(2024, 9, 30), date(2024, 10, 31))
    opened = life(REPORTED, PUT_OFF, FINISHED, AGAIN)
    assert (opened.result, opened.evidence, opened.closed_on, opened.newest_progress) == ("", "", None, AGAIN)
    passed = life(on("2024-09-11", CHANGED, 1, lead="滨海片区"), on("2024-09-12", CHANGED, 2, taking_part="住建局"))
    assert (passed.lead, passed.taking_part, passed.due_changes) == ("滨海片区", "住建局", 0)
    assert life().newest_progress is None


def test_events_of_one_day_keep_their_order() -> None:
    """The one recorded later counts, however they are given."""
    assert life(on("2024-09-20", REOPENED, 2), on("2024-09-20", FINISHING, 1)).is_open
    assert not life(on("2024-09-20", REOPENED, 1), on("2024-09-20", FINISHING, 2)).is_open


def test_a_task_of_tomorrow_is_not_known() -> None:
    """As of a day before it was given it does not exist; events go to their own task."""
    other = replace(TASK, task_id="t2", opened_on=date(2024, 10, 9))
    finished = on("2024-09-20", FINISHING)
    assert [each.task.task_id for each in task_lives([TASK, other], [finished], date(2024, 10, 8))] == ["t1"]
    assert [each.state for each in task_lives([TASK, other], [finished], date(2024, 10, 9))] == [DONE, OVERDUE]


def test_the_id_is_made_of_what_was_given() -> None:
    """The same on every rebuild, spelling aside; another meeting, project, issue, text or day has another."""
    first = ("decision", "2024-08", "p1", "", "供电，方案批复。", GIVEN)
    assert task_id_of(*first) == task_id_of(*first[:4], "供电方案批复", GIVEN)
    changes = ("rectification", "2024-09", "p2", "i1", "供热方案批复", date(2024, 9, 11))
    made = {task_id_of(*first[:at], change, *first[at + 1 :]) for at, change in enumerate(changes)}
    assert len({task_id_of(*first), *made}) == 7


@pytest.mark.parametrize(
    ("body", "lead", "taking_part", "of_zone", "of_binhai", "of_xiangshui"),
    [
        ("zone", "县发改委", "", True, False, False),
        ("binhai", "县发改委", "", True, True, False),
        ("zone", "滨海片区", "", True, True, False),
        ("zone", "滨海片区、响水片区", "", True, True, True),
        ("zone", "县发改委", "住建局、响水", True, False, True),
        ("binhai", "响水片区", "", True, True, True),
        ("zone", "海滨海事处", "", True, False, False),
    ],
)
def test_whose_a_task_is(
    body: str, lead: str, taking_part: str, of_zone: bool, of_binhai: bool, of_xiangshui: bool
) -> None:
    """A district's where it is about its projects or names it; all are the zone's."""
    found = life(task=replace(TASK, body=body, lead=lead, taking_part=taking_part))
    assert tuple(is_of_body(found, each) for each in ("zone", "binhai", "xiangshui")) == (
        of_zone, of_binhai, of_xiangshui,
    )  # fmt: skip


TODAY = date(2024, 12, 15)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, None),
        ({"text": " "}, "no_text"),
        ({"lead": " "}, "no_lead"),
        ({"source": "rumour"}, "unknown_code"),
        ({"period": ""}, "no_meeting"),
        ({"period": "", "source": RECTIFICATION}, None),
        ({"period": "2024-13"}, "unknown_code"),
        ({"opened_on": date(2025, 1, 1), "due_date": date(2025, 2, 1)}, "in_future"),
        ({"opened_on": date(2024, 12, 31), "due_date": date(2025, 2, 1)}, None),
        ({"due_date": date(2024, 9, 9)}, "due_before"),
        ({"due_date": GIVEN}, None),
        ({"text": "8月底前，供电方案批复。"}, "known_already"),
        ({"text": "8月底前供电方案批复", "project_id": "p1"}, None),
        ({"task_id": "t1"}, "known_already"),
    ],
)
def test_what_may_be_given(wrong: dict, fault: str | None) -> None:
    """Words, a lead, a date that is not past, a decision's meeting, and not the same twice while it is open."""
    task = replace(TASK, task_id="t2", text="另一件事")
    assert fault_of_task(replace(task, **wrong), [life()], TODAY) == fault


def test_what_was_done_may_be_given_again() -> None:
    """The same words anew, once the first is closed."""
    assert fault_of_task(replace(TASK, task_id="t2"), [life(PUT_OFF, FINISHED)], TODAY) is None


CLOSED = life(PUT_OFF, FINISHED)
ASKED = life(APPLIED)


@pytest.mark.parametrize(
    ("known", "event", "fault"),
    [
        (life(), on("2024-09-11", PROGRESS), None),
        (life(), on("2024-09-11", "shouted"), "unknown_code"),
        (life(), on("2024-12-16", PROGRESS), "in_future"),
        (life(), on("2024-09-09", PROGRESS), "too_early"),
        (life(REPORTED), on("2024-09-19", PROGRESS), "too_early"),
        (life(), on("2024-09-11", PROGRESS, note=" "), "no_note"),
        (life(), on("2024-09-11", FINISHING, note=""), "no_note"),
        (life(), on("2024-09-11", FINISHING), None),  # evidence is asked for, and not demanded
        (life(), on("2024-09-11", CANCELLING), None),
        (life(), on("2024-09-11", CHANGED), "nothing_changed"),
        (life(), on("2024-09-11", CHANGED, lead="县发改委 "), "nothing_changed"),
        (life(), on("2024-09-11", CHANGED, due_date=date(2024, 9, 30)), "nothing_changed"),
        (life(), on("2024-09-11", CHANGED, lead="住建局"), None),
        (life(), on("2024-09-11", CHANGED, taking_part="住建局"), None),
        (life(), on("2024-09-11", CHANGED, due_date=date(2024, 10, 1)), None),
        (life(), on("2024-10-11", CHANGED, due_date=date(2024, 10, 10)), "due_before"),
        (life(), on("2024-09-11", PROGRESS, due_date=date(2024, 10, 10)), "only_changes"),
        (life(), on("2024-09-11", REOPENED), "not_closed"),
        (CLOSED, on("2024-11-06", PROGRESS), "not_open"),
        (CLOSED, on("2024-11-06", CANCELLING), "not_open"),
        (CLOSED, on("2024-11-06", REOPENED), None),
        (CLOSED, on("2024-11-06", REOPENED, due_date=date(2024, 12, 31)), None),
        (life(), on("2024-10-11", APPLYING, evidence="12号文"), None),
        (life(), on("2024-10-11", APPLYING, evidence=" "), "no_evidence"),
        (life(), on("2024-10-11", APPLYING, evidence="12号文", due_date=date(2024, 12, 1)), "only_changes"),
        (life(), on("2024-10-11", APPROVING), "not_applied"),
        (life(), on("2024-10-11", RETURNING), "not_applied"),
        (ASKED, on("2024-10-21", APPROVING, recorded_by="李"), None),
        (ASKED, on("2024-10-21", APPROVING, recorded_by="王"), "same_account"),
        (ASKED, on("2024-10-21", RETURNING, recorded_by="王"), None),  # one may take back one's own
        (ASKED, on("2024-10-21", RETURNING, due_date=date(2024, 12, 1)), None),
        (ASKED, on("2024-10-21", PROGRESS), None),
        (ASKED, on("2024-10-21", APPLYING, evidence="又一份"), "is_applied"),
        (ASKED, on("2024-10-21", FINISHING), "is_applied"),
        (ASKED, on("2024-10-21", CHANGED, lead="住建局"), "is_applied"),
        (ASKED, on("2024-10-21", REMINDED), "is_applied"),
        (life(task=replace(TASK, source=RECTIFICATION)), on("2024-09-11", FINISHING), "needs_approval"),
        (life(task=replace(TASK, source=SUPERVISION)), on("2024-09-11", FINISHING), "needs_approval"),
        (life(task=replace(TASK, source=SUPERVISION)), on("2024-09-11", CANCELLING), None),
        (life(), on("2024-09-30", REMINDED), "not_overdue"),
        (life(), on("2024-10-01", REMINDED), None),
        (life(), on("2024-10-01", TALKED), None),
        (life(PUT_OFF), on("2024-10-31", URGED), "not_overdue"),
    ],
)
def test_what_may_be_recorded(known: TaskLife, event: TaskEvent, fault: str | None) -> None:
    """Only what the task allows, in the order of days, with the words that it needs."""
    assert fault_of_task_event(known, event, TODAY) == fault


# --- The card again: a clerk who writes each event down in turn -----------------------------------------------------


@st.composite
def recorded_tasks(draw: st.DrawFn) -> tuple[Task, list[TaskEvent], date]:
    """A task with events that could have been recorded of it, and a day to ask for."""
    task = replace(TASK, due_date=GIVEN + timedelta(days=draw(st.integers(0, 60))))
    events: list[TaskEvent] = []
    day = GIVEN
    for number in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(0, 30)))
        kind = draw(st.sampled_from(KINDS))
        event = TaskEvent("t1", kind, day, f"第{number}次", "照片", sequence=number, recorded_by=f"账号{number}")
        if kind in (CHANGED, REOPENED, RETURNING):
            event = replace(
                event,
                lead=draw(st.sampled_from(["", "住建局", "滨海片区"])),
                taking_part=draw(st.sampled_from(["", "供电公司"])),
                due_date=draw(st.sampled_from([None, day, day + timedelta(days=25)])),
            )
        if fault_of_task_event(task_life(task, events, date.max), event, date.max) is None:
            events.append(event)
    return task, events, GIVEN + timedelta(days=draw(st.integers(0, 300)))


@given(recorded_tasks())
def test_the_life_agrees_with_the_card(made: tuple[Task, list[TaskEvent], date]) -> None:
    """State, lead, dates and days: the same as written down event by event."""
    task, events, day = made
    found = task_life(task, events, day)
    card = keep_card(*on_cards(task, events), day)
    assert card == {
        "state": found.state, "lead": found.lead, "taking_part": found.taking_part, "due": found.due_date,
        "moved": found.due_changes, "closed": found.closed_on, "how": None if found.is_open else found.state,
        "result": found.result, "evidence": found.evidence, "said": len(found.events),
        "overdue": found.days_overdue, "left": found.days_left, "late": found.days_late,
        "applied": found.applied and found.applied.on_date, "finished": found.finished_on, "waiting": found.days_waiting,
    }  # fmt: skip


@given(recorded_tasks())
def test_the_step_owed_agrees_with_the_calendar(made: tuple[Task, list[TaskEvent], date]) -> None:
    """Which step somebody must take, as looked up day by day."""
    task, events, day = made
    owed = step_owed(task_life(task, events, day))
    assert (owed.code if owed else "") == step_owed_by(*on_cards(task, events), day)


def on_cards(task: Task, events: list[TaskEvent]) -> tuple[Card, list[Card]]:
    """A task and its events in the clerk's words, the events in no order."""
    return {"lead": task.lead, "taking_part": task.taking_part, "due": task.due_date}, [
        {"number": each.sequence, "kind": each.kind, "on": each.on_date, "note": each.note, "lead": each.lead,
         "evidence": each.evidence, "taking_part": each.taking_part, "due": each.due_date}
        for each in reversed(events)
    ]  # fmt: skip


@given(recorded_tasks())
def test_a_day_later_nothing_is_forgotten(made: tuple[Task, list[TaskEvent], date]) -> None:
    """What was known on a day is known on the next; what waits or is overdue ages by one day unless something happened."""
    task, events, day = made
    now, later = task_life(task, events, day), task_life(task, events, day + timedelta(days=1))
    assert later.events[: len(now.events)] == now.events
    if later.events == now.events and now.is_open:
        is_running = now.applied is None
        assert later.days_overdue - now.days_overdue == (is_running and day >= now.due_date)
        assert later.days_waiting - now.days_waiting == (not is_running)


@pytest.mark.parametrize(
    ("detail", "fault"),
    [
        (TaskDetail("t1"), None),
        (TaskDetail("t9"), "unknown_task"),
        (TaskDetail("t1", problem_id="p1"), None),
        (TaskDetail("t1", problem_id="p9"), "unknown_problem"),
        (TaskDetail("t1", indicator="start_overdue", indicator_body="binhai"), None),
        (TaskDetail("t1", indicator="start_overdue", indicator_body="mars"), "no_tie"),
        (TaskDetail("t1", indicator="started_count"), "no_tie"),
    ],
)
def test_what_may_be_said_beside_a_task(detail: TaskDetail, fault: str | None) -> None:
    """Of a task and a problem that there are, tied to a figure of which more is worse."""
    assert fault_of_detail(detail, {"t1"}, {"p1"}) == fault


@pytest.mark.parametrize(("problem", "fault"), [("p1", "known_already"), ("p2", None), ("", None)])
def test_a_measure_may_stand_under_two_problems(problem: str, fault: str | None) -> None:
    """The same words are the same measure only under the same problem."""
    known = task_life(TASK, [], date(2024, 12, 31), TaskDetail("t1", problem_id="p1"))
    again = TaskDetail("t2", problem_id=problem)
    assert fault_of_task(replace(TASK, task_id="t2"), [known], TODAY, again) == fault
