"""The record of use: who signed in or failed to, sent a file, mended a cell, took a file along; a chain of its own.

These are no facts of the record: the database does not hold them, a rebuild does not need them. They stand in a file
beside the journal, with an anchor like the journal's. Whoever has the database open is the only one who writes it.
A record that was changed or cut is set aside, never deleted, and goes on in a new file; that it was stays to be seen as
long as the old one lies there.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from storage.chain import LINK, ChainBroken, Entry, Fault, Tail, anchor_path, check_chain, extend, parse_line, read_tail

log = logging.getLogger(__name__)

SIGNED_IN, SIGN_IN_FAILED, SIGN_IN_CLOSED, SIGNED_OUT = "signed_in", "sign_in_failed", "sign_in_closed", "signed_out"
FILE_KEPT, FILE_TAKEN_UP, FILE_DROPPED, CELL_MENDED = "file_kept", "file_taken_up", "file_dropped", "cell_mended"
FILE_TAKEN, PAGE_REFUSED, DRAFT_REFUSED = "file_taken", "page_refused", "draft_refused"
RECORD_BEGUN, RECORD_DAMAGED, RESTORED = "record_begun", "record_damaged", "backup_restored"
ACCESS_EVENTS = (
    SIGNED_IN, SIGN_IN_FAILED, SIGN_IN_CLOSED, SIGNED_OUT, FILE_KEPT, FILE_TAKEN_UP, FILE_DROPPED, CELL_MENDED, FILE_TAKEN,
    PAGE_REFUSED, DRAFT_REFUSED, RECORD_BEGUN, RECORD_DAMAGED, RESTORED,
)  # fmt: skip
SYSTEM = "system"
# What a stranger types for a name fills no disk.
LONGEST_TEXT = 200
DAMAGED = "damaged-"


class _Book:
    """What all writers of one record in this process share: its end as last written, and why it could not be written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.tail: Tail | None = None
        self.stopped: Fault | None = None


_books: dict[Path, _Book] = {}
_books_lock = threading.Lock()


# Asked at every run of a page by those who oversee the system.
_resolved = lru_cache(maxsize=100)(Path.resolve)


def access_path(database: Path) -> Path:
    """The record of use beside a database file."""
    return database.with_suffix(".access.jsonl")


def note_access(database: Path, event: str, actor: str, *, at: datetime, address: str = "", **said: object) -> None:
    """Append one line with fsync: what, who, when, from where, and what else is said of it.

    Never raises and waits for nobody: what cannot be written goes to the log, and ``access_faults`` tells that the
    record has stopped until a line is written again.
    """
    told = {name: _told(value) for name, value in {"actor": actor, "address": address, **said}.items()}
    entry = {"event": event, "happened_at": _moment(at), **told}
    path, book = access_path(_resolved(database)), _book_of(database)
    try:
        with book.lock:
            _append(path, book, entry, at)
            book.stopped = None
    except (OSError, ValueError) as error:
        book.stopped = Fault("access_stopped", _moment(at), f"record of use: not written: {error}")
        log.error("record of use: %s, not written: %s", error, json.dumps(entry, ensure_ascii=False))


def check_access(database: Path, *, at: datetime) -> list[Fault]:
    """The check of a start: a record that was changed or cut is set aside, and a new one begins; what is amiss."""
    path, book = access_path(_resolved(database)), _book_of(database)
    with book.lock:
        book.tail = None
        if faults := check_chain(path):
            try:
                _begin_anew(path, book, faults, at)
            except OSError as error:
                book.stopped = Fault("access_stopped", _moment(at), f"record of use: not written: {error}")
    return access_faults(database)


def access_faults(database: Path) -> list[Fault]:
    """Records that were set aside and still lie there, and that nothing can be written just now."""
    path, book = access_path(_resolved(database)), _book_of(database)
    found = {each.name.removesuffix(".jsonl").removesuffix(".anchor.json") for each in _set_aside(path)}
    damaged = [Fault("access_damaged", name, f"record of use: {name} was changed or cut") for name in sorted(found)]
    return [*damaged, *([book.stopped] if book.stopped else [])]


def read_access(database: Path) -> Iterator[Entry]:
    """The lines of the record, oldest first; lines torn by a crash are left out."""
    path = access_path(_resolved(database))
    if path.exists():
        with path.open("rb") as file:
            entries = (parse_line(line) for line in file)
            yield from ({name: value for name, value in each.items() if name != LINK} for each in entries if each)


def copy_of_access(database: Path) -> dict[str, bytes]:
    """Name -> content of the record and its anchor, of one moment; nothing before the first line."""
    path = access_path(_resolved(database))
    with _book_of(database).lock:
        return {each.name: each.read_bytes() for each in (path, anchor_path(path)) if each.exists()}


def _append(path: Path, book: _Book, entry: Entry, at: datetime) -> None:
    """To the end as it was left; where the file is not as it was left, it is read and compared with its anchor first."""
    size = path.stat().st_size if path.exists() else 0
    if book.tail is None or book.tail.size != size:
        try:
            book.tail = read_tail(path)
        except ChainBroken:
            _begin_anew(path, book, check_chain(path), at)
            assert book.tail
        if not book.tail.size:
            _write(path, book.tail, {"event": RECORD_BEGUN, "happened_at": _moment(at), "actor": SYSTEM})
    _write(path, book.tail, entry)


def _write(path: Path, tail: Tail, entry: Entry) -> None:
    extend(path, tail, [{"sequence": tail.lines + tail.is_torn + 1, **entry}])


def _begin_anew(path: Path, book: _Book, faults: list[Fault], at: datetime) -> None:
    name = f"{path.name.removesuffix('.jsonl')}.{DAMAGED}{at:%Y-%m-%d_%H%M%S}"
    for each, suffix in ((path, ".jsonl"), (anchor_path(path), ".anchor.json")):
        if each.exists():
            each.rename(path.with_name(name + suffix))
    for fault in faults:
        log.error("record of use: %s; set aside as %s", fault.sentence, name)
    book.tail = read_tail(path)
    said = {"file_name": f"{name}.jsonl", "reason": "; ".join(fault.sentence for fault in faults)}
    _write(path, book.tail, {"event": RECORD_DAMAGED, "happened_at": _moment(at), "actor": SYSTEM, **said})


def _set_aside(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name.removesuffix('.jsonl')}.{DAMAGED}*"))


def _told(value: object) -> object:
    """As JSON has it, and never long: what is noted must not keep anybody from working."""
    return value if value is None or isinstance(value, int) else str(value).encode(errors="replace").decode()[:LONGEST_TEXT]


def _moment(at: datetime) -> str:
    return at.isoformat(sep=" ")


def _book_of(database: Path) -> _Book:
    with _books_lock:
        return _books.setdefault(_resolved(database), _Book())
