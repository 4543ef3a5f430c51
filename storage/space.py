"""Room on the disk: a write that runs out of it half way costs more than one that is refused."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from storage.refusals import NoSpace

LEAST_FREE_BYTES = 500 * 2**20
# A checkpoint and a backup write the database again, and a journal, originals and logs grow beside it.
TIMES_DATABASE = 20
FULL = (errno.ENOSPC, errno.EDQUOT)
# How DuckDB passes on the same: Linux and macOS, a quota, Windows.
FULL_WORDS = ("No space left on device", "Disk quota exceeded", "not enough space on the disk")


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes of the disk, left on it, needed for a write, and taken by the database file."""

    total: int
    free: int
    needed: int
    database: int

    @property
    def is_enough(self) -> bool:
        return self.free >= self.needed


def measure_space(database: Path) -> Space:
    """The room on the disk of a database file: 500 MB must be free, or 20 times the database where that is more."""
    size = database.stat().st_size if database.exists() else 0
    usage = shutil.disk_usage(database.parent)
    return Space(usage.total, usage.free, max(LEAST_FREE_BYTES, TIMES_DATABASE * size), size)


def is_full(error: BaseException | None) -> bool:
    """Whether an error of a file or of the database says that the disk is full."""
    if isinstance(error, duckdb.Error):
        return any(words in str(error) for words in FULL_WORDS) or is_full(error.__cause__)
    return isinstance(error, OSError) and error.errno in FULL


@contextmanager
def said_when_full(database: Path) -> Iterator[None]:
    """Turn the error of a disk that ran full on the way into NoSpace; all other errors stay what they are."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if not is_full(error):
            raise
        space = measure_space(database)
        raise NoSpace(space.free, space.needed) from error
