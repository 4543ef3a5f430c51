"""What is different: a return from the record, and a month from the month before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from frames import names, states

from domain.changes import CHANGED, MOVED_BACK, NEW, UNCHANGED, VANISHED, compare_submission, moved_back, moved_promises
from domain.submissions import INFRASTRUCTURE, PROJECTS, Known, KnownProject, RowReading, Submission, TableReading

AUGUST_END = date(2024, 8, 31)
# name, on record, in the return: field, before, now (None: not a change)
VALUES: list[tuple[str, dict[str, Any], dict[str, Any], tuple[str, Any, Any] | None]] = [
    ("the same amount", {"total_investment_wan": Decimal("5.0000")}, {"total_investment_wan": Decimal(5)}, None),
    ("another amount", {"total_investment_wan": Decimal(5)}, {"total_investment_wan": Decimal(6)},
     ("total_investment_wan", Decimal(5), Decimal(6))),
    ("an amount for the first time", {"annual_plan_wan": None}, {"annual_plan_wan": Decimal(6)},
     ("annual_plan_wan", None, Decimal(6))),
    ("zero where there was none", {"annual_plan_wan": None}, {"annual_plan_wan": Decimal(0)}, ("annual_plan_wan", None, 0)),
    ("more digits than are kept of money", {"total_investment_wan": Decimal("5.0001")},
     {"total_investment_wan": Decimal("5.00005")}, None),
    ("more digits than are kept of land", {"land_mu": Decimal("12.35")}, {"land_mu": Decimal("12.345")}, None),
    ("another area", {"land_mu": Decimal("12.35")}, {"land_mu": Decimal("12.34")},
     ("land_mu", Decimal("12.35"), Decimal("12.34"))),
    ("another share", {"progress_rate": Decimal("0.820000")}, {"progress_rate": Decimal("0.825")},
     ("progress_rate", Decimal("0.82"), Decimal("0.825"))),
    ("an empty cell", {"total_investment_wan": Decimal(5)}, {"total_investment_wan": None}, None),
    ("the month's own amount", {"investment_month_wan": Decimal(5)}, {"investment_month_wan": Decimal(6)}, None),
    ("the same date", {"planned_start_date": AUGUST_END}, {"planned_start_date": AUGUST_END}, None),
    ("the same date in other words", {"planned_start_date": AUGUST_END, "planned_start_date_text": "8月底"},
     {"planned_start_date": AUGUST_END, "planned_start_date_text": "2024年8月"}, None),
    ("another date", {"planned_start_date": AUGUST_END}, {"planned_start_date": date(2024, 12, 31)},
     ("planned_start_date", AUGUST_END, date(2024, 12, 31))),
    ("a date for the first time", {}, {"start_date": AUGUST_END}, ("start_date", None, AUGUST_END)),
    ("the same text", {"issue_text": "缺地"}, {"issue_text": "缺地"}, None),
    ("another text", {"issue_text": "缺地"}, {"issue_text": "缺电"}, ("issue_text", "缺地", "缺电")),
    ("a confirmed spelling of the name", {"project_name": "风电"}, {"project_name": "风电场"}, None),
]  # fmt: skip


def row(project_id: str, cell_row: int = 5, **values: Any) -> RowReading:
    return RowReading(cell_row, {"project_name": f"项目{project_id}"} | values, (), project_id=project_id)


def sent(*rows: RowReading, body: str | None = "binhai", works: tuple[RowReading, ...] = ()) -> Submission:
    tables = [TableReading("一", PROJECTS, "", None, [], list(rows)), TableReading("二", INFRASTRUCTURE, "", None, [], list(works))]
    return Submission("报表.xlsx", "0" * 64, body=body, tables=tables)


def on_record(**values_by_id: dict[str, Any]) -> Known:
    """Projects of 滨海; those whose id begins with x are of 响水."""
    return Known({
        key: KnownProject(key, "xiangshui" if key.startswith("x") else "binhai", f"在册{key}", PROJECTS, "2024-07", values)
        for key, values in values_by_id.items()
    })  # fmt: skip


@pytest.mark.parametrize(("name", "before", "now", "change"), VALUES, ids=[row[0] for row in VALUES])
def test_values_that_differ(
    name: str, before: dict[str, Any], now: dict[str, Any], change: tuple[str, Any, Any] | None
) -> None:
    """Each field against the value in force; an empty cell leaves that in force, and rounding is no change."""
    (found,) = compare_submission(sent(row("a", **now)), on_record(a={"stage": "signed"} | before))
    assert [(each.field.name, each.before, each.now) for each in found.fields] == ([change] if change else [])
    assert found.kind == (CHANGED if change else UNCHANGED)
    assert {each.cell_row for each in found.fields} <= {5}


def test_kinds_of_difference_in_their_order() -> None:
    """New first, then changed, unchanged, vanished and moved back; works are compared like projects."""
    known = on_record(a={"stage": "building"}, b={"stage": "signed"}, c={"stage": "signed"}, d={"stage": "building"}, e={})
    found = compare_submission(
        sent(row("d", stage="signed"), row("b", stage="signed"), row("new"), row("e"), works=(row("c", stage="started"),)), known
    )
    assert [(each.project_id, each.kind) for each in found] == [
        ("new", NEW), ("e", NEW), ("c", CHANGED), ("b", UNCHANGED), ("a", VANISHED), ("d", MOVED_BACK),
    ]  # fmt: skip
    assert [each.name for each in found if each.kind in (NEW, VANISHED)] == ["项目new", "项目e", "在册a"]
    assert [change.field.name for each in found if each.kind == MOVED_BACK for change in each.fields] == ["stage"]


@pytest.mark.parametrize(
    ("project_id", "values", "is_vanished"),
    [
        ("a", {"stage": "building"}, True),
        ("a", {"stage": "suspended"}, True),
        ("a", {"stage": None}, True),
        ("a", {"stage": "completed"}, False),
        ("a", {"stage": "at_capacity"}, False),
        ("a", {"stage": "cancelled"}, False),
        ("a", {}, False),  # on record only since a later period
        ("x", {"stage": "building"}, False),  # of the other district
    ],
)
def test_who_has_vanished(project_id: str, values: dict[str, Any], is_vanished: bool) -> None:
    """Who still owes a row and has none; completed and cancelled projects leave the list rightly."""
    found = compare_submission(sent(), on_record(**{project_id: values}))
    assert [each.kind for each in found] == ([VANISHED] if is_vanished else [])


def test_a_return_of_nobody_misses_nobody() -> None:
    """Without a sender nothing is on record for it; a row without a name is new and nameless."""
    found = compare_submission(sent(row("", project_name=None), body=None), on_record(a={"stage": "building"}))
    assert [(each.name, each.kind) for each in found] == [("", NEW)]


# name, planned before, planned now, moved to a later month
PLANS = [
    ("a month later", "2024-08-31", "2024-09-30", True),
    ("into the next year", "2024-12-31", "2025-01-31", True),
    ("within the month", "2024-08-01", "2024-08-31", False),
    ("earlier", "2024-12-31", "2024-08-31", False),
    ("unmoved", "2024-12-31", "2024-12-31", False),
    ("promised for the first time", None, "2024-12-31", False),
    ("no longer promised", "2024-12-31", None, False),
    ("never promised", None, None, False),
]


@pytest.mark.parametrize("row", PLANS, ids=[row[0] for row in PLANS])
@pytest.mark.parametrize("milestone", ["start", "completion"])
def test_promises_that_moved(milestone: str, row: tuple[Any, ...]) -> None:
    """Only to a later month; a project that was not there before has moved nothing."""
    _, before, now, has_moved = row
    column = f"planned_{milestone}_date"
    moved = moved_promises(states(**{column: before}), states(project_id=["p1", "p9"], **{column: now}))
    assert names(moved) == (["项目1"] if has_moved else [])
    if has_moved:
        (found,) = moved.itertuples()
        assert (found.milestone, str(found.date_before.date()), str(found.date_now.date())) == (milestone, before, now)


def test_a_project_may_move_both_promises() -> None:
    """One row a promise, the starts first."""
    before = states(planned_start_date="2024-08-31", planned_completion_date="2025-08-31")
    now = states(planned_start_date="2024-10-31", planned_completion_date="2025-12-31")
    assert list(moved_promises(before, now)["milestone"]) == ["start", "completion"]
    assert len(moved_promises(states(), now)) == 0


def test_stages_that_ran_backwards() -> None:
    """The rows of now with the stage of before; new projects and unknown stages have not run back."""
    before = states(project_id=["a", "b", "c", "d"], stage=["building", "signed", None, "completed"])
    now = states(project_id=["a", "b", "c", "d", "e"], stage=["signed", "building", "signed", None, "planned"])
    back = moved_back(before, now)
    assert back[["project_id", "stage_before", "stage"]].to_numpy().tolist() == [["a", "building", "signed"]]
    assert len(moved_back(states(), now)) == 0
