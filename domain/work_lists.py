"""The projects to work on (滞后项目): all that are late or behind, and those that stand still or are silent, worst first."""

from __future__ import annotations

import pandas as pd

from domain.reasons import FIRST_VOCABULARY, Vocabulary, reasons_of
from domain.standings import (
    BEHIND_PLAN,
    COMPLETION_OVERDUE,
    NOT_REPORTED,
    SILENT,
    SLOW,
    STALLED,
    START_OVERDUE,
    UNRECORDED,
)

# Standings that ask for somebody's work; what is suspended by the book, excused, not due or on track asks for none.
WORKED = (START_OVERDUE, COMPLETION_OVERDUE, STALLED, UNRECORDED, SLOW, BEHIND_PLAN, SILENT, NOT_REPORTED)
WHY_COLUMNS = ("standing", "cause", "ratio", "months", "returns", "since", "until", "node", "node_days")
# Days late by the promise that fell due earlier, in bands: (code, least, most).
DAY_BANDS = (("d30", 1, 30), ("d90", 31, 90), ("d180", 91, 180), ("more", 181, 10**6))


def work_list(
    states: pd.DataFrame, delays: pd.DataFrame, standings: pd.DataFrame, vocabulary: Vocabulary = FIRST_VOCABULARY
) -> pd.DataFrame:
    """One row for each project to work on: the columns of ``delayed_projects`` and those of its standing that say why.

    ``states`` are those of the period, ``delays`` from ``delayed_projects``, ``standings`` from ``standings_of``. Late and
    behind first, in the order of ``delays``; then the others by standing and name: of these milestone is None and the
    delays are missing. A project that is late stays on the list under whatever standing: being suspended or excused
    explains a delay and does not end it.
    """
    why = standings.set_index("project_id")
    others = standings[standings["standing"].isin(WORKED) & ~standings["project_id"].isin(delays["project_id"])]
    added = states[states["project_id"].isin(others["project_id"])].copy()
    added["reason"] = reasons_of(added["issue_text"], vocabulary)
    for column in ("grade", "gap_points"):
        added[column] = _told_of(added["project_id"], why[column])
    order = added["project_id"].map(why["standing"]).map(WORKED.index)
    added = added.assign(order=order).sort_values(["order", "project_name"]).drop(columns="order")
    found = pd.concat([delays, added]) if len(added) else delays.copy()
    for column in WHY_COLUMNS:
        found[column] = _told_of(found["project_id"], why[column])
    found["days"] = found[["delay_first_days", "delay_latest_days"]].max(axis=1)
    return found


def _told_of(projects: pd.Series, told: pd.Series) -> pd.Series:
    """What is told of each project; also where nothing is told of any, which ``Series.map`` refuses for dates."""
    return told.reindex(projects).set_axis(projects.index)


def in_bands(days: pd.Series, codes: tuple[str, ...]) -> pd.Series:
    """Mask of the days that lie in any of the bands; all where none is asked for."""
    if not codes:
        return pd.Series(True, days.index)
    found = pd.Series(False, days.index)
    for code, least, most in DAY_BANDS:
        if code in codes:
            found |= days.between(least, most)
    return found
