"""A process killed while it accepts, and readers beside a writer: nobody ever sees half a return."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.scope import OFFICE, Scope
from storage import engine
from storage.accepting import withdraw_submission
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.queries import project_history, project_states
from storage.receipts import Receipt, receipts

ROOT = Path(engine.__file__).parents[1]
ROUNDS = int(os.environ.get("KILLS", "6"))
WRITES = 3 if ROUNDS < 50 else 20
LONGEST_DELAY_SECONDS = 0.25
ROWS = 50
# Accepts returns and withdraws every fifth, until it is killed; says what it did once it is done.
ACCEPTING = f"""
import sys
sys.path.insert(0, sys.argv[2])
from builders import NOON, accept, monthly, row
from domain.submissions import Decision
from storage.accepting import withdraw_submission
from storage.engine import open_database
db = open_database(sys.argv[1])
print("open", flush=True)
for number in range(db.version(), 10_000):
    rows = [row(f"项目{{index}}", index + 5, total_investment_wan=number) for index in range({ROWS})]
    decision = Decision("heading", "binhai", str(number), "note")
    receipt = accept(db, monthly("2024-08", *rows, content=str(number).encode()), decisions=[decision])
    print(receipt.receipt_number, flush=True)
    if number % 5 == 4:
        withdraw_submission(db, receipt.submission_id, reason="x", actor="office", withdrawn_at=NOON)
"""
# Ends the process, without any clean-up, when the named function is called.
ENDING = """
import os, sys
sys.path.insert(0, sys.argv[2])
from builders import accept, monthly, row
from storage import accepting
from storage.engine import Database, open_database
db = open_database(sys.argv[1])
accept(db, monthly("2024-07", row("甲")))
owner, name = {"Database": Database, "accepting": accepting}[sys.argv[3]], sys.argv[4]
setattr(owner, name, lambda *arguments, **more: os._exit(7))
accept(db, monthly("2024-08", row("甲")))
"""
MOMENTS = {
    "before the original is kept": ("accepting", "keep_original", 1),
    "with the original kept and nothing begun": ("accepting", "receipt_in_force", 1),
    "before the rows are written": ("accepting", "append_submission", 1),
    "before the commit": ("accepting", "append_decisions", 1),
    "after the commit": ("Database", "_checkpoint", 2),
    "before the journal is written": ("accepting", "write_journal", 2),
}


def rows_of(db: Database, receipt: Receipt) -> int:
    with db.cursor() as cursor:
        sql = "SELECT count(*) FROM project_row WHERE submission_id = $1"
        return cursor.execute(sql, [receipt.submission_id]).fetchall()[0][0]


def test_kills_at_random_moments_leave_nothing_half_stored(tmp_path: Path) -> None:
    """What was acknowledged is there, every receipt is whole, and the next process goes on from it."""
    path = tmp_path / "a.duckdb"
    command = [sys.executable, "-c", ACCEPTING, str(path), str(Path(__file__).parent)]
    acknowledged: set[str] = set()
    longest = LONGEST_DELAY_SECONDS
    for _ in range(ROUNDS):
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"open\n"
            threading.Event().wait(random.uniform(0, longest))
            child.kill()
            acknowledged |= {line.decode().strip() for line in child.stdout if line.endswith(b"\n")}
        db = open_database(path)
        stored = receipts(db)
        assert acknowledged <= {each.receipt_number for each in stored}
        assert [rows_of(db, each) for each in stored] == [ROWS] * len(stored)
        assert len([entry for entry in read_journal(db) if entry["event"] == "accepted"]) == len(stored)
        assert check_integrity(db) == []
        db.close()
        longest = (
            LONGEST_DELAY_SECONDS if acknowledged else longest * 2
        )  # a busy machine accepts nothing in so short a time
    assert acknowledged


@pytest.mark.parametrize(("owner", "name", "expected"), MOMENTS.values(), ids=MOMENTS)
def test_a_process_that_ends_at_a_moment_leaves_all_or_nothing(
    tmp_path: Path, owner: str, name: str, expected: int
) -> None:
    """The database opens whole, the journal is made good, and the same return can be accepted again."""
    path = tmp_path / "a.duckdb"
    command = [sys.executable, "-c", ENDING, str(path), str(Path(__file__).parent), owner, name]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7
    db = open_database(path)
    assert (len(receipts(db)), len(read_journal(db)), check_integrity(db)) == (expected, expected, [])
    again = accept(db, monthly("2024-08", row("甲")))
    assert (again.receipt_number, again.is_repeat) == ("2024-08-滨海-01", expected == 2)
    assert check_integrity(db) == []
    db.close()


NAMES = tuple(f"项目{number}" for number in range(30))
SCOPES = (OFFICE, Scope("reporter", ("binhai",)), Scope("reporter", ("xiangshui",)))


def made(body: str, number: int):
    """A return whose rows all say its number, in two columns."""
    rows = [
        row(name, 5 + place, body, total_investment_wan=number, issue_text=str(number))
        for place, name in enumerate(NAMES)
    ]
    return monthly("2024-08", *rows, body=body)


def faults_of(db: Database, scope: Scope) -> list[str]:
    """What a reader of the scope sees that no single accepted return holds."""
    states = project_states(db, scope, as_of("2024-08"))
    faults = []
    for body, own in states.groupby("body"):
        said = {*own.total_investment_wan.astype(int), *own.issue_text.astype(int)}
        if body not in scope.bodies or len(own) != len(NAMES) or len(said) != 1 or own.submission_id.nunique() != 1:
            faults.append(f"{scope.bodies} reads of {body}: {len(own)} rows that say {said}")
    if states.body.nunique() != len(set(scope.bodies) - {"zone"}):
        faults.append(f"{scope.bodies} reads of {sorted(states.body.unique())}")
    return faults


def test_eight_readers_beside_a_writer_see_whole_returns_of_their_own(db: Database) -> None:
    """Neither half a return nor another scope's rows; what was known at an earlier write stays as it was."""
    for body in ("binhai", "xiangshui"):
        accept(db, made(body, 0))
    key, faults, reads, ended = project_id(NAMES[0]), [], [0] * 8, threading.Event()

    def read(number: int) -> None:
        try:
            while not ended.is_set():
                faults.extend(faults_of(db, SCOPES[number % 3]))
                then = project_history(db, OFFICE, as_of("2024-08", "2"), key)
                if list(then.total_investment_wan) != [0]:
                    faults.append(f"known then: {list(then.total_investment_wan)}")
                reads[number] += 1
        except Exception as error:
            faults.append(repr(error))

    readers = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for reader in readers:
        reader.start()
    for number in range(1, 1 + WRITES):
        last = [accept(db, made(body, number)) for body in ("binhai", "xiangshui")]
        withdraw_submission(db, last[number % 2].submission_id, reason="x", actor="office", withdrawn_at=NOON)
    ended.set()
    for reader in readers:
        reader.join()
    assert (faults, min(reads) > 0) == ([], True)
    assert check_integrity(db) == []
