"""The ledgers of the office beside the monthly return: one module and one line here for each."""

from __future__ import annotations

from domain.fields import Field, find_field
from domain.ledgers.chains import CHAINS
from domain.ledgers.declaration import PREFIX, Choice, Digest, DigestColumn, Figure, Ledger, LedgerField
from domain.ledgers.events import EVENTS
from domain.ledgers.firms import FIRMS
from domain.ledgers.published import PUBLISHED
from domain.ledgers.tenants import TENANTS
from domain.ledgers.visits import VISITS
from domain.ledgers.works import WORKS

__all__ = [
    "LEDGERS",
    "Choice",
    "Digest",
    "DigestColumn",
    "Figure",
    "Ledger",
    "LedgerField",
    "find_declared",
    "find_ledger",
    "is_of_ledger",
]

LEDGERS = {ledger.code: ledger for ledger in (FIRMS, WORKS, EVENTS, VISITS, TENANTS, CHAINS, PUBLISHED)}


def find_ledger(kind: str) -> Ledger | None:
    """The ledger whose return or table is of this kind; None for any other form."""
    return LEDGERS.get(kind.removeprefix(PREFIX)) if kind.startswith(PREFIX) else None


def is_of_ledger(name: str) -> bool:
    """Whether a field is one of a ledger's."""
    return any(ledger.field(name) for ledger in LEDGERS.values())


def find_declared(name: str) -> Field | None:
    """The declaration of a field of any form or ledger, None for none; a name means the same in all of them."""
    found = (ledger.field(name) for ledger in LEDGERS.values())
    return find_field(name) or next((field for field in found if field), None)


def english_heading(heading: str) -> str | None:
    """The English heading of a ledger's field; None for any other text."""
    fields = (field for ledger in LEDGERS.values() for field in ledger.fields)
    return next((field.english for field in fields if field.heading == heading), None)
