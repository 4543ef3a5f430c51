"""The open database: a cursor for each use, and the one function that writes."""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import duckdb

from storage.chain import Fault, check_chain
from storage.clock import office_time
from storage.growth import Sizes
from storage.journal import journal_path, write_journal
from storage.lockdown import backup_folder as backup_folder
from storage.lockdown import connect
from storage.owner import READ_SECONDS, WORK_SECONDS, Connect, Journalled, owner_of
from storage.owner import read_version as read_version
from storage.refusals import DatabaseBusy as DatabaseBusy
from storage.refusals import DatabaseLost, NoSpace, NotAcceptable, ReadOnly
from storage.refusals import DatabaseNotOpened as DatabaseNotOpened
from storage.refusals import DiskFull as DiskFull
from storage.refusals import NotMigrated as NotMigrated
from storage.shaping import needs_migration, shape_database
from storage.space import is_full, measure_space, said_when_full

log = logging.getLogger(__name__)
T = TypeVar("T")
DEFAULT_PATH = Path(__file__).parent.parent / "data" / "monitor.duckdb"
# How DuckDB words a file that another process has open: on Linux and macOS, and on Windows.
BUSY_WORDS = ("Could not set lock on file", "being used by another process")
ATTEMPTS = 8
LONGEST_PAUSE_SECONDS = 0.05


class Database:
    """An open database file; made by ``open_database``. All of one file in this process share one owner."""

    def __init__(self, path: Path, connect: Connect) -> None:
        self.path = path
        self._owner = owner_of(path)
        self._owner.join(connect)
        self._is_open = True

    @contextmanager
    def cursor(self, seconds: float = READ_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one use: a connection shared by threads returns other threads' rows.

        Raises TooLong for a query that is not done within ``seconds``, DatabaseLost after a fatal error of the disk.
        """
        if not self._is_open:
            raise duckdb.ConnectionException("closed")
        with self._owner.cursor(seconds) as cursor:
            yield cursor

    @contextmanager
    def snapshot(self, seconds: float = READ_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose queries all see the same state of the data, whatever is written meanwhile."""
        with self.cursor(seconds) as cursor:
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
        return self._owner.version

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the checks found at start; while there is anything, nothing is written."""
        return self._owner.faults

    @property
    def checked_sizes(self) -> Sizes:
        """Rows of each table when the checks after a write last found nothing; empty before."""
        return self._owner.checked_sizes

    @checked_sizes.setter
    def checked_sizes(self, sizes: Sizes) -> None:
        self._owner.checked_sizes = sizes

    @property
    def journalled(self) -> Journalled | None:
        """Up to where the journal is known to hold all that happened; None where that is to be looked up."""
        return self._owner.journalled

    @journalled.setter
    def journalled(self, journalled: Journalled | None) -> None:
        self._owner.journalled = journalled

    def refuse_writes(self, faults: Iterable[Fault]) -> None:
        """From now on refuse every write of this process for these faults, until the last owner closes the file."""
        self._owner.faults = tuple(dict.fromkeys((*self._owner.faults, *faults)))

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Keep all writers of this process waiting: database and journal agree, and stay as they are."""
        with self._owner.writing:
            yield

    def write(self, body: Callable[[duckdb.DuckDBPyConnection], T], *, after: Callable[[T], object] | None = None) -> T:
        """Run ``body`` in one write transaction and return what it returns.

        ``body`` may run again after a conflict with another writer, so it does nothing but SQL. ``after`` runs once,
        after the commit and before the next write. Raises what ``body`` raises, with nothing written; ReadOnly after a
        fault, NoSpace on a full disk; RuntimeError for a write inside a write.
        """
        owner = self._owner
        with owner.writing:
            if owner.is_writing:
                raise RuntimeError("a write inside a write")
            self._check_writable()
            owner.is_writing = True
            try:
                with said_when_full(self.path):
                    result = self._write_with_retries(body)
                self._checkpoint()
            finally:
                owner.is_writing = False
            if after is not None:
                after(result)
            return result

    def close(self) -> None:
        """Close the connection, if nobody else has the file open; closing twice is allowed."""
        with self._owner.writing:
            if self._is_open:
                self._is_open = False
                self._owner.leave()

    def _check_writable(self) -> None:
        if self.faults:
            raise ReadOnly
        space = measure_space(self.path)
        if not space.is_enough:
            raise NoSpace(space.free, space.needed)

    def _write_with_retries(self, body: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._write_once(body)
            except duckdb.TransactionException as error:
                if attempt == ATTEMPTS or is_full(error):
                    raise
                time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        raise AssertionError("unreachable")  # pragma: no cover

    def _write_once(self, body: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        version = None
        try:
            with self.cursor(WORK_SECONDS) as cursor, _transaction(cursor):
                # First, so that two writers of any engine conflict here and not in the middle of the body.
                cursor.execute("UPDATE write_lock SET version = version + 1 WHERE id = 1")
                result = body(cursor)
                version = read_version(cursor)
        except DatabaseLost:
            # A commit may bring a checkpoint with it, which fails when the write is in already.
            if version is None or self._newest() < version:
                raise
        self._owner.note_version(version)
        return result

    def _newest(self) -> int:
        with self.cursor() as cursor:
            return read_version(cursor)

    def _checkpoint(self) -> None:
        """Put what is committed into the file itself; a write-ahead log that is lost would take it along.

        Where another transaction or a full disk stops it, the write stands in the log, and the next one makes up for it.
        """
        try:
            with self.cursor(WORK_SECONDS) as cursor:
                cursor.execute("CHECKPOINT")
        except duckdb.TransactionException:
            log.info("checkpoint put off: another transaction is open")
        except DatabaseLost as error:
            log.error("checkpoint failed: %s", error.__cause__)


@contextmanager
def _transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    cursor.begin()
    try:
        yield
        cursor.commit()
    except BaseException:
        # A commit that failed has ended its transaction already.
        with suppress(duckdb.Error):
            cursor.rollback()
        raise


def database_path() -> Path:
    """The installation's database file: that of MONITOR_DATABASE, else monitor.duckdb in the folder data."""
    return Path(os.environ.get("MONITOR_DATABASE") or DEFAULT_PATH)


def open_database(path: Path | str) -> Database:
    """Open the database file, making it and its folder where they are missing, and bring its shape up to date.

    Journal lines that a crash kept from being written are written now. With a journal that was changed or cut it opens
    read-only (``faults``).
    A database with writes is backed up before it is migrated.
    Raises DatabaseBusy when another process has it open, NotMigrated when that backup fails, DiskFull where opening has
    no room, DatabaseLost while cursors of before a fatal error are still about, DatabaseNotOpened when the file is damaged or
    foreign.
    """
    path = Path(path).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    db = Database(path, lambda: _connect(path))
    try:
        with db.held_still():
            _make_ready(db)
    except BaseException as error:
        db.close()
        if is_full(error):
            raise DiskFull(path) from error
        if isinstance(error, duckdb.Error):
            raise DatabaseNotOpened(path) from error
        raise
    return db


def open_to_read(path: Path) -> Database:
    """Open a file that nobody has open for reading alone, as it is; a copy is checked so. Raises duckdb.Error."""
    return Database(path, lambda: connect(path, is_read_only=True))


def _make_ready(db: Database) -> None:
    """Shape, version, the journal against its anchor, its missing lines."""
    with db.cursor(WORK_SECONDS) as cursor:
        is_older = needs_migration(cursor)
    if is_older:
        _back_up_before_migrating(db)
    with db.cursor(WORK_SECONDS) as cursor:
        shape_database(cursor)
        db._owner.note_version(read_version(cursor))
    db.refuse_writes(check_chain(journal_path(db)))
    if not db.faults:
        write_journal(db)


def _back_up_before_migrating(db: Database) -> None:
    # Backups are made of an open database: the import at the head of this file would go round in a circle.
    from storage.backups import make_backup

    try:
        is_good = make_backup(db, made_at=office_time()).is_verified
    except (NotAcceptable, OSError) as error:
        raise NotMigrated(db.path) from error
    if not is_good:
        raise NotMigrated(db.path)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return connect(path)
    except duckdb.FatalException as error:
        # Another connection of this process is still open on a database that has failed.
        raise DatabaseLost from error
    except duckdb.Error as error:
        if is_full(error):
            raise DiskFull(path) from error
        kind = DatabaseBusy if any(words in str(error) for words in BUSY_WORDS) else DatabaseNotOpened
        raise kind(path) from error
