"""The figures of a period by body, from the accepted returns."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.bodies import BODIES
from domain.indicators import COUNT, INDICATORS, OVERDUE, Indicator
from domain.periods import Period
from domain.scope import Record, Scope
from storage.engine import Database
from storage.queries import project_states


def figures_by_body(db: Database, scope: Scope, record: Record) -> dict[str, dict[str, Any]]:
    """Chinese name of each body -> code -> figure: a count, money in 万元, or the names of overdue projects, sorted."""
    states = project_states(db, scope, record)
    return {
        body.name: {code: _figure(each, states, record.period, body.code) for code, each in INDICATORS.items()}
        for body in BODIES.values()
    }


def _figure(indicator: Indicator, states: pd.DataFrame, period: Period, body: str) -> Any:
    if indicator.code in OVERDUE:
        return sorted(indicator.members(states, period, body)["project_name"])
    value = indicator.value(states, period, body)
    return int(value) if indicator.unit == COUNT or value == int(value) else round(value, 4)
