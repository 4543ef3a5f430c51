"""What a rectification ledger brings, compared with what is on record and recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from domain.periods import Period
from domain.rectification_changes import KnownLedgers, LedgerChanges, by_ledger, changes_of
from domain.rectification_lists import ReadLedger
from domain.scope import OFFICE, Record
from domain.tasks import APPROVING, TaskEvent, task_lives
from storage import queries
from storage.clock import office_time
from storage.engine import Database
from storage.rectification import publish_bulletin, record_rectification
from storage.tasks import record_tasks


def changes_against(db: Database, read: ReadLedger) -> LedgerChanges:
    """What a ledger brings, against all that is on record."""
    today = office_time().date()
    record = Record(Period(today.year, today.month))
    details = queries.task_details(db, OFFICE, record)
    known = KnownLedgers(
        queries.rectifications(db, OFFICE, record),
        queries.rectification_problems(db, OFFICE, record),
        queries.rectification_bulletins(db, OFFICE, record),
        task_lives(queries.tasks(db, OFFICE, record), queries.task_events(db, OFFICE, record), date.max, details),
    )
    return changes_of(read, known, today)


def record_changes(db: Database, found: LedgerChanges, *, actor: str | None = None) -> None:
    """Record what a ledger brings: what it is, its tasks, what was published, then what happened.

    By one who is signed in (``actor``) all is recorded as theirs, and approvals are left to another account. Without, as
    on the command line of the machine itself, closings stand under the names that the ledger gives, marked as its word.
    A write that fails leaves those before it: the same file read again completes them. Raises NotAcceptable.
    """
    who, now = actor or "office", office_time()
    record_rectification(db, found.rectifications, found.problems, actor=who, recorded_at=now)
    record_tasks(db, found.tasks, details=found.details, actor=who, recorded_at=now)
    for bulletin in found.bulletins:
        publish_bulletin(db, bulletin, actor=who, recorded_at=now)
    for name, events in groupby(_events(found, actor), key=lambda event: event.recorded_by):
        record_tasks(db, events=list(events), actor=name or who, recorded_at=now)


def _events(found: LedgerChanges, actor: str | None) -> Iterable[TaskEvent]:
    """The events in an order in which each may follow: all but the approvals, then these."""
    if actor:
        return [replace(event, recorded_by=actor) for event in found.events if event.kind != APPROVING]
    events = [replace(event, recorded_by=by_ledger(event.recorded_by)) for event in found.events]
    return sorted(events, key=lambda event: (event.kind == APPROVING, event.recorded_by))
