"""The page of issues: what is known of them, the sentence over them, and what the address asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import streamlit as st

from domain.bodies import ZONE
from domain.issue_lists import day_shown, month_before, most_urgent_first, resolved_since
from domain.issue_mentions import Echo, Proposal, came_back, echoes_of, known_keys, propose_issues
from domain.issue_texts import mentions_of
from domain.issues import DISMISSED, OPEN, RESOLVED, SOURCES, IssueLife, lives_of
from domain.permit_issues import propose_late_steps, step_echoes
from domain.reasons import LEVELS, OTHER, REASONS, TaughtWord, Vocabulary, merge_words
from domain.wording import short_name
from storage import queries
from ui import reads
from ui.filters import asked_text, select_many, select_one, select_segment
from ui.formats import count, month_label
from ui.html import sentence
from ui.links import Link
from ui.locale import t
from ui.names import escalation_name, reason_name
from ui.sentences import Part, filled
from ui.view import View

LISTED, PROPOSED, MEETING = SHOWN = ("listed", "proposed", "meeting")
OVERDUE, CAME_BACK, ALL = "overdue", "came_back", "all"
REASON_CODES = (*REASONS, OTHER.code)
ASKED_STATES = (OPEN, OVERDUE, RESOLVED, CAME_BACK, DISMISSED, ALL)


@dataclass(frozen=True)
class IssueBook:
    """The issues of a body as of a day, what its returns say of them, and what waits for a person."""

    view: View
    day: date
    lives: list[IssueLife]
    proposals: list[Proposal]
    echoes: dict[str, Echo]
    names: dict[str, str]
    taught: list[TaughtWord]
    vocabulary: Vocabulary

    @cached_property
    def open(self) -> list[IssueLife]:
        """The open issues, the most urgent first."""
        return most_urgent_first(life for life in self.lives if life.is_open)

    def name(self, project_id: str) -> str:
        """The project's name without the ending that all names have."""
        return short_name(self.full_name(project_id))

    def full_name(self, project_id: str) -> str:
        """The project's whole name; its id where no return names it any more."""
        return str(self.names.get(project_id) or project_id)

    def find(self, issue_id: str) -> IssueLife | None:
        """The issue of an id, None for none."""
        return next((life for life in self.lives if life.issue.issue_id == issue_id), None)

    def has_come_back(self, life: IssueLife) -> bool:
        """True for a closed issue that a later return names again."""
        return came_back(life, self.echoes[life.issue.issue_id])


@dataclass(frozen=True, slots=True)
class AskedIssues:
    """What the address asks for; empty lists ask nothing."""

    shown: str = LISTED
    state: str = OPEN
    levels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    issue: str = ""
    sources: tuple[str, ...] = ()

    def holds(self, level: str, reason: str, source: str) -> bool:
        """True for an issue of a level, reason and source that is asked for."""
        asked = ((self.levels, level), (self.reasons, reason), (self.sources, source))
        return all(not codes or code in codes for codes, code in asked)


def issue_day(view: View, today: date) -> date:
    """The day to which the issues of a view are counted: today, where no return was accepted yet."""
    periods = reads.periods(view.scope)
    return day_shown(view.period, today, is_newest=str(view.period) == periods[-1]) if periods else today


def issue_book(view: View, day: date) -> IssueBook:
    """Read all that is known of the issues of a view."""
    db, scope, record = reads.database(), view.scope, view.record
    opened, events = queries.opened_issues(db, scope, record), queries.issue_events(db, scope, record)
    taught = queries.taught_words(db, scope, record)
    vocabulary = merge_words(taught)
    mentions = mentions_of(queries.issue_rows(db, scope, record), vocabulary)
    lives = lives_of(opened, events, day)
    proposals = propose_issues(mentions, known_keys(lives_of(opened, events, date.max)), lives, view.period)
    states, permits = reads.states(scope, record), reads.permits(scope, record)
    known_ids = [issue.issue_id for issue in opened]
    proposals += propose_late_steps(permits, known_ids, states["project_id"], view.period)
    bodies = scope.bodies if view.body == ZONE.code else (view.body,)
    lives = [life for life in lives if life.issue.body in bodies]
    return IssueBook(
        view=view,
        day=day,
        lives=lives,
        proposals=[each for each in proposals if each.newest.body in bodies],
        echoes=echoes_of(lives, mentions, states, view.period) | step_echoes(lives, permits),
        names=dict(zip(states["project_id"], states["project_name"], strict=True)),
        taught=taught,
        vocabulary=vocabulary,
    )


def issue_sentence(view: View, day: date) -> str:
    """The page's sentence as HTML."""
    return sentence(summary(view.remember(issue_book, day)))


def summary(book: IssueBook) -> list[Part]:
    """How many are open and with whom, the longest in one hand, what was resolved this month, what waits."""
    day = book.day
    levels = Counter(life.level for life in book.open)
    parts = filled(
        "issues.summary",
        day=day.isoformat(),
        open=_linked(book, len(book.open), state=OPEN),
        **{level: _linked(book, levels[level], level=level) for level in LEVELS},
    )
    longest = max(book.open, key=lambda life: life.days_in_hand, default=None)
    if longest:
        parts += filled("issues.longest", days=Link(count(longest.days_in_hand), _href(book, longest)))
    overdue = sum(life.days_overdue > 0 for life in book.open)
    parts += filled("issues.overdue", overdue=_linked(book, overdue, is_late=True, state=OVERDUE)) if overdue else []
    resolved = len(resolved_since(book.lives, month_before(day)))
    parts += filled("issues.resolved_count", month=month_label(day.month), resolved=count(resolved))
    waiting = len(book.proposals)
    parts += filled("issues.waiting", waiting=_linked(book, waiting, show=PROPOSED)) if waiting else []
    return parts


def _linked(book: IssueBook, n: int, *, is_late: bool = False, **query: str) -> Part:
    return Link(count(n), book.view.href("issues", **query), is_late=is_late) if n else count(n)


def _href(book: IssueBook, life: IssueLife) -> str:
    return book.view.href("issues", issue=life.issue.issue_id)


def ask_issues(book: IssueBook) -> AskedIssues:
    """Draw the filters and return what is asked."""
    counts = {LISTED: len(book.open), PROPOSED: len(book.proposals)}

    def shown_name(code: str) -> str:
        return t(f"issues.show_{code}") + (f" {count(counts[code])}" if code in counts else "")

    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        shown = select_segment("show", t("issues.show"), SHOWN, LISTED, shown_name)
        state = OPEN
        if shown == LISTED:
            state = select_one("state", t("card.state"), ASKED_STATES, OPEN, lambda code: t(f"issues.state_{code}"))
        levels = select_many("level", t("issues.level"), LEVELS, escalation_name, t("filter.all_levels"))
        reasons = select_many("reason", t("column.reason"), REASON_CODES, reason_name, t("filter.all_reasons"))
        sources = select_many("source", t("issues.source"), SOURCES, _source_name, t("issues.all_sources"))
    return AskedIssues(shown, state, tuple(levels), tuple(reasons), asked_text("issue"), tuple(sources))


def _source_name(code: str) -> str:
    return t(f"issues.source_{code}")


def chosen_issues(book: IssueBook, asked: AskedIssues) -> list[IssueLife]:
    """The issues that answer, the most urgent first; the closed ones by the day of closing, the newest first."""
    answers: dict[str, Callable[[IssueLife], bool]] = {
        OVERDUE: lambda life: life.days_overdue > 0,
        CAME_BACK: book.has_come_back,
        ALL: lambda _: True,
    }
    answer = answers.get(asked.state, lambda life: life.state == asked.state)
    found = [life for life in book.lives if answer(life) and asked.holds(life.level, life.reason, life.issue.source)]
    closed = sorted((life for life in found if life.closed_on), key=lambda life: str(life.closed_on), reverse=True)
    return [*most_urgent_first(life for life in found if life.is_open), *closed]


def chosen_proposals(book: IssueBook, asked: AskedIssues) -> list[Proposal]:
    """The proposals that answer."""
    return [each for each in book.proposals if asked.holds(each.level, each.newest.reason, each.source)]
