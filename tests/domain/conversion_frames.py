"""Projects and the stages that their returns reported, made by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
from frames import states_of

from domain.conversion import conversion
from domain.periods import Period

AUGUST = Period(2024, 8)


def seen_of(**stages: dict[str, str]) -> pd.DataFrame:
    """Project id -> {stage: first period}, as ``storage.queries.stages_seen`` gives it."""
    rows = [(project, stage, first) for project, by_stage in stages.items() for stage, first in by_stage.items()]
    return pd.DataFrame(rows, columns=["project_id", "stage", "first_period"]).astype(object)


def steps_of(projects: list[dict[str, Any]], seen: pd.DataFrame | None = None, period: Period = AUGUST) -> pd.DataFrame:
    """``conversion`` of projects p1, p2 ..., whose dates are known by the day unless their precision is given."""
    dated = [{f"{name}_precision": "day" for name in row if name.endswith("_date")} | row for row in projects]
    return conversion(states_of(dated), seen_of() if seen is None else seen, period)


def dates(*days: str | None) -> dict[str, str | None]:
    """The dates of signing, start, completion, production and full capacity, as many as are given."""
    columns = ("signed_date", "start_date", "completion_date", "production_date", "capacity_date")
    return dict(zip(columns, days, strict=False))
