"""A folder into which returns are put as they come by mail: each is read, and kept for the office to accept.

What can be read becomes a draft beside the database and waits on the page 报表上传; with ``accept`` a return about which
there is nothing to ask, correct or explain is accepted at once, unless the running system has the database. The file
goes to 已收 or 拒收 below the folder, with a slip beside it that says what became of it. Nothing is deleted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.bodies import body_name
from domain.findings import HINT
from domain.submissions import Submission
from loaders.confirming import OpenedReturn, open_return, order_of_acceptance
from loaders.workbook import UnreadableFile, sha256_of
from storage.accepting import NotAcceptable, accept_submission
from storage.clock import office_time
from storage.drafts import keep_draft, waiting_drafts
from storage.engine import DatabaseBusy
from storage.opening import open_checked
from storage.queries import known_for

KINDS = (".xlsx", ".xls")
TAKEN, REFUSED = "已收", "拒收"
OF_EDITORS = ("~$", ".~", ".")  # what Excel and WPS put beside a file that is open, and hidden files
WAITING_SLIP = "已收到，请在“报表上传”页核对后接收。"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the folder whose bytes have come to rest."""

    path: Path
    content: bytes


@dataclass(slots=True)
class Watcher:
    """One watched folder and the database beside which drafts are kept."""

    folder: Path
    database: Path
    accepts: bool = False

    def watch(self, seconds: float) -> Iterator[str]:
        """Look every so many seconds, for ever; yields a line for each file. A file is taken when it grows no more."""
        before: dict[Path, tuple[int, int]] = {}
        while True:
            now = {path: _shape(path) for path in self._candidates()}
            yield from self._take(path for path, shape in now.items() if before.get(path) == shape)
            before = now
            time.sleep(seconds)

    def take_all(self) -> list[str]:
        """Take every file that is there now; a line for each."""
        return list(self._take(self._candidates()))

    def _candidates(self) -> list[Path]:
        return sorted(
            path
            for path in self.folder.iterdir()
            if path.is_file() and path.suffix.lower() in KINDS and not path.name.startswith(OF_EDITORS)
        )

    def _take(self, paths: Iterator[Path] | list[Path]) -> Iterator[str]:
        """The readable ones in the order in which they should be accepted, after those that are refused."""
        readable: list[tuple[Found, OpenedReturn]] = []
        for path in paths:
            try:
                found = Found(path, path.read_bytes())
                readable.append((found, open_return(found.content, path.name)))
            except UnreadableFile as refusal:
                yield self._put_away(path, REFUSED, refusal.message())
            except OSError:
                continue  # still held by another program, or gone again: looked at the next time
        for found, opened in sorted(readable, key=lambda each: order_of_acceptance(each[1].alone)):
            said = (self._accepted(found, opened) if self.accepts else None) or self._waiting(found)
            yield self._put_away(found.path, TAKEN, said)

    def _waiting(self, found: Found) -> str:
        """Keep the file as a draft, once however often it comes."""
        sha256 = sha256_of(found.content)
        if all(draft.sha256 != sha256 for draft in waiting_drafts(self.database)):
            keep_draft(self.database, found.path.name, found.content, made_at=office_time(), origin=self.folder.name)
        return WAITING_SLIP

    def _accepted(self, found: Found, opened: OpenedReturn) -> str | None:
        """The receipt's line for a return that nobody needs to look at; None for any other, or a database in use."""
        try:
            db = open_checked(self.database)
        except DatabaseBusy:
            return None
        try:
            submission = opened.interpret(known_for(db, opened.alone.period))
            if not is_clear(submission):
                return None
            receipt = accept_submission(db, submission, found.content, accepted_at=office_time(), actor="watch")
        except NotAcceptable:
            return None
        finally:
            db.close()
        return f"已接收，回执号 {receipt.receipt_number}（{body_name(receipt.body)} {receipt.period}）。"

    def _put_away(self, path: Path, folder: str, said: str) -> str:
        """Move the file below the folder under a name that is free, write the slip, and say it in a line."""
        target = self.folder / folder
        target.mkdir(exist_ok=True)
        moved = _free_name(target, path.name, office_time())
        try:
            path.rename(moved)
        except OSError:  # open in another program: what was said holds, and the file is moved the next time
            return f"{path.name}：{said}（文件正被其他程序使用，暂未移走）"
        moved.with_name(f"{moved.name}.txt").write_text(f"{said}\n", encoding="utf-8")
        return f"{folder} {path.name}：{said}"


def is_clear(submission: Submission) -> bool:
    """Whether there is nothing about a return to correct, confirm or explain."""
    return all(found.level == HINT for found in submission.findings) and not (submission.suggestions or submission.words)


def _free_name(folder: Path, name: str, now: datetime) -> Path:
    """The name in the folder; with the time before it, and a number, where a file of that name is there already."""
    stamped = [name, f"{now:%Y%m%d-%H%M%S} {name}"]
    stamped += [f"{now:%Y%m%d-%H%M%S}-{number} {name}" for number in range(2, 1000)]
    return next(folder / each for each in stamped if not (folder / each).exists())


def _shape(path: Path) -> tuple[int, int]:
    """Size and time of change; of a file that is gone, none that any file has."""
    try:
        stat = path.stat()
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns
