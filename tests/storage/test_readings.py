"""How a submission was read: mended cells and single reasons are kept, shown, written in the journal, and make it another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.findings import finding
from domain.scope import OFFICE, Scope
from domain.submissions import Correction, Decision, Submission
from storage.accepting import NotAcceptable, accept_submission, accepted_before, remember_decisions
from storage.engine import Database, open_database
from storage.journal import read_journal
from storage.queries import corrections, findings_of, known_for, value_source

MENDED = Correction("项目", "C5", "total_investment_wan", "约五千", "5000")
TWO_ASKED = tuple(
    finding("promise_moved", sheet="项目", cell=cell, heading="计划开工时间", before="a", value="b", project_id="p1")
    for cell in ("F5", "F6")
)


def mended(*made: Correction, **more: Any) -> tuple[Submission, bytes]:
    """The same bytes however they were mended."""
    submission, content = monthly("2024-08", row("甲", 5, total_investment_wan=5_000), **more)
    submission.corrections = made
    return submission, content


def test_mended_cells_are_kept_in_their_order(db: Database) -> None:
    """What was typed, what counts instead, an emptied cell too; another scope reads none."""
    emptied = Correction("项目", "D5", "annual_plan_wan", "5", None)
    receipt = accept(db, mended(MENDED, emptied))
    assert corrections(db, OFFICE, receipt.submission_id) == [MENDED, emptied]
    assert corrections(db, Scope("reporter", ("xiangshui",)), receipt.submission_id) == []
    assert corrections(db, OFFICE, "none") == []


def test_a_value_knows_that_its_cell_was_mended(db: Database) -> None:
    """Its source says what the sender typed; a cell beside it was not mended."""
    accept(db, mended(MENDED))
    source = value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "total_investment_wan")
    name = value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "project_name")
    assert source is not None and name is not None
    assert (source.cell, source.correction, name.correction) == ("C5", MENDED, None)


def test_the_journal_tells_of_mended_cells_and_single_reasons(db: Database) -> None:
    """Enough to build the database again: who mended what, and why each finding was let pass."""
    accept(db, mended(MENDED, findings=TWO_ASKED), reason="统一说明", reasons={TWO_ASKED[0].key: "业主推迟"})
    (entry,) = read_journal(db)
    assert entry["corrections"] == [
        {"sheet": "项目", "cell": "C5", "field": "total_investment_wan", "before": "约五千", "after": "5000"}
    ]
    assert [(each["cell"], each["reason"]) for each in entry["reasons"]] == [("F5", "业主推迟")]


@pytest.mark.parametrize(
    ("reason", "of_first", "of_second", "kept"),
    [
        ("统一说明", "", "", ["统一说明", "统一说明"]),
        ("统一说明", " 业主推迟 ", "", ["业主推迟", "统一说明"]),
        ("", "业主推迟", "缺地", ["业主推迟", "缺地"]),
        ("", "业主推迟", " ", None),
        ("", "", "", None),
    ],
)
def test_each_finding_has_its_reason_or_the_common_one(
    db: Database, reason: str, of_first: str, of_second: str, kept: list[str] | None
) -> None:
    """A return is accepted when every finding that asks has a reason; each keeps its own."""
    submission = monthly("2024-08", row("甲"), findings=TWO_ASKED)
    reasons = {TWO_ASKED[0].key: of_first, TWO_ASKED[1].key: of_second}
    if kept is None:
        with pytest.raises(NotAcceptable, match="处需说明"):
            accept(db, submission, reason=reason, reasons=reasons)
        return
    accept(db, submission, reason=reason, reasons=reasons)
    assert [each.reason for each in findings_of(db, OFFICE, as_of("2024-08"))] == kept


@pytest.mark.parametrize(
    ("again", "number", "is_repeat"),
    [
        ((MENDED,), "2024-08-滨海-01", True),
        ((replace(MENDED, after="4000"), MENDED), "2024-08-滨海-01", True),
        ((), "2024-08-滨海-02", False),
        ((replace(MENDED, after="6000"),), "2024-08-滨海-02", False),
    ],
    ids=["as then", "the same in the end", "as sent", "mended otherwise"],
)
def test_the_same_bytes_mended_otherwise_are_another_submission(
    db: Database, again: tuple[Correction, ...], number: str, is_repeat: bool
) -> None:
    """What would store the same stores nothing; what would store something else replaces it."""
    accept(db, mended(MENDED))
    receipt = accept(db, mended(*again))
    assert (receipt.receipt_number, receipt.is_repeat) == (number, is_repeat)


def test_the_same_bytes_with_another_column_read_are_another_submission(db: Database) -> None:
    """A heading confirmed since the first acceptance brings its column in."""
    accept(db, monthly("2024-08", row("甲")))
    submission, content = monthly("2024-08", row("甲"))
    assert accepted_before(db, submission) is not None
    submission.tables[0].columns[0].field = "note"
    assert accepted_before(db, submission) is None
    assert accept(db, (submission, content)).replaces == "2024-08-滨海-01"


def test_a_decision_keeps_its_form(db: Database) -> None:
    """A heading is remembered for the form in which it was confirmed, also after the database was closed."""
    decision = Decision("heading", "binhai", "投资数", "total_investment_wan", "f1")
    remember_decisions(db, [decision], decided_at=NOON)
    assert read_journal(db)[-1]["decisions"][0]["form"] == "f1"
    db.close()
    reopened = open_database(db.path)
    assert known_for(reopened, None).decisions == [decision]
    reopened.close()


def test_a_failed_write_keeps_no_correction(db: Database) -> None:
    """Nothing is half stored."""
    submission, _ = mended(MENDED)
    with pytest.raises(NotAcceptable):
        accept_submission(db, submission, b"other bytes", accepted_at=NOON)
    with db.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM correction").fetchone() == (0,)
