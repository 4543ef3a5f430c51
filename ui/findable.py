"""What can be found: one line a kind, with the entries that it puts into the index and the page that each opens.

A further ledger joins by one line of ``FINDABLE``, its function beside it, and its name ``find.kind_<kind>`` in texts.csv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pandas as pd

from domain.finding import Entry, FindingIndex
from domain.ledgers import LEDGERS, Ledger
from domain.ledgers.summing import standing_rows
from domain.roles import SEALED
from domain.scope import Record, Scope
from domain.submissions import INFRASTRUCTURE, PROJECTS
from storage import queries
from ui import reads
from ui.formats import count, day_text, is_missing, period_name
from ui.ledgers import ROWS
from ui.locale import language, t
from ui.names import capital, stage_text
from ui.node_marks import node_name
from ui.receipts import receipt_period, state_name
from ui.view import View

LEDGER = "ledger"
# Ledgers with a page of their own: its code, and what it asks for.
OWN_PAGES = {"works": ("infrastructure", "work"), "firms": ("firms", "firm")}
# What of a ledger's rows is searched beside their names: what a work waits for, what a visit found, what was published.
BESIDE = {"works": "waits_for", "visits": "visit_found", "published": "published_said"}
Entries = Callable[[Scope, Record], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Findable:
    """A kind of thing that can be found: its entries as a scope may read them, and where one opens."""

    code: str
    entries: Entries
    page: str
    query: Callable[[Entry], dict[str, str]]

    def href(self, view: View, entry: Entry) -> str:
        """The address that opens an entry; a row of a ledger with a page of its own opens there."""
        own = OWN_PAGES.get(entry.key.split(" ", 1)[0]) if self.code == LEDGER else None
        if own:
            page, name = own
            return view.href(page, **{name: entry.title})
        return view.href(self.page, **self.query(entry))


@reads.remembered_fact
def finding_index(scope: Scope, record: Record, language: str) -> FindingIndex:
    """All that the scope may open as of the record, ready to be asked; the language is that of the remarks."""
    del language
    return FindingIndex(chain.from_iterable(kind.entries(scope, record) for kind in FINDABLE))


def projects(scope: Scope, record: Record) -> Iterator[Entry]:
    """The industrial projects."""
    return _projects(scope, record, "project", PROJECTS)


def works(scope: Scope, record: Record) -> Iterator[Entry]:
    """The infrastructure works."""
    return _projects(scope, record, "work", INFRASTRUCTURE)


def _projects(scope: Scope, record: Record, code: str, kind: str) -> Iterator[Entry]:
    states = reads.states(scope, record)
    for row in states[states["kind"] == kind].itertuples():
        remark = " · ".join([t(f"short.{row.body}"), *([stage_text(row.stage)] if _text(row.stage) else [])])
        yield Entry(code, row.project_id, row.project_name, _text(row.project_code), _text(row.owner_name), remark)


def firms(scope: Scope, record: Record) -> Iterator[Entry]:
    """Whoever builds: one entry an owner, as the returns write it."""
    owners = reads.states(scope, record)["owner_name"].dropna()
    for name, projects_ in owners[owners.str.strip() != ""].value_counts().sort_index().items():
        yield Entry("firm", str(name), str(name), remark=t("find.projects_of", count=count(projects_)))


def tasks(scope: Scope, record: Record) -> Iterator[Entry]:
    """The tasks, with those who lead and take part."""
    for task in queries.tasks(reads.database(), scope, record):
        named = " · ".join(filter(None, (task.lead, task.taking_part)))
        yield Entry("task", task.task_id, task.text, detail=named, remark=day_text(task.due_date))


def issues(scope: Scope, record: Record) -> Iterator[Entry]:
    """The issues that people confirmed, with their projects."""
    names = _names(scope, record)
    for issue in queries.opened_issues(reads.database(), scope, record):
        remark = day_text(issue.opened_on)
        yield Entry("issue", issue.issue_id, issue.text, detail=names.get(issue.project_id, ""), remark=remark)


def nodes(scope: Scope, record: Record) -> Iterator[Entry]:
    """The nodes of the year's plan, with their projects."""
    for row in reads.node_plan(scope, record).itertuples():
        planned = "" if is_missing(row.planned_date) else day_text(row.planned_date, row.planned_precision)
        yield Entry("node", row.project_id, node_name(row.node), detail=row.project_name, remark=planned)


def meetings(scope: Scope, record: Record) -> Iterator[Entry]:
    """The sealed meetings of all months, for those who may open them."""
    del record
    if scope.may(SEALED):
        for seal in queries.seals(reads.database(), scope):
            name = t("find.meeting_of", month=period_name(seal.period))
            yield Entry("meeting", f"{seal.period} {seal.seal_id}", name, seal.seal_id, remark=day_text(seal.day))


def receipts(scope: Scope, record: Record) -> Iterator[Entry]:
    """All receipts by number and file."""
    del record
    for receipt in reads.receipts(scope):
        remark = " · ".join((receipt_period(receipt), state_name(receipt)))
        yield Entry("receipt", receipt.receipt_number, receipt.file_name, receipt.receipt_number, remark=remark)


def ledger_rows(scope: Scope, record: Record) -> Iterator[Entry]:
    """What the lists in force of all ledgers speak of: one entry a ledger and name, however many rows it has."""
    for ledger in LEDGERS.values():
        rows = standing_rows(ledger, reads.ledger(scope, record, ledger.code), record.period)
        remark, beside = capital(ledger.title(language())), _said_beside(ledger, rows)
        for name in rows[ledger.keys[0].name].dropna().unique():
            yield Entry(LEDGER, f"{ledger.code} {name}", str(name), detail=beside.get(name, ""), remark=remark)


def _said_beside(ledger: Ledger, rows: pd.DataFrame) -> dict[str, str]:
    """Name -> what else of its rows is searched, each text once."""
    column = BESIDE.get(ledger.code)
    said = rows[[ledger.keys[0].name, column]].dropna().drop_duplicates() if column else pd.DataFrame()
    return {} if said.empty else said.groupby(ledger.keys[0].name)[column].agg("；".join).to_dict()


def _names(scope: Scope, record: Record) -> dict[str, str]:
    states = reads.states(scope, record)
    return dict(zip(states["project_id"], states["project_name"], strict=True))


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _project(entry: Entry) -> dict[str, str]:
    return {"project": entry.key}


def _sealed(entry: Entry) -> dict[str, str]:
    return dict(zip(("period", "seal"), entry.key.split(" ", 1), strict=True))


def _listed(entry: Entry) -> dict[str, str]:
    code, name = entry.key.split(" ", 1)
    return {"ledger": code, "show": ROWS, "text": name}


FINDABLE = (
    Findable("project", projects, "project", _project),
    Findable("work", works, "project", _project),
    Findable("firm", firms, "projects", lambda entry: {"q": entry.key}),
    Findable("task", tasks, "tasks", lambda entry: {"task": entry.key, "state": "all"}),
    Findable("issue", issues, "issues", lambda entry: {"issue": entry.key, "state": "all"}),
    Findable("node", nodes, "project", _project),
    Findable("meeting", meetings, "meeting", _sealed),
    Findable(LEDGER, ledger_rows, "ledgers", _listed),
    Findable("receipt", receipts, "receipt", lambda entry: {"receipt": entry.key}),
)
KINDS = {kind.code: kind for kind in FINDABLE}
