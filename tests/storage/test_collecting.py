"""Due dates, locks after the meeting, exceptions to them, and what the page of the collection reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from builders import NOON, accept, annual_targets, as_of, monthly, row

from domain.collection import OPEN, DueRule, PeriodLock
from domain.findings import finding
from domain.periods import Period
from domain.scope import OFFICE, Scope
from domain.submissions import ANNUAL_TARGETS, MONTHLY_RETURN
from storage.accepting import NotAcceptable, withdraw_submission
from storage.collecting import grant_exception, lock_period, set_due_rule
from storage.engine import Database
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.queries import CollectedReturn, collected_returns, due_rules, first_periods, lock_exceptions, period_locks

AUGUST = Period(2024, 8)
TODAY = NOON.date()
XIANGSHUI = Scope("reporter", ("xiangshui",))


def lock(db: Database, period: Period = AUGUST, reason: str = "例会已通报") -> None:
    lock_period(db, period, reason=reason, locked_at=NOON)


def exempt(db: Database, body: str = "binhai", reason: str = "漏报", until: date = TODAY, at: datetime = NOON) -> None:
    grant_exception(db, body, AUGUST, valid_until=until, reason=reason, granted_at=at)


def withdraw(db: Database, submission_id: str, at: datetime = NOON) -> None:
    withdraw_submission(db, submission_id, reason="报错", actor="office", withdrawn_at=at)


def test_what_was_received(db: Database) -> None:
    """First received, sent again how often, the receipt in force and its findings."""
    found = finding("below_threshold", sheet="项目", cell="C5", value="1")
    accept(db, monthly("2024-08", row("甲"), findings=(found, found)), reason="已核实")
    accept(db, monthly("2024-08", row("乙")), accepted_at=NOON + timedelta(days=1))
    accept(db, annual_targets(2024, ("investment", "zone", 1)))
    accept(db, monthly("2023-12", row("甲")))
    assert collected_returns(db, OFFICE, as_of("2024-08")) == [
        CollectedReturn(ANNUAL_TARGETS, "zone", "2024-01", NOON, 0, "2024-目标-01", 0, 0, 0),
        CollectedReturn(MONTHLY_RETURN, "binhai", "2024-08", NOON, 1, "2024-08-滨海-02", 0, 0, 0),
    ]
    (earlier,) = collected_returns(db, OFFICE, as_of("2024-08", "1"))
    assert (earlier.resubmission_count, earlier.receipt_number, earlier.explain_count) == (0, "2024-08-滨海-01", 2)
    assert [each.body for each in collected_returns(db, XIANGSHUI, as_of("2024-08"))] == ["zone"]


def test_since_when_each_return_comes_in(db: Database) -> None:
    """The first period in force of each kind, whatever the year asked for; what was withdrawn is none, and what came later is not known earlier."""
    first = accept(db, monthly("2023-11", row("甲")))
    accept(db, monthly("2023-12", row("甲")))
    accept(db, annual_targets(2024, ("investment", "zone", 1)))
    assert first_periods(db, OFFICE, as_of("2024-08")) == {MONTHLY_RETURN: "2023-11", ANNUAL_TARGETS: "2024-01"}
    assert first_periods(db, OFFICE, as_of("2024-08", "1")) == {MONTHLY_RETURN: "2023-11"}
    withdraw(db, first.submission_id)
    assert first_periods(db, OFFICE, as_of("2024-08"))[MONTHLY_RETURN] == "2023-12"
    assert first_periods(db, XIANGSHUI, as_of("2024-08")) == {ANNUAL_TARGETS: "2024-01"}


def test_what_was_withdrawn_was_not_received(db: Database) -> None:
    """It still counts among those sent; as known before the withdrawal it was received."""
    first = accept(db, monthly("2024-08", row("甲")))
    withdraw(db, first.submission_id)
    (only,) = collected_returns(db, OFFICE, as_of("2024-08"))
    assert (only.received_at, only.receipt_number, only.resubmission_count) == (None, None, 0)
    assert collected_returns(db, OFFICE, as_of("2024-08", "1"))[0].received_at == NOON
    accept(db, monthly("2024-08", row("乙")), accepted_at=NOON + timedelta(days=3))
    (only,) = collected_returns(db, OFFICE, as_of("2024-08"))
    assert (only.received_at, only.resubmission_count) == (NOON + timedelta(days=3), 1)


def test_rules_are_kept_in_their_order(db: Database) -> None:
    """As of a write those set until then."""
    rules = [DueRule(MONTHLY_RETURN, Period(2024, 9), 8), DueRule(MONTHLY_RETURN, Period(2024, 1), 3)]
    for each in rules:
        set_due_rule(db, each, reason="节后顺延", set_at=NOON)
    assert due_rules(db, OFFICE, as_of("2024-08")) == rules
    assert due_rules(db, OFFICE, as_of("2024-08", "1")) == rules[:1]


@pytest.mark.parametrize("working_day", [0, 21, -1])
def test_a_rule_has_a_day_of_the_month(db: Database, working_day: int) -> None:
    """A day that no month has is refused, and nothing is written."""
    with pytest.raises(NotAcceptable):
        set_due_rule(db, DueRule(MONTHLY_RETURN, AUGUST, working_day), set_at=NOON)
    assert db.version() == 0


def test_a_locked_period_takes_no_monthly_return(db: Database) -> None:
    """Refused with a sentence; other periods and the yearly forms come in."""
    lock(db)
    with pytest.raises(NotAcceptable, match="已于 2024-09-01 锁定"):
        accept(db, monthly("2024-08", row("甲")))
    accept(db, monthly("2024-07", row("甲")))
    lock(db, Period(2024, 1))
    accept(db, annual_targets(2024, ("investment", "zone", 1)))
    assert [each.period for each in period_locks(db, OFFICE, as_of("2024-08"))] == ["2024-01", "2024-08"]
    assert period_locks(db, OFFICE, as_of("2024-08", "1")) == [PeriodLock("2024-08", NOON, "office", "例会已通报")]
    assert period_locks(db, OFFICE, as_of("2024-08", "0")) == []


def test_the_same_bytes_again_are_no_change(db: Database) -> None:
    """A repeat gives its receipt, lock or not."""
    made = monthly("2024-08", row("甲"))
    accept(db, made)
    lock(db)
    assert accept(db, made).is_repeat


def test_a_locked_period_gives_nothing_back(db: Database) -> None:
    """Withdrawing would move its figures as much; an exception lets it."""
    receipt = accept(db, monthly("2024-08", row("甲")))
    lock(db)
    with pytest.raises(NotAcceptable, match="锁定"):
        withdraw(db, receipt.submission_id)
    exempt(db)
    withdraw(db, receipt.submission_id)
    accept(db, monthly("2024-08", row("乙")))


def test_an_exception_lets_one_return_in(db: Database) -> None:
    """Of its body, once; the next one needs another."""
    lock(db)
    exempt(db)
    with pytest.raises(NotAcceptable, match="锁定"):
        accept(db, monthly("2024-08", row("丙", body="xiangshui"), body="xiangshui"))
    receipt = accept(db, monthly("2024-08", row("甲")))
    (used,) = lock_exceptions(db, OFFICE, as_of("2024-08"))
    assert used.used_by == receipt.receipt_number
    assert lock_exceptions(db, OFFICE, as_of("2024-08", "2"))[0].used_by is None
    with pytest.raises(NotAcceptable, match="锁定"):
        accept(db, monthly("2024-08", row("乙")))
    exempt(db)
    accept(db, monthly("2024-08", row("乙")))
    assert [each.used_by for each in lock_exceptions(db, OFFICE, as_of("2024-08"))] == [
        "2024-08-滨海-01",
        "2024-08-滨海-02",
    ]
    assert lock_exceptions(db, OFFICE, as_of("2024-09")) == []
    assert lock_exceptions(db, XIANGSHUI, as_of("2024-08")) == []


def test_an_exception_ends_with_its_last_day(db: Database) -> None:
    """On that day a return comes in, on the next it does not."""
    lock(db)
    exempt(db)
    with pytest.raises(NotAcceptable, match="锁定"):
        accept(db, monthly("2024-08", row("甲")), accepted_at=NOON + timedelta(days=1))
    accept(db, monthly("2024-08", row("甲")), accepted_at=NOON.replace(hour=23, minute=59))


def test_an_expired_exception_makes_room_for_another(db: Database) -> None:
    """One that can still be used does not."""
    lock(db)
    exempt(db)
    with pytest.raises(NotAcceptable, match="尚未使用"):
        exempt(db)
    exempt(db, until=date(2024, 9, 5), at=NOON + timedelta(days=1))
    assert [each.state_on(date(2024, 9, 3)) for each in lock_exceptions(db, OFFICE, as_of("2024-08"))][1] == OPEN


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": " "}, "原因"),
        ({"body": "zone"}, "片区"),
        ({"until": date(2024, 8, 31)}, "已过"),
    ],
)
def test_an_exception_that_makes_no_sense(db: Database, wrong: dict, sentence: str) -> None:
    """Refused with a sentence, and nothing is written."""
    lock(db)
    with pytest.raises(NotAcceptable, match=sentence):
        exempt(db, **wrong)
    assert lock_exceptions(db, OFFICE, as_of("2024-08")) == []


def test_an_open_period_needs_no_exception(db: Database) -> None:
    """And gets none."""
    with pytest.raises(NotAcceptable, match="没有锁定"):
        exempt(db)


def test_a_lock_needs_a_reason_and_comes_once(db: Database) -> None:
    """The first one stands."""
    with pytest.raises(NotAcceptable, match="原因"):
        lock(db, reason="\n")
    lock(db)
    with pytest.raises(NotAcceptable, match="已经锁定"):
        lock(db, reason="再锁一次")
    assert [each.reason for each in period_locks(db, OFFICE, as_of("2024-08"))] == ["例会已通报"]


def test_every_decision_is_in_the_journal(db: Database) -> None:
    """With who, when and why; database and journal agree."""
    set_due_rule(db, DueRule(MONTHLY_RETURN, AUGUST, 8), reason="节后", actor="王", set_at=NOON)
    lock(db)
    exempt(db)
    entries = read_journal(db)
    assert [(each["event"], each["sequence"], each["reason"]) for each in entries] == [
        ("due_rule_set", 1, "节后"), ("period_locked", 2, "例会已通报"), ("exception_granted", 3, "漏报"),
    ]  # fmt: skip
    assert (entries[0]["actor"], entries[0]["working_day"], entries[0]["from_period"]) == ("王", 8, "2024-08")
    assert (entries[2]["body"], entries[2]["valid_until"]) == ("binhai", "2024-09-01")
    assert check_integrity(db) == []


@pytest.mark.parametrize(
    ("sentence", "sql"),
    [
        ("period 2024-08 is locked twice", "INSERT INTO period_lock SELECT * FROM period_lock"),
        ("an exception of binhai 2024-08 is to no lock", "DELETE FROM period_lock"),
        (
            "has two events",
            "INSERT INTO due_rule SELECT sequence, '', '2024-08', 5, locked_at, '', '' FROM period_lock",
        ),
        ("database and journal disagree", "UPDATE lock_exception SET reason = 'changed'"),
    ],
)
def test_a_fault_is_found(db: Database, sentence: str, sql: str) -> None:
    """Damage and hand-made changes."""
    lock(db)
    exempt(db)
    with db.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_integrity(db))
