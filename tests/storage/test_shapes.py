"""A database of every shape that there has been opens, after a checked backup, with all that it held."""

from __future__ import annotations

import gzip
import importlib.util
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from builders import accept, monthly, row

from storage import backups, engine, shaping, space
from storage.backups import list_backups, verify_copy
from storage.engine import NotMigrated, backup_folder, open_database
from storage.integrity import check_integrity
from storage.opening import open_checked
from storage.receipts import receipts
from storage.shaping import MIGRATIONS, is_in_shape

SCHEMAS = Path(__file__).parent / "schemas"
NUMBERS = sorted(int(path.name[:4]) for path in SCHEMAS.glob("*.gz"))
# The columns that every shape has had.
HELD = {
    "submission": "receipt_number, sequence, kind, body, period, file_name, sha256, accepted_at, reason",
    "withdrawal": "submission_id, sequence, withdrawn_at, withdrawn_by, reason",
    "project_row": "submission_id, sheet, cell_row, project_id, is_counted",
    "decision": "sequence, number, kind, body, subject, answer",
    "target": "submission_id, indicator, body, value, unit, cell",
}


def content_of_fixtures() -> bytes:
    spec = importlib.util.spec_from_file_location("make_schemas", SCHEMAS / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CONTENT


def put(number: int, folder: Path) -> Path:
    """The database of that shape, with its original, as an installation has it."""
    path = folder / "monitor.duckdb"
    path.write_bytes(gzip.decompress((SCHEMAS / f"{number:04}.duckdb.gz").read_bytes()))
    content = content_of_fixtures()
    with duckdb.connect(str(path), read_only=True) as connection:
        ((sha256,),) = connection.execute("SELECT DISTINCT sha256 FROM submission").fetchall()
    kept = folder / "monitor.originals" / sha256[:2] / sha256
    kept.parent.mkdir(parents=True)
    kept.write_bytes(content)
    return path


def held(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    return {
        table: cursor.execute(f"SELECT {names} FROM {table} ORDER BY ALL").fetchall() for table, names in HELD.items()
    }


def test_every_shape_has_its_fixture() -> None:
    """A new migration needs one too: python tests/storage/schemas/make.py writes it."""
    assert [0, *sorted(int(file.name[:4]) for file in MIGRATIONS.glob("*.sql"))] == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_an_older_database_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """All that it held is there, nothing is amiss, a return can be accepted; before the change it was backed up."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    path = put(number, tmp_path)
    with duckdb.connect(str(path), read_only=True) as connection:
        before = held(connection)
    db = open_checked(path)
    try:
        with db.cursor() as cursor:
            assert (held(cursor), is_in_shape(cursor)) == (before, True)
        assert (db.faults, check_integrity(db)) == ((), [])
        assert accept(db, monthly("2024-10", row("甲"))).receipt_number == "2024-10-滨海-01"
        assert [each.is_withdrawn for each in receipts(db)] == [False, True, False]
    finally:
        db.close()
    made = list_backups(path)
    assert [each.is_verified for each in made] == [True] * (number < NUMBERS[-1])
    for each in made:
        copy = duckdb.connect(str(each.folder / path.name), read_only=True)
        assert held(copy) == before
        assert not is_in_shape(copy)
        copy.close()


def test_the_backup_before_a_migration_is_checked_by_another_process(tmp_path: Path) -> None:
    """As every backup is, though the copy is of an earlier shape."""
    path = put(NUMBERS[0], tmp_path)
    open_database(path).close()
    (made,) = list_backups(path)
    assert made.faults == ()
    assert len(list(made.folder.glob("monitor.originals/*/*"))) == 1


@pytest.mark.parametrize("fault", ["no room", "a copy with faults", "a fault of the disk"])
def test_without_a_good_backup_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """It is said, the file stays as it was, and opens once the backup succeeds."""
    path = put(NUMBERS[0], tmp_path)
    content = path.read_bytes()

    def fail(*arguments: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch, pytest.raises(NotMigrated, match="升级前的备份没有成功"):
        if fault == "no room":
            patch.setattr(space, "LEAST_FREE_BYTES", 2**62)
        elif fault == "a copy with faults":
            patch.setattr(backups, "verify_elsewhere", lambda _: {"fingerprints": {}, "faults": ["x"]})
        else:
            patch.setattr(backups, "write_durably", fail)
        open_database(path)
    assert path.read_bytes() == content
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    monkeypatch.setattr(engine, "office_time", lambda: datetime(2030, 1, 1))
    db = open_database(path)
    assert check_integrity(db) == []
    db.close()


def test_a_new_database_needs_no_backup(tmp_path: Path) -> None:
    """Nor does one without a write."""
    open_database(tmp_path / "a.duckdb").close()
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("DELETE FROM schema_version")
        assert not shaping.needs_migration(connection)
    assert not backup_folder(tmp_path / "a.duckdb").exists()
