"""What returns tell of nodes: by date, stage or words, and since which month."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from node_frames import reports_of

from domain.node_reports import latest_tellings, month_numbers, number_of, tellings_of
from domain.periods import Period
from domain.stages import STAGES

JUNE, JULY, AUGUST = 2024 * 12 + 5, 2024 * 12 + 6, 2024 * 12 + 7
# name, what the return of August says, node, told (None: nothing) by which field
TOLD: list[tuple[str, dict[str, Any], str, tuple[bool, str] | None]] = [
    ("start by its date", {"start_date": "2024-03-01", "stage": "signed"}, "start", (True, "start_date")),
    ("a date of the month itself", {"start_date": "2024-08-31"}, "start", (True, "start_date")),
    ("a date that has not come", {"start_date": "2024-09-01"}, "start", None),
    ("start by the completion", {"completion_date": "2024-03-01"}, "start", (True, "completion_date")),
    ("structure by the completion", {"completion_date": "2024-03-01"}, "main_structure", (True, "completion_date")),
    ("production not by the completion", {"completion_date": "2024-03-01"}, "production", None),
    ("signed: not started", {"stage": "signed"}, "start", (False, "stage")),
    ("signed: not completed", {"stage": "signed"}, "completion", (False, "stage")),
    ("building: started", {"stage": "building"}, "start", (True, "stage")),
    ("building: how far is not told", {"stage": "building"}, "main_structure", None),
    ("building: by words", {"stage": "building", "progress_text": "主体封顶"}, "main_structure", (True, "progress_text")),
    ("equipping: structure done", {"stage": "equipping"}, "main_structure", (True, "stage")),
    ("equipping: equipment not", {"stage": "equipping"}, "equipment", (False, "stage")),
    ("trial run: equipment done", {"stage": "trial"}, "equipment", (True, "stage")),
    ("trial run: not in production", {"stage": "trial"}, "production", (False, "stage")),
    ("completed: production not told", {"stage": "completed"}, "production", None),
    ("completed, in production by words", {"stage": "completed", "progress_text": "已竣工投产"}, "production", (True, "progress_text")),
    ("in production", {"stage": "in_production"}, "completion", (True, "stage")),
    ("at capacity", {"stage": "at_capacity"}, "production", (True, "stage")),
    ("suspended tells nothing", {"stage": "suspended"}, "completion", None),
    ("words do not start a project", {"progress_text": "桩基施工"}, "start", None),
    ("stage before words", {"stage": "signed", "progress_text": "主体封顶"}, "main_structure", (False, "stage")),
    ("permit by its text", {"permit_text": "环评√"}, "environmental_approval", (True, "permit_text")),
    ("permit before progress", {"permit_text": "环评√", "progress_text": "环评编制"}, "environmental_approval", (True, "permit_text")),
    ("permit by the progress", {"progress_text": "环评编制"}, "environmental_approval", (False, "progress_text")),
    ("no permit by the start", {"start_date": "2024-03-01"}, "construction_permit", None),
    ("an unknown stage", {"stage": "abolished"}, "start", None),
]  # fmt: skip
# name, (month, done or not) of each return; last open, first done
COURSES: list[tuple[str, list[tuple[int, bool]], float | None, float | None]] = [
    ("open", [(JUNE, False), (JULY, False)], JULY, None),
    ("done from the first return on", [(JUNE, True), (JULY, True)], None, JUNE),
    ("done since July", [(JUNE, False), (JULY, True), (AUGUST, True)], JUNE, JULY),
    ("a month without a word between", [(JUNE, False), (AUGUST, True)], JUNE, AUGUST),
    ("done and open again", [(JUNE, True), (JULY, False)], JULY, None),
    ("done, open, and done", [(JUNE, True), (JULY, False), (AUGUST, True)], JULY, AUGUST),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "node", "expected"), TOLD, ids=[row[0] for row in TOLD])
def test_what_one_return_tells(name: str, said: dict[str, Any], node: str, expected: tuple[bool, str] | None) -> None:
    """Dates, then the stage, then words on permits, then words on progress; silence tells nothing."""
    found = tellings_of(reports_of(said)).set_index("node")
    told = (found.loc[node, "is_done"], found.loc[node, "field"]) if node in found.index else None
    assert told == expected


@pytest.mark.parametrize(("name", "course", "last_open", "first_done"), COURSES, ids=[row[0] for row in COURSES])
def test_the_newest_return_counts(
    name: str, course: list[tuple[int, bool]], last_open: float | None, first_done: float | None
) -> None:
    """A node is done since the first return after the newest that had it open; the order of the rows is no matter."""
    rows = [("p1", "equipment", month, is_done, "progress_text") for month, is_done in reversed(course)]
    tellings = pd.DataFrame(rows, columns=["project_id", "node", "month", "is_done", "field"])
    (found,) = latest_tellings(tellings).itertuples()
    answer = [None if pd.isna(each) else each for each in (found.last_open, found.first_done)]
    assert answer == [last_open, first_done]
    assert (found.told_month, found.told_by) == (first_done or last_open, "progress_text")


def test_projects_and_nodes_are_kept_apart() -> None:
    """What one project's return says is not another's."""
    reports = reports_of({"project_id": "p1", "stage": "signed"}, {"project_id": "p2", "stage": "in_production"})
    found = latest_tellings(tellings_of(reports)).set_index(["project_id", "node"])["first_done"].notna()
    assert found.groupby("project_id").sum().to_dict() == {"p1": 0, "p2": 5}


def test_no_returns_tell_nothing() -> None:
    """With the columns of the rest."""
    found = latest_tellings(tellings_of(reports_of()))
    assert found.empty
    assert list(found.columns) == ["project_id", "node", "last_open", "first_done", "told_month", "told_by"]


def test_every_stage_of_the_chain_tells_of_the_start() -> None:
    """A new stage must say what it tells; the side states tell nothing."""
    told = {code: not tellings_of(reports_of({"stage": code})).empty for code in STAGES}
    assert {code for code, is_told in told.items() if not is_told} == {"suspended", "cancelled"}


def test_months_are_numbered_alike() -> None:
    """Of a date and of a period; none of no date."""
    numbers = month_numbers(pd.Series(pd.to_datetime(["2024-08-31", None])))
    assert (numbers[0], pd.isna(numbers[1])) == (AUGUST, True)
    assert number_of("2024-08") == number_of(Period(2024, 8)) == AUGUST
