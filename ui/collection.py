"""The collection of returns: each body's return of the month, and the months of the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape

from domain.bodies import DISTRICT_CODES, ZONE, body_name
from domain.collection import (
    BACKFILLED,
    LATE,
    NOT_DUE,
    ON_TIME,
    OVERDUE,
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
from domain.findings import LEVELS
from domain.periods import Period
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, MONTHLY_RETURN
from storage import queries
from storage.queries import CollectedReturn
from ui import reads
from ui.formats import DASH, count, month_label, period_name
from ui.html import heading, note, page_header, sentence
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link, linked
from ui.locale import language, t
from ui.names import capital, finding_level_name
from ui.receipts import findings_text
from ui.sentences import Part, filled
from ui.view import View

ANNUAL_RETURNS = (ANNUAL_TARGETS, ANNUAL_NODE_PLAN)
MONTHS = range(1, 13)
# State -> shape and tone; what is late is red only while it is still owed.
MARKS = {
    ON_TIME: ("●", "on_track"),
    LATE: ("◆", "slightly"),
    BACKFILLED: ("◇", "slightly"),
    OVERDUE: ("○", "behind"),
    NOT_DUE: ("·", "unknown"),
}


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

    @property
    def districts(self) -> tuple[str, ...]:
        return DISTRICT_CODES if self.view.body == ZONE.code else (self.view.body,)

    @property
    def due(self) -> DueDate:
        return due_date(self.view.period, self.rules)

    @property
    def lock(self) -> PeriodLock | None:
        return self.locks.get(str(self.view.period))

    def monthly(self, body: str, period: Period | None = None) -> CollectedReturn | None:
        """The monthly return of a body, of the page's period or another of its year; None where none is in force."""
        found = self.returns.get((MONTHLY_RETURN, body, str(period or self.view.period)))
        return found if found and found.receipt_number else None

    def punctuality(self, body: str, period: Period | None = None) -> Punctuality:
        """Whether that return came in time."""
        found = self.monthly(body, period)
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
        completeness={body: measure_completeness(before, now, body) for body in DISTRICT_CODES},
    )


def collection_head(collection: Collection) -> str:
    """The page's title with the due date, how it was found, and the lock."""
    due, lock = collection.due, collection.lock
    context = [t("collection.due_on", day=due.day.isoformat(), number=due.working_day)]
    context += [] if due.is_exact else [t("collection.inexact")]
    context.append(t("collection.locked_on", day=f"{lock.locked_at:%Y-%m-%d}") if lock else t("collection.is_open"))
    return page_header(t("page.collection"), context)


def collection_parts(view: View, today: date) -> tuple[str, str, str]:
    """The page's sentence, the table of the period's returns, and the course of the year."""
    collection = view.remember(collection_of, today)
    table = heading(period_name(view.period), t("collection.table_remark"))
    table += plain_table(return_columns(), return_rows(collection), is_compact=True) + note(t("collection.note"))
    legend = " ".join(f"{MARKS[state][0]} {t(f'collection.legend_{state}')}" for state in MARKS)
    course = heading(t("collection.course", year=view.period.year), legend) + course_table(collection)
    return sentence(summary(collection)), table, course + note(t("collection.course_note", levels=_level_names()))


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
    return parts + _still_owed(collection)


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


def return_columns() -> list[Column]:
    """Columns of the period's returns."""
    return [
        Column("body", t("column.body"), "name", width="17%"),
        Column("due", t("collection.due"), "short", width="9%"),
        Column("received", t("collection.received_at"), "short", width="12%"),
        Column("state", t("card.state"), "short", width="18%"),
        Column("again", t("collection.again"), "number", "center", width="8%"),
        Column("receipt", t("receipt.number"), "short"),
        Column("projects", t("collection.projects"), "number"),
        Column("findings", capital(_level_names()), "number"),
        Column("copied", t("collection.copied"), "number"),
    ]


def return_rows(collection: Collection) -> list[Row]:
    """One row a monthly return owed; for the whole zone also the yearly forms, which have no due date."""
    rows = [_monthly_row(collection, body) for body in collection.districts]
    if collection.view.body == ZONE.code:
        rows += [_annual_row(collection, kind) for kind in ANNUAL_RETURNS]
    return rows


def _monthly_row(collection: Collection, body: str) -> Row:
    found = collection.monthly(body)
    is_sent = (MONTHLY_RETURN, body, str(collection.view.period)) in collection.returns
    return {
        "body": body_name(body, language()),
        "due": collection.due.day.isoformat(),
        "state": _state(collection, body),
        **(_receipt_cells(collection.returns[MONTHLY_RETURN, body, str(collection.view.period)]) if is_sent else {}),
        **_project_cells(collection, body, is_received=found is not None),
    }


def _annual_row(collection: Collection, kind: str) -> Row:
    found = collection.returns.get((kind, ZONE.code, f"{collection.view.period.year}-01"))
    is_received = bool(found and found.receipt_number)
    return {
        "body": f"{body_name(ZONE.code, language())} · {t(f'return.{kind}')}",
        "state": t("collection.annual_received") if is_received else Graded(t("collection.annual_missing"), "unknown"),
        **(_receipt_cells(found) if found else {}),
    }


def _receipt_cells(found: CollectedReturn) -> Row:
    """When it came, how often again, its receipt and findings; of a withdrawn one how often it was sent."""
    if found.receipt_number is None or found.received_at is None:
        return {"again": found.resubmission_count}
    return {
        "received": f"{found.received_at:%Y-%m-%d %H:%M}",
        "again": found.resubmission_count,
        "receipt": found.receipt_number,
        "findings": findings_text(found),
    }


def _project_cells(collection: Collection, body: str, *, is_received: bool) -> Row:
    """Projects expected, reported and missing, and copied ones, the names behind them linked."""
    found, view = collection.completeness[body], collection.view
    expected = DASH if found.expected is None else count(len(found.expected))
    if not is_received:
        return {"projects": f"{expected} / {DASH} / {DASH}"}
    projects = f"{expected} / {count(len(found.reported))} / {count(len(found.missing))}"
    return {
        "projects": view.linked_projects(projects, found.missing),
        "copied": view.linked_projects(count(len(found.copied)), found.copied),
    }


def _state(collection: Collection, body: str) -> Graded:
    found = collection.punctuality(body)
    mark, tone = MARKS[found.state]
    text = f"{mark} {state_text(found)}"
    return Graded(text + (t("collection.and_locked") if collection.lock else ""), tone)


def state_text(found: Punctuality) -> str:
    """A state in words, with the days where they mean something."""
    return t(f"collection.{found.state}", days=count(found.days_late))


def course_table(collection: Collection) -> str:
    """Body by month: a shape for each return owed, and under it the findings of the receipt in force.

    Nothing is owed for months before the first on record.
    """
    year = collection.view.period.year
    months = [Period(year, month) for month in MONTHS]
    offered = reads.months(collection.view.scope)
    heads = "".join(_head_cell(collection, month, is_linked=str(month) >= offered[0]) for month in months)
    lines = []
    for body in collection.districts:
        marks = partial(_month_mark, collection, body, offered[0])
        lines.append(_line(body_name(body, language()), months, marks, "hx-col-name"))
        lines.append(_line(t("collection.findings"), months, partial(_month_findings, collection, body)))
    if any(str(month) in collection.locks for month in months):
        lines.append(_line(t("collection.locked"), months, partial(_month_lock, collection)))
    head = f'<th scope="col" class="hx-left"></th>{heads}'
    return f'<table class="hx-table hx-compact"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def _line(label: str, months: list[Period], cell: Callable[[Period], str], css_class: str = "hx-none") -> str:
    cells = "".join(
        f'<td class="hx-center" style="text-align:center;white-space:nowrap;padding:0">{cell(month)}</td>'
        for month in months
    )
    return f'<tr><td class="{css_class}" style="white-space:nowrap">{escape(label)}</td>{cells}</tr>'


def _head_cell(collection: Collection, month: Period, *, is_linked: bool) -> str:
    label = month_label(month.month)
    is_here = month == collection.view.period
    href = collection.view.href("collection", period=str(month))
    is_open = is_linked and month.last_day < collection.today
    text = linked(Link(label, href)) if is_open and not is_here else escape(label)
    return f'<th scope="col" style="text-align:center;width:7.2%">{f"<b>{text}</b>" if is_here else text}</th>'


def _month_mark(collection: Collection, body: str, first: str, month: Period) -> str:
    """The shape of a month's return; who points at it or hears it read is told the day and the state."""
    if str(month) < first:
        return ""
    state, found = collection.punctuality(body, month), collection.monthly(body, month)
    mark, tone = MARKS[state.state]
    words = [period_name(month), state_text(state)]
    if found and found.received_at:
        words.append(t("collection.received_on", day=f"{found.received_at:%Y-%m-%d}"))
    spoken = escape(t("word.comma").join(words))
    return f'<span class="hx-mark hx-{tone}" role="img" aria-label="{spoken}" title="{spoken}">{mark}</span>'


def _month_findings(collection: Collection, body: str, month: Period) -> str:
    found = collection.monthly(body, month)
    return escape(findings_text(found).replace(" ", "")) if found else ""


def _month_lock(collection: Collection, month: Period) -> str:
    lock = collection.locks.get(str(month))
    return f'<span title="{escape(lock.reason)}">{lock.locked_at:%m-%d}</span>' if lock else ""


def _level_names() -> str:
    return " / ".join(finding_level_name(level) for level in LEVELS)
