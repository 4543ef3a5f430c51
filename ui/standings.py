"""Cached reads of the standings: how each project stands by a rule set, from returns, node plan and what people ruled."""

from __future__ import annotations

import pandas as pd

from domain import work_lists
from domain.rulings import excused_in, suspensions_of
from domain.scope import Record, Scope
from domain.silence import silent_runs
from domain.slowness import COURSE_COLUMNS, coloured_runs, course_periods
from domain.standing_evidence import Evidence
from domain.standings import standings_of
from storage import queries
from ui import reads


@reads.remembered
def standings(scope: Scope, record: Record) -> pd.DataFrame:
    """One row for each industrial project: standing, grade by the record's rule set, and why (``standings_of``)."""
    return standings_of(_evidence(scope, record), reads.rules(scope, record), record.period)


@reads.remembered
def judged_delays(scope: Scope, record: Record) -> pd.DataFrame:
    """The projects that are late or behind, worst first, with their standing."""
    late = reads.delays(scope, record)
    by_project = standings(scope, record).set_index("project_id")["standing"]
    return late.assign(standing=late["project_id"].map(by_project))


def _evidence(scope: Scope, record: Record) -> Evidence:
    db, rules, period = reads.database(), reads.rules(scope, record), record.period
    months = reads.silence(scope, record)
    course = queries.project_states(db, scope, record, course_periods(period, rules), COURSE_COLUMNS)
    return Evidence(
        states=reads.states(scope, record),
        delays=reads.delays(scope, record),
        still_runs=silent_runs(months, period, "is_still"),
        silent_runs=silent_runs(months, period),
        coloured_runs=coloured_runs(course, rules),
        nodes=reads.node_plan(scope, record),
        suspensions=suspensions_of(queries.suspension_events(db, scope, record), period.last_day),
        excuses=excused_in(queries.excuses(db, scope, record), period),
    )


@reads.remembered
def work_list(scope: Scope, record: Record) -> pd.DataFrame:
    """The projects to work on, worst first (``domain.work_lists``)."""
    states, vocabulary = reads.states(scope, record), reads.vocabulary(scope, record)
    return work_lists.work_list(states, reads.delays(scope, record), standings(scope, record), vocabulary)
