"""Grades: where one colour ends and the next begins."""

from __future__ import annotations

import pandas as pd
import pytest

from domain.grades import grade_gap, grade_gaps, grade_months_late

GAPS = [
    (25.0, "on_track"),
    (0.0, "on_track"),
    (-0.1, "slightly"),
    (-9.9, "slightly"),
    (-10.0, "behind"),
    (-60.0, "behind"),
    (float("nan"), "unknown"),
]
MONTHS = [(-1.0, "attention"), (0.0, "attention"), (2.0, "attention"), (3.0, "behind"), (20.0, "behind"), (float("nan"), "unknown")]


@pytest.mark.parametrize(("points", "grade"), GAPS)
def test_grade_of_a_gap(points: float, grade: str) -> None:
    """0 and more is on track, down to -10 slightly behind, from there behind; no gap is unknown."""
    assert grade_gap(points) == grade


def test_no_gap_is_unknown() -> None:
    """Silent is not green."""
    assert grade_gap(None) == "unknown"


def test_grades_of_many_gaps() -> None:
    """On the same index, and of none none."""
    points = pd.Series([gap for gap, _ in GAPS], index=range(10, 17))
    assert grade_gaps(points).to_dict() == dict(zip(range(10, 17), [grade for _, grade in GAPS], strict=True))
    assert grade_gaps(pd.Series([], dtype=float)).dtype == object


def test_grades_of_months_late() -> None:
    """From the third month after the month promised on, behind."""
    months = pd.Series([month for month, _ in MONTHS], index=range(5, 11))
    assert list(grade_months_late(months)) == [grade for _, grade in MONTHS]
    assert list(grade_months_late(months).index) == list(range(5, 11))
