"""The owner of the connection: renewed after a fatal error, queries that run too long ended, a full disk told."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import duckdb
import pytest
from builders import NOON, accept, monthly, row

from storage import accepting, drafts, engine, originals, owner
from storage.engine import Database, DatabaseNotOpened, open_database
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.opening import open_checked
from storage.receipts import receipts
from storage.refusals import DatabaseLost, DiskFull, JournalBehind, NoSpace, TooLong
from storage.space import is_full

NO_ROOM = 'Could not write file "a.duckdb": No space left on device'
FATAL = duckdb.FatalException(f"FATAL Error: Failed to create checkpoint because of error: {NO_ROOM}")
NOT_OF_ROOM = duckdb.FatalException("FATAL Error: a block is out of its place")
NO_COMMIT = duckdb.TransactionException(f"TransactionContext Error: Failed to commit: {NO_ROOM}")


class FailingCursor:
    """A real cursor, of which one step fails: a statement that begins so, or the commit before or after it is done."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, step: str, error: Exception) -> None:
        self.cursor, self.step, self.error = cursor, step, error

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def execute(self, sql: str, *more: object) -> Any:
        if sql.startswith(self.step):
            raise self.error
        return self.cursor.execute(sql, *more)

    def commit(self) -> None:
        if self.step == "before commit":
            raise self.error
        self.cursor.commit()
        if self.step == "after commit":
            raise self.error


class FailingConnection:
    """Lends failing cursors; the connection that comes after it does not."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, step: str, error: Exception) -> None:
        self.connection, self.step, self.error = connection, step, error
        self.is_closed = False

    def cursor(self) -> FailingCursor:
        return FailingCursor(self.connection.cursor(), self.step, self.error)

    def close(self) -> None:
        self.is_closed = True
        self.connection.close()


def spoil(db: Database, step: str, error: Exception) -> FailingConnection:
    failing = FailingConnection(db._owner._connection, step, error)
    db._owner._connection = failing
    return failing


# What fails at which step -> what the sender is told (nothing: the receipt), whether it is stored, opened anew or not.
FAILURES = {
    "checkpoint": ("CHECKPOINT", FATAL, None, True, True),
    "log, before the commit": ("before commit", NO_COMMIT, NoSpace, False, False),
    "checkpoint within the commit, not in": ("before commit", FATAL, NoSpace, False, True),
    "checkpoint within the commit, in already": ("after commit", FATAL, None, True, True),
    "a fatal error of another kind": ("before commit", NOT_OF_ROOM, DatabaseLost, False, True),
    "a row": ("INSERT", FATAL, NoSpace, False, True),
}


@pytest.mark.parametrize(("step", "error", "told", "is_stored", "is_renewed"), FAILURES.values(), ids=FAILURES)
def test_a_write_that_fails(
    db: Database, step: str, error: Exception, told: type[Exception] | None, is_stored: bool, is_renewed: bool
) -> None:
    """It is told in a sentence, is in whole or not at all, and the next one works; readers never meet the old connection."""
    accept(db, monthly("2024-07", row("甲")))
    failing = spoil(db, step, error)
    made = monthly("2024-08", row("甲"))
    if told is None:
        assert accept(db, made).receipt_number == "2024-08-滨海-01"
    else:
        with pytest.raises(told) as caught:
            accept(db, made)
        assert caught.value.message_zh and caught.value.message_en
    if not is_renewed:
        db._owner._connection = failing.connection
    assert (len(receipts(db)), db.version(), failing.is_closed) == (1 + is_stored, 1 + is_stored, is_renewed)
    assert (len(read_journal(db)), db.faults) == (1 + is_stored, ())
    assert accept(db, made).is_repeat is is_stored
    assert check_integrity(db) == []


def test_a_reader_is_told_once(db: Database) -> None:
    """Whoever meets the fatal error is told to try again; the next query is answered by the file opened anew."""
    accept(db, monthly("2024-08", row("甲")))
    spoil(db, "\nWITH counted", FATAL)
    with pytest.raises(DatabaseLost, match="正在重新打开"):
        receipts(db)
    assert len(receipts(db)) == 1


def test_the_renewal_waits_for_all_cursors(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another thread still has one, the file cannot be opened again: told for now, and made up for later."""
    monkeypatch.setattr(owner, "PATIENCE_SECONDS", 0.05)
    with db.cursor():
        with pytest.raises(DatabaseLost), db.cursor():
            raise FATAL
        with pytest.raises(DatabaseLost), db.cursor():
            pytest.fail("lent")
    monkeypatch.setattr(owner, "PATIENCE_SECONDS", 30)
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with db.cursor():
            held.set()
            assert go_on.wait(30)

    db.write(lambda _: None)
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    with pytest.raises(DatabaseLost), db.cursor():
        raise FATAL
    threading.Timer(0.1, go_on.set).start()
    assert receipts(db) == []
    holder.join()


def test_many_meet_it_at_once_and_it_is_opened_once(db: Database) -> None:
    """Eight threads wait for one renewal."""
    opened, connect, answers = [], db._owner._connect, []
    db._owner._connect = lambda: opened.append(1) or connect()
    ready = threading.Barrier(8)

    def ask() -> None:
        with pytest.raises(DatabaseLost), db.cursor():
            ready.wait()
            raise FATAL
        answers.append(receipts(db))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(opened), answers) == (1, [[]] * 8)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (duckdb.FatalException("FATAL Error: database has been invalidated"), DatabaseLost),
        (DatabaseNotOpened(Path("invest.duckdb")), DatabaseNotOpened),
    ],
)
def test_a_file_that_does_not_open_again(db: Database, error: Exception, told: type[Exception]) -> None:
    """Is told at each query until it does."""
    connect = db._owner._connect

    def fail() -> None:
        raise error

    db._owner._connect = fail
    with pytest.raises(DatabaseLost), db.cursor():
        raise FATAL
    for _ in range(2):
        with pytest.raises(told):
            receipts(db)
    db._owner._connect = connect
    assert receipts(db) == []


def test_a_start_beside_what_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told to come again, and not that the file is damaged."""

    def fail(path: Path) -> None:
        raise FATAL

    with monkeypatch.context() as patch, pytest.raises(DatabaseLost):
        patch.setattr(engine, "connect", fail)
        open_database(tmp_path / "a.duckdb")
    open_database(tmp_path / "a.duckdb").close()


def test_a_file_that_has_lost_writes_when_it_opens_again(db: Database) -> None:
    """Is read and no longer written to."""
    accept(db, monthly("2024-08", row("甲")))
    db._owner.note_version(5)
    with pytest.raises(DatabaseLost), db.cursor():
        raise FATAL
    assert len(receipts(db)) == 1
    assert [fault.sentence for fault in db.faults] == ["opened again, the database ends with write 1 and not with 5"]


def test_a_cursor_from_before_says_nothing_of_now(db: Database) -> None:
    """A thread that meets the old error after the renewal does not close the new connection."""
    lent = db._owner._lend(1)
    db._owner._connection = FailingConnection(db._owner._connection, "never", FATAL)
    db._owner._note_loss(lent)
    db._owner._take_back(lent)
    assert not db._owner._is_lost


def test_a_closed_database_is_closed(db: Database) -> None:
    """For its own user at once, for the file when the last one has left."""
    second = open_database(db.path)
    second.close()
    with pytest.raises(duckdb.ConnectionException), second.cursor():
        pytest.fail("lent")
    assert receipts(db) == []
    db.close()
    with pytest.raises(duckdb.ConnectionException), db._owner.cursor(1):
        pytest.fail("lent")


# --- Too long ---------------------------------------------------------------------------------------------------------


def test_a_query_that_runs_on_is_ended(db: Database) -> None:
    """In its time, in a sentence, within a snapshot too; others go on meanwhile and afterwards."""
    endless = "SELECT count(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range + b.range = -1"
    for way in (db.cursor, db.snapshot):
        with pytest.raises(TooLong, match="时间过长"), way(0.1) as cursor:
            cursor.execute(endless).fetchall()
        accept(db, monthly("2024-08", row("甲")))
    with db.cursor(0.1) as cursor:
        threading.Event().wait(1)  # the watch has looked twice: one that does nothing is not harmed
        assert cursor.execute("SELECT count(*) FROM submission").fetchall() == [(1,)]


# --- Full at each step ------------------------------------------------------------------------------------------------


def full(*arguments: object, **more: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_while_the_original_is_kept(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told, and nothing begun; an error of another kind stays what it is."""
    made = monthly("2024-08", row("甲"))
    with monkeypatch.context() as patch, pytest.raises(NoSpace):
        patch.setattr(originals, "write_durably", full)
        accept(db, made)
    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(originals, "write_durably", lambda *_, **__: (_ for _ in ()).throw(PermissionError("no")))
        accept(db, made)
    assert (receipts(db), db.version()) == ([], 0)
    assert accept(db, made).receipt_number == "2024-08-滨海-01"


def test_full_while_a_draft_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told; what is left of it is no draft and is swept away."""
    database = tmp_path / "a.duckdb"
    with monkeypatch.context() as patch, pytest.raises(NoSpace):
        patch.setattr(drafts, "write_durably", full)
        drafts.keep_draft(database, "八月.xlsx", b"x", made_at=NOON)
    (left,) = drafts.drafts_folder(database).iterdir()
    assert (drafts.find_draft(database, left.name), drafts.sweep_drafts(database, now=NOON)) == (None, 1)


def test_full_while_the_journal_is_written(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told that it is in; the same again gives the receipt, with its line."""
    made = monthly("2024-08", row("甲"))
    with monkeypatch.context() as patch, pytest.raises(JournalBehind, match="已写入数据库"):
        patch.setattr(accepting, "write_journal", full)
        accept(db, made)
    assert (len(receipts(db)), len(read_journal(db))) == (1, 0)
    assert (accept(db, made).is_repeat, len(read_journal(db))) == (True, 1)
    accept(db, monthly("2024-09", row("甲")))
    assert (len(read_journal(db)), check_integrity(db)) == (2, [])


@pytest.mark.parametrize("name", ["connect", "shape_database", "write_journal"])
def test_full_while_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Not called damage: told to make room; then it opens with everything."""
    path = tmp_path / "a.duckdb"
    db = open_database(path)
    accept(db, monthly("2024-08", row("甲")))
    db.close()

    def fail(*arguments: object) -> None:
        raise duckdb.IOException(NO_ROOM) if name != "write_journal" else OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch, pytest.raises(DiskFull, match="磁盘已满"):
        patch.setattr(engine, name, fail)
        open_database(path)
    db = open_checked(path)
    assert (len(receipts(db)), db.faults) == (1, ())
    db.close()


LOST_FOR_ROOM = DatabaseLost()
LOST_FOR_ROOM.__cause__ = FATAL
ERRORS = [
    (LOST_FOR_ROOM, True),
    (DatabaseLost(), False),
    (OSError(errno.EDQUOT, "quota"), True),
    (OSError(errno.EACCES, "no"), False),
    (ValueError("No space left on device"), False),
    (None, False),
]


@pytest.mark.parametrize(("error", "expected"), ERRORS)
def test_what_says_that_the_disk_is_full(error: BaseException | None, expected: bool) -> None:
    """By number for files, by words for the database, also of what was passed on."""
    assert is_full(error) is expected
