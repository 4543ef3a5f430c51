"""Uploads, mended cells, acceptances, withdrawals, locks and seals in any order, against a model of plain lists."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from builders import NOON, monthly, row
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from domain.meeting import Seal
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import Correction, Submission
from storage.accepting import NotAcceptable, accept_submission, withdraw_submission
from storage.chain import check_chain
from storage.collecting import grant_exception, lock_period
from storage.drafts import find_draft, keep_draft
from storage.engine import Database, open_database
from storage.integrity import check_integrity, check_tables
from storage.journal import journal_path
from storage.meetings import record_of, seal_meeting
from storage.opening import open_checked
from storage.queries import project_states
from storage.rebuilding import rebuild_database
from storage.receipts import IN_FORCE, REPLACED, WITHDRAWN, Receipt, receipts
from storage.refusals import Overtaken

# make soak: STATES=300
EXAMPLES, STEPS = int(os.environ.get("STATES", "4")), 20
KEYS = (("binhai", "2024-08"), ("binhai", "2024-09"), ("xiangshui", "2024-08"))
PERIODS = ("2024-08", "2024-09")
LAST_DAY = date(2030, 1, 1)


def read(content: bytes, corrections: Sequence[Correction] = ()) -> Submission:
    """A return whose one cell holds the number in its bytes, or what it was mended to."""
    body, period, typed, _ = content.decode().split()
    value = int(corrections[-1].after if corrections else typed)
    submission, _ = monthly(period, row("甲", body=body, investment_ytd_wan=value), body=body, content=content)
    return replace(submission, corrections=tuple(corrections))


def tried(deed: Callable[[], Receipt]) -> tuple[Receipt | None, NotAcceptable | None]:
    """What a deed gives, or what it is refused for."""
    try:
        return deed(), None
    except NotAcceptable as refusal:
        return None, refusal


@dataclass
class Accepted:
    """What the model knows of one acceptance."""

    content: bytes
    value: int
    is_mended: bool
    is_withdrawn: bool = False


class Returns(RuleBasedStateMachine):
    """Two districts, two months, one project each."""

    uploads = Bundle("uploads")
    accepted = Bundle("accepted")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.db: Database = open_database(self.folder / "a.duckdb")
        self.kept: dict[tuple[str, str], list[Accepted]] = {key: [] for key in KEYS}
        self.locked: set[str] = set()
        self.excepted: set[tuple[str, str]] = set()
        self.seals: list[tuple[Seal, pd.DataFrame]] = []
        self.serial, self.looked_at = 0, -1

    def teardown(self) -> None:
        if hasattr(self, "db"):
            assert check_integrity(self.db) == []
            self.db.close()
            again = (
                rebuild_database(
                    self.db.path,
                    self.folder / "again.duckdb",
                    lambda _, content, __, ___, mended: read(content, mended),
                )
                if journal_path(self.db).exists()
                else None
            )
            assert again is None or again.faults == ()
            shutil.rmtree(self.folder)

    def is_closed(self, key: tuple[str, str]) -> bool:
        return key[1] in self.locked and key not in self.excepted

    def in_force(self, key: tuple[str, str]) -> int | None:
        """The place in the list of the newest that is not withdrawn."""
        return next((n for n in reversed(range(len(self.kept[key]))) if not self.kept[key][n].is_withdrawn), None)

    @rule(target=uploads, key=st.sampled_from(KEYS), value=st.integers(0, 99))
    def upload(self, key: tuple[str, str], value: int) -> tuple[bytes, tuple[Correction, ...]]:
        """The bytes are safe at once, as a draft."""
        self.serial += 1
        content = f"{key[0]} {key[1]} {value} {self.serial}".encode()
        draft = keep_draft(self.db.path, "八月.xlsx", content, made_at=NOON)
        assert find_draft(self.db.path, draft.draft_id) == draft
        return content, ()

    @rule(target=uploads, upload=uploads, value=st.integers(0, 99))
    def mend(self, upload: tuple[bytes, tuple[Correction, ...]], value: int) -> tuple[bytes, tuple[Correction, ...]]:
        """The same bytes, read with a cell mended."""
        content, _ = upload
        before = content.decode().split()[2]
        return content, (Correction("项目", "C5", "investment_ytd_wan", before, str(value)),)

    @rule(target=accepted, upload=uploads, days=st.integers(-40, 40), compares=st.booleans())
    def accept(self, upload: tuple[bytes, tuple[Correction, ...]], days: int, compares: bool) -> object:
        """Also again, and again after a withdrawal; by a clock that goes back and forth."""
        content, mended = upload
        submission = read(content, mended)
        key = submission.body, str(submission.period)
        value = int(submission.tables[0].rows[0].values["investment_ytd_wan"])
        now, rows = self.in_force(key), self.kept[key]
        same = next(
            (n for n in reversed(range(len(rows))) if rows[n].content == content and not rows[n].is_withdrawn), None
        )
        is_repeat = same is not None and (rows[same].is_mended, rows[same].value if mended else 0) == (
            bool(mended), value if mended else 0
        )  # fmt: skip
        seen = None if not compares else "" if now is None else self.number(key, now)
        at = NOON + timedelta(days=days)
        receipt, refusal = tried(lambda: accept_submission(self.db, submission, content, accepted_at=at, seen=seen))
        if receipt is None:
            assert self.is_closed(key) and not is_repeat and not isinstance(refusal, Overtaken)
            return multiple()
        assert receipt.is_repeat == is_repeat
        if is_repeat:
            assert receipt.receipt_number == self.number(key, same)
            return multiple()
        assert not self.is_closed(key)
        assert receipt.replaces == (None if now is None else self.number(key, now))
        self.excepted.discard(key)
        rows.append(Accepted(content, value, bool(mended)))
        assert receipt.receipt_number == self.number(key, len(rows) - 1)
        return key, len(rows) - 1, receipt.submission_id

    @rule(upload=uploads, wrong=st.sampled_from(["2024-08-滨海-99", ""]))
    def compare_with_another(self, upload: tuple[bytes, tuple[Correction, ...]], wrong: str) -> None:
        """Nothing is written for who has compared with what is not in force."""
        submission = read(*upload)
        key = submission.body, str(submission.period)
        if wrong or self.in_force(key) is not None:
            given, refusal = tried(
                lambda: accept_submission(self.db, submission, upload[0], accepted_at=NOON, seen=wrong)
            )
            assert given.is_repeat if given else isinstance(refusal, Overtaken) or self.is_closed(key)

    @rule(which=accepted, days=st.integers(-40, 40))
    def withdraw(self, which: tuple[tuple[str, str], int, str], days: int) -> None:
        """Once; the one before it counts again. Not after the lock."""
        key, place, submission_id = which
        was = self.kept[key][place].is_withdrawn
        try:
            receipt = withdraw_submission(
                self.db, submission_id, reason="错", actor="office", withdrawn_at=NOON + timedelta(days=days)
            )
        except NotAcceptable:
            assert self.is_closed(key) and not was
            return
        assert receipt.is_repeat == was and (was or not self.is_closed(key))
        self.kept[key][place].is_withdrawn = True

    @rule(period=st.sampled_from(PERIODS), days=st.integers(-40, 40))
    def lock(self, period: str, days: int) -> None:
        try:
            lock_period(self.db, Period.parse(period), reason="会后", locked_at=NOON + timedelta(days=days))
        except NotAcceptable:
            assert period in self.locked
            return
        assert period not in self.locked
        self.locked.add(period)

    @rule(key=st.sampled_from(KEYS))
    def let_in(self, key: tuple[str, str]) -> None:
        body, period = key
        try:
            grant_exception(self.db, body, Period.parse(period), valid_until=LAST_DAY, reason="补报", granted_at=NOON)
        except NotAcceptable:
            assert period not in self.locked or (body, period) in self.excepted
            return
        assert period in self.locked and (body, period) not in self.excepted
        self.excepted.add((body, period))

    @rule(period=st.sampled_from(PERIODS))
    def seal(self, period: str) -> None:
        try:
            seal = seal_meeting(self.db, Period.parse(period), day=date(2024, 9, 10), sealed_at=NOON)
        except NotAcceptable:
            assert all(self.in_force(key) is None for key in KEYS if key[1] == period)
            return
        self.seals.append((seal, project_states(self.db, OFFICE, record_of(seal))))

    @rule()
    def start_again(self) -> None:
        self.db.close()
        self.db = open_checked(self.db.path)
        assert self.db.faults == ()

    @invariant()
    def holds(self) -> None:
        """All of the following, whenever something was written."""
        if self.db.version() != self.looked_at:
            self.looked_at = self.db.version()
            self.exactly_one_counts()
            self.sums_are_those_of_the_cells()
            self.sealed_meetings_stay()
            self.nothing_is_amiss()

    def exactly_one_counts(self) -> None:
        """Of each district and month the newest that is not withdrawn; all others are replaced or withdrawn."""
        found = {each.receipt_number: (each.state, each.total_ytd_wan) for each in receipts(self.db)}
        expected = {
            self.number(key, place): (self.state_of(key, place), each.value)
            for key, rows in self.kept.items()
            for place, each in enumerate(rows)
        }
        assert found == expected

    def sums_are_those_of_the_cells(self) -> None:
        for period in PERIODS:
            states = project_states(self.db, OFFICE, Record(Period.parse(period)))
            for key in KEYS:
                place = self.in_force(key) if key[1] == period else None
                if place is not None:
                    own = states[states["body"] == key[0]]
                    assert list(own["investment_ytd_wan"]) == [self.kept[key][place].value]

    def sealed_meetings_stay(self) -> None:
        for seal, states in self.seals:
            pd.testing.assert_frame_equal(project_states(self.db, OFFICE, record_of(seal)), states)

    def nothing_is_amiss(self) -> None:
        assert (check_chain(journal_path(self.db)), check_tables(self.db)) == ([], [])

    def number(self, key: tuple[str, str], place: int) -> str:
        return f"{key[1]}-{ {'binhai': '滨海', 'xiangshui': '响水'}[key[0]] }-{place + 1:02d}"

    def state_of(self, key: tuple[str, str], place: int) -> str:
        if self.kept[key][place].is_withdrawn:
            return WITHDRAWN
        return IN_FORCE if place == self.in_force(key) else REPLACED


TestReturns = Returns.TestCase
TestReturns.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_one_history() -> None:
    """The way of a year's hard cases through the same model, step by step: what few examples may never come to."""
    machine = Returns()
    machine.begin()
    try:
        for step in history(machine):
            assert step is not None
            machine.holds()
    finally:
        machine.teardown()


def history(machine: Returns) -> Iterator[object]:
    key, other = KEYS[0], KEYS[2]
    first, second, foreign = machine.upload(key, 5), machine.upload(key, 7), machine.upload(other, 9)
    accepted = machine.accept(first, 0, True)
    yield accepted
    gone = machine.accept(foreign, -3, False)
    yield gone
    yield machine.withdraw(gone, 0) or "withdrawn"
    yield machine.accept(foreign, -3, False)
    yield machine.seal(key[1]) or "sealed"
    yield machine.accept(second, -30, True)
    yield machine.accept(first, 1, True)  # replaced, and a repeat all the same
    yield machine.accept(machine.mend(first, 6), 1, True)
    yield machine.withdraw(accepted, -9) or "withdrawn"
    yield machine.withdraw(accepted, 9) or "withdrawn before"
    again = machine.accept(first, -40, True)
    yield again
    yield machine.compare_with_another(second, "") or "told"
    yield machine.start_again() or "started"
    yield machine.seal(key[1]) or "sealed"
    yield machine.lock(key[1], 0) or "locked"
    yield machine.withdraw(again, 1) or "refused"
    yield machine.accept(machine.upload(key, 8), 1, True)
    yield machine.let_in(key) or "let in"
    yield machine.accept(machine.upload(key, 11), 2, True)
    yield machine.accept(machine.upload(key, 12), 2, True)
    yield machine.lock(key[1], 1) or "locked before"
    yield machine.seal("2024-09") or "refused"
    states = [machine.state_of(key, place) for place in range(len(machine.kept[key]))]
    assert states == [WITHDRAWN, REPLACED, REPLACED, REPLACED, IN_FORCE]
    assert (len(machine.kept[other]), len(machine.seals)) == (2, 2)
