"""The rectification ledger: three accounts side by side, the state of a problem, what may be recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rectification_oracle import strokes

from domain.periods import Period
from domain.rectification import (
    Problem,
    Rectification,
    RectificationBulletin,
    bulletin_in_force,
    count_ledger,
    fault_of_bulletin,
    fault_of_problem,
    fault_of_rectification,
    id_of_words,
    problem_lives,
)
from domain.tasks import AWAITING, CANCELLED, DONE, GOING_ON, OVERDUE, STATES, Task, TaskDetail, TaskLife

DAY, DECEMBER = date(2024, 12, 31), Period(2024, 12)
PLAN = Rectification("r1", "整改台账", 31, 125, date(2024, 12, 26), "整改情况报告")
PUBLISHED = RectificationBulletin("r1", DECEMBER, 23, 5, date(2024, 12, 26), "整改情况报告")
PROBLEM = Problem("p1", "r1", "1", "示例问题")


def measure(task_id: str, state: str, problem: str = "p1", *, is_example: bool = False) -> TaskLife:
    task = Task(task_id, "rectification", "", f"措施{task_id}", "经发局", DAY, date(2024, 9, 1))
    detail = TaskDetail(task_id, problem_id=problem, is_example=is_example)
    return TaskLife(task, DAY, state, "经发局", "", DAY, detail=detail)


def counted(lives: list[TaskLife], bulletins: list[RectificationBulletin], period: Period = DECEMBER, **more: int):
    return count_ledger(replace(PLAN, **more), bulletins, [PROBLEM, Problem("x", "r2", "1", "别处")], lives, period)


def test_the_published_ledger_as_it_is() -> None:
    """31 planned, 28 published: 3 of which nothing is said; 125 measures of which 2 are on record here, both made up."""
    lives = [measure("t1", DONE, is_example=True), measure("t2", OVERDUE, is_example=True), measure("t3", CANCELLED)]
    found = counted(lives, [PUBLISHED])
    assert (found.bulletin, found.problems_unpublished, PUBLISHED.published) == (PUBLISHED, 3, 28)
    assert (found.measures.given, found.measures_unrecorded, found.examples) == (2, 123, 2)
    assert (len(found.problems), found.problems_unrecorded, found.problems[0].done) == (1, 30, 1)


@pytest.mark.parametrize(
    ("bulletins", "period", "unpublished"),
    [
        ([], DECEMBER, None),  # nothing published is not nothing done
        ([PUBLISHED], Period(2024, 11), None),
        ([PUBLISHED], Period(2025, 3), 3),  # an old bulletin holds until there is another
        ([PUBLISHED, replace(PUBLISHED, period=Period(2025, 1), done=30, going_on=0)], Period(2025, 1), 1),
        ([PUBLISHED, replace(PUBLISHED, period=Period(2025, 1), done=30, going_on=0)], DECEMBER, 3),
        ([PUBLISHED, replace(PUBLISHED, going_on=8)], DECEMBER, 0),  # of one month the later record
        ([replace(PUBLISHED, going_on=9)], DECEMBER, -1),  # more than planned is shown as that
        ([replace(PUBLISHED, rectification_id="r2")], DECEMBER, None),
    ],
)
def test_which_bulletin_counts(bulletins: list, period: Period, unpublished: int | None) -> None:
    """The newest up to the month, of the ledger itself; the difference to the plan is not smoothed."""
    found = counted([], bulletins, period)
    assert found.problems_unpublished == unpublished
    assert (found.bulletin is None) == (bulletin_in_force(bulletins, "r1", period) is None) == (unpublished is None)
    assert (found.measures.given, found.measures_unrecorded) == (0, 125)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ([], "untold"),
        ([CANCELLED], "untold"),
        ([DONE], DONE),
        ([DONE, CANCELLED], DONE),
        ([DONE, AWAITING], AWAITING),
        ([DONE, AWAITING, GOING_ON], GOING_ON),
        ([GOING_ON, OVERDUE], OVERDUE),
    ],
)
def test_how_a_problem_stands(states: list[str], state: str) -> None:
    """As its least finished measure; without one nothing is known of it."""
    (found,) = problem_lives([PROBLEM], [measure(f"t{at}", each) for at, each in enumerate(states)])
    assert found.state == state


@given(st.lists(st.tuples(st.sampled_from(["p1", "p2", "p3", ""]), st.sampled_from(STATES)), max_size=12))
def test_problems_agree_with_the_strokes(made: list[tuple[str, str]]) -> None:
    """States and numbers of the measures, counted by hand."""
    problems = [replace(PROBLEM, problem_id=each) for each in ("p1", "p2", "p3")]
    lives = [measure(f"t{at}", state, problem) for at, (problem, state) in enumerate(made)]
    found = {
        each.problem.problem_id: (each.state, len(each.measures), each.done) for each in problem_lives(problems, lives)
    }
    assert found == strokes(["p1", "p2", "p3"], made)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, None),
        ({"name": " "}, "no_name"),
        ({"source": ""}, "no_source"),
        ({"measure_count": -1}, "below_nought"),
        ({"on_date": date(2025, 1, 2)}, "in_future"),
        ({"rectification_id": "r0"}, "known_already"),
    ],
)
def test_what_a_ledger_needs(wrong: dict, fault: str | None) -> None:
    """Name, source, figures that are counts, a day that has come, and not twice."""
    assert (
        fault_of_rectification(replace(PLAN, **wrong), [replace(PLAN, rectification_id="r0")], date(2025, 1, 1))
        == fault
    )


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, None),
        ({"text": " "}, "no_text"),
        ({"rectification_id": "r9"}, "unknown_ledger"),
        ({"problem_id": "p1"}, "known_already"),
        ({"serial": "1"}, "known_already"),
    ],
)
def test_what_a_problem_needs(wrong: dict, fault: str | None) -> None:
    """Words, its ledger, a number of its own in it."""
    assert fault_of_problem(replace(Problem("p2", "r1", "2", "另一个"), **wrong), [PROBLEM], [PLAN]) == fault


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, None),
        ({"rectification_id": "r9"}, "unknown_ledger"),
        ({"source": " "}, "no_source"),
        ({"done": -1}, "below_nought"),
        ({"on_date": date(2025, 1, 2)}, "in_future"),
    ],
)
def test_what_a_bulletin_needs(wrong: dict, fault: str | None) -> None:
    """A ledger, where it was published, figures that are counts, a day that has come."""
    assert fault_of_bulletin(replace(PUBLISHED, **wrong), [PLAN], date(2025, 1, 1)) == fault


def test_an_id_is_made_of_words() -> None:
    """The same words the same id, its letter before it; words do not run into each other."""
    assert id_of_words("r", "整改", "1") == id_of_words("r", "整改", "1")
    assert len({id_of_words("r", "a", "b"), id_of_words("r", "ab", ""), id_of_words("p", "a", "b")}) == 3
