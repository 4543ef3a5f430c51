"""Park tenants: their states month by month, and since when each is in its own, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from ledger_frames import rows_of

from domain.ledgers.tenants import TENANTS, standing_tenants, tenant_figures, tenant_months
from domain.periods import Period

DECEMBER = Period(2024, 12)
R, F, P = "registered", "fitting_out", "in_production"


def tenant(month: int, name: str, state: str | None) -> dict[str, Any]:
    return {"period": f"2024-{month:02}", "tenant_name": name, "park_name": "园", "tenant_state": state}


# what it is, (month, state) of each list that names the tenant, since when in the state of December
SINCE = (
    ("one list alone", ((12, F),), "2024-12"),
    ("the first of the lists in a row", ((3, R), (6, F), (9, F), (12, F)), "2024-06"),
    ("it changed this month", ((9, R), (12, F)), "2024-12"),
    ("a state that it had before, and left, does not count", ((3, F), (6, R), (9, F), (12, F)), "2024-09"),
    ("a list that does not say its state is a break", ((6, F), (9, None), (12, F)), "2024-12"),
    ("a list without it is a break", ((3, F), (9, F), (12, F)), "2024-09"),
    ("nobody says its state", ((9, F), (12, None)), None),
)


@pytest.mark.parametrize(("said", "expected"), [each[1:] for each in SINCE], ids=[each[0] for each in SINCE])
def test_since(said: tuple[tuple[int, str | None], ...], expected: str | None) -> None:
    """Lists are of March, June, September and December, and all name another tenant; the months between have none."""
    others = [tenant(month, "乙", P) for month in (3, 6, 9, 12) if month >= said[0][0]]
    frame = rows_of(TENANTS, *(tenant(month, "甲", state) for month, state in said), *others)
    assert standing_tenants(frame, DECEMBER).set_index("tenant_name").loc["甲", "since"] == expected


def test_what_came_later_is_not_known_yet() -> None:
    """As of June nothing of September counts."""
    frame = rows_of(TENANTS, tenant(3, "甲", R), tenant(6, "甲", R), tenant(9, "甲", F))
    found = standing_tenants(frame, Period(2024, 6))
    assert found[["tenant_state", "since"]].to_numpy().tolist() == [[R, "2024-03"]]
    assert tenant_months(frame, Period(2024, 6))["month"].tolist() == ["2024-06", "2024-03"]


def test_those_furthest_on_stand_first() -> None:
    """In the order of the list within a state; those of no state last."""
    rows = (("甲", None), ("乙", R), ("丙", P), ("丁", R), ("戊", F))
    found = standing_tenants(rows_of(TENANTS, *(tenant(12, *each) for each in rows)), DECEMBER)
    assert found["tenant_name"].tolist() == ["丙", "戊", "乙", "丁", "甲"]


def test_months() -> None:
    """A month with a list a row, the newest first; nobody said that the others had none."""
    rows = (tenant(3, "甲", R), tenant(12, "甲", P), tenant(12, "乙", F), tenant(12, "丙", F), tenant(12, "丁", None))
    found = tenant_months(rows_of(TENANTS, *rows), DECEMBER)
    assert found[["month", "tenants", P, F, R, "untold"]].to_numpy().tolist() == [["2024-12", 4, 1, 2, 0, 1], ["2024-03", 1, 0, 0, 1, 0]]


def test_figures() -> None:
    """The month's list alone; without one nothing is said, and no tenant is no zero."""
    frame = rows_of(TENANTS, tenant(9, "甲", R), tenant(12, "甲", P), tenant(12, "乙", F))
    assert [each.value for each in tenant_figures(frame, DECEMBER)] == [2, 1, 1, 0]
    assert [each.value for each in tenant_figures(frame, Period(2024, 11))] == [None] * 4
    for empty in (tenant_months, standing_tenants):
        assert empty(rows_of(TENANTS), DECEMBER).empty
