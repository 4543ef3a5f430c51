"""How planned dates moved: every promise of a milestone as a chain, and each move of it judged (承诺漂移链)."""

from __future__ import annotations

import pandas as pd

from domain.periods import Period
from domain.wording import speaks_of_change


def promise_moves(chains: pd.DataFrame) -> pd.DataFrame:
    """Every move of a planned date to another month, one row each, in the order of ``chains``.

    ``chains`` is as ``storage.queries.promise_chains`` gives it. The columns of ``chains`` with: days (from the date
    before to the new one; negative for an earlier one), days_in_all (from the first promise to the new one), times (how
    often this date has moved, this move included), is_later, is_said. Dates are compared by month, since most returns
    name no day; a move is said where the row that makes it speaks of a change of plan in any of its texts, otherwise it
    came without a word (未说明). The first promise itself never moves (2.4: 计划基准, never overwritten).
    """
    moves = chains[chains["date_before"].notna()].copy()
    moves["days"] = (moves["planned_date"] - moves["date_before"]).dt.days
    moves["days_in_all"] = (moves["planned_date"] - moves["first_date"]).dt.days
    moves["times"] = moves["number"] - 1
    moves["is_later"] = moves["planned_date"] > moves["date_before"]
    moves["is_said"] = moves["texts"].map(speaks_of_change).astype(bool)
    return moves


def slips_of(moves: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The moves to a later month that a period's returns made (又推迟), furthest first.

    India's Flash Report: additional delay is a date later than the one reported last month.
    """
    slipped = moves[(moves["period"] == str(period)) & moves["is_later"]]
    return slipped.sort_values(["days", "project_id"], ascending=[False, True])


def most_moved(moves: pd.DataFrame) -> pd.DataFrame:
    """One row a project and milestone that ever moved, the newest of its moves; most moved first, then furthest."""
    newest = moves.drop_duplicates(["project_id", "milestone"], keep="last")
    return newest.sort_values(["times", "days_in_all", "project_id"], ascending=[False, False, True])


def steps_of(chains: pd.DataFrame, project_id: str, milestone: str) -> pd.DataFrame:
    """The chain of one milestone: first promise, each change, latest."""
    return chains[(chains["project_id"] == project_id) & (chains["milestone"] == milestone)]
