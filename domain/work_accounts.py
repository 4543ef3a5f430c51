"""What several accounts of one work say together: the value in force of each matter, and where the accounts differ.

A matter is a step of the chain, the share of work done, the land, or the acceptance. Accounts are compared by the month
that they speak of, since a return and a document of one month describe one time. Nothing is smoothed:

| accounts of a matter | value in force | said of it |
|---|---|---|
| of the newest month, all alike | that value | |
| of the newest month, two values | none | differ: both stand side by side |
| the newest says less than an earlier one (done, now going on; 60 %, now 55 %) | none | back: both stand side by side |
| the newest says more than an earlier one | the newest | work went on |
| nobody says anything | none, and no row | |

Steps of preparation run side by side, so that they are compared one by one. A work is at one acceptance at a time: two
accounts of one month that put it at two of them differ, though each step by itself is told once (facts.md: the railway
branch). Land is a figure that changes both ways, and a later one replaces an earlier one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.work_steps import ACCEPTING, DONE, GOING, ORDER, REACHED, STEP_STATES, WORK_STEPS

SHARE, LAND, ACCEPTANCE = "progress_rate", "land_mu", "acceptance"
MATTERS = (*(step.code for step in WORK_STEPS), ACCEPTANCE, SHARE, LAND)
# Two figures no further apart than half a percentage point, or half a tenth of a mu, are one; the rest is for binary fractions.
TOLERANCES = {SHARE: 0.005 + 1e-9, LAND: 0.05 + 1e-9}
DIFFER, BACK = "differ", "back"
KEYS = ["work_name", "work_part", "matter"]
PLACE = ["work_name", "work_part", "month", "account"]
SAID_COLUMNS = [*KEYS, "month", "state", "number", "account"]


def said_matters(accounts: pd.DataFrame) -> pd.DataFrame:
    """One row for each thing that an account says: ``SAID_COLUMNS``.

    ``accounts`` has a row an account: work_name, work_part, said_date, a column for each step (``WorkStep.field``, a state's
    code or missing), progress_rate (0 to 1), land_mu. ``state`` is a step's state, for the acceptance ``step:state``;
    ``number`` orders the states, or is the share or the land; ``account`` is the index of the account.
    """
    fields = {step.field: step.code for step in WORK_STEPS}
    steps = _melted(accounts, list(fields)).rename(columns={"value": "state"})
    steps = steps[steps["state"].isin(STEP_STATES)]
    steps = steps.assign(matter=steps["matter"].map(fields), number=steps["state"].map(REACHED).astype(float))
    figures = _melted(accounts, [SHARE, LAND]).dropna(subset="value").rename(columns={"value": "number"})
    acceptance = _acceptance(accounts)
    return pd.concat(
        [steps, figures.assign(state=None).astype({"state": object}), acceptance], ignore_index=True
    ).astype({"state": object, "number": float})[SAID_COLUMNS]


def _melted(accounts: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """One row for each account and column: work_name, work_part, month, account, matter, value."""
    return _placed(accounts).join(accounts[columns]).melt(PLACE, columns, "matter", "value")


def _placed(accounts: pd.DataFrame) -> pd.DataFrame:
    month = pd.to_datetime(accounts["said_date"]).dt.strftime("%Y-%m")
    return accounts[["work_name", "work_part"]].assign(month=month, account=accounts.index)


def _acceptance(accounts: pd.DataFrame) -> pd.DataFrame:
    """The furthest acceptance that an account puts the work at, going on or done."""
    said = pd.Series(None, index=accounts.index, dtype=object)
    number = pd.Series(np.nan, index=accounts.index)
    for step in (each for each in WORK_STEPS if each.phase == ACCEPTING):
        at_it = accounts[step.field].isin((GOING, DONE))
        said = said.mask(at_it, step.code + ":" + accounts[step.field].astype(object))
        number = number.mask(at_it, ORDER[step.code] * len(REACHED) + accounts[step.field].map(REACHED))
    told = said.notna()
    return _placed(accounts[told]).assign(matter=ACCEPTANCE, state=said[told], number=number[told].astype(float))


def judge_matters(accounts: pd.DataFrame) -> pd.DataFrame:
    """One row for each work, part and matter that any account speaks of.

    Columns: ``KEYS``, month (of the newest account of it), state and number (in force; missing where accounts differ),
    account (the last of the newest), dispute (DIFFER, BACK or empty). Rows in the order of ``MATTERS`` within the order of the accounts.
    """
    said = said_matters(accounts)
    newest = said["month"] == said.groupby(KEYS)["month"].transform("max")
    now = said[newest].groupby(KEYS, sort=False)
    found = now.agg(month=("month", "last"), state=("state", "last"), number=("number", "last"),
                    account=("account", "last"), states=("state", "nunique"), least=("number", "min"), most=("number", "max"))  # fmt: skip
    before = said[~newest].groupby(KEYS)["number"].max().reindex(found.index)
    matter = found.index.get_level_values("matter")
    tolerance = matter.map(TOLERANCES).fillna(0.0).to_numpy(dtype=float)
    is_figure = matter.isin(list(TOLERANCES))
    differ = np.where(is_figure, found["most"] - found["least"] > tolerance, found["states"] > 1)
    back = (before - found["most"] > tolerance) & (matter != LAND)
    found["dispute"] = np.select([differ, back], [DIFFER, BACK], "")
    found[["state", "number"]] = found[["state", "number"]].mask(found["dispute"] != "")
    found = found.drop(columns=["states", "least", "most"]).reset_index()
    return _in_order(found, accounts)


def _in_order(found: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    places = accounts[["work_name", "work_part"]].drop_duplicates().reset_index(drop=True).reset_index(names="place")
    found = found.merge(places, on=["work_name", "work_part"])
    found["rank"] = found["matter"].map(MATTERS.index)
    return found.sort_values(["place", "rank"], kind="stable").drop(columns=["place", "rank"]).reset_index(drop=True)


def disputed_matters(accounts: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``judge_matters`` whose accounts differ (说法不一)."""
    judged = judge_matters(accounts)
    return judged[judged["dispute"] != ""]
