"""For whom and as of what a query reads."""

from __future__ import annotations

from domain.periods import Period
from domain.scope import OFFICE, Record, Scope


def test_the_office_reads_all_bodies() -> None:
    """Until accounts exist everybody is the office; a district reads its own figures only."""
    assert all(OFFICE.allows(body) for body in ("binhai", "xiangshui", "zone"))
    district = Scope("district", ("binhai",))
    assert district.allows("binhai")
    assert not district.allows("xiangshui")


def test_a_record_is_a_key() -> None:
    """Two records of the same period and rules are equal and hash alike, which the cache relies on."""
    assert {Record(Period(2024, 8)), Record(Period(2024, 8), "newest", "zone@1")} == {Record(Period(2024, 8))}
