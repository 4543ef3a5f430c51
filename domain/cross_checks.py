"""Cross-examination (文数互证): what the accepted record says against itself, as questions that stand until answered."""

from __future__ import annotations

from functools import cache
from string import Formatter

import pandas as pd

from domain.cross_questions import CROSS_CHECKS, CrossCheck
from domain.cross_rows import examined_rows
from domain.periods import Period

COLUMNS = ("project_id", "project_name", "body", "period", "code", "said_in", "issue_in", "before_in", "details")
KEY = ["project_id", "code"]
ORDER = {code: number for number, code in enumerate(CROSS_CHECKS)}


def cross_examine(states: pd.DataFrame) -> pd.DataFrame:
    """Every question of every month: one row a project, rule and period in which the rule holds.

    ``states`` are those of consecutive periods (``periods_examined``), with ``READ_COLUMNS``. Columns: project_id,
    project_name, body, period, code, said_in and issue_in (the periods whose words on progress and issues stand), before_in
    (whose return had the most invested before),
    details (what the sentence quotes: column of ``examined_rows`` -> value), first_asked (the first period of the run of
    months without a gap in which the rule holds; the first one read for what stood before).
    """
    rows = examined_rows(states)
    masks = {check: check.holds(rows).astype(bool) for check in CROSS_CHECKS.values()}
    held = [_asked(rows[mask], check) for check, mask in masks.items() if mask.any()]
    return _with_first_asked(pd.concat(held, ignore_index=True) if held else _asked(rows[:0], next(iter(masks))))


def standing_questions(asked: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The questions that stand in a period: by body and project, then in the order of the rules."""
    found = asked[asked["period"] == str(period)]
    order = pd.DataFrame({
        "body": found["body"],
        "name": found["project_name"],
        "project_id": found["project_id"],
        "rule": found["code"].map(ORDER),
    })  # fmt: skip
    return found.loc[order.sort_values(list(order.columns)).index].reset_index(drop=True)


def answered_questions(asked: pd.DataFrame, states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The questions of the month before that no longer stand, of projects that the period's return speaks of.

    What a return leaves out is not answered; whether it still holds is for the next one to say.
    """
    before = standing_questions(asked, period.previous())
    now = states[(states["period"] == str(period)) & states["is_reported"]]["project_id"]
    open_keys = pd.MultiIndex.from_frame(asked.loc[asked["period"] == str(period), KEY])
    is_open = pd.MultiIndex.from_frame(before[KEY]).isin(open_keys)
    return before[~is_open & before["project_id"].isin(now)].reset_index(drop=True)


@cache
def places_of(check: CrossCheck) -> tuple[str, ...]:
    """The columns that a sentence quotes."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(check.question) if name))


def _asked(held: pd.DataFrame, check: CrossCheck) -> pd.DataFrame:
    """The rows in which a rule holds, as questions."""
    quoted = held[[*places_of(check)]].to_dict("records")
    return held.assign(code=check.code, details=pd.Series(quoted, held.index, dtype=object))[[*COLUMNS]]


def _with_first_asked(found: pd.DataFrame) -> pd.DataFrame:
    """Since when each question stands: months in a row make a run."""
    found = found.sort_values([*KEY, "period"], ignore_index=True)
    months = found["period"].map(lambda period: Period.parse(period).number).astype(int)
    is_next = (months.groupby([found[name] for name in KEY]).diff() == 1).astype(bool)
    found["first_asked"] = found["period"].where(~is_next)
    found["first_asked"] = found.groupby(KEY)["first_asked"].ffill()
    return found
