"""Two people who accept the same month at the same moment: one receipt, and the other is told of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import NOON, accept, monthly, row

from domain.submissions import Submission
from storage.accepting import withdraw_submission
from storage.engine import Database, open_database
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.receipts import IN_FORCE, Receipt, receipts
from storage.refusals import Overtaken

# make soak: RACES=50
RACES = int(os.environ.get("RACES", "6"))


def at_once(*deeds: Callable[[], Receipt]) -> list[Receipt | Overtaken]:
    """What each deed gives, or what it is told, when all begin at the same moment."""
    ready, given = threading.Barrier(len(deeds)), {}

    def run(number: int, deed: Callable[[], Receipt]) -> None:
        ready.wait()
        try:
            given[number] = deed()
        except Overtaken as told:
            given[number] = told

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [given[number] for number in range(len(deeds))]


def in_force(db: Database) -> list[str]:
    return [each.receipt_number for each in receipts(db) if each.state == IN_FORCE]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Two who have the same file open, as two sessions and the server's own threads do."""
    owners = open_database(tmp_path / "a.duckdb"), open_database(tmp_path / "a.duckdb")
    yield owners
    for each in owners:
        each.close()


def test_two_accept_the_same_month(two: tuple[Database, Database]) -> None:
    """Each time exactly one receipt is added and in force; the other names it, and counts after a second look."""
    seen = ""
    for race in range(RACES):
        returns: list[tuple[Submission, bytes]] = [
            monthly("2024-08", row("甲", total_investment_wan=10 * race + who), content=f"{race} {who}".encode())
            for who in range(2)
        ]
        deeds = [
            lambda db=db, made=made, who=who, seen=seen: accept(db, made, seen=seen, actor=who)
            for db, made, who in zip(two, returns, ("王丽", "张三"), strict=True)
        ]
        given = at_once(*deeds)
        (won,) = [each for each in given if isinstance(each, Receipt)]
        (told,) = [each for each in given if isinstance(each, Overtaken)]
        assert (in_force(two[0]), won.replaces) == ([won.receipt_number], seen or None)
        assert won.receipt_number in told.message_zh and won.accepted_by in told.message_en
        again = accept(two[1], returns[given.index(told)], seen=won.receipt_number)
        assert (in_force(two[1]), again.replaces) == ([again.receipt_number], won.receipt_number)
        seen = again.receipt_number
    assert len({each.receipt_number for each in receipts(two[0])}) == len(receipts(two[0])) == 2 * RACES
    assert (check_integrity(two[0]), len(read_journal(two[0]))) == ([], 2 * RACES)


def test_one_withdraws_what_the_other_replaces(two: tuple[Database, Database]) -> None:
    """Whoever is second meets what the first has done."""
    for race in range(RACES):
        before = accept(two[0], monthly("2024-08", row("甲"), content=f"before {race}".encode()))
        made = monthly("2024-08", row("甲"), content=f"after {race}".encode())
        replaced, withdrawn = at_once(
            lambda made=made, seen=before.receipt_number: accept(two[0], made, seen=seen),
            lambda number=before.submission_id: withdraw_submission(
                two[1], number, reason="重报", actor="审核员", withdrawn_at=NOON
            ),
        )
        assert withdrawn.is_withdrawn
        assert before.receipt_number not in in_force(two[0])
        if isinstance(replaced, Receipt):
            assert in_force(two[0]) == [replaced.receipt_number]
        else:
            assert "审核员" not in replaced.message_zh
            assert accept(two[0], made).receipt_number in in_force(two[1])
    assert check_integrity(two[0]) == []


def test_what_was_compared_with(db: Database) -> None:
    """None at all, one that was withdrawn since, one that was replaced; who compares with nothing is told nothing."""
    with pytest.raises(Overtaken, match=r"无（已撤回）.*withdrawn"):
        accept(db, monthly("2024-08", row("甲")), seen="2024-08-滨海-01")
    first = accept(db, monthly("2024-08", row("甲")), seen="")
    with pytest.raises(Overtaken, match="2024-08-滨海-01（office, 2024-09-01 12:00）"):
        accept(db, monthly("2024-08", row("乙")), seen="")
    accept(db, monthly("2024-08", row("乙")), seen=first.receipt_number)
    accept(db, monthly("2024-08", row("丙")))
    assert in_force(db) == ["2024-08-滨海-03"]
