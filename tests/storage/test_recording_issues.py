"""Issues recorded by people, and what the returns in force say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.issue_mentions import confirm, propose_issues
from domain.issue_texts import mentions_of
from domain.issues import (
    ASSIGNED,
    HANDED_OVER,
    RESOLVING,
    Issue,
    IssueEvent,
    issue_id_of,
    lives_of,
)
from domain.periods import Period
from domain.reasons import FIRST_VOCABULARY, TaughtWord, merge_words
from domain.scope import OFFICE, Scope
from domain.submissions import ColumnReading, RowReading
from storage.accepting import NotAcceptable, withdraw_submission
from storage.engine import Database
from storage.integrity import check_integrity, check_tables
from storage.issues import FAULTS, record_issues, teach_word
from storage.journal import read_journal
from storage.queries import issue_events, issue_rows, opened_issues, taught_words

PROJECT = project_id("甲")
OPENED = date(2024, 7, 31)
ISSUE = Issue(issue_id_of(PROJECT, "供电未批复"), PROJECT, "binhai", OPENED, "供电未批复", "utilities", "new_area")
TO_CITY = IssueEvent(
    ISSUE.issue_id, HANDED_OVER, date(2024, 8, 5), "city", "供电公司", date(2024, 8, 30), note="已报市里"
)
DONE = IssueEvent(ISSUE.issue_id, RESOLVING, date(2024, 8, 20), note="已批复")


def reported(text: str | None, cell_row: int = 5, name: str = "甲", body: str = "binhai", **more: object) -> RowReading:
    made = row(name, cell_row, body, issue_text=text, **more)
    return replace(made, texts=("1", name, "", text))


def with_column(made: tuple, letter: str = "D") -> tuple:
    """The return with its column of issues."""
    submission, content = made
    submission.tables[0].columns.append(ColumnReading(letter, "存在问题", "issue_text", None, "exact"))
    return submission, content


def record(db: Database, *issues: Issue, events: tuple[IssueEvent, ...] = (), **more: object) -> None:
    record_issues(db, issues, events, **{"recorded_at": NOON, **more})


@pytest.fixture
def known(db: Database) -> Database:
    """A database with two projects on record."""
    accept(db, monthly("2024-07", row("甲"), row("乙", 6)))
    return db


def test_an_issue_and_what_happened_to_it(known: Database) -> None:
    """Kept as they were recorded, in their order, texts without stray spaces."""
    record(known, replace(ISSUE, text=" 供电未批复 "), events=(TO_CITY,), actor="王")
    record(known, events=(DONE,))
    assert opened_issues(known, OFFICE, as_of("2024-08")) == [ISSUE]
    assert issue_events(known, OFFICE, as_of("2024-08")) == [replace(TO_CITY, sequence=1), replace(DONE, sequence=2)]
    assert check_integrity(known) == []


def test_as_it_was_known_at_a_write(known: Database) -> None:
    """Later writes are not known; neither are the issues of bodies that may not be read."""
    record(known, ISSUE)
    record(known, events=(TO_CITY,))
    assert opened_issues(known, OFFICE, as_of("2024-08", "1")) == []
    assert opened_issues(known, OFFICE, as_of("2024-08", "2")) == [ISSUE]
    assert issue_events(known, OFFICE, as_of("2024-08", "2")) == []
    outsider = Scope("reporter", ("xiangshui",))
    assert (opened_issues(known, outsider, as_of("2024-08")), issue_events(known, outsider, as_of("2024-08"))) == (
        [],
        [],
    )


def test_many_in_one_write(known: Database) -> None:
    """Confirmed together they are one write and one line of the journal."""
    other = replace(ISSUE, issue_id=issue_id_of(PROJECT, "资金紧张"), text="资金紧张", reason="finance", level="firm")
    record(known, ISSUE, other, events=(TO_CITY, DONE), actor="王")
    accepted, entry = read_journal(known)
    assert (accepted["event"], entry["event"], entry["sequence"], entry["actor"]) == (
        "accepted",
        "issues_recorded",
        2,
        "王",
    )
    assert [each["text"] for each in entry["issues"]] == ["供电未批复", "资金紧张"]
    assert [(each["kind"], each["on_date"], each["due_date"]) for each in entry["issue_events"]] == [
        ("handed_over", "2024-08-05", "2024-08-30"), ("resolved", "2024-08-20", None),
    ]  # fmt: skip
    assert check_integrity(known) == []


def test_nothing_to_record_is_no_write(known: Database) -> None:
    """The version stays."""
    before = known.version()
    record(known)
    assert known.version() == before


@pytest.mark.parametrize(
    ("issues", "events", "fault"),
    [
        ([replace(ISSUE, text=" ")], [], "no_text"),
        ([replace(ISSUE, reason="other")], [], "no_explanation"),
        ([replace(ISSUE, level="village")], [], "unknown_code"),
        ([replace(ISSUE, project_id="p0")], [], "unknown_project"),
        ([replace(ISSUE, body="xiangshui")], [], "unknown_project"),
        ([replace(ISSUE, opened_on=date(2024, 10, 1))], [], "in_future"),
        ([ISSUE, ISSUE], [], "known_already"),
        ([ISSUE], [replace(TO_CITY, issue_id="i0")], "unknown_issue"),
        ([ISSUE], [replace(TO_CITY, level="new_area")], "same_hand"),
        ([ISSUE], [TO_CITY, TO_CITY], "same_hand"),
        ([ISSUE], [DONE, replace(TO_CITY, on_date=date(2024, 8, 21))], "not_open"),
        ([ISSUE], [DONE, TO_CITY], "too_early"),
        ([ISSUE], [replace(DONE, note="")], "no_note"),
        ([ISSUE], [replace(TO_CITY, kind=ASSIGNED, owner=" ", due_date=None)], "nobody"),
    ],
)
def test_what_cannot_be_is_refused(known: Database, issues: list, events: list, fault: str) -> None:
    """With a sentence in both languages, and nothing of the call is written."""
    before = known.version()
    with pytest.raises(NotAcceptable) as refusal:
        record(known, *issues, events=tuple(events))
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]
    assert known.version() == before
    assert opened_issues(known, OFFICE, as_of("2024-08")) == []


def test_what_was_recorded_before_counts(known: Database) -> None:
    """The same words of the project are known, another project's are not; events follow those before."""
    record(known, ISSUE, events=(TO_CITY,))
    with pytest.raises(NotAcceptable, match="登记过同一问题"):
        record(known, replace(ISSUE, issue_id="i2", text="供电，未批复"))
    with pytest.raises(NotAcceptable, match="早于"):
        record(known, events=(replace(DONE, on_date=date(2024, 8, 1)),))
    other = project_id("乙")
    record(known, replace(ISSUE, issue_id=issue_id_of(other, "供电未批复"), project_id=other))
    assert len(opened_issues(known, OFFICE, as_of("2024-08"))) == 2


def test_returns_name_issues(db: Database) -> None:
    """The rows in force up to the period, with the cell; 无 is told, a blank cell is not."""
    accept(
        db,
        with_column(
            monthly(
                "2024-07",
                reported("供电未批复", 5, escalation_level="county"),
                reported("无", 6, "乙"),
                reported(None, 7, "丙"),
            )
        ),
    )
    accept(db, with_column(monthly("2024-08", reported("供电未批复", 9, escalation_level="city")), letter="AB"))
    rows = issue_rows(db, OFFICE, as_of("2024-08"))
    assert rows[["period", "issue_text", "cell"]].values.tolist() == [
        ["2024-07", "供电未批复", "D5"], ["2024-07", "无", "D6"], ["2024-08", "供电未批复", "AB9"],
    ]  # fmt: skip
    assert list(issue_rows(db, OFFICE, as_of("2024-07"))["period"]) == ["2024-07", "2024-07"]
    assert issue_rows(db, Scope("reporter", ("xiangshui",)), as_of("2024-08")).empty


def test_a_cell_of_its_own(db: Database) -> None:
    """A text that stood elsewhere keeps its place; without a column there is none."""
    moved = replace(reported("供电未批复"), elsewhere={"issue_text": ("F2", "供电未批复")})
    accept(db, monthly("2024-08", moved, reported("供热未通", 6, "乙")))
    assert list(issue_rows(db, OFFICE, as_of("2024-08"))["cell"]) == ["F2", ""]


def test_what_is_replaced_or_withdrawn_names_nothing(db: Database) -> None:
    """Only the returns in force speak, as of the record."""
    accept(db, monthly("2024-08", reported("供电未批复")))
    again = accept(db, monthly("2024-08", reported("供热未通")))
    assert list(issue_rows(db, OFFICE, as_of("2024-08"))["issue_text"]) == ["供热未通"]
    assert list(issue_rows(db, OFFICE, as_of("2024-08", "1"))["issue_text"]) == ["供电未批复"]
    withdraw_submission(db, again.submission_id, reason="报错", actor="office", withdrawn_at=NOON)
    assert list(issue_rows(db, OFFICE, as_of("2024-08"))["issue_text"]) == ["供电未批复"]


def test_from_a_return_to_the_relay(db: Database) -> None:
    """Proposed, confirmed with the hand-over that the returns tell of, and then known."""
    accept(db, with_column(monthly("2024-07", reported("供电未批复", escalation_level="county"))))
    accept(db, with_column(monthly("2024-08", reported("供电未批复", 6, escalation_level="city"))))
    mentions = mentions_of(issue_rows(db, OFFICE, as_of("2024-08")), FIRST_VOCABULARY)
    (found,) = propose_issues(mentions, {}, [], Period(2024, 8))
    issue, events = confirm(found, found.newest.reason, found.level)
    record(db, issue, events=tuple(events))
    (life,) = lives_of(
        opened_issues(db, OFFICE, as_of("2024-08")), issue_events(db, OFFICE, as_of("2024-08")), date(2024, 9, 30)
    )
    assert (life.days_by_level, life.issue.cell) == ({"county": 31, "city": 30}, "D5")
    assert check_integrity(db) == []


def test_words_are_taught_and_taken_out(db: Database) -> None:
    """In their order; each is a line of the journal."""
    teach_word(db, TaughtWord(" 迁改 ", "clearance"), set_at=NOON)
    teach_word(db, TaughtWord("电力", None), actor="王", set_at=NOON + timedelta(hours=1))
    assert taught_words(db, OFFICE, as_of("2024-08")) == [TaughtWord("迁改", "clearance"), TaughtWord("电力", None)]
    assert taught_words(db, OFFICE, as_of("2024-08", "1")) == [TaughtWord("迁改", "clearance")]
    assert [(each["event"], each["word"], each["reason"], each["actor"]) for each in read_journal(db)] == [
        ("reason_word_taught", "迁改", "clearance", "office"), ("reason_word_taught", "电力", "", "王"),
    ]  # fmt: skip
    assert ("电力", "utilities") not in merge_words(taught_words(db, OFFICE, as_of("2024-08")))
    assert check_integrity(db) == []


@pytest.mark.parametrize(("word", "reason"), [("", "land"), ("  ", "land"), ("字" * 21, "land"), ("用地", "made_up")])
def test_a_word_that_cannot_be_taught(db: Database, word: str, reason: str) -> None:
    """Nothing is written."""
    with pytest.raises(NotAcceptable):
        teach_word(db, TaughtWord(word, reason), set_at=NOON)
    assert db.version() == 0


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("INSERT INTO issue SELECT * FROM issue", "is opened twice"),
        ("UPDATE issue SET project_id = 'p0'", "is of no project or return on record"),
        ("UPDATE issue SET submission_id = 's0'", "is of no project or return on record"),
        ("UPDATE issue_event SET issue_id = 'i0'", "an event of issue i0 is of no issue"),
        ("UPDATE issue_event SET on_date = DATE '2024-01-01'", "or before it was opened"),
        ("UPDATE issue SET sequence = 99", "later than the newest write"),
    ],
)
def test_damage_is_found(known: Database, sql: str, sentence: str) -> None:
    """None of these can come from recording."""
    record(known, ISSUE, events=(TO_CITY,))
    assert check_tables(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_tables(known))
