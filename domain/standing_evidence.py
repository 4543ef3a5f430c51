"""What the standings of projects are judged by, gathered row by row: records, lateness, runs of returns, nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from domain.delay import PROGRESS, months_between, plan_gaps, plan_ratios
from domain.indicators import MILESTONES, is_under_construction
from domain.periods import Period
from domain.rule_sets import RuleSet
from domain.rulings import Excuse, Suspension
from domain.slowness import missed_nodes, runs_of

DATE_TYPE = "datetime64[us]"


@dataclass(frozen=True)
class Evidence:
    """What standings are judged by: the states of the period, and what was derived of them and of earlier returns.

    ``delays`` as ``delayed_projects`` gives them by the same rule set; the runs by project id: returns in a row in which
    nothing changed (``silent_runs`` of is_still), in which it was silent, and in which its progress was coloured
    (``coloured_runs``); ``nodes`` as ``compare_nodes``; the suspensions and excuses of the period by project id.
    """

    states: pd.DataFrame
    delays: pd.DataFrame
    still_runs: pd.Series
    silent_runs: pd.Series
    coloured_runs: pd.Series
    nodes: pd.DataFrame
    suspensions: Mapping[str, Suspension]
    excuses: Mapping[str, Excuse]


def gather_evidence(states: pd.DataFrame, evidence: Evidence, rules: RuleSet, period: Period) -> pd.DataFrame:
    """One row for each of the states, on their index 0, 1, ...: what ``domain.standings`` decides by.

    Columns: project_id, body, is_building, gap_points, ratio; recorded (kind of the suspension), lapse,
    suspended_since, resumption; excused_since, excused_until; milestone (overdue), late_grade, due (the date promised
    that fell due first), months (whole, since then); still_runs, silent_runs, coloured_runs; node, node_days, node_since.
    """
    found = states[["project_id", "body"]].copy()
    found["is_building"] = is_under_construction(states, period)
    found["gap_points"] = plan_gaps(states, period, rules)
    found["ratio"] = plan_ratios(states, period, rules)
    _note_rulings(found, evidence, rules, period)
    _note_lateness(found, states, evidence, period)
    _note_runs(found, evidence, rules)
    return found


def _note_rulings(found: pd.DataFrame, evidence: Evidence, rules: RuleSet, period: Period) -> None:
    """What is recorded of the projects: the suspension and whether it lapsed, the months excused."""
    ids = list(found["project_id"])
    suspensions = [evidence.suspensions.get(project_id) for project_id in ids]
    excuses = [evidence.excuses.get(project_id) for project_id in ids]
    found["recorded"] = _texts(each and each.kind for each in suspensions)
    found["lapse"] = _texts(each and each.lapse(period, rules.renewal_months) for each in suspensions)
    found["suspended_since"] = _dates(each and each.since for each in suspensions)
    found["resumption"] = _dates(each and each.expected_resumption for each in suspensions)
    found["excused_since"] = _dates(each and each.from_period.first_day for each in excuses)
    found["excused_until"] = _dates(each and each.to_period.last_day for each in excuses)


def _texts(values: Iterable[object]) -> pd.Series:
    return pd.Series(list(values), dtype=object)


def _dates(values: Iterable[object]) -> pd.Series:
    return pd.Series(pd.to_datetime(list(values)), dtype=DATE_TYPE)


def _note_lateness(found: pd.DataFrame, states: pd.DataFrame, evidence: Evidence, period: Period) -> None:
    """The milestone that is overdue, since which promised date, and its grade."""
    delays = evidence.delays[evidence.delays["milestone"] != PROGRESS].set_index("project_id")
    found["milestone"] = found["project_id"].map(delays["milestone"])
    found["late_grade"] = found["project_id"].map(delays["grade"]).astype(object)
    found["due"] = pd.Series(pd.NaT, found.index, dtype=DATE_TYPE)
    for milestone in MILESTONES:
        promised = states[[f"first_planned_{milestone}_date", f"planned_{milestone}_date"]].min(axis=1)
        found["due"] = found["due"].mask(found["milestone"] == milestone, promised)
    found["months"] = months_between(found["due"], period)


def _note_runs(found: pd.DataFrame, evidence: Evidence, rules: RuleSet) -> None:
    """Returns in a row unchanged, silent and coloured; the node missed longest, of projects that still owe any."""
    for name in ("still_runs", "silent_runs", "coloured_runs"):
        found[name] = runs_of(found["project_id"], getattr(evidence, name))
    missed = missed_nodes(evidence.nodes, rules.slow_node_days).reindex(found["project_id"])
    found["node"] = missed["node"].astype(object).to_numpy()
    found["node_days"] = missed["delay_days"].astype(float).to_numpy()
    found["node_since"] = _dates(missed["since"])
