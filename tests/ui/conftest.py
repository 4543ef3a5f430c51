"""What the tests of the screens share: the reads on the sample year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_year import copy_database

from storage.engine import Database, open_database
from ui import reads


@pytest.fixture
def year(sample_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The reads answer from a copy of the sample year."""
    database = open_database(copy_database(sample_year, tmp_path / "year"))
    monkeypatch.setattr(reads, "database", lambda: database)
    yield database
    database.close()
