"""The upload page in use without a browser: two people at the same month, a full disk, a query that was ended."""

from __future__ import annotations

import errno
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from sample_year import sample_files
from streamlit.testing.v1 import AppTest

from storage import drafts
from storage.drafts import Draft, keep_draft
from storage.engine import Database
from storage.receipts import IN_FORCE, receipts
from ui import reads

PAGE = Path(__file__).resolve().parents[2] / "pages" / "upload.py"
NOW = datetime(2025, 1, 6, 9)


def december(amount: int) -> bytes:
    """The return of December of one district, one amount typed otherwise."""
    (file,) = [each for each in sample_files(first_month=12, yearly=False) if "响水" in each.name]
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["I4"].value = amount
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def opened(draft: Draft) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=120)
    app.query_params["draft"] = draft.draft_id
    return app.run()


def accept(app: AppTest) -> AppTest:
    if app.text_area:
        app.text_area[-1].set_value("已核实")
    return next(button for button in app.button if button.label == "接收入库").click().run()


def said(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def in_force() -> str:
    (found,) = [
        each
        for each in receipts(reads.database())
        if (each.body, each.period, each.state) == ("xiangshui", "2024-12", IN_FORCE)
    ]
    return found.receipt_number


def test_two_people_at_the_same_month(year: Database) -> None:
    """The second is told of the first one's receipt, sees the difference from it, and replaces it with a second click."""
    before = in_force()
    made = [
        keep_draft(year.path, "响水片区2024年12月.xlsx", december(amount), made_at=NOW) for amount in (126000, 127000)
    ]
    first, second = map(opened, made)
    first = accept(first)
    assert not first.exception
    after = in_force()
    assert after != before
    second = accept(second)
    assert not second.exception
    assert f"现在在用的是：回执 {after}" in said(second)
    assert in_force() == after
    second = accept(second)
    assert not second.exception
    assert in_force() not in (before, after)


def test_a_full_disk_is_told_on_the_page(year: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is chosen and cannot be kept."""

    def full(*arguments: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def choosing() -> None:
        from ui.drafts import choose_files

        choose_files(["xlsx"])

    monkeypatch.setattr(drafts, "write_durably", full)
    app = AppTest.from_function(choosing, default_timeout=60).run()
    app = app.file_uploader[0].upload("8月.xlsx", b"workbook", "application/vnd.ms-excel").run()
    assert not app.exception
    assert "磁盘剩余空间不足" in said(app)


@pytest.mark.parametrize(("error", "expected"), [("TooLong", "查询时间过长"), ("DatabaseLost", "正在重新打开")])
def test_a_query_that_was_ended_is_told_on_the_page(error: str, expected: str) -> None:
    """In place of a number of a fault of the program."""

    def failing(name: str) -> None:
        from storage import refusals
        from ui.view import guarded

        with guarded():
            raise getattr(refusals, name)

    app = AppTest.from_function(failing, args=(error,), default_timeout=60).run()
    assert not app.exception
    assert expected in said(app)
