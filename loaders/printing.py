"""A reading for other programs (JSON) and for a person at the command line (text)."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from domain.bodies import body_name
from domain.findings import LEVELS, Finding
from domain.permit_steps import APPLIED, GRANTED, NOT_APPLIED, NOT_NEEDED
from domain.submissions import LandReading, PermitReading, RowReading, Submission, TableReading


def submission_as_json(submission: Submission) -> dict[str, Any]:
    """Tables and findings as plain values: numbers in 万元, dates as ISO text, districts by their Chinese names."""
    return {
        "file": submission.file_name,
        "sha256": submission.sha256,
        "kind": submission.kind,
        "is_acceptable": submission.is_acceptable,
        "tables": [_table(submission, table) for table in submission.tables],
        "permits": [_reading(each) for each in submission.permits],
        "land": [_reading(each) for each in submission.land],
        "findings": [_finding(found) for found in submission.findings],
        "suggestions": [
            {"sheet": each.sheet, "cell": each.cell, "name": each.name, "known": each.known_name, "score": each.score}
            for each in submission.suggestions
        ],
    }


def submission_as_text(submission: Submission) -> str:
    """Some lines on what was read, then the findings, errors first."""
    lines = [
        f"{submission.file_name}：{_body(submission)} {submission.period or '报告期不明'}，"
        f"{'可以接收' if submission.is_acceptable else '不能接收'}"
    ]
    for table in submission.tables:
        read = sum(1 for column in table.columns if column.field)
        lines.append(
            f"  工作表“{table.sheet}”：{len(table.rows)} 行，{read}/{len(table.columns)} 栏，单位 {table.unit or '—'}"
        )
    lines += [f"  {line}" for line in _permits_as_lines(submission)]
    lines += [f"  {line}" for line in findings_as_lines(submission.findings)]
    return "\n".join(lines)


def findings_as_lines(findings: list[Finding]) -> list[str]:
    """One line a finding: level, place, sentence; in the order of the levels."""
    ordered = sorted(findings, key=lambda found: LEVELS.index(found.level))
    return [f"[{found.level}] {found.sheet} {found.cell} {found.message()}" for found in ordered]


def _permits_as_lines(submission: Submission) -> list[str]:
    """How many steps and areas were read, where the return speaks of them."""
    states = Counter(each.state for each in submission.permits)
    words = {GRANTED: "已取得", APPLIED: "已申报", NOT_APPLIED: "未申报", NOT_NEEDED: "无需办理"}
    said = "，".join(f"{word} {states[state]}" for state, word in words.items() if states[state])
    lines = [f"手续：{len(submission.permits)} 项，{said}"] if submission.permits else []
    return [*lines, f"用地：{len(submission.land)} 个项目"] if submission.land else lines


def _reading(each: PermitReading | LandReading) -> dict[str, Any]:
    return {name: body_name(value) if name == "district" else _plain(value) for name, value in asdict(each).items()}


def _table(submission: Submission, table: TableReading) -> dict[str, Any]:
    columns = [{"column": each.column, "heading": each.heading, "field": each.field} for each in table.columns]
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "body": _body(submission),
        "period": str(submission.period) if submission.period else None,
        "unit": table.unit,
        "columns": columns,
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: RowReading) -> dict[str, Any]:
    shown: dict[str, Any] = {"cell_row": row.cell_row}
    for name, value in row.values.items():
        shown[name] = body_name(value) if name == "district" and value else _plain(value)
    return shown


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "level": found.level,
        "sheet": found.sheet,
        "cell": found.cell,
        "field": found.field,
        "value": found.value,
        "message": found.message(),
    }


def _body(submission: Submission) -> str:
    return body_name(submission.body) if submission.body else "报送单位不明"
