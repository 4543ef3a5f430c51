"""The frames of these tests are those of the database, and no rule stumbles over one without a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from frames import states

from domain.changes import moved_back, moved_promises
from domain.delay import delayed_projects, not_reported, plan_gaps, project_grades
from domain.indicators import INDICATORS
from domain.periods import Period
from domain.progress import course_of, measure_progress
from domain.promises import promises_due
from domain.reasons import has_issue, reasons_of
from domain.scope import OFFICE, Record
from storage.engine import open_database
from storage.queries import project_states

AUGUST = Period(2024, 8)
RULES: dict[str, Callable[[pd.DataFrame], object]] = {
    "delayed_projects": lambda frame: delayed_projects(frame, AUGUST),
    "project_grades": lambda frame: project_grades(frame, delayed_projects(frame, AUGUST), AUGUST),
    "plan_gaps": lambda frame: plan_gaps(frame, AUGUST),
    "not_reported": not_reported,
    "promises_due": lambda frame: promises_due(frame, AUGUST),
    "moved_promises": lambda frame: moved_promises(frame, frame),
    "moved_back": lambda frame: moved_back(frame, frame),
    "has_issue": lambda frame: has_issue(frame["issue_text"]),
    "reasons_of": lambda frame: reasons_of(frame["issue_text"]),
    **{code: lambda frame, each=each: each.members(frame, AUGUST) for code, each in INDICATORS.items()},
}


@pytest.fixture(scope="module")
def of_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pd.DataFrame]:
    db = open_database(tmp_path_factory.mktemp("empty") / "monitor.duckdb")
    yield project_states(db, OFFICE, Record(AUGUST))
    db.close()


def test_the_frames_have_the_columns_of_the_database(of_database: pd.DataFrame) -> None:
    """Same names, order and kinds, with projects and without."""
    expected = of_database.dtypes.to_dict()
    assert states().dtypes.to_dict() == expected
    assert states(project_name=["风电", "储能"]).dtypes.to_dict() == expected


@pytest.mark.parametrize("rule", RULES)
def test_an_empty_database_gives_empty_answers(rule: str, of_database: pd.DataFrame) -> None:
    """No project at all: each rule answers, with nothing."""
    assert len(RULES[rule](of_database)) == 0


@pytest.mark.parametrize("rule", RULES)
def test_a_project_of_which_nothing_is_known_is_in_no_list(rule: str) -> None:
    """Columns of nothing but gaps: no date, no amount, no text, and no figure made of them."""
    answer = RULES[rule](states(project_name=["甲", "乙"], project_id=["a", "b"]))
    if isinstance(answer, pd.Series):
        assert not answer.map(lambda value: value is not None and value == value and value is not False).any()
    elif rule in ("investment_ytd_wan", "infrastructure_investment_ytd_wan"):
        assert answer["investment_ytd_wan"].isna().all()
    else:
        assert len(answer) == 0


def test_figures_of_an_empty_database() -> None:
    """Counts and sums are zero, and as progress they are unknown rather than zero."""
    assert {each.value(states(), AUGUST) for each in INDICATORS.values()} == {0.0}
    progress = measure_progress(states(), {("signed", "zone"): 60.0}, AUGUST, [])
    assert {figure.done for figure in progress.values()} == {None}
    assert {figure.grade for figure in progress.values()} == {"unknown"}
    assert course_of(INDICATORS["signed_count"], {"2024-08": states()}, "zone") == [(8, None)]
