"""Who may do what."""

from __future__ import annotations

import pytest

from domain.roles import ACCOUNT_ROLES, PERMISSIONS, ROLES, has_permission
from domain.scope import OFFICE, Scope

# The table as the office would check it: one line a permission, a mark for each role that has it.
TABLE = """
            reporter checker meeting viewer administrator office
read        x        x       -       x      x             x
sealed      -        x       x       x      x             x
export      x        x       -       -      x             x
upload      x        x       -       -      x             x
accept      x        x       -       -      x             x
withdraw    -        x       -       -      x             x
record      -        x       -       -      x             x
decide      -        x       -       -      x             x
seal        -        x       -       -      x             x
rule        -        -       -       -      x             x
lock        -        -       -       -      x             x
users       -        -       -       -      x             x
oversee     -        -       -       -      x             x
"""
HEAD, *LINES = (line.split() for line in TABLE.strip().splitlines())
CASES = [(role, line[0], mark == "x") for line in LINES for role, mark in zip(HEAD, line[1:], strict=True)]


@pytest.mark.parametrize(("role", "permission", "expected"), CASES)
def test_a_role_may_what_the_table_says(role: str, permission: str, expected: bool) -> None:
    """And what the table does not say it may not."""
    assert has_permission(role, permission) is expected
    assert Scope(role, ("binhai",)).may(permission) is expected


def test_the_table_is_whole() -> None:
    """Every role and every permission stands in it; nobody's role is given to an account."""
    assert set(HEAD) == set(ROLES)
    assert {line[0] for line in LINES} == {each.code for each in PERMISSIONS}
    assert set(ACCOUNT_ROLES) == set(ROLES) - {"office"}
    assert [code for code, role in ROLES.items() if role.is_of_district] == ["reporter"]
    assert OFFICE.actor == "office"


def test_who_is_unknown_may_nothing() -> None:
    """A role that is in no table has no permission; a permission that is in none is a slip of the code."""
    assert not any(has_permission("district", each.code) for each in PERMISSIONS)
    with pytest.raises(ValueError, match="no permission: 'reed'"):
        OFFICE.may("reed")
