"""The open database: one owner of the connection, a cursor for each use, and the one function that writes."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import duckdb

from storage.chain import Fault, check_chain
from storage.clock import office_time
from storage.journal import journal_path, write_journal
from storage.refusals import NoSpace, NotAcceptable, ReadOnly
from storage.shaping import needs_migration, shape_database
from storage.space import measure_space

T = TypeVar("T")
DEFAULT_PATH = Path(__file__).parent.parent / "data" / "monitor.duckdb"
# How DuckDB words a file that another process has open: on Linux and macOS, and on Windows.
BUSY_WORDS = ("Could not set lock on file", "being used by another process")
ATTEMPTS = 8
LONGEST_PAUSE_SECONDS = 0.05
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


class _Gate:
    """What all owners of one file in this process share: who writes, the newest version, why nobody may write."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.is_writing = False
        self.version = 0
        self.owners = 0
        self.faults: tuple[Fault, ...] = ()

    def note_version(self, version: int) -> None:
        """Two owners may come here in another order than that of their commits: the later version stands."""
        self.version = max(version, self.version)


_gates: dict[Path, _Gate] = {}
_gates_lock = threading.Lock()


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


class NotMigrated(DatabaseNotOpened):
    """The database is of an earlier shape, and the backup that comes before a change did not succeed."""

    message_zh = "数据库需要升级，但升级前的备份没有成功，未作任何改动。请检查磁盘空间和日志后重试。"
    message_en = (
        "The database must be brought up to date, but the backup before it failed. Nothing was changed; "
        "look at the disk and the log, then try again."
    )


class Database:
    """The owner of the one connection to a database file; made by ``open_database``."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._gate = _gate_of(path)
        self._is_open = True
        self._gate.owners += 1

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one use: a connection shared by threads returns other threads' rows."""
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def snapshot(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose queries all see the same state of the data, whatever is written meanwhile."""
        with self.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            finally:
                with suppress(duckdb.Error):
                    cursor.rollback()

    def version(self) -> int:
        """Number of writes so far; changes with every write, for cache keys and as a point of the record.

        Kept in memory, since every page asks for it and no other process can write.
        """
        return self._gate.version

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the checks found at start; while there is anything, nothing is written."""
        return self._gate.faults

    def refuse_writes(self, faults: Iterable[Fault]) -> None:
        """From now on refuse every write of this process for these faults, until the last owner closes the file."""
        self._gate.faults = tuple(dict.fromkeys((*self._gate.faults, *faults)))

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Keep all writers of this process waiting: database and journal agree, and stay as they are."""
        with self._gate.lock:
            yield

    def write(self, body: Callable[[duckdb.DuckDBPyConnection], T], *, after: Callable[[T], object] | None = None) -> T:
        """Run ``body`` in one write transaction and return what it returns.

        ``body`` may run again after a conflict with another writer, so it does nothing but SQL. ``after`` runs once,
        after the commit and before the next write. Raises what ``body`` raises, with nothing written; ReadOnly after a
        fault, NoSpace on a full disk; RuntimeError for a write inside a write.
        """
        with self._gate.lock:
            if self._gate.is_writing:
                raise RuntimeError("a write inside a write")
            self._check_writable()
            self._gate.is_writing = True
            try:
                result = self._write_with_retries(body)
                self._checkpoint()
            finally:
                self._gate.is_writing = False
            if after is not None:
                after(result)
            return result

    def close(self) -> None:
        """Close the connection; closing twice is allowed."""
        with self._gate.lock:
            self._connection.close()
            self._gate.owners -= self._is_open
            self._is_open = False
            if not self._gate.owners:
                self._gate.faults = ()

    def _check_writable(self) -> None:
        if self._gate.faults:
            raise ReadOnly
        space = measure_space(self.path)
        if not space.is_enough:
            raise NoSpace(space.free, space.needed)

    def _write_with_retries(self, body: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._write_once(body)
            except duckdb.TransactionException:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        raise AssertionError("unreachable")  # pragma: no cover

    def _write_once(self, body: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with self.cursor() as cursor:
            cursor.begin()
            try:
                # First, so that two writers of any engine conflict here and not in the middle of the body.
                cursor.execute("UPDATE write_lock SET version = version + 1 WHERE id = 1")
                result = body(cursor)
                version = read_version(cursor)
                cursor.commit()
            except BaseException:
                # A commit that failed has ended its transaction already.
                with suppress(duckdb.Error):
                    cursor.rollback()
                raise
            self._gate.note_version(version)
            return result

    def _checkpoint(self) -> None:
        # The write is committed; a checkpoint that another transaction stops is made up for by the next one.
        with self.cursor() as cursor, suppress(duckdb.TransactionException):
            cursor.execute("CHECKPOINT")


def database_path() -> Path:
    """The installation's database file: that of MONITOR_DATABASE, else monitor.duckdb in the folder data."""
    return Path(os.environ.get("MONITOR_DATABASE") or DEFAULT_PATH)


def open_database(path: Path | str) -> Database:
    """Open the database file, making it and its folder where they are missing, and bring its shape up to date.

    Journal lines that a crash kept from being written are written now. With a journal that was changed or cut it opens
    read-only (``faults``).
    A database with writes is backed up before it is migrated.
    Raises DatabaseBusy when another process has it open, NotMigrated when that backup fails, DatabaseNotOpened when the
    file is damaged or foreign.
    """
    path = Path(path).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path)
    db = Database(path, connection)
    try:
        if needs_migration(connection):
            _back_up_before_migrating(db)
        shape_database(connection)
        _lock_down(connection, path)
        with db.cursor() as cursor:
            _gate_of(path).note_version(read_version(cursor))
        db.refuse_writes(check_chain(journal_path(db)))
        if not db.faults:
            write_journal(db)
    except duckdb.Error as error:
        db.close()
        raise DatabaseNotOpened(path) from error
    except BaseException:
        db.close()
        raise
    return db


def _back_up_before_migrating(db: Database) -> None:
    # Backups are made of an open database: the import at the head of this file would go round in a circle.
    from storage.backups import make_backup

    try:
        is_good = make_backup(db, made_at=office_time()).is_verified
    except (NotAcceptable, OSError) as error:
        raise NotMigrated(db.path) from error
    if not is_good:
        raise NotMigrated(db.path)


def open_to_read(path: Path) -> Database:
    """Open a file that nobody has open for reading alone, as it is; a copy is checked so. Raises duckdb.Error."""
    connection = duckdb.connect(str(path), read_only=True, config=SETTINGS)
    _lock_down(connection, path)
    return Database(path, connection)


def read_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """Number of the newest write; inside a write, of that write."""
    row = cursor.execute("SELECT version FROM write_lock WHERE id = 1").fetchone()
    return int(row[0]) if row else 0


def _gate_of(path: Path) -> _Gate:
    with _gates_lock:
        return _gates.setdefault(path, _Gate())


def backup_folder(path: Path) -> Path:
    """The one folder, beside the database, that SQL may write to."""
    return path.parent / "backups"


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config=SETTINGS)
    except duckdb.Error as error:
        kind = DatabaseBusy if any(words in str(error) for words in BUSY_WORDS) else DatabaseNotOpened
        raise kind(path) from error


def _lock_down(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Take files, extensions and settings out of SQL's reach; a second connection finds it done."""
    row = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    if row and row[0]:
        return
    # The folder must be named before access is turned off.
    connection.execute("SET allowed_directories = $folders", {"folders": [f"{backup_folder(path).resolve()}/"]})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
