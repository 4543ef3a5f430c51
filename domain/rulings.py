"""What people rule about single projects: suspensions (停工, 缓建) with their renewals, and months excused (免考).

2.4: a suspension counts only with reason, date and expected resumption, and must be renewed each quarter, as FAST-41
asks of what is paused (S19); an excuse is a recorded decision (who, meeting, months, reason), never inferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.periods import Period
from domain.reasons import OTHER, REASONS

SUSPENDED, DEFERRED, RENEWED, ENDED = EVENT_KINDS = ("suspended", "deferred", "renewed", "ended")
OPENING = (SUSPENDED, DEFERRED)
GRANTED, REVOKED = EXCUSE_KINDS = ("granted", "revoked")
# Why a recorded suspension no longer counts.
NOT_RENEWED, RESUMPTION_PASSED = "not_renewed", "resumption_passed"


@dataclass(frozen=True, slots=True)
class SuspensionEvent:
    """One thing recorded of a project's suspension, on a day: that it began, goes on (renewed), or is over.

    ``reason`` (a code of ``domain.reasons``), ``note`` and ``expected_resumption`` come with the beginning and with each
    renewal; the note of an ending says how.
    """

    project_id: str
    body: str
    kind: str
    on_date: date
    reason: str = ""
    note: str = ""
    expected_resumption: date | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """A project's suspension as of a day: since when, why, until when, and when that was last confirmed."""

    project_id: str
    body: str
    kind: str
    since: date
    reason: str
    note: str
    expected_resumption: date
    confirmed_on: date
    renewals: int = 0

    def lapse(self, period: Period, renewal_months: int) -> str | None:
        """Why it no longer counts at the period's end, None while it does.

        It holds for so many months from the one in which it was last confirmed, that one included, and until the day on
        which work was to go on.
        """
        if self.expected_resumption <= period.last_day:
            return RESUMPTION_PASSED
        confirmed = Period(self.confirmed_on.year, self.confirmed_on.month)
        return NOT_RENEWED if period.number - confirmed.number >= renewal_months else None


@dataclass(frozen=True, slots=True)
class Excuse:
    """A decision that a project is not assessed in some months (免考), or (``revoked``) that an earlier one is void."""

    excuse_id: str
    project_id: str
    body: str
    kind: str
    from_period: Period
    to_period: Period
    meeting: str
    decided_by: str
    reason: str


def suspension_of(events: Iterable[SuspensionEvent], day: date) -> Suspension | None:
    """The suspension of one project as of a day, from its own events in the order recorded; None while there is none."""
    found: Suspension | None = None
    # A stable sort: of one day, what was recorded last counts.
    for event in sorted((each for each in events if each.on_date <= day), key=lambda each: each.on_date):
        if event.kind == ENDED:
            found = None
        elif event.kind in OPENING or found is not None:
            found = _confirmed(found, event)
    return found


def _confirmed(before: Suspension | None, event: SuspensionEvent) -> Suspension:
    is_new = before is None or event.kind in OPENING
    return Suspension(
        project_id=event.project_id,
        body=event.body,
        kind=event.kind if is_new else before.kind,
        since=event.on_date if is_new else before.since,
        reason=event.reason or ("" if before is None else before.reason),
        note=event.note,
        expected_resumption=event.expected_resumption or event.on_date,
        confirmed_on=event.on_date,
        renewals=0 if is_new else before.renewals + 1,
    )


def suspensions_of(events: Iterable[SuspensionEvent], day: date) -> dict[str, Suspension]:
    """Project id -> its suspension as of a day, of those that have one."""
    by_project: dict[str, list[SuspensionEvent]] = {}
    for event in events:
        by_project.setdefault(event.project_id, []).append(event)
    found = {project_id: suspension_of(own, day) for project_id, own in by_project.items()}
    return {project_id: suspension for project_id, suspension in found.items() if suspension is not None}


def standing_excuses(excuses: Iterable[Excuse]) -> list[Excuse]:
    """Those granted and not revoked since, in the order recorded."""
    granted: dict[str, Excuse] = {}
    for excuse in excuses:
        if excuse.kind == GRANTED:
            granted[excuse.excuse_id] = excuse
        else:
            granted.pop(excuse.excuse_id, None)
    return list(granted.values())


def excused_in(excuses: Iterable[Excuse], period: Period) -> dict[str, Excuse]:
    """Project id -> the excuse that covers the period; of several the one recorded last."""
    covering = (each for each in standing_excuses(excuses) if each.from_period <= period <= each.to_period)
    return {excuse.project_id: excuse for excuse in covering}


def fault_of_suspension(
    before: Suspension | None, last_on: date | None, event: SuspensionEvent, today: date
) -> str | None:
    """Why an event cannot be recorded, by the code of its sentence; None when it can.

    ``before`` is the suspension at the event's day, ``last_on`` the day of the newest event of the project.
    """
    if event.kind not in EVENT_KINDS:
        return "unknown_code"
    if event.on_date > today:
        return "in_future"
    if last_on is not None and event.on_date < last_on:
        return "too_early"
    if not event.note.strip():
        return "no_note"
    return _fault_of_turn(before, event) or (None if event.kind == ENDED else _fault_of_reason(event))


def _fault_of_turn(before: Suspension | None, event: SuspensionEvent) -> str | None:
    if event.kind in OPENING:
        return "suspended_already" if before is not None else None
    return "not_suspended" if before is None else None


def _fault_of_reason(event: SuspensionEvent) -> str | None:
    if event.reason not in REASONS and event.reason != OTHER.code:
        return "unknown_code"
    if event.expected_resumption is None or event.expected_resumption <= event.on_date:
        return "no_resumption"
    return None


def fault_of_excuse(known: Iterable[Excuse], excuse: Excuse) -> str | None:
    """Why a decision cannot be recorded, by the code of its sentence; ``known`` are the earlier ones, as recorded."""
    if not all(text.strip() for text in (excuse.meeting, excuse.decided_by, excuse.reason)):
        return "incomplete"
    if excuse.from_period > excuse.to_period:
        return "months_reversed"
    standing = [each for each in standing_excuses(known) if each.project_id == excuse.project_id]
    if excuse.kind == REVOKED:
        return None if any(each.excuse_id == excuse.excuse_id for each in standing) else "not_excused"
    if any(each.from_period <= excuse.to_period and excuse.from_period <= each.to_period for each in standing):
        return "excused_already"
    return None
