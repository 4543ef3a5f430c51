"""Silence and copies (静默与照抄): what each month's return did with each project that it owed a line."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from domain.periods import Period
from domain.stages import CONSTRUCTION_STAGES, FINISHED_STAGES
from domain.wording import narrow_text, words_without_numbers

TOLD, NUMBER_ONLY, BLANK, COPIED, MONEY_MOVED, MISSING, NOT_SENT = (
    "told",
    "number_only",
    "blank",
    "copied",
    "money_moved",
    "missing",
    "not_sent",
)
MONTH_STATES = (TOLD, NUMBER_ONLY, BLANK, COPIED, MONEY_MOVED, MISSING, NOT_SENT)
UNCHANGED = (COPIED, MONEY_MOVED)
# 2.4: silent for so many returns is 静默.
LEAST_SILENT = 2
# Forms in 亿元 with four decimals round to 1 万元.
TOLERANCE_WAN = 0.5
# What the rule needs of ``project_states``; the first period given only serves to compare the second with.
STATE_COLUMNS = (
    "project_name",
    "stage",
    "completion_date",
    "progress_text",
    "investment_ytd_wan",
    "investment_cum_wan",
)


def periods_read(period: Period, least: int = LEAST_SILENT) -> list[str]:
    """The months that the silence of a year is judged by: the year so far, and as many before it as a run needs."""
    first = Period(period.year, 1).shifted(-least)
    return [str(first.shifted(months)) for months in range(least + period.month)]


def month_states(states: pd.DataFrame) -> pd.DataFrame:
    """One row for each project and month that its district's return owed a line for, by project and month.

    ``states`` holds the states of consecutive periods; of the first one no text is compared. Columns: project_id, body,
    kind, period, state, is_unheard, is_silent, is_still. A project completed or cancelled before the month owes nothing and has
    no row. States:

    - ``told``: words of its own; ``number_only``: last month's words, other numbers; ``blank``: no words on progress
    - ``copied``: last month's words; ``money_moved``: the same while the investment reported changed
    - ``missing``: the return leaves the project out; ``not_sent``: there is no return of the district

    ``is_unheard``: missing, or the words unchanged. ``is_silent`` (静默, 2.4: expected row missing, or text copied from
    last month): unheard, and where the words are unchanged under construction, as the importer's finding and the
    collection of returns count copies: before the start the same step may well take months. What the whole district
    failed to send is no project's silence. ``is_still`` (for 停滞, 2.4: investment and words unchanged): copied under
    construction, and the investment, which is known, did not change.
    """
    rows = states.sort_values(["project_id", "period"], ignore_index=True)
    before = rows.groupby("project_id")[["period", *STATE_COLUMNS]].shift()
    found = rows[["project_id", "body", "kind", "period"]].assign(state=_states(rows, before))
    found["is_unheard"] = found["state"].isin([*UNCHANGED, MISSING])
    is_building = rows["stage"].isin(CONSTRUCTION_STAGES)
    found["is_silent"] = (found["state"] == MISSING) | (found["state"].isin(UNCHANGED) & is_building)
    found["is_still"] = (found["state"] == COPIED) & is_building & _money_moved_wan(rows, before).notna()
    is_finished = before["stage"].isin(FINISHED_STAGES) | before["completion_date"].notna()
    return found[~is_finished]


def _states(rows: pd.DataFrame, before: pd.DataFrame) -> np.ndarray:
    """The state of every row, the first condition that holds deciding."""
    texts, texts_before = rows["progress_text"], before["progress_text"]
    words = _compared(texts, narrow_text)
    is_same = words == _compared(texts_before, narrow_text)  # that there were none in both is told apart before
    cases = {
        NOT_SENT: ~rows["is_body_reported"],
        MISSING: ~rows["is_reported"],
        BLANK: words == "",
        MONEY_MOVED: is_same & (_money_moved_wan(rows, before) > TOLERANCE_WAN),
        COPIED: is_same,
        NUMBER_ONLY: _compared(texts, words_without_numbers) == _compared(texts_before, words_without_numbers),
    }
    return np.select(list(cases.values()), list(cases), TOLD)


def _compared(texts: pd.Series, key: Callable[[str], str]) -> pd.Series:
    """Texts as they are compared, empty for none."""
    keys = {text: key(text) for text in texts.dropna().unique()}
    return texts.map(keys).astype(object).where(texts.notna(), "")


def _money_moved_wan(rows: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """By how much the investment differs from the month before's, NaN where unknown: since the start, else since January."""
    cumulative = (rows["investment_cum_wan"] - before["investment_cum_wan"]).abs()
    is_january = rows["period"].str.endswith("-01")
    since = before["investment_ytd_wan"].where(~is_january, 0.0)
    of_year = (rows["investment_ytd_wan"] - since).abs()
    return cumulative.where(cumulative.notna(), of_year)


def silent_runs(months: pd.DataFrame, period: Period, mask: str = "is_silent") -> pd.Series:
    """Project id -> returns in a row, up to the period, in which it was silent; only those that are owed a line in it.

    A month without a return of the district neither lengthens nor ends a run. ``mask`` is is_silent, is_unheard or is_still.
    """
    owed = set(months.loc[months["period"] == str(period), "project_id"])
    returns = months[months["project_id"].isin(owed) & (months["state"] != NOT_SENT)]
    heard = (~returns[mask]).groupby(returns["project_id"]).cumsum()
    is_since_heard = heard == heard.groupby(returns["project_id"]).transform("last")
    runs = (returns[mask] & is_since_heard).groupby(returns["project_id"]).sum()
    return runs.astype(int).rename("run")


def silent_projects(
    months: pd.DataFrame, period: Period, mask: str = "is_silent", least: int = LEAST_SILENT
) -> pd.Series:
    """Those of ``silent_runs`` with a run of ``least`` returns and more (静默, 2.4: by default two), longest first."""
    runs = silent_runs(months, period, mask)
    return runs[runs >= least].sort_values(ascending=False, kind="stable")
