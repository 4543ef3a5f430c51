"""The record laid out for cross-examination: each project and month with its words read and its dates as they reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from domain.dates import interval_of
from domain.fields import DATE_FIELDS
from domain.node_words import nodes_of_permits
from domain.periods import Period
from domain.progress_words import SAID, said_of_stage
from domain.reasons import has_issue
from domain.row_rules import is_above
from domain.silence import month_states
from domain.stated_numbers import stated_amount, stated_share
from domain.submissions import PROJECTS

# What is looked back on: a contradiction is asked for since a month of the last twelve, or since before them.
MONTHS_BACK = 12
# What the rules need of ``project_states``.
READ_COLUMNS = (
    "project_name",
    "stage",
    "total_investment_wan",
    "annual_plan_wan",
    "investment_month_wan",
    "investment_ytd_wan",
    "investment_previous_wan",
    "investment_cum_wan",
    *(column for name in DATE_FIELDS for column in (name, f"{name}_text", f"{name}_precision")),
    "progress_rate",
    "progress_text",
    "issue_text",
    "permit_text",
)
# Words of one month's return that stand until a later return says something else.
WORDS = {"progress_text": "said", "issue_text": "issue"}
# Permits that a project needs, as the returns name them (domain.node_words).
PERMITS = ("registration", "land_supply", "environmental_approval", "construction_permit")


def periods_examined(period: Period) -> list[str]:
    """The months whose states are needed to tell since when a question stands in a period."""
    return [str(period.shifted(months)) for months in range(-MONTHS_BACK, 1)]


def examined_rows(states: pd.DataFrame) -> pd.DataFrame:
    """The industrial projects of ``states`` (consecutive periods), by project and month, with what the rules ask of.

    Added: period_end; said and issue (the last words that a return gave) with said_in and issue_in (the period that gave
    them); says_<word of ``SAID``>; stated_rate and is_amount_odd of the month's own words, stated_wan; <permit>_granted;
    of every date <name>_first and <name>_last, the days that it can mean; cumulative_wan and invested_rate (of the total);
    before_wan and before_in (the most ever reported before, and by which return); step_wan (investment since the month
    before) and gain_wan (of the last three months, NaN where they are not all reported); is_money_moved (the words copied
    while the money moved).
    """
    rows = states[states["kind"] == PROJECTS].sort_values(["project_id", "period"], ignore_index=True)
    rows["period_end"] = _days(rows["period"].map(lambda period: pd.Timestamp(Period.parse(period).last_day)))
    rows = _with_words(rows)
    rows = _with_money(rows)
    return _with_dates(rows)


def _with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """What the words say; a cell that is left empty takes nothing back."""
    by_project = rows["project_id"]
    for field, name in WORDS.items():
        given = rows["period"].where(rows[field].notna())
        rows[name] = rows.groupby(by_project)[field].ffill()
        rows[f"{name}_in"] = given.groupby(by_project).ffill()
    said = _read(rows["said"], said_of_stage, frozenset())
    for word in SAID:
        rows[f"says_{word}"] = said.map(lambda words, word=word: word in words).astype(bool)
    rows["has_issue"] = has_issue(rows["issue"])
    granted = _read(rows["permit_text"], nodes_of_permits, {})
    for permit in PERMITS:
        rows[f"{permit}_granted"] = granted.map(lambda told, permit=permit: told.get(permit))
    rows["stated_rate"] = _read(rows["progress_text"], stated_share, None).astype(float)
    moved = month_states(rows)
    is_moved = moved.set_index(["project_id", "period"])["state"] == "money_moved"
    index = pd.MultiIndex.from_frame(rows[["project_id", "period"]])
    rows["is_money_moved"] = is_moved.reindex(index, fill_value=False).to_numpy()
    return rows


def _with_money(rows: pd.DataFrame) -> pd.DataFrame:
    """Investment since the start: as stated, else to last year-end and of this year together; and how it moved."""
    summed = rows["investment_previous_wan"] + rows["investment_ytd_wan"]
    rows["cumulative_wan"] = rows["investment_cum_wan"].fillna(summed)
    total = rows["total_investment_wan"].where(lambda amounts: amounts > 0)
    rows["invested_rate"] = rows["cumulative_wan"] / total
    by_project = rows.groupby("project_id")
    # An amount above the total was itself in question: to take it back is its answer.
    possible = rows["cumulative_wan"].where(~is_above(rows["cumulative_wan"], rows["total_investment_wan"]))
    most = possible.groupby(rows["project_id"]).cummax().groupby(rows["project_id"]).ffill()
    rows["before_wan"] = most.groupby(rows["project_id"]).shift()
    reached = rows["period"].where(possible >= most).groupby(rows["project_id"]).ffill()
    rows["before_in"] = reached.groupby(rows["project_id"]).shift()
    rows["step_wan"] = _step(rows, by_project)
    three_reported = by_project["is_reported"].transform(lambda told: told.rolling(3).sum()) == 3
    rows["gain_wan"] = (rows["cumulative_wan"] - by_project["cumulative_wan"].shift(3)).where(three_reported)
    amounts = _read(rows["progress_text"], stated_amount, None)
    rows["stated_wan"] = amounts.map(lambda amount: amount.wan, na_action="ignore").astype(float)
    figures = rows[["investment_month_wan", "investment_ytd_wan", "cumulative_wan"]]
    columns = zip(amounts, *(figures[name] for name in figures), strict=True)
    rows["is_amount_odd"] = [bool(amount) and _is_odd(amount, *reported) for amount, *reported in columns]
    return rows


def _step(rows: pd.DataFrame, by_project: Any) -> pd.Series:
    """Investment since the month before: of the whole, else of the year, which begins anew in January."""
    of_whole = rows["cumulative_wan"] - by_project["cumulative_wan"].shift()
    before = by_project["investment_ytd_wan"].shift().where(~rows["period"].str.endswith("-01"), 0.0)
    return of_whole.fillna(rows["investment_ytd_wan"] - before)


def _is_odd(amount: Any, month: float, year: float, whole: float) -> bool:
    """True for an amount that is none of the figures that it may mean; false where not one of them is known."""
    meant = {"month": [month], "year": [year], "whole": [whole]}.get(amount.scope, [month, year, whole])
    known = [figure for figure in meant if not pd.isna(figure)]
    return bool(known) and not any(amount.agrees(figure) for figure in known)


def _with_dates(rows: pd.DataFrame) -> pd.DataFrame:
    for name in DATE_FIELDS:
        pairs = pd.MultiIndex.from_frame(rows[[name, f"{name}_precision"]])
        reach = {pair: _reach(*pair) for pair in pairs.unique()}
        found = [reach[pair] for pair in pairs] if not rows.empty else []
        rows[f"{name}_first"] = _days(pd.Series([first for first, _ in found], rows.index, dtype=object))
        rows[f"{name}_last"] = _days(pd.Series([last for _, last in found], rows.index, dtype=object))
    return rows


def _reach(day: Any, precision: Any) -> tuple[Any, Any]:
    """The first and the last day that a date can mean."""
    interval = None if pd.isna(day) else interval_of(day.date(), precision)
    return (None, None) if interval is None else (interval.first, interval.last)


def _days(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).astype("datetime64[us]")


def _read(texts: pd.Series, read: Callable[[str], Any], nothing: Any) -> pd.Series:
    """What a function makes of each text, once for each; ``nothing`` where there is no text."""
    made = {text: read(text) for text in texts.dropna().unique()}
    found = [made[text] if isinstance(text, str) else nothing for text in texts]
    return pd.Series(found, texts.index, dtype=object)
