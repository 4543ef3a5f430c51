"""Titles and seals of meetings: a sealed meeting reads for ever what was known when it was sealed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from builders import NOON, accept, annual_nodes, annual_targets, as_of, monthly, planned, project_id, row

from domain.delay import delayed_projects
from domain.issues import HANDED_OVER, Issue, IssueEvent, issue_id_of
from domain.meeting import Seal
from domain.periods import Period
from domain.reasons import TaughtWord, merge_words
from domain.scope import OFFICE, Record, Scope
from domain.submissions import MONTHLY_RETURN
from domain.tasks import DECISION, PROGRESS, Task, TaskEvent
from storage.accepting import NotAcceptable, withdraw_submission
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.issues import record_issues, teach_word
from storage.journal import read_journal
from storage.meetings import LONGEST_TITLE, record_of, seal_meeting, set_title
from storage.queries import (
    NewerThanSeal,
    find_seal,
    issue_events,
    issue_rows,
    newer_since,
    node_reports,
    nodes,
    opened_issues,
    project_states,
    promise_chains,
    receipts,
    reported_bodies,
    seal_in_force,
    seals,
    targets,
    task_events,
    tasks,
    taught_words,
    titles,
)
from storage.tasks import record_tasks

AUGUST, DAY = Period(2024, 8), date(2024, 9, 10)


def seal(db: Database, **more: Any) -> Seal:
    return seal_meeting(db, more.pop("period", AUGUST), **{"day": DAY, "sealed_at": NOON, **more})


def title(db: Database, page: str, text: str, period: Period = AUGUST) -> None:
    set_title(db, period, page, text, set_at=NOON)


@pytest.fixture
def known(db: Database) -> Database:
    """A database with the return of August."""
    accept(db, monthly("2024-08", row("甲"), row("乙", 6)))
    return db


# --- Titles ---------------------------------------------------------------------------------------------------------


def test_titles_of_a_month(known: Database) -> None:
    """The newest counts, as known at a write; an empty one brings the generated title back; each month its own."""
    title(known, "targets", "投资 完成过半")
    title(known, "delayed", "三个项目滞后")
    title(known, "targets", " 投资完成过半 ")
    title(known, "targets", "九月", Period(2024, 9))
    assert titles(known, OFFICE, as_of("2024-08")) == {"delayed": "三个项目滞后", "targets": "投资完成过半"}
    assert titles(known, OFFICE, as_of("2024-08", "2")) == {"targets": "投资 完成过半"}
    title(known, "targets", " ")
    assert titles(known, OFFICE, as_of("2024-08")) == {"delayed": "三个项目滞后"}
    assert read_journal(known)[-1] == {
        "event": "meeting_title_set", "sequence": 6, "happened_at": str(NOON), "actor": "office",
        "period": "2024-08", "page": "targets", "title": "",
    }  # fmt: skip
    assert check_integrity(known) == []


@pytest.mark.parametrize(("page", "text"), [("cover", "封面"), ("targets", "字" * (LONGEST_TITLE + 1))])
def test_a_title_that_cannot_be(known: Database, page: str, text: str) -> None:
    """No such page, or too long for two lines: nothing is written, for a seal neither."""
    with pytest.raises(NotAcceptable):
        title(known, page, text)
    with pytest.raises(NotAcceptable):
        seal(known, titles={page: text})
    assert known.version() == 1


# --- Seals ----------------------------------------------------------------------------------------------------------


def test_a_seal_says_what_counts(known: Database) -> None:
    """Everything up to now, the titles that were set, who sealed it when; and it can be found again."""
    title(known, "targets", "投资完成过半")
    made = seal(known, actor="王", rule_set="yinchuan@1")
    assert made == Seal(
        "2024-08-例会-01", AUGUST, 3, "yinchuan@1", DAY, NOON, "王", {"targets": "投资完成过半"}
    )  # fmt: skip
    assert seals(known, OFFICE) == [made] == [find_seal(known, OFFICE, made.seal_id)]
    assert find_seal(known, OFFICE, "2024-08-例会-02") is None
    assert record_of(made) == Record(AUGUST, "3", "yinchuan@1")
    assert read_journal(known)[-1] == {
        "event": "meeting_sealed", "sequence": 3, "happened_at": str(NOON), "actor": "王", "seal_id": made.seal_id,
        "period": "2024-08", "acceptances": 3, "rule_set": "yinchuan@1", "day": "2024-09-10",
        "titles": [{"page": "targets", "title": "投资完成过半"}],
    }  # fmt: skip
    assert check_integrity(known) == []


def test_sealed_twice(known: Database) -> None:
    """Both stay and open; the newest is in force, and each month has its own."""
    first = seal(known)
    title(known, "targets", "改过")
    accept(known, monthly("2024-09", row("甲")))
    second, other = seal(known), seal(known, period=Period(2024, 9))
    assert [each.seal_id for each in seals(known, OFFICE)] == ["2024-09-例会-01", "2024-08-例会-02", "2024-08-例会-01"]
    assert (first.titles, second.titles) == ({}, {"targets": "改过"})
    assert seal_in_force(known, OFFICE, as_of("2024-08")) == second
    assert seal_in_force(known, OFFICE, as_of("2024-09")) == other
    assert seal_in_force(known, OFFICE, as_of("2024-08", str(first.acceptances))) == first
    assert seal_in_force(known, OFFICE, as_of("2024-08", "1")) is None
    assert seal_in_force(known, OFFICE, as_of("2024-07")) is None


def test_what_was_seen_is_sealed(known: Database) -> None:
    """A return that came in while the page was open is not in a seal of what the page showed."""
    title(known, "targets", "看到的标题")
    seen = known.version()
    accept(known, monthly("2024-08", row("丙"), body="xiangshui"))
    title(known, "targets", "后来的标题")
    made = seal(known, acceptances=seen)
    assert (made.acceptances, made.titles) == (seen, {"targets": "看到的标题"})
    assert reported_bodies(known, OFFICE, record_of(made)) == ["binhai"]
    assert [each.body for each in newer_since(known, OFFICE, made).returns] == ["xiangshui"]


def test_titles_as_they_were_shown(known: Database) -> None:
    """Given titles go before those that were set, empty ones are none."""
    title(known, "targets", "旧")
    assert seal(known, titles={"delayed": " 三个项目滞后 ", "due": " "}).titles == {"delayed": "三个项目滞后"}


@pytest.mark.parametrize(
    ("period", "acceptances"),
    [(Period(2024, 7), None), (AUGUST, 0), (AUGUST, -1), (AUGUST, 9)],
)
def test_what_cannot_be_sealed(known: Database, period: Period, acceptances: int | None) -> None:
    """A month without a return in force, and what was not written yet."""
    with pytest.raises(NotAcceptable, match="不能冻结"):
        seal(known, period=period, acceptances=acceptances)
    assert seals(known, OFFICE) == []


def test_sealing_locks_nothing(known: Database) -> None:
    """A late return may still come in; it is newer than the seal."""
    made = seal(known)
    assert newer_since(known, OFFICE, made) == NewerThanSeal((), 0, 0, 0, 0)
    late = accept(known, monthly("2024-08", row("甲"), row("丁", 6)))
    (found,) = newer_since(known, OFFICE, made).returns
    assert (found.receipt_number, found.is_withdrawn) == (late.receipt_number, False)


def test_what_is_newer_than_a_seal(known: Database) -> None:
    """What would show in the same meeting, sealed again; what belongs to the next meeting is none of it."""
    accept(known, monthly("2024-07", row("甲")))
    july = receipts(known, OFFICE)[0]
    made = seal(known)
    record_issues(
        known, [issue("供电未批复"), issue("供热未通", DAY + timedelta(days=1))], recorded_at=NOON.replace(day=30)
    )
    record_tasks(known, [task("t1"), task("t2", DAY + timedelta(days=1))], recorded_at=NOON.replace(day=30))
    teach_word(known, TaughtWord("迁改", "clearance"), set_at=NOON)
    title(known, "due", "新标题")
    title(known, "due", "下月的", Period(2024, 9))
    accept(known, monthly("2024-09", row("甲")))
    came_and_went = accept(known, monthly("2024-08", row("丙"), body="xiangshui"))
    withdraw_submission(known, came_and_went.submission_id, reason="误报", actor="office", withdrawn_at=NOON)
    withdraw_submission(known, july.submission_id, reason="误报", actor="office", withdrawn_at=NOON)
    found = newer_since(known, OFFICE, made)
    assert (found.issues, found.tasks, found.words, found.titles, found.is_any) == (1, 1, 1, 1, True)
    assert [(each.receipt_number, each.is_withdrawn) for each in found.returns] == [(july.receipt_number, True)]
    outsider = newer_since(known, Scope("reporter", ("xiangshui",)), made)
    assert (outsider.returns, outsider.issues, outsider.tasks) == ((), 0, 1)


def issue(text: str, opened_on: date = date(2024, 8, 31)) -> Issue:
    of = project_id("甲")
    return Issue(issue_id_of(of, text), of, "binhai", opened_on, text, "utilities", "county")


def task(task_id: str, opened_on: date = DAY) -> Task:
    return Task(task_id, DECISION, "2024-08", f"事项{task_id}", "发改委", opened_on + timedelta(days=30), opened_on)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("INSERT INTO meeting_seal SELECT * FROM meeting_seal", "stands twice"),
        ("UPDATE meeting_seal SET acceptances = 99", "of what was not written yet"),
        ("UPDATE seal_title SET seal_id = 'x'", "titles of the unknown seal x"),
        ("UPDATE meeting_title SET sequence = 99", "later than the newest write"),
    ],
)
def test_damage_is_found(known: Database, sql: str, sentence: str) -> None:
    """None of these can come from sealing."""
    title(known, "due", "标题")
    seal(known)
    assert check_tables(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(known))


# --- Whatever is written later --------------------------------------------------------------------------------------

NAMES = ("甲", "乙", "丙", "丁")


class Office:
    """Somebody who accepts, withdraws, records and teaches at random."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db, self.draw, self.count = db, random.Random(seed), 0

    def work(self, times: int) -> None:
        """So many writes, of all kinds in a random order."""
        moves = [
            self.send,
            self.send,
            self.withdraw,
            self.open_issue,
            self.pass_on,
            self.decide,
            self.tell,
            self.teach,
            self.title,
        ]
        for _ in range(times):
            self.count += 1
            self.draw.choice(moves)()

    def at(self) -> Any:
        return NOON + timedelta(days=40, minutes=self.count)

    def send(self) -> None:
        period = self.draw.choice(("2024-07", "2024-08", "2024-09"))
        made = [
            row(name, 5 + at, total_investment_wan=self.draw.randint(10_000, 90_000), stage=self.draw.choice(["signed", "started"]),
                issue_text=self.draw.choice([None, "用地未批", "迁改未完"]), **planned(f"2024-0{self.draw.randint(1, 9)}-28"))
            for at, name in enumerate(NAMES) if self.draw.random() < 0.8 or at == 0
        ]  # fmt: skip
        accept(self.db, monthly(period, *made, content=f"{self.count}".encode()))

    def withdraw(self) -> None:
        standing = [each for each in receipts(self.db, OFFICE) if not each.is_withdrawn and each.kind == MONTHLY_RETURN]
        if len(standing) > 1:
            at = self.draw.choice(standing)
            withdraw_submission(self.db, at.submission_id, reason="误报", actor="office", withdrawn_at=self.at())

    def open_issue(self) -> None:
        record_issues(self.db, [issue(f"问题{self.count}")], recorded_at=self.at())

    def pass_on(self) -> None:
        for each in opened_issues(self.db, OFFICE, as_of("2024-09"))[-1:]:
            level = self.draw.choice(["city", "province"])
            event = IssueEvent(each.issue_id, HANDED_OVER, self.at().date(), level)
            if not any(found.issue_id == each.issue_id for found in issue_events(self.db, OFFICE, as_of("2024-09"))):
                record_issues(self.db, events=[event], recorded_at=self.at())

    def decide(self) -> None:
        record_tasks(self.db, [task(f"t{self.count}")], recorded_at=self.at())

    def tell(self) -> None:
        for each in tasks(self.db, OFFICE, as_of("2024-09"))[-1:]:
            record_tasks(
                self.db,
                events=[TaskEvent(each.task_id, PROGRESS, self.at().date(), f"第{self.count}次")],
                recorded_at=self.at(),
            )

    def teach(self) -> None:
        teach_word(self.db, TaughtWord("迁改", self.draw.choice(["clearance", "land", None])), set_at=self.at())

    def title(self) -> None:
        title(self.db, self.draw.choice(["due", "targets"]), f"标题{self.count}")


def everything(db: Database, record: Record) -> list[Any]:
    """All that a record reads, frames as texts."""
    states = project_states(db, OFFICE, record)
    words = taught_words(db, OFFICE, record)
    frames = [
        states,
        delayed_projects(states, record.period, merge_words(words)),
        promise_chains(db, OFFICE, record),
        nodes(db, OFFICE, record),
        node_reports(db, OFFICE, record),
        issue_rows(db, OFFICE, record),
        targets(db, OFFICE, record),
    ]
    lists = [
        query(db, OFFICE, record)
        for query in (opened_issues, issue_events, tasks, task_events, titles, reported_bodies)
    ]
    return [
        *(
            frame.to_json(orient="split", date_format="iso") if isinstance(frame, pd.DataFrame) else frame
            for frame in frames
        ),
        words,
        *lists,
    ]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_written_later_changes_a_sealed_meeting(db: Database, seed: int) -> None:
    """States, delays, chains, nodes, issues, tasks, titles: the same after every later write, sealed once or again."""
    accept(db, annual_targets(2024, ("signed_count", "zone", 10)))
    accept(db, annual_nodes(2024, *NAMES))
    accept(db, monthly("2024-08", row("甲", total_investment_wan=20_000, **planned("2024-06-30"))))
    office = Office(db, seed)
    office.work(8)
    accept(db, monthly("2024-08", row("甲", stage="started", issue_text="用地未批", **planned("2024-05-31"))))
    kept = []
    for _ in range(2):
        made = seal(db)
        kept.append((made, everything(db, record_of(made))))
        office.work(8)
    assert len(seals(db, OFFICE)) == 2
    for made, before in kept:
        assert everything(db, record_of(made)) == before
        assert find_seal(db, OFFICE, made.seal_id) == made
    newest = everything(db, as_of("2024-08"))
    assert newest != kept[0][1], "the later writes changed nothing: this test would see no fault"
    assert check_integrity(db) == []
