"""Who is signed in, and how often a sign-in failed: files beside the database, read by every request.

Not facts, like drafts: nothing of the record depends on them. They outlive a restart, so that an update signs nobody
out and no lock-out is forgotten. A file is named after the hash of its token: who reads the folder has no token.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.accounts import is_over, wait_after
from storage.originals import write_durably

TOKEN = re.compile(r"[0-9a-f]{64}")
# A use is written down once a minute; the limits are as exact as that.
SEEN_EVERY = timedelta(minutes=1)
# The longest that the cookie of a provider comes back (30 days), and a day.
KEPT_FOR = timedelta(days=31)
FAILURES = "failures.json"
MOST_NAMES = 1000
# Of one process; no other writes while it serves, but a command that ends sign-ins by deleting their files.
_changing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: whose, since when, and when it was last used."""

    account: str
    opened_at: datetime
    seen_at: datetime


def open_session(database: Path, account: str, *, now: datetime) -> str:
    """Begin a sign-in and return its token, which nobody can guess and which is kept nowhere here."""
    token = secrets.token_hex(32)
    _sweep(database, now)
    _write(_file(database, token), Session(account, now, now))
    return token


def use_session(database: Path, token: str, *, now: datetime) -> Session | None:
    """The sign-in of a token, noted as used now; None for an unknown token and for one that has ended."""
    session = _read(_file(database, token)) if TOKEN.fullmatch(token) else None
    if session is None:
        return None
    if is_over(session.opened_at, session.seen_at, now):
        end_session(database, token)
        return None
    if now - session.seen_at >= SEEN_EVERY:
        with _changing:
            if _file(database, token).exists():  # not one that was ended meanwhile
                _write(_file(database, token), replace(session, seen_at=now))
    return session


def join_session(database: Path, token: str, account: str, *, now: datetime) -> Session | None:
    """The sign-in of a token that another system made, begun when it is first seen; None once it has ended.

    Its file stays as long as that system's cookie may come back, so that what has ended does not begin again.
    """
    if not TOKEN.fullmatch(token):
        return None
    session = _read(_file(database, token))
    if session is None:
        session = Session(account, now, now)
        _write(_file(database, token), session)
    if session.account != account or is_over(session.opened_at, session.seen_at, now):
        return None
    if now - session.seen_at >= SEEN_EVERY:
        _write(_file(database, token), replace(session, seen_at=now))
    return session


def bury_session(database: Path, token: str, account: str, *, now: datetime) -> None:
    """End a sign-in that another system made, for good."""
    if TOKEN.fullmatch(token):
        _write(_file(database, token), Session(account, datetime.min, now))


def end_session(database: Path, token: str) -> Session | None:
    """End a sign-in and return what it was; one that has ended or never was is left so."""
    if not TOKEN.fullmatch(token):
        return None
    with _changing:
        session = _read(_file(database, token))
        _file(database, token).unlink(missing_ok=True)
    return session


def is_known(database: Path, token: str) -> bool:
    """Whether a token was seen before, of a sign-in that goes on or has ended."""
    return bool(TOKEN.fullmatch(token)) and _file(database, token).exists()


def end_sessions_of(database: Path, account: str) -> int:
    """End every sign-in of an account, after a new password or when it is disabled; returns how many."""
    found = [file for file in _files(database) if (session := _read(file)) and session.account == account]
    with _changing:
        for file in found:
            file.unlink(missing_ok=True)
    return len(found)


def note_failure(database: Path, name: str, *, now: datetime) -> None:
    """Count a failed sign-in; also for names that no account has, so that the answer tells nothing."""

    def change(failures: dict[str, list[Any]]) -> None:
        count = failures.pop(name, [0, ""])[0]
        failures[name] = [count + 1, now.isoformat()]

    _change_failures(database, change)


def forget_failures(database: Path, name: str) -> None:
    """Start counting anew: after a sign-in, or a new password."""
    if name in _read_failures(database):
        _change_failures(database, lambda failures: failures.pop(name, None))


def wait_left(database: Path, name: str, *, now: datetime) -> timedelta:
    """How long the account is still closed after failures; zero when it may be tried."""
    count, at = _read_failures(database).get(name, [0, now.isoformat()])
    return max(datetime.fromisoformat(at) + wait_after(count) - now, timedelta(0))


def sessions_folder(database: Path) -> Path:
    """The folder of sign-ins beside the database file."""
    return database.with_suffix(".sessions")


def _file(database: Path, token: str) -> Path:
    return sessions_folder(database) / f"{hashlib.sha256(token.encode()).hexdigest()}.json"


def _files(database: Path) -> list[Path]:
    return [file for file in sessions_folder(database).glob("*.json") if file.name != FAILURES]


def _read(file: Path) -> Session | None:
    try:
        said: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8"))
        opened_at, seen_at = (datetime.fromisoformat(said[name]) for name in ("opened_at", "seen_at"))
    except (OSError, ValueError):
        return None
    return Session(said["account"], opened_at, seen_at)


def _write(file: Path, session: Session) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_durably(file, json.dumps(asdict(session), ensure_ascii=False, default=datetime.isoformat).encode())


def _sweep(database: Path, now: datetime) -> None:
    """Forget the sign-ins that ended long ago, and torn files."""
    for file in _files(database):
        session = _read(file)
        if session is None or now - session.seen_at > KEPT_FOR:
            file.unlink(missing_ok=True)


def _read_failures(database: Path) -> dict[str, list[Any]]:
    try:
        failures: dict[str, list[Any]] = json.loads((sessions_folder(database) / FAILURES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return failures


def _change_failures(database: Path, change: Callable[[dict[str, list[Any]]], object]) -> None:
    """Change what is counted; only the newest names are kept, so that a flood of names fills no disk."""
    with _changing:
        failures = _read_failures(database)
        change(failures)
        sessions_folder(database).mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = dict(list(failures.items())[-MOST_NAMES:])
        write_durably(sessions_folder(database) / FAILURES, json.dumps(kept, ensure_ascii=False).encode())
