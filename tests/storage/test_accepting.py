"""Accepting and withdrawing returns."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from builders import NOON, accept, annual_nodes, annual_targets, as_of, monthly, project_id, row

from domain.findings import finding
from domain.scope import OFFICE, Scope
from domain.submissions import Decision, NameSuggestion
from storage.accepting import (
    NotAcceptable,
    UnknownSubmission,
    accept_submission,
    remember_decisions,
    withdraw_submission,
)
from storage.engine import Database
from storage.integrity import check_integrity
from storage.journal import journal_path, read_journal
from storage.queries import accepted_periods, counted_submissions, findings_of, known_for, project_states
from storage.receipts import IN_FORCE, REPLACED, WITHDRAWN, Receipt, find_receipt, receipts

BINHAI = Scope("reporter", ("binhai",))
XIANGSHUI = Scope("reporter", ("xiangshui",))
EXPLAINED = finding(
    "promise_moved", sheet="项目", cell="F5", heading="计划开工时间", before="a", value="b", project_id="p1"
)


def withdraw(db: Database, receipt: Receipt) -> Receipt:
    return withdraw_submission(db, receipt.submission_id, reason="报错了", actor="office", withdrawn_at=NOON)


def total(db: Database, period: str = "2024-08") -> float | None:
    states = project_states(db, OFFICE, as_of(period))
    return None if states.empty else float(states.total_investment_wan.sum())


def test_a_receipt_says_what_was_accepted(db: Database) -> None:
    """Number, counts and total are those of the return."""
    made = monthly(
        "2024-08",
        row("甲", 5, investment_ytd_wan=100),
        row("乙", 6, investment_ytd_wan=Decimal("20.5")),
        infrastructure=(row("道路", 5),),
        findings=(EXPLAINED, finding("total_not_calculated"), finding("name_missing")),
    )
    receipt = accept(db, made, reason=" 业主推迟 ", actor="王")
    assert receipt.receipt_number == "2024-08-滨海-01"
    assert (receipt.project_count, receipt.infrastructure_count, receipt.total_ytd_wan) == (2, 1, Decimal("120.5"))
    assert (receipt.error_count, receipt.explain_count, receipt.hint_count) == (1, 1, 1)
    assert (receipt.accepted_by, receipt.reason, receipt.accepted_at) == ("王", "业主推迟", NOON)
    assert (receipt.state, receipt.replaces, receipt.is_repeat, receipt.is_withdrawn) == (IN_FORCE, None, False, False)
    assert [each.reason for each in findings_of(db, OFFICE, as_of("2024-08"))] == ["业主推迟", "", ""]
    assert check_integrity(db) == []


def test_a_receipt_without_amounts_has_no_total(db: Database) -> None:
    """No figure at all is not zero."""
    assert accept(db, monthly("2024-08", row("甲"))).total_ytd_wan is None


def test_receipts_are_numbered_by_body_and_period(db: Database) -> None:
    """Each body and period counts from one, the yearly forms by their year."""
    made = [
        monthly("2024-08", row("甲")),
        monthly("2024-08", row("甲"), row("乙", 6)),
        monthly("2024-08", row("丙", body="xiangshui"), body="xiangshui"),
        monthly("2024-09", row("甲")),
        annual_targets(2024, ("industry", "zone", 10)),
        annual_nodes(2024, "甲"),
    ]
    assert [accept(db, each).receipt_number for each in made] == [
        "2024-08-滨海-01",
        "2024-08-滨海-02",
        "2024-08-响水-01",
        "2024-09-滨海-01",
        "2024-目标-01",
        "2024-节点-01",
    ]
    assert check_integrity(db) == []


def test_the_same_bytes_again_give_the_first_receipt(db: Database) -> None:
    """However often and by whomever, nothing is written."""
    made = monthly("2024-08", row("甲", total_investment_wan=5))
    first = accept(db, made)
    for _ in range(10):
        again = accept(db, made, accepted_at=NOON + timedelta(days=1), actor="李")
        assert again == replace(first, is_repeat=True)
    assert (db.version(), len(receipts(db)), len(read_journal(db))) == (1, 1, 1)


def test_the_same_bytes_of_another_period_are_another_return(db: Database) -> None:
    """A file may say its month by its name alone."""
    content = b"the same workbook"
    accept(db, monthly("2024-08", row("甲"), content=content))
    assert accept(db, monthly("2024-09", row("甲"), content=content)).receipt_number == "2024-09-滨海-01"


def test_a_newer_return_replaces_the_older(db: Database) -> None:
    """The newest of a body and period counts, and names the one before."""
    first = accept(db, monthly("2024-08", row("甲", total_investment_wan=5)))
    second = accept(db, monthly("2024-08", row("甲", total_investment_wan=7)))
    assert (second.replaces, total(db)) == (first.receipt_number, 7)
    assert [each.state for each in receipts(db)] == [IN_FORCE, REPLACED]
    assert counted_submissions(db, OFFICE, as_of("2024-08")) == [second.submission_id]


def test_withdrawing_puts_the_older_in_force_again(db: Database) -> None:
    """By itself, and withdrawing both leaves nothing."""
    first = accept(db, monthly("2024-08", row("甲", total_investment_wan=5)))
    second = accept(db, monthly("2024-08", row("甲", total_investment_wan=7)))
    withdrawn = withdraw(db, second)
    assert (withdrawn.is_withdrawn, withdrawn.withdrawal_reason, total(db)) == (True, "报错了", 5)
    assert [each.state for each in receipts(db)] == [WITHDRAWN, IN_FORCE]
    withdraw(db, first)
    assert (total(db), accepted_periods(db, OFFICE)) == (None, [])
    assert check_integrity(db) == []


def test_the_same_bytes_after_a_withdrawal_are_accepted_anew(db: Database) -> None:
    """A withdrawn return may come back, under a new number."""
    made = monthly("2024-08", row("甲", total_investment_wan=5))
    withdraw(db, accept(db, made))
    again = accept(db, made)
    assert (again.receipt_number, again.is_repeat, total(db)) == ("2024-08-滨海-02", False, 5)
    assert check_integrity(db) == []


def test_the_same_bytes_after_a_replacement_change_nothing(db: Database) -> None:
    """An older file sent again has its receipt already, replaced as it is; withdrawing the newer one brings it back."""
    old, new = (
        monthly("2024-08", row("甲", total_investment_wan=5)),
        monthly("2024-08", row("甲", total_investment_wan=7)),
    )
    first, second = accept(db, old), accept(db, new)
    version = db.version()
    again = accept(db, old)
    assert (again.receipt_number, again.state, again.is_repeat) == (first.receipt_number, REPLACED, True)
    assert (db.version(), total(db)) == (version, 7)
    withdraw(db, second)
    assert total(db) == 5


def test_the_same_bytes_again_need_no_reason(db: Database) -> None:
    """What was accepted once with a reason is not asked for it again."""
    made = monthly("2024-08", row("甲"), findings=(EXPLAINED,))
    first = accept(db, made, reason="已核实")
    assert accept(db, made, reason="") == replace(first, is_repeat=True)


def test_withdrawing_twice_changes_nothing(db: Database) -> None:
    """The second time gives the same receipt again."""
    first = withdraw(db, accept(db, monthly("2024-08", row("甲"))))
    assert withdraw(db, first) == replace(first, is_repeat=True)
    assert db.version() == 2


def test_a_withdrawal_needs_a_reason_and_a_submission(db: Database) -> None:
    """Neither a blank reason nor an unknown id writes anything."""
    receipt = accept(db, monthly("2024-08", row("甲")))
    with pytest.raises(NotAcceptable, match="撤回报表须写明原因"):
        withdraw_submission(db, receipt.submission_id, reason=" ", actor="office", withdrawn_at=NOON)
    with pytest.raises(UnknownSubmission):
        withdraw_submission(db, "nothing", reason="x", actor="office", withdrawn_at=NOON)
    assert db.version() == 1


def test_what_may_not_be_accepted_is_refused_whole(db: Database) -> None:
    """Blocked, unknown, undecided, unexplained or changed returns leave neither row nor original."""
    suggestion = NameSuggestion("项目", "B5", "甲", "甲厂", "p1", "p2", 90.0)
    blocked, content = monthly("2024-08", row("甲"), findings=(finding("no_rows"),))
    nobody, content_of_nobody = monthly("2024-08", row("甲"))
    nobody.body = None
    stranger, content_of_stranger = monthly("2024-08", row("甲"), body="other")
    undecided, content_of_undecided = monthly("2024-08", row("甲"))
    undecided.suggestions.append(suggestion)
    unexplained, content_of_unexplained = monthly("2024-08", row("甲"), findings=(EXPLAINED,))
    sound, _ = monthly("2024-08", row("甲"))
    for submission, its_content, words in (
        (blocked, content, "没有项目行.*no project rows"),
        (nobody, content_of_nobody, "看不出报送单位"),
        (stranger, content_of_stranger, "看不出报送单位"),
        (undecided, content_of_undecided, "1 个项目名称未确认"),
        (unexplained, content_of_unexplained, "1 处需说明"),
        (sound, b"other bytes", "不一致"),
    ):
        with pytest.raises(NotAcceptable, match=words):
            accept_submission(db, submission, its_content, accepted_at=NOON, reason=" ")
    assert (receipts(db), db.version()) == ([], 0)
    assert not db.path.with_suffix(".originals").exists()


def test_a_district_sends_its_own_return_alone(db: Database) -> None:
    """Nothing is stored of another's, whoever calls; its own bears the name of whoever sent it."""
    submission, content = monthly("2024-08", row("甲"))
    with pytest.raises(NotAcceptable, match="只能报送本片区的报表"):
        accept_submission(db, submission, content, accepted_at=NOON, scope=XIANGSHUI, actor="li")
    assert db.version() == 0
    receipt = accept_submission(db, submission, content, accepted_at=NOON, scope=BINHAI, actor="wang")
    assert receipt.accepted_by == "wang"


@pytest.mark.parametrize(
    "value", [Decimal("1e15"), Decimal("NaN"), Decimal("Infinity"), 1e30, Decimal("99999999999999.99999")]
)
def test_a_number_that_no_column_holds_is_refused_with_its_place(db: Database, value: object) -> None:
    """The whole return stays out, and the sentence names sheet, row and field."""
    with pytest.raises(NotAcceptable, match="项目 5 total_investment_wan"):
        accept(db, monthly("2024-08", row("甲", total_investment_wan=value)))
    assert receipts(db) == []


def test_a_float_is_kept_to_four_places(db: Database) -> None:
    """Rounding is commercial."""
    accept(db, monthly("2024-08", row("甲", total_investment_wan=1.00005)))
    assert total(db) == 1.0001


def test_a_project_given_twice_counts_once_with_its_last_row(db: Database) -> None:
    """Both rows are kept; the receipt and the state speak of the last."""
    receipt = accept(db, monthly("2024-08", row("甲", 5, total_investment_wan=5), row("甲", 9, total_investment_wan=7)))
    states = project_states(db, OFFICE, as_of("2024-08"))
    assert (receipt.project_count, list(states.cell_row), total(db)) == (1, [9], 7)
    assert check_integrity(db) == []


def test_a_row_without_a_project_is_kept_and_not_counted(db: Database) -> None:
    """What was typed is not lost."""
    nameless = row("", 7)
    nameless.project_id = ""
    assert accept(db, monthly("2024-08", row("甲"), nameless)).project_count == 1
    assert check_integrity(db) == []


def test_decisions_are_remembered_in_order(db: Database) -> None:
    """With a return or without; the later of one subject counts for the reader of returns."""
    first, second = (
        Decision("heading", "binhai", "投资额", "note"),
        Decision("heading", "binhai", "投资额", "total_investment_wan"),
    )
    accept(db, monthly("2024-08", row("甲")), decisions=[first])
    remember_decisions(db, [second], decided_at=NOON)
    remember_decisions(db, [], decided_at=NOON)
    known = known_for(db, None)
    assert known.decisions == [first, second]
    assert known.field_in_other_form("binhai", "投资额") == "total_investment_wan"
    assert [(each["event"], len(each["decisions"])) for each in read_journal(db)] == [("accepted", 1), ("decided", 1)]
    assert check_integrity(db) == []


def test_receipts_are_found_within_the_scope(db: Database) -> None:
    """By number or id; another district's are not there, the zone's are for all."""
    receipt = accept(db, monthly("2024-08", row("甲")))
    zone = accept(db, annual_targets(2024, ("industry", "zone", 10)))
    assert find_receipt(db, receipt.receipt_number) == find_receipt(db, receipt.submission_id, BINHAI) == receipt
    assert find_receipt(db, receipt.receipt_number, XIANGSHUI) is None
    assert receipts(db, XIANGSHUI) == [zone]


def test_two_threads_accepting_the_same_file_make_one_receipt(db: Database) -> None:
    """Whoever comes second gets the first receipt."""
    made = monthly("2024-08", row("甲"))
    given: list[Receipt] = []
    threads = [threading.Thread(target=lambda: given.append(accept(db, made))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts(db)) == 1
    assert sorted(each.is_repeat for each in given) == [False, True, True, True]


def test_two_threads_accepting_different_files_number_them_in_turn(db: Database) -> None:
    """No number is given twice, none is lost."""
    threads = [
        threading.Thread(target=accept, args=(db, monthly("2024-08", row("甲", total_investment_wan=n))))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.receipt_number[-2:] for each in receipts(db)] == ["06", "05", "04", "03", "02", "01"]
    assert check_integrity(db) == []


def test_a_journal_that_cannot_be_written_does_not_undo_the_acceptance(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sender sees the error, the rows are in, and the line is written the next time."""
    made = monthly("2024-08", row("甲"))
    journal_path(db).mkdir()
    with pytest.raises(OSError):
        accept(db, made)
    journal_path(db).rmdir()
    assert accept(db, made).is_repeat
    accept(db, monthly("2024-09", row("甲")))
    assert len(read_journal(db)) == 2


def test_order_is_that_of_acceptance_and_not_of_the_clock(db: Database) -> None:
    """A clock set back does not bring an older return in force."""
    accept(db, monthly("2024-08", row("甲", total_investment_wan=5)))
    accept(db, monthly("2024-08", row("甲", total_investment_wan=7)), accepted_at=datetime(2020, 1, 1))
    assert total(db) == 7


def test_project_ids_are_those_of_the_rows(db: Database) -> None:
    """Storage names no project of its own."""
    accept(db, monthly("2024-08", row("甲")))
    assert list(project_states(db, OFFICE, as_of("2024-08")).project_id) == [project_id("甲")]
