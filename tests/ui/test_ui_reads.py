"""What is remembered: the same object until something is written, never another database's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.periods import Period
from domain.scope import OFFICE, Record
from loaders.__main__ import main
from storage.engine import Database, open_database
from ui import reads


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Database]]:
    """Make the reads answer from a database; all are closed in the end."""
    opened: list[Database] = []

    def serve(path: Path) -> Database:
        opened.append(open_database(path))
        monkeypatch.setattr(reads, "database", lambda: opened[-1])
        return opened[-1]

    yield serve
    for each in opened:
        each.close()


def bump(db: Database) -> None:
    """A write that changes nothing but the version."""
    db.write(lambda _: None)


def test_the_same_object_until_a_write(served: Callable[[Path], Database], tmp_path: Path) -> None:
    """Made once; made again after a write, also one that changes nothing."""
    db = served(tmp_path / "a.duckdb")
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    first = reads.remember("test", (1,), make)
    assert reads.remember("test", (1,), make) is first
    bump(db)
    second = reads.remember("test", (1,), make)
    assert second is not first
    assert reads.remember("test", (1,), make) is second
    assert len(made) == 2


def test_reads_of_one_name_in_two_modules_are_two(served: Callable[[Path], Database], tmp_path: Path) -> None:
    """One may ask the other without waiting for itself."""
    served(tmp_path / "a.duckdb")

    def made(module: str, answer: Callable[[int], int]) -> Callable[[int], int]:
        answer.__module__, answer.__qualname__ = module, "answer"
        return reads.remembered(answer)

    inner = made("one", lambda number: number + 1)
    outer = made("another", lambda number: inner(number) * 10)
    assert outer(1) == 20


def test_other_names_and_arguments_have_other_answers(served: Callable[[Path], Database], tmp_path: Path) -> None:
    """A period, a body or a language apart is a thing apart."""
    served(tmp_path / "a.duckdb")
    answers = {
        reads.remember(name, arguments, lambda n=name, a=arguments: f"{n}{a}")
        for name in ("x", "y")
        for arguments in ((1,), (2,), ("1",), ())
    }
    assert len(answers) == 8


def test_two_databases_are_never_mixed(served: Callable[[Path], Database], tmp_path: Path) -> None:
    """Though they stand at the same version."""
    one = served(tmp_path / "a.duckdb")
    assert reads.remember("test", (), lambda: "a") == "a"
    other = served(tmp_path / "b.duckdb")
    assert one.version() == other.version()
    assert reads.remember("test", (), lambda: "b") == "b"


def test_what_fails_is_not_remembered(served: Callable[[Path], Database], tmp_path: Path) -> None:
    """The next visitor gets a new try."""
    served(tmp_path / "a.duckdb")

    def fail() -> str:
        raise OSError

    with pytest.raises(OSError):
        reads.remember("test", ("failing",), fail)
    assert reads.remember("test", ("failing",), lambda: "well") == "well"


def test_none_is_an_answer(served: Callable[[Path], Database], tmp_path: Path) -> None:
    """Nothing found is not asked again."""
    served(tmp_path / "a.duckdb")
    assert reads.remember("test", ("none",), lambda: None) is None
    assert reads.remember("test", ("none",), lambda: "asked again") is None


def test_a_new_return_is_seen_at_once(
    served: Callable[[Path], Database], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Periods and states read before an acceptance are not shown after it."""
    samples = Path(__file__).parents[2] / "data" / "samples" / "2024"
    path = tmp_path / "monitor.duckdb"
    served(path)
    assert reads.periods(OFFICE) == []
    reads.database().close()
    january = sorted(samples.glob("*2024年1月*"))
    assert (
        main(["accept", *map(str, january), "--database", str(path), "--confirm-suggestions", "--reason", "示例"]) == 0
    )
    served(path)
    record = Record(Period(2024, 1))
    assert reads.periods(OFFICE) == ["2024-01"]
    states = reads.states(OFFICE, record)
    assert len(states) > 0
    assert reads.states(OFFICE, record) is states
    assert sorted(reads.reported(OFFICE, record)) == ["binhai", "xiangshui"]
    assert reads.states_before(OFFICE, record).empty
