"""Signing in with name and password: the one place where a password is checked; each try goes to the record of use."""

from __future__ import annotations

from datetime import datetime, timedelta

from cachetools import TTLCache

from domain.accounts import Account
from storage.accepting import NotAcceptable
from storage.access import SIGN_IN_CLOSED, SIGN_IN_FAILED, SIGNED_IN, note_access
from storage.accounts import change_password, disable_account, find_account, is_password, reset_password
from storage.engine import Database
from storage.sessions import end_sessions_of, forget_failures, note_failure, open_session, wait_left

WRONG, CLOSED = "wrong", "closed"
# Tries of a closed account are noted once a minute: they cost nothing to make and must not fill a disk.
MOST_NAMES, NOTED_EVERY = 1000, timedelta(minutes=1)
_noted: TTLCache[str, bool] = TTLCache(MOST_NAMES, NOTED_EVERY.total_seconds())


def check_password(db: Database, name: str, password: str, *, now: datetime, address: str = "") -> Account:
    """The account that a name and password open. Raises NotAcceptable, with the sentence for the screen.

    The same sentence for an unknown name, a wrong password and a disabled account; while an account is closed after
    failures its password is not even looked at.
    """
    if left := wait_left(db.path, name, now=now):
        _note_closed(db, name, now, address)
        minutes = -(-int(left.total_seconds()) // 60)
        raise NotAcceptable(
            f"登录失败次数过多，请 {minutes} 分钟后再试，或请管理员重设密码。",
            f"Too many failures: try again in {minutes} minutes, or ask an administrator for a new password.",
        )
    is_right = is_password(db, name, password)
    account = find_account(db, name)
    if not is_right or account is None or not account.is_enabled:
        note_failure(db.path, name, now=now)
        # Not what was typed for a name that there is not: it may have been a password.
        _note(db, SIGN_IN_FAILED, account.name if account else "", now, address, reason=WRONG)
        if account and wait_left(db.path, name, now=now):
            _note(db, SIGN_IN_CLOSED, account.name, now, address)
        raise NotAcceptable("账号或密码不正确，或账号已停用。", "Wrong name or password, or the account is disabled.")
    forget_failures(db.path, name)
    return account


def sign_in(db: Database, name: str, password: str, *, now: datetime, address: str = "") -> str:
    """Check a password and begin a sign-in; returns its token. Raises NotAcceptable.

    Also for a password that somebody else set: it opens nothing but its own change (``sign_in_anew``).
    """
    account = check_password(db, name, password, now=now, address=address)
    if account.must_change:
        raise MustChange
    return _begin(db, account.name, now, address)


def sign_in_anew(
    db: Database, name: str, password: str, new_password: str, *, now: datetime, address: str = ""
) -> str:
    """Check a password, replace it, end all sign-ins of the account and begin one. Raises NotAcceptable."""
    account = check_password(db, name, password, now=now, address=address)
    change_password(db, account.name, password, new_password, recorded_at=now)
    end_sessions_of(db.path, account.name)
    return _begin(db, account.name, now, address)


def give_password(db: Database, name: str, password: str, *, actor: str, recorded_at: datetime) -> None:
    """Replace an account's password, end its sign-ins, and let it be tried again at once. Raises NotAcceptable."""
    reset_password(db, name, password, actor=actor, recorded_at=recorded_at)
    end_sessions_of(db.path, name)
    forget_failures(db.path, name)


def shut_out(db: Database, name: str, *, actor: str, recorded_at: datetime) -> None:
    """Disable an account and end its sign-ins. Raises NotAcceptable."""
    disable_account(db, name, actor=actor, recorded_at=recorded_at)
    end_sessions_of(db.path, name)


def _begin(db: Database, name: str, now: datetime, address: str) -> str:
    token = open_session(db.path, name, now=now)
    _note(db, SIGNED_IN, name, now, address)
    return token


def _note(db: Database, event: str, name: str, now: datetime, address: str, **said: str) -> None:
    note_access(db.path, event, name, at=now, address=address, **said)


def _note_closed(db: Database, name: str, now: datetime, address: str) -> None:
    known = find_account(db, name)
    if known and _noted.get(f"{db.path} {name}") is None:
        _noted[f"{db.path} {name}"] = True
        _note(db, SIGN_IN_FAILED, name, now, address, reason=CLOSED)


class MustChange(NotAcceptable):
    """The password is right and was set by somebody else: its owner gives another one first."""

    def __init__(self) -> None:
        super().__init__(
            "首次登录或密码已被重设，请设置新密码。", "The first sign-in, or a reset: give a new password."
        )
