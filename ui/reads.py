"""Cached reads: what a page shows, derived once for each scope, record and version of the data.

Frames that come from here are shared by all sessions and must never be changed in place. Nothing expires by time: a
write raises the version, and what was read under an older one is not asked for again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from cachetools import LRUCache, cached

from domain.changes import moved_back, moved_promises
from domain.delay import delayed_projects
from domain.indicators import HEADLINES, INDICATORS
from domain.node_plans import compare_nodes
from domain.progress import COURSE_COLUMNS, Progress, course_of, measure_progress, targets_by_code
from domain.promise_chains import promise_moves
from domain.reasons import Vocabulary, merge_words
from domain.scope import Record, Scope
from domain.silence import STATE_COLUMNS, month_states, periods_read
from domain.submissions import Correction
from storage import queries
from storage.clock import office_time
from storage.drafts import sweep_drafts
from storage.engine import Database, database_path, open_database
from storage.integrity import check_integrity

log = logging.getLogger(__name__)
MOST_REMEMBERED = 256
P = ParamSpec("P")
T = TypeVar("T")


@st.cache_resource(show_spinner=False)
def database() -> Database:
    """The open database of this installation. Raises DatabaseNotOpened, with the sentence for the screen.

    Opened once for all sessions; what its checks find is logged and shown on every page (``integrity_faults``).
    """
    db = open_database(database_path())
    sweep_drafts(db.path, now=office_time())
    return db


@st.cache_resource(show_spinner=False)
def integrity_faults() -> list[str]:
    """What was not as it must be when the system started, one sentence each."""
    faults = check_integrity(database())
    for fault in faults:
        log.error("integrity: %s", fault)
    return faults


@cached(LRUCache(MOST_REMEMBERED), key=lambda key, _make: key, condition=threading.Condition())
def _answer(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """The condition lets many who ask the same at once wait for one answer instead of each making it."""
    del key
    return make()


def remember(name: str, arguments: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What ``make`` gives, kept under a name and arguments as long as nothing is written."""
    db = database()
    answer: T = _answer((name, arguments, db.path, db.version()), make)
    return answer


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Remember what a read gives for its arguments, as long as nothing is written."""

    def reading(*arguments: P.args, **more: P.kwargs) -> T:
        asked = (*arguments, *sorted(more.items()))
        return remember(read.__name__, asked, lambda: read(*arguments, **more))

    reading.__doc__, reading.__name__ = read.__doc__, read.__name__
    return reading


@remembered
def periods(scope: Scope) -> list[str]:
    """The periods with a monthly return in force, ascending."""
    return queries.accepted_periods(database(), scope)


@remembered
def reported(scope: Scope, record: Record) -> list[str]:
    """The bodies that have sent the period's return."""
    return queries.reported_bodies(database(), scope, record)


@remembered
def states(scope: Scope, record: Record) -> pd.DataFrame:
    """The states of all projects as of the record."""
    return queries.project_states(database(), scope, record)


@remembered
def delays(scope: Scope, record: Record) -> pd.DataFrame:
    """The projects that are late or behind, worst first."""
    return delayed_projects(states(scope, record), record.period, vocabulary(scope, record))


def vocabulary(scope: Scope, record: Record) -> Vocabulary:
    """The words by which issues are classed, as known at the record's acceptances."""
    return merge_words(queries.taught_words(database(), scope, record))


@remembered
def progress(scope: Scope, record: Record) -> dict[tuple[str, str], Progress]:
    """(indicator code, body) -> figure against its target."""
    targets = targets_by_code(queries.targets(database(), scope, record))
    return measure_progress(states(scope, record), targets, record.period, reported(scope, record))


@remembered
def node_plan(scope: Scope, record: Record) -> pd.DataFrame:
    """The planned nodes of the year against the returns, what asks for action first."""
    plan, reports = queries.nodes(database(), scope, record), queries.node_reports(database(), scope, record)
    return compare_nodes(plan, reports, states(scope, record), record.period)


@remembered
def courses(scope: Scope, record: Record, body: str) -> dict[str, list[tuple[int, float | None]]]:
    """Indicator code -> (month, figure) of the year up to the period, for the headline figures."""
    months = [str(period) for period in record.period.year_so_far()]
    frame = queries.project_states(database(), scope, record, months, COURSE_COLUMNS)
    by_period = {month: frame[frame["period"] == month] for month in months}
    return {code: course_of(INDICATORS[code], by_period, body) for code in HEADLINES}


@remembered
def slipped(scope: Scope, record: Record) -> pd.DataFrame:
    """Promises moved to a later month since the period before."""
    return moved_promises(states_before(scope, record), states(scope, record))


@remembered
def chains(scope: Scope, record: Record) -> pd.DataFrame:
    """The chain of promises of every project and milestone."""
    return queries.promise_chains(database(), scope, record)


@remembered
def moves(scope: Scope, record: Record) -> pd.DataFrame:
    """Every move of a planned date to another month."""
    return promise_moves(chains(scope, record))


@remembered
def silence(scope: Scope, record: Record) -> pd.DataFrame:
    """What each month's return of the year so far did with each project."""
    months = periods_read(record.period)
    return month_states(queries.project_states(database(), scope, record, months, STATE_COLUMNS))


@remembered
def fallen_back(scope: Scope, record: Record) -> pd.DataFrame:
    """Projects whose stage ran backwards since the period before."""
    return moved_back(states_before(scope, record), states(scope, record))


@remembered
def history(scope: Scope, record: Record, project_id: str) -> pd.DataFrame:
    """Every row of every submission that spoke of a project."""
    return queries.project_history(database(), scope, record, project_id)


@remembered
def value_sources(scope: Scope, record: Record, project_id: str) -> dict[str, queries.ValueSource]:
    """Field -> where the value in force of a project was read, for every field that has one."""
    return queries.value_sources(database(), scope, record, project_id)


@remembered
def findings(scope: Scope, record: Record, project_id: str) -> list[queries.StoredFinding]:
    """Findings about a project in the submissions in force."""
    return queries.findings_of(database(), scope, record, project_id)


@remembered
def receipts(scope: Scope) -> list[queries.Receipt]:
    """All receipts, newest first."""
    return queries.receipts(database(), scope)


@remembered
def find_receipt(scope: Scope, key: str) -> queries.Receipt | None:
    """The receipt with this number or submission id, None for none."""
    return queries.find_receipt(database(), key, scope)


@remembered
def corrections(scope: Scope, submission_id: str) -> list[Correction]:
    """The cells that were mended before a submission was accepted."""
    return queries.corrections(database(), scope, submission_id)


def states_before(scope: Scope, record: Record) -> pd.DataFrame:
    """The states of the period before."""
    return states(scope, Record(record.period.previous(), record.acceptances, record.rule_set))
