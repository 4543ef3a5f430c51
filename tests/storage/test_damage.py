"""Damage to the files themselves: a write-ahead log that is cut or lost, a bit that has turned over. Found, or harmless."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import accept, monthly, row

from storage import engine
from storage.backups import verify_copy
from storage.engine import Database, DatabaseNotOpened, open_database
from storage.fingerprints import read_fingerprints
from storage.journal import journal_path
from storage.opening import open_checked
from storage.receipts import receipts

ROOT = Path(engine.__file__).parents[1]
PAGE_BYTES = 4096
# make soak: CUTS=400, and FLIPS=all for a bit in every page
CUTS = int(os.environ.get("CUTS", "10"))
FLIPS = os.environ.get("FLIPS", "24")


def monthly_of(number: int):
    rows = [row(f"项目{place}", place + 5, total_investment_wan=number) for place in range(20)]
    return monthly("2024-08", *rows, content=str(number).encode())


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a machine that stops leaves when another transaction has kept the last checkpoints away: the writes are in the log.

    The log is copied while the system runs; the journal knows all four acceptances.
    """
    here, kept = tmp_path_factory.mktemp("running"), tmp_path_factory.mktemp("left")
    db = open_database(here / "a.duckdb")
    accept(db, monthly_of(0))
    with db.cursor() as other:
        other.begin()
        other.execute("INSERT INTO schema_version VALUES (99, TIMESTAMP '2024-01-01')")
        for number in range(1, 4):
            accept(db, monthly_of(number))
        shutil.copytree(here, kept, dirs_exist_ok=True)
        other.rollback()
    db.close()
    assert (kept / "a.duckdb.wal").stat().st_size > 10_000
    return kept


def found_at_start(path: Path) -> str:
    """What a start says of a file: nothing, that it is read-only and why, or that it does not open."""
    try:
        db = open_checked(path)
    except DatabaseNotOpened:
        return "not opened"
    try:
        return " ".join(sorted({fault.code for fault in db.faults}))
    finally:
        db.close()


def test_the_log_as_it_was(logged: Path, tmp_path: Path) -> None:
    """Everything in it comes back."""
    shutil.copytree(logged, tmp_path / "b")
    db = open_checked(tmp_path / "b" / "a.duckdb")
    assert (db.faults, len(receipts(db))) == ((), 4)
    db.close()


@pytest.mark.parametrize("damage", ["deleted", "emptied", "another's", *(f"cut {number}" for number in range(CUTS))])
def test_a_log_that_is_lost_is_found(logged: Path, tmp_path: Path, damage: str) -> None:
    """The engine opens such a file without a word and with fewer rows; the journal knows better, and nothing is written."""
    shutil.copytree(logged, tmp_path / "b")
    log = tmp_path / "b" / "a.duckdb.wal"
    content = log.read_bytes()
    if damage == "deleted":
        log.unlink()
    elif damage == "emptied":
        log.write_bytes(b"")
    elif damage == "another's":
        log.write_bytes(random.Random(1).randbytes(len(content)))
    else:
        log.write_bytes(content[: random.Random(damage).randrange(len(content))])
    assert found_at_start(tmp_path / "b" / "a.duckdb") in ("journal", "not opened")


def test_an_older_database_beside_a_newer_log_is_found(logged: Path, tmp_path: Path) -> None:
    """A copy put back by hand, with the log left lying: the engine may mix the two."""
    shutil.copytree(logged, tmp_path / "b")
    older = open_database(tmp_path / "older" / "a.duckdb")
    older.close()
    shutil.copyfile(older.path, tmp_path / "b" / "a.duckdb")
    assert found_at_start(tmp_path / "b" / "a.duckdb") != ""


# --- A bit ------------------------------------------------------------------------------------------------------------

# Turns over one bit in each page that it is told, one after the other, and says what a whole check of the file finds.
FLIPPING = """
import random, sys
from pathlib import Path
from storage.backups import verify_copy
path, content = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
for page in map(int, sys.stdin):
    noise = random.Random(page)
    place, bit = page * 4096 + noise.randrange(min(4096, len(content) - page * 4096)), 1 << noise.randrange(8)
    path.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1:])
    found = verify_copy(path)
    print(page, "found" if found["faults"] else sorted(found["fingerprints"].items()), flush=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
"""


def checked(pages: list[int], path: Path, original: Path) -> Iterator[tuple[int, str]]:
    """(page, what was found); a check that dies with its process has found it too, and the rest goes on."""
    command = [sys.executable, "-c", FLIPPING, str(path), str(original)]
    while pages:
        asked = "".join(f"{page}\n" for page in pages)
        done = subprocess.run(command, input=asked, capture_output=True, text=True, cwd=ROOT, check=False)
        said = [line.split(" ", 1) for line in done.stdout.splitlines()]
        yield from ((int(page), found) for page, found in said)
        if done.returncode and len(said) < len(pages):
            yield pages[len(said)], f"found: the check ended with {done.returncode}"
            said.append(["", ""])
        pages = pages[len(said) :]


def test_a_bit_that_turns_over_is_found_or_harmless(db: Database, tmp_path: Path) -> None:
    """In any page: the whole check names a fault, or every table has the rows that it had."""
    for number in range(3):
        accept(db, monthly_of(number))
    with db.cursor() as cursor:
        whole = str(sorted(read_fingerprints(cursor).items()))
    db.close()
    shutil.copytree(db.path.parent, tmp_path / "b")
    path = tmp_path / "b" / db.path.name
    assert verify_copy(path)["faults"] == []
    count = -(-db.path.stat().st_size // PAGE_BYTES)
    pages = list(range(count)) if FLIPS == "all" else sorted(random.Random(8).sample(range(count), int(FLIPS)))
    found = dict(checked(pages, path, db.path))
    assert set(found) == set(pages)
    wrong = {page: said for page, said in found.items() if not said.startswith("found") and said != whole}
    assert wrong == {}
    harmless = sum(said == whole for said in found.values())
    print(f"{count} pages, {len(pages)} tried: {len(pages) - harmless} found, {harmless} harmless")
    assert journal_path(db).exists()
