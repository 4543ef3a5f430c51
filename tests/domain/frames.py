"""Frames of projects made by hand, with the columns and kinds of ``storage.queries.project_states``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.fields import stored_columns

KINDS = {"VARCHAR": "object", "DATE": "datetime64[us]"}  # of the fields; amounts are float64
COLUMNS: dict[str, str] = {
    **dict.fromkeys(("period", "project_id", "body", "kind", "first_period", "last_period", "submission_id"), "object"),
    "table_number": "int32",
    "sheet": "object",
    "cell_row": "int32",
    "is_reported": "bool",
    "is_body_reported": "bool",
    **{name: KINDS.get(sql_type, "float64") for name, sql_type in stored_columns()},
    "first_planned_start_date": "datetime64[us]",
    "first_planned_start_precision": "object",
    "planned_start_changes": "int64",
    "first_planned_completion_date": "datetime64[us]",
    "first_planned_completion_precision": "object",
    "planned_completion_changes": "int64",
    **dict.fromkeys(("first_stage_period", "in_production_period", "at_capacity_period"), "object"),
}
MISSING = {"object": None, "datetime64[us]": None, "float64": None, "int32": 1, "int64": 0, "bool": True}


def states(**columns: Any) -> pd.DataFrame:
    """One project for each value of the lists given; a single value holds for all. Dates are ISO texts.

    Every other column is empty; unless said otherwise a project is an industrial one of 滨海, reported, named 项目1 on,
    and its first promises are those of its latest plan.
    """
    count = max((len(values) for values in columns.values() if isinstance(values, list)), default=1 if columns else 0)
    return states_of([{name: _at(values, index) for name, values in columns.items()} for index in range(count)])


def states_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """One project a dict, filled up like ``states``."""
    unknown = {name for row in rows for name in row} - set(COLUMNS)
    assert not unknown, unknown
    filled = [_defaults(number, row) | row for number, row in enumerate(rows, 1)]
    made = {}
    for name, dtype in COLUMNS.items():
        values = [row.get(name, MISSING[dtype]) for row in filled]
        # Through datetime, so that a column without one date is one of dates all the same.
        made[name] = pd.Series(pd.to_datetime(values) if dtype.startswith("datetime") else values, dtype=dtype)
    return pd.DataFrame(made)


def names(frame: pd.DataFrame) -> list[str]:
    """The names of the projects, in the order of the rows."""
    return list(frame["project_name"])


def _at(values: Any, index: int) -> Any:
    return values[index] if isinstance(values, list) else values


def _defaults(number: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "project_id": f"p{number}",
        "project_name": f"项目{number}",
        "body": "binhai",
        "kind": "projects",
        "cell_row": number,
        **{f"first_planned_{milestone}_date": row.get(f"planned_{milestone}_date") for milestone in ("start", "completion")},
    }
