"""The record of use: what is noted, what is found when somebody changes it, and what a full disk does not stop."""

from __future__ import annotations

import json
import logging
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.accounts import Account
from domain.scope import OFFICE, Scope, scope_of
from storage import access, backups, signing_in
from storage.accepting import NotAcceptable
from storage.access import access_faults, access_path, check_access, note_access, read_access
from storage.accounts import add_account, first_password
from storage.backups import make_backup, verify_copy
from storage.chain import anchor_path, check_chain
from storage.engine import Database
from storage.health import Search, read_health, search_audit
from storage.opening import open_checked
from storage.rebuilding import rebuild_database
from storage.restoring import plan_restore, restore_backup
from storage.signing_in import give_password, shut_out, sign_in

NOON = datetime(2024, 9, 10, 12, 0)
LONG_AGO = datetime(2024, 1, 1)


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """The database file of a record with a beginning and three lines."""
    database = tmp_path / "monitor.duckdb"
    for minute, (event, actor) in enumerate((("signed_in", "王"), ("file_taken", "王"), ("signed_out", "李"))):
        note_access(database, event, actor, at=NOON + timedelta(minutes=minute), address="10.0.0.7", file_name="表.xlsx")
    return database


def events(database: Path) -> list[tuple[int, str, str]]:
    return [(entry["sequence"], entry["event"], entry["actor"]) for entry in read_access(database)]


def test_lines_are_a_chain_with_an_anchor(used: Path) -> None:
    """Numbered, each with its time, who, and from where; the first says when the record began."""
    expected = [(1, "record_begun", "system"), (2, "signed_in", "王"), (3, "file_taken", "王"), (4, "signed_out", "李")]
    assert events(used) == expected
    assert check_chain(access_path(used)) == []
    assert json.loads(anchor_path(access_path(used)).read_bytes())["lines"] == 4
    last = list(read_access(used))[-1]
    assert (last["happened_at"], last["address"]) == ("2024-09-10 12:02:00", "10.0.0.7")
    assert access_faults(used) == []


def test_many_at_once_write_one_chain(tmp_path: Path) -> None:
    """Fifty lines of ten people, none lost and none torn."""
    database = tmp_path / "monitor.duckdb"

    def use(name: str) -> None:
        for _ in range(5):
            note_access(database, "file_taken", name, at=NOON)

    people = [threading.Thread(target=use, args=(f"人{number}",)) for number in range(10)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert [sequence for sequence, *_ in events(database)] == list(range(1, 52))
    assert check_chain(access_path(database)) == []


def change(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace("王".encode(), "赵".encode(), 1))


def cut(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def drop_middle(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:1], *lines[2:]]))


def lose_anchor(path: Path) -> None:
    anchor_path(path).unlink()


def lose(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [change, cut, drop_middle, lose_anchor, lose])
def test_a_changed_or_cut_record_is_found_at_start_and_set_aside(used: Path, harm) -> None:
    """It is told as long as the old one lies there, nothing is deleted, and the new one says what happened."""
    harm(access_path(used))
    found = check_access(used, at=NOON)
    assert [fault.code for fault in found] == ["access_damaged"]
    assert found[0].place == "monitor.access.damaged-2024-09-10_120000"
    assert [event for _, event, _ in events(used)] == ["record_damaged"]
    note_access(used, "signed_in", "王", at=NOON)
    assert [event for _, event, _ in events(used)] == ["record_damaged", "signed_in"]
    assert check_access(used, at=NOON + timedelta(days=1)) == found
    kept = [path for path in used.parent.iterdir() if "damaged" in path.name]
    assert kept
    for path in kept:
        path.unlink()
    assert access_faults(used) == []


def test_a_record_changed_while_the_system_runs_is_found_at_the_next_line(used: Path) -> None:
    """Where it has not the length that the last line left."""
    cut(access_path(used))
    note_access(used, "signed_in", "王", at=NOON)
    assert [fault.code for fault in access_faults(used)] == ["access_damaged"]
    assert [event for _, event, _ in events(used)] == ["record_damaged", "signed_in"]


def test_a_line_torn_by_a_crash_is_no_damage(used: Path) -> None:
    """A crash leaves the record ahead of its anchor; the next line begins anew."""
    with access_path(used).open("ab") as file:
        file.write(b'{"event": "signed_')
    assert check_access(used, at=NOON) == []
    note_access(used, "signed_in", "王", at=NOON)
    assert [sequence for sequence, *_ in events(used)] == [1, 2, 3, 4, 6]
    assert check_chain(access_path(used)) == []


def test_what_cannot_be_written_stops_nobody_and_is_seen(
    used: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The line goes to the log, the fault is told until a line is written again; a half line harms nothing."""
    real = access.extend

    def full(path: Path, *_: object) -> None:
        with path.open("ab") as file:
            file.write(b'{"half')
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(access, "extend", full)
    with caplog.at_level(logging.ERROR):
        note_access(used, "signed_in", "赵", at=NOON)
    assert '"actor": "赵"' in caplog.text
    assert [(fault.code, fault.place) for fault in access_faults(used)] == [("access_stopped", "2024-09-10 12:00:00")]
    monkeypatch.setattr(access, "extend", real)
    note_access(used, "signed_in", "钱", at=NOON)
    assert access_faults(used) == []
    assert [actor for *_, actor in events(used)][-1] == "钱"
    assert check_chain(access_path(used)) == []


def test_a_damaged_record_on_a_full_disk_is_told(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The start goes on."""
    cut(access_path(used))
    monkeypatch.setattr(access, "extend", lambda *_: (_ for _ in ()).throw(OSError("full")))
    assert [fault.code for fault in check_access(used, at=NOON)] == ["access_damaged", "access_stopped"]


def test_what_a_stranger_types_is_cut(tmp_path: Path) -> None:
    """A line is never longer than a few hundred characters a part."""
    note_access(tmp_path / "monitor.duckdb", "signed_in", "名" * 5000, at=NOON, file_name="x" * 5000)
    last = list(read_access(tmp_path / "monitor.duckdb"))[-1]
    assert (len(last["actor"]), len(last["file_name"])) == (200, 200)


def test_whatever_is_said_can_be_written(tmp_path: Path) -> None:
    """Halves of a character and things that JSON has no word for stop nobody either."""
    database = tmp_path / "monitor.duckdb"
    note_access(database, "file_taken", "王\ud800", at=NOON, file_name=Path("a"), version=3, cell=None)
    last = list(read_access(database))[-1]
    assert (last["actor"], last["file_name"], last["version"], last["cell"]) == ("王?", "a", 3, None)
    assert access_faults(database) == []


def test_sign_ins_and_failures_are_noted(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five failures close the account; tries of a closed one are noted once a minute; unknown names are not kept."""
    add_account(db, Account("wang", "reporter", "binhai"), None, actor="chief", recorded_at=LONG_AGO)
    monkeypatch.setattr(signing_in, "is_password", lambda _db, name, password: (name, password) == ("wang", "right"))
    signing_in._noted.clear()
    sign_in(db, "wang", "right", now=NOON, address="10.0.0.7")
    for _ in range(8):
        with pytest.raises(NotAcceptable):
            sign_in(db, "wang", "wrong", now=NOON, address="10.0.0.8")
    with pytest.raises(NotAcceptable):
        sign_in(db, "my-password-by-mistake", "x", now=NOON)
    told = [(entry["event"], entry["actor"], entry.get("reason")) for entry in read_access(db.path)][1:]
    wrong = ("sign_in_failed", "wang", "wrong")
    closed = [("sign_in_closed", "wang", None), ("sign_in_failed", "wang", "closed")]
    assert told == [("signed_in", "wang", None), *[wrong] * 5, *closed, ("sign_in_failed", "", "wrong")]
    assert b"by-mistake" not in access_path(db.path).read_bytes()
    assert {entry.get("address") for entry in read_access(db.path) if entry["actor"] == "wang"} == {"10.0.0.7", "10.0.0.8"}


def test_a_new_password_lets_in_at_once_and_shutting_out_ends_sign_ins(db: Database) -> None:
    """What the page and the command line do with an account; the random password is one that is accepted."""
    for name in ("chief", "wang"):
        add_account(db, Account(name, "administrator"), first_password(name), actor="x", recorded_at=LONG_AGO)
    password = first_password("wang")
    give_password(db, "wang", password, actor="chief", recorded_at=NOON)
    with pytest.raises(signing_in.MustChange):
        sign_in(db, "wang", password, now=NOON)
    shut_out(db, "wang", actor="chief", recorded_at=NOON)
    with pytest.raises(NotAcceptable):
        sign_in(db, "wang", password, now=NOON)
    assert first_password("") != ""


SEARCHES = [
    (Search(), ["account_changed", "file_taken", "signed_in", "record_begun"]),
    (Search(event="file_taken"), ["file_taken"]),
    (Search(actor="王"), ["file_taken", "signed_in"]),
    (Search(since="2024-09-11"), ["account_changed", "file_taken"]),
    (Search(until="2024-09-10"), ["signed_in", "record_begun"]),
    (Search(since="2024-09-10", until="2024-09-11"), ["file_taken", "signed_in", "record_begun"]),
    (Search(since="2024-10"), []),
    (Search(text="表.XLSX"), ["file_taken"]),
    (Search(text="10.0.0.7"), ["file_taken", "signed_in"]),
]


@pytest.fixture
def both(db: Database) -> Database:
    """Lines of the record of use, and a later one of the journal."""
    note_access(db.path, "signed_in", "王", at=NOON, address="10.0.0.7")
    note_access(db.path, "file_taken", "王", at=NOON + timedelta(days=1), address="10.0.0.7", file_name="表.xlsx")
    add_account(db, Account("li", "viewer"), None, actor="李", recorded_at=NOON + timedelta(days=2))
    return db


@pytest.mark.parametrize(("search", "found"), SEARCHES)
def test_both_records_are_searched_as_one(both: Database, search: Search, found: list[str]) -> None:
    """By what, who, from and until when, and any words; newest first."""
    entries, total = search_audit(both, OFFICE, search)
    assert ([entry["event"] for entry in entries], total) == (found, len(found))


@pytest.mark.parametrize("role", ["checker", "viewer", "meeting"])
def test_nobody_else_reads_what_others_did(both: Database, role: str) -> None:
    """Neither sign-ins nor the journal, whatever districts the role may read."""
    assert search_audit(both, scope_of(role, "", "x"), Search()) == ([], 0)
    assert search_audit(both, scope_of("reporter", "binhai", "x"), Search()) == ([], 0)
    assert search_audit(both, Scope("stranger", OFFICE.bodies), Search()) == ([], 0)
    assert search_audit(both, scope_of("administrator", "", "x"), Search())[1] == 4


def test_the_health_of_the_system_tells_of_the_record(both: Database) -> None:
    """Without making the database read-only."""
    assert read_health(both).access_faults == ()
    cut(access_path(both.path))
    check_access(both.path, at=NOON)
    health = read_health(both)
    assert [fault.code for fault in health.access_faults] == ["access_damaged"]
    assert health.faults == ()


def test_backup_and_restore(both: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup holds a copy that is checked. A restore leaves a whole record as it is, and replaces a lost one."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    monkeypatch.setattr("storage.restoring.verify_elsewhere", verify_copy)
    made = make_backup(both, made_at=NOON)
    assert made.faults == ()
    copy = made.folder / both.path.name
    assert access_path(copy).read_bytes() == access_path(both.path).read_bytes()
    note_access(both.path, "signed_out", "王", at=NOON)
    both.close()
    restore_backup(plan_restore(both.path, made.folder.name), restored_at=NOON)
    assert [event for _, event, _ in events(both.path)][-2:] == ["signed_out", "backup_restored"]
    access_path(both.path).unlink()
    restore_backup(plan_restore(both.path, made.folder.name), restored_at=NOON + timedelta(hours=1))
    assert [event for _, event, _ in events(both.path)] == ["record_begun", "signed_in", "file_taken", "backup_restored"]
    assert check_chain(access_path(both.path)) == []
    change(access_path(copy))
    assert any("line" in fault for fault in verify_copy(copy)["faults"])


def test_a_rebuild_takes_the_record_along(both: Database, tmp_path: Path) -> None:
    """As it is, under the name of the new database."""
    target = tmp_path / "new" / "again.duckdb"
    both.close()
    assert rebuild_database(both.path, target, lambda *_: None).faults == ()
    assert access_path(target).read_bytes() == access_path(both.path).read_bytes()
    opened = open_checked(target)
    assert (opened.faults, access_faults(target)) == ((), [])
    opened.close()
