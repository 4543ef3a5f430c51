"""Backups: database, journal and originals of one moment in a dated folder, checked by another process before they count.

A backup is made under a name of its own and renamed when it is whole and checked; what a crash left of one is swept away.
Originals never change: a later backup shares the files of the one before it where the disk can (hard links).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from domain.retention import backups_kept
from storage.access import access_path, copy_of_access
from storage.chain import anchor_path, check_chain
from storage.durable import sync_folder, write_durably
from storage.engine import Database, backup_folder, open_to_read, read_version
from storage.fingerprints import Fingerprints, read_fingerprints
from storage.integrity import check_integrity
from storage.journal import journal_path
from storage.originals import original_path, originals_folder
from storage.owner import WORK_SECONDS
from storage.refusals import NoSpace
from storage.shaping import is_in_shape
from storage.space import measure_space, said_when_full

ROOT = Path(__file__).parent.parent
NOTES, MAKING = "backup.json", ".making-"
NAME_FORMAT = "%Y-%m-%d_%H%M%S"
CHECK_SECONDS = 1800
SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its folder, when it was made, of which write, its bytes, and what the check of it found."""

    folder: Path
    made_at: datetime
    version: int
    byte_count: int
    faults: tuple[str, ...]

    @property
    def is_verified(self) -> bool:
        return not self.faults


def make_backup(db: Database, *, made_at: datetime) -> Backup:
    """Make a backup, check it in another process, and drop those that are kept no longer.

    Writers wait while database and journal are copied, readers do not. A backup with faults stays, to be looked at,
    and is never counted as one. Raises NoSpace, OSError and duckdb.Error; nothing of the backup is left then.
    """
    space = measure_space(db.path)
    if not space.is_enough:
        raise NoSpace(space.free, space.needed)
    folder = backup_folder(db.path)
    _sweep(folder)
    making = folder / f"{MAKING}{made_at:{NAME_FORMAT}}"
    making.mkdir(parents=True)
    try:
        with said_when_full(db.path):
            with db.held_still():
                version, fingerprints, named = _copy_still(db, making)
            _share_originals(db, making, named)
        faults = (*_compare(fingerprints, verify_elsewhere(making / db.path.name)), *(f.sentence for f in db.faults))
        notes = {"made_at": made_at.isoformat(), "version": version, "faults": faults, "bytes": _bytes_of(making)}
        write_durably(making / NOTES, json.dumps(notes, ensure_ascii=False).encode())
        made = making.rename(_free_folder(folder, made_at))
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    sync_folder(folder)
    _drop_old(db.path, made)
    return _read_backup(made)


def list_backups(database: Path) -> list[Backup]:
    """The whole backups beside a database file, newest first."""
    folders = (each.parent for each in backup_folder(database).glob(f"[0-9]*/{NOTES}"))
    return sorted(map(_read_backup, folders), key=lambda each: each.made_at, reverse=True)


def verify_elsewhere(database: Path) -> dict[str, Any]:
    """What ``verify_copy`` says of a copy, run in a process of its own: the copy opens where nothing is open yet."""
    command = [sys.executable, "-m", "storage", "verify", str(database.resolve()), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=CHECK_SECONDS, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return {"fingerprints": {}, "faults": ["the check of the backup failed", *last]}
    return found


def verify_copy(database: Path) -> dict[str, Any]:
    """Open a copy for reading alone and check it whole: ``fingerprints`` of its tables, and ``faults``.

    Rows, receipts, journal and all originals; of a database of an earlier shape the tables and the chain of its journal.
    """
    try:
        db = open_to_read(database)
    except duckdb.Error as error:
        return {"fingerprints": {}, "faults": [f"the copy cannot be opened: {error}"]}
    try:
        with db.cursor(WORK_SECONDS) as cursor:
            fingerprints = read_fingerprints(cursor)
            checked = check_integrity(db) if is_in_shape(cursor) else []
        chain = [fault.sentence for path in (journal_path(db), access_path(database)) for fault in check_chain(path)]
        return {"fingerprints": fingerprints, "faults": [*checked, *chain]}
    except duckdb.Error as error:
        return {"fingerprints": {}, "faults": [f"the copy cannot be read: {error}"]}
    finally:
        db.close()


def copy_database(cursor: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Copy the open database into a new file, in the one folder that SQL may write to."""
    quoted = str(target.resolve()).replace("'", "''")
    (name,) = cursor.execute("SELECT current_database()").fetchone() or ("",)
    cursor.execute(f"ATTACH '{quoted}' AS copy_of_it")
    try:
        cursor.execute(f'COPY FROM DATABASE "{name}" TO copy_of_it')
        cursor.execute("CHECKPOINT copy_of_it")
    finally:
        cursor.execute("DETACH copy_of_it")
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _copy_still(db: Database, making: Path) -> tuple[int, Fingerprints, list[str]]:
    """Copy database and journal while nobody writes; the write, the fingerprints and the originals that are there."""
    with db.cursor(WORK_SECONDS) as cursor:
        copy_database(cursor, making / db.path.name)
        version, fingerprints = read_version(cursor), read_fingerprints(cursor)
    named = sorted(path.name for path in originals_folder(db).glob("*/*") if len(path.name) == SHA256_LENGTH)
    for path in (journal_path(db), anchor_path(journal_path(db))):
        if path.exists():
            write_durably(making / path.name, path.read_bytes())
    for name, content in copy_of_access(db.path).items():
        write_durably(making / name, content)
    return version, fingerprints, named


def _share_originals(db: Database, making: Path, named: list[str]) -> None:
    """The originals: those of the newest good backup again, the others copied.

    Never linked to the files in use, so that damage to one is not damage to both.
    """
    before = next((each.folder for each in list_backups(db.path) if each.is_verified), making)
    for sha256 in named:
        kept = original_path(db, sha256)
        place = kept.relative_to(db.path.parent)
        (making / place).parent.mkdir(parents=True, exist_ok=True)
        if not _is_linked(before / place, making / place):
            shutil.copy2(kept, making / place)


def _is_linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except OSError:  # not there, or a disk that knows no links
        return False
    return True


def _compare(fingerprints: Fingerprints, found: dict[str, Any]) -> list[str]:
    differing = sorted(
        name
        for name in {*fingerprints, *found["fingerprints"]}
        if fingerprints.get(name) != found["fingerprints"].get(name)
    )
    return [*(f"table {name} differs in the copy" for name in differing), *found["faults"]]


def _read_backup(folder: Path) -> Backup:
    notes = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    made_at = datetime.fromisoformat(notes["made_at"])
    return Backup(folder, made_at, notes["version"], notes["bytes"], tuple(notes["faults"]))


def _bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _sweep(folder: Path) -> None:
    """Remove what a crash left of backups."""
    for left in folder.glob(f"{MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _free_folder(folder: Path, made_at: datetime) -> Path:
    """A folder named after the moment, with a number where there is one of the same second."""
    name = made_at.strftime(NAME_FORMAT)
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(folder / each for each in names if not (folder / each).exists())


def _drop_old(database: Path, made: Path) -> None:
    """Drop what is kept no longer. Good backups follow the rule; one with faults goes when no kept one is older.

    The one just made stays, though a clock that was set back may make it look old.
    """
    found = list_backups(database)
    kept = backups_kept(each.made_at for each in found if each.is_verified)
    oldest = min(kept, default=datetime.min)
    for each in found:
        if each.folder != made and each.made_at not in kept and (each.is_verified or each.made_at < oldest):
            shutil.rmtree(each.folder, ignore_errors=True)
