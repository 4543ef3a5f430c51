"""A database built again from the originals and the journal is the one that was lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import NOON, accept, monthly, row
from everything import record_everything
from sample_year import copy_database

from domain.submissions import Decision
from storage import journal, rebuilding
from storage.__main__ import main, read_again
from storage.accepting import remember_decisions
from storage.chain import anchor_path
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.journal import journal_path, read_journal
from storage.rebuilding import PARTED, PARTS, TABLES, NotRebuilt, rebuild_database

# When the file got its shape is no part of the record; passwords are in no journal.
OF_THE_FILE, SECRET = "schema_version", "account_password"


def tables(db: Database) -> dict[str, list[tuple]]:
    """Every table with all its rows, in an order that does not depend on how they came in."""
    with db.cursor() as cursor:
        names = [name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: cursor.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}


@pytest.fixture(scope="module")
def lived(until_august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Eight months of returns, and everything recorded that can be."""
    db = open_database(copy_database(until_august, tmp_path_factory.mktemp("lived")))
    record_everything(db)
    yield db
    db.close()


def test_every_kind_of_event_is_put_back(lived: Database) -> None:
    """What a journal can hold, the rebuild knows, and the tests below have recorded."""
    assert set(journal.EVENTS) | {journal.DECIDED} == {journal.ACCEPTED, *TABLES, *PARTED}
    assert set(journal.PARTS) == {"corrections", "reasons", *PARTS}
    entries = read_journal(lived)
    assert {entry["event"] for entry in entries} == {*journal.EVENTS, journal.DECIDED}
    assert set(journal.PARTS) | {"decisions"} <= {name for entry in entries for name in entry}


def test_what_is_rebuilt_equals_in_every_table(lived: Database, tmp_path: Path) -> None:
    """Row for row, with the times and the numbers of the writes; originals and journal stand beside it."""
    rebuilt = rebuild_database(lived.path, tmp_path / "new" / "again.duckdb", read_again)
    assert rebuilt.faults == ()
    assert rebuilt.events == len(read_journal(lived))
    again = open_database(tmp_path / "new" / "again.duckdb")
    try:
        before, after = tables(lived), tables(again)
        assert [version for version, _ in after.pop(OF_THE_FILE)] == [v for v, _ in before.pop(OF_THE_FILE)]
        assert (bool(before.pop(SECRET)), after.pop(SECRET)) == (True, [])
        assert sum(map(bool, before.values())) > 25
        for name, rows in before.items():
            assert after[name] == rows, name
        assert set(after) == set(before)
        assert check_integrity(again) == []
        assert journal_path(again).read_bytes() == journal_path(lived).read_bytes()
    finally:
        again.close()


def test_a_workbook_that_reads_otherwise_is_named(db: Database, tmp_path: Path) -> None:
    """A later version of the loaders may read a cell differently; the rebuild does not pass that over."""
    made = monthly("2024-08", row("甲", total_investment_wan=1))
    accept(db, made)
    other, _ = monthly("2024-08", row("甲", investment_ytd_wan=7), content=made[1])
    rebuilt = rebuild_database(db.path, tmp_path / "again.duckdb", lambda *_: other)
    assert rebuilt.faults == ("database and journal disagree on write 1 (accepted)",)


def test_beside_a_journal_that_was_changed_a_new_chain_begins(db: Database, tmp_path: Path) -> None:
    """What it says is put back and the fault is told; the new journal can be written to, the old one stays as it is."""
    made = monthly("2024-08", row("甲"))
    accept(db, made, reason="推迟")
    content = journal_path(db).read_bytes().replace("推迟".encode(), "改过".encode())
    journal_path(db).write_bytes(content)
    rebuilt = rebuild_database(db.path, tmp_path / "again.duckdb", lambda *_: made[0])
    assert rebuilt.faults == ("journal: line 1 or one before it is not as its anchor says",)
    again = open_database(tmp_path / "again.duckdb")
    accept(again, monthly("2024-09", row("甲")))
    assert ([entry["reason"] for entry in read_journal(again)], again.faults) == (["改过", ""], ())
    again.close()
    assert journal_path(db).read_bytes() == content


def test_a_journal_from_before_the_chain_is_enough(db: Database, tmp_path: Path) -> None:
    """Without an anchor, and without originals where no workbook was sent."""
    remember_decisions(db, [Decision("word", "binhai", "stage:快了", "started")], decided_at=NOON)
    old = [{name: value for name, value in entry.items() if name != "chain"} for entry in read_journal(db)]
    journal_path(db).write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in old), encoding="utf-8")
    anchor_path(journal_path(db)).unlink()
    rebuilt = rebuild_database(db.path, tmp_path / "again.duckdb", read_again)
    assert (rebuilt.events, rebuilt.faults) == (1, ())


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda db: journal_path(db).unlink(), "no journal"),
        (lambda db: (db.path.parent / "again.duckdb").touch(), "is there already"),
        (lambda db: [f.unlink() for f in db.path.with_suffix(".originals").rglob("*") if f.is_file()], "of 2024-08"),
        (
            lambda db: journal_path(db).write_text('{"event": "flown", "sequence": 1, "happened_at": "2024-09-01"}\n'),
            "flown",
        ),
    ],
    ids=["no journal", "target there", "original lost", "unknown event"],
)
def test_what_cannot_be_rebuilt_is_said(db: Database, spoil, said: str) -> None:
    """In a sentence, and without half a database left behind."""
    made = monthly("2024-08", row("甲"))
    accept(db, made)
    spoil(db)
    target = db.path.parent / "again.duckdb"
    was_there = target.exists()
    with pytest.raises(NotRebuilt, match=said):
        rebuild_database(db.path, target, lambda *_: made[0])
    assert (target.exists(), target.with_suffix(".originals").exists()) == (was_there, False)


def test_of_two_lines_about_one_write_the_later_counts(db: Database, tmp_path: Path) -> None:
    """An older database that was put back uses numbers a second time."""
    accept(db, monthly("2024-08", row("甲")))
    line = journal_path(db).read_text(encoding="utf-8").replace("2024-08.xlsx", "旧.xlsx")
    journal_path(db).write_text(line + journal_path(db).read_text(encoding="utf-8"), encoding="utf-8")
    entries = rebuilding.rebuilt_events(journal_path(db))
    assert [entry["file_name"] for entry in entries] == ["2024-08.xlsx"]


def test_the_command(until_august: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """Says what was done in Chinese; 2 where it cannot be done."""
    source, target = copy_database(until_august, tmp_path / "a"), tmp_path / "b" / "again.duckdb"
    source.unlink()
    command = ["rebuild", "--from", str(source), "--to", str(target)]
    assert main(command) == 0
    assert "条操作记录重建 again.duckdb" in capsys.readouterr().out
    assert main(command) == 2
    assert "已经存在" in capsys.readouterr().err
