"""Accounts in the database: appended events, the newest of each account counts; passwords as argon2id hashes, apart."""

from __future__ import annotations

import secrets
import threading
from datetime import datetime
from functools import partial

import duckdb
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from domain.accounts import (
    ADDED,
    CHANGED,
    DISABLED,
    ENABLED,
    LONGEST_PASSWORD,
    RESET,
    SHORTEST_PASSWORD,
    Account,
    fault_of_account,
    fault_of_password,
)
from storage.accepting import NotAcceptable, finish_write
from storage.engine import Database, read_version
from storage.refusals import refuse

ACCOUNTS = """
    SELECT account, role, body, person, kind <> 'disabled' AS is_enabled, must_change
    FROM (SELECT * FROM account_event WHERE kind IN ('added', 'disabled', 'enabled')
          QUALIFY row_number() OVER (PARTITION BY account ORDER BY sequence DESC) = 1)
    JOIN (SELECT account, must_change FROM account_password
          QUALIFY row_number() OVER (PARTITION BY account ORDER BY sequence DESC) = 1) USING (account)
    ORDER BY account
"""
MOST_TRIES = 20
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
HASH = "SELECT password_hash FROM account_password WHERE account = $1 ORDER BY sequence DESC LIMIT 1"
FAULTS = {
    "bad_name": (
        "账号名须为 2 至 64 个汉字、字母、数字或 . _ - @。",
        "A name has 2 to 64 letters, digits or . _ - @.",
    ),
    "unknown_role": ("没有这个角色。", "There is no such role."),
    "no_district": ("片区录入员须注明所属片区。", "A reporter needs a district."),
    "needs_no_district": ("只有片区录入员才注明片区。", "Only a reporter has a district."),
    "known_already": ("已有这个账号。", "There is such an account already."),
    "unknown_account": ("没有这个账号。", "There is no such account."),
    "is_so_already": ("账号已经是这个状态。", "The account is so already."),
    "last_administrator": (
        "这是最后一个启用的管理员账号，不能停用。",
        "This is the last administrator; it stays enabled.",
    ),
    "bad_length": (
        f"密码须为 {SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符。",
        f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
    ),
    "holds_name": ("密码不能包含账号名。", "A password must not hold the account's name."),
    "too_simple": (
        "密码过于简单，请使用更多不同的字符。",
        "The password is too simple: use more different characters.",
    ),
    "same_password": ("新密码不能与原密码相同。", "The new password must differ from the old one."),
}
_refuse = partial(refuse, FAULTS)
_hasher = PasswordHasher()
# Each check takes 64 MB for a moment: many at once must not take the machine.
_checking = threading.BoundedSemaphore(2)
# What the password of an unknown account is checked against, so that its answer takes as long as any.
_nobodys = _hasher.hash(secrets.token_hex(16))


def accounts(db: Database) -> list[Account]:
    """All accounts, by name, the disabled ones too."""
    with db.cursor() as cursor:
        return _accounts(cursor)


def find_account(db: Database, name: str) -> Account | None:
    """The account of a name; None for none."""
    return next((each for each in accounts(db) if each.name == name), None)


def add_account(db: Database, account: Account, password: str | None, *, actor: str, recorded_at: datetime) -> None:
    """Append a new account, whose password must be changed at the first sign-in. Raises NotAcceptable.

    None for an account that another system signs in (a proxy, a provider): no password opens it here.
    """
    _refuse(fault_of_account(account))
    _refuse(None if password is None else fault_of_password(account.name, password))
    password_hash = "" if password is None else hash_password(password)

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _refuse("known_already" if any(each.name == account.name for each in _accounts(cursor)) else None)
        _append(cursor, account, ADDED, actor, recorded_at)
        _append_password(cursor, account.name, password_hash, must_change=password is not None)

    db.write(store, after=lambda _: finish_write(db))


def reset_password(db: Database, name: str, password: str, *, actor: str, recorded_at: datetime) -> None:
    """Append a password that somebody else set; it must be changed at the next sign-in. Raises NotAcceptable."""
    _set_password(db, name, password, RESET, actor, recorded_at)


def change_password(db: Database, name: str, before: str, password: str, *, recorded_at: datetime) -> None:
    """Append a password that its owner set. Raises NotAcceptable; the old one is checked by who signs in."""
    _refuse(fault_of_password(name, password, before))
    _set_password(db, name, password, CHANGED, name, recorded_at)


def disable_account(db: Database, name: str, *, actor: str, recorded_at: datetime) -> None:
    """Append that an account may not sign in any more. Raises NotAcceptable, also for the last administrator."""
    _switch(db, name, DISABLED, actor, recorded_at)


def enable_account(db: Database, name: str, *, actor: str, recorded_at: datetime) -> None:
    """Append that an account may sign in again. Raises NotAcceptable."""
    _switch(db, name, ENABLED, actor, recorded_at)


def first_password(name: str) -> str:
    """A random password to hand to somebody, to be changed at the first sign-in; no letters that look like others."""
    password = ""
    # A name of two letters may be in one by chance; what is refused even so is told by who appends it.
    for _ in range(MOST_TRIES):
        password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
        if fault_of_password(name, password) is None:
            break
    return password


def is_password(db: Database, name: str, password: str) -> bool:
    """Whether this is the account's password; takes as long for an account that there is not."""
    with db.cursor() as cursor:
        row = cursor.execute(HASH, [name]).fetchone()
    try:
        with _checking:
            return _hasher.verify(row[0] if row else _nobodys, password[: LONGEST_PASSWORD + 1]) and row is not None
    except (Argon2Error, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its salt and cost."""
    with _checking:
        return _hasher.hash(password)


def _set_password(db: Database, name: str, password: str, kind: str, actor: str, at: datetime) -> None:
    _refuse(fault_of_password(name, password))
    password_hash = hash_password(password)

    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        _append(cursor, _known(cursor, name), kind, actor, at)
        _append_password(cursor, name, password_hash, must_change=kind == RESET)

    db.write(store, after=lambda _: finish_write(db))


def _switch(db: Database, name: str, kind: str, actor: str, at: datetime) -> None:
    def store(cursor: duckdb.DuckDBPyConnection) -> None:
        account = _known(cursor, name)
        _refuse("is_so_already" if account.is_enabled == (kind == ENABLED) else None)
        chiefs = [each.name for each in _accounts(cursor) if each.role == "administrator" and each.is_enabled]
        _refuse("last_administrator" if kind == DISABLED and chiefs == [name] else None)
        _append(cursor, account, kind, actor, at)

    db.write(store, after=lambda _: finish_write(db))


def _accounts(cursor: duckdb.DuckDBPyConnection) -> list[Account]:
    return [Account(*row) for row in cursor.execute(ACCOUNTS).fetchall()]


def _known(cursor: duckdb.DuckDBPyConnection, name: str) -> Account:
    account = next((each for each in _accounts(cursor) if each.name == name), None)
    if account is None:
        raise NotAcceptable(*FAULTS["unknown_account"])
    return account


def _append(cursor: duckdb.DuckDBPyConnection, account: Account, kind: str, actor: str, at: datetime) -> None:
    values = [read_version(cursor), account.name, kind, account.role, account.body, account.person.strip(), at, actor]
    cursor.execute("INSERT INTO account_event VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", values)


def _append_password(cursor: duckdb.DuckDBPyConnection, name: str, password_hash: str, *, must_change: bool) -> None:
    values = [read_version(cursor), name, password_hash, must_change]
    cursor.execute("INSERT INTO account_password VALUES ($1, $2, $3, $4)", values)
