"""What may be recorded of an issue: codes that storage refuses with a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.issue_texts import issue_key
from domain.issues import (
    ASSIGNED,
    DISMISSING,
    HANDED_OVER,
    KINDS,
    NOTED,
    RECLASSED,
    REOPENED,
    RESOLVING,
    REWORDED,
    SOURCES,
    Issue,
    IssueEvent,
    IssueLife,
)
from domain.periods import Period
from domain.reasons import LEVELS, OTHER, find_reason

# What may only be done to an open issue, and what needs words: a result, a reason, what was done.
ON_OPEN = frozenset({HANDED_OVER, ASSIGNED, RESOLVING, DISMISSING})
WITH_NOTE = frozenset({NOTED, REWORDED, RESOLVING, REOPENED, DISMISSING})


def fault_of_issue(issue: Issue, known: Iterable[IssueLife], today: date) -> str | None:
    """Why an issue cannot be opened, as a code; None when it can. ``known`` are the issues of its project."""
    if not issue.text.strip():
        return "no_text"
    if find_reason(issue.reason) is None or issue.level not in LEVELS or issue.source not in SOURCES:
        return "unknown_code"
    if issue.reason == OTHER.code and not issue.explanation.strip():
        return "no_explanation"
    if issue.opened_on > Period(today.year, today.month).last_day:  # a return may come before its cut-off date
        return "in_future"
    return "known_already" if any(issue.key in life.keys for life in known) else None


def fault_of_event(life: IssueLife, event: IssueEvent, today: date, beside: Iterable[IssueLife] = ()) -> str | None:
    """Why an event cannot be recorded of an issue as it is now, as a code; None when it can.

    ``beside`` are the other issues of its project, whose words it cannot take.
    """
    if event.kind not in KINDS:
        return "unknown_code"
    faults = (
        ("in_future", event.on_date > today),
        ("too_early", event.on_date < max([life.issue.opened_on, *(each.on_date for each in life.events)])),
        ("not_open", event.kind in ON_OPEN and not life.is_open),
        ("not_closed", event.kind == REOPENED and life.is_open),
        ("no_note", event.kind in WITH_NOTE and not event.note.strip()),
        ("same_hand", event.kind == HANDED_OVER and event.level == life.level),
        ("unknown_code", event.kind == HANDED_OVER and event.level not in LEVELS),
        ("nobody", event.kind == ASSIGNED and not event.owner.strip() and event.due_date is None),
        ("due_before", event.due_date is not None and event.due_date < event.on_date),
        ("unknown_code", event.kind == RECLASSED and find_reason(event.reason) is None),
        ("no_explanation", event.kind == RECLASSED and event.reason == OTHER.code and not event.note.strip()),
        ("known_already", event.kind == REWORDED and any(issue_key(event.note) in other.keys for other in beside)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)
