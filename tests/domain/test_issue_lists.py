"""The lists of the meeting, what moves on them in a month, and the rates of resolution; the flow again by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.issue_lists import (
    JOINT,
    LISTS,
    OWN,
    SESSION,
    Flow,
    day_shown,
    flow_of,
    list_of,
    meeting_list,
    month_before,
    most_urgent_first,
    resolutions,
    resolved_since,
)
from domain.issues import Issue, IssueEvent, IssueLife, lives_of
from domain.periods import Period
from domain.reasons import LEVELS

DAY, SINCE = date(2024, 8, 31), date(2024, 7, 31)


def issue(name: str, level: str = "county", opened: str = "2024-06-30", reason: str = "land") -> Issue:
    return Issue(name, "p1", "binhai", date.fromisoformat(opened), name, reason, level)


def event(name: str, kind: str, day: str, level: str = "", due: str | None = None) -> IssueEvent:
    return IssueEvent(
        name, kind, date.fromisoformat(day), level, due_date=date.fromisoformat(due) if due else None, note="x"
    )


def lives(*parts: Issue | IssueEvent, day: date = DAY) -> list[IssueLife]:
    issues = [part for part in parts if isinstance(part, Issue)]
    return lives_of(issues, [part for part in parts if isinstance(part, IssueEvent)], day)


@pytest.mark.parametrize(
    ("level", "code"),
    [("province", JOINT), ("city", JOINT), ("new_area", SESSION), ("county", SESSION), ("firm", OWN)],
)
def test_which_list(level: str, code: str) -> None:
    """Province and city together, New Area and county in a special session, firms by themselves."""
    (life,) = lives(issue("a", level))
    assert list_of(life) == code
    assert [each.issue.issue_id for each in meeting_list([life], code)] == ["a"]


def test_every_level_has_one_list() -> None:
    """No level is left out or on two."""
    assert sorted(level for levels in LISTS.values() for level in levels) == sorted(LEVELS)


def test_the_most_urgent_first() -> None:
    """Overdue, then longest in one hand, then longest open, then the highest level."""
    made = lives(
        issue("old", "county", "2024-01-31"),
        issue("late", "county", "2024-07-31"), event("late", "assigned", "2024-08-01", due="2024-08-10"),
        issue("later", "county", "2024-07-31"), event("later", "assigned", "2024-08-01", due="2024-08-05"),
        issue("moved", "county", "2024-01-31"), event("moved", "handed_over", "2024-08-30", "city"),
        issue("city", "city", "2024-06-30"), issue("county", "county", "2024-06-30"),
    )  # fmt: skip
    assert [life.issue.issue_id for life in most_urgent_first(made)] == [
        "later",
        "late",
        "old",
        "city",
        "county",
        "moved",
    ]


def test_closed_issues_are_on_no_list() -> None:
    """Resolved and dismissed are off; what was resolved this month is told, the newest first."""
    made = lives(
        issue("a"), event("a", "resolved", "2024-08-10"),
        issue("b"), event("b", "dismissed", "2024-08-11"),
        issue("c"), event("c", "resolved", "2024-07-31"),
        issue("d"), event("d", "resolved", "2024-08-20"),
        issue("e"),
    )  # fmt: skip
    assert [life.issue.issue_id for life in meeting_list(made, SESSION)] == ["e"]
    assert [life.issue.issue_id for life in resolved_since(made, SINCE)] == ["d", "a"]


MOVES = {
    "stays": ((issue("x"),), {SESSION: Flow(1, 0, 0, 0, 0, 0, 1)}),
    "new": ((issue("x", opened="2024-08-31"),), {SESSION: Flow(0, 1, 0, 0, 0, 0, 1)}),
    "resolved": ((issue("x"), event("x", "resolved", "2024-08-01")), {SESSION: Flow(1, 0, 0, 0, 1, 0, 0)}),
    "resolved before": ((issue("x"), event("x", "resolved", "2024-07-31")), {}),
    "dismissed": ((issue("x"), event("x", "dismissed", "2024-08-01")), {SESSION: Flow(1, 0, 0, 0, 0, 1, 0)}),
    "new and resolved": (
        (issue("x", opened="2024-08-01"), event("x", "resolved", "2024-08-02")), {SESSION: Flow(0, 1, 0, 0, 1, 0, 0)},
    ),
    "handed up": (
        (issue("x"), event("x", "handed_over", "2024-08-01", "city")),
        {SESSION: Flow(1, 0, 0, 1, 0, 0, 0), JOINT: Flow(0, 0, 1, 0, 0, 0, 1)},
    ),
    "handed within the list": (
        (issue("x"), event("x", "handed_over", "2024-08-01", "new_area")), {SESSION: Flow(1, 0, 0, 0, 0, 0, 1)},
    ),
    "handed up and resolved": (
        (issue("x"), event("x", "handed_over", "2024-08-01", "city"), event("x", "resolved", "2024-08-02")),
        {SESSION: Flow(1, 0, 0, 1, 0, 0, 0), JOINT: Flow(0, 0, 1, 0, 1, 0, 0)},
    ),
    "reopened": (
        (issue("x"), event("x", "resolved", "2024-07-01"), event("x", "reopened", "2024-08-01")),
        {SESSION: Flow(0, 1, 0, 0, 0, 0, 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
def test_what_moved_on_a_list(name: str) -> None:
    """One issue's month on each list."""
    parts, expected = MOVES[name]
    before, now = lives(*parts, day=SINCE), lives(*parts)
    found = {code: flow_of(before, now, SINCE, code) for code in LISTS}
    assert {code: flow for code, flow in found.items() if flow != Flow(0, 0, 0, 0, 0, 0, 0)} == expected


@st.composite
def stories(draw: st.DrawFn) -> list[Issue | IssueEvent]:
    """Issues of the summer with steps that may well leave and come back."""
    parts: list[Issue | IssueEvent] = []
    for number in range(draw(st.integers(0, 6))):
        name, level, is_open = f"i{number}", draw(st.sampled_from(LEVELS)), True
        day = date(2024, 6, 1) + timedelta(days=draw(st.integers(0, 91)))
        parts.append(issue(name, level, day.isoformat()))
        for place in range(draw(st.integers(0, 4))):
            day += timedelta(days=draw(st.integers(0, 30)))
            kind = draw(st.sampled_from(["handed_over", "resolved", "dismissed"] if is_open else ["reopened"]))
            is_open = kind in ("handed_over", "reopened")
            to = draw(st.sampled_from(LEVELS)) if kind == "handed_over" else ""
            parts.append(replace(event(name, kind, day.isoformat(), to), sequence=place))
    return parts


@given(stories())
def test_a_list_is_what_it_was_and_what_moved(parts: list[Issue | IssueEvent]) -> None:
    """Before, and in, less out, is now; all lists together hold every open issue once."""
    before, now = lives(*parts, day=SINCE), lives(*parts)
    flows = [flow_of(before, now, SINCE, code) for code in LISTS]
    for flow in flows:
        ins, outs = flow.raised + flow.taken_in, flow.passed_on + flow.resolved + flow.dismissed
        assert flow.before + ins - outs == flow.now
    assert sum(flow.now for flow in flows) == sum(life.is_open for life in now)
    assert sum(flow.taken_in for flow in flows) == sum(flow.passed_on for flow in flows)


@given(stories())
def test_the_lists_again_by_hand(parts: list[Issue | IssueEvent]) -> None:
    """Each issue followed on its own: the level of its newest hand-over, open unless its newest closing was the last."""
    expected: dict[str, int] = dict.fromkeys(LISTS, 0)
    for one in (part for part in parts if isinstance(part, Issue) and part.opened_on <= DAY):
        level, is_open = one.level, True
        for step in parts:
            if isinstance(step, IssueEvent) and step.issue_id == one.issue_id and step.on_date <= DAY:
                level = step.level or level
                is_open = step.kind in ("handed_over", "reopened")
        if is_open:
            expected[
                {"province": JOINT, "city": JOINT, "new_area": SESSION, "county": SESSION, "firm": OWN}[level]
            ] += 1
    assert {code: len(meeting_list(lives(*parts), code)) for code in LISTS} == expected


def test_rates_of_resolution() -> None:
    """Resolved of all raised; what was dismissed was none; the median of the days of the resolved."""
    made = lives(
        issue("a", "city"), event("a", "resolved", "2024-07-10"),
        issue("b", "city"), event("b", "resolved", "2024-07-30"),
        issue("c", "city"), event("c", "assigned", "2024-07-01", due="2024-07-31"),
        issue("d", "city"), event("d", "dismissed", "2024-07-02"),
        issue("e", "county", reason="permits"),
    )  # fmt: skip
    city, county, firm = resolutions(made, lambda life: life.level, ("city", "county", "firm"))
    assert (city.raised, city.resolved, city.overdue, city.median_days) == (3, 2, 1, 20)
    assert city.rate == pytest.approx(2 / 3)
    assert (county.raised, county.resolved, county.rate, county.median_days) == (1, 0, 0.0, None)
    assert (firm.raised, firm.rate) == (0, None)
    assert [each.raised for each in resolutions(made, lambda life: life.reason, ("land", "permits"))] == [3, 1]


@pytest.mark.parametrize(
    ("period", "today", "is_newest", "expected"),
    [
        ("2024-08", "2024-09-12", True, "2024-09-12"),  # talked about now
        ("2024-08", "2024-09-12", False, "2024-08-31"),  # an earlier month stays as it was
        ("2024-08", "2024-11-01", True, "2024-11-01"),
        ("2024-08", "2024-11-02", True, "2024-08-31"),  # old news
        ("2024-08", "2024-08-28", True, "2024-08-31"),  # the return came before its cut-off date
        ("2024-08", "2024-08-31", True, "2024-08-31"),
    ],
)
def test_the_day_that_a_page_counts_to(period: str, today: str, is_newest: bool, expected: str) -> None:
    """The cut-off date, and of the newest period today while it is news."""
    day = day_shown(Period.parse(period), date.fromisoformat(today), is_newest=is_newest)
    assert day.isoformat() == expected


def test_this_month_begins_after_the_last() -> None:
    """Of a cut-off date its own month, of a day in between the month that runs."""
    assert (month_before(DAY), month_before(date(2024, 9, 1))) == (SINCE, DAY)
