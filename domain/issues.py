"""The life of an issue: in whose hands it is and for how many days (在谁手里几天), from what was recorded of it.

An issue is confirmed by a person from the words of a return, or added by hand; all that follows is an appended event
with the day on which it happened. Everything here is asked as of a day: what happened later is not known yet.

The days are calendar days from one day to another: an issue that was handed on the day it was opened has been 0 days in
the first hand. An issue named in a return is open from the return's cut-off date: nobody knows since when before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.issue_texts import issue_key
from domain.reasons import LEVELS

# Where an issue comes from: a cell of a return, a person, a late step of the permits.
FROM_RETURN, BY_HAND, FROM_PERMITS = SOURCES = ("return", "hand", "permit")
OPEN, RESOLVED, DISMISSED = STATES = ("open", "resolved", "dismissed")
HANDED_OVER, ASSIGNED, NOTED, RECLASSED, REWORDED, RESOLVING, REOPENED, DISMISSING = KINDS = (
    "handed_over",
    "assigned",
    "noted",
    "reclassed",
    "reworded",
    "resolved",
    "reopened",
    "dismissed",
)
CLOSING = {RESOLVING: RESOLVED, DISMISSING: DISMISSED}


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it was opened. ``level`` is the first hand, ``explanation`` what the reason 其他 stands for.

    ``sheet`` and ``cell`` are of the submission that named it first; empty for what was added by hand.
    """

    issue_id: str
    project_id: str
    body: str
    opened_on: date
    text: str
    reason: str
    level: str
    explanation: str = ""
    source: str = BY_HAND
    submission_id: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def key(self) -> str:
        """What the words of a return are matched with."""
        return issue_key(self.text)


@dataclass(frozen=True, slots=True)
class IssueEvent:
    """One thing that happened to an issue, on a day; ``sequence`` orders the events of one day.

    ``level`` is the hand it was passed to, ``owner`` and ``due_date`` who must solve it by when, ``reason`` its new
    reason, ``note`` the result, what was done or why, or the words that a return uses for it now.
    """

    issue_id: str
    kind: str
    on_date: date
    level: str = ""
    owner: str = ""
    due_date: date | None = None
    reason: str = ""
    note: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Hand:
    """A stay of an issue with one level: from a day to another, the last one to the day asked for."""

    level: str
    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class IssueLife:
    """An issue as of a day.

    ``level`` is the hand it is in, or was in when it was closed; ``result`` what was said when it was closed.
    ``keys`` are all the words by which returns know it.
    """

    issue: Issue
    day: date
    state: str
    level: str
    reason: str
    hands: tuple[Hand, ...]
    events: tuple[IssueEvent, ...]
    keys: frozenset[str]
    owner: str = ""
    due_date: date | None = None
    closed_on: date | None = None
    result: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def days_in_hand(self) -> int:
        """Days in the hand it is in; 0 for a closed issue, which is in nobody's."""
        return self.hands[-1].days if self.is_open else 0

    @property
    def days_open(self) -> int:
        """Days in all hands together; the time between a closing and a reopening is nobody's."""
        return sum(hand.days for hand in self.hands)

    @property
    def days_by_level(self) -> dict[str, int]:
        """Level -> days, of the levels that ever had it, from below."""
        had = {hand.level for hand in self.hands}
        return {level: sum(hand.days for hand in self.hands if hand.level == level) for level in LEVELS if level in had}

    @property
    def explanation(self) -> str:
        """What its reason stands for, where the reason is 其他."""
        said = [event.note for event in self.events if event.kind == RECLASSED]
        return said[-1] if said else self.issue.explanation

    @property
    def handovers(self) -> int:
        return sum(event.kind == HANDED_OVER for event in self.events)

    @property
    def due_changes(self) -> int:
        """How often another due date was set than the one before."""
        dates = [event.due_date for event in self.events if event.due_date]
        return sum(one != other for one, other in pairwise(dates))

    @property
    def days_overdue(self) -> int:
        """Days past the due date; 0 before it, without one, and once closed."""
        return max((self.day - self.due_date).days, 0) if self.is_open and self.due_date else 0


def issue_id_of(project_id: str, text: str) -> str:
    """The id of an issue first recorded in these words: the same on every rebuild from returns and journal."""
    return "i" + hashlib.sha256(f"{project_id}\n{issue_key(text)}".encode()).hexdigest()[:12]


def life_of(issue: Issue, events: Iterable[IssueEvent], day: date) -> IssueLife:
    """An issue as of a day, from its own events; those after the day are left out."""
    happened = sorted((each for each in events if each.on_date <= day), key=lambda each: (each.on_date, each.sequence))
    hands: list[Hand] = []
    level, since, state, closed_on, result = issue.level, issue.opened_on, OPEN, None, ""
    for event in happened:
        if event.kind == HANDED_OVER or event.kind in CLOSING:
            hands.append(Hand(level, since, event.on_date))
            level, since = event.level or level, event.on_date
        if event.kind in CLOSING:
            state, closed_on, result = CLOSING[event.kind], event.on_date, event.note
        elif event.kind == REOPENED:
            state, closed_on, result, since = OPEN, None, "", event.on_date
    if state == OPEN:
        hands.append(Hand(level, since, day))
    return IssueLife(
        issue=issue,
        day=day,
        state=state,
        level=level,
        reason=_newest(happened, "reason", issue.reason),
        hands=tuple(hands),
        events=tuple(happened),
        keys=frozenset({issue.key, *(issue_key(event.note) for event in happened if event.kind == REWORDED)}),
        owner=_newest(_of_this_hand(happened), "owner", ""),
        due_date=_newest(happened, "due_date", None),
        closed_on=closed_on,
        result=result,
    )


def lives_of(issues: Iterable[Issue], events: Iterable[IssueEvent], day: date) -> list[IssueLife]:
    """All issues opened up to a day, as of it, in the order given."""
    by_issue: dict[str, list[IssueEvent]] = {}
    for event in events:
        by_issue.setdefault(event.issue_id, []).append(event)
    return [life_of(issue, by_issue.get(issue.issue_id, ()), day) for issue in issues if issue.opened_on <= day]


def _of_this_hand(events: Sequence[IssueEvent]) -> Sequence[IssueEvent]:
    """From the newest hand-over on: an owner does not go along, a due date does, so that passing on redeems nothing."""
    passed_on = [place for place, event in enumerate(events) if event.kind == HANDED_OVER]
    return events[passed_on[-1] :] if passed_on else events


def _newest(events: Sequence[IssueEvent], name: str, first: object) -> object:
    return next((value for event in reversed(events) if (value := getattr(event, name))), first)
