"""Accounts: who has one, which passwords are refused, how long to wait after failures, how long a sign-in lasts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.bodies import DISTRICT_CODES
from domain.roles import ACCOUNT_ROLES, ROLES
from domain.scope import Scope, scope_of

ADDED, RESET, CHANGED, DISABLED, ENABLED = "added", "reset", "changed", "disabled", "enabled"
ACCOUNT_NAME = re.compile(r"[\w\u4e00-\u9fff][\w.@\u4e00-\u9fff-]{1,63}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
# So many different characters make a password that is not a key held down.
LEAST_DIFFERENT = 5
# Five failures in a row close an account for a quarter of an hour, each further one for twice as long, up to two hours.
FREE_FAILURES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=2)
# A sign-in ends after half an hour without a click, and after twelve hours whatever is done.
IDLE_LIMIT, ABSOLUTE_LIMIT = timedelta(minutes=30), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; ``person`` is the name as people say it, ``body`` the district of a reporter."""

    name: str
    role: str
    body: str = ""
    person: str = ""
    is_enabled: bool = True
    must_change: bool = False

    @property
    def scope(self) -> Scope:
        """What the account may read, and the name under which it writes."""
        return scope_of(self.role, self.body, self.name)


def fault_of_account(account: Account) -> str | None:
    """What stands against a new account: its name, its role, or its district; None for nothing."""
    if not ACCOUNT_NAME.fullmatch(account.name):
        return "bad_name"
    if account.role not in ACCOUNT_ROLES:
        return "unknown_role"
    if ROLES[account.role].is_of_district:
        return None if account.body in DISTRICT_CODES else "no_district"
    return "needs_no_district" if account.body else None


def fault_of_password(account: str, password: str, before: str = "") -> str | None:
    """What stands against a new password; None for nothing. ``before`` is the one it replaces."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return "bad_length"
    if account.casefold() in password.casefold():
        return "holds_name"
    if len(set(password)) < LEAST_DIFFERENT:
        return "too_simple"
    return "same_password" if password == before else None


def wait_after(failures: int) -> timedelta:
    """How long nobody may try an account after so many failures in a row."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_WAIT)


def is_over(opened_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a sign-in has ended by one of its two limits."""
    return now - seen_at > IDLE_LIMIT or now - opened_at > ABSOLUTE_LIMIT
