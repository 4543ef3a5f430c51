"""What a write, a query or an opening may be refused for, in sentences for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb


class NotAcceptable(Exception):
    """What was asked for cannot be written as it stands; ``message_zh`` and ``message_en`` say why."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} {message_en}")
        self.message_zh, self.message_en = message_zh, message_en


def refuse(faults: Mapping[str, tuple[str, str]], fault: str | None) -> None:
    """Raise NotAcceptable with the sentences of a fault, in Chinese and English; nothing for None."""
    if fault is not None:
        raise NotAcceptable(*faults[fault])


class ReadOnly(NotAcceptable):
    """A check found something that does not match; nothing is written until the administrator has looked."""

    def __init__(self) -> None:
        super().__init__(
            "系统处于只读状态：数据自检发现不一致，暂不能写入。请联系系统管理员查看“系统状态”页。",
            "The system is read-only: its self-check found something that does not match. "
            "Ask the administrator to look at the page System health.",
        )


class NoSpace(NotAcceptable):
    """The disk is too full for a write that must not fail half way."""

    def __init__(self, free_bytes: int, needed_bytes: int) -> None:
        free, needed = free_bytes // 2**20, needed_bytes // 2**20
        super().__init__(
            f"磁盘剩余空间不足（剩 {free:,} MB，需 {needed:,} MB），未写入。请联系系统管理员清理磁盘。",
            f"The disk is too full ({free:,} MB left, {needed:,} MB needed); nothing was written. Ask the administrator.",
        )


class Overtaken(NotAcceptable):
    """Another return of the same body and period is in force than the one that the sender has compared with."""

    def __init__(self, number: str, whose: str) -> None:
        zh, en = (
            (f"回执 {number}（{whose}）", f"{number} ({whose})")
            if number
            else ("无（已撤回）", "none, it was withdrawn")
        )
        super().__init__(
            f"您核对期间，本期报送有了变动，现在在用的是：{zh}。请对照后再次接收，接收后以您的为准。",
            f"While you compared, the return of this period has changed; in force is now: {en}. "
            "Compare again and accept once more; yours then counts.",
        )


class JournalBehind(NotAcceptable):
    """What was asked for is in the database, and the disk was too full for its line in the journal."""

    def __init__(self) -> None:
        super().__init__(
            "已写入数据库，但磁盘已满，操作日志没有写完。请联系系统管理员清理磁盘；有空间后再次提交即得到回执，不会重复写入。",
            "It is in the database, but the disk is full and its line in the journal is not written. Ask the administrator "
            "to make room; the same again then gives the receipt, and nothing is written twice.",
        )


class QueryEnded(duckdb.Error):
    """A query that was not answered; ``message_zh`` and ``message_en`` say why. Nothing was written."""

    message_zh, message_en = "", ""

    def __init__(self) -> None:
        super().__init__(f"{self.message_zh} {self.message_en}")


class TooLong(QueryEnded):
    """It ran longer than a page may wait, and was ended."""

    message_zh = "查询时间过长，已中止，数据没有改动。请缩小范围后重试。"
    message_en = "The query took too long and was ended; no data has changed. Ask for less and try again."


class DatabaseLost(QueryEnded):
    """A fatal error, mostly of the disk: the database is closed and opened again with the next query."""

    message_zh = "数据库刚才出错（多因磁盘已满），正在重新打开，已接收的数据不会丢失。请稍后重试。"
    message_en = (
        "The database failed just now, mostly for a full disk, and is being opened again; what was accepted is kept. "
        "Try again in a moment."
    )


class DatabaseNotOpened(Exception):
    """The database cannot be opened; says why in Chinese and English."""

    message_zh = "数据库无法打开：文件已损坏或不是本系统的数据库。请停用并从备份恢复，切勿删除 .wal 文件。"
    message_en = (
        "The database cannot be opened: the file is damaged or is not a database of this system. "
        "Stop and restore a backup; do not delete the .wal file."
    )

    def __init__(self, path: Path) -> None:
        super().__init__(f"{self.message_zh} {self.message_en} ({path.name})")


class DatabaseBusy(DatabaseNotOpened):
    """Another process has the database open."""

    message_zh = "数据库正被另一个程序使用（通常是已在运行的本系统）。请先停止它，或在系统界面里操作。"
    message_en = "Another program has the database open, usually the running system. Stop it first, or work through it."


class DiskFull(DatabaseNotOpened):
    """There is no room on the disk for what opening writes."""

    message_zh = "磁盘已满，数据库无法打开。数据没有丢失：请清理磁盘后重新启动，切勿删除 .wal 文件。"
    message_en = (
        "The disk is full and the database cannot be opened. No data is lost: make room, start again, "
        "and do not delete the .wal file."
    )


class NotMigrated(DatabaseNotOpened):
    """The database is of an earlier shape, and the backup that comes before a change did not succeed."""

    message_zh = "数据库需要升级，但升级前的备份没有成功，未作任何改动。请检查磁盘空间和日志后重试。"
    message_en = (
        "The database must be brought up to date, but the backup before it failed. Nothing was changed; "
        "look at the disk and the log, then try again."
    )
