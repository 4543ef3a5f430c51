"""The page of the system's health: its words, and the page in use."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hostile_texts import Reader
from streamlit.testing.v1 import AppTest

from domain.scope import OFFICE, scope_of
from storage.backup_schedule import Failure, is_asked
from storage.backups import Backup
from storage.chain import Fault
from storage.engine import Database
from storage.health import Health
from storage.space import Space
from ui.health import backups_table, check_text, health_sentence, health_table, size_text
from ui.navigation import draw_read_only

PAGE = Path(__file__).parents[2] / "pages" / "health.py"
NOW = datetime(2024, 9, 10, 8)
GOOD = Backup(Path("2024-09-10_020000"), NOW.replace(hour=2), 39, 9 * 2**20, ())
BAD = replace(GOOD, made_at=NOW.replace(hour=3), faults=("x", "y"))
HEALTH = Health(
    39, 7, 34, (), 39, "ddf89688" + "0" * 56, Space(2**40, 71 * 2**30, 500 * 2**20, 10 * 2**20), (GOOD,), None, False, (),
    (("python", "3.11"), ("duckdb", "1.5")),
)  # fmt: skip
CODES = (
    "chain_changed", "chain_unlinked", "chain_cut", "chain_anchor", "anchor_lost", "anchor_unreadable", "unread", "tables",
    "journal", "originals",
)  # fmt: skip


def said(html: str) -> str:
    return Reader(html).text


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


@pytest.mark.parametrize(
    ("code", "state", "words"),
    [("access_stopped", "已停止记录", "写不进去"), ("access_damaged", "曾被改动", "原件保存为 x")],
)
def test_a_gap_in_the_record_of_use_is_red_and_stops_nobody(code: str, state: str, words: str) -> None:
    """It says what to do about itself, and not to stop the server."""
    text = said(health_table(replace(HEALTH, access_faults=(Fault(code, "x", "y"),)), NOW))
    assert state in text and words in text and "先停止服务" not in text and "不一致" not in text


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


# --- The page in use ------------------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def words(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


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


def test_a_band_for_those_who_oversee_while_the_record_of_use_has_a_gap(
    year: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others can do nothing about it."""
    drawn: list[str] = []
    monkeypatch.setattr("ui.navigation.st.html", drawn.append)
    monkeypatch.setattr("ui.navigation.access_faults", lambda _: [Fault("access_stopped", "", "x")])
    draw_read_only(scope_of("checker", "", "zhao"))
    assert drawn == []
    draw_read_only(OFFICE)
    assert "使用记录" in drawn[0] and "./health" in drawn[0]
