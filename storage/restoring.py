"""A backup put back: checked first, what is there moved aside and never deleted, then opened with all checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from storage.access import RESTORED, SYSTEM, access_path, note_access
from storage.backups import NAME_FORMAT, Backup, list_backups, verify_elsewhere
from storage.chain import Entry, anchor_path, check_chain
from storage.durable import sync_folder, write_durably
from storage.engine import BUSY_WORDS, DatabaseBusy, backup_folder
from storage.journal import parse_journal
from storage.lockdown import connect
from storage.opening import open_checked


class NotRestored(Exception):
    """The backup is not put back; ``message_zh`` and ``message_en`` say why. Nothing was changed."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} {message_en}")
        self.message_zh, self.message_en = message_zh, message_en


@dataclass(frozen=True, slots=True)
class Plan:
    """What putting a backup back does: the backup, the database file, and the events of the journal that come after it."""

    backup: Backup
    database: Path
    later: tuple[Entry, ...]


def plan_restore(database: Path, asked: str) -> Plan:
    """Check a backup, named by its folder or by its folder's name, for a database file. Raises NotRestored, DatabaseBusy."""
    _check_free(database)
    backup = _find_backup(database, asked)
    copy = backup.folder / database.name
    faults = verify_elsewhere(copy)["faults"] if copy.is_file() else ["there is no database in it"]
    if faults:
        raise NotRestored(f"备份 {backup.folder.name} 未通过检查。", f"The backup has faults: {'; '.join(faults)}.")
    known = {_event(entry) for entry in parse_journal(_journal_of(copy))}
    later = tuple(entry for entry in parse_journal(_journal_of(database)) if _event(entry) not in known)
    return Plan(backup, database, later)


def restore_backup(plan: Plan, *, restored_at: datetime) -> tuple[Path, list[str]]:
    """Put the backup back, and return where what was there lies now, and what the checks of the start find.

    Originals are only ever added. Killed half way it can be run again: the backup itself stays as it is.
    """
    database = plan.database
    aside = backup_folder(database) / f"replaced_{restored_at:{NAME_FORMAT}}"
    aside.mkdir(parents=True)
    _add_originals(plan.backup.folder / f"{database.stem}.originals", database.with_suffix(".originals"))
    # The write-ahead log too: beside another database it would bring rows of the old one back.
    for path in (*_parts(database), database.with_name(f"{database.name}.wal")):
        if path.exists():
            path.rename(aside / path.name)
    for path in reversed(_parts(database)):
        kept = plan.backup.folder / path.name
        if kept.exists():
            write_durably(path, kept.read_bytes())
    _keep_access(plan.backup.folder / database.name, database, aside)
    sync_folder(database.parent)
    db = open_checked(database)
    note_access(database, RESTORED, SYSTEM, at=restored_at, backup=plan.backup.folder.name)
    try:
        return aside, [fault.sentence for fault in db.faults]
    finally:
        db.close()


def _keep_access(copy: Path, database: Path, aside: Path) -> None:
    """The record of use is never put back to what it was: only where it is lost or damaged the backup's takes its place."""
    path, kept = access_path(database), access_path(copy)
    if path.exists() and not check_chain(path):
        return
    for each in (path, anchor_path(path)):
        if each.exists():
            each.rename(aside / each.name)
    for source, target in ((anchor_path(kept), anchor_path(path)), (kept, path)):
        if source.exists():
            write_durably(target, source.read_bytes())


def _parts(database: Path) -> tuple[Path, Path, Path]:
    journal = _journal_of(database)
    return database, journal, anchor_path(journal)


def _journal_of(database: Path) -> Path:
    return database.with_suffix(".journal.jsonl")


def _event(entry: Entry) -> tuple[object, ...]:
    return entry["event"], entry["sequence"], entry["happened_at"]


def _find_backup(database: Path, asked: str) -> Backup:
    """By the folder's path, or its name beside the database."""
    for each in (*list_backups(database), *list_backups(Path(asked).resolve().parent.parent / database.name)):
        if each.folder.name == asked or each.folder.resolve() == Path(asked).resolve():
            return each
    raise NotRestored(f"没有这份备份：{asked}。", f"There is no such backup: {asked}.")


def _check_free(database: Path) -> None:
    """Raise DatabaseBusy while another process has the database; a file that is damaged may be replaced."""
    if not database.exists():
        return
    try:
        connect(database, is_read_only=True).close()
    except duckdb.Error as error:
        if any(words in str(error) for words in BUSY_WORDS):
            raise DatabaseBusy(database) from error


def _add_originals(source: Path, target: Path) -> None:
    for kept in (path for path in source.rglob("*") if path.is_file()):
        place = target / kept.relative_to(source)
        if not place.exists() or place.stat().st_size != kept.stat().st_size:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_durably(place, kept.read_bytes(), is_final=True)
