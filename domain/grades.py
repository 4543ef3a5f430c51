"""Grades (亮灯): what is behind, slightly behind, on track, or unknown. Missing is not zero, silent is not green."""

from __future__ import annotations

import pandas as pd

BEHIND, ATTENTION, SLIGHTLY, ON_TRACK, UNKNOWN = "behind", "attention", "slightly", "on_track", "unknown"

# Rule set of the zone (本区): progress gap in percentage points, delay in whole months.
BEHIND_GAP_POINTS = -10.0
BEHIND_MONTHS = 3


def grade_gap(gap_points: float | None) -> str:
    """Grade of a progress gap (done share minus time-proportional share, in percentage points).

    0 and more is on track, above -10 slightly behind, else behind: 银川 2025's first step, with the band between 0 and
    -10 that its text leaves open closed. Without a gap (no target, no plan, no return) unknown.
    """
    if gap_points is None or pd.isna(gap_points):
        return UNKNOWN
    if gap_points >= 0:
        return ON_TRACK
    return SLIGHTLY if gap_points > BEHIND_GAP_POINTS else BEHIND


def grade_gaps(gap_points: pd.Series) -> pd.Series:
    """Grades of many gaps, on the same index."""
    return gap_points.map(grade_gap).astype(object)


def grade_months_late(months: pd.Series) -> pd.Series:
    """Grades of milestones that are due and not done, by whole months since the month promised.

    From the third month on behind (银川 2025: three months due and not started is red), before that a matter of attention (关注).
    A missing number is unknown.
    """
    grades = pd.Series(ATTENTION, months.index, dtype=object)
    grades[months >= BEHIND_MONTHS] = BEHIND
    grades[months.isna()] = UNKNOWN
    return grades
