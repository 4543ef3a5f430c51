"""The life of an issue: whose hands, how many days, what may be recorded of it; and again in plain loops, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.issue_checks import fault_of_event, fault_of_issue
from domain.issues import (
    ASSIGNED,
    DISMISSED,
    DISMISSING,
    HANDED_OVER,
    KINDS,
    NOTED,
    OPEN,
    RECLASSED,
    REOPENED,
    RESOLVED,
    RESOLVING,
    REWORDED,
    Issue,
    IssueEvent,
    IssueLife,
    issue_id_of,
    life_of,
    lives_of,
)
from domain.reasons import LEVELS

OPENED = date(2024, 1, 31)
ISSUE = Issue("i1", "p1", "binhai", OPENED, "能评指标需省级平衡", "environment", "county")


def on(day: str, kind: str, sequence: int = 0, **more: object) -> IssueEvent:
    return IssueEvent("i1", kind, date.fromisoformat(day), sequence=sequence, **more)


TO_CITY = on("2024-03-01", HANDED_OVER, 1, level="city")
TO_PROVINCE = on("2024-06-01", HANDED_OVER, 2, level="province", owner="发改委", due_date=date(2024, 8, 1))
DONE = on("2024-09-01", RESOLVING, 3, note="指标已批")
AGAIN = on("2024-11-01", REOPENED, 4, note="又被提及")


@pytest.mark.parametrize(
    ("events", "day", "state", "level", "in_hand", "days_open", "by_level", "overdue"),
    [
        ([], "2024-01-31", OPEN, "county", 0, 0, {"county": 0}, 0),
        ([], "2024-02-10", OPEN, "county", 10, 10, {"county": 10}, 0),
        ([TO_CITY], "2024-02-10", OPEN, "county", 10, 10, {"county": 10}, 0),  # not yet known on that day
        ([TO_CITY], "2024-03-01", OPEN, "city", 0, 30, {"county": 30, "city": 0}, 0),
        ([TO_CITY], "2024-03-31", OPEN, "city", 30, 60, {"county": 30, "city": 30}, 0),
        ([TO_CITY, TO_PROVINCE], "2024-08-01", OPEN, "province", 61, 183, {"county": 30, "city": 92, "province": 61}, 0),
        ([TO_CITY, TO_PROVINCE], "2024-08-31", OPEN, "province", 91, 213, {"county": 30, "city": 92, "province": 91}, 30),
        ([TO_CITY, TO_PROVINCE, DONE], "2024-12-31", RESOLVED, "province", 0, 214, {"county": 30, "city": 92, "province": 92}, 0),
        ([TO_CITY, TO_PROVINCE, DONE, AGAIN], "2024-11-11", OPEN, "province", 10, 224, {"county": 30, "city": 92, "province": 102}, 102),
        ([on("2024-02-10", DISMISSING, 1, note="误报")], "2024-12-31", DISMISSED, "county", 0, 10, {"county": 10}, 0),
        ([TO_CITY, on("2024-04-01", HANDED_OVER, 2, level="county")], "2024-04-11", OPEN, "county", 10, 71, {"county": 40, "city": 31}, 0),
    ],
)  # fmt: skip
def test_whose_turn_it_is(
    events: list, day: str, state: str, level: str, in_hand: int, days_open: int, by_level: dict, overdue: int
) -> None:
    """State, hand, days in it, days in all hands, days by level, days past the due date, as of a day."""
    life = life_of(ISSUE, events, date.fromisoformat(day))
    found = (life.state, life.level, life.days_in_hand, life.days_open, life.days_by_level, life.days_overdue)
    assert found == (state, level, in_hand, days_open, by_level, overdue)


def test_what_was_said_of_it() -> None:
    """The newest due date and reason count, the owner of this hand; the result until it is reopened."""
    events = [
        on("2024-02-01", ASSIGNED, 1, owner="县供电公司", due_date=date(2024, 3, 1)),
        on("2024-02-02", RECLASSED, 2, reason="other", note="说不清"),
        replace(TO_CITY, sequence=3),
        on("2024-03-02", NOTED, 4, note="已约谈"),
        on("2024-03-03", REWORDED, 5, note="能评指标缺口"),
        on("2024-03-04", ASSIGNED, 6, due_date=date(2024, 4, 1)),
        on("2024-03-05", RESOLVING, 7, note="已批"),
    ]
    life = life_of(ISSUE, events, date(2024, 12, 31))
    assert (life.owner, life.due_date, life.reason, life.explanation) == (
        "",  # the city has not said who
        date(2024, 4, 1),
        "other",
        "说不清",
    )
    assert (life.closed_on, life.result, life.handovers, life.due_changes) == (date(2024, 3, 5), "已批", 1, 1)
    assert life_of(ISSUE, events, date(2024, 2, 29)).owner == "县供电公司"
    assert life.keys == {"能评指标需省级平衡", "能评指标缺口"}
    reopened = life_of(ISSUE, [*events, on("2024-05-01", REOPENED, 8, note="x")], date(2024, 12, 31))
    assert (reopened.closed_on, reopened.result, reopened.days_in_hand) == (None, "", 244)


def test_passing_on_redeems_no_due_date() -> None:
    """A hand-over without a date leaves the old one overdue; a new date counts as a change."""
    late = on("2024-02-01", ASSIGNED, 1, owner="甲", due_date=date(2024, 2, 10))
    passed = life_of(ISSUE, [late, replace(TO_CITY, sequence=2)], date(2024, 3, 11))
    assert (passed.days_overdue, passed.owner, passed.due_changes) == (30, "", 0)
    moved = life_of(ISSUE, [late, replace(TO_PROVINCE, sequence=2)], date(2024, 6, 11))
    assert (moved.days_overdue, moved.owner, moved.due_changes) == (0, "发改委", 1)


def test_events_of_one_day_keep_their_order() -> None:
    """The one recorded later counts, however they are given."""
    later = on("2024-03-01", HANDED_OVER, 2, level="province")
    assert life_of(ISSUE, [later, TO_CITY], date(2024, 3, 31)).level == "province"


def test_an_issue_of_tomorrow_is_not_known() -> None:
    """As of a day before its opening it does not exist; events go to their own issue."""
    other = replace(ISSUE, issue_id="i2", opened_on=date(2024, 5, 1))
    lives = lives_of([ISSUE, other], [TO_CITY], date(2024, 4, 30))
    assert [(life.issue.issue_id, life.level) for life in lives] == [("i1", "city")]
    assert [life.level for life in lives_of([ISSUE, other], [TO_CITY], date(2024, 5, 1))] == ["city", "county"]


def test_the_id_is_made_of_project_and_words() -> None:
    """The same on every rebuild, spelling aside; another project or text has another."""
    assert issue_id_of("p1", "供电，未批复。") == issue_id_of("p1", "供电未批复")
    assert len({issue_id_of("p1", "供电未批复"), issue_id_of("p2", "供电未批复"), issue_id_of("p1", "供热未批复")}) == 3


TODAY = date(2024, 12, 15)
KNOWN = life_of(ISSUE, [TO_CITY], TODAY)
CLOSED = life_of(ISSUE, [TO_CITY, replace(DONE, sequence=2)], TODAY)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, None),
        ({"text": " "}, "no_text"),
        ({"reason": "made_up"}, "unknown_code"),
        ({"level": "village"}, "unknown_code"),
        ({"source": "rumour"}, "unknown_code"),
        ({"reason": "other"}, "no_explanation"),
        ({"reason": "other", "explanation": "历史遗留"}, None),
        ({"opened_on": date(2024, 12, 31)}, None),  # a return of the month came before its cut-off date
        ({"opened_on": date(2025, 1, 1)}, "in_future"),
        ({"text": "能评指标，需省级平衡。"}, "known_already"),
    ],
)
def test_what_may_be_opened(wrong: dict, fault: str | None) -> None:
    """Words, codes of the list, an explanation for 其他, and not the same twice."""
    issue = replace(ISSUE, issue_id="i2", text="另一个问题")
    assert fault_of_issue(replace(issue, **wrong), [KNOWN], TODAY) == fault


@pytest.mark.parametrize(
    ("life", "event", "fault"),
    [
        (KNOWN, on("2024-04-01", HANDED_OVER, level="province"), None),
        (KNOWN, on("2024-04-01", HANDED_OVER, level="city"), "same_hand"),
        (KNOWN, on("2024-04-01", HANDED_OVER, level="village"), "unknown_code"),
        (KNOWN, on("2024-04-01", HANDED_OVER, level="province", due_date=date(2024, 3, 31)), "due_before"),
        (KNOWN, on("2024-02-29", HANDED_OVER, level="province"), "too_early"),  # before the hand-over to the city
        (KNOWN, on("2024-12-16", HANDED_OVER, level="province"), "in_future"),
        (KNOWN, on("2024-04-01", "shouted"), "unknown_code"),
        (KNOWN, on("2024-04-01", ASSIGNED), "nobody"),
        (KNOWN, on("2024-04-01", ASSIGNED, owner="发改委"), None),
        (KNOWN, on("2024-04-01", ASSIGNED, due_date=date(2024, 5, 1)), None),
        (KNOWN, on("2024-04-01", NOTED), "no_note"),
        (KNOWN, on("2024-04-01", RESOLVING, note=" "), "no_note"),
        (KNOWN, on("2024-04-01", RESOLVING, note="已批"), None),
        (KNOWN, on("2024-04-01", DISMISSING, note="误报"), None),
        (KNOWN, on("2024-04-01", REOPENED, note="又提"), "not_closed"),
        (KNOWN, on("2024-04-01", RECLASSED, reason="made_up"), "unknown_code"),
        (KNOWN, on("2024-04-01", RECLASSED, reason="other"), "no_explanation"),
        (KNOWN, on("2024-04-01", RECLASSED, reason="land"), None),
        (KNOWN, on("2024-04-01", REWORDED, note="供电未批复"), "known_already"),
        (KNOWN, on("2024-04-01", REWORDED, note="能评缺口"), None),
        (CLOSED, on("2024-10-01", HANDED_OVER, level="province"), "not_open"),
        (CLOSED, on("2024-10-01", RESOLVING, note="再办"), "not_open"),
        (CLOSED, on("2024-10-01", NOTED, note="回访正常"), None),
        (CLOSED, on("2024-10-01", REOPENED, note="又提"), None),
    ],
)
def test_what_may_be_recorded(life: IssueLife, event: IssueEvent, fault: str | None) -> None:
    """Only what the issue allows, in the order of days, with the words that it needs."""
    beside = [life_of(replace(ISSUE, issue_id="i2", text="供电未批复"), [], TODAY)]
    assert fault_of_event(life, event, TODAY, beside) == fault


# --- The relay clock again: a clerk who asks on each day whose turn it was ------------------------------------------


def day_by_day(issue: Issue, events: list[IssueEvent], day: date) -> dict[str, object]:
    """Walk from the opening to the day, one day at a time, and write down in whose hands the issue went to bed."""
    level, is_open, stay = issue.level, True, 0
    days = {issue.level: 0}
    for event in events:
        if event.on_date == issue.opened_on:
            level, is_open, stay = step(event, level, is_open, stay)
            days.setdefault(level, 0)
    walked = issue.opened_on
    while walked < day:
        if is_open:
            days[level] += 1
            stay += 1
        walked += timedelta(days=1)
        for event in events:
            if event.on_date == walked:
                level, is_open, stay = step(event, level, is_open, stay)
                days.setdefault(level, 0)
    return {"level": level, "is_open": is_open, "in_hand": stay if is_open else 0, "days": days}


def step(event: IssueEvent, level: str, is_open: bool, stay: int) -> tuple[str, bool, int]:
    """What one event changes."""
    if event.kind == "handed_over":
        return event.level, is_open, 0
    if event.kind in ("resolved", "dismissed"):
        return level, False, 0
    if event.kind == "reopened":
        return level, True, 0
    return level, is_open, stay


@st.composite
def recorded_lives(draw: st.DrawFn) -> tuple[Issue, list[IssueEvent], date]:
    """An issue with events that could have been recorded of it, and a day to ask for."""
    issue = replace(ISSUE, level=draw(st.sampled_from(LEVELS)))
    events: list[IssueEvent] = []
    day = OPENED
    for number in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(0, 40)))
        kind, level = draw(st.sampled_from(KINDS)), draw(st.sampled_from(LEVELS))
        event = IssueEvent(
            "i1", kind, day, level if kind == HANDED_OVER else "", "甲", None, "land", f"第{number}次", number
        )
        if fault_of_event(life_of(issue, events, date.max), event, date.max) is None:
            events.append(event)
    return issue, events, OPENED + timedelta(days=draw(st.integers(0, 400)))


@given(recorded_lives())
def test_the_relay_clock_agrees_with_the_clerk(made: tuple[Issue, list[IssueEvent], date]) -> None:
    """Whose turn, for how long, and how long with each level: the same as counted day by day."""
    issue, events, day = made
    life, counted = life_of(issue, events, day), day_by_day(issue, events, day)
    found = {"level": life.level, "is_open": life.is_open, "in_hand": life.days_in_hand, "days": life.days_by_level}
    assert found == counted


@given(recorded_lives())
def test_no_day_is_counted_twice(made: tuple[Issue, list[IssueEvent], date]) -> None:
    """The days of all levels are the days open, and no more than have passed; hands follow each other."""
    issue, events, day = made
    life = life_of(issue, events, day)
    assert sum(life.days_by_level.values()) == life.days_open <= max((day - issue.opened_on).days, 0)
    assert all(one.until <= other.since for one, other in pairwise(life.hands))
