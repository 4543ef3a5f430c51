"""The collection of returns: each body's return of the month, and the months of the year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.bodies import DISTRICT_CODES, ZONE
from domain.collection import (
    BACKFILLED,
    LATE,
    ON_TIME,
    Completeness,
    DueDate,
    DueRule,
    LockException,
    PeriodLock,
    Punctuality,
    due_date,
    judge_receipt,
    measure_completeness,
)
from domain.monthly_lists import OwedList, lists_owed
from domain.periods import Period
from domain.submissions import MONTHLY_RETURN
from storage import queries
from storage.queries import CollectedReturn
from ui import reads
from ui.formats import count, period_name
from ui.html import page_header
from ui.links import Link
from ui.locale import t
from ui.sentences import Part, filled
from ui.view import View

RECEIVED = (ON_TIME, LATE, BACKFILLED)


@dataclass(frozen=True)
class Collection:
    """What is known of the returns of a period and its year, as of today."""

    view: View
    today: date
    returns: dict[tuple[str, str, str], CollectedReturn]
    rules: list[DueRule]
    locks: dict[str, PeriodLock]
    exceptions: list[LockException]
    completeness: dict[str, Completeness]
    beginnings: dict[str, str] = field(default_factory=dict)

    @property
    def districts(self) -> tuple[str, ...]:
        return DISTRICT_CODES if self.view.body == ZONE.code else (self.view.body,)

    @property
    def due(self) -> DueDate:
        return due_date(self.view.period, self.rules)

    @property
    def lock(self) -> PeriodLock | None:
        return self.locks.get(str(self.view.period))

    def lists(self, period: Period | None = None) -> list[OwedList]:
        """The lists of the monthly ledgers owed for a period, of the bodies shown; the office's own on the zone's page."""
        shown = {*self.districts, self.view.body}
        return [each for each in lists_owed(self.beginnings, period or self.view.period) if each.body in shown]

    def received(self, kind: str, body: str, period: Period | None = None) -> CollectedReturn | None:
        """A return of a body, of the page's period or another of its year; None where none is in force."""
        found = self.returns.get((kind, body, str(period or self.view.period)))
        return found if found and found.receipt_number else None

    def monthly(self, body: str, period: Period | None = None) -> CollectedReturn | None:
        """The monthly return of a body."""
        return self.received(MONTHLY_RETURN, body, period)

    def punctuality(self, body: str, period: Period | None = None, kind: str = MONTHLY_RETURN) -> Punctuality:
        """Whether a body's return, or list of a monthly ledger, came in time."""
        found = self.received(kind, body, period)
        received_on = found.received_at.date() if found and found.received_at else None
        return judge_receipt(received_on, period or self.view.period, self.rules, self.today)


def collection_of(view: View, today: date) -> Collection:
    """Read all that the page shows."""
    db, scope, record = reads.database(), view.scope, view.record
    before, now = reads.states_before(scope, record), reads.states(scope, record)
    return Collection(
        view=view,
        today=today,
        returns={(each.kind, each.body, each.period): each for each in queries.collected_returns(db, scope, record)},
        rules=queries.due_rules(db, scope, record),
        locks={lock.period: lock for lock in queries.period_locks(db, scope, record)},
        exceptions=queries.lock_exceptions(db, scope, record),
        beginnings=queries.first_periods(db, scope, record),
        completeness={body: measure_completeness(before, now, body) for body in DISTRICT_CODES},
    )


def collection_head(collection: Collection) -> str:
    """The page's title with the due date, how it was found, and the lock."""
    due, lock = collection.due, collection.lock
    context = [t("collection.due_on", day=due.day.isoformat(), number=due.working_day)]
    context += [] if due.is_exact else [t("collection.inexact")]
    context.append(t("collection.locked_on", day=f"{lock.locked_at:%Y-%m-%d}") if lock else t("collection.is_open"))
    return page_header(t("page.collection"), context)


def summary(collection: Collection) -> list[Part]:
    """How many returns came, how many in time, and what they lack, in one sentence."""
    view, districts = collection.view, collection.districts
    received = [found for body in districts if (found := collection.monthly(body))]
    on_time = sum(1 for body in districts if collection.punctuality(body).state == ON_TIME)
    parts = filled(
        "collection.summary",
        month=period_name(view.period),
        owed=count(len(districts)),
        received=count(len(received)),
        on_time=count(on_time),
    )
    if received:
        bodies = [found.body for found in received]
        missing = [each for body in bodies for each in collection.completeness[body].missing]
        copied = [each for body in bodies for each in collection.completeness[body].copied]
        errors = sum(found.error_count for found in received)
        parts += filled(
            "collection.lacks",
            missing=view.linked_projects(count(len(missing)), missing),
            errors=count(errors),
            copied=view.linked_projects(count(len(copied)), copied),
        )
    return parts + _of_lists(collection) + _still_owed(collection)


def _of_lists(collection: Collection) -> list[Part]:
    """How many lists of the monthly ledgers came and how many in time; nothing where none is owed."""
    lists = collection.lists()
    if not lists:
        return []
    states = [collection.punctuality(each.body, kind=each.kind).state for each in lists]
    return filled(
        "collection.lists",
        owed=count(len(lists)),
        received=count(sum(1 for state in states if state in RECEIVED)),
        on_time=count(states.count(ON_TIME)),
    )


def _still_owed(collection: Collection) -> list[Part]:
    """How many months after the newest return are due already and have none."""
    month, owed = Period.parse(reads.months(collection.view.scope)[-1]).shifted(1), []
    while due_date(month, collection.rules).day < collection.today:
        owed.append(month)
        month = month.shifted(1)
    if not owed:
        return []
    first = Link(period_name(owed[0]), collection.view.href("collection", period=str(owed[0])))
    return filled("collection.owed", first=first, months=count(len(owed)))
