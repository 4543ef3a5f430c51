"""How each industrial project stands in a period, under a rule set: one word, one colour, and why (亮灯)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.delay import not_reported, plan_grades, plan_shares
from domain.grades import ATTENTION, BEHIND, ON_TRACK, SLIGHTLY, UNKNOWN, worst_grade
from domain.indicators import has_begun, has_come
from domain.periods import Period
from domain.rule_sets import RuleSet
from domain.standing_evidence import Evidence, gather_evidence
from domain.submissions import PROJECTS

CANCELLED, COMPLETED, EXCUSED, SUSPENDED, UNRECORDED = (
    "cancelled",
    "completed",
    "excused",
    "suspended",
    "suspended_unrecorded",
)
START_OVERDUE, COMPLETION_OVERDUE, STALLED, SILENT = "start_overdue", "completion_overdue", "stalled", "silent"
NOT_REPORTED, SLOW, NOT_DUE, NO_PLAN, TOO_EARLY = "not_reported", "slow", "not_due", "no_plan", "too_early"
BEHIND_PLAN, SLIGHTLY_BEHIND, GOING_ON = "behind_plan", "slightly", "on_track"
# What asks for action first, for lists.
STANDINGS = (
    START_OVERDUE,
    COMPLETION_OVERDUE,
    STALLED,
    UNRECORDED,
    SLOW,
    BEHIND_PLAN,
    SLIGHTLY_BEHIND,
    SILENT,
    NOT_REPORTED,
    NO_PLAN,
    SUSPENDED,
    EXCUSED,
    NOT_DUE,
    TOO_EARLY,
    GOING_ON,
    COMPLETED,
    CANCELLED,
)
# The order in which they are decided, each once.
DECIDED = (
    CANCELLED,
    COMPLETED,
    EXCUSED,
    SUSPENDED,
    UNRECORDED,
    START_OVERDUE,
    COMPLETION_OVERDUE,
    STALLED,
    SILENT,
    NOT_REPORTED,
    SLOW,
    NOT_DUE,
    NO_PLAN,
    TOO_EARLY,
    BEHIND_PLAN,
    SLIGHTLY_BEHIND,
    GOING_ON,
)
# Causes of 停滞, 未报 and 无计划, beside those of ``Suspension.lapse``.
UNCHANGED, LEFT_OUT, NO_RETURN, NO_AMOUNT = "unchanged", "left_out", "no_return", "no_amount"
NO_START_DATE, NO_YEARLY_PLAN = "no_start_date", "no_yearly_plan"
COLUMNS = (
    "project_id",
    "body",
    "standing",
    "grade",
    "cause",
    "gap_points",
    "ratio",
    "months",
    "returns",
    "since",
    "until",
    "node",
    "node_days",
)


def standings_of(evidence: Evidence, rules: RuleSet, period: Period) -> pd.DataFrame:
    """One row for each industrial project: ``COLUMNS``, in the order of the states.

    Of what holds, the first decides (2.4; the numbers are those of the rule set):

    ===  =====================  ==============================================================  ====================
     1   cancelled 终止         its stage                                                       none
     2   completed 已竣工       a completion by the period's end                                none
     3   excused 免考           a recorded decision covers the month                            none
     4   suspended 停工/缓建    the return says so, and a record of it holds                    none
     5   stalled 停滞           the return says so, the record lapsed (``Suspension.lapse``)    attention, or worse
     6   suspended_unrecorded   the return says so, nothing is recorded: to be asked            attention, or worse
     7   start_overdue 应开未开, completion_overdue 应竣未竣: due by either promise, not done   by months
     8   stalled 停滞           under way, words and investment unchanged for so many returns   attention, or worse
     9   silent 静默            left out or copied for so many returns                          unknown
    10   not_reported 未报      this return leaves it out, or there is none                     unknown
    11   slow 进展缓慢          yellow or red in so many returns, or a node missed for so long  attention, or worse
    12   not_due 未到期未开工   planned to start later                                          none
    13   no_plan 无计划         no planned start; or under construction, no plan of the year    unknown
    14   not_reported 未报      under construction, no amount invested is on record             unknown
    15   too_early 暂不亮灯     the rule set does not colour so early in the year               none
    16   behind_plan 未达序时, slightly 略欠, on_track 正常: progress against the yearly plan   by the rule set
    ===  =====================  ==============================================================  ====================

    "Or worse": that of its delay or of its progress where it is more severe. What is due stays due when a return leaves
    the project out: an omitted row turns no red into grey. None of 1 to 15 is ever on_track; none means not graded.

    Why: cause (of 5, 8, 10, 13, 14; of 4 the kind), gap_points (percentage points) and ratio of the yearly plan, months
    (whole, overdue, of 7), returns (in a row, of 8, 9, 11), since (the date promised, of the suspension, of the node; of
    3 the first month), until (resumption expected; of 3 the last month), node and node_days (of 11).
    """
    states = evidence.states[evidence.states["kind"] == PROJECTS].reset_index(drop=True)
    found = gather_evidence(states, evidence, rules, period)
    progress = plan_grades(states, period, rules)
    found["standing"] = _decide(found, states, progress, rules, period)
    found["grade"] = _graded(found, progress)
    return _why(found, states)[list(COLUMNS)]


def _decide(
    found: pd.DataFrame, states: pd.DataFrame, progress: pd.Series, rules: RuleSet, period: Period
) -> np.ndarray:
    """The standing of every row: the table of ``standings_of``, line by line."""
    is_building, is_told_suspended = found["is_building"], states["stage"] == "suspended"
    is_slow = (found["coloured_runs"] >= rules.slow_returns) | found["node"].notna()
    lines = (
        (states["stage"] == "cancelled", CANCELLED),
        (has_come(states, "completion_date", period), COMPLETED),
        (found["excused_since"].notna(), EXCUSED),
        (is_told_suspended & found["recorded"].notna() & found["lapse"].isna(), SUSPENDED),
        (is_told_suspended & found["recorded"].notna(), STALLED),
        (is_told_suspended, UNRECORDED),
        (found["milestone"] == "start", START_OVERDUE),
        (found["milestone"] == "completion", COMPLETION_OVERDUE),
        (is_building & (found["still_runs"] >= rules.stalled_returns), STALLED),
        (found["silent_runs"] >= rules.silent_returns, SILENT),
        (not_reported(states) | ~states["is_body_reported"], NOT_REPORTED),
        (is_slow, SLOW),
        (~has_begun(states, period) & states["planned_start_date"].notna(), NOT_DUE),
        (~is_building | ~(states["annual_plan_wan"] > 0), NO_PLAN),
        (plan_shares(states).isna(), NOT_REPORTED),
        (progress.isna(), TOO_EARLY),
        (progress.isin((ATTENTION, BEHIND)), BEHIND_PLAN),
        (progress == SLIGHTLY, SLIGHTLY_BEHIND),
        (progress == ON_TRACK, GOING_ON),
    )
    return np.select([mask for mask, _ in lines], [standing for _, standing in lines], NOT_REPORTED)


def _graded(found: pd.DataFrame, progress: pd.Series) -> pd.Series:
    """The grade of every standing, by the last column of the table."""
    own = worst_grade(found["late_grade"], progress)
    least = pd.Series(ATTENTION, found.index, dtype=object)
    grades = pd.Series(None, found.index, dtype=object)
    standing = found["standing"]
    grades = grades.mask(standing.isin((SILENT, NOT_REPORTED, NO_PLAN)), UNKNOWN)
    grades = grades.mask(standing.isin((STALLED, UNRECORDED, SLOW)), worst_grade(own, least))
    grades = grades.mask(standing.isin((START_OVERDUE, COMPLETION_OVERDUE)), found["late_grade"])
    grades = grades.mask(standing.isin((BEHIND_PLAN, SLIGHTLY_BEHIND, GOING_ON)), progress)
    return grades.astype(object).where(grades.notna(), None)


def _why(found: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Only what explains the standing is told beside it."""
    standing = found["standing"]
    is_told_suspended = states["stage"] == "suspended"
    is_overdue = standing.isin((START_OVERDUE, COMPLETION_OVERDUE))
    is_of_record = standing.isin((SUSPENDED, STALLED)) & is_told_suspended
    is_excused = standing == EXCUSED
    cause = pd.Series(None, found.index, dtype=object)
    cause = cause.mask(standing == SUSPENDED, found["recorded"])
    cause = cause.mask(standing == STALLED, found["lapse"].where(is_told_suspended, UNCHANGED))
    cause = cause.mask(standing == NO_PLAN, np.where(found["is_building"], NO_YEARLY_PLAN, NO_START_DATE))
    cause = cause.mask(standing == NOT_REPORTED, _cause_of_silence(states))
    returns = found["still_runs"].where(
        standing == STALLED, found["silent_runs"].where(standing == SILENT, found["coloured_runs"])
    )
    is_slow = standing == SLOW
    since = found["due"].where(is_overdue, found["suspended_since"].where(is_of_record))
    since = since.mask(is_excused, found["excused_since"]).mask(is_slow, found["node_since"])
    return found.assign(
        cause=cause,
        months=found["months"].where(is_overdue),
        returns=returns.where(standing.isin((SILENT, SLOW)) | ((standing == STALLED) & ~is_of_record)).astype(float),
        since=since,
        until=found["resumption"].where(is_of_record).mask(is_excused, found["excused_until"]),
        node=found["node"].where(is_slow, None),
        node_days=found["node_days"].where(is_slow),
    )


def _cause_of_silence(states: pd.DataFrame) -> pd.Series:
    kinds = np.select([~states["is_body_reported"], ~states["is_reported"]], [NO_RETURN, LEFT_OUT], NO_AMOUNT)
    return pd.Series(kinds, states.index, dtype=object)
