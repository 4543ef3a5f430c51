"""What the registry knows of the projects that a ledger's rows name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from frames import states
from ledger_frames import rows_of
from made_up_ledger import LIGHTS

from domain.issues import RESOLVING, Issue, IssueEvent, lives_of
from domain.ledgers.events import EVENTS
from domain.ledgers.joining import PROJECT_COLUMNS, join_projects, registered_ids

REGISTRY = states(project_id=["a", "b", "c", "d"], project_name=["金光（一期）项目", "天能项目", "林源项目", "林源 项目"])
NAMES = (
    ("the same but for brackets and spaces", "金光 (一期)项目", "a"),
    ("nothing near is taken", "天能二期项目", None),
    ("of two projects of one name none", "林源项目", None),
    ("nothing named", None, None),
)


@pytest.mark.parametrize(("name", "expected"), [each[1:] for each in NAMES], ids=[each[0] for each in NAMES])
def test_a_name_is_a_projects(name: str | None, expected: str | None) -> None:
    """Exactly after normalising, or nobody's."""
    assert registered_ids(pd.Series([name], dtype=object), REGISTRY).tolist() == [expected]


def test_rows_have_what_the_registry_knows() -> None:
    """Stage, start and blocker stand beside the row; 无 is no blocker; without a project they are missing."""
    known = states(project_id=["a", "b"], project_name=["甲", "乙"], stage=["building", "signed"], start_date=["2024-05-01", None],
                   issue_text=["供电未批", "无"])  # fmt: skip
    rows = rows_of(EVENTS, *({"event_name": "会", "event_project": name} for name in ("乙", "甲", None, "丙")))
    found = join_projects(EVENTS, rows, known)
    assert found["project_id"].tolist() == ["b", "a", None, None]
    assert [None if pd.isna(each) else each for each in found["project_stage"]] == ["signed", "building", None, None]
    assert found["project_start_date"].notna().tolist() == [False, True, False, False]
    assert found["project_issue"].tolist() == [None, "供电未批", None, None]
    assert found["event_project"].tolist() == rows["event_project"].tolist()


def issue(number: int, project_id: str) -> Issue:
    return Issue(f"i{number}", project_id, "binhai", date(2024, 8, 1), f"问题{number}", "other", "county")


def test_open_issues_of_the_register_stand_beside() -> None:
    """Those that are resolved do not."""
    resolved = IssueEvent("i2", RESOLVING, date(2024, 8, 5), note="已解决")
    lives = lives_of([issue(1, "a"), issue(2, "a"), issue(3, "a"), issue(4, "x")], [resolved], date(2024, 9, 1))
    found = join_projects(EVENTS, rows_of(EVENTS, {"event_name": "会", "event_project": "甲"}), states(project_id=["a"], project_name=["甲"]), lives)
    assert found["project_open_issues"].tolist() == ["问题1；问题3"]


def test_without_rows_or_projects_the_columns_stand() -> None:
    """An empty ledger, an empty registry."""
    assert set(PROJECT_COLUMNS) <= set(rows_of(EVENTS).columns)
    found = rows_of(EVENTS, {"event_name": "会", "event_project": "甲"})
    assert found[list(PROJECT_COLUMNS)].isna().all(axis=None)


def test_a_ledger_that_names_no_project_stays_as_it_is() -> None:
    """The very same frame."""
    frame = pd.DataFrame({"light_road": ["甲路"]})
    assert join_projects(LIGHTS, frame, REGISTRY) is frame
    assert replace(LIGHTS, fields=EVENTS.fields).project_field is EVENTS.project_field
