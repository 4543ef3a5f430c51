"""When a question of cross-examination (文数互证) is asked: one mask for each rule, over ``examined_rows``.

A question is asked of the record as it stands, across fields and months; what one cell or one return has wrong by itself
is the importer's to find. Where the two ask the same of a row, the rule is ``domain.row_rules``'s for both.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from domain.node_words import PERMITS as PERMIT_WORDS
from domain.row_rules import is_above, is_little_of, is_order_broken
from domain.stages import COMPLETED_STAGES, CONSTRUCTION_STAGES, PHASES, SIGNED_STAGES

Mask = Callable[[pd.DataFrame], pd.Series]
BEFORE_START = (*PHASES[0], *SIGNED_STAGES)

# 2.2, 渭南 [S51m]: 15 % of the total half a year after the start, one year from signing, three months without money.
LITTLE_RATE = 0.15
LITTLE_MONTHS = 6
SIGNED_MONTHS = 12
IDLE_MONTHS = 3  # as many as ``gain_wan`` spans
# 2.4: over 120 % of the year's plan asks for confirmation.
PLAN_TIMES = 1.2
# 2.2, 银川 [S42m]: more than 30 percentage points is the step to red.
RATE_GAP = 0.30
# What a month's work must have cost, of the total, before words that stay the same are asked about.
SEEN_RATE = 0.01
# Words round to whole per cents.
STATED_GAP = 0.0101


def _is(*stages: str) -> Mask:
    return lambda rows: rows["stage"].isin(stages)


is_building, is_completed, is_waiting = _is(*CONSTRUCTION_STAGES), _is(*COMPLETED_STAGES), _is(*BEFORE_START)


def _has_come(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[f"{name}_first"] <= rows["period_end"]


def _has_begun(rows: pd.DataFrame) -> pd.Series:
    return _has_come(rows, "start_date") | _has_come(rows, "completion_date")


def _is_on_site(rows: pd.DataFrame) -> pd.Series:
    """Under construction by its stage, and not completed by its dates."""
    return is_building(rows) & ~_has_come(rows, "completion_date")


def _is_longer_ago(rows: pd.DataFrame, name: str, months: int) -> pd.Series:
    """More months than so many have passed by the period's end since the last day that a date can mean."""
    return rows[f"{name}_last"] + pd.DateOffset(months=months) < rows["period_end"]


def text_completed(rows: pd.DataFrame) -> pd.Series:
    """The words say completed; neither stage nor date does."""
    told_otherwise = is_completed(rows) | rows["completion_date"].notna() | (rows["stage"] == "cancelled")
    return rows["says_completed"] & ~told_otherwise


def text_not_started(rows: pd.DataFrame) -> pd.Series:
    """The words say not begun; the stage or the date of start says begun."""
    return rows["says_not_started"] & (is_building(rows) | is_completed(rows) | _has_begun(rows))


def text_started(rows: pd.DataFrame) -> pd.Series:
    """The words speak of work on site; the stage is one before the start, and there is no date of it."""
    return rows["says_started"] & is_waiting(rows) & rows["start_date"].isna() & rows["completion_date"].isna()


def text_stopped(rows: pd.DataFrame) -> pd.Series:
    """The words say stopped; the stage is one of construction. 2.4: 停工 only by reported stage with its reason."""
    return rows["says_stopped"] & _is_on_site(rows)


def text_rate(rows: pd.DataFrame) -> pd.Series:
    """The share of work in the words differs from the one in its column of the same return."""
    return (rows["stated_rate"] - rows["progress_rate"]).abs() > STATED_GAP


def text_amount(rows: pd.DataFrame) -> pd.Series:
    """The investment in the words is none of the amounts in the columns of the same return."""
    return rows["is_amount_odd"].astype(bool)


def stage_behind_completion(rows: pd.DataFrame) -> pd.Series:
    """A date of completion that has come; the stage is an earlier one."""
    return _has_come(rows, "completion_date") & (is_building(rows) | is_waiting(rows))


def stage_behind_start(rows: pd.DataFrame) -> pd.Series:
    """A date of start that has come; the stage is one before it."""
    return _has_come(rows, "start_date") & is_waiting(rows) & ~_has_come(rows, "completion_date")


def completed_before_start(rows: pd.DataFrame) -> pd.Series:
    """Completed, at the latest, before the first day on which it can have started."""
    return is_order_broken(rows["start_date_first"], rows["completion_date_last"])


def plan_before_start(rows: pd.DataFrame) -> pd.Series:
    """Under construction by a plan that had it completed before it started: the plan was never renewed."""
    return is_order_broken(rows["start_date_first"], rows["planned_completion_date_last"]) & _is_on_site(rows)


def plan_before_signing(rows: pd.DataFrame) -> pd.Series:
    """Not begun, with a planned start that lies before the day of signing."""
    return (
        is_order_broken(rows["signed_date_first"], rows["planned_start_date_last"])
        & is_waiting(rows)
        & ~_has_begun(rows)
    )


def above_total(rows: pd.DataFrame) -> pd.Series:
    """More invested than the project costs."""
    return is_above(rows["cumulative_wan"], rows["total_investment_wan"])


def fallen(rows: pd.DataFrame) -> pd.Series:
    """Less invested since the start than an earlier return had; asked until it is reached again."""
    return is_above(rows["before_wan"], rows["cumulative_wan"])


def completed_with_little(rows: pd.DataFrame) -> pd.Series:
    """Completed with less than 55 % of the total invested."""
    return is_completed(rows) & is_little_of(rows["cumulative_wan"], rows["total_investment_wan"])


def above_plan(rows: pd.DataFrame) -> pd.Series:
    """More than 120 % of the year's plan invested this year; a plan of zero is none."""
    plan = rows["annual_plan_wan"].where(rows["annual_plan_wan"] > 0)
    return rows["investment_ytd_wan"] > plan * PLAN_TIMES


def money_against_progress(rows: pd.DataFrame) -> pd.Series:
    """Share of the total invested and share of the work done lie more than 30 points apart while building."""
    return ((rows["invested_rate"] - rows["progress_rate"]).abs() > RATE_GAP) & _is_on_site(rows)


def money_without_words(rows: pd.DataFrame) -> pd.Series:
    """More than 1 % of the total invested in the month under last month's words: so much work can be seen on site.

    Under construction only, as copies are counted everywhere.
    """
    is_seen = rows["step_wan"] > rows["total_investment_wan"] * SEEN_RATE
    return rows["is_money_moved"] & is_seen & _is_on_site(rows)


def no_money(rows: pd.DataFrame) -> pd.Series:
    """Started, and nothing invested in three returns in a row, with no issue named that would say why."""
    had_started = _is_longer_ago(rows, "start_date", IDLE_MONTHS)
    return (
        (rows["gain_wan"].abs() <= 0.5)
        & had_started
        & _is_on_site(rows)
        & ~rows["has_issue"]
        & (rows["invested_rate"] < 1)
    )


def little_money(rows: pd.DataFrame) -> pd.Series:
    """Started more than half a year ago with less than 15 % invested, with no issue named that would say why."""
    is_little = rows["invested_rate"] < LITTLE_RATE
    return is_little & _is_longer_ago(rows, "start_date", LITTLE_MONTHS) & _is_on_site(rows) & ~rows["has_issue"]


def money_before_start(rows: pd.DataFrame) -> pd.Series:
    """Not begun by stage and date, with as much invested as a project has half a year after its start (15 %)."""
    is_much = (rows["invested_rate"] >= LITTLE_RATE) & ~above_total(rows)  # that is asked as a slip of its own
    return is_much & is_waiting(rows) & ~_has_begun(rows)


def year_above_whole(rows: pd.DataFrame) -> pd.Series:
    """More invested this year than since the start."""
    return is_above(rows["investment_ytd_wan"], rows["investment_cum_wan"])


def _says_none_since(rows: pd.DataFrame, name: str) -> pd.Series:
    """The return of a later month than the one planned says that there is no issue; an empty cell says nothing."""
    return rows["says_no_issue"] & (rows[f"{name}_last"] < pd.to_datetime(rows["issue_in"], format="%Y-%m"))


def start_overdue_none(rows: pd.DataFrame) -> pd.Series:
    """The planned start has passed, nothing has begun, and the return says that there is no issue."""
    return is_waiting(rows) & ~_has_begun(rows) & _says_none_since(rows, "planned_start_date")


def completion_overdue_none(rows: pd.DataFrame) -> pd.Series:
    """The planned completion has passed, it is being built, and the return says that there is no issue."""
    return _is_on_site(rows) & _says_none_since(rows, "planned_completion_date")


def signed_long_ago(rows: pd.DataFrame) -> pd.Series:
    """Signed more than a year ago and not begun, with no issue named that would say why; asked once for a project."""
    is_long = _is_longer_ago(rows, "signed_date", SIGNED_MONTHS) & ~rows["has_issue"]
    return is_long & is_waiting(rows) & ~_has_begun(rows) & ~start_overdue_none(rows)


def permit_missing(rows: pd.DataFrame) -> pd.Series:
    """Begun by stage or date; the text on permits says that the construction permit is not granted."""
    begun = is_building(rows) | is_completed(rows) | _has_begun(rows)
    return begun & rows["construction_permit_granted"].isin([False])


def issue_of_granted(rows: pd.DataFrame) -> pd.Series:
    """The issue names a permit that the text on permits has as granted."""
    found = pd.Series(False, rows.index)
    for permit, words in PERMIT_WORDS.items():
        is_named = rows["issue"].where(rows["has_issue"]).str.contains(words, na=False)
        found |= is_named & rows[f"{permit}_granted"].isin([True])
    return found
