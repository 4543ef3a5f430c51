"""Room on the disk: a write that runs out of it half way costs more than one that is refused."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

LEAST_FREE_BYTES = 500 * 2**20
# A checkpoint and a backup write the database again, and a journal, originals and logs grow beside it.
TIMES_DATABASE = 20


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
