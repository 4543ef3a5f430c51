"""Who is late: with what, by how many days, how badly, and in which order the list stands."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import names, states, states_of

from domain.delay import COLUMNS, days_late, delayed_projects, months_between, not_reported, plan_gaps, project_grades
from domain.periods import Period

AUGUST = Period(2024, 8)
BUILDING = {"start_date": "2023-03-01", "stage": "building"}
# name, the project, and at the end of August 2024: milestone, days against first and latest, grade
LATE: list[tuple[str, dict[str, Any], tuple[str, int | None, int | None, str] | None]] = [
    ("start due this month", {"planned_start_date": "2024-08-31"}, ("start", 0, 0, "attention")),
    ("start due on a day of this month", {"planned_start_date": "2024-08-10"}, ("start", 21, 21, "attention")),
    ("start due in June", {"planned_start_date": "2024-06-30"}, ("start", 62, 62, "attention")),
    ("start due in May", {"planned_start_date": "2024-05-31"}, ("start", 92, 92, "behind")),
    ("start due last December", {"planned_start_date": "2023-12-31"}, ("start", 244, 244, "behind")),
    ("start due in September", {"planned_start_date": "2024-09-30"}, None),
    ("start moved away", {"first_planned_start_date": "2024-05-31", "planned_start_date": "2024-12-31"},
     ("start", 92, -122, "behind")),
    ("start brought forward", {"first_planned_start_date": "2024-12-31", "planned_start_date": "2024-07-31"},
     ("start", -122, 31, "attention")),
    ("completion due in July", BUILDING | {"planned_completion_date": "2024-07-31"}, ("completion", 31, 31, "attention")),
    ("completion moved away", BUILDING | {"first_planned_completion_date": "2024-02-29",
                                          "planned_completion_date": "2025-02-28"}, ("completion", 184, -181, "behind")),
    ("completed", BUILDING | {"planned_completion_date": "2024-07-31", "completion_date": "2024-08-31"}, None),
    ("completed without a start", {"planned_start_date": "2024-01-31", "completion_date": "2024-08-01"}, None),
    ("start and completion due: late once", {"planned_start_date": "2024-01-31", "planned_completion_date": "2024-07-31"},
     ("start", 213, 213, "behind")),
    ("cancelled", {"planned_start_date": "2024-01-31", "stage": "cancelled"}, None),
    ("works, not industry", {"planned_start_date": "2024-01-31", "kind": "infrastructure"}, None),
    ("behind the plan of the year", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 600},
     ("progress", None, None, "behind")),
    ("a little behind the plan", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 700}, None),
    ("behind the plan, and cancelled", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 600, "stage": "cancelled"},
     None),
    ("behind the plan by last month's return", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 600,
                                                           "is_reported": False, "is_body_reported": False}, None),
    ("behind the plan, not started", {"annual_plan_wan": 1200, "investment_ytd_wan": 0}, None),
    ("plan of zero", BUILDING | {"annual_plan_wan": 0, "investment_ytd_wan": 0}, None),
    ("no plan", BUILDING | {"investment_ytd_wan": 5}, None),
    ("no investment reported", BUILDING | {"annual_plan_wan": 1200}, None),
    ("late and behind the plan: late once", BUILDING | {"planned_completion_date": "2024-08-31", "annual_plan_wan": 1200,
                                                        "investment_ytd_wan": 0}, ("completion", 0, 0, "attention")),
]  # fmt: skip
# plan, done, period, gap
GAPS = [
    (1200, 800, "2024-08", 0.0),
    (1200, 600, "2024-08", -16.666666667),
    (1000, 1290, "2024-12", 29.0),
    (40, 36, "2024-12", -10.0),
    (1200, 0, "2024-01", -8.333333333),
    (0, 5, "2024-08", None),
    (None, 5, "2024-08", None),
    (1200, None, "2024-08", None),
]
# name, the project, its grade at the end of August 2024
GRADED: list[tuple[str, dict[str, Any], str | None]] = [
    ("late", {"planned_start_date": "2024-05-31"}, "behind"),
    ("not yet due", {"planned_start_date": "2024-09-30"}, None),
    ("on plan", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 800}, "on_track"),
    ("slightly behind the plan", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 700}, "slightly"),
    ("behind the plan", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 600}, "behind"),
    ("on plan, but late", BUILDING | {"annual_plan_wan": 1200, "investment_ytd_wan": 900,
                                      "planned_completion_date": "2024-08-31"}, "attention"),
    ("without a plan", BUILDING, None),
    ("completed", BUILDING | {"completion_date": "2024-08-01", "annual_plan_wan": 1200, "investment_ytd_wan": 0}, None),
    ("cancelled", BUILDING | {"stage": "cancelled", "annual_plan_wan": 1200, "investment_ytd_wan": 0}, None),
    ("works", BUILDING | {"kind": "infrastructure", "annual_plan_wan": 1200, "investment_ytd_wan": 0}, None),
    ("left out of the return", BUILDING | {"is_reported": False, "annual_plan_wan": 1200, "investment_ytd_wan": 800}, "unknown"),
    ("left out, and late", {"is_reported": False, "planned_start_date": "2024-05-31"}, "unknown"),
    ("the district has not sent", BUILDING | {"is_reported": False, "is_body_reported": False, "annual_plan_wan": 1200,
                                              "investment_ytd_wan": 800}, "unknown"),
    ("the district has not sent, and late", {"is_reported": False, "is_body_reported": False,
                                             "planned_start_date": "2024-05-31"}, "behind"),
]  # fmt: skip
# name, stage, completed on, in this return, return sent, left out
SILENT = [
    ("reported", "building", None, True, True, False),
    ("left out", "building", None, False, True, True),
    ("left out, stage unknown", None, None, False, True, True),
    ("the district has not sent", "building", None, False, False, False),
    ("left out as completed, by stage", "in_production", None, False, True, False),
    ("left out as completed, by date", "building", "2024-07-01", False, True, False),
    ("left out as cancelled", "cancelled", None, False, True, False),
]


@pytest.mark.parametrize(("name", "project", "expected"), LATE, ids=[row[0] for row in LATE])
def test_who_is_late(name: str, project: dict[str, Any], expected: tuple[Any, ...] | None) -> None:
    """Late against either promise counts; moving the date away does not take a project off the list."""
    found = delayed_projects(states(**project), AUGUST)
    answers = [
        (row.milestone, *(None if pd.isna(d) else d for d in (row.delay_first_days, row.delay_latest_days)), row.grade)
        for row in found.itertuples()
    ]
    assert answers == ([expected] if expected else [])


def test_a_late_project_carries_what_the_list_shows() -> None:
    """Times moved, gap against the plan, and the reason by its words; the columns of the states stay."""
    frame = states(
        project_name=["甲", "乙"],
        start_date=[None, "2024-01-01"],
        planned_start_date=["2024-08-01", None],
        planned_completion_date="2024-08-31",
        planned_start_changes=2,
        planned_completion_changes=1,
        annual_plan_wan=[None, 1200],
        investment_ytd_wan=[None, 900],
        issue_text=["用地指标未落实", "无"],
    )
    found = delayed_projects(frame, AUGUST).set_index("project_name")
    assert set(frame.columns) | set(COLUMNS) == set(found.columns) | {"project_name"}
    assert found["promise_changes"].to_dict() == {"甲": 2, "乙": 1}
    assert found["reason"].to_dict() == {"甲": "land", "乙": None}
    assert found.loc["乙", "gap_points"] == pytest.approx(8.333333333)
    assert pd.isna(found.loc["甲", "gap_points"])


def test_who_is_only_behind_the_plan_has_the_changes_of_its_completion() -> None:
    """A project under construction has kept its start; what it may still move is its completion."""
    frame = states(**BUILDING, annual_plan_wan=1200, investment_ytd_wan=0, planned_start_changes=2, planned_completion_changes=1)
    assert list(delayed_projects(frame, AUGUST)["promise_changes"]) == [1]


def test_worst_first() -> None:
    """Milestones before progress; then the grade, the days, the gap, and the name where all are equal."""
    frame = states_of([
        {"project_name": "六 progress, -17", **BUILDING, "annual_plan_wan": 1200, "investment_ytd_wan": 600},
        {"project_name": "五 progress, -67", **BUILDING, "annual_plan_wan": 1200, "investment_ytd_wan": 0},
        {"project_name": "四 slightly", "planned_start_date": "2024-08-10"},
        {"project_name": "丙 slightly, the same days", **BUILDING, "planned_completion_date": "2024-08-01"},
        {"project_name": "乙 slightly, the same days", **BUILDING, "planned_completion_date": "2024-08-01"},
        {"project_name": "二 behind, moved", "first_planned_start_date": "2024-03-31", "planned_start_date": "2024-12-31"},
        {"project_name": "一 behind, longest", **BUILDING, "planned_completion_date": "2022-12-31"},
    ])  # fmt: skip
    assert [name[0] for name in names(delayed_projects(frame, AUGUST))] == ["一", "二", "丙", "乙", "四", "五", "六"]


@pytest.mark.parametrize(("plan", "done", "period", "gap"), GAPS)
def test_gap_against_the_plan_of_the_year(plan: float | None, done: float | None, period: str, gap: float | None) -> None:
    """Share of the plan minus month/12; 36 of 40 in December is -10 sharp; a plan of zero is no plan."""
    (found,) = plan_gaps(states(annual_plan_wan=plan, investment_ytd_wan=done), Period.parse(period))
    assert (None if pd.isna(found) else found) == gap


def test_ten_points_sharp_is_behind() -> None:
    """What the figure of a district is graded, a project is graded too: -10 is behind, in list and grade alike."""
    frame = states(**BUILDING, annual_plan_wan=40, investment_ytd_wan=36)
    december = Period(2024, 12)
    delays = delayed_projects(frame, december)
    assert list(delays["milestone"]) == ["progress"]
    assert list(project_grades(frame, delays, december)) == ["behind"]


@pytest.mark.parametrize(("name", "project", "grade"), GRADED, ids=[row[0] for row in GRADED])
def test_grade_of_a_project(name: str, project: dict[str, Any], grade: str | None) -> None:
    """Its delay, else its gap while it is built; silence is unknown; nothing to grade has no colour."""
    frame = states(**project)
    (found,) = project_grades(frame, delayed_projects(frame, AUGUST), AUGUST)
    assert (None if pd.isna(found) else found) == grade


@pytest.mark.parametrize("row", SILENT, ids=[row[0] for row in SILENT])
def test_left_out_of_the_return(row: tuple[Any, ...]) -> None:
    """Only where the district has sent, and only what it still owes a row for."""
    _, stage, completed, is_reported, has_sent, expected = row
    frame = states(stage=stage, completion_date=completed, is_reported=is_reported, is_body_reported=has_sent)
    assert list(not_reported(frame)) == [expected]


@pytest.mark.parametrize(
    ("day", "period", "months", "days"),
    [
        ("2023-12-31", "2024-01", 1, 31),
        ("2024-01-31", "2023-12", -1, -31),
        ("2024-02-29", "2024-02", 0, 0),
        ("2024-03-01", "2024-02", -1, -1),
        (None, "2024-02", None, None),
    ],
)
def test_months_and_days_late(day: str | None, period: str, months: float | None, days: float | None) -> None:
    """Months by the calendar, days to the cut-off date; before it negative."""
    dates = pd.Series(pd.to_datetime([day]), dtype="datetime64[us]")
    found = [function(dates, Period.parse(period)).iloc[0] for function in (months_between, days_late)]
    assert [None if pd.isna(value) else value for value in found] == [months, days]
