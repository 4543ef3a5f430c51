"""Words on permits and land made by hand, with the columns and kinds of ``storage.queries.permit_words`` and ``land_words``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.land import WORD_COLUMNS as LAND_COLUMNS
from domain.permit_words import WORD_COLUMNS

DATES = ("on_date", "applied_date", "due_date", "granted_date", "recorded_at")
NUMBERS = ("wanted_mu", "applied_mu", "granted_mu")
DEFAULTS: dict[str, Any] = {
    "project_id": "p1", "project_name": "项目1", "body": "binhai", "step": "construction_permit", "state": "applied",
    "on_date": "2024-06-30", "source": "ledger", "submission_id": "s1", "receipt_number": "2024-06-滨海-手续-01",
    "file_name": "手续台账.xlsx", "sheet": "手续", "cell": "D5",
}  # fmt: skip


def permit_words_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """One word on a step a dict, filled up, in the order in which they count; dates are ISO texts or dates."""
    return _frame(rows, WORD_COLUMNS)


def land_words_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """One word on land a dict, filled up, in the order in which they count."""
    return _frame(rows, LAND_COLUMNS)


def _frame(rows: tuple[dict[str, Any], ...], columns: tuple[str, ...]) -> pd.DataFrame:
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, unknown
    made = {}
    for name in columns:
        if name == "position":
            made[name] = pd.Series(range(1, len(rows) + 1), dtype="int64")
        elif name in DATES:
            values = [row.get(name, DEFAULTS.get(name)) for row in rows]
            made[name] = pd.Series(pd.to_datetime(values), dtype="datetime64[us]")
        elif name in NUMBERS:
            made[name] = pd.Series([row.get(name) for row in rows], dtype="float64")
        else:
            made[name] = pd.Series([row.get(name, DEFAULTS.get(name, "")) for row in rows], dtype="str")
    return pd.DataFrame(made)
