"""Late steps as issues: proposed once, confirmed by a person, and told when they are granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from frames import states
from node_frames import plan_of, reports_of
from permit_frames import permit_words_of

from domain.issue_mentions import confirm, reject
from domain.issues import FROM_PERMITS, IssueLife, life_of
from domain.node_plans import compare_nodes
from domain.periods import Period
from domain.permit_issues import late_text, propose_late_steps, step_echoes
from domain.permit_steps import PERMIT_STEP
from domain.permits import permit_matrix

NOVEMBER, DECEMBER = Period(2024, 11), Period(2024, 12)


def matrix_of(*words: dict[str, Any], period: Period = NOVEMBER, count: int = 1) -> pd.DataFrame:
    project = states(project_id=[f"p{number}" for number in range(1, count + 1)], stage="preparing")
    return permit_matrix(
        permit_words_of(*words), project, compare_nodes(plan_of(), reports_of(), project, period), period
    )


LATE = {"due_date": "2024-09-30", "cell": "H5"}


def confirmed(*words: dict[str, Any]) -> IssueLife:
    (found,) = propose_late_steps(matrix_of(*words), [], ["p1"], NOVEMBER)
    issue, events = confirm(found, found.newest.reason, found.level)
    return life_of(issue, events, NOVEMBER.last_day)


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("construction_permit", "施工许可证应于2024-09-30前取得，逾期62天"),
        ("environment", "环评批复应于2024-09-30前取得，逾期62天"),
        ("land_contract", "土地出让合同（不动产权证）应于2024-09-30前取得，逾期62天"),
        ("tender", "招投标应于2024-09-30前办结，逾期62天"),
    ],
)
def test_the_words_of_a_late_step(step: str, text: str) -> None:
    """What is held is obtained, anything else finished."""
    assert late_text(PERMIT_STEP[step], "2024-09-30", 62) == text


def test_a_late_step_is_proposed() -> None:
    """With the step's reason and level, from the day on which it was due, at the cell that gave the date."""
    (found,) = propose_late_steps(matrix_of(LATE), [], ["p1"], NOVEMBER)
    assert (found.newest.text, found.newest.reason, found.level, found.opened_on) == (
        "施工许可证应于2024-09-30前取得，逾期61天", "permits", "county", date(2024, 9, 30),
    )  # fmt: skip
    issue, events = confirm(found, "permits", "county")
    assert (issue.source, issue.submission_id, issue.sheet, issue.cell, events) == (
        FROM_PERMITS,
        "s1",
        "手续",
        "H5",
        [],
    )
    assert life_of(issue, [], NOVEMBER.last_day).days_in_hand == 61


def test_a_date_given_by_hand_has_no_cell() -> None:
    """The issue says that a late step brought it in."""
    hand = {"due_date": "2024-09-30", "source": "hand", "submission_id": "", "sheet": "", "cell": ""}
    assert (confirmed(hand).issue.submission_id, confirmed(hand).issue.cell) == ("", "")


@pytest.mark.parametrize(
    "words", [[{}], [{"state": "granted", "due_date": "2024-09-30"}], [{"due_date": "2024-12-15"}], []]
)
def test_what_is_not_late_is_not_proposed(words: list[dict[str, Any]]) -> None:
    """Neither what waits without a date, nor what is granted, due soon or not told."""
    assert propose_late_steps(matrix_of(*words), [], ["p1"], NOVEMBER) == []


def test_the_longest_late_comes_first_and_unknown_projects_are_left_out() -> None:
    """An issue is recorded of a project on record only."""
    words = [
        LATE, {"due_date": "2024-06-30", "step": "energy"}, {**LATE, "project_id": "p2"},
        {**LATE, "project_id": "p9", "project_name": "无此项目"},
    ]  # fmt: skip
    found = propose_late_steps(matrix_of(*words, count=2), [], ["p1", "p2"], NOVEMBER)
    assert [(each.newest.project_id, each.newest.reason) for each in found] == [
        ("p1", "environment"), ("p1", "permits"), ("p2", "permits"),
    ]  # fmt: skip


def test_what_was_confirmed_or_dismissed_is_not_proposed_again() -> None:
    """However many days later; another step of the project is."""
    life = confirmed(LATE)
    later = matrix_of(LATE, {**LATE, "step": "filing"}, period=DECEMBER)
    (other,) = propose_late_steps(later, [life.issue.issue_id], ["p1"], DECEMBER)
    assert other.newest.text.startswith("立项备案")
    dismissed, events = reject(other, "不属实", DECEMBER.last_day)
    assert [event.kind for event in events] == ["dismissed"]
    assert propose_late_steps(later, [life.issue.issue_id, dismissed.issue_id], ["p1"], DECEMBER) == []


# name, words after the confirmation, what the issue's card says
ECHOES = [
    ("still late", [], "step_late"),
    ("granted", [{"state": "granted"}], "step_settled"),
    ("not needed", [{"state": "not_needed"}], "step_settled"),
]


@pytest.mark.parametrize(("name", "words", "echo"), ECHOES, ids=[row[0] for row in ECHOES])
def test_what_became_of_the_step_is_told(name: str, words: list[dict[str, Any]], echo: str) -> None:
    """And the issue stays open until a person closes it."""
    life = confirmed(LATE)
    matrix = matrix_of(LATE, *words, period=DECEMBER)
    assert step_echoes([life], matrix)[life.issue.issue_id].state == echo
    assert life.is_open


def test_a_step_that_is_no_longer_late_or_no_longer_there() -> None:
    """A ledger that was withdrawn leaves the step untold; a finished project leaves the matrix."""
    life = confirmed(LATE)
    assert step_echoes([life], matrix_of())[life.issue.issue_id].state == "step_open"
    assert step_echoes([life], matrix_of().iloc[:0])[life.issue.issue_id].state == "step_gone"


def test_issues_of_returns_have_no_step() -> None:
    """Their echo is that of the returns."""
    life = confirmed(LATE)
    other = life_of(replace(life.issue, source="return"), [], NOVEMBER.last_day)
    assert step_echoes([other], matrix_of(LATE)) == {}
