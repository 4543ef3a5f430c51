"""Evidence recorded by people: appended, withdrawn, its photos kept, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import NOON, accept, as_of, monthly, planned, project_id, row

from domain.evidence import Evidence, verifications
from domain.evidence_files import LARGEST_BYTES
from domain.periods import Period
from domain.scope import OFFICE, Scope
from storage.accepting import NotAcceptable, withdraw_submission
from storage.engine import Database, open_database
from storage.evidence import FAULTS, record_evidence, withdraw_evidence
from storage.integrity import check_integrity
from storage.journal import read_journal
from storage.originals import originals_folder
from storage.queries import evidence_file, project_states, recorded_evidence

PROJECT = project_id("甲")
PERMIT = Evidence(PROJECT, "binhai", "start", "permit_number", date(2024, 5, 6), date(2024, 5, 10), "3209-01")
PHOTO = replace(PERMIT, kind="photo", on_date=date(2024, 5, 20), value="塔吊", file_name="现场.png")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
AUGUST = as_of("2024-08")


def record(db: Database, evidence: Evidence = PERMIT, content: bytes | None = None, **more: object) -> str:
    return record_evidence(db, evidence, content, **{"recorded_at": NOON, **more})


def withdraw(db: Database, evidence_id: str, reason: str = "号码有误") -> None:
    withdraw_evidence(db, evidence_id, reason=reason, withdrawn_at=NOON)


def codes(db: Database, record_: object = AUGUST) -> list[str | None]:
    """What the starts of the projects on record are, by project."""
    states = project_states(db, OFFICE, record_)
    found = verifications(states, recorded_evidence(db, OFFICE, record_), "start", Period(2024, 8))
    return [dict(zip(states["project_id"], found, strict=True))[project_id(name)] for name in ("甲", "乙")]


@pytest.fixture
def known(db: Database) -> Database:
    """A database with a project that has started and one that has not."""
    accept(db, monthly("2024-08", row("甲", **planned("2024-05-10", field="start_date")), row("乙", 6)))
    return db


def test_recorded_and_withdrawn(known: Database) -> None:
    """Kept as it was recorded, texts without stray spaces; withdrawn it stays on record with the reason."""
    assert codes(known) == ["unverified", None]
    evidence_id = record(known, replace(PERMIT, value=" 3209-01\n", note="原件 已看"), actor="王")
    assert codes(known) == ["verified", None]
    found = recorded_evidence(known, OFFICE, AUGUST).iloc[0]
    assert (found["evidence_id"], found["value"], found["note"], found["recorded_by"]) == (
        evidence_id, "3209-01", "原件 已看", "王",
    )  # fmt: skip
    assert (found["on_date"].date(), found["verified_date"].date(), found["file_sha256"]) == (
        PERMIT.on_date, PERMIT.verified_date, "",
    )  # fmt: skip
    withdraw(known, evidence_id, " 号码 有误 ")
    assert codes(known) == ["unverified", None]
    found = recorded_evidence(known, OFFICE, AUGUST).iloc[0]
    assert (found["is_withdrawn"], found["withdrawal_reason"]) == (True, "号码 有误")
    assert check_integrity(known) == []


def test_each_is_a_line_of_the_journal(known: Database) -> None:
    """With all that is needed to record it again."""
    evidence_id = record(known, PHOTO, PICTURE, actor="王")
    withdraw(known, evidence_id)
    _, recorded, withdrawn = read_journal(known)
    assert (recorded["event"], recorded["sequence"], recorded["actor"]) == ("evidence_recorded", 2, "王")
    assert (recorded["on_date"], recorded["verified_date"], recorded["file_name"], recorded["byte_count"]) == (
        "2024-05-20", "2024-05-10", "现场.png", len(PICTURE),
    )  # fmt: skip
    assert (withdrawn["event"], withdrawn["evidence_id"], withdrawn["reason"]) == (
        "evidence_withdrawn", evidence_id, "号码有误",
    )  # fmt: skip


def test_as_it_was_known_at_a_write(known: Database) -> None:
    """Neither what was recorded later nor a later withdrawal is known; nor is another body's."""
    evidence_id = record(known)
    withdraw(known, evidence_id)
    assert recorded_evidence(known, OFFICE, as_of("2024-08", "1")).empty
    before = recorded_evidence(known, OFFICE, as_of("2024-08", "2")).iloc[0]
    assert (before["is_withdrawn"], before["withdrawal_reason"] is None) == (False, True)
    assert codes(known, as_of("2024-08", "2")) == ["verified", None]
    assert recorded_evidence(known, Scope("reporter", ("xiangshui",)), AUGUST).empty


def test_withdrawn_it_may_be_recorded_again(known: Database) -> None:
    """Under an id of its own."""
    first = record(known)
    withdraw(known, first)
    second = record(known)
    assert first != second
    assert list(recorded_evidence(known, OFFICE, AUGUST)["is_withdrawn"]) == [True, False]
    assert codes(known) == ["verified", None]


def test_a_photo_comes_back_byte_for_byte(known: Database) -> None:
    """Under a name of the type of its bytes, also once it is withdrawn; as known, and to whom may read it."""
    evidence_id = record(known, replace(PHOTO, file_name="..\\page.html"), PICTURE)
    assert evidence_file(known, OFFICE, AUGUST, evidence_id) == ("page.html.png", PICTURE)
    withdraw(known, evidence_id)
    assert evidence_file(known, OFFICE, AUGUST, evidence_id)[1] == PICTURE
    for scope, asked in ((Scope("reporter", ("xiangshui",)), AUGUST), (OFFICE, as_of("2024-08", "1"))):
        with pytest.raises(LookupError):
            evidence_file(known, scope, asked, evidence_id)
    with pytest.raises(LookupError):
        evidence_file(known, OFFICE, AUGUST, record(known))


def test_a_lost_or_changed_photo_is_found(known: Database) -> None:
    """By the same check as the workbooks."""
    record(known, PHOTO, PICTURE)
    (kept,) = [path for path in originals_folder(known).rglob("*") if path.is_file() and path.read_bytes() == PICTURE]
    kept.chmod(0o644)
    kept.write_bytes(b"%PDF-")
    assert [fault for fault in check_integrity(known) if "has changed" in fault] != []
    kept.unlink()
    assert [fault for fault in check_integrity(known) if "is lost" in fault] != []


@pytest.mark.parametrize(
    ("evidence", "content", "fault"),
    [
        (replace(PERMIT, project_id="p0"), None, "unknown_project"),
        (replace(PERMIT, body="xiangshui"), None, "unknown_project"),
        (replace(PERMIT, project_id=project_id("乙")), None, "not_reported"),
        (replace(PERMIT, milestone="completion"), None, "not_reported"),
        (replace(PERMIT, milestone="planned_start"), None, "unknown_code"),
        (replace(PERMIT, value=" "), None, "no_value"),
        (replace(PERMIT, on_date=NOON.date() + timedelta(days=1)), None, "in_future"),
        (replace(PERMIT, verified_date=date(2025, 1, 1)), None, "in_future"),
        (replace(PHOTO, on_date=date(2024, 5, 1)), PICTURE, "seen_before"),
        (PHOTO, None, "no_file"),
        (replace(PHOTO, file_sha256="a" * 64), None, "no_file"),
        (PHOTO, b"<html><script>alert(1)</script>", "no_picture"),
        (PHOTO, b"", "no_picture"),
        (PHOTO, PICTURE.ljust(LARGEST_BYTES + 1), "too_large"),
    ],
)
def test_what_cannot_be_is_refused(known: Database, evidence: Evidence, content: bytes | None, fault: str) -> None:
    """With a sentence in both languages; nothing is written and no byte is kept."""
    before, files = known.version(), sorted(originals_folder(known).rglob("*"))
    with pytest.raises(NotAcceptable) as refusal:
        record(known, evidence, content)
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]
    assert (known.version(), sorted(originals_folder(known).rglob("*"))) == (before, files)
    assert recorded_evidence(known, OFFICE, AUGUST).empty


def test_the_same_twice_is_refused(known: Database) -> None:
    """The number in another spelling, the picture under another name; another visit or picture is further evidence."""
    record(known)
    record(known, PHOTO, PICTURE)
    for again, content in ((replace(PERMIT, value="３209-01"), None), (replace(PHOTO, file_name="b.png"), PICTURE)):
        with pytest.raises(NotAcceptable, match="已经登记"):
            record(known, again, content)
    record(known, PHOTO, PICTURE + b"!")
    assert len(recorded_evidence(known, OFFICE, AUGUST)) == 3


@pytest.mark.parametrize(("reason", "times", "fault"), [("", 1, "no_reason"), ("错", 2, "withdrawn_already")])
def test_a_withdrawal_needs_a_reason_and_happens_once(known: Database, reason: str, times: int, fault: str) -> None:
    """Nothing is written otherwise."""
    evidence_id = record(known)
    for _ in range(times - 1):
        withdraw(known, evidence_id, reason)
    before = known.version()
    with pytest.raises(NotAcceptable) as refusal:
        withdraw(known, evidence_id, reason)
    assert (refusal.value.message_zh, refusal.value.message_en) == FAULTS[fault]
    assert known.version() == before


def test_what_is_not_there_cannot_be_withdrawn(known: Database) -> None:
    """A refusal, no error."""
    with pytest.raises(NotAcceptable, match="没有这条依据"):
        withdraw(known, "e0")


def test_evidence_outlives_the_return(db: Database) -> None:
    """With the return withdrawn nothing is reported, so nothing counts; with the next return it does again."""
    receipt = accept(db, monthly("2024-08", row("甲", **planned("2024-05-10", field="start_date")), row("乙", 6)))
    accept(db, monthly("2024-07", row("甲"), row("乙", 6)))
    record(db)
    withdraw_submission(db, receipt.submission_id, reason="报错", actor="office", withdrawn_at=NOON)
    assert codes(db) == [None, None]
    with pytest.raises(NotAcceptable, match="没有报过"):
        record(db, replace(PERMIT, value="3209-02"))
    accept(db, monthly("2024-08", row("甲", **planned("2024-05-11", field="start_date")), row("乙", 6)))
    assert codes(db) == ["verified", None]
    assert check_integrity(db) == []


def test_a_later_return_may_contradict(known: Database) -> None:
    """A start moved to another year is no longer what was verified."""
    record(known)
    accept(known, monthly("2024-09", row("甲", **planned("2023-12-30", field="start_date")), row("乙", 6)))
    states = project_states(known, OFFICE, as_of("2024-09"))
    found = verifications(states, recorded_evidence(known, OFFICE, as_of("2024-09")), "start", Period(2024, 9))
    assert found[states["project_id"] == PROJECT].tolist() == ["contradicted"]


def test_evidence_is_there_after_a_restart(known: Database) -> None:
    """A write that was committed is found by the next owner of the file."""
    record(known, PHOTO, PICTURE)
    known.close()
    again = open_database(known.path)
    try:
        assert codes(again) == ["verified", None]
        assert check_integrity(again) == []
    finally:
        again.close()


FOUND_BY_CHECKS = {
    "is recorded twice": "INSERT INTO evidence SELECT * FROM evidence",
    "is of no project on record": "UPDATE evidence SET project_id = 'p0'",
    "is withdrawn twice, before it was recorded, or unknown": "INSERT INTO evidence_withdrawal SELECT sequence + 1, 'e0', recorded_at, '', '' FROM evidence",
    "later than the newest write": "UPDATE evidence SET sequence = 99",
    "database and journal disagree": "UPDATE evidence SET value = 'changed'",
}


@pytest.mark.parametrize(("sentence", "sql"), FOUND_BY_CHECKS.items())
def test_damage_is_found(known: Database, sentence: str, sql: str) -> None:
    """None of these can come from recording; damage and hand-made changes can."""
    record(known)
    assert check_integrity(known) == []
    with known.cursor() as cursor:
        cursor.execute(sql)
    assert any(sentence in fault for fault in check_integrity(known))
