"""What the upload page says of a ledger of permits and land."""

from __future__ import annotations

from decimal import Decimal

from domain.submissions import LandReading, PermitReading, Submission
from ui.upload_permits import permit_sentences, step_rows


def step(project: str, code: str, state: str) -> PermitReading:
    return PermitReading(project, project, "binhai", code, state, None, None, None, "", "", "台账", "C3", "√")


def land(project: str, wanted: int | None, granted: int | None) -> LandReading:
    return LandReading(project, project, "binhai", None if wanted is None else Decimal(wanted), None,
                       None if granted is None else Decimal(granted), "台账", "E3")  # fmt: skip


def test_the_sentences_count_projects_steps_and_areas() -> None:
    """A state that no step is in is left out; an area that nobody states is a dash, not zero."""
    submission = Submission("台账.xlsx", "")
    assert permit_sentences(submission) == []
    submission.permits = [
        step("甲", "filing", "granted"),
        step("甲", "environment", "applied"),
        step("乙", "filing", "granted"),
    ]
    submission.land = [land("甲", 1200, None), land("乙", 34, 0)]
    assert permit_sentences(submission) == [
        "读到 2 个项目的 3 项手续：已取得 2 · 已申报 1。",
        "读到 2 个项目的用地：需用 1,234.0 亩，已申请 — 亩，已取得 0.0 亩。",
    ]


def test_step_by_step_in_the_order_of_the_chain() -> None:
    """A row for each step that was read, with the projects in each state."""
    rows = step_rows(
        [step("甲", "environment", "applied"), step("甲", "filing", "granted"), step("乙", "filing", "granted")]
    )
    assert [row["step"] for row in rows] == ["立项备案", "环评批复"]
    assert [rows[0][state] for state in ("granted", "applied", "not_applied", "not_needed")] == ["2", "—", "—", "—"]
