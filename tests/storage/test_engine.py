"""The engine: one owner, transactions that leave nothing half done, and the shape of the file."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from builders import accept, monthly, row

from domain import fields
from domain.fields import MONEY, Field, stored_columns
from storage import engine, shaping
from storage.engine import Database, DatabaseBusy, DatabaseNotOpened, open_database
from storage.journal import journal_path

HOLDER = """
import sys
from storage.engine import open_database
db = open_database(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""
ROOT = Path(engine.__file__).parents[1]


def count(db: Database, table: str) -> int:
    with db.cursor() as cursor:
        return cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]


def withdraw_row(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute("INSERT INTO withdrawal VALUES ('s', 1, TIMESTAMP '2024-01-01', 'office', 'reason')")


def test_a_new_database_has_a_column_for_every_stored_field(db: Database) -> None:
    """The declaration alone says which field columns there are."""
    with db.cursor() as cursor:
        types = dict(
            cursor.execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'project_row'"
            ).fetchall()
        )
    assert {name: types[name] for name, _ in stored_columns()} == dict(stored_columns())


def test_a_newly_declared_field_gets_its_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening an older file adds the column, and the views show it."""
    open_database(tmp_path / "a.duckdb").close()
    new = Field("subsidy_wan", MONEY, "补助", "subsidy", "补助。", "Subsidy.")
    monkeypatch.setattr(fields, "PROJECT_FIELDS", (*fields.PROJECT_FIELDS, new))
    db = open_database(tmp_path / "a.duckdb")
    with db.cursor() as cursor:
        assert cursor.execute("SELECT subsidy_wan FROM reported_row").fetchall() == []
    db.close()


def test_migrations_run_once_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each numbered file is applied once and recorded."""
    shutil.copytree(shaping.MIGRATIONS, tmp_path / "m")
    ours = sorted(int(file.name[:4]) for file in (tmp_path / "m").glob("*.sql"))
    (tmp_path / "m" / f"{ours[-1] + 2:04}_fill.sql").write_text("INSERT INTO extra VALUES (1)")
    (tmp_path / "m" / f"{ours[-1] + 1:04}_extra.sql").write_text("CREATE TABLE extra (number INTEGER NOT NULL)")
    monkeypatch.setattr(shaping, "MIGRATIONS", tmp_path / "m")
    open_database(tmp_path / "a.duckdb").close()
    db = open_database(tmp_path / "a.duckdb")
    assert count(db, "extra") == 1
    with db.cursor() as cursor:
        assert cursor.execute("SELECT version FROM schema_version ORDER BY 1").fetchall() == [
            (n,) for n in (*ours, ours[-1] + 1, ours[-1] + 2)
        ]
    db.close()


def test_a_failing_migration_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration is all or nothing, and the database can still be opened without it."""
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "0001_bad.sql").write_text("CREATE TABLE extra (number INTEGER); SELECT * FROM nowhere")
    with monkeypatch.context() as patch, pytest.raises(DatabaseNotOpened):
        patch.setattr(shaping, "MIGRATIONS", tmp_path / "m")
        open_database(tmp_path / "a.duckdb")
    db = open_database(tmp_path / "a.duckdb")
    with pytest.raises(duckdb.CatalogException):
        count(db, "extra")
    db.close()


def test_a_fault_of_the_program_while_opening_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is closed whatever goes wrong."""

    def fail(connection: object) -> None:
        raise RuntimeError("fault")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="fault"):
        patch.setattr(engine, "shape_database", fail)
        open_database(tmp_path / "a.duckdb")
    subprocess.run(
        [sys.executable, "-c", HOLDER, str(tmp_path / "a.duckdb")], input=b"", cwd=ROOT, check=True, capture_output=True
    )


def test_sql_may_write_to_the_backup_folder_alone(db: Database) -> None:
    """A backup made through the connection needs one folder."""
    engine.backup_folder(db.path).mkdir()
    with db.cursor() as cursor:
        cursor.execute(f"ATTACH '{engine.backup_folder(db.path).resolve()}/b.duckdb' AS backup")
        cursor.execute("COPY FROM DATABASE invest TO backup")
        cursor.execute("DETACH backup")


def test_a_second_process_is_told_that_the_database_is_busy(tmp_path: Path) -> None:
    """The sentence is for people, in both languages."""
    path = tmp_path / "a.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(DatabaseBusy, match=r"正被另一个程序使用.*Another program"):
            open_database(path)
        holder.communicate(b"")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Damage is told apart from a busy file."""
    (tmp_path / "a.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(DatabaseNotOpened, match="已损坏") as caught:
        open_database(tmp_path / "a.duckdb")
    assert not isinstance(caught.value, DatabaseBusy)


@pytest.mark.parametrize("kept", [0, 0.02, 0.5])
def test_a_cut_off_file_is_refused(tmp_path: Path, kept: float) -> None:
    """What the disk lost is told at opening in a sentence, and no connection stays behind to lock the file."""
    path = tmp_path / "a.duckdb"
    db = open_database(path)
    for month in range(1, 4):
        accept(db, monthly(f"2024-0{month}", *(row(f"项目{n}", n + 5, total_investment_wan=n) for n in range(50))))
    db.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(DatabaseNotOpened, match="已损坏"):
        open_database(path)
    path.write_bytes(whole)
    subprocess.run([sys.executable, "-c", HOLDER, str(path)], input=b"", cwd=ROOT, check=True, capture_output=True)


def test_damage_that_shows_only_in_the_rows_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shape may be whole where the rows, read for the journal, are not."""

    def fail(db: Database) -> None:
        raise duckdb.IOException("Could not read enough bytes from file")

    monkeypatch.setattr(engine, "write_journal", fail)
    with pytest.raises(DatabaseNotOpened, match="已损坏"):
        open_database(tmp_path / "a.duckdb")


def test_a_journal_that_cannot_be_written_while_opening_leaves_no_lock(tmp_path: Path) -> None:
    """The connection is closed, and the file opens once the journal can be written."""
    path = tmp_path / "a.duckdb"
    db = open_database(path)
    accept(db, monthly("2024-08", row("甲")))
    db.close()
    journal_path(db).unlink()
    journal_path(db).mkdir()
    # The error, with all that its traceback holds, is still there when the other process opens the file.
    with pytest.raises(OSError) as caught:
        open_database(path)
    journal_path(db).rmdir()
    subprocess.run([sys.executable, "-c", HOLDER, str(path)], input=b"", cwd=ROOT, check=True, capture_output=True)
    assert caught.value.filename == str(journal_path(db))


@pytest.mark.parametrize(("setting", "expected"), [("/srv/a.duckdb", "/srv/a.duckdb"), ("", str(engine.DEFAULT_PATH))])
def test_an_installation_may_name_its_database(monkeypatch: pytest.MonkeyPatch, setting: str, expected: str) -> None:
    """By MONITOR_DATABASE; an empty setting is none."""
    monkeypatch.setenv("MONITOR_DATABASE", setting)
    assert str(engine.database_path()) == expected


def test_a_snapshot_stays_as_it_was(db: Database) -> None:
    """Writes go on meanwhile, and a query that fails inside leaves no transaction open."""
    with db.snapshot() as cursor:
        before = engine.read_version(cursor)
        db.write(withdraw_row)
        assert (engine.read_version(cursor), db.version()) == (before, 1)
    with pytest.raises(duckdb.CatalogException), db.snapshot() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    db.write(withdraw_row)
    assert db.version() == 2


def test_the_same_process_may_open_it_twice(db: Database) -> None:
    """A second owner in one process shares the file, its settings locked already, and sees what the first wrote."""
    second = open_database(db.path)
    second.write(withdraw_row)
    assert db.version() == 1
    second.close()
    second.close()


def test_each_write_raises_the_version(db: Database) -> None:
    """The version is the number of writes."""
    db.write(withdraw_row)
    db.write(withdraw_row)
    assert db.version() == 2


@pytest.mark.parametrize("fault", [StopIteration, KeyboardInterrupt, GeneratorExit, ValueError])
def test_whatever_is_raised_in_a_write_undoes_it(db: Database, fault: type[BaseException]) -> None:
    """Nothing stays, no transaction is open, and the next write works."""

    def body(cursor: duckdb.DuckDBPyConnection) -> None:
        withdraw_row(cursor)
        raise fault

    with pytest.raises(fault):
        db.write(body)
    assert (count(db, "withdrawal"), db.version()) == (0, 0)
    db.write(withdraw_row)
    assert (count(db, "withdrawal"), db.version()) == (1, 1)


def test_a_write_inside_a_write_is_refused(db: Database) -> None:
    """It would wait for itself."""
    with pytest.raises(RuntimeError, match="inside a write"):
        db.write(lambda _: db.write(withdraw_row))
    assert count(db, "withdrawal") == 0


def test_a_conflict_is_tried_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer of another connection makes this one wait and run its body again."""
    monkeypatch.setattr(engine, "LONGEST_PAUSE_SECONDS", 0.001)
    calls = []

    def body(cursor: duckdb.DuckDBPyConnection) -> None:
        calls.append(1)
        if len(calls) < 3:
            raise duckdb.TransactionException("Conflict on update!")
        withdraw_row(cursor)

    db.write(body)
    assert (len(calls), count(db, "withdrawal"), db.version()) == (3, 1, 1)


def test_a_lasting_conflict_is_raised(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """After eight attempts the caller is told."""
    monkeypatch.setattr(engine, "LONGEST_PAUSE_SECONDS", 0.001)
    with db.cursor() as other:
        other.begin()
        other.execute("UPDATE write_lock SET version = 100")
        with pytest.raises(duckdb.TransactionException):
            db.write(withdraw_row)
        other.rollback()
    assert count(db, "withdrawal") == 0


def test_a_checkpoint_that_is_stopped_does_not_undo_the_write(db: Database) -> None:
    """An open write of another connection holds up the checkpoint and nothing else."""
    with db.cursor() as other:
        other.begin()
        other.execute("INSERT INTO schema_version VALUES (99, TIMESTAMP '2024-01-01')")
        db.write(withdraw_row)
        other.rollback()
    assert count(db, "withdrawal") == 1


def test_two_owners_in_one_process_write_one_after_the_other(db: Database) -> None:
    """They share one gate: neither waits for the database to refuse it."""
    second = open_database(db.path)
    threads = [
        threading.Thread(target=lambda owner=owner: [owner.write(withdraw_row) for _ in range(10)])
        for owner in (db, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    second.close()
    assert (count(db, "withdrawal"), db.version()) == (20, 20)


def test_what_follows_a_write_runs_once_after_the_commit(db: Database) -> None:
    """``after`` sees the committed rows and the body's result."""
    seen = []
    db.write(
        lambda cursor: withdraw_row(cursor) or "done",
        after=lambda result: seen.append((result, count(db, "withdrawal"))),
    )
    assert seen == [("done", 1)]


def test_threads_write_one_after_the_other(db: Database) -> None:
    """No write of eight threads is lost."""
    threads = [threading.Thread(target=lambda: [db.write(withdraw_row) for _ in range(5)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(db, "withdrawal"), db.version()) == (40, 40)
