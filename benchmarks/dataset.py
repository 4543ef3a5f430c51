"""A made-up year of many projects, accepted through the same door as real returns."""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.bodies import DISTRICT_CODES
from domain.identity import project_id_of
from domain.periods import Period
from domain.submissions import (
    ANNUAL_NODE_PLAN,
    ANNUAL_TARGETS,
    PROJECTS,
    ColumnReading,
    NodeReading,
    RowReading,
    Submission,
    TableReading,
    TargetReading,
)
from storage.accepting import accept_submission
from storage.engine import open_database

YEAR = 2024
SEED = 20241225
ISSUES = (None, "无", "供电接入方案未批复", "企业资金紧张", "土地指标不足，用地组卷尚未完成")
LEVELS = ("firm", "county", "new_area", "city", "province")
COLUMNS = [
    ColumnReading(letter, field, field, "万元" if field.endswith("_wan") else None, "exact")
    for letter, field in zip(
        "ABCDEFGHIJKL",
        ("project_name", "stage", "total_investment_wan", "annual_plan_wan", "investment_ytd_wan", "signed_date",
         "planned_start_date", "start_date", "planned_completion_date", "completion_date", "issue_text", "escalation_level"),
        strict=True,
    )
]  # fmt: skip


def build(database: Path, projects: int) -> None:
    """Accept twelve months of returns of both districts, with this many projects in all, and targets."""
    chance = random.Random(SEED)
    lives = [_life(number, chance) for number in range(projects)]
    db = open_database(database)
    try:
        for period in Period(YEAR, 12).year_so_far():
            for body in DISTRICT_CODES:
                rows = [_row(life, number, period) for number, life in enumerate(lives) if life["body"] == body]
                _accept(db, Submission(f"{body}{period}.xlsx", "", body=body, period=period,
                                       tables=[TableReading("项目", PROJECTS, "", "万元", COLUMNS, rows)]))  # fmt: skip
        targets = [
            TargetReading(code, body, Decimal(max(projects // 3, 1)), "个", "目标", "C4", "")
            for code in ("signed", "signed_1bn", "started", "completed")
            for body in ("zone", *DISTRICT_CODES)
        ]
        _accept(db, Submission("目标.xlsx", "", ANNUAL_TARGETS, "zone", Period(YEAR, 1), targets=targets))
        nodes = [node for number, life in enumerate(lives) for node in _nodes(life, number)]
        _accept(db, Submission("节点.xlsx", "", ANNUAL_NODE_PLAN, "zone", Period(YEAR, 1), nodes=nodes))
    finally:
        db.close()


def _accept(db: Any, submission: Submission) -> None:
    content = submission.file_name.encode()
    submission.sha256 = hashlib.sha256(content).hexdigest()
    accept_submission(db, submission, content, reason="测速", accepted_at=datetime(YEAR, 12, 31, 12))


def _life(number: int, chance: random.Random) -> dict[str, Any]:
    """Dates and amounts of one project: signed within three years, started and completed with the usual delays."""
    body = DISTRICT_CODES[number % 2]
    signed = date(YEAR - 2, 1, 1) + timedelta(days=chance.randrange(1095))
    start = signed + timedelta(days=chance.randrange(60, 400))
    completion = start + timedelta(days=chance.randrange(200, 700))
    return {
        "body": body,
        "name": f"年产{number}万件测速产品项目",
        "signed": signed,
        "planned_start": start - timedelta(days=chance.randrange(-30, 120)),
        "start": start,
        "planned_completion": completion - timedelta(days=chance.randrange(-30, 200)),
        "completion": completion,
        "total": Decimal(chance.randrange(10_000, 400_000)),
        "category": chance.choice(("traditional", "emerging")),
        "issue": chance.choice(ISSUES),
        "level": chance.choice(LEVELS),
    }


def _nodes(life: dict[str, Any], number: int) -> list[NodeReading]:
    """The nodes that the year's plan names of a project: its planned start and completion, of this year alone."""
    return [
        NodeReading(
            project_id_of(life["body"], life["name"]), life["name"], life["body"], node, day, day.isoformat(), "day",
            is_done=False, sheet="计划", cell=f"{letter}{number + 3}",
        )
        for node, letter in (("start", "G"), ("completion", "I"))
        if (day := life[f"planned_{node}"]).year == YEAR
    ]  # fmt: skip


def _row(life: dict[str, Any], number: int, period: Period) -> RowReading:
    """What a return of the period says of a project; before it was signed its signing is still to come."""
    cut_off = period.last_day
    started = life["start"] if life["start"] <= cut_off else None
    completed = life["completion"] if life["completion"] <= cut_off else None
    plan = (life["total"] / 3).quantize(Decimal(1))
    ytd = (plan * period.month / 14).quantize(Decimal(1)) if started else Decimal(0)
    values: dict[str, Any] = {
        "project_name": life["name"],
        "district": life["body"],
        "category": life["category"],
        "stage": "completed" if completed else "building" if started else "signed",
        "total_investment_wan": life["total"],
        "annual_plan_wan": plan,
        "investment_ytd_wan": ytd,
        "progress_text": f"完成{period.month}月节点",
        "issue_text": life["issue"],
        "escalation_level": life["level"] if life["issue"] else None,
    }
    for name, day in (
        ("signed_date", life["signed"] if life["signed"] <= cut_off else None),
        ("planned_start_date", life["planned_start"]),
        ("start_date", started),
        ("planned_completion_date", life["planned_completion"]),
        ("completion_date", completed),
    ):
        values |= {name: day, f"{name}_text": day and day.isoformat(), f"{name}_precision": day and "day"}
    texts = (life["name"], *("" for _ in COLUMNS[1:]))
    return RowReading(number + 3, values, texts, project_id=project_id_of(life["body"], life["name"]))
