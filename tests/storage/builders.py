"""Small submissions made by hand, and a database to accept them into."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.fields import stored_names
from domain.findings import Finding
from domain.identity import project_id_of
from domain.periods import Period
from domain.scope import Record
from domain.submissions import (
    ANNUAL_NODE_PLAN,
    ANNUAL_TARGETS,
    INFRASTRUCTURE,
    PERMIT_LEDGER,
    PROJECTS,
    ColumnReading,
    LandReading,
    NodeReading,
    PermitReading,
    RowReading,
    Submission,
    TableReading,
    TargetReading,
)
from storage.accepting import accept_submission
from storage.engine import Database
from storage.receipts import Receipt

NOON = datetime(2024, 9, 1, 12, 0)
COLUMN_NAMES = stored_names()
PERMIT_DAYS = ("applied_date", "due_date", "granted_date")


def project_id(name: str, body: str = "binhai") -> str:
    return project_id_of(body, name)


def planned(day: str, precision: str = "day", field: str = "planned_start_date") -> dict[str, Any]:
    """The three values of a date field."""
    return {field: date.fromisoformat(day), f"{field}_text": day, f"{field}_precision": precision}


def row(name: str, cell_row: int = 5, body: str = "binhai", **values: Any) -> RowReading:
    """A row of one project; integers become Decimal."""
    typed = {key: Decimal(value) if isinstance(value, int) else value for key, value in values.items()}
    texts = ("1", name, str(values.get("total_investment_wan", "")))
    return RowReading(cell_row, {"project_name": name, **typed}, texts, project_id=project_id(name, body))


def table(*rows: RowReading, kind: str = PROJECTS, sheet: str = "项目") -> TableReading:
    columns = [
        ColumnReading("A", "序号", None, None, "exact"),
        ColumnReading("B", "项目名称", "project_name", None, "exact"),
        ColumnReading("C", "总投资（万元）", "total_investment_wan", "万元", "exact"),
    ]
    return TableReading(sheet, kind, "月报表", "万元", columns, list(rows))


def monthly(
    period: str,
    *rows: RowReading,
    body: str = "binhai",
    infrastructure: tuple[RowReading, ...] = (),
    findings: tuple[Finding, ...] = (),
    content: bytes | None = None,
) -> tuple[Submission, bytes]:
    """A monthly return and its bytes, which differ whenever the return does."""
    tables = [table(*rows)]
    if infrastructure:
        tables.append(table(*infrastructure, kind=INFRASTRUCTURE, sheet="基础设施"))
    content = content if content is not None else repr((period, body, tables, findings)).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    submission = Submission(
        f"{period}.xlsx", sha256, body=body, period=Period.parse(period), tables=tables, findings=list(findings)
    )
    return submission, content


def annual_targets(year: int, *values: tuple[str, str, int]) -> tuple[Submission, bytes]:
    """The form of targets: (indicator, body, value) each."""
    content = repr((year, values)).encode()
    readings = [
        TargetReading(indicator, body, Decimal(value), "亿元", "目标", "C4", str(value))
        for indicator, body, value in values
    ]
    sha256 = hashlib.sha256(content).hexdigest()
    return Submission("目标.xlsx", sha256, ANNUAL_TARGETS, "zone", Period(year, 1), targets=readings), content


def annual_nodes(year: int, *names: str) -> tuple[Submission, bytes]:
    """The form of nodes: a start in June and an unplanned completion for each project."""
    content = repr((year, names)).encode()
    readings = [
        NodeReading(project_id(name), name, "binhai", node, day, "6月" if day else "", "month", False, "节点", "D4")
        for name in names
        for node, day in (("start", date(year, 6, 30)), ("completion", None))
    ]
    sha256 = hashlib.sha256(content).hexdigest()
    return Submission("节点.xlsx", sha256, ANNUAL_NODE_PLAN, "zone", Period(year, 1), nodes=readings), content


def permit(name: str, step: str, state: str, cell: str = "D5", body: str = "binhai", **told: Any) -> PermitReading:
    """What a ledger says of one step; dates as texts."""
    days = {key: date.fromisoformat(told[key]) if told.get(key) else None for key in PERMIT_DAYS}
    words = {key: told.get(key, "") for key in ("office", "number", "text")}
    return PermitReading(project_id(name, body), name, body, step, state, **days, **words, sheet="手续", cell=cell)


def land(name: str, *areas: int | str | None, cell: str = "T5", body: str = "binhai") -> LandReading:
    """Land of one project: wanted, applied, granted, in mu."""
    values = [None if area is None else Decimal(area) for area in areas]
    return LandReading(project_id(name, body), name, body, *values, sheet="用地", cell=cell)


def ledger(period: str, *lines: PermitReading | LandReading, body: str = "binhai") -> tuple[Submission, bytes]:
    """A ledger of permits and land of a district and month."""
    content = repr((period, body, lines)).encode()
    made = Submission(
        f"手续台账{period}.xlsx", hashlib.sha256(content).hexdigest(), PERMIT_LEDGER, body, Period.parse(period),
        permits=[each for each in lines if isinstance(each, PermitReading)],
        land=[each for each in lines if isinstance(each, LandReading)],
    )  # fmt: skip
    return made, content


def accept(db: Database, made: tuple[Submission, bytes], **more: Any) -> Receipt:
    """Accept what a builder made."""
    submission, content = made
    return accept_submission(db, submission, content, **{"accepted_at": NOON, **more})


def as_of(period: str, acceptances: str = "newest") -> Record:
    return Record(Period.parse(period), acceptances)
