"""Accounts, passwords, failures and sign-ins, in a database and folder of their own."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.accounts import Account
from storage.__main__ import main
from storage.accepting import NotAcceptable
from storage.accounts import (
    accounts,
    add_account,
    change_password,
    disable_account,
    enable_account,
    find_account,
    is_password,
    reset_password,
)
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.journal import journal_path, read_journal
from storage.sessions import (
    MOST_NAMES,
    bury_session,
    end_session,
    end_sessions_of,
    join_session,
    note_failure,
    open_session,
    sessions_folder,
    use_session,
    wait_left,
)
from storage.signing_in import MustChange, sign_in, sign_in_anew

NINE = datetime(2024, 9, 2, 9, 0)
FIRST, OWN = "first-password-1", "a-word-of-my-own"
WANG = Account("wang", "reporter", "binhai", "王", must_change=True)


def minutes(count: float) -> datetime:
    return NINE + timedelta(minutes=count)


def add(db: Database, account: Account = WANG, password: str | None = FIRST) -> None:
    add_account(db, account, password, actor="chief", recorded_at=NINE)


def test_an_account_is_added_and_its_password_is_nowhere(db: Database) -> None:
    """The database holds its hash, the journal not even that."""
    add(db)
    assert accounts(db) == [WANG]
    assert is_password(db, "wang", FIRST)
    assert not is_password(db, "wang", OWN)
    assert not is_password(db, "nobody", FIRST)
    with db.cursor() as cursor:
        (kept,) = cursor.execute("SELECT password_hash FROM account_password").fetchone()
    assert kept.startswith("$argon2id$")
    text = journal_path(db).read_text(encoding="utf-8")
    assert FIRST not in text
    assert "argon2" not in text
    assert read_journal(db)[-1] == {
        "event": "account_changed", "sequence": 1, "happened_at": str(NINE), "actor": "chief", "account": "wang",
        "kind": "added", "role": "reporter", "body": "binhai", "person": "王",
    }  # fmt: skip
    assert check_integrity(db) == []


@pytest.mark.parametrize(
    ("account", "password", "words"),
    [
        (Account("wang", "reporter", "binhai"), FIRST, "已有这个账号"),
        (Account("li", "reporter"), FIRST, "须注明所属片区"),
        (Account("li", "viewer", "binhai"), FIRST, "只有片区录入员"),
        (Account("li", "chief"), FIRST, "没有这个角色"),
        (Account("l", "viewer"), FIRST, "账号名须为"),
        (Account("li", "viewer"), "short", "12 至 128"),
    ],
)
def test_what_makes_no_account(db: Database, account: Account, password: str, words: str) -> None:
    """Refused with a sentence; nothing is written."""
    add(db)
    with pytest.raises(NotAcceptable, match=words):
        add(db, account, password)
    assert [each.name for each in accounts(db)] == ["wang"]


def test_disabled_and_enabled(db: Database) -> None:
    """All that happened stays; the newest word counts, and the last administrator cannot lock the door behind."""
    chief = Account("chief", "administrator")
    add(db, chief)
    add(db)
    disable_account(db, "wang", actor="chief", recorded_at=NINE)
    assert [each.is_enabled for each in accounts(db)] == [True, False]
    for call, words in ((lambda: disable_account(db, "wang", actor="chief", recorded_at=NINE), "已经是这个状态"),
                        (lambda: disable_account(db, "chief", actor="chief", recorded_at=NINE), "最后一个启用的管理员"),
                        (lambda: enable_account(db, "li", actor="chief", recorded_at=NINE), "没有这个账号")):  # fmt: skip
        with pytest.raises(NotAcceptable, match=words):
            call()
    enable_account(db, "wang", actor="chief", recorded_at=NINE)
    assert find_account(db, "wang") == WANG
    assert find_account(db, "li") is None
    assert check_integrity(db) == []


def test_a_password_set_by_another_must_be_changed(db: Database) -> None:
    """At the first sign-in and after a reset; the change ends every other sign-in of the account."""
    add(db)
    with pytest.raises(MustChange):
        sign_in(db, "wang", FIRST, now=NINE)
    with pytest.raises(NotAcceptable, match="不能与原密码相同"):
        sign_in_anew(db, "wang", FIRST, FIRST, now=NINE)
    first = sign_in_anew(db, "wang", FIRST, OWN, now=NINE)
    second = sign_in(db, "wang", OWN, now=minutes(1))
    assert use_session(db.path, second, now=minutes(2)).account == "wang"
    reset_password(db, "wang", FIRST, actor="chief", recorded_at=minutes(3))
    with pytest.raises(MustChange):
        sign_in(db, "wang", FIRST, now=minutes(3))
    third = sign_in_anew(db, "wang", FIRST, OWN + "!", now=minutes(4))
    assert [bool(use_session(db.path, token, now=minutes(5))) for token in (first, second, third)] == [False, False, True]
    assert not is_password(db, "wang", OWN)


def test_an_account_that_another_system_signs_in_has_no_password(db: Database) -> None:
    """Neither the empty one nor any other opens it."""
    add(db, password=None)
    assert find_account(db, "wang").must_change is False
    for password in ("", FIRST):
        with pytest.raises(NotAcceptable, match="不正确"):
            sign_in(db, "wang", password, now=NINE)


def fail(db: Database, name: str, now: datetime, password: str = "wrong-password") -> str:
    with pytest.raises(NotAcceptable) as refusal:
        sign_in(db, name, password, now=now)
    return refusal.value.message_zh


@pytest.mark.parametrize("name", ["wang", "nobody", "gone"])
def test_failures_close_an_account(db: Database, name: str) -> None:
    """The same words for a wrong password, an unknown name and a disabled account, so that they tell nothing."""
    add(db)
    add(db, Account("gone", "viewer"))
    disable_account(db, "gone", actor="chief", recorded_at=NINE)
    right = {"gone": FIRST}.get(name, "wrong-password")
    said = [fail(db, name, minutes(number), right) for number in range(7)]
    assert said[:5] == ["账号或密码不正确，或账号已停用。"] * 5
    assert said[5:] == ["登录失败次数过多，请 14 分钟后再试，或请管理员重设密码。", "登录失败次数过多，请 13 分钟后再试，或请管理员重设密码。"]
    assert "不正确" in fail(db, name, minutes(4 + 15), right)
    assert "30 分钟后" in fail(db, name, minutes(4 + 15), right)


def test_even_the_right_password_waits(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """While an account is closed its password is not looked at; a success starts the count anew."""
    add(db)
    reset_password(db, "wang", FIRST, actor="chief", recorded_at=NINE)
    for number in range(5):
        fail(db, "wang", minutes(number))
    assert "分钟后再试" in fail(db, "wang", minutes(10), FIRST)
    sign_in_anew(db, "wang", FIRST, OWN, now=minutes(20))
    for number in range(21, 25):
        assert "不正确" in fail(db, "wang", minutes(number))
    assert sign_in(db, "wang", OWN, now=minutes(25))


def test_a_flood_of_names_fills_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest names are forgotten, the newest kept."""
    monkeypatch.setattr("storage.sessions.MOST_NAMES", 5)
    database = tmp_path / "x.duckdb"
    for number in range(8):
        note_failure(database, f"name{number}", now=NINE)
    kept = json.loads((sessions_folder(database) / "failures.json").read_text())
    assert list(kept) == [f"name{number}" for number in range(3, 8)]
    assert MOST_NAMES > 100
    assert wait_left(database, "name7", now=NINE) == timedelta(0)


def test_a_sign_in_ends_by_its_limits(tmp_path: Path) -> None:
    """Half an hour after the last use, twelve hours after the first; an ended one does not come back."""
    database = tmp_path / "x.duckdb"
    idle, busy = (open_session(database, "wang", now=NINE) for _ in range(2))
    for number in range(0, 12 * 60 + 1, 20):
        assert use_session(database, busy, now=minutes(number)).account == "wang"
    assert use_session(database, busy, now=minutes(12 * 60 + 1)) is None
    assert use_session(database, idle, now=minutes(31)) is None
    assert use_session(database, idle, now=minutes(1)) is None
    assert list(sessions_folder(database).iterdir()) == []


def test_a_use_within_the_minute_writes_nothing(tmp_path: Path) -> None:
    """A page of fifty requests is one write at most."""
    database = tmp_path / "x.duckdb"
    token = open_session(database, "wang", now=NINE)
    assert use_session(database, token, now=minutes(0.9)).seen_at == NINE
    assert use_session(database, token, now=minutes(1)).seen_at == NINE
    assert use_session(database, token, now=minutes(1.5)).seen_at == minutes(1)


def test_a_token_is_kept_nowhere(tmp_path: Path) -> None:
    """Who reads the folder cannot sign in with what stands there; nobody else may read it anyway."""
    database = tmp_path / "x.duckdb"
    token = open_session(database, "wang", now=NINE)
    (file,) = sessions_folder(database).iterdir()
    assert token not in file.name
    assert token not in file.read_text()
    assert use_session(database, file.stem, now=NINE) is None
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("token", ["", "x", "../failures", "0" * 64, "A" * 64])
def test_what_is_no_token_opens_nothing(tmp_path: Path, token: str) -> None:
    """And ends nothing."""
    database = tmp_path / "x.duckdb"
    right = open_session(database, "wang", now=NINE)
    end_session(database, token)
    assert use_session(database, token, now=NINE) is None
    assert use_session(database, right, now=NINE)


def test_a_torn_file_is_no_sign_in(tmp_path: Path) -> None:
    """It is swept away with the next one; those that ended long ago as well."""
    database = tmp_path / "x.duckdb"
    token = open_session(database, "wang", now=NINE)
    (file,) = sessions_folder(database).iterdir()
    file.write_text("{")
    assert use_session(database, token, now=NINE) is None
    open_session(database, "li", now=NINE)
    open_session(database, "wu", now=NINE + timedelta(days=32))
    assert len(list(sessions_folder(database).iterdir())) == 1


def test_a_sign_in_of_another_system(tmp_path: Path) -> None:
    """Begun when it is first seen, of one account, by the same two limits; once over or signed out it stays so."""
    database, token, other = tmp_path / "x.duckdb", "ab" * 32, "cd" * 32
    assert join_session(database, token, "wang", now=NINE) == join_session(database, token, "wang", now=minutes(0.5))
    assert join_session(database, token, "li", now=NINE) is None
    assert join_session(database, token, "wang", now=minutes(25))
    assert join_session(database, token, "wang", now=minutes(50))
    assert join_session(database, token, "wang", now=minutes(81)) is None
    open_session(database, "wu", now=minutes(82))
    assert join_session(database, token, "wang", now=minutes(83)) is None
    assert join_session(database, other, "wang", now=minutes(83))
    bury_session(database, other, "wang", now=minutes(84))
    bury_session(database, "no token", "wang", now=minutes(84))
    assert join_session(database, other, "wang", now=minutes(84)) is None
    assert join_session(database, "no token", "wang", now=minutes(84)) is None


def test_ended_sign_ins(tmp_path: Path) -> None:
    """One by its token, or all of an account; others go on."""
    database = tmp_path / "x.duckdb"
    tokens = [open_session(database, name, now=NINE) for name in ("wang", "wang", "li")]
    end_session(database, tokens[0])
    assert end_sessions_of(database, "wang") == 1
    assert [bool(use_session(database, token, now=NINE)) for token in tokens] == [False, False, True]


def run(database: Path, *arguments: str, password: str = FIRST, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return main(["users", *arguments, "--database", str(database)])


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Added, listed, reset, disabled and enabled; what is refused is said and ends with 2."""
    database = tmp_path / "x.duckdb"

    def users(*arguments: str, password: str = FIRST) -> int:
        return run(database, *arguments, password=password, monkeypatch=monkeypatch)

    assert users("add", "wang", "--role", "reporter", "--body", "binhai", "--person", "王丽", "--stdin") == 0
    assert users("add", "chief", "--role", "administrator", "--no-password") == 0
    assert users("add", "wang", "--role", "viewer", "--stdin") == 2
    assert users("disable", "wang") == 0
    assert users("list") == 0
    assert users("enable", "wang") == 0
    note_failure(database, "wang", now=NINE)
    assert users("reset", "wang", "--stdin", password=OWN) == 0
    said = capsys.readouterr()
    assert "wang  王丽  片区录入员  滨海片区  已停用  须修改密码\n" in said.out
    assert "chief  管理员\n" in said.out
    assert "由统一认证登录" in said.out
    assert said.err == "已有这个账号。\n"
    assert json.loads((sessions_folder(database) / "failures.json").read_text()) == {}
    db = open_database(database)
    try:
        assert is_password(db, "wang", OWN)
    finally:
        db.close()


def test_a_password_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --stdin it is typed unseen, and never stands on the command line."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: FIRST)
    assert main(["users", "add", "li", "--role", "viewer", "--database", str(tmp_path / "x.duckdb")]) == 0


def test_a_damaged_database_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same sentence as everywhere."""
    (tmp_path / "x.duckdb").write_bytes(b"no database" * 1000)
    assert main(["users", "list", "--database", str(tmp_path / "x.duckdb")]) == 2
    assert "数据库无法打开" in capsys.readouterr().err


def test_an_old_password_is_refused_as_new(db: Database) -> None:
    """Changing means another one."""
    add(db)
    with pytest.raises(NotAcceptable, match="不能与原密码相同"):
        change_password(db, "wang", FIRST, FIRST, recorded_at=NINE)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("INSERT INTO account_event SELECT * FROM account_event", "account wang is added twice"),
        ("UPDATE account_event SET kind = 'enabled'", "changed before it was added"),
        ("UPDATE account_password SET sequence = 9", "a password of account wang belongs to no event"),
    ],
)
def test_a_fault_of_the_tables_is_found(db: Database, sql: str, sentence: str) -> None:
    """None can come from what is written here; damage and hand-made changes can."""
    add(db)
    with db.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_integrity(db))
