"""Backups: whole, checked by another process, kept by the rule; and put back."""

from __future__ import annotations

import json
import subprocess
import threading
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from builders import NOON, accept, monthly, row

from storage import backup_schedule, backups, restoring, space
from storage.__main__ import main
from storage.backup_schedule import ask_for_backup, back_up_if_due, is_asked, keep_backups, last_failure
from storage.backups import list_backups, make_backup, verify_copy, verify_elsewhere
from storage.chain import anchor_path
from storage.engine import Database, DatabaseBusy, backup_folder, open_database
from storage.integrity import check_integrity
from storage.journal import journal_path, read_journal
from storage.opening import open_checked
from storage.originals import original_path
from storage.receipts import receipts
from storage.refusals import NoSpace
from storage.restoring import NotRestored, plan_restore, restore_backup

LATER = NOON + timedelta(days=1)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of a backup in this process, which is quicker; one test below has the real one."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    monkeypatch.setattr(restoring, "verify_elsewhere", verify_copy)


@pytest.fixture
def known(db: Database) -> Database:
    """Two returns on record."""
    accept(db, monthly("2024-08", row("甲")))
    accept(db, monthly("2024-09", row("甲")))
    return db


def spoil(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_backup_is_whole_and_checked_by_another_process(known: Database) -> None:
    """Database, journal, anchor and originals, under the names that they have; the rows are the same."""
    made = make_backup(known, made_at=NOON)
    assert (made.folder.name, made.version, made.faults, made.is_verified) == ("2024-09-01_120000", 2, (), True)
    names = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    originals = {
        original_path(known, each.sha256).relative_to(known.path.parent).as_posix() for each in receipts(known)
    }
    assert names == {"invest.duckdb", "invest.journal.jsonl", "invest.anchor.json", "backup.json", *originals}
    assert made.byte_count == sum((made.folder / name).stat().st_size for name in names - {"backup.json"})
    assert list_backups(known.path) == [made]
    copy = open_database(made.folder / "invest.duckdb")
    assert (check_integrity(copy), receipts(copy)) == ([], receipts(known))
    copy.close()


def test_writers_wait_and_readers_do_not(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A return accepted meanwhile is in neither database nor journal of the backup, and is in both afterwards."""
    copied, go_on = threading.Event(), threading.Event()
    copy_database = backups.copy_database

    def slowly(cursor: duckdb.DuckDBPyConnection, target: Path) -> None:
        copy_database(cursor, target)
        copied.set()
        assert go_on.wait(30)

    monkeypatch.setattr(backups, "copy_database", slowly)
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    second = open_database(known.path)
    backing = threading.Thread(target=make_backup, args=(second,), kwargs={"made_at": NOON})
    backing.start()
    assert copied.wait(30)
    writing = threading.Thread(target=accept, args=(known, monthly("2024-10", row("甲"))))
    writing.start()
    assert len(receipts(known)) == 2
    writing.join(0.2)
    assert writing.is_alive()
    go_on.set()
    writing.join()
    backing.join()
    (made,) = list_backups(known.path)
    assert (made.version, made.faults, known.version(), len(read_journal(known))) == (2, (), 3, 3)
    second.close()


@pytest.mark.usefixtures("here")
def test_originals_are_shared_between_backups_and_never_with_the_files_in_use(known: Database) -> None:
    """A later backup takes the room of what is new alone; damage to the file in use stays there."""
    place = original_path(known, receipts(known)[0].sha256).relative_to(known.path.parent)
    first, second = make_backup(known, made_at=NOON), make_backup(known, made_at=LATER)
    assert (first.folder / place).samefile(second.folder / place)
    assert not (known.path.parent / place).samefile(first.folder / place)


@pytest.mark.usefixtures("here")
def test_a_disk_without_links_is_copied_to(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some network drives are."""

    def refuse(source: Path, target: Path) -> None:
        raise OSError("no links")

    monkeypatch.setattr(backups.os, "link", refuse)
    assert [make_backup(known, made_at=at).faults for at in (NOON, LATER)] == [(), ()]


@pytest.mark.usefixtures("here")
def test_a_backup_of_damage_is_no_backup(known: Database) -> None:
    """It is kept to be looked at, says what is wrong, and pushes no good one out."""
    good = make_backup(known, made_at=NOON)
    sha256 = receipts(known)[0].sha256
    spoil(good.folder / original_path(known, sha256).relative_to(known.path.parent), b"other")
    spoil(original_path(known, sha256), b"other")
    bad = make_backup(known, made_at=LATER)
    assert bad.faults == (f"the original {sha256} has changed",)
    assert [each.folder for each in list_backups(known.path)] == [bad.folder, good.folder]
    original_path(known, sha256).unlink()
    for path in good.folder.rglob(sha256):
        path.unlink()
    assert make_backup(known, made_at=LATER + timedelta(hours=1)).faults == (f"the original {sha256} is lost",)


def test_a_copy_that_differs_is_found(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another row in the copy, or a table that only one of the two has."""
    monkeypatch.setattr(backups, "verify_elsewhere", lambda _: {"fingerprints": {"finding": [9, "9"]}, "faults": []})
    faults = make_backup(known, made_at=NOON).faults
    assert "table finding differs in the copy" in faults
    assert "table submission differs in the copy" in faults


@pytest.mark.usefixtures("here")
def test_old_backups_go_by_the_rule(known: Database) -> None:
    """One of two of a day goes; a faulty one goes when all that are kept are newer."""
    first = make_backup(known, made_at=NOON)
    notes = json.loads((first.folder / "backup.json").read_text(encoding="utf-8"))
    faulty = backup_folder(known.path) / "2024-08-01_000000"
    faulty.mkdir()
    (faulty / "backup.json").write_text(json.dumps({**notes, "made_at": "2024-08-01T00:00:00", "faults": ["x"]}))
    second = make_backup(known, made_at=NOON + timedelta(hours=1))
    assert list_backups(known.path) == [second]


@pytest.mark.usefixtures("here")
def test_two_of_one_second_and_a_clock_set_back(known: Database) -> None:
    """The one just made always stays: a server that is started again at once, and a clock that runs behind."""
    first, second = (make_backup(known, made_at=NOON) for _ in range(2))
    assert [first.folder.name, second.folder.name] == ["2024-09-01_120000", "2024-09-01_120000-2"]
    early = make_backup(known, made_at=NOON - timedelta(hours=3))
    assert early.folder.is_dir() and early in list_backups(known.path)


@pytest.mark.parametrize("moment", ["copy_database", "_share_originals", "verify_elsewhere", "write_durably"])
def test_a_backup_that_fails_leaves_nothing(known: Database, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """A full disk at any step: the writers go on, and so does the next backup."""

    def fail(*arguments: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(backups, "verify_elsewhere", verify_copy)
        patch.setattr(backups, moment, fail)
        make_backup(known, made_at=NOON)
    assert list(backup_folder(known.path).iterdir()) == []
    accept(known, monthly("2024-10", row("甲")))
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    assert make_backup(known, made_at=NOON).faults == ()


@pytest.mark.usefixtures("here")
def test_what_a_crash_left_is_swept_away(known: Database) -> None:
    """An unfinished backup is none, and the next one removes it."""
    left = backup_folder(known.path) / ".making-2024-08-31_000000"
    left.mkdir(parents=True)
    (left / "invest.duckdb").write_bytes(b"half")
    assert list_backups(known.path) == []
    made = make_backup(known, made_at=NOON)
    assert list(backup_folder(known.path).iterdir()) == [made.folder]


def test_without_room_nothing_is_begun(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is kept for what is accepted."""
    monkeypatch.setattr(space, "LEAST_FREE_BYTES", 2**62)
    with pytest.raises(NoSpace):
        make_backup(known, made_at=NOON)
    assert not backup_folder(known.path).exists()


@pytest.mark.parametrize(
    ("damage", "said"),
    [(b"", "cannot be opened"), (b"no database" * 999, "cannot be opened"), (None, "cannot be opened")],
)
def test_a_copy_that_does_not_open_is_said(tmp_path: Path, damage: bytes | None, said: str) -> None:
    """Also by the process beside this one; one that says nothing has failed."""
    path = tmp_path / "a.duckdb"
    if damage is not None:
        path.write_bytes(damage)
    assert said in verify_copy(path)["faults"][0]


def test_a_copy_that_is_damaged_inside_is_said(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block fails when it is read."""
    made = make_backup(known, made_at=NOON)

    def fail(cursor: duckdb.DuckDBPyConnection) -> None:
        raise duckdb.IOException("Corrupt database file")

    monkeypatch.setattr(backups, "read_fingerprints", fail)
    assert "cannot be read" in verify_copy(made.folder / "invest.duckdb")["faults"][0]


def test_a_check_that_dies_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last words are kept."""
    died = subprocess.CompletedProcess([], -9, b"", b"Traceback\nMemoryError\n")
    monkeypatch.setattr(backups.subprocess, "run", lambda *_, **__: died)
    assert verify_elsewhere(tmp_path)["faults"] == ["the check of the backup failed", "MemoryError"]


# --- Every day, and when asked --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_once_a_day_and_when_asked(known: Database) -> None:
    """Not twice of itself; never of an empty database."""
    path = known.path
    assert back_up_if_due(path, NOON).version == 2
    assert back_up_if_due(path, NOON + timedelta(hours=11)) is None
    ask_for_backup(path)
    assert back_up_if_due(path, NOON + timedelta(hours=11)).made_at == NOON + timedelta(hours=11)
    assert not is_asked(path)
    assert back_up_if_due(path, NOON + timedelta(hours=13)).made_at.day == 2


def test_nothing_is_no_reason_for_a_backup(tmp_path: Path) -> None:
    """Neither a database that is not there nor one without a write."""
    path = tmp_path / "a.duckdb"
    assert back_up_if_due(path, NOON) is None
    assert not path.exists()
    open_database(path).close()
    assert (back_up_if_due(path, NOON), list_backups(path)) == (None, [])


def test_a_failure_is_noted_and_tried_again_an_hour_later(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once where somebody asks; a good backup takes the note away."""
    with monkeypatch.context() as patch:
        patch.setattr(space, "LEAST_FREE_BYTES", 2**62)
        assert back_up_if_due(known.path, NOON) is None
        assert "磁盘" in last_failure(known.path).message_zh
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    assert back_up_if_due(known.path, NOON + timedelta(minutes=59)) is None
    assert back_up_if_due(known.path, NOON + timedelta(minutes=61)).version == 2
    assert last_failure(known.path) is None

    def fail(*arguments: object, **more: object) -> None:
        raise RuntimeError("fault")

    monkeypatch.setattr(backup_schedule, "make_backup", fail)
    ask_for_backup(known.path)
    assert back_up_if_due(known.path, NOON + timedelta(hours=2)) is None
    assert last_failure(known.path).message_en == "It failed: RuntimeError; see the log."


def test_a_failure_that_cannot_be_noted_ends_nothing(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the note fails too; the thread must live on."""

    def fail(*arguments: object, **more: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(backup_schedule, "make_backup", fail)
    monkeypatch.setattr(backup_schedule, "write_durably", fail)
    assert (back_up_if_due(known.path, NOON), last_failure(known.path)) == (None, None)


def test_the_thread_looks_until_it_is_ended(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """First after a pause, then every few seconds."""
    ended, looks = threading.Event(), []
    monkeypatch.setattr(backup_schedule, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(
        backup_schedule, "back_up_if_due", lambda path, _: looks.append(path) or (len(looks) > 2 and ended.set())
    )
    keep_backups(known.path, ended, 0.01)
    assert looks == [known.path] * 3


# --- Putting back ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_a_restore_drill(known: Database) -> None:
    """What came after the backup is named first; then all is as it was, and what was there lies aside."""
    made = make_backup(known, made_at=NOON)
    before = [each.receipt_number for each in receipts(known)]
    accept(known, monthly("2024-10", row("甲")))
    known.close()
    known.path.with_name("invest.duckdb.wal").write_bytes(b"of another database")
    known.path.write_bytes(b"damaged")
    plan = plan_restore(known.path, made.folder.name)
    assert [entry["period"] for entry in plan.later] == ["2024-10"]
    assert (known.path.read_bytes(), len(list(backup_folder(known.path).iterdir()))) == (b"damaged", 1)
    aside, faults = restore_backup(plan, restored_at=LATER)
    assert faults == []
    assert {path.name for path in aside.iterdir()} == {
        "invest.duckdb", "invest.duckdb.wal", "invest.journal.jsonl", "invest.anchor.json",
    }  # fmt: skip
    again = open_checked(known.path)
    assert (again.faults, [each.receipt_number for each in receipts(again)], check_integrity(again)) == ((), before, [])
    assert accept(again, monthly("2024-10", row("甲"))).receipt_number == "2024-10-滨海-01"
    again.close()


@pytest.mark.usefixtures("here")
def test_into_an_empty_place(known: Database, tmp_path: Path) -> None:
    """A new machine: the backup's folder is named by its path."""
    made = make_backup(known, made_at=NOON)
    target = tmp_path / "new" / "invest.duckdb"
    target.parent.mkdir()
    plan = plan_restore(target, str(made.folder))
    assert plan.later == ()
    aside, faults = restore_backup(plan, restored_at=LATER)
    assert (faults, list(aside.iterdir())) == ([], [])
    again = open_checked(target)
    assert check_integrity(again) == []
    again.close()


@pytest.mark.usefixtures("here")
def test_what_is_not_put_back(known: Database) -> None:
    """No such backup, one that was spoilt since, one without a database."""
    made = make_backup(known, made_at=NOON)
    known.close()
    with pytest.raises(NotRestored, match="没有这份备份"):
        plan_restore(known.path, "2024-01-01_000000")
    copy = made.folder / known.path.name
    journal_path_of_copy = made.folder / journal_path(known).name
    spoil(journal_path_of_copy, journal_path_of_copy.read_bytes().replace(b"12:00", b"13:00"))
    with pytest.raises(NotRestored, match=r"未通过检查.*journal: line 2"):
        plan_restore(known.path, made.folder.name)
    copy.unlink()
    with pytest.raises(NotRestored, match="no database"):
        plan_restore(known.path, made.folder.name)


def test_not_under_a_running_system(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is to be stopped first."""

    def fail(path: str, **more: object) -> None:
        raise duckdb.IOException("Could not set lock on file")

    monkeypatch.setattr(restoring.duckdb, "connect", fail)
    with pytest.raises(DatabaseBusy):
        plan_restore(known.path, "2024-09-01_120000")


# --- The command line -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_the_commands(known: Database, capsys: pytest.CaptureFixture) -> None:
    """Backup, check, dry run, restore: in Chinese, with a code."""
    known.close()
    database = ["--database", str(known.path)]
    assert main(["backup", *database]) == 0
    assert "到第 2 次写入" in capsys.readouterr().out
    (made,) = list_backups(known.path)
    copy = made.folder / known.path.name
    assert (main(["verify", str(copy)]), main(["verify", str(copy), "--json"])) == (0, 0)
    assert '"faults": []' in capsys.readouterr().out
    db = open_database(known.path)
    accept(db, monthly("2024-10", row("甲")))
    db.close()
    assert main(["restore", made.folder.name, "--dry-run", *database]) == 0
    said = capsys.readouterr().out
    assert "备份之后的 1 条操作记录恢复后不再生效" in said and "2024-10-滨海-01" in said and "未作任何改动" in said
    assert main(["restore", made.folder.name, *database]) == 0
    assert "未删除" in capsys.readouterr().out
    assert main(["restore", made.folder.name, "--dry-run", *database]) == 0
    assert "备份之后没有操作记录" in capsys.readouterr().out
    assert main(["restore", "x", *database]) == 2
    original = next(path for path in made.folder.rglob("*") if len(path.name) == 64)
    spoil(original, b"x")
    assert (main(["verify", str(copy)]), main(["verify", str(copy), "--json"])) == (1, 1)
    assert "1 处不一致" in capsys.readouterr().err
    assert main(["backup", "--database", str(known.path.with_name("none.duckdb"))]) == 2
    assert not known.path.with_name("none.duckdb").exists()


@pytest.mark.usefixtures("here")
def test_beside_the_running_server_the_server_makes_it(
    known: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """The command asks and waits; it says so when none comes, and why."""

    def busy(path: Path) -> Database:
        raise DatabaseBusy(path)

    monkeypatch.setattr("storage.__main__.open_checked", busy)
    ended = threading.Event()
    monkeypatch.setattr(backup_schedule, "LOOK_SECONDS", 0.01)
    server = threading.Thread(target=keep_backups, args=(known.path, ended, 0.2))
    server.start()
    assert main(["backup", "--database", str(known.path)]) == 0
    ended.set()
    server.join()
    assert "到第 2 次写入" in capsys.readouterr().out
    assert main(["backup", "--wait", "0.01", "--database", str(known.path)]) == 2
    assert "没有完成备份" in capsys.readouterr().err
    monkeypatch.setattr(space, "LEAST_FREE_BYTES", 2**62)
    assert back_up_if_due(known.path, datetime(2030, 1, 1)) is None
    assert main(["backup", "--wait", "0.01", "--database", str(known.path)]) == 2
    assert "磁盘剩余空间不足" in capsys.readouterr().err


def test_names_of_folders_may_hold_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path stands in SQL, where a quote would end it."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    db = open_database(tmp_path / "o'clock" / "数据.duckdb")
    accept(db, monthly("2024-08", row("甲")))
    assert make_backup(db, made_at=NOON).faults == ()
    assert anchor_path(journal_path(db)).name == "数据.anchor.json"
    db.close()
