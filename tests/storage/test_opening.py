"""The checks of a start: whatever does not match is said, and the system is read-only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from builders import accept, monthly, row

from storage import fingerprints, opening, space
from storage.accepting import NotAcceptable
from storage.engine import Database, open_database
from storage.journal import journal_path, write_journal
from storage.opening import check_start, open_checked
from storage.originals import original_path, originals_folder
from storage.refusals import NoSpace, ReadOnly
from storage.space import LEAST_FREE_BYTES, measure_space


def lose_write(db: Database) -> None:
    """What a lost write-ahead log or an old copy leaves: the journal knows a write that the database does not."""
    of_second = "submission_id IN (SELECT submission_id FROM submission WHERE sequence = 2)"
    with duckdb.connect(str(db.path)) as connection:
        for table in ("submission_table", "submission_column", "project_row", "finding", "submission"):
            connection.execute(f"DELETE FROM {table} WHERE {of_second}")


def leave_alone(db: Database) -> None:
    """Nothing happens to it."""


def lose_original(db: Database) -> None:
    next(path for path in originals_folder(db).rglob("*") if path.is_file()).unlink()


def change_row(db: Database) -> None:
    with duckdb.connect(str(db.path)) as connection:
        connection.execute("UPDATE submission SET project_count = 7 WHERE sequence = 1")


def has_room(free: int) -> Callable[[Path], tuple[int, int, int]]:
    """A stand-in for shutil.disk_usage."""

    def usage(folder: Path) -> tuple[int, int, int]:
        return shutil._ntuple_diskusage(2**40, 2**40 - free, free)

    return usage


DAMAGE = {
    "nothing": (leave_alone, set()),
    "a write is lost": (lose_write, {"journal"}),
    "an original is lost": (lose_original, {"originals"}),
    "a row was changed": (change_row, {"tables", "journal"}),
}


@pytest.mark.parametrize(("damage", "codes"), DAMAGE.values(), ids=DAMAGE)
def test_a_start_finds_what_does_not_match(tmp_path: Path, damage: Callable[[Database], None], codes: set) -> None:
    """And refuses to write, in a sentence; what can be read is read."""
    db = open_database(tmp_path / "a.duckdb")
    accept(db, monthly("2024-08", row("甲")))
    accept(db, monthly("2024-09", row("甲")))
    db.close()
    damage(db)
    db = open_checked(tmp_path / "a.duckdb")
    assert {fault.code for fault in db.faults} == codes
    if codes:
        with pytest.raises(ReadOnly):
            accept(db, monthly("2024-10", row("甲")))
    else:
        accept(db, monthly("2024-10", row("甲")))
    db.close()


def test_a_table_that_cannot_be_read_is_named(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged block fails when it is read; nothing else is claimed then."""
    read = fingerprints._only_row

    def fail(cursor: duckdb.DuckDBPyConnection, sql: str) -> tuple:
        if "FROM finding " in sql:
            raise duckdb.IOException("Corrupt database file")
        return read(cursor, sql)

    monkeypatch.setattr(fingerprints, "_only_row", fail)
    assert [(fault.code, fault.place) for fault in check_start(db)] == [("unread", "finding")]


def test_a_fault_of_the_checks_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is closed whatever goes wrong."""

    def fail(db: Database) -> None:
        raise RuntimeError("fault")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="fault"):
        patch.setattr(opening, "check_start", fail)
        open_checked(tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), config={"threads": 1}):
        pass


def test_the_size_of_an_original_counts_at_a_start(db: Database) -> None:
    """What it holds is read with each backup."""
    receipt = accept(db, monthly("2024-08", row("甲")))
    path = original_path(db, receipt.sha256)
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content + b"x")
    assert [fault.code for fault in check_start(db)] == ["originals"]
    path.write_bytes(bytes(len(content)))
    assert check_start(db) == []


@pytest.mark.parametrize(
    ("free", "size", "is_enough"),
    [
        (LEAST_FREE_BYTES, 10, True),
        (LEAST_FREE_BYTES - 1, 10, False),
        (LEAST_FREE_BYTES, 30 * 2**20, False),
        (600 * 2**20, 30 * 2**20, True),
        (LEAST_FREE_BYTES, None, True),
    ],
)
def test_room_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, size: int | None, is_enough: bool
) -> None:
    """500 MB, or 20 times the database; without a database the first."""
    path = tmp_path / "a.duckdb"
    if size is not None:
        with path.open("wb") as file:
            file.truncate(size)
    monkeypatch.setattr(space.shutil, "disk_usage", has_room(free))
    assert measure_space(path).is_enough is is_enough


def test_a_full_disk_refuses_before_anything_is_written(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence with the megabytes; when there is room again it writes."""
    with monkeypatch.context() as patch, pytest.raises(NoSpace, match=r"剩 100 MB，需 500 MB.*100 MB left") as caught:
        patch.setattr(space.shutil, "disk_usage", has_room(100 * 2**20))
        accept(db, monthly("2024-08", row("甲")))
    assert isinstance(caught.value, NotAcceptable)
    assert (db.version(), journal_path(db).exists(), write_journal(db)) == (0, False, 0)
    accept(db, monthly("2024-08", row("甲")))
    assert db.version() == 1
