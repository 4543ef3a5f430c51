"""What returns say of issues: which are new, which are named again, which are gone, which come back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from domain.issue_mentions import (
    Proposal,
    came_back,
    confirm,
    continued,
    echoes_of,
    known_keys,
    propose_issues,
    reject,
    statements_in,
)
from domain.issue_texts import Mention, issue_key
from domain.issues import DISMISSED, IssueEvent, life_of, lives_of
from domain.periods import Period

AUGUST, END = Period(2024, 8), date(2024, 8, 31)


def named(
    period: str, text: str = "供电未批复", level: str = "", reason: str = "utilities", project: str = "p1"
) -> Mention:
    return Mention(project, "binhai", period, text, issue_key(text), reason, level, f"s{period}", "项目", "T5")


def proposal(*mentions: Mention) -> Proposal:
    (found,) = propose_issues(mentions, {}, [], Period.parse(mentions[-1].period))
    return found


def confirmed(*mentions: Mention, day: date = END):
    issue, events = confirm(proposal(*mentions), mentions[-1].reason, proposal(*mentions).level)
    return life_of(issue, events, day)


def test_what_the_month_names_is_proposed() -> None:
    """With all its earlier mentions, however it was spelt; what only earlier months named is not."""
    mentions = [
        named("2024-03"),
        named("2024-05", "供热未通"),
        named("2024-08", "供电，未批复。"),
        named("2024-08", project="p2"),
    ]
    found = propose_issues(mentions, {}, [], AUGUST)
    assert [(each.newest.project_id, each.first.period, each.times, each.opened_on) for each in found] == [
        ("p1", "2024-03", 2, date(2024, 3, 31)),
        ("p2", "2024-08", 1, END),
    ]


@pytest.mark.parametrize("state", ["open", "resolved", "dismissed", "opened_later"])
def test_what_is_known_is_not_proposed_again(state: str) -> None:
    """Whatever became of it, and also as of a day before its opening was recorded to be."""
    made = proposal(named("2024-08"))
    issue, events = confirm(made, "utilities", "new_area")
    if state in ("resolved", "dismissed"):
        events.append(IssueEvent(issue.issue_id, state, END, note="x"))
    lives = lives_of([issue], events, date.max)
    assert propose_issues([named("2024-08")], known_keys(lives), [] if state == "opened_later" else lives, AUGUST) == []


def test_a_proposal_that_may_continue_an_earlier_issue() -> None:
    """The one open issue of the project with the same reason that the month does not name; not one of two."""
    life = confirmed(named("2024-06"))
    other = named("2024-08", "供电接入点未定")
    known = known_keys([life])
    (found,) = propose_issues([named("2024-06"), other], known, [life], AUGUST)
    assert found.successor_of == life.issue.issue_id
    assert propose_issues([named("2024-08"), other], known, [life], AUGUST)[0].successor_of is None
    second = confirmed(named("2024-06", "供热未通"))
    assert propose_issues([other], known_keys([life, second]), [life, second], AUGUST)[0].successor_of is None
    land = named("2024-08", "用地未批", reason="land")
    assert propose_issues([land], known, [life], AUGUST)[0].successor_of is None


def test_words_that_continue_an_issue_are_known() -> None:
    """Once a person says so."""
    life = confirmed(named("2024-06"))
    other = named("2024-08", "供电接入点未定")
    (found,) = propose_issues([other], known_keys([life]), [life], AUGUST)
    again = life_of(life.issue, [continued(found, END)], END)
    assert propose_issues([other], known_keys([again]), [again], AUGUST) == []
    assert (
        echoes_of([again], [other], states(("p1", True, "供电接入点未定")), AUGUST)[life.issue.issue_id].state
        == "named_again"
    )


@pytest.mark.parametrize(
    ("said", "first", "handovers", "level"),
    [
        (("", "", ""), "new_area", [], "new_area"),  # nobody says: the usual level of the reason
        (("county", "", "county"), "county", [], "county"),
        (("county", "city", "city"), "county", [("2024-07-31", "city")], "city"),
        (("", "city", "province"), "city", [("2024-08-31", "province")], "province"),
        (("city", "county", "city"), "city", [("2024-07-31", "county"), ("2024-08-31", "city")], "city"),
    ],
)
def test_hand_overs_told_by_returns(said: tuple, first: str, handovers: list, level: str) -> None:
    """A level that a return changes is a hand-over at its cut-off date."""
    made = proposal(*(named(f"2024-0{month}", level=each) for month, each in zip((6, 7, 8), said, strict=True)))
    issue, events = confirm(made, "utilities", made.level)
    assert (issue.level, [(event.on_date.isoformat(), event.level) for event in events], made.level) == (
        first,
        handovers,
        level,
    )
    assert (issue.opened_on, issue.submission_id, issue.cell, issue.source) == (
        date(2024, 6, 30),
        "s2024-06",
        "T5",
        "return",
    )


def test_a_corrected_level_counts_from_the_opening() -> None:
    """Whoever corrects it knows better than the returns."""
    made = proposal(named("2024-07", level="county"), named("2024-08", level="city"))
    issue, events = confirm(made, "other", "firm", " 历史遗留 ")
    assert (issue.level, issue.reason, issue.explanation, events) == ("firm", "other", "历史遗留", [])


def test_a_rejected_proposal_is_dismissed_at_once() -> None:
    """With its reason; one without a reason keeps its words as the explanation."""
    issue, events = reject(proposal(named("2024-08", "说不清", reason="other")), "误报", END)
    life = life_of(issue, events, END)
    assert (life.state, life.result, life.explanation) == (DISMISSED, "误报", "说不清")
    assert reject(proposal(named("2024-08")), "误报", END)[0].explanation == ""


def states(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["project_id", "is_reported", "issue_text"])


@pytest.mark.parametrize(
    ("row", "mentions", "state", "last"),
    [
        (("p1", True, "供电未批复"), [named("2024-08")], "named_again", "2024-08"),
        (("p1", True, "供热未通"), [named("2024-06")], "not_named", "2024-06"),
        (("p1", True, "无"), [named("2024-06")], "said_none", "2024-06"),
        (("p1", True, None), [named("2024-06")], "left_blank", "2024-06"),
        (("p1", True, float("nan")), [named("2024-06")], "left_blank", "2024-06"),
        (("p1", False, None), [named("2024-06")], "not_reported", "2024-06"),
        (("p2", True, "供电未批复"), [], "not_reported", None),
    ],
)
def test_what_the_return_says_of_an_issue(row: tuple, mentions: list, state: str, last: str | None) -> None:
    """Gone, said to be none, left blank and not reported are four different things, and none resolves it."""
    life = confirmed(named("2024-06"))
    (echo,) = echoes_of([life], mentions, states(row), AUGUST).values()
    assert (echo.state, echo.last_period, life.is_open) == (state, last, True)


def test_the_level_that_the_return_says() -> None:
    """Of this month's return; nothing where it does not say."""
    life = confirmed(named("2024-06", level="county"))
    now = states(("p1", True, "供电未批复"))
    assert echoes_of([life], [named("2024-08", level="city")], now, AUGUST)[life.issue.issue_id].said_level == "city"
    assert echoes_of([life], [named("2024-08")], now, AUGUST)[life.issue.issue_id].said_level == ""


@pytest.mark.parametrize(
    ("closed", "named_last", "expected"),
    [(None, "2024-08", False), ("2024-08-15", "2024-07", False), ("2024-08-15", "2024-08", True), ("2024-08-31", "2024-08", False),
     ("2024-07-31", "2024-08", True)],
)  # fmt: skip
def test_an_issue_that_comes_back(closed: str | None, named_last: str, expected: bool) -> None:
    """Closed, and named by the return of a cut-off date after that."""
    issue, events = confirm(proposal(named("2024-06")), "utilities", "new_area")
    if closed:
        events.append(IssueEvent(issue.issue_id, "resolved", date.fromisoformat(closed), note="已批"))
    life = life_of(issue, events, END)
    (echo,) = echoes_of([life], [named("2024-06"), named(named_last)], states(), AUGUST).values()
    assert came_back(life, echo) is expected
    (never,) = echoes_of([life], [], states(), AUGUST).values()
    assert came_back(life, never) is False


def test_none_and_blank_are_counted_apart() -> None:
    """无需协调 is an answer, an empty cell is none; who was not reported says neither."""
    rows = (("p1", True, "供电未批复"), ("p2", True, "无"), ("p3", True, "无需协调。"), ("p4", True, None), ("p5", False, None))
    assert statements_in(states(*rows)) == {"blank": 1, "none_said": 2, "named": 1}
