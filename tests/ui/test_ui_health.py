"""The page of the system's health: its words, and the page in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from everything import record_everything
from hostile_texts import HOSTILE_TEXTS, TAGS, Reader
from sample_year import copy_database
from streamlit.testing.v1 import AppTest

from domain.scope import OFFICE, scope_of
from storage.accepting import withdraw_submission
from storage.backup_schedule import Failure, is_asked
from storage.backups import Backup
from storage.chain import Fault
from storage.engine import Database, open_database
from storage.health import Health, Search, read_health, search_journal
from storage.journal import EVENTS
from storage.receipts import receipts
from storage.space import Space
from ui import reads, session
from ui.health import backups_table, check_text, event_name, health_sentence, health_table, journal_table, size_text
from ui.navigation import draw_read_only

PAGE = Path(__file__).parents[2] / "pages" / "health.py"
NOW = datetime(2024, 9, 10, 8)
GOOD = Backup(Path("2024-09-10_020000"), NOW.replace(hour=2), 39, 9 * 2**20, ())
BAD = replace(GOOD, made_at=NOW.replace(hour=3), faults=("x", "y"))
HEALTH = Health(
    39, 7, 34, (), 39, "ddf89688" + "0" * 56, Space(2**40, 71 * 2**30, 500 * 2**20, 10 * 2**20), (GOOD,), None, False,
    (("python", "3.11"), ("duckdb", "1.5")),
)  # fmt: skip
CODES = (
    "chain_changed", "chain_unlinked", "chain_cut", "chain_anchor", "anchor_lost", "anchor_unreadable", "unread", "tables",
    "journal", "originals",
)  # fmt: skip


def said(html: str) -> str:
    return Reader(html).text


@pytest.fixture
def lived(until_august: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database in which everything was recorded that can be."""
    db = open_database(copy_database(until_august, tmp_path))
    record_everything(db)
    monkeypatch.setattr(reads, "database", lambda: db)
    yield db
    db.close()


def test_a_system_that_stands_well() -> None:
    """In one sentence and in six lines without a red one."""
    assert (
        said(health_sentence(HEALTH)) == "最近一次通过检查的备份：2024-09-10 02:00。数据、原始文件和操作日志相互一致。"
    )
    html = health_table(HEALTH, NOW)
    assert "39 条，链条完整" in said(html) and "DD F8 96 88" in said(html) and "71 GB" in said(html)
    assert "hx-behind" not in html


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (replace(HEALTH, backups=()), "还没有通过检查的备份"),
        (replace(HEALTH, backups=(BAD,)), "还没有通过检查的备份"),
        (replace(HEALTH, faults=(Fault("tables", "", "x"),)), "自检发现 1 处不一致，系统只读"),
    ],
)
def test_what_is_wrong_is_said_and_red(health: Health, words: str) -> None:
    """A backup with faults is none."""
    assert words in said(health_sentence(health))
    assert "hx-behind" in health_table(health, NOW)


def test_nothing_to_back_up_is_not_red() -> None:
    """A new installation has no data to lose."""
    html = health_table(replace(HEALTH, writes=0, backups=(), lines=None, sha256=None), NOW)
    assert "hx-behind" not in html and "hx-unknown" in html


@pytest.mark.parametrize("code", CODES)
def test_every_fault_has_its_words(code: str) -> None:
    """With its place; the same twice is counted."""
    text = said(health_table(replace(HEALTH, faults=(Fault(code, "17", "a"), Fault(code, "17", "b"))), NOW))
    assert "2 处不一致" in text and "（2）" in text and "health." not in text and "先停止服务" in text
    is_of_chain = code.startswith(("chain", "anchor"))
    assert ("链条不完整" in text) == is_of_chain


def test_the_backups_and_what_became_of_the_last_attempt() -> None:
    """Each with its check; a failure with its sentence."""
    failure = Failure(NOW, "磁盘已满。", "The disk is full.")
    text = said(backups_table(replace(HEALTH, backups=(BAD, GOOD), failure=failure)))
    assert "▲ 2 处不符" in text and "● 通过" in text and "2024-09-10 08:00 备份失败：磁盘已满。" in text
    assert "还没有备份" in said(backups_table(replace(HEALTH, backups=())))


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0.0 MB"),
        (10 * 2**20 + 2**19, "10.5 MB"),
        (500 * 2**20, "500 MB"),
        (9 * 2**30, "9,216 MB"),
        (10 * 2**30, "10 GB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    """One decimal where it tells something."""
    assert size_text(size) == text


def test_a_check_sum_is_read_in_pairs() -> None:
    """Its first eight places."""
    assert check_text("0a1b2c3d4e") == "0A 1B 2C 3D"


@pytest.mark.parametrize("event", [*EVENTS, "decided"])
def test_every_event_has_a_name(event: str) -> None:
    """That is not its code."""
    assert "health." not in event_name(event)


def test_every_line_of_the_journal_can_be_read(lived: Database) -> None:
    """In Chinese: no code, no id, what it is about and why."""
    text = said(journal_table(OFFICE, *search_journal(lived, OFFICE, Search())))
    for words in (
        "供电未批复 等 2 项",
        "落实供电方案 等 2 项",
        "第 3 版",
        "已报市里",
        "指标未到",
        "2024-08-例会-01",
        "塔吊",
        "供电供热",
    ):
        assert words in text, words
    assert not any(code in text for code in ("utilities", "finance", "office", "zone@", "issue_text", "None"))


def test_a_long_text_is_cut(year: Database) -> None:
    """A reason may be a page long."""
    withdraw_submission(year, receipts(year)[0].submission_id, reason="长" * 300, actor="王", withdrawn_at=NOW)
    assert "长" * 59 + "…" in said(journal_table(OFFICE, *search_journal(year, OFFICE, Search(event="withdrawn"))))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_typed_texts_are_never_markup(year: Database, text: str) -> None:
    """Who and why, in the journal."""
    withdraw_submission(year, receipts(year)[0].submission_id, reason=text, actor=text, withdrawn_at=NOW)
    assert Reader(journal_table(OFFICE, *search_journal(year, OFFICE, Search(event="withdrawn")))).tags <= TAGS


def test_the_journal_of_an_empty_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says that nothing was found."""
    db = open_database(tmp_path / "a.duckdb")
    monkeypatch.setattr(reads, "database", lambda: db)
    assert "没有符合条件的记录" in said(journal_table(OFFICE, [], 0))
    assert read_health(db).writes == 0
    db.close()


# --- The page in use ------------------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def words(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


def test_the_search_is_in_the_address(lived: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link opens what its sender found."""
    monkeypatch.setattr(session, "signed_in", lambda: scope_of("administrator", "", "li"))
    app = opened(event="withdrawn", find="报错")
    assert not app.exception
    assert "共 1 条，列出最近 1 条" in words(app)


def test_a_backup_is_asked_for(year: Database) -> None:
    """The page asks; it never makes one itself."""
    app = opened()
    app.button[0].click().run()
    assert is_asked(year.path)
    assert "正在备份" in words(opened())


def test_a_band_on_every_page_while_nothing_is_written(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to what is wrong; without a fault there is none."""
    drawn: list[str] = []
    monkeypatch.setattr("ui.navigation.st.html", drawn.append)
    draw_read_only(OFFICE)
    assert drawn == []
    year.refuse_writes([Fault("tables", "", "x")])
    draw_read_only(OFFICE)
    assert "只读" in drawn[0] and "./health" in drawn[0]
