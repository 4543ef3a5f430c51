"""Accounts of works made by hand, with the columns of the ledger of works."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from domain.fields import DATE
from domain.ledgers.works import WORKS

KINDS: dict[str, Any] = {
    name: "float64" if field.is_number else "datetime64[s]" if field.kind == DATE and name == field.name else "object"
    for field in WORKS.fields
    for name, _ in field.columns
}
DAY = date(2024, 12, 26)


def accounts_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """An account a dict; unless said otherwise of the whole of 甲路, of 2024-12-26, each from a source of its own."""
    usual = {"work_name": "甲路", "work_part": "整体", "said_date": DAY, "said_text": "说", "body": "zone", "period": "2024-12"}
    filled = [{"work_source": f"来源{number}"} | usual | row for number, row in enumerate(rows, 1)]
    frame = pd.DataFrame(filled, columns=[*KINDS, "body", "period"]).astype(KINDS)
    return frame.assign(row_key=frame["work_name"] + "|" + frame["work_part"] + "|" + frame["work_source"])


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, None for what is missing."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")
