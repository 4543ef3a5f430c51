"""Which accounts and passwords are refused, how long a failure closes an account, when a sign-in is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.accounts import Account, fault_of_account, fault_of_password, is_over, wait_after
from domain.scope import Scope

NINE = datetime(2024, 9, 2, 9, 0)


@pytest.mark.parametrize(
    ("account", "fault"),
    [
        (Account("wang.li", "reporter", "binhai"), None),
        (Account("王丽", "checker"), None),
        (Account("li@example.cn", "administrator"), None),
        (Account("x", "viewer"), "bad_name"),
        (Account("wang li", "viewer"), "bad_name"),
        (Account("../etc", "viewer"), "bad_name"),
        (Account("<b>x</b>", "viewer"), "bad_name"),
        (Account("a" * 65, "viewer"), "bad_name"),
        (Account("wang", "office"), "unknown_role"),
        (Account("wang", "chief"), "unknown_role"),
        (Account("wang", "reporter"), "no_district"),
        (Account("wang", "reporter", "zone"), "no_district"),
        (Account("wang", "viewer", "binhai"), "needs_no_district"),
    ],
)
def test_accounts_that_are_refused(account: Account, fault: str | None) -> None:
    """A reporter has one district, all others none; nobody is made the office."""
    assert fault_of_account(account) == fault


@pytest.mark.parametrize(
    ("password", "before", "fault"),
    [
        ("黄海之滨2024春风又绿", "", None),
        ("correct horse battery", "", None),
        ("abcdefghijkl", "", None),
        ("abcdefghijk", "", "bad_length"),
        ("", "", "bad_length"),
        ("x1y2z" * 26, "", "bad_length"),
        ("my-WangLi-2024", "", "holds_name"),
        ("aaaaaaaaaaaa", "", "too_simple"),
        ("121212121212", "", "too_simple"),
        ("correct horse battery", "correct horse battery", "same_password"),
    ],
)
def test_passwords_that_are_refused(password: str, before: str, fault: str | None) -> None:
    """Twelve characters of at least five kinds, without the account's name, and not the one before."""
    assert fault_of_password("wangli", password, before) == fault


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (9, 120), (10**6, 120)])
def test_waits_grow(failures: int, minutes: int) -> None:
    """Four are free; from the fifth on the wait doubles, up to two hours."""
    assert wait_after(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("opened", "seen", "expected"),
    [(0, 0, False), (30, 30, False), (31, 31, True), (60, 1, False), (12 * 60, 0, False), (12 * 60 + 1, 0, True)],
)
def test_a_sign_in_ends(opened: int, seen: int, expected: bool) -> None:
    """Half an hour without a click, or twelve hours; in minutes ago."""
    assert is_over(NINE - timedelta(minutes=opened), NINE - timedelta(minutes=seen), NINE) is expected


def test_an_account_makes_its_scope() -> None:
    """A reporter of 滨海 reads 滨海, and writes under its own name."""
    assert Account("wang", "reporter", "binhai", "王").scope == Scope("reporter", ("binhai",), "wang")
