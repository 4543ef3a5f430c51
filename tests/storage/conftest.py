"""A database of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Database, open_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database in the test's own folder."""
    database = open_database(tmp_path / "invest.duckdb")
    yield database
    database.close()
