"""The owner of a database file in this process: its one connection, lent as cursors, watched, and renewed when it is lost.

A fatal error (a checkpoint on a full disk) makes every cursor of the process useless until all are closed; then the file
opens again with everything that was committed. All who have the file open here share one owner.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from storage.chain import Fault
from storage.growth import Sizes
from storage.refusals import DatabaseLost, TooLong

log = logging.getLogger(__name__)
Connect = Callable[[], duckdb.DuckDBPyConnection]
# What a page asks for is answered within this time or not at all; what reads or copies everything may take longer.
READ_SECONDS, WORK_SECONDS = 20.0, 1800.0
LOOK_SECONDS = 0.5
# So long the renewal waits for cursors that others still hold.
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class _Lent:
    """A cursor that somebody has, the connection that it is of, and until when."""

    cursor: duckdb.DuckDBPyConnection
    connection: duckdb.DuckDBPyConnection
    ends_at: float


@dataclass(frozen=True, slots=True)
class Journalled:
    """Up to where the journal holds all that happened: the last write, the tables' sizes then, the journal's own size."""

    sequence: int
    sizes: Sizes
    byte_count: int


class Owner:
    """What all who have one file open in this process share: connection, who writes, newest version, why nobody may.

    And what was checked and written down already, which is forgotten with the connection.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writing = threading.RLock()
        self.is_writing = False
        self.version = 0
        self.faults: tuple[Fault, ...] = ()
        self.checked_sizes: Sizes = {}
        self.journalled: Journalled | None = None
        self._users = 0
        self._connect: Connect | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._is_lost = False
        self._lent: set[_Lent] = set()
        self._turn = threading.Condition()

    def join(self, connect: Connect) -> None:
        """One more user; the first one's way of connecting is kept. Raises what ``connect`` raises."""
        with self._turn:
            if not self._users:
                self._connection, self._connect, self._is_lost, self.version = connect(), connect, False, 0
            self._users += 1

    def leave(self) -> None:
        """One user less; the last one closes the connection, and faults are forgotten."""
        with self._turn:
            self._users -= 1
            if not self._users and self._connection is not None:
                self._connection.close()
                self._connection, self.faults, self.checked_sizes, self.journalled = None, (), {}, None

    def note_version(self, version: int) -> None:
        """Two users may come here in another order than that of their commits: the later version stands."""
        self.version = max(version, self.version)

    @contextmanager
    def cursor(self, seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one use; what it is used for may take so many seconds.

        Raises TooLong for a query that runs on after them, DatabaseLost after a fatal error, DatabaseNotOpened where a lost
        database does not open again.
        """
        lent = self._lend(seconds)
        try:
            yield lent.cursor
        except duckdb.FatalException as error:
            self._note_loss(lent)
            raise DatabaseLost from error
        except duckdb.InterruptException as error:
            raise TooLong from error
        finally:
            self._take_back(lent)

    def interrupt_late(self) -> None:
        """End the queries of all cursors whose time is over."""
        with self._turn:
            for lent in self._lent:
                if time.monotonic() > lent.ends_at:
                    lent.cursor.interrupt()

    def _lend(self, seconds: float) -> _Lent:
        _begin_watch()
        with self._turn:
            if self._is_lost:
                self._renew()
            if self._connection is None:
                raise duckdb.ConnectionException("the database is closed")
            lent = _Lent(self._connection.cursor(), self._connection, time.monotonic() + seconds)
            self._lent.add(lent)
            return lent

    def _take_back(self, lent: _Lent) -> None:
        with self._turn:
            self._lent.discard(lent)
            lent.cursor.close()
            self._turn.notify_all()

    def _note_loss(self, lent: _Lent) -> None:
        with self._turn:
            # A cursor from before the renewal says nothing of the connection of now.
            if lent.connection is self._connection:
                log.error("database %s: fatal error, it is opened again", self.path.name)
                self._is_lost = True

    def _renew(self) -> None:
        """Close everything and connect again, once nobody holds a cursor; committed writes must all be there."""
        if not self._turn.wait_for(lambda: not self._lent or not self._is_lost, PATIENCE_SECONDS):
            raise DatabaseLost
        if not self._is_lost or self._connection is None or self._connect is None:
            return
        self._connection.close()
        try:
            self._connection = self._connect()
        except duckdb.FatalException as error:
            raise DatabaseLost from error
        self._is_lost = False
        with self._connection.cursor() as cursor:
            found = read_version(cursor)
        if found < self.version:
            sentence = f"opened again, the database ends with write {found} and not with {self.version}"
            self.faults = (*self.faults, Fault("journal", "", sentence))
            log.error("integrity: %s", sentence)


def read_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """Number of the newest write; inside a write, of that write."""
    row = cursor.execute("SELECT version FROM write_lock WHERE id = 1").fetchone()
    return int(row[0]) if row else 0


_owners: dict[Path, Owner] = {}
_owners_lock = threading.Lock()
_watching: list[threading.Thread] = []


def owner_of(path: Path) -> Owner:
    """The one owner of a file in this process."""
    with _owners_lock:
        return _owners.setdefault(path, Owner(path))


def _begin_watch() -> None:
    with _owners_lock:
        if not _watching:
            _watching.append(threading.Thread(target=_watch, name="queries", daemon=True))
            _watching[0].start()


def _watch() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        with _owners_lock:
            owners = list(_owners.values())
        for owner in owners:
            owner.interrupt_late()
