"""A disk that really runs full, at whatever step it happens: told in a sentence, nothing lost, nothing half stored.

On a small disk in memory, which takes the rights of an administrator to make; without them tests/storage/test_owner.py,
in which each step fails by itself, is what there is.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import NOON, accept, monthly, row

from domain.submissions import Submission
from storage import backups, space
from storage.backups import list_backups, make_backup, verify_copy
from storage.engine import Database, DiskFull, backup_folder, open_database
from storage.integrity import check_integrity
from storage.opening import open_checked
from storage.receipts import receipts
from storage.refusals import JournalBehind, NotAcceptable

DISK_MEGABYTES = 24
# Bytes that are left when the write begins; make soak tries many more.
LEFT = [0, 4096, 16_384, 100_000, 300_000, 400_000, 500_000, 700_000, 1_000_000, 3_000_000]
STEPS = int(os.environ.get("FULL_STEPS", "0"))
SIZES = LEFT + [1_500_000 * number // STEPS for number in range(STEPS)]


class Disk:
    """A small disk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.filler = folder, folder / "filler"

    def fill(self, leave: int) -> None:
        room = os.statvfs(self.folder)
        with self.filler.open("wb") as file:
            file.write(bytes(max(0, room.f_bavail * room.f_frsize - leave)))

    def make_room(self) -> None:
        self.filler.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A disk of 24 MB, on which the system takes no care beforehand that there is room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk in memory takes the rights of an administrator")
    monkeypatch.setattr(space, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(space, "TIMES_DATABASE", 0)
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    yield Disk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


def large(number: int, size: int) -> tuple[Submission, bytes]:
    """A return whose texts do not pack."""
    noise = random.Random(number)
    rows = [
        row(f"项目{place}", place + 5, total_investment_wan=number, issue_text=noise.randbytes(size).hex())
        for place in range(100)
    ]
    return monthly("2024-08", *rows, content=noise.randbytes(10_000))


def test_full_while_a_return_is_accepted(disk: Disk) -> None:
    """At the original, the log, the checkpoint or the journal; the system that runs goes on, and so does one that starts."""
    path = disk.folder / "a.duckdb"
    db = open_database(path)
    accept(db, large(0, 1000))
    told: list[type] = []
    for number, size in enumerate(SIZES, 1):
        before, made = len(receipts(db)), large(number, 1000)
        disk.fill(size)
        try:
            given = accept(db, made)
            told.append(type(given))
        except NotAcceptable as refusal:
            told.append(type(refusal))
        stored = len(receipts(db)) - before
        assert stored == (told[-1] is JournalBehind or not issubclass(told[-1], NotAcceptable)), (size, told[-1])
        disk.make_room()
        assert accept(db, made).is_repeat is bool(stored)
        assert check_integrity(db) == [], size
    assert {each.__name__ for each in told} == {"Receipt", "NoSpace", "JournalBehind"}
    db.close()
    again = open_checked(path)
    assert (again.faults, len(receipts(again))) == ((), 1 + len(SIZES))
    again.close()


def test_full_while_a_backup_is_made(disk: Disk) -> None:
    """Nothing of it is left, the writers go on, the next one is whole."""
    db = open_database(disk.folder / "a.duckdb")
    accept(db, large(0, 1000))
    refused = 0
    for size in SIZES:
        disk.fill(size)
        try:
            made = make_backup(db, made_at=NOON)
            assert made.faults == ()
        except NotAcceptable:
            refused += 1
            assert not backup_folder(db.path).exists() or not any(
                each.name.startswith(".making") for each in backup_folder(db.path).iterdir()
            )
        disk.make_room()
        assert len(receipts(db)) == 1
    assert refused >= len(LEFT) // 2
    accept(db, large(1, 1000))
    assert (make_backup(db, made_at=NOON).faults, check_integrity(db)) == ((), [])
    assert all(each.is_verified for each in list_backups(db.path))
    db.close()


def test_full_while_it_starts(disk: Disk) -> None:
    """Told to make room, not that the file is damaged; then everything is there."""
    path = disk.folder / "a.duckdb"
    db: Database = open_database(path)
    accept(db, large(0, 1000))
    db.close()
    disk.fill(0)
    with pytest.raises(DiskFull, match="磁盘已满"):
        open_database(path)
    disk.make_room()
    again = open_checked(path)
    assert (again.faults, len(receipts(again)), check_integrity(again)) == ((), 1, [])
    again.close()
