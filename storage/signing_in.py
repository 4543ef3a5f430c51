"""Signing in with name and password: the one place where a password is checked."""

from __future__ import annotations

from datetime import datetime

from domain.accounts import Account
from storage.accepting import NotAcceptable
from storage.accounts import change_password, find_account, is_password
from storage.engine import Database
from storage.sessions import end_sessions_of, forget_failures, note_failure, open_session, wait_left


def check_password(db: Database, name: str, password: str, *, now: datetime) -> Account:
    """The account that a name and password open. Raises NotAcceptable, with the sentence for the screen.

    The same sentence for an unknown name, a wrong password and a disabled account; while an account is closed after
    failures its password is not even looked at.
    """
    if left := wait_left(db.path, name, now=now):
        minutes = -(-int(left.total_seconds()) // 60)
        raise NotAcceptable(
            f"登录失败次数过多，请 {minutes} 分钟后再试，或请管理员重设密码。",
            f"Too many failures: try again in {minutes} minutes, or ask an administrator for a new password.",
        )
    is_right = is_password(db, name, password)
    account = find_account(db, name)
    if not is_right or account is None or not account.is_enabled:
        note_failure(db.path, name, now=now)
        raise NotAcceptable("账号或密码不正确，或账号已停用。", "Wrong name or password, or the account is disabled.")
    forget_failures(db.path, name)
    return account


def sign_in(db: Database, name: str, password: str, *, now: datetime) -> str:
    """Check a password and begin a sign-in; returns its token. Raises NotAcceptable.

    Also for a password that somebody else set: it opens nothing but its own change (``sign_in_anew``).
    """
    account = check_password(db, name, password, now=now)
    if account.must_change:
        raise MustChange
    return open_session(db.path, account.name, now=now)


def sign_in_anew(db: Database, name: str, password: str, new_password: str, *, now: datetime) -> str:
    """Check a password, replace it, end all sign-ins of the account and begin one. Raises NotAcceptable."""
    account = check_password(db, name, password, now=now)
    change_password(db, account.name, password, new_password, recorded_at=now)
    end_sessions_of(db.path, account.name)
    return open_session(db.path, account.name, now=now)


class MustChange(NotAcceptable):
    """The password is right and was set by somebody else: its owner gives another one first."""

    def __init__(self) -> None:
        super().__init__(
            "首次登录或密码已被重设，请设置新密码。", "The first sign-in, or a reset: give a new password."
        )
