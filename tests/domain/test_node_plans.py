"""Planned nodes against the returns: on time, late, overdue, due now, not told, and what a moved date does to them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states
from node_frames import plan_of, reports_of

from domain.node_plans import COLUMNS, compare_nodes
from domain.periods import Period

AUGUST = Period(2024, 8)
MARCH, JULY, NOW, SEPTEMBER = "2024-03-31", "2024-07-31", "2024-08-31", "2024-09-30"
OPEN = {"stage": "signed"}


def judged(node: dict[str, Any], *reports: dict[str, Any], period: Period = AUGUST, **project: Any) -> Any:
    """One planned node as compared; the project's state has the dates of its newest return unless given."""
    newest = {
        name: value for report in reports for name, value in report.items() if name in ("start_date", "completion_date")
    }
    frame = states(project_id="p1", **{"stage": reports[-1].get("stage") if reports else None, **newest, **project})
    (found,) = compare_nodes(plan_of(node), reports_of(*reports), frame, period).itertuples()
    return found


def days(found: Any) -> tuple[float | None, float | None]:
    first, latest = found.delay_first_days, found.delay_latest_days
    return None if pd.isna(first) else first, None if pd.isna(latest) else latest


# name, planned, what the return of August says, state, days late
STARTS: list[tuple[str, str, dict[str, Any], str, float | None]] = [
    ("started in the month planned", MARCH, {"start_date": "2024-03-31"}, "done_on_time", None),
    ("a day too late, in the month planned", "2024-03-10", {"start_date": "2024-03-31"}, "done_on_time", None),
    ("started before", MARCH, {"start_date": "2023-12-01"}, "done_on_time", None),
    ("started a month late", MARCH, {"start_date": "2024-04-20"}, "done_late", 20),
    ("not started, due in March", MARCH, OPEN, "overdue", 153),
    ("not started, due in July", JULY, OPEN, "overdue", 31),
    ("not started, due this month", NOW, OPEN, "due_now", 0),
    ("not started, due on a day of this month", "2024-08-10", OPEN, "due_now", 21),
    ("not started, due next month", SEPTEMBER, OPEN, "upcoming", None),
    ("no start and no stage: not started", MARCH, {}, "overdue", 153),
    ("suspended, not started", MARCH, {"stage": "suspended"}, "overdue", 153),
    ("given up", MARCH, {"stage": "cancelled"}, "dropped", None),
    ("given up, but started in time", MARCH, {"stage": "cancelled", "start_date": "2024-03-01"}, "done_on_time", None),
    ("started, nobody says when", MARCH, {"stage": "building"}, "done", None),
    ("completed in time for the start", MARCH, {"completion_date": "2024-02-01"}, "done_on_time", None),
    ("completed, start unknown", MARCH, {"completion_date": "2024-05-01"}, "done", None),
    ("started some day of the year", MARCH, {"start_date": "2024-01-01", "start_date_precision": "year"}, "done", None),
    ("started in the first quarter", MARCH, {"start_date": "2024-01-01", "start_date_precision": "quarter"}, "done_on_time", None),
    ("started in the second quarter", MARCH, {"start_date": "2024-04-01", "start_date_precision": "quarter"}, "done_late", 1),
    ("a start that has not come", MARCH, {"start_date": "2024-09-15", "stage": "signed"}, "overdue", 153),
]  # fmt: skip


@pytest.mark.parametrize(("name", "planned", "said", "state", "late"), STARTS, ids=[row[0] for row in STARTS])
def test_a_start(name: str, planned: str, said: dict[str, Any], state: str, late: float | None) -> None:
    """Promises are of the month: done in the month planned is on time, due in the period's month is not yet overdue."""
    project = {name: value for name, value in said.items() if name.endswith("precision")}
    found = judged({"planned_date": planned}, said, **project)
    assert (found.state, days(found)) == (state, (late, late))


# name, node, planned, months' words (period -> said), state
OTHERS: list[tuple[str, str, str, dict[str, dict[str, Any]], str]] = [
    ("topped out between two returns, in time", "main_structure", JULY,
     {"2024-06": {"progress_text": "主体施工"}, "2024-07": {"progress_text": "主体封顶"}}, "done_on_time"),
    ("topped out between two returns, late", "main_structure", "2024-06-30",
     {"2024-06": {"progress_text": "主体施工"}, "2024-07": {"progress_text": "主体封顶"}}, "done_late"),
    ("done since, the later returns silent", "main_structure", "2024-06-30",
     {"2024-06": {"progress_text": "主体封顶"}, "2024-08": {}}, "done_on_time"),
    ("done before the first return", "main_structure", "2024-05-31", {"2024-06": {"progress_text": "主体封顶"}}, "done"),
    ("done in a gap between returns that holds the month planned", "main_structure", "2024-06-30",
     {"2024-05": {"progress_text": "主体施工"}, "2024-08": {"progress_text": "主体封顶"}}, "done"),
    ("done in a gap after the month planned", "main_structure", "2024-05-31",
     {"2024-05": {"progress_text": "主体施工"}, "2024-08": {"progress_text": "主体封顶"}}, "done_late"),
    ("under way by this month's words", "main_structure", JULY, {"2024-08": {"progress_text": "主体施工"}}, "overdue"),
    ("under way by an earlier month's words", "main_structure", JULY,
     {"2024-06": {"progress_text": "主体施工"}, "2024-08": {}}, "not_told"),
    ("not started by an earlier return's stage", "main_structure", JULY, {"2024-06": OPEN, "2024-08": {}}, "overdue"),
    ("building, nothing said", "equipment", JULY, {"2024-08": {"stage": "building"}}, "not_told"),
    ("not told, due this month", "equipment", NOW, {"2024-08": {"stage": "building"}}, "not_told"),
    ("not told, due next month", "equipment", SEPTEMBER, {"2024-08": {"stage": "building"}}, "upcoming"),
    ("no return has the project", "start", JULY, {}, "not_told"),
    ("permit granted, since when unknown", "construction_permit", JULY, {"2024-08": {"permit_text": "施工许可√"}}, "done"),
    ("permit granted in time", "construction_permit", NOW, {"2024-08": {"permit_text": "施工许可√"}}, "done_on_time"),
    ("permit not granted", "construction_permit", JULY, {"2024-06": {"permit_text": "施工许可×"}, "2024-08": {}}, "overdue"),
    ("permit not told", "construction_permit", JULY, {"2024-08": {"start_date": "2024-06-01"}}, "not_told"),
    ("granted, then taken back", "construction_permit", JULY,
     {"2024-07": {"permit_text": "施工许可√"}, "2024-08": {"permit_text": "施工许可×"}}, "overdue"),
    ("completed in time", "completion", JULY, {"2024-08": {"completion_date": "2024-07-15"}}, "done_on_time"),
    ("completed by its stage", "completion", JULY, {"2024-08": {"stage": "in_production"}}, "done"),
    ("in production late", "production", JULY, {"2024-07": {"stage": "building"}, "2024-08": {"stage": "in_production"}}, "done_late"),
    ("completed, production not told", "production", JULY, {"2024-08": {"completion_date": "2024-06-15"}}, "not_told"),
    ("completed, still trying", "production", JULY, {"2024-08": {"stage": "completed", "progress_text": "正在调试"}}, "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "node", "planned", "months", "state"), OTHERS, ids=[row[0] for row in OTHERS])
def test_the_other_nodes(name: str, node: str, planned: str, months: dict[str, dict[str, Any]], state: str) -> None:
    """A node is on time or late only where the returns prove it; what they do not tell is neither done nor late."""
    reports = [{"period": period, **said} for period, said in months.items()]
    assert judged({"node": node, "planned_date": planned}, *reports).state == state


# name, first date, latest date, what the return says, state, days late by the first and by the latest
MOVED = [
    ("moved away, not done", MARCH, "2024-12-31", OPEN, "overdue", (153, -122)),
    ("moved away, done by the latest date", MARCH, "2024-07-31", {"start_date": "2024-07-15"}, "done_late", (106, -16)),
    ("moved away, done by the first date all the same", MARCH, "2024-07-31", {"start_date": "2024-03-15"}, "done_on_time",
     (None, None)),
    ("moved away from this month", NOW, "2024-12-31", OPEN, "due_now", (0, -122)),
    ("brought forward, not done", "2024-12-31", JULY, OPEN, "overdue", (-122, 31)),
    ("brought forward, done by the first date only", "2024-08-31", "2024-05-31", {"start_date": "2024-06-15"}, "done_late",
     (-77, 15)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "first", "latest", "said", "state", "late"), MOVED, ids=[row[0] for row in MOVED])
def test_a_moved_date_makes_nothing_late_good(
    name: str, first: str, latest: str, said: dict[str, Any], state: str, late: tuple[float | None, float | None]
) -> None:
    """A node is held to the earlier of its first date and its latest; both delays are shown."""
    found = judged({"first_planned_date": first, "planned_date": latest, "changes": 1}, said)
    assert (found.state, days(found)) == (state, late)


DONE_IN_PLAN = {"is_done": True, "planned_date": None, "planned_precision": None, "planned_text": "已完成"}


@pytest.mark.parametrize(
    ("name", "node", "said", "state", "told_by"),
    [
        ("nobody says when", {"node": "land_supply"}, {}, "done", "plan"),
        ("the returns know the date", {"node": "start"}, {"start_date": "2022-12-01"}, "done", "start_date"),
        (
            "dated before, done since, too early to judge",
            {"node": "land_supply", "first_planned_date": MARCH},
            {},
            "done",
            "plan",
        ),
        ("the returns differ", {"node": "construction_permit"}, {"permit_text": "施工许可×"}, "done", "plan"),
        ("no return has the project", {"node": "land_supply"}, None, "done", "plan"),
    ],
)
def test_what_the_plan_calls_done_is_done(name: str, node: dict[str, Any], said: Any, state: str, told_by: str) -> None:
    """Whether in time cannot be told, since the plan names no date."""
    found = judged({**DONE_IN_PLAN, **node}, *([] if said is None else [said]))
    assert (found.state, found.told_by) == (state, told_by)


def test_when_a_node_was_done_is_told_as_far_as_it_is_known() -> None:
    """A date; the month between two returns; by which month at the latest; nothing."""
    course = ({"period": "2024-06", "progress_text": "主体施工"}, {"period": "2024-07", "progress_text": "主体封顶"})
    known = judged(
        {"planned_date": MARCH}, {"start_date": "2024-03-05", "start_date_precision": "day"}, start_date_precision="day"
    )
    between = judged({"node": "main_structure", "planned_date": MARCH}, *course)
    by_then = judged({"node": "main_structure", "planned_date": MARCH}, course[1])
    no_idea = judged({**DONE_IN_PLAN, "node": "land_supply"}, {})
    found = [(each.done_date, each.done_precision, each.done_by) for each in (known, between, by_then, no_idea)]
    assert [tuple(None if pd.isna(part) else part for part in parts) for parts in found] == [
        (pd.Timestamp(2024, 3, 5), "day", None),
        (pd.Timestamp(2024, 7, 1), "month", None),
        (None, None, pd.Timestamp(2024, 7, 31)),
        (None, None, None),
    ]


def test_what_tells_a_node_is_named_with_its_return() -> None:
    """The first return that had it done, the newest that has it open; a date of the project stands as of the period."""
    course = (
        {"period": "2024-06", "progress_text": "主体施工"},
        {"period": "2024-07", "progress_text": "主体封顶"},
        {"period": "2024-08"},
    )
    found = [
        judged({"node": "main_structure", "planned_date": MARCH}, *course),
        judged(
            {"node": "equipment", "planned_date": MARCH}, {"period": "2024-07", **OPEN}, {"period": "2024-08", **OPEN}
        ),
        judged({"planned_date": MARCH}, {"period": "2024-07", "start_date": "2024-03-05"}),
        judged({"planned_date": MARCH}, {"period": "2024-08", **OPEN}, completion_date="2024-02-01"),
    ]
    assert [(each.told_by, None if pd.isna(each.told_month) else each.told_month) for each in found] == [
        ("progress_text", 2024 * 12 + 6),
        ("stage", 2024 * 12 + 7),
        ("start_date", None),
        ("completion_date", None),
    ]


def test_the_forecast_is_what_the_returns_now_plan() -> None:
    """Of start and completion, while they are not done."""
    frame = states(planned_start_date="2024-12-31", planned_start_date_precision="month",
                   planned_completion_date="2024-06-30", stage="signed")  # fmt: skip
    plan = plan_of(*({"node": node, "planned_date": MARCH} for node in ("start", "completion", "production")))
    found = compare_nodes(plan, reports_of(OPEN), frame, AUGUST).set_index("node")
    days_told = found["forecast_date"].dt.strftime("%Y-%m-%d").dropna().to_dict()
    assert days_told == {"start": "2024-12-31", "completion": "2024-06-30"}
    assert found.loc["start", "forecast_precision"] == "month"
    done = frame.assign(completion_date=pd.Timestamp(2024, 1, 1))
    assert compare_nodes(plan, reports_of(OPEN), done, AUGUST)["forecast_date"].isna().all()


def test_a_node_is_of_the_district_that_reports_the_project() -> None:
    """Where no return has it, of the one that the plan names."""
    plan = plan_of({"project_id": "p1", "district": "zone"}, {"project_id": "p2", "district": "xiangshui"})
    found = compare_nodes(plan, reports_of(), states(project_id="p1", body="binhai"), AUGUST)
    assert dict(zip(found["project_id"], found["body"], strict=True)) == {"p1": "binhai", "p2": "xiangshui"}


def test_what_asks_for_action_stands_first() -> None:
    """By state, then the longest delay, then the order of the nodes; the columns of the plan stay."""
    plan = plan_of(
        {"node": "production", "planned_date": SEPTEMBER},
        {"node": "completion", "planned_date": MARCH},
        {"node": "start", "planned_date": MARCH},
        {"node": "main_structure", "planned_date": "2024-01-31"},
        {"node": "equipment", "planned_date": NOW},
        {"node": "land_supply", "planned_date": MARCH},
    )
    found = compare_nodes(plan, reports_of(OPEN), states(stage="signed"), AUGUST)
    assert list(found["node"]) == ["main_structure", "start", "completion", "equipment", "land_supply", "production"]
    assert list(found.columns) == [*plan.columns, *COLUMNS]


def test_no_plan_is_no_node() -> None:
    """A year whose plan was not accepted yet."""
    assert compare_nodes(plan_of(), reports_of(OPEN), states(), AUGUST).empty
