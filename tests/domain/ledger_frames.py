"""Frames of a ledger's rows made by hand, as the view gives them, joined with the states of projects."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.fields import DATE
from domain.ledgers import Ledger
from domain.ledgers.joining import join_projects
from tests.domain.frames import states_of


def rows_of(ledger: Ledger, *rows: dict[str, Any], projects: tuple[dict[str, Any], ...] = ()) -> pd.DataFrame:
    """A row a dict (dates as ISO texts); unless said otherwise sent by the zone for 2024-12."""
    names = ["body", "period", "row_key", *(name for field in ledger.fields for name, _ in field.columns)]
    unknown = {name for row in rows for name in row} - set(names)
    assert not unknown, unknown
    frame = pd.DataFrame([{"body": "zone", "period": "2024-12", "row_key": ledger.row_key(row)} | row for row in rows], columns=names, dtype=object)
    numbers = {field.name: "float64" for field in ledger.fields if field.is_number}
    days = {field.name: pd.to_datetime(frame[field.name]).astype("datetime64[s]") for field in ledger.fields if field.kind == DATE}
    return join_projects(ledger, frame.astype(numbers).assign(**days), states_of(list(projects)))
