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
from domain.reasons import NONE_SAID, has_issue, statement_of
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
    them); says_<word of ``SAID``>, says_no_issue; stated_rate and is_amount_odd of the month's own words, stated_wan; <permit>_granted;
    of every date <name>_first and <name>_last, the days that it can mean; cumulative_wan and invested_rate (of the total);
    before_wan and before_in (the most ever reported before, and by which return); step_wan (investment since the month
    before) and gain_wan (of the last three months, NaN where they are not all reported); is_money_moved (the words copied
    while the money moved).
    """
    rows = states[states["kind"] == PROJECTS].sort_values(["project_id", "period"], ignore_index=True)
    ends = {period: pd.Timestamp(Period.parse(period).last_day) for period in rows["period"].unique()}
    rows["period_end"] = _days(rows["period"].map(ends))
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
    for word in SAID:
        rows[f"says_{word}"] = _read(rows["said"], lambda text, word=word: word in said_of_stage(text)).eq(True)
    rows["has_issue"] = has_issue(rows["issue"])
    rows["says_no_issue"] = _read(rows["issue"], statement_of).eq(NONE_SAID)
    for permit in PERMITS:
        rows[f"{permit}_granted"] = _read(
            rows["permit_text"], lambda text, permit=permit: nodes_of_permits(text).get(permit)
        )
    rows["stated_rate"] = _read(rows["progress_text"], stated_share).astype(float)
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
    told = by_project["is_reported"]
    three_reported = rows["is_reported"] & told.shift(1, fill_value=False) & told.shift(2, fill_value=False)
    rows["gain_wan"] = (rows["cumulative_wan"] - by_project["cumulative_wan"].shift(3)).where(three_reported)
    amounts = _read(rows["progress_text"], stated_amount).dropna()
    stated = pd.Series([amount.wan for amount in amounts], amounts.index, dtype=float)
    rows["stated_wan"] = stated.reindex(rows.index)
    figures = rows.loc[amounts.index, ["investment_month_wan", "investment_ytd_wan", "cumulative_wan"]].to_numpy()
    is_odd = [_is_odd(amount, *reported) for amount, reported in zip(amounts, figures, strict=True)]
    rows["is_amount_odd"] = pd.Series(is_odd, amounts.index, dtype=bool).reindex(rows.index, fill_value=False)
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
    """The days that each date can mean, worked out once for each day and precision."""
    for name in DATE_FIELDS:
        pair = [name, f"{name}_precision"]
        codes = rows.groupby(pair, dropna=False, sort=False).ngroup()
        reach = [_reach(*each) for each in rows.loc[~codes.duplicated(), pair].itertuples(index=False)]
        for part, days in zip(
            ("first", "last"), ([first for first, _ in reach], [last for _, last in reach]), strict=True
        ):
            rows[f"{name}_{part}"] = _days(pd.Series(days, dtype=object)).take(codes.astype(int)).set_axis(rows.index)
    return rows


def _reach(day: Any, precision: Any) -> tuple[Any, Any]:
    """The first and the last day that a date can mean."""
    interval = None if pd.isna(day) else interval_of(day.date(), precision)
    return (None, None) if interval is None else (interval.first, interval.last)


def _days(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).astype("datetime64[us]")


def _read(texts: pd.Series, read: Callable[[str], Any]) -> pd.Series:
    """What a function makes of each text, once for each; NaN where there is no text."""
    return texts.astype(object).map({text: read(text) for text in texts.dropna().unique()}).astype(object)
