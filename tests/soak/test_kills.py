"""A process killed while it backs up, and while it migrates: nothing lost, nothing half done.

A few rounds in the suite; ``make soak`` runs fifty (KILLS=50), and as many of the kills during acceptance.
"""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from domain.retention import backups_kept
from storage import backups, engine
from storage.backups import NAME_FORMAT, Backup, list_backups, verify_copy
from storage.engine import open_database
from storage.integrity import check_integrity
from storage.opening import open_checked
from storage.receipts import receipts
from storage.shaping import is_in_shape

ROOT = Path(engine.__file__).parents[1]
STORAGE_TESTS = ROOT / "tests" / "storage"
KILLS = int(os.environ.get("KILLS", "3"))
LONGEST_DELAY_SECONDS = 1.5
# Accepts and backs up in turn, a day later each time, until it is killed; says each backup that it has made.
BACKING_UP = """
import sys
from datetime import timedelta
sys.path.insert(0, sys.argv[2])
from builders import NOON, accept, monthly, row
from storage import backups
from storage.engine import open_database
backups.verify_elsewhere = backups.verify_copy
db = open_database(sys.argv[1])
print("open", flush=True)
for number in range(db.version(), 10_000):
    accept(db, monthly("2024-08", row("甲", total_investment_wan=number), content=str(number).encode()))
    made = backups.make_backup(db, made_at=NOON + timedelta(days=number))
    assert made.faults == (), made.faults
    print(made.folder.name, flush=True)
"""
MIGRATING = """
import sys
from storage import backups
from storage.engine import open_database
backups.verify_elsewhere = backups.verify_copy
print("open", flush=True)
open_database(sys.argv[1]).close()
print("done", flush=True)
sys.stdin.read()
"""


def kill_after(script: str, path: Path, delay: float) -> list[str]:
    """Run a script on a database and kill it so many seconds after it has begun; the lines that it said by then."""
    command = [sys.executable, "-c", script, str(path), str(STORAGE_TESTS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n", child.communicate()[1]
        threading.Event().wait(delay)
        child.kill()
        return [line.decode().strip() for line in child.stdout if line.endswith(b"\n")]


def still_kept(said: list[str], listed: list[Backup]) -> set[str]:
    """Of the backups that were said to be made, those that the rule keeps: of some that stand, the word was cut off."""
    made_at = {name: datetime.strptime(name, NAME_FORMAT) for name in (*said, *(each.folder.name for each in listed))}
    kept = backups_kept(made_at.values())
    return {name for name in said if made_at[name] in kept}


def test_kills_during_backups(tmp_path: Path) -> None:
    """The database is whole, every backup that is listed passes its check, and what was said to be made is there."""
    path = tmp_path / "a.duckdb"
    said: list[str] = []
    longest = LONGEST_DELAY_SECONDS
    for _ in range(KILLS):
        said += kill_after(BACKING_UP, path, random.uniform(0, longest))
        db = open_checked(path)
        assert (db.faults, check_integrity(db), len(receipts(db))) == ((), [], db.version())
        db.close()
        listed = list_backups(path)
        assert {each.folder.name for each in listed} >= still_kept(said, listed)
        for each in listed[:2]:
            assert verify_copy(each.folder / path.name)["faults"] == []
        longest = LONGEST_DELAY_SECONDS if said else longest * 2  # a busy machine makes none in so short a time
    assert said
    print(f"{KILLS} kills: {len(said)} backups said to be made, all there and whole")


def test_kills_during_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of the first shape has all its rows afterwards, whether it had been changed, half or not at all."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    held = "SELECT receipt_number, sequence, accepted_at FROM submission ORDER BY ALL"
    ended = 0
    for number in range(KILLS):
        path = tmp_path / str(number) / "monitor.duckdb"
        path.parent.mkdir()
        path.write_bytes(gzip.decompress((STORAGE_TESTS / "schemas" / "0000.duckdb.gz").read_bytes()))
        with duckdb.connect(str(path), read_only=True) as connection:
            before = connection.execute(held).fetchall()
        ended += "done" in kill_after(MIGRATING, path, random.uniform(0, LONGEST_DELAY_SECONDS))
        db = open_database(path)
        with db.cursor() as cursor:
            assert (cursor.execute(held).fetchall(), is_in_shape(cursor), db.faults) == (before, True, ())
        db.close()
    print(f"{KILLS} kills: {KILLS - ended} before the migration was done, {ended} after; all opened with all rows")
