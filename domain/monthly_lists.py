"""Which of the office's monthly ledgers (domain/ledgers) are owed for a period, and by whom: followed up as the returns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.bodies import DISTRICT_CODES, ZONE
from domain.ledgers import LEDGERS, Ledger
from domain.periods import Period


@dataclass(frozen=True, slots=True)
class OwedList:
    """A month's list of a ledger that a body owes; due on the day of the monthly returns."""

    ledger: Ledger
    body: str

    @property
    def kind(self) -> str:
        return self.ledger.kind


def lists_owed(
    beginnings: Mapping[str, str], period: Period, ledgers: Mapping[str, Ledger] = LEDGERS
) -> list[OwedList]:
    """The lists owed for a period, by ledger and in it by district; of the zone where the office keeps one list.

    ``beginnings``: kind -> the first period on record. A ledger that never came in is not in use, and before its first
    month nothing of it is owed.
    """
    return [
        OwedList(ledger, body)
        for ledger in ledgers.values()
        if ledger.is_monthly and beginnings.get(ledger.kind, "9999-12") <= str(period)
        for body in ((ZONE.code,) if ledger.is_zone_wide else DISTRICT_CODES)
    ]
