"""Grades: where one colour ends and the next begins, under each rule set."""

from __future__ import annotations

import pandas as pd
import pytest

from domain.built_in_rules import BUILT_IN, ZONE_RULES
from domain.grades import grade_measured, grade_months_late, grade_value, worst_grade

# Rule set, gap in points or ratio to the time share, grade.
PROGRESS = [
    ("zone@1", 25.0, "on_track"),
    ("zone@1", 0.0, "on_track"),
    ("zone@1", -0.1, "slightly"),
    ("zone@1", -9.9, "slightly"),
    ("zone@1", -10.0, "behind"),
    ("zone@1", -60.0, "behind"),
    ("zone@2", 0.0, "on_track"),
    ("zone@2", -0.1, "slightly"),
    ("zone@2", -9.9, "slightly"),
    ("zone@2", -10.0, "attention"),
    ("zone@2", -30.0, "attention"),
    ("zone@2", -30.1, "behind"),
    ("yinchuan@1", 0.0, "on_track"),
    ("yinchuan@1", -9.9, "slightly"),
    ("yinchuan@1", -10.0, "attention"),
    ("yinchuan@1", -30.0, "attention"),
    ("yinchuan@1", -30.1, "behind"),
    ("wuhan@1", 1.0, "on_track"),
    ("wuhan@1", 0.99, "slightly"),
    ("wuhan@1", 0.8, "slightly"),
    ("wuhan@1", 0.79, "attention"),
    ("wuhan@1", 0.6, "attention"),
    ("wuhan@1", 0.59, "behind"),
    ("sanya@1", 1.2, "on_track"),
    ("sanya@1", 1.0, "on_track"),
    ("sanya@1", 0.99, "attention"),
    ("sanya@1", 0.5, "attention"),
    ("sanya@1", 0.49, "behind"),
    *((key, float("nan"), "unknown") for key in BUILT_IN),
]
# Whole months since the month promised, behind from so many months on, grade.
MONTHS = [
    (-1.0, 3, "attention"),
    (0.0, 3, "attention"),
    (2.0, 3, "attention"),
    (3.0, 3, "behind"),
    (20.0, 3, "behind"),
    (1.0, 2, "attention"),
    (2.0, 2, "behind"),
    (float("nan"), 3, "unknown"),
]


@pytest.mark.parametrize(("key", "value", "grade"), PROGRESS)
def test_grade_of_progress(key: str, value: float, grade: str) -> None:
    """Each boundary of each rule set, on both sides."""
    assert grade_value(value, BUILT_IN[key]) == grade


def test_no_value_is_unknown() -> None:
    """Silent is not green."""
    assert grade_value(None) == "unknown"


def test_grades_of_many_values() -> None:
    """On the same index, and of none none."""
    cases = [(value, grade) for key, value, grade in PROGRESS if key == ZONE_RULES.key]
    values = pd.Series([value for value, _ in cases], index=range(10, 10 + len(cases)))
    assert grade_measured(values).to_dict() == dict(zip(values.index, [grade for _, grade in cases], strict=True))
    assert grade_measured(pd.Series([], dtype=float)).dtype == object


@pytest.mark.parametrize(("late", "limit", "grade"), MONTHS)
def test_grades_of_months_late(late: float, limit: int, grade: str) -> None:
    """From the month that the rule set names on, behind."""
    months = pd.Series([late], index=[5])
    assert grade_months_late(months, limit).to_dict() == {5: grade}


def test_three_months_are_the_zones_rule() -> None:
    """Without a rule set the zone's number of months decides."""
    assert list(grade_months_late(pd.Series([2.0, 3.0]))) == ["attention", "behind"]


def test_the_worst_of_several_grades() -> None:
    """Red before yellow before slightly before unknown before green; what is graded before what is not."""
    order = ["behind", "attention", "slightly", "unknown", "on_track", None]
    for number, worst in enumerate(order):
        others = order[number:]
        both = worst_grade(pd.Series(others, dtype=object), pd.Series([worst] * len(others), dtype=object))
        assert list(both) == [worst] * len(others)
        again = worst_grade(pd.Series([worst] * len(others), dtype=object), pd.Series(others, dtype=object))
        assert list(again) == [worst] * len(others)
