"""A rectification ledger from a file: a workbook as it was handed out, or a table saved as text; read, compared, recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from domain.periods import Period
from domain.place_lists import decoded
from domain.rectification_changes import KnownLedgers, LedgerChanges, by_ledger, changes_of
from domain.rectification_lists import Lines, ReadLedger, headings_at, lines_of_text, read_ledger
from domain.rectification_rows import text_of
from domain.scope import OFFICE, Record
from domain.tasks import APPROVING, TaskEvent, task_lives
from loaders.gate import OLE_MAGIC
from loaders.workbook import Sheet, read_workbook
from storage import queries
from storage.clock import office_time
from storage.engine import Database
from storage.rectification import publish_bulletin, record_rectification
from storage.samples import is_sample
from storage.tasks import record_tasks


def ledger_of_file(content: bytes) -> ReadLedger:
    """What a file tells of; a sample's words are marked as made up. Raises UnreadableFile for a workbook that is none."""
    if content.startswith((b"PK", OLE_MAGIC)):
        sheets = [_lines(sheet) for sheet in read_workbook(content).sheets if sheet.is_visible]
        lines = next((lines for lines in sheets if headings_at(lines) is not None), [])
    else:
        lines = lines_of_text(decoded(content))
    return read_ledger(lines, is_example=is_sample(content))


def _lines(sheet: Sheet) -> Lines:
    rows = [(number, [text_of(cell).strip() for cell in row]) for number, row in enumerate(sheet.rows, 1)]
    return [(number, cells) for number, cells in rows if any(cells)]


def record_rectification_file(db: Database, content: bytes) -> int:
    """Record what a file brings and print what became of its lines; returns how many cannot be taken.

    Raises UnreadableFile and NotAcceptable.
    """
    found = changes_against(db, ledger_of_file(content))
    record_changes(db, found)
    print(
        f"登记台账 {len(found.rectifications)} 个、问题 {len(found.problems)} 个、事项 {len(found.tasks)} 项、"
        f"经过 {len(found.events)} 条、公开数 {len(found.bulletins)} 期，原已登记 {found.unchanged} 项，未采用 {len(found.faults)} 行"
    )
    for fault in found.faults:
        print(f"  {f'第 {fault.line} 行 ' if fault.line else ''}{fault.text}：{fault.message()}")
    return len(found.faults)


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


def approvals_in(found: LedgerChanges) -> int:
    """How many closings the ledger calls approved."""
    return sum(event.kind == APPROVING for event in found.events)


def _events(found: LedgerChanges, actor: str | None) -> Iterable[TaskEvent]:
    """The events in an order in which each may follow: all but the approvals, then these."""
    if actor:
        return [replace(event, recorded_by=actor) for event in found.events if event.kind != APPROVING]
    events = [replace(event, recorded_by=by_ledger(event.recorded_by)) for event in found.events]
    return sorted(events, key=lambda event: (event.kind == APPROVING, event.recorded_by))
