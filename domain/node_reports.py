"""What the returns tell of the nodes of a plan: done or not, since which month, and by which field (推进计划).

A return tells a node by a date, by its stage, by its text on permits, or by its text on progress; of two that differ the
former. What no return speaks of is not told (未报): neither done nor late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from domain.node_words import nodes_of_permits, nodes_of_progress
from domain.periods import Period
from domain.stages import COMPLETED_STAGES, CONSTRUCTION_STAGES, SIGNED_STAGES

# The nodes of the work itself, one after the other; the four before them are permits, of which no later node tells.
WORK_NODES = ("start", "main_structure", "equipment", "completion", "production")
UNTIL_COMPLETION = WORK_NODES[:4]
FIELDS = ("start_date", "completion_date", "stage", "permit_text", "progress_text")  # in the order in which they count


def _stage_tells(*done: str, untold: tuple[str, ...] = ()) -> dict[str, bool]:
    return {node: node in done for node in WORK_NODES if node not in untold}


# Stages in the order of ``STAGES``: 开工 and 在建 leave open how far the work is, 竣工 whether it produces.
STAGE_TELLS: dict[str, dict[str, bool]] = {
    **dict.fromkeys(("planned", "negotiating", *SIGNED_STAGES), _stage_tells()),
    **dict.fromkeys(CONSTRUCTION_STAGES[:2], _stage_tells("start", untold=("main_structure", "equipment"))),
    "equipping": _stage_tells("start", "main_structure"),
    "trial": _stage_tells("start", "main_structure", "equipment"),
    **dict.fromkeys(COMPLETED_STAGES[:1], _stage_tells(*UNTIL_COMPLETION, untold=("production",))),
    **dict.fromkeys(COMPLETED_STAGES[1:], _stage_tells(*WORK_NODES)),
}
TELLS: dict[str, Callable[[str], Mapping[str, bool]]] = {
    "stage": lambda code: STAGE_TELLS.get(code, {}),
    "permit_text": nodes_of_permits,
    "progress_text": nodes_of_progress,
}


def month_numbers(dates: pd.Series) -> pd.Series:
    """Months since year 0 of each date; NaN for none."""
    return (dates.dt.year * 12 + dates.dt.month - 1).astype(float)


def number_of(period: Period | str) -> int:
    """Months since year 0 of a period."""
    return (period if isinstance(period, Period) else Period.parse(period)).number


def tellings_of(reports: pd.DataFrame) -> pd.DataFrame:
    """Every node that any return tells: project_id, node, month (number), is_done, field; one row a return and node.

    ``reports`` is as ``storage.queries.node_reports`` gives it. A date tells only once it has come.
    """
    rows = [told for field in FIELDS for told in _told_by(field, reports)]
    found = pd.DataFrame(rows, columns=["project_id", "node", "month", "is_done", "field"])
    return found.astype({"is_done": bool}).drop_duplicates(["project_id", "node", "month"])


def latest_tellings(tellings: pd.DataFrame) -> pd.DataFrame:
    """What stands in the end, one row a project and node: the newest return that tells it counts.

    Columns: project_id, node, last_open (month of the newest return that had it open, NaN for none), first_done (month
    of the first return since then that had it done, NaN while open), told_month and told_by (that return and field; of
    an open node the newest).
    """
    opened = tellings[~tellings["is_done"]].sort_values("month").drop_duplicates(["project_id", "node"], keep="last")
    joined = tellings.merge(_named(opened, "last_open", "open_by"), on=["project_id", "node"], how="left")
    done = joined[joined["is_done"] & ~(joined["month"] < joined["last_open"])]
    done = done.sort_values("month").drop_duplicates(["project_id", "node"])
    found = joined[["project_id", "node", "last_open", "open_by"]].drop_duplicates(["project_id", "node"])
    found = found.merge(_named(done, "first_done", "done_by"), on=["project_id", "node"], how="left")
    found["told_month"] = found["first_done"].fillna(found["last_open"])
    found["told_by"] = found["done_by"].fillna(found["open_by"])
    return found.drop(columns=["open_by", "done_by"])


def _named(tellings: pd.DataFrame, month: str, field: str) -> pd.DataFrame:
    named = tellings.rename(columns={"month": month, "field": field})[["project_id", "node", month, field]]
    return named.astype({month: float, field: object})


def _told_by(field: str, reports: pd.DataFrame) -> Iterator[tuple[str, str, int, bool, str]]:
    spoken = reports[reports[field].notna()]
    for project_id, period, value in zip(spoken["project_id"], spoken["period"], spoken[field], strict=True):
        month = number_of(period)
        for node, is_done in _tells(field, value, month).items():
            yield project_id, node, month, is_done, field


def _tells(field: str, value: object, month: int) -> Mapping[str, bool]:
    if isinstance(value, pd.Timestamp):
        has_come = value.year * 12 + value.month - 1 <= month
        nodes = UNTIL_COMPLETION if field == "completion_date" else ("start",)
        return dict.fromkeys(nodes, True) if has_come else {}
    return TELLS[field](str(value))
