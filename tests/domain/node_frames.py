"""Node plans and returns made by hand, with the columns and kinds of ``storage.queries.nodes`` and ``node_reports``."""

from __future__ import annotations

from typing import Any

import pandas as pd

DATES = ("planned_date", "first_planned_date", "start_date", "completion_date")
PLAN_DEFAULTS: dict[str, Any] = {
    "project_id": "p1",
    "project_name": "项目1",
    "district": "binhai",
    "node": "start",
    "planned_date": None,
    "planned_text": "",
    "planned_precision": "month",
    "is_done": False,
    "sheet": "推进计划",
    "cell": "I4",
    "submission_id": "s1",
    "file_name": "推进计划表.xlsx",
    "is_in_plan": True,
    "first_planned_date": None,
    "first_planned_precision": "month",
    "first_sheet": "推进计划",
    "first_cell": "I4",
    "first_file_name": "推进计划表.xlsx",
    "changes": 0,
}
REPORT_DEFAULTS: dict[str, Any] = {
    "period": "2024-08",
    "project_id": "p1",
    "stage": None,
    "start_date": None,
    "start_date_precision": None,
    "completion_date": None,
    "completion_date_precision": None,
    "progress_text": None,
    "permit_text": None,
}


def plan_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """One planned node a dict, filled up; unless said otherwise its first date is that of the latest plan."""
    return _frame(
        [{**PLAN_DEFAULTS, "first_planned_date": row.get("planned_date"), **row} for row in rows], PLAN_DEFAULTS
    )


def reports_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """What one return said of one project a dict, filled up."""
    return _frame([{**REPORT_DEFAULTS, **row} for row in rows], REPORT_DEFAULTS)


def _frame(rows: list[dict[str, Any]], defaults: dict[str, Any]) -> pd.DataFrame:
    unknown = {name for row in rows for name in row} - set(defaults)
    assert not unknown, unknown
    made = {}
    for name, default in defaults.items():
        values = [row[name] for row in rows]
        if name in DATES:
            made[name] = pd.Series(pd.to_datetime(values), dtype="datetime64[us]")
        else:
            made[name] = pd.Series(values, dtype=type(default) if isinstance(default, bool | int) else object)
    return pd.DataFrame(made)
