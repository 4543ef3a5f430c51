"""The table of a period's returns: when each came, in what state, what was found, and which projects it lacks."""

from __future__ import annotations

from domain.bodies import ZONE, body_name
from domain.collection import BACKFILLED, LATE, NOT_DUE, ON_TIME, OVERDUE, Punctuality
from domain.findings import LEVELS
from domain.monthly_lists import OwedList
from domain.submissions import ANNUAL_NODE_PLAN, ANNUAL_TARGETS, MONTHLY_RETURN
from storage.queries import CollectedReturn
from ui.collection import Collection
from ui.formats import DASH, count, period_name
from ui.html import heading
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.names import capital, finding_level_name
from ui.receipts import findings_text

ANNUAL_RETURNS = (ANNUAL_TARGETS, ANNUAL_NODE_PLAN)
# State -> shape and tone; what is late is red only while it is still owed.
MARKS = {
    ON_TIME: ("●", "on_track"),
    LATE: ("◆", "slightly"),
    BACKFILLED: ("◇", "slightly"),
    OVERDUE: ("○", "behind"),
    NOT_DUE: ("·", "unknown"),
}


def returns_part(collection: Collection) -> str:
    """The table of the period's returns and lists."""
    table = heading(period_name(collection.view.period), t("collection.table_remark"))
    return table + plain_table(return_columns(), return_rows(collection), is_compact=True)


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
        Column("findings", capital(level_names()), "number"),
        Column("copied", t("collection.copied"), "number"),
    ]


def return_rows(collection: Collection) -> list[Row]:
    """One row a monthly return and a list of a monthly ledger owed; for the whole zone also the yearly forms, due on no day."""
    rows = [_monthly_row(collection, body) for body in collection.districts]
    rows += [_list_row(collection, each) for each in collection.lists()]
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


def _list_row(collection: Collection, owed: OwedList) -> Row:
    found = collection.returns.get((owed.kind, owed.body, str(collection.view.period)))
    name = f"{body_name(owed.body, language())} · {capital(owed.ledger.title(language()))}"
    mark, tone = MARKS[(punctuality := collection.punctuality(owed.body, kind=owed.kind)).state]
    return {
        "body": Link(name, collection.view.href("ledgers", ledger=owed.ledger.code)),
        "due": collection.due.day.isoformat(),
        "state": Graded(f"{mark} {state_text(punctuality)}", tone),
        **(_receipt_cells(found) if found else {}),
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


def level_names() -> str:
    """The levels of findings in a row."""
    return " / ".join(finding_level_name(level) for level in LEVELS)
