"""What the tests of the screens share: the reads on the sample year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest
from sample_year import copy_database
from streamlit.components.v2 import manifest_scanner

from storage.engine import Database, open_database
from ui import reads


class Copies:
    """Copies of the sample year, opened: the same one again and again, until a test has left it other than it was.

    What was remembered of the sample year before that test wrote goes over to the next copy, which is the same but for
    its path; what was remembered of the test's own state is gone with it.
    """

    def __init__(self, source: Path, factory: pytest.TempPathFactory) -> None:
        self._source, self._factory = source, factory
        self._database: Database | None = None
        self._seen: object = None
        self._untouched: tuple[Path, int] | None = None

    def take(self) -> Database:
        if self._database is None:
            self._database = open_database(copy_database(self._source, self._factory.mktemp("year")))
            self._seen = traces(self._database)
            state = self._database.path, self._database.version()
            carry_answers(self._untouched, state)
            self._untouched = state
        return self._database

    def put_back(self) -> None:
        if self._database is not None and traces(self._database) != self._seen:
            self.close()

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None


def carry_answers(old: tuple[Path, int] | None, new: tuple[Path, int]) -> None:
    """Let the answers of one copy in the state it was opened in stand for another copy; forget all others of the first."""
    answers = reads._answer.cache
    # They were measured when they came; measuring them again would take longer than making some of them.
    measure, answers.getsizeof = answers.getsizeof, lambda _answer: 1
    for key in [] if old is None else [key for key in answers if key[2] == old[0]]:
        answer = answers.pop(key)
        if key[2:] == old:
            answers[*key[:2], *new] = answer
    answers.getsizeof = measure


def traces(database: Database) -> object:
    """What changes with every write: whether it is open, number of writes, faults, and all files beside it."""
    try:
        with database.cursor() as cursor:
            cursor.execute("SELECT 1")
    except duckdb.Error:
        return None
    files = [(path, path.stat()) for path in sorted(database.path.parent.rglob("*"))]
    return database.version(), database.faults, [(path, each.st_size, each.st_mtime_ns) for path, each in files]


@pytest.fixture(scope="session", autouse=True)
def components_sought_once() -> Iterator[None]:
    """Streamlit's AppTest looks through all installed packages for every page it makes; they stay the same meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def copies(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    made = Copies(sample_year, tmp_path_factory)
    yield made
    made.close()


@pytest.fixture
def year(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The reads answer from a copy of the sample year, in which no other test has left anything.

    What was remembered while a test had replaced something with ``monkeypatch`` is forgotten with it.
    """
    database = copies.take()
    answers, before = reads._answer.cache, set(reads._answer.cache)
    with monkeypatch.context() as patch:
        patch.setattr(reads, "database", lambda: database)
        yield database
    if monkeypatch._setattr or monkeypatch._setitem:
        for key in set(answers) - before:
            del answers[key]
    copies.put_back()
