"""Which lists of the monthly ledgers are owed, and by whom."""

from __future__ import annotations

import pytest

from domain.ledgers import LEDGERS
from domain.monthly_lists import lists_owed
from domain.periods import Period

FIRMS, TENANTS, VISITS = (LEDGERS[code].kind for code in ("firms", "tenants", "visits"))


@pytest.mark.parametrize(
    ("beginnings", "owed"),
    [
        ({}, []),
        ({FIRMS: "2024-03"}, [(FIRMS, "binhai"), (FIRMS, "xiangshui")]),
        ({FIRMS: "2024-04"}, []),
        ({TENANTS: "2023-12"}, [(TENANTS, "zone")]),
        ({VISITS: "2024-01"}, []),
        ({TENANTS: "2024-01", FIRMS: "2024-01"}, [(FIRMS, "binhai"), (FIRMS, "xiangshui"), (TENANTS, "zone")]),
    ],
)
def test_lists_owed(beginnings: dict[str, str], owed: list[tuple[str, str]]) -> None:
    """Of ledgers declared as monthly, from the first month on record; each district's or the office's one."""
    assert [(each.kind, each.body) for each in lists_owed(beginnings, Period(2024, 3))] == owed
