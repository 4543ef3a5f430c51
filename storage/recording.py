"""A submission as the rows of the tables that keep it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb

from domain.fields import stored_columns, stored_names
from domain.findings import ERROR, EXPLAIN, HINT
from domain.ledgers import find_ledger
from domain.submissions import INFRASTRUCTURE, PROJECTS, Decision, LandReading, RowReading, Submission, TableReading
from storage.appending import LAND_AREAS, OutOfRange, append_rows, storable
from storage.engine import read_version
from storage.recording_ledgers import ledger_rows_of

FIELD_COLUMNS = stored_names()
DECIMAL_COLUMNS = tuple(name for name, sql_type in stored_columns() if sql_type.startswith("DECIMAL"))
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A submission with everything that its acceptance adds."""

    submission: Submission
    submission_id: str
    receipt_number: str
    sequence: int
    body: str
    period: str
    byte_count: int
    accepted_at: datetime
    accepted_by: str
    reason: str
    replaces: str | None
    reasons: Mapping[str, str] = field(default_factory=dict)  # finding's key -> the reason given for it alone


def append_submission(cursor: duckdb.DuckDBPyConnection, acceptance: Acceptance) -> None:
    """Append a submission to all its tables. Raises OutOfRange, naming the cell, for a value no column can hold."""
    rows = project_rows(acceptance)
    _append_head(cursor, acceptance, rows)
    append_rows(cursor, "submission_table", _table_rows(acceptance))
    append_rows(cursor, "submission_column", _column_rows(acceptance))
    append_rows(cursor, "project_row", rows)
    append_rows(cursor, "finding", _finding_rows(acceptance))
    append_rows(cursor, "correction", [{"submission_id": acceptance.submission_id, "number": number, **asdict(correction)}
                                       for number, correction in enumerate(acceptance.submission.corrections, 1)])  # fmt: skip
    append_rows(cursor, "target", _target_rows(acceptance))
    append_rows(cursor, "node", [{"submission_id": acceptance.submission_id, **asdict(node)} for node in
                                 acceptance.submission.nodes])  # fmt: skip
    append_rows(cursor, "permit", _permit_rows(acceptance))
    append_rows(cursor, "land", _land_rows(acceptance))
    ledger_rows, values = ledger_rows_of(acceptance.submission_id, acceptance.submission)
    append_rows(cursor, "ledger_row", ledger_rows)
    append_rows(cursor, "ledger_value", values)
    append_rows(cursor, "task_reading", [{"submission_id": acceptance.submission_id, "number": number, **asdict(reading)}
                                         for number, reading in enumerate(acceptance.submission.task_readings, 1)])  # fmt: skip


def append_decisions(
    cursor: duckdb.DuckDBPyConnection, decisions: Sequence[Decision], *, decided_at: datetime, decided_by: str
) -> None:
    """Append decisions under the number of the running write."""
    sequence = read_version(cursor)
    stamp = {"sequence": sequence, "decided_at": decided_at, "decided_by": decided_by}
    append_rows(
        cursor,
        "decision",
        [{**stamp, "number": number, **asdict(decision)} for number, decision in enumerate(decisions, 1)],
    )


def project_rows(acceptance: Acceptance) -> Rows:
    """The rows of all tables, in order; of a project that stands more than once only the last row is counted."""
    numbered = [
        (number, table, row)
        for number, table in enumerate(acceptance.submission.tables, 1)
        if find_ledger(table.kind) is None
        for row in table.rows
    ]
    last = {row.project_id: index for index, (_, _, row) in enumerate(numbered) if row.project_id}
    return [
        _project_row(acceptance, number, table, row, is_counted=last.get(row.project_id) == index)
        for index, (number, table, row) in enumerate(numbered)
    ]


def _project_row(
    acceptance: Acceptance, number: int, table: TableReading, row: RowReading, *, is_counted: bool
) -> dict[str, Any]:
    try:
        numbers = {name: storable(name, row.values.get(name)) for name in DECIMAL_COLUMNS}
    except OutOfRange as error:
        raise OutOfRange(f"{table.sheet} {row.cell_row} {error}") from error
    return {
        "submission_id": acceptance.submission_id,
        "table_number": number,
        "kind": table.kind,
        "body": acceptance.body,
        "period": acceptance.period,
        "sheet": table.sheet,
        "cell_row": row.cell_row,
        "project_id": row.project_id,
        "is_counted": is_counted,
        "rejected": ",".join(sorted(row.rejected)),
        "texts": _json(row.texts),
        "elsewhere": _json(row.elsewhere),
        **{name: row.values.get(name) for name in FIELD_COLUMNS},
        **numbers,
    }


def _append_head(cursor: duckdb.DuckDBPyConnection, acceptance: Acceptance, rows: Rows) -> None:
    submission = acceptance.submission
    levels = Counter(finding.level for finding in submission.findings)
    counts = Counter(row["kind"] for row in rows if row["is_counted"])
    values = {
        "submission_id": acceptance.submission_id,
        "receipt_number": acceptance.receipt_number,
        "sequence": acceptance.sequence,
        "kind": submission.kind,
        "body": acceptance.body,
        "period": acceptance.period,
        "file_name": submission.file_name,
        "sha256": submission.sha256,
        "byte_count": acceptance.byte_count,
        "accepted_at": acceptance.accepted_at,
        "accepted_by": acceptance.accepted_by,
        "reason": acceptance.reason,
        "replaces": acceptance.replaces,
        "project_count": counts[PROJECTS],
        "infrastructure_count": counts[INFRASTRUCTURE],
        "error_count": levels[ERROR],
        "explain_count": levels[EXPLAIN],
        "hint_count": levels[HINT],
        "total_ytd_wan": _total_ytd(rows),
    }
    names, places = ", ".join(values), ", ".join(f"${name}" for name in values)
    cursor.execute(f"INSERT INTO submission ({names}) VALUES ({places})", values)


def _total_ytd(rows: Rows) -> Decimal | None:
    amounts = [row["investment_ytd_wan"] for row in rows if row["is_counted"]]
    known = [amount for amount in amounts if amount is not None]
    return storable("investment_ytd_wan", sum(known, Decimal(0))) if known else None


def _table_rows(acceptance: Acceptance) -> Rows:
    return [
        {
            "submission_id": acceptance.submission_id,
            "table_number": number,
            "sheet": table.sheet,
            "kind": table.kind,
            "title": table.title,
            "unit": table.unit,
        }
        for number, table in enumerate(acceptance.submission.tables, 1)
    ]


def _column_rows(acceptance: Acceptance) -> Rows:
    return [
        {
            "submission_id": acceptance.submission_id,
            "table_number": number,
            "column_letter": column.column,
            "heading": column.heading,
            "field": column.field,
            "unit": column.unit,
            "match": column.match,
        }
        for number, table in enumerate(acceptance.submission.tables, 1)
        for column in table.columns
    ]


def _finding_rows(acceptance: Acceptance) -> Rows:
    return [
        {
            "submission_id": acceptance.submission_id,
            "number": number,
            "code": finding.code,
            "level": finding.level,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "field": finding.field,
            "value": finding.value,
            "details": _json(finding.details),
            "message_zh": finding.message(),
            "project_id": finding.project_id,
            "reason": acceptance.reasons.get(finding.key, acceptance.reason) if finding.level == EXPLAIN else "",
        }
        for number, finding in enumerate(acceptance.submission.findings, 1)
    ]


def _target_rows(acceptance: Acceptance) -> Rows:
    return [
        {"submission_id": acceptance.submission_id, **asdict(target), "value": str(storable("value", target.value))}
        for target in acceptance.submission.targets
    ]


def _permit_rows(acceptance: Acceptance) -> Rows:
    rows = [asdict(reading) for reading in acceptance.submission.permits]
    return [
        {"submission_id": acceptance.submission_id, "document_number": row.pop("number"), **row, "number": place}
        for place, row in enumerate(rows, 1)
    ]


def _land_rows(acceptance: Acceptance) -> Rows:
    return [
        {"submission_id": acceptance.submission_id, "number": place, **_stored_areas(reading)}
        for place, reading in enumerate(acceptance.submission.land, 1)
    ]


def _stored_areas(reading: LandReading) -> dict[str, Any]:
    row = asdict(reading)
    try:
        areas = {name: storable(name, row[name]) for name in LAND_AREAS}
    except OutOfRange as error:
        raise OutOfRange(f"{reading.sheet} {reading.cell} {error}") from error
    return {**row, **{name: None if area is None else str(area) for name, area in areas.items()}}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
