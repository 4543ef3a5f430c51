"""A watched folder: what is put in is read and kept for the office, refused with a sentence, or accepted where it may be."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from workbooks import monthly, write

from domain.scope import OFFICE
from loaders.__main__ import ACCEPTABLE, NOT_A_WORKBOOK, main
from loaders.watching import REFUSED, TAKEN, WAITING_SLIP, Watcher
from storage.drafts import drafts_folder, waiting_drafts
from storage.engine import DatabaseBusy, open_database
from storage.queries import receipts

WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000, "备注": "x"}
SMALL = WIND | {"总投资": 8_000}  # below 100 million: to be explained


def return_of(month: int, **values: Any) -> bytes:
    """A return of 滨海 for a month of 2024."""
    return write(monthly(WIND | values, title=f"滨海片区2024年{month}月重大项目推进情况表"))


@pytest.fixture
def watcher(tmp_path: Path) -> Watcher:
    """An empty folder named 来件, and a database that is not made yet."""
    folder = tmp_path / "来件"
    folder.mkdir()
    return Watcher(folder, tmp_path / "data" / "monitor.duckdb")


def put(watcher: Watcher, name: str, content: bytes) -> Path:
    path = watcher.folder / name
    path.write_bytes(content)
    return path


def slip(watcher: Watcher, folder: str, name: str) -> str:
    return (watcher.folder / folder / f"{name}.txt").read_text(encoding="utf-8").strip()


def test_a_return_waits_for_the_office(watcher: Watcher) -> None:
    """Its bytes become a draft of the folder's name; the file is moved, and a slip says so."""
    content = return_of(8)
    put(watcher, "8月.xlsx", content)
    assert watcher.take_all() == [f"{TAKEN} 8月.xlsx：{WAITING_SLIP}"]
    (draft,) = waiting_drafts(watcher.database)
    assert (draft.file_name, draft.content, draft.origin) == ("8月.xlsx", content, "来件")
    assert (watcher.folder / TAKEN / "8月.xlsx").read_bytes() == content
    assert slip(watcher, TAKEN, "8月.xlsx") == WAITING_SLIP
    assert watcher.take_all() == []


def test_what_is_no_workbook_is_refused_with_a_sentence(watcher: Watcher) -> None:
    """It goes apart with the sentence that the page would say; nothing waits."""
    put(watcher, "8月.xlsx", b"a,b,c")
    (line,) = watcher.take_all()
    assert line.startswith(f"{REFUSED} 8月.xlsx：这是文本文件")
    assert slip(watcher, REFUSED, "8月.xlsx") in line
    assert not drafts_folder(watcher.database).exists()


@pytest.mark.parametrize("name", ["~$8月.xlsx", ".~8月.xlsx", ".8月.xlsx", "说明.docx", "8月.et"])
def test_what_is_left_alone(watcher: Watcher, name: str) -> None:
    """What editors put beside an open file, hidden files, and other kinds of files."""
    path = put(watcher, name, return_of(8))
    (watcher.folder / "子文件夹.xlsx").mkdir()
    assert watcher.take_all() == []
    assert path.exists()


def test_the_same_file_again_waits_once(watcher: Watcher) -> None:
    """Sent twice under one name or two: one draft; the second file goes beside the first, overwriting nothing."""
    for name in ("8月.xlsx", "8月.xlsx", "8月(1).xlsx"):
        put(watcher, name, return_of(8) if not (watcher.folder / TAKEN / "8月.xlsx").exists() else
            (watcher.folder / TAKEN / "8月.xlsx").read_bytes())  # fmt: skip
        watcher.take_all()
    assert len(waiting_drafts(watcher.database)) == 1
    kept = sorted(path.name for path in (watcher.folder / TAKEN).glob("*.xlsx"))
    assert len(kept) == 3
    assert kept[0].endswith(" 8月.xlsx")
    assert kept[1:] == ["8月(1).xlsx", "8月.xlsx"]


def test_names_that_are_taken_get_a_number(watcher: Watcher) -> None:
    """Three files of one name within a second."""
    for month in (7, 8, 9):
        put(watcher, "报表.xlsx", return_of(month))
        watcher.take_all()
    assert len(list((watcher.folder / TAKEN).glob("*报表.xlsx"))) == 3
    assert len(waiting_drafts(watcher.database)) == 3


def test_a_file_is_taken_when_it_grows_no_more(watcher: Watcher) -> None:
    """One that is still being copied is left until two looks find it the same."""
    path = put(watcher, "8月.xlsx", return_of(8)[:100])
    lines = watcher.watch(0)
    path_growing = iter([return_of(8)])

    class Grown(Exception):
        pass

    def sleep(_seconds: float) -> None:
        try:
            path.write_bytes(next(path_growing))
        except StopIteration:
            raise Grown from None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.watching.time.sleep", sleep)
        with pytest.raises(Grown):
            list(lines)
        assert path.exists(), "it had just changed"
        patch.setattr("loaders.watching.time.sleep", lambda _seconds: None)
        assert list(islice(watcher.watch(0), 1)) == [f"{TAKEN} 8月.xlsx：{WAITING_SLIP}"]


class TestAccepting:
    def test_a_clear_return_is_accepted(self, watcher: Watcher) -> None:
        """Nothing to ask, correct or explain: the slip holds the receipt's number, and months come in their order."""
        watcher.accepts = True
        put(watcher, "甲.xlsx", return_of(9))
        put(watcher, "乙.xlsx", return_of(8))
        lines = watcher.take_all()
        assert [line.split("：")[1] for line in lines] == [
            f"已接收，回执号 2024-0{month}-滨海-01（滨海片区 2024-0{month}）。" for month in (8, 9)
        ]
        db = open_database(watcher.database)
        assert [each.accepted_by for each in receipts(db, OFFICE)] == ["watch", "watch"]
        db.close()
        assert waiting_drafts(watcher.database) == []

    @pytest.mark.parametrize(
        "values",
        [{"总投资": 8_000}, {"总投资": "约五亿"}, {"项目阶段": "热火朝天"}, {"存在问题及主要困难": "缺地"}],
        ids=["to explain", "in error", "a word to confirm", "a heading to confirm"],
    )
    def test_any_other_waits(self, watcher: Watcher, values: dict[str, Any]) -> None:
        """A person must look at it."""
        watcher.accepts = True
        put(watcher, "8月.xlsx", return_of(8, **values))
        assert watcher.take_all() == [f"{TAKEN} 8月.xlsx：{WAITING_SLIP}"]
        assert len(waiting_drafts(watcher.database)) == 1

    def test_a_locked_month_waits(self, watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
        """What storage refuses is for the office to see."""
        from storage.accepting import NotAcceptable

        def refuse(*_: object, **__: object) -> None:
            raise NotAcceptable("锁定。", "Locked.")

        monkeypatch.setattr("loaders.watching.accept_submission", refuse)
        watcher.accepts = True
        put(watcher, "8月.xlsx", return_of(8))
        assert watcher.take_all() == [f"{TAKEN} 8月.xlsx：{WAITING_SLIP}"]

    def test_while_the_system_runs_all_wait(self, watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
        """The running system has the database; its page shows what waits."""

        def busy(path: Path) -> None:
            raise DatabaseBusy(path)

        monkeypatch.setattr("loaders.watching.open_checked", busy)
        watcher.accepts = True
        put(watcher, "8月.xlsx", return_of(8))
        assert watcher.take_all() == [f"{TAKEN} 8月.xlsx：{WAITING_SLIP}"]


def test_a_file_that_is_open_elsewhere(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that cannot be read is tried again; one that cannot be moved is kept once and moved the next time."""
    path = put(watcher, "8月.xlsx", return_of(8))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(PermissionError()))
        assert watcher.take_all() == []
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(PermissionError()))
        (line,) = watcher.take_all()
    assert "暂未移走" in line
    assert path.exists()
    assert watcher.take_all() == [f"{TAKEN} 8月.xlsx：{WAITING_SLIP}"]
    assert len(waiting_drafts(watcher.database)) == 1


def test_a_file_that_is_gone_before_it_is_looked_at(watcher: Watcher) -> None:
    """It is passed over."""
    from loaders.watching import _shape

    assert _shape(watcher.folder / "none.xlsx") == (-1, -1)


class TestCommand:
    def test_once(self, watcher: Watcher, capsys: pytest.CaptureFixture[str]) -> None:
        """Takes what is there and ends."""
        put(watcher, "8月.xlsx", return_of(8))
        arguments = ["watch", str(watcher.folder), "--once", "--database", str(watcher.database)]
        assert main(arguments) == ACCEPTABLE
        assert capsys.readouterr().out == f"{TAKEN} 8月.xlsx：{WAITING_SLIP}\n"

    def test_until_stopped(self, watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C ends the command in order."""

        def stop(_seconds: float) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("loaders.watching.time.sleep", stop)
        assert main(["watch", str(watcher.folder), "--database", str(watcher.database)]) == ACCEPTABLE

    def test_no_such_folder(self, watcher: Watcher, capsys: pytest.CaptureFixture[str]) -> None:
        """Says so."""
        assert main(["watch", str(watcher.folder / "无")]) == NOT_A_WORKBOOK
        assert "没有这个文件夹" in capsys.readouterr().err
