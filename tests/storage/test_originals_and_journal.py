"""What is kept outside the database: the bytes received and the journal."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from builders import NOON, accept, monthly, row

from domain.scope import OFFICE, Scope
from storage import durable, journal
from storage.accepting import withdraw_submission
from storage.chain import anchor_path, check_chain
from storage.engine import Database, open_database
from storage.integrity import check_integrity, check_journal
from storage.journal import ACCEPTANCES, PLACE_WRITES, journal_path, read_journal, recorded_events, write_journal
from storage.journal import _rows as rows_of
from storage.originals import OriginalDamaged, keep_original, original_path, read_original
from storage.queries import original_of


def test_an_original_is_kept_once_and_cannot_be_written(db: Database) -> None:
    """The same bytes are the same file, read-only, and nothing else lies beside it."""
    sha256 = keep_original(db, b"workbook")
    assert keep_original(db, b"workbook") == sha256 == hashlib.sha256(b"workbook").hexdigest()
    path = original_path(db, sha256)
    assert path.parent.parent.name == "invest.originals"
    assert (path.stat().st_mode & 0o777, list(path.parent.iterdir())) == (0o444, [path])
    assert read_original(db, sha256) == b"workbook"


def test_a_failed_write_leaves_no_file(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the temporary nor the final one."""

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(durable.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        keep_original(db, b"workbook")
    assert [path for path in db.path.with_suffix(".originals").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "g" * 64])
def test_only_a_hash_names_an_original(db: Database, name: str) -> None:
    """Nothing that comes from outside becomes a path."""
    with pytest.raises(ValueError, match="not a SHA-256"):
        original_path(db, name)


def test_a_changed_original_is_noticed(db: Database) -> None:
    """When read, and by the check of integrity, which also misses lost and wrongly counted ones."""
    changed, lost, short = (accept(db, monthly(f"2024-0{n}", row("甲"))) for n in (1, 2, 3))
    path = original_path(db, changed.sha256)
    path.chmod(0o644)
    path.write_bytes(b"other")
    original_path(db, lost.sha256).unlink()
    with db.cursor() as cursor:
        cursor.execute("UPDATE submission SET byte_count = 1 WHERE submission_id = $1", [short.submission_id])
    with pytest.raises(OriginalDamaged):
        read_original(db, changed.sha256)
    faults = check_integrity(db)
    assert f"the original {changed.sha256} has changed" in faults
    assert f"the original {lost.sha256} is lost" in faults
    assert f"the original {short.sha256} is not 1 bytes long" in faults


def test_the_original_of_a_submission_is_for_its_readers(db: Database) -> None:
    """File name and bytes, within the scope."""
    made = monthly("2024-08", row("甲"))
    receipt = accept(db, made)
    assert original_of(db, receipt.submission_id, OFFICE) == ("2024-08.xlsx", made[1])
    with pytest.raises(LookupError):
        original_of(db, receipt.submission_id, Scope("reporter", ("xiangshui",)))


def test_the_journal_holds_what_people_decided(db: Database) -> None:
    """Each acceptance and withdrawal with file, time, person and reason."""
    receipt = accept(db, monthly("2024-08", row("甲")), reason="推迟", actor="王")
    withdraw_submission(db, receipt.submission_id, reason="报错", actor="李", withdrawn_at=NOON)
    accepted, withdrawn = read_journal(db)
    expected = {
        "event": "accepted",
        "sequence": 1,
        "receipt_number": "2024-08-滨海-01",
        "kind": "monthly_return",
        "body": "binhai",
        "period": "2024-08",
        "file_name": "2024-08.xlsx",
        "sha256": receipt.sha256,
        "happened_at": "2024-09-01 12:00:00",
        "actor": "王",
        "reason": "推迟",
    }
    assert expected.items() <= accepted.items()
    assert (withdrawn["event"], withdrawn["actor"], withdrawn["reason"]) == ("withdrawn", "李", "报错")
    assert withdrawn["submission_id"] == receipt.submission_id


@pytest.mark.parametrize("kept", [0, 10, -1])
def test_a_torn_or_lost_journal_is_made_good_at_the_next_opening(tmp_path: Path, kept: int) -> None:
    """A torn line stays, and its event is written again below it; the anchor moves after the line alone."""
    db = open_database(tmp_path / "a.duckdb")
    accept(db, monthly("2024-08", row("甲")))
    anchor = anchor_path(journal_path(db)).read_bytes()
    accept(db, monthly("2024-09", row("甲")))
    db.close()
    lines = journal_path(db).read_bytes().splitlines(keepends=True)
    journal_path(db).write_bytes(lines[0] + lines[1][:kept])
    anchor_path(journal_path(db)).write_bytes(anchor)
    db = open_database(tmp_path / "a.duckdb")
    assert [entry["sequence"] for entry in read_journal(db)] == [1, 2]
    assert (check_journal(db), check_chain(journal_path(db)), db.faults) == ([], [], ())
    assert write_journal(db) == 0
    db.close()


def test_only_what_has_grown_is_written_down(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a write the journal is not read again, nor are tables that have not grown; what it holds is the same."""
    accept(db, monthly("2024-08", row("甲")))
    asked: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(journal, "read_journal", lambda _: pytest.fail("read again"))
        patch.setattr(journal, "_rows", lambda cursor, sql: asked.append(sql) or rows_of(cursor, sql))
        accept(db, monthly("2024-09", row("甲")), reason="推迟")
    assert ACCEPTANCES in asked and PLACE_WRITES not in asked
    assert read_journal(db) == recorded_events(db)


@pytest.mark.parametrize("with_anchor", [True, False])
def test_a_journal_that_is_not_as_it_was_left_is_read(db: Database, with_anchor: bool) -> None:
    """One that somebody took away while the system ran: with its anchor it is written anew, alone nothing is written any more."""
    accept(db, monthly("2024-08", row("甲")))
    journal_path(db).unlink()
    if with_anchor:
        anchor_path(journal_path(db)).unlink()
    accept(db, monthly("2024-09", row("甲")))
    assert [entry["sequence"] for entry in read_journal(db)] == ([1, 2] if with_anchor else [])
    assert bool(db.faults) is not with_anchor


def test_a_line_that_could_not_be_written_comes_with_the_next(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a disk refused is not taken for written."""
    accept(db, monthly("2024-08", row("甲")))
    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(journal, "append_lines", lambda *_: (_ for _ in ()).throw(PermissionError("refused")))
        accept(db, monthly("2024-09", row("甲")))
    accept(db, monthly("2024-10", row("甲")))
    assert [entry["sequence"] for entry in read_journal(db)] == [1, 2, 3]


def test_a_journal_that_knows_more_than_the_database_is_noticed(db: Database) -> None:
    """The mark of a lost write-ahead log or of an old backup; so are lines that differ or are missing."""
    accept(db, monthly("2024-08", row("甲")))
    accept(db, monthly("2024-09", row("甲")))
    text = journal_path(db).read_text(encoding="utf-8")
    first = text.split("\n")[0]
    journal_path(db).write_text(
        first.replace('"office"', '"someone"') + "\n[1]\n" + first.replace('"sequence": 1', '"sequence": 9') + "\n"
    )
    assert check_journal(db) == [
        "the journal lacks write 2 (accepted)",
        "the database lacks write 9 (accepted)",
        "database and journal disagree on write 1 (accepted)",
    ]
