"""Grades (亮灯): what is behind, slightly behind, on track, or unknown. Missing is not zero, silent is not green."""

from __future__ import annotations

import pandas as pd

from domain.built_in_rules import ZONE_RULES
from domain.rule_sets import RuleSet

BEHIND, ATTENTION, SLIGHTLY, ON_TRACK, UNKNOWN = "behind", "attention", "slightly", "on_track", "unknown"
SEVERITY = {BEHIND: 0, ATTENTION: 1, SLIGHTLY: 2, UNKNOWN: 3, ON_TRACK: 4}


def grade_measured(values: pd.Series, rules: RuleSet = ZONE_RULES) -> pd.Series:
    """Grades of progress as the rule set measures it: gaps in percentage points, or ratios to the share due.

    On track down to the first limit of the rule set, then slightly behind, attention and behind, as far as it knows
    them. What cannot be measured (no target, no plan, no return) is unknown.
    """
    grades = pd.Series(ON_TRACK, values.index, dtype=object)
    for grade, limit in ((SLIGHTLY, rules.slightly), (ATTENTION, rules.attention), (BEHIND, rules.behind)):
        if limit is not None:
            grades[limit.is_reached(values)] = grade
    grades[values.isna()] = UNKNOWN
    return grades


def grade_value(value: float | None, rules: RuleSet = ZONE_RULES) -> str:
    """Grade of one value of ``grade_measured``."""
    return str(grade_measured(pd.Series([value], dtype=float), rules).iat[0])


def grade_months_late(months: pd.Series, behind_months: int = ZONE_RULES.start_months) -> pd.Series:
    """Grades of milestones that are due and not done, by whole months since the month promised.

    From so many months on behind (银川 2025: three months due and not started is red), before that a matter of attention
    (关注). A missing number is unknown.
    """
    grades = pd.Series(ATTENTION, months.index, dtype=object)
    grades[months >= behind_months] = BEHIND
    grades[months.isna()] = UNKNOWN
    return grades


def worst_grade(*grades: pd.Series) -> pd.Series:
    """Row by row the most severe of several grades; None where none of them grades the row."""
    found = grades[0].astype(object)
    for other in grades[1:]:
        is_worse = other.notna() & (found.isna() | (other.map(SEVERITY) < found.map(SEVERITY)))
        found = other.where(is_worse, found)
    return found.where(found.notna(), None)
