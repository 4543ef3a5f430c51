"""Site visits: what was found, what became of it, and what blocks the project, worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from frames import states_of
from ledger_frames import rows_of

from domain.issues import Issue, lives_of
from domain.ledgers.joining import join_projects
from domain.ledgers.visits import VISITS, newest_visits, visit_figures
from domain.periods import Period

DECEMBER = Period(2024, 12)


def visit(firm: str, day: str, **more: Any) -> dict[str, Any]:
    return {"visit_firm": firm, "visit_date": day, "visit_found": "缺电"} | more


# what it is, the visits, then: visits, firms, something found, solved, going on, tied to a project
FIGURES = (
    ("no visit says nothing", (), [None] * 6),
    ("a firm visited twice is one firm",
     (visit("甲", "2024-05-01", visit_state="going"), visit("甲", "2024-08-01", visit_state="solved")), [2, 1, 2, 1, 1, 0]),
    ("nothing found is not something found",
     (visit("甲", "2024-05-01", visit_state="none_found"), visit("乙", "2024-05-01", visit_state="going")), [2, 2, 1, 0, 1, 0]),
    ("a visit of which nobody says is in neither",
     (visit("甲", "2024-05-01"), visit("乙", "2024-05-01", visit_state="solved")), [2, 2, 1, 1, 0, 0]),
    ("nobody says of any", (visit("甲", "2024-05-01"),), [1, 1, None, None, None, 0]),
    ("tied where the registry has the project",
     (visit("甲", "2024-05-01", visit_project="在库"), visit("乙", "2024-05-01", visit_project="不在库")), [2, 2, None, None, None, 1]),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in FIGURES], ids=[each[0] for each in FIGURES])
def test_figures(rows: tuple[dict[str, Any], ...], expected: list[int | None]) -> None:
    """Missing is not zero."""
    frame = rows_of(VISITS, *rows, projects=({"project_id": "p", "project_name": "在库"},))
    assert [each.value for each in visit_figures(frame, DECEMBER)] == expected


def test_visits_with_what_blocks_their_projects() -> None:
    """The newest first; the register's open issue goes before what the month's return says, and 无 is nothing."""
    known = [
        {"project_id": "a", "project_name": "甲项目", "stage": "building", "issue_text": "供热未到位"},
        {"project_id": "b", "project_name": "乙项目", "stage": "signed", "issue_text": "供电未批"},
        {"project_id": "c", "project_name": "丙项目", "stage": "signed", "issue_text": "无"},
    ]
    days = {"甲项目": "2024-03-01", "乙项目": "2024-05-01", "丙项目": "2024-04-01", None: "2024-06-01"}
    rows = rows_of(VISITS, *(visit("企业", day, visit_project=name) for name, day in days.items()))
    lives = lives_of([Issue("i", "a", "binhai", date(2024, 8, 1), "管网缺口", "other", "county")], [], date(2024, 12, 31))
    found = newest_visits(join_projects(VISITS, rows, states_of(known), lives), DECEMBER)
    assert [None if pd.isna(each) else each for each in found["visit_project"]] == [None, "乙项目", "丙项目", "甲项目"]
    assert [None if pd.isna(each) else each for each in found["blockers"]] == [None, "供电未批", None, "管网缺口"]
    assert [None if pd.isna(each) else each for each in found["project_stage"]] == [None, "signed", "signed", "building"]
