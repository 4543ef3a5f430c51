"""The figures of a period by body, from the accepted returns, and how many of their starts and completions are verified."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.bodies import BODIES
from domain.evidence import verified_code, verified_count
from domain.indicators import COUNT, INDICATORS, OVERDUE, Indicator
from domain.periods import Period
from domain.scope import Record, Scope
from storage.engine import Database
from storage.queries import project_states, recorded_evidence


def figures_by_body(db: Database, scope: Scope, record: Record) -> dict[str, dict[str, Any]]:
    """Chinese name of each body -> code -> figure: a count, money in 万元, or the names of overdue projects, sorted.

    After a count of starts or completions stands how many of them are verified (``verified_code``).
    """
    states, evidence = project_states(db, scope, record), recorded_evidence(db, scope, record)
    return {body.name: _figures(states, evidence, record.period, body.code) for body in BODIES.values()}


def _figures(states: pd.DataFrame, evidence: pd.DataFrame, period: Period, body: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code, indicator in INDICATORS.items():
        found[code] = _figure(indicator, states, period, body)
        verified = verified_count(indicator, states, evidence, period, body)
        if verified is not None:
            found[verified_code(indicator)] = verified
    return found


def _figure(indicator: Indicator, states: pd.DataFrame, period: Period, body: str) -> Any:
    if indicator.code in OVERDUE:
        return sorted(indicator.members(states, period, body)["project_name"])
    value = indicator.value(states, period, body)
    return int(value) if indicator.unit == COUNT or value == int(value) else round(value, 4)
