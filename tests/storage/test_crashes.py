"""A process killed while it accepts, and readers beside a writer: nobody ever sees half a return."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from domain.periods import Period
from domain.scope import OFFICE, Scope
from storage import accepting, chain, drafts, engine
from storage.accepting import NotAcceptable, withdraw_submission
from storage.collecting import lock_period
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.opening import open_checked
from storage.queries import project_history, project_states
from storage.receipts import IN_FORCE, WITHDRAWN, Receipt, receipts

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
from storage import accepting, chain
from storage.engine import Database, open_database
db = open_database(sys.argv[1])
accept(db, monthly("2024-07", row("甲")))
owner, name = {"Database": Database, "accepting": accepting, "chain": chain}[sys.argv[3]], sys.argv[4]
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
    "between the journal and its anchor": ("chain", "_write_anchor", 2),
}
OWNERS = {"Database": Database, "accepting": accepting, "chain": chain}
# Ends the process between the bytes of an upload and the note that makes a draft of them.
ENDING_UPLOAD = """
import os, sys
from datetime import datetime
from pathlib import Path
from storage import drafts
drafts._write_notes = lambda *arguments: os._exit(7)
drafts.keep_draft(Path(sys.argv[1]), "8月.xlsx", b"workbook", made_at=datetime(2024, 9, 1))
"""


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
    print(f"{ROUNDS} kills: {len(acknowledged)} acknowledged, {len(stored)} stored, none lost, none in part")


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


def test_a_process_that_ends_within_an_upload(tmp_path: Path) -> None:
    """The bytes without their note are no draft: nobody was told that they are safe, and the next start sweeps them away."""
    path = tmp_path / "a.duckdb"
    assert subprocess.run([sys.executable, "-c", ENDING_UPLOAD, str(path)], cwd=ROOT, check=False).returncode == 7
    (left,) = drafts.drafts_folder(path).iterdir()
    assert [each.name for each in left.iterdir()] == ["content"]
    assert (drafts.find_draft(path, left.name), drafts.waiting_drafts(path)) == (None, [])
    kept = drafts.keep_draft(path, "8月.xlsx", b"workbook", made_at=NOON)
    assert (drafts.sweep_drafts(path, now=NOON), drafts.find_draft(path, kept.draft_id)) == (1, kept)


@pytest.mark.parametrize("stopped", [StopException, KeyboardInterrupt])
@pytest.mark.parametrize(("owner", "name", "expected"), MOMENTS.values(), ids=MOMENTS)
def test_a_run_that_is_stopped_at_a_moment(
    db: Database,
    monkeypatch: pytest.MonkeyPatch,
    owner: str,
    name: str,
    expected: int,
    stopped: type[BaseException],
) -> None:
    """A click, a reload or a closed window ends a page's run by what is no Exception: no transaction stays open for others."""
    accept(db, monthly("2024-07", row("甲")))

    def stop(*arguments: object, **more: object) -> None:
        raise stopped

    with monkeypatch.context() as patch, pytest.raises(stopped):
        patch.setattr(OWNERS[owner], name, stop)
        accept(db, monthly("2024-08", row("甲")))
    others: list[Receipt] = []
    other = threading.Thread(target=lambda: others.append(accept(db, monthly("2024-09", row("甲")))))
    other.start()
    other.join(30)
    assert [each.receipt_number for each in others] == ["2024-09-滨海-01"]
    assert (len(receipts(db)), len(read_journal(db)), db.faults) == (expected + 1, expected + 1, ())
    assert accept(db, monthly("2024-08", row("甲"))).is_repeat is (expected == 2)
    assert check_integrity(db) == []


def test_a_clock_set_back_a_day(db: Database) -> None:
    """What was written later counts as later: in force, withdrawn, in the journal, and after a start."""
    yesterday = NOON - timedelta(days=1)
    first = accept(db, monthly("2024-08", row("甲", total_investment_wan=1)))
    second = accept(db, monthly("2024-08", row("甲", total_investment_wan=2)), accepted_at=yesterday)
    assert (second.replaces, receipts(db)[0]) == (first.receipt_number, second)
    withdraw_submission(
        db, second.submission_id, reason="错", actor="office", withdrawn_at=yesterday - timedelta(days=1)
    )
    assert [each.state for each in receipts(db)] == [WITHDRAWN, IN_FORCE]
    lock_period(db, Period(2024, 8), reason="会后", locked_at=yesterday)
    with pytest.raises(NotAcceptable, match="锁定"):
        accept(db, monthly("2024-08", row("甲", total_investment_wan=3)), accepted_at=yesterday - timedelta(days=9))
    assert [entry["sequence"] for entry in read_journal(db)] == [1, 2, 3, 4]
    db.close()
    again = open_checked(db.path)
    assert (again.faults, [each.receipt_number[-2:] for each in receipts(again)]) == ((), ["02", "01"])
    again.close()


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
