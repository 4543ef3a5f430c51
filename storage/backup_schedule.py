"""A backup every day, made by a thread of the server beside the pages, and whenever somebody asks for one."""

from __future__ import annotations

import json
import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.backups import Backup, list_backups, make_backup
from storage.clock import office_time
from storage.durable import write_durably
from storage.engine import backup_folder, open_database
from storage.refusals import NotAcceptable

log = logging.getLogger(__name__)
FIRST_LOOK_SECONDS, LOOK_SECONDS = 60.0, 5.0
# Within this time of a failure it is not tried again unless somebody asks.
PAUSE_SECONDS = 3600
ASKED, FAILED = "asked", "failed.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt that gave no backup: when, and why in both languages."""

    at: datetime
    message_zh: str
    message_en: str


def keep_backups(database: Path, ended: threading.Event, first_look: float = FIRST_LOOK_SECONDS) -> None:
    """Look every few seconds whether a backup is due or asked for, until ``ended``; the body of a thread of its own."""
    pause = first_look
    while not ended.wait(pause):
        back_up_if_due(database, office_time())
        pause = LOOK_SECONDS


def back_up_if_due(database: Path, now: datetime) -> Backup | None:
    """Make the backup that is due or asked for; None where there is none to make, and where it failed (``last_failure``)."""
    if not database.exists() or not (is_asked(database) or _is_due(database, now)):
        return None
    asked = backup_folder(database) / ASKED
    try:
        db = open_database(database)
        try:
            made = make_backup(db, made_at=now) if db.version() else None
        finally:
            db.close()
        (backup_folder(database) / FAILED).unlink(missing_ok=True)
        return made
    except Exception as error:
        log.exception("backup failed")
        _note_failure(database, error, now)
        return None
    finally:
        asked.unlink(missing_ok=True)


def ask_for_backup(database: Path) -> None:
    """Ask the running server for a backup; it begins within seconds."""
    backup_folder(database).mkdir(parents=True, exist_ok=True)
    (backup_folder(database) / ASKED).touch()


def is_asked(database: Path) -> bool:
    """Whether a backup was asked for that is not finished yet."""
    return (backup_folder(database) / ASKED).exists()


def wait_for_backup(database: Path, before: Backup | None, seconds: float) -> Backup | None:
    """The backup that comes after ``before``; None when there is none within so many seconds, or it failed."""
    ends = time.monotonic() + seconds
    while is_asked(database) and time.monotonic() < ends:
        time.sleep(0.2)
    newest = next(iter(list_backups(database)), None)
    return newest if newest != before else None


def last_failure(database: Path) -> Failure | None:
    """Why the newest attempt gave no backup; None when it did."""
    try:
        notes = json.loads((backup_folder(database) / FAILED).read_text(encoding="utf-8"))
        return Failure(datetime.fromisoformat(notes["at"]), notes["zh"], notes["en"])
    except FileNotFoundError:
        return None


def _is_due(database: Path, now: datetime) -> bool:
    """Once a day; after a failure again an hour later."""
    failure = last_failure(database)
    if failure is not None and (now - failure.at).total_seconds() < PAUSE_SECONDS:
        return False
    return all(each.made_at.date() < now.date() for each in list_backups(database))


def _note_failure(database: Path, error: Exception, now: datetime) -> None:
    is_said = isinstance(error, NotAcceptable)
    notes = {
        "at": now.isoformat(),
        "zh": error.message_zh if is_said else "未能完成，详见日志。",
        "en": error.message_en if is_said else f"It failed: {type(error).__name__}; see the log.",
    }
    # On a full disk the note may fail too; the thread goes on to the next day.
    with suppress(OSError):
        backup_folder(database).mkdir(parents=True, exist_ok=True)
        write_durably(backup_folder(database) / FAILED, json.dumps(notes, ensure_ascii=False).encode())
