"""For whom and as of what a query reads."""

from __future__ import annotations

import pytest

from domain.periods import Period
from domain.scope import OFFICE, Record, Scope, scope_of

ALL = ("binhai", "xiangshui", "zone")


def test_the_office_reads_all_bodies() -> None:
    """Until accounts exist everybody is the office; a district reads its own figures only."""
    assert all(OFFICE.allows(body) for body in ALL)
    district = Scope("reporter", ("binhai",))
    assert district.allows("binhai")
    assert not district.allows("xiangshui")


@pytest.mark.parametrize(
    ("role", "body", "bodies"),
    [("reporter", "binhai", ("binhai",)), ("checker", "", ALL), ("meeting", "", ALL), ("viewer", "", ALL), ("administrator", "", ALL)],
)
def test_a_scope_is_made_of_role_and_district(role: str, body: str, bodies: tuple[str, ...]) -> None:
    """A reporter's is its district, everybody else's is the whole zone; the name goes into what is recorded."""
    assert scope_of(role, body, "王") == Scope(role, bodies, "王")


@pytest.mark.parametrize(
    ("role", "body", "actor"),
    [("reporter", "", "王"), ("reporter", "zone", "王"), ("reporter", "nowhere", "王"), ("viewer", "binhai", "王"), ("chief", "", "王"), ("viewer", "", "")],
)
def test_no_scope_is_made_of_what_does_not_fit(role: str, body: str, actor: str) -> None:
    """A reporter of no district would read the whole zone: it is refused, as is an unknown role and nobody."""
    with pytest.raises(ValueError, match="no scope"):
        scope_of(role, body, actor)


def test_what_is_remembered_is_nobodys() -> None:
    """Two people of one role and district share a key; another district or role does not."""
    first, second = scope_of("reporter", "binhai", "王"), scope_of("reporter", "binhai", "李")
    assert first != second
    assert first.nameless == second.nameless
    assert {each.nameless for each in (first, scope_of("reporter", "xiangshui", "王"), scope_of("viewer", "", "王"))} == {
        Scope("reporter", ("binhai",), ""), Scope("reporter", ("xiangshui",), ""), Scope("viewer", ALL, ""),
    }  # fmt: skip


def test_a_record_is_a_key() -> None:
    """Two records of the same period and rules are equal and hash alike, which the cache relies on."""
    assert {Record(Period(2024, 8)), Record(Period(2024, 8), "newest", "zone@1")} == {Record(Period(2024, 8))}
