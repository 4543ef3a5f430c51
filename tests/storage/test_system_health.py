"""What the page of the system's health is given, and the search of the journal."""

from __future__ import annotations

import pytest
from builders import NOON, accept, monthly, row

from domain.scope import OFFICE, scope_of
from storage import backups
from storage.accepting import withdraw_submission
from storage.backups import make_backup, verify_copy
from storage.chain import anchor_path
from storage.engine import Database
from storage.health import Search, read_health, search_audit
from storage.journal import journal_path


@pytest.fixture
def known(db: Database) -> Database:
    """Three events of two people."""
    receipt = accept(db, monthly("2024-08", row("甲")), actor="王", reason="推迟 XLSX")
    accept(db, monthly("2024-09", row("乙"), body="xiangshui"), accepted_at=NOON.replace(month=10))
    withdraw_submission(
        db, receipt.submission_id, reason="报错", actor="王", withdrawn_at=NOON.replace(month=10, day=2)
    )
    return db


def test_an_empty_system(db: Database) -> None:
    """Nothing written, nothing amiss, no backup."""
    health = read_health(db)
    assert (health.writes, health.lines, health.sha256, health.faults, health.backups) == (0, None, None, (), ())
    assert (health.newest_good, health.failure, health.is_asked) == (None, None, False)
    assert health.tables > 25
    assert {"python", "duckdb", "streamlit"} <= dict(health.versions).keys()


def test_a_system_in_use(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest backup that passed is told apart from the newest."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    good = make_backup(known, made_at=NOON)
    monkeypatch.setattr(backups, "verify_elsewhere", lambda _: {"fingerprints": {}, "faults": ["x"]})
    bad = make_backup(known, made_at=NOON.replace(hour=13))
    health = read_health(known)
    assert (health.backups, health.newest_good, health.writes, health.lines) == ((bad, good), good, 3, 3)
    assert health.space.database == known.path.stat().st_size


def test_a_journal_that_was_changed_shows_at_once(known: Database) -> None:
    """Not only at the next start; an anchor that cannot be read gives no figures."""
    content = journal_path(known).read_bytes()
    journal_path(known).write_bytes(content.replace("王".encode(), "李".encode(), 1))
    assert {fault.code for fault in read_health(known).faults} == {"chain_changed", "chain_anchor"}
    journal_path(known).write_bytes(content)
    anchor_path(journal_path(known)).write_bytes(b"{")
    health = read_health(known)
    assert ([fault.code for fault in health.faults], health.lines) == (["anchor_unreadable"], None)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), [3, 2, 1]),
        (Search(event="accepted"), [2, 1]),
        (Search(actor="王"), [3, 1]),
        (Search(since="2024-10", until="2024-10"), [3, 2]),
        (Search(since="2024-10-02", until="2024-10-02"), [3]),
        (Search(text="推迟 xlsx"), [1]),
        (Search(text="滨海-01"), [3, 1]),
        (Search(event="accepted", actor="王", since="2024", text="推迟"), [1]),
        (Search(event="accepted", actor="王", until="2023"), []),
    ],
)
def test_the_journal_is_searched(known: Database, search: Search, found: list[int]) -> None:
    """Newest first, by every part at once."""
    entries, total = search_audit(known, OFFICE, search)
    assert ([entry["sequence"] for entry in entries], total) == (found, len(found))


def test_the_newest_are_given_and_all_are_counted(known: Database) -> None:
    """A long journal does not fill the screen."""
    entries, total = search_audit(known, OFFICE, Search(), most=2)
    assert ([entry["sequence"] for entry in entries], total) == ([3, 2], 3)


def test_the_journal_is_for_those_who_may_read_every_district(known: Database) -> None:
    """And oversee the system: its lines tell of all of them."""
    assert search_audit(known, scope_of("reporter", "binhai", "wang"), Search()) == ([], 0)
