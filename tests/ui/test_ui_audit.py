"""The page 操作记录: every kind of line in plain words, the search, and nothing typed that becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from everything import record_everything
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_year import copy_database
from streamlit.testing.v1 import AppTest

from domain.scope import OFFICE, scope_of
from storage.accepting import withdraw_submission
from storage.access import ACCESS_EVENTS, access_path, note_access
from storage.engine import Database, open_database
from storage.health import Search, search_audit
from storage.journal import EVENTS
from storage.receipts import receipts
from ui import downloads, reads, session
from ui.audit import actor_name, audit_table, event_name

PAGE = Path(__file__).parents[2] / "pages" / "audit.py"
NOW = datetime(2024, 9, 10, 8)


def said(html: str) -> str:
    return Reader(html).text


def shown(db: Database, search: Search = Search()) -> str:  # noqa: B008 - frozen
    return audit_table(OFFICE, *search_audit(db, OFFICE, search))


@pytest.fixture
def lived(until_august: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database in which everything was recorded that can be."""
    db = open_database(copy_database(until_august, tmp_path))
    record_everything(db)
    monkeypatch.setattr(reads, "database", lambda: db)
    yield db
    db.close()


@pytest.mark.parametrize("event", [*EVENTS, "decided", *ACCESS_EVENTS])
def test_every_event_has_a_name(event: str) -> None:
    """That is not its code."""
    assert "health." not in event_name(event)


def test_every_line_of_the_journal_can_be_read(lived: Database) -> None:
    """In Chinese: no code, no id, what it is about and why."""
    text = said(shown(lived))
    wanted = (
        "供电未批复 等 2 项", "落实供电方案 等 2 项", "第 3 版", "已报市里", "指标未到", "2024-08-例会-01", "塔吊",
        "供电供热", "重设密码",
    )  # fmt: skip
    assert [words for words in wanted if words not in text] == []
    assert not any(code in text for code in ("utilities", "finance", "office", "zone@", "issue_text", "None", "accounts."))


USES = [
    ("signed_in", {}, "登录"),
    ("sign_in_failed", {"reason": "wrong"}, "账号或密码不正确"),
    ("sign_in_failed", {"reason": "closed"}, "账号锁定期间又试"),
    ("sign_in_failed", {"way": "provider"}, "没有本系统的账号"),
    ("file_kept", {"file_name": "八月.xlsx", "draft_id": "0" * 16}, "八月.xlsx"),
    ("cell_mended", {"file_name": "八月.xlsx", "sheet": "表1", "cell": "C7", "before": None, "after": "12"}, "表1 C7：— → 12"),
    ("file_taken", {"file_name": "清单.xlsx", "sha256": "abcdef0123", "version": 41, "body": "zone"}, "截至第 41 次写入，校验码 ABCDEF01"),
    ("page_refused", {"page": "health"}, "系统状态"),
    ("draft_refused", {"draft_id": "f" * 16}, "f" * 16),
    ("record_damaged", {"file_name": "a.jsonl", "reason": "line 2"}, "line 2"),
    ("backup_restored", {"backup": "2024-09-10_020000"}, "2024-09-10_020000"),
]


@pytest.mark.parametrize(("event", "more", "words"), USES)
def test_every_use_can_be_read(year: Database, event: str, more: dict[str, object], words: str) -> None:
    """What, from where, about what, and what is said of it."""
    note_access(year.path, event, "王", at=NOW, address="10.0.0.7", **more)
    text = said(shown(year, Search(event=event)))
    assert words in text
    assert "10.0.0.7" in text
    assert "None" not in text


def test_who_did_it_has_a_name() -> None:
    """Nobody is named for a sign-in with a name that there is not."""
    names = [actor_name(each) for each in ("", "office", "watch", "system", "command line", "王")]
    assert names == ["未知账号", "办公室", "收件文件夹", "系统", "命令行", "王"]


def test_a_long_text_is_cut(year: Database) -> None:
    """A reason may be a page long."""
    withdraw_submission(year, receipts(year)[0].submission_id, reason="长" * 300, actor="王", withdrawn_at=NOW)
    assert "长" * 59 + "…" in said(shown(year, Search(event="withdrawn")))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_typed_texts_are_never_markup(year: Database, text: str) -> None:
    """Who, about what and why."""
    withdraw_submission(year, receipts(year)[0].submission_id, reason=text, actor=text, withdrawn_at=NOW)
    note_access(year.path, "file_taken", text, at=NOW, address=text, file_name=text, version=1, sha256=text)
    assert Reader(shown(year)).tags <= TAGS


def test_an_empty_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says that nothing was found."""
    db = open_database(tmp_path / "a.duckdb")
    monkeypatch.setattr(reads, "database", lambda: db)
    assert "没有符合条件的记录" in said(shown(db))
    db.close()


def test_the_search_is_in_the_address(lived: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link opens what its sender found."""
    monkeypatch.setattr(session, "signed_in", lambda: scope_of("administrator", "", "li"))
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in {"event": "withdrawn", "find": "报错", "since": "2024-09", "until": "2024-09"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert "共 1 条，列出最近 1 条" in " ".join(part.proto.body for part in app.get("html"))


def test_a_file_that_is_taken_is_noted(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who took it, its sum, as of which write; also where it is made after the page's run, with nobody signed in."""
    monkeypatch.setattr(session, "signed_in", lambda: scope_of("checker", "", "zhao"))
    note = session.noter()
    monkeypatch.setattr(session, "signed_in", lambda: None)
    content = downloads.hand_out(lambda: "甲", "甲.html", note, {"period": "2024-08"})
    assert content == "甲".encode()
    (entry,), total = search_audit(year, OFFICE, Search(event="file_taken"))
    assert total == 1
    assert (entry["actor"], entry["file_name"], entry["version"]) == ("zhao", "甲.html", year.version())
    assert (entry["period"], entry["address"], len(entry["sha256"])) == ("2024-08", "127.0.0.1", 64)


@pytest.mark.parametrize(
    ("peer", "passed_on", "address"),
    [
        (None, "", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("10.0.0.7", "", "10.0.0.7"),
        ("127.0.0.1", "1.2.3.4, 10.0.0.7", "10.0.0.7"),
        (None, "10.0.0.7", "10.0.0.7"),
        ("10.0.0.9", "1.2.3.4", "10.0.0.9"),
        ("127.0.0.1", "x" * 500, "x" * 45),
    ],
)
def test_from_where(peer: str | None, passed_on: str, address: str) -> None:
    """Only the proxy on this machine is believed, and of what it passed on only what it added itself."""
    assert session.address_of(peer, {"x-forwarded-for": passed_on} if passed_on else {}) == address


def test_the_record_lies_beside_the_database(year: Database) -> None:
    """Under its name."""
    assert access_path(year.path).name == "monitor.access.jsonl"
