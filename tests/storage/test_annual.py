"""The node plans of the years: the newest plan beside what was accepted first, and what returns said of their projects."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from builders import NOON, accept, annual_nodes, as_of, monthly, planned, project_id, row

from domain.node_plans import compare_nodes
from domain.periods import Period
from domain.scope import OFFICE, Scope
from domain.submissions import ANNUAL_NODE_PLAN, NodeReading, Submission
from storage.accepting import withdraw_submission
from storage.engine import Database
from storage.queries import node_reports, nodes, project_states

XIANGSHUI = Scope("reporter", ("xiangshui",))


def plan(year: int, version: str, *readings: NodeReading) -> tuple[Submission, bytes]:
    """A node plan with these nodes; the version is in its file's name."""
    content = repr((year, version, readings)).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"推进计划{year}{version}.xlsx"
    return Submission(name, sha256, ANNUAL_NODE_PLAN, "zone", Period(year, 1), nodes=list(readings)), content


def node(
    day: str | None, cell: str = "I4", *, code: str = "start", name: str = "甲", is_done: bool = False
) -> NodeReading:
    when = date.fromisoformat(day) if day else None
    text, precision = (day, "month") if day else ("已完成", None)
    return NodeReading(project_id(name), name, "binhai", code, when, text, precision, is_done, "推进计划", cell)


def told(db: Database, period: str = "2024-08", acceptances: str = "newest") -> list[Any]:
    """(first, latest, changes, is in plan, first cell, first file) of the only node."""
    (found,) = nodes(db, OFFICE, as_of(period, acceptances)).itertuples()
    days = [None if pd.isna(each) else str(each.date()) for each in (found.first_planned_date, found.planned_date)]
    first = (None, None) if days[0] is None else (found.first_cell, found.first_file_name)
    return [*days, int(found.changes), bool(found.is_in_plan), *first]


def test_the_first_date_stays_beside_the_latest(db: Database) -> None:
    """Whatever later plans of the year say, with the cell and file of the first; as it was known after each of them."""
    accept(db, plan(2024, "", node("2024-03-31", "I4")))
    accept(db, plan(2024, "二", node("2024-06-30", "I5")))
    accept(db, plan(2024, "三", node("2024-06-15", "I6")))
    assert told(db, acceptances="1") == ["2024-03-31", "2024-03-31", 0, True, "I4", "推进计划2024.xlsx"]
    assert told(db, acceptances="2") == ["2024-03-31", "2024-06-30", 1, True, "I4", "推进计划2024.xlsx"]
    assert told(db) == ["2024-03-31", "2024-06-15", 1, True, "I4", "推进计划2024.xlsx"]


def test_a_withdrawn_plan_promised_nothing(db: Database) -> None:
    """Withdrawing the first makes the next one the first; withdrawing the newest brings back the one before."""
    first = accept(db, plan(2024, "", node("2024-03-31")))
    accept(db, plan(2024, "二", node("2024-06-30")))
    last = accept(db, plan(2024, "三", node("2024-09-30")))
    withdraw_submission(db, last.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    assert told(db)[:3] == ["2024-03-31", "2024-06-30", 1]
    withdraw_submission(db, first.submission_id, reason="x", actor="office", withdrawn_at=NOON)
    assert told(db)[:3] == ["2024-06-30", "2024-06-30", 0]
    assert told(db, acceptances="3")[:3] == ["2024-03-31", "2024-09-30", 2]


def test_the_first_date_may_be_of_an_earlier_year(db: Database) -> None:
    """A plan of January that dates a node anew does not make its first promise; a year of its own knows no later plan."""
    accept(db, plan(2024, "", node("2024-10-31")))
    accept(db, plan(2023, "", node("2023-12-31", "I9")))
    assert told(db)[:5] == ["2023-12-31", "2024-10-31", 1, True, "I9"]
    assert told(db, "2023-06")[:4] == ["2023-12-31", "2023-12-31", 0, True]
    assert nodes(db, OFFICE, as_of("2025-01")).empty


def test_a_node_that_a_later_plan_leaves_out_stays(db: Database) -> None:
    """With its date, and said to be no longer in the plan; nodes of the last year's plan alone do not come along."""
    accept(db, plan(2023, "", node("2023-03-31", name="乙")))
    accept(db, plan(2024, "", node("2024-03-31")))
    accept(db, plan(2024, "二", node("2024-06-30", name="丙")))
    found = nodes(db, OFFICE, as_of("2024-08")).set_index("project_name")
    assert found["is_in_plan"].to_dict() == {"甲": False, "丙": True}
    assert found.loc["甲", "planned_date"] == pd.Timestamp("2024-03-31")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (node("2024-03-31"), node(None, is_done=True), ["2024-03-31", None, 0, True]),
        (node(None, is_done=True), node("2024-03-31"), ["2024-03-31", "2024-03-31", 0, True]),
        (node(None, is_done=True), node(None, is_done=True), [None, None, 0, True]),
    ],
    ids=["dated, then done", "done, then dated", "done"],
)
def test_a_node_done_has_no_date(db: Database, first: NodeReading, second: NodeReading, expected: list[Any]) -> None:
    """What was promised before it stays the first promise."""
    accept(db, plan(2024, "", first))
    accept(db, plan(2024, "二", second))
    assert told(db)[:4] == expected


def test_of_two_rows_of_a_project_the_earlier_date_counts(db: Database) -> None:
    """A project that stands twice in a plan is one project, held to the earlier date."""
    accept(db, plan(2024, "", node("2024-06-30", "I4"), node("2024-03-31", "I9")))
    assert told(db)[:5] == ["2024-03-31", "2024-03-31", 0, True, "I9"]


def test_a_district_reads_its_own_nodes_of_the_plan(db: Database) -> None:
    """The plan is the zone's form and names everybody's projects; one project is asked for by its id."""
    accept(db, annual_nodes(2024, "甲", "乙"))
    binhai = Scope("reporter", ("binhai",))
    assert nodes(db, XIANGSHUI, as_of("2024-08")).empty
    assert len(nodes(db, binhai, as_of("2024-08"))) == len(nodes(db, OFFICE, as_of("2024-08"))) == 4
    assert len(nodes(db, binhai, as_of("2024-08"), project_id("甲"))) == 2
    assert nodes(db, XIANGSHUI, as_of("2024-08"), project_id("甲")).empty


def test_reports_are_what_each_return_said_itself(db: Database) -> None:
    """Nothing carried over; of projects that a plan names, in force, up to the period, within the scope."""
    accept(db, plan(2024, "", node("2024-03-31")))
    start = planned("2024-06-15", field="start_date")
    accept(db, monthly("2024-06", row("甲", stage="signed", progress_text="方案设计"), row("乙", 6)))
    accept(db, monthly("2024-07", row("甲", stage="building", **start)))
    accept(db, monthly("2024-07", row("甲", stage="building", permit_text="环评√", **start)))
    accept(db, monthly("2024-08", row("甲")))
    found = node_reports(db, OFFICE, as_of("2024-08"))
    assert list(found["period"]) == ["2024-06", "2024-07", "2024-08"]
    assert set(found["project_id"]) == {project_id("甲")}
    said = [tuple(None if pd.isna(each) else each for each in row_[2:]) for row_ in found.itertuples(index=False)]
    assert said == [
        ("signed", None, None, None, None, "方案设计", None),
        ("building", pd.Timestamp("2024-06-15"), "day", None, None, None, "环评√"),
        (None,) * 7,
    ]
    assert list(node_reports(db, OFFICE, as_of("2024-06"))["period"]) == ["2024-06"]
    assert list(node_reports(db, OFFICE, as_of("2024-08", "3"))["permit_text"].dropna()) == []
    assert node_reports(db, XIANGSHUI, as_of("2024-08")).empty


def test_plans_of_the_same_nodes_are_told_apart_by_their_files(db: Database) -> None:
    """The latest place is that of the plan in force, the first one that of the first."""
    reading = node("2024-03-31", "I4")
    accept(db, plan(2024, "", reading))
    accept(db, plan(2024, "二", replace(reading, planned_date=date(2024, 5, 31), cell="I5", sheet="调整")))
    (found,) = nodes(db, OFFICE, as_of("2024-08")).itertuples()
    assert (found.first_file_name, found.first_sheet, found.first_cell) == ("推进计划2024.xlsx", "推进计划", "I4")
    assert (found.file_name, found.sheet, found.cell) == ("推进计划2024二.xlsx", "调整", "I5")


@pytest.mark.parametrize("has_returns", [True, False])
@pytest.mark.parametrize("has_plan", [True, False])
def test_whatever_is_on_record_can_be_compared(db: Database, has_plan: bool, has_returns: bool) -> None:
    """A plan without returns, returns without a plan, and neither: columns without one value have kinds of their own."""
    if has_plan:
        accept(db, annual_nodes(2024, "甲"))
    if has_returns:
        accept(db, monthly("2024-08", row("甲")))
    record = as_of("2024-08")
    found = compare_nodes(
        nodes(db, OFFICE, record), node_reports(db, OFFICE, record), project_states(db, OFFICE, record), record.period
    )
    expected = ["overdue" if has_returns else "not_told", "upcoming"] if has_plan else []
    assert list(found["state"]) == expected
