"""What a write may be refused for, in sentences for the screen."""

from __future__ import annotations


class NotAcceptable(Exception):
    """What was asked for cannot be written as it stands; ``message_zh`` and ``message_en`` say why."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} {message_en}")
        self.message_zh, self.message_en = message_zh, message_en


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
