"""What a ledger says in a few figures: those that its declaration makes, else how many rows and the sums of its amounts."""

from __future__ import annotations

import pandas as pd

from domain.bodies import ZONE
from domain.fields import AREA, MONEY, NUMBER
from domain.ledgers.declaration import Figure, Ledger, LedgerField
from domain.periods import Period

MOST_SUMS = 4
DISTRICT = "district"  # the field in which a zone-wide ledger says whose a row is


def rows_of_body(ledger: Ledger, frame: pd.DataFrame, body: str) -> pd.DataFrame:
    """The rows of a body: those that it sent, or that a ledger of the whole zone says are its; all for the zone."""
    if body == ZONE.code:
        return frame
    if not ledger.is_zone_wide:
        return frame[frame["body"] == body]
    return frame[frame[DISTRICT] == body] if ledger.field(DISTRICT) else frame


def standing_rows(ledger: Ledger, frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows that are of the period: of a monthly ledger that month's alone, else all that the view gives."""
    return frame[frame["period"] == str(period)] if ledger.is_monthly else frame


def summarise(ledger: Ledger, frame: pd.DataFrame, period: Period) -> list[Figure]:
    """The figures of a ledger's rows, all months up to the period given; without a summary of its own, counts and sums."""
    if ledger.summary is not None:
        return ledger.summary(frame, period)
    rows = standing_rows(ledger, frame, period)
    amounts = [field for field in ledger.fields if field.kind in (MONEY, AREA, NUMBER)][:MOST_SUMS]
    return [
        Figure("条数", "rows", count_of(rows), NUMBER, rows=tuple(rows.index)),
        *(_total(field, rows[field.name]) for field in amounts),
    ]


def _total(field: LedgerField, values: pd.Series) -> Figure:
    return Figure(field.heading, field.english, total_of(values), field.kind, rows=tuple(values.dropna().index), of=(field.name,))


def count_of(rows: pd.DataFrame) -> int | None:
    """How many rows; None for an empty list, which says nothing."""
    return len(rows) or None


def total_of(values: pd.Series) -> float | None:
    """The sum of what is known; None where nothing is."""
    known = values.dropna()
    return None if known.empty else float(known.sum())
