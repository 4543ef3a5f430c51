"""The first period in which each project was reported in each stage, and where that stands."""

from __future__ import annotations

import pytest
from builders import NOON, accept, as_of, monthly, project_id, row

from domain.scope import OFFICE, Scope
from storage.accepting import withdraw_submission
from storage.engine import Database
from storage.queries import project_states, stages_seen

MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04")
# stages of the months' returns (None: the row gives none; -: no row), stage -> first period
CASES: list[tuple[str, tuple[str | None, ...], dict[str, str]]] = [
    ("one stage", ("signed", "signed"), {"signed": "2024-01"}),
    ("on and on", ("signed", "building", "completed", "in_production"),
     {"signed": "2024-01", "building": "2024-02", "completed": "2024-03", "in_production": "2024-04"}),
    ("there and back", ("completed", "in_production", "completed", "in_production"),
     {"completed": "2024-01", "in_production": "2024-02"}),
    ("none given at first", (None, "signed"), {"signed": "2024-02"}),
    ("left out of a month", ("signed", "-", "building"), {"signed": "2024-01", "building": "2024-03"}),
    ("never any", (None, None), {}),
]  # fmt: skip


def told(db: Database, stages: tuple[str | None, ...], name: str = "甲") -> None:
    """Accept a return a month; each has another project beside the one that is spoken of."""
    for number, (period, stage) in enumerate(zip(MONTHS, stages, strict=False)):
        own = [] if stage == "-" else [row(name, cell_row=10 + number, stage=stage)]
        accept(db, monthly(period, row("乙", cell_row=20), *own))


def firsts(db: Database, period: str = "2024-12", name: str = "甲") -> dict[str, str]:
    found = stages_seen(db, OFFICE, as_of(period))
    rows = found[found["project_id"] == project_id(name)]
    return dict(zip(rows["stage"], rows["first_period"], strict=True))


@pytest.mark.parametrize(("stages", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_first_period_of_each_stage(db: Database, stages: tuple[str | None, ...], expected: dict[str, str]) -> None:
    """In the order seen; a project without a stage has no row; the states hold the same of 投产 and 达产."""
    told(db, stages)
    found = firsts(db)
    assert found == expected and list(found) == list(expected)
    state = project_states(db, OFFICE, as_of("2024-12")).set_index("project_id").loc[project_id("甲")]
    assert state["in_production_period"] == expected.get("in_production")
    assert state["at_capacity_period"] is None
    assert state["first_stage_period"] == min(expected.values(), default=None)


def test_a_stage_knows_its_row(db: Database) -> None:
    """Receipt, file, sheet and row of the first return that said so."""
    accept(db, monthly("2024-01", row("甲", cell_row=7, stage="completed")))
    receipt = accept(db, monthly("2024-02", row("甲", cell_row=9, stage="at_capacity")))
    accept(db, monthly("2024-03", row("甲", cell_row=8, stage="at_capacity")))
    last = stages_seen(db, OFFICE, as_of("2024-12")).iloc[-1]
    assert (last["stage"], last["first_period"]) == ("at_capacity", "2024-02")
    assert (last["submission_id"], last["receipt_number"]) == (receipt.submission_id, receipt.receipt_number)
    assert (last["file_name"], last["sheet"], last["cell_row"]) == ("2024-02.xlsx", "项目", 9)


def test_only_what_counts_was_seen(db: Database) -> None:
    """Neither a replaced return, nor a withdrawn one, nor a later period."""
    accept(db, monthly("2024-01", row("甲", stage="in_production")))
    accept(db, monthly("2024-01", row("甲", stage="completed")))
    gone = accept(db, monthly("2024-02", row("甲", stage="at_capacity")))
    withdraw_submission(db, gone.submission_id, actor="甲", withdrawn_at=NOON, reason="填错")
    accept(db, monthly("2024-03", row("甲", stage="in_production")))
    assert firsts(db) == {"completed": "2024-01", "in_production": "2024-03"}
    assert firsts(db, "2024-02") == {"completed": "2024-01"}


def test_as_it_was_known_then(db: Database) -> None:
    """At an earlier acceptance the withdrawn return still counted."""
    gone = accept(db, monthly("2024-01", row("甲", stage="in_production")))
    withdraw_submission(db, gone.submission_id, actor="甲", withdrawn_at=NOON, reason="填错")
    assert stages_seen(db, OFFICE, as_of("2024-12")).empty
    assert list(stages_seen(db, OFFICE, as_of("2024-12", "1"))["stage"]) == ["in_production"]


def test_a_scope_sees_its_own_stages(db: Database) -> None:
    """The other district's are not among them."""
    accept(db, monthly("2024-01", row("甲", stage="signed")))
    accept(db, monthly("2024-01", row("丙", body="xiangshui", stage="building"), body="xiangshui"))
    found = stages_seen(db, Scope("reporter", ("xiangshui",)), as_of("2024-12"))
    assert list(found["stage"]) == ["building"]
