"""Cached reads: what a page shows, derived once for each scope, record and version of the data.

Frames that come from here are shared by all sessions and must never be changed in place. Nothing expires by time: a
write raises the version, and what was read under an older one is not asked for again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from cachetools import LRUCache, cached

from domain.changes import moved_back, moved_promises
from domain.collection import first_month
from domain.conversion import conversion as convert
from domain.cross_checks import cross_examine
from domain.cross_rows import READ_COLUMNS, periods_examined
from domain.delay import delayed_projects
from domain.indicators import HEADLINES, INDICATORS
from domain.issues import lives_of
from domain.land import land_of_projects
from domain.ledgers import LEDGERS
from domain.ledgers.joining import join_projects
from domain.ledgers.made_up import with_made_up
from domain.ledgers.works import WORKS
from domain.node_plans import compare_nodes
from domain.permits import permit_matrix
from domain.progress import COURSE_COLUMNS, Progress, course_of, measure_progress, targets_by_code
from domain.promise_chains import promise_moves
from domain.reasons import Vocabulary, merge_words
from domain.rule_sets import RuleSet
from domain.scope import Record, Scope
from domain.silence import STATE_COLUMNS, month_states, periods_read
from domain.submissions import Correction
from domain.version_choices import VersionChoice, choice_in_force
from domain.work_accounts import LAND, judge_matters
from domain.work_land import with_land_of_works, works_land
from domain.work_register import work_accounts
from storage import queries
from storage.clock import office_time
from storage.drafts import sweep_drafts
from storage.engine import Database, database_path
from storage.opening import open_checked
from ui.sizes import size_of

# Bytes: everything of 15 pages, 12 months and 3 bodies with hundreds of projects; of 20,000 projects a month or two.
MOST_REMEMBERED = 400_000_000
P = ParamSpec("P")
T = TypeVar("T")


@st.cache_resource(show_spinner=False)
def database() -> Database:
    """The open database of this installation. Raises DatabaseNotOpened, with the sentence for the screen.

    Opened once for all sessions; what its checks find is logged and shown on every page, and nothing is written then.
    """
    db = open_checked(database_path())
    sweep_drafts(db.path, now=office_time())
    return db


@cached(LRUCache(MOST_REMEMBERED, getsizeof=size_of), key=lambda key, _make: key, condition=threading.Condition())
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
    # With its module: a read that asks one of the same name elsewhere would wait for itself.
    name = f"{read.__module__}.{read.__qualname__}"

    def reading(*arguments: P.args, **more: P.kwargs) -> T:
        asked: Any = tuple(each.nameless if isinstance(each, Scope) else each for each in arguments)
        return remember(name, (*asked, *sorted(more.items())), lambda: read(*asked, **more))

    reading.__doc__, reading.__name__ = read.__doc__, read.__name__
    return reading


def of_facts(record: Record) -> Record:
    """The record as facts are remembered by: they are the same under every rule set."""
    return Record(record.period, record.acceptances)


def remembered_fact(read: Callable[Concatenate[Scope, Record, P], T]) -> Callable[Concatenate[Scope, Record, P], T]:
    """Remember what a read gives that no rule set changes, once for all of them."""
    kept = remembered(read)

    def reading(scope: Scope, record: Record, *arguments: P.args, **more: P.kwargs) -> T:
        return kept(scope, of_facts(record), *arguments, **more)

    reading.__doc__, reading.__name__ = read.__doc__, read.__name__
    return reading


@remembered
def periods(scope: Scope) -> list[str]:
    """The periods with a monthly return in force, ascending."""
    return queries.accepted_periods(database(), scope)


def months(scope: Scope) -> list[str]:
    """The same; where no return was accepted yet, the month to begin with."""
    return periods(scope) or [str(first_month(office_time().date()))]


@remembered_fact
def reported(scope: Scope, record: Record) -> list[str]:
    """The bodies that have sent the period's return."""
    return queries.reported_bodies(database(), scope, record)


@remembered_fact
def rule_sets(scope: Scope, record: Record) -> dict[str, RuleSet]:
    """Key -> rule set, of all that there are."""
    return queries.rule_sets(database(), scope, record)


def rules(scope: Scope, record: Record) -> RuleSet:
    """The rule set that the record names."""
    return rule_sets(scope, record)[record.rule_set]


@remembered_fact
def rule_choice(scope: Scope, record: Record) -> VersionChoice | None:
    """The decision by which a rule set is in force in the record's period; None where none was made."""
    return choice_in_force(queries.rule_choices(database(), scope, record), record.period)


@remembered_fact
def states(scope: Scope, record: Record) -> pd.DataFrame:
    """The states of all projects as of the record."""
    return queries.project_states(database(), scope, record)


@remembered
def delays(scope: Scope, record: Record) -> pd.DataFrame:
    """The projects that are late or behind, worst first."""
    found = states(scope, record)
    return delayed_projects(found, record.period, vocabulary(scope, record), rules(scope, record))


def vocabulary(scope: Scope, record: Record) -> Vocabulary:
    """The words by which issues are classed, as known at the record's acceptances."""
    return merge_words(queries.taught_words(database(), scope, record))


@remembered
def progress(scope: Scope, record: Record) -> dict[tuple[str, str], Progress]:
    """(indicator code, body) -> figure against its target."""
    targets = targets_by_code(queries.targets(database(), scope, record))
    sent = reported(scope, record)
    return measure_progress(states(scope, record), targets, record.period, sent, rules(scope, record))


@remembered_fact
def evidence(scope: Scope, record: Record) -> pd.DataFrame:
    """What was recorded to verify starts and completions, withdrawn or not."""
    return queries.recorded_evidence(database(), scope, record)


@remembered_fact
def node_plan(scope: Scope, record: Record) -> pd.DataFrame:
    """The planned nodes of the year against the returns, what asks for action first."""
    plan, reports = queries.nodes(database(), scope, record), queries.node_reports(database(), scope, record)
    return compare_nodes(plan, reports, states(scope, record), record.period)


@remembered_fact
def conversion(scope: Scope, record: Record) -> pd.DataFrame:
    """Which steps from signing to capacity each project reached, and when."""
    return convert(states(scope, record), queries.stages_seen(database(), scope, record), record.period)


@remembered_fact
def permit_words(scope: Scope, record: Record) -> pd.DataFrame:
    """Every word on an approval step that counts, oldest first."""
    return queries.permit_words(database(), scope, record)


@remembered_fact
def permits(scope: Scope, record: Record) -> pd.DataFrame:
    """The matrix of approval steps: one row a project and step of its chain."""
    words, nodes = permit_words(scope, record), node_plan(scope, record)
    return permit_matrix(words, states(scope, record), nodes, record.period)


@remembered_fact
def land(scope: Scope, record: Record) -> pd.DataFrame:
    """Land of the year by project, the greatest gap first; of works of which nobody else told it as their ledger tells it."""
    words, accounts = queries.land_words(database(), scope, record), accounts_of_works(scope, record)
    told = works_land(accounts, judge_matters(accounts))
    told["cell"] = [_area_cell(scope, record, accounts.loc[account]) for account in told["account"]]
    return land_of_projects(with_land_of_works(words, told, accounts, record.period), states(scope, record), record.period)


def _area_cell(scope: Scope, record: Record, row: pd.Series) -> str:
    """The cell of the ledger of works that tells an account's area."""
    cells = queries.ledger_cells(database(), scope, record, WORKS, row["body"], row["period"], row["row_key"])
    return str(cells.loc[cells["field"] == LAND, "cell"].iloc[0])


@remembered_fact
def courses(scope: Scope, record: Record, body: str) -> dict[str, list[tuple[int, float | None]]]:
    """Indicator code -> (month, figure) of the year up to the period, for the headline figures."""
    months = [str(period) for period in record.period.year_so_far()]
    frame = queries.project_states(database(), scope, record, months, COURSE_COLUMNS)
    by_period = {month: frame[frame["period"] == month] for month in months}
    return {code: course_of(INDICATORS[code], by_period, body) for code in HEADLINES}


@remembered_fact
def slipped(scope: Scope, record: Record) -> pd.DataFrame:
    """Promises moved to a later month since the period before."""
    return moved_promises(states_before(scope, record), states(scope, record))


@remembered_fact
def chains(scope: Scope, record: Record) -> pd.DataFrame:
    """The chain of promises of every project and milestone."""
    return queries.promise_chains(database(), scope, record)


@remembered_fact
def moves(scope: Scope, record: Record) -> pd.DataFrame:
    """Every move of a planned date to another month."""
    return promise_moves(chains(scope, record))


def silence(scope: Scope, record: Record) -> pd.DataFrame:
    """What each month's return of the year so far did with each project, as far back as the rule set's runs need."""
    rule = rules(scope, record)
    return _silence(scope, record, max(rule.silent_returns, rule.stalled_returns))


@remembered_fact
def _silence(scope: Scope, record: Record, least: int) -> pd.DataFrame:
    months = periods_read(record.period, least)
    return month_states(queries.project_states(database(), scope, record, months, STATE_COLUMNS))


@remembered_fact
def questions(scope: Scope, record: Record) -> pd.DataFrame:
    """What the accepted returns of the last months say against themselves, one row a project, rule and month."""
    months = periods_examined(record.period)
    return cross_examine(queries.project_states(database(), scope, record, months, READ_COLUMNS))


@remembered
def fallen_back(scope: Scope, record: Record) -> pd.DataFrame:
    """Projects whose stage ran backwards since the period before."""
    return moved_back(states_before(scope, record), states(scope, record))


@remembered_fact
def history(scope: Scope, record: Record, project_id: str) -> pd.DataFrame:
    """Every row of every submission that spoke of a project."""
    return queries.project_history(database(), scope, record, project_id)


@remembered_fact
def value_sources(scope: Scope, record: Record, project_id: str) -> dict[str, queries.ValueSource]:
    """Field -> where the value in force of a project was read, for every field that has one."""
    return queries.value_sources(database(), scope, record, project_id)


@remembered_fact
def ledger(scope: Scope, record: Record, code: str) -> pd.DataFrame:
    """The rows of a ledger that count as of the record, with what the registry knows of the projects that they name.

    And with what of each is made up (``domain.ledgers.made_up``).
    """
    db, declared = database(), LEDGERS[code]
    rows = with_made_up(declared, queries.ledger_rows(db, scope, record, declared), sample_receipts(scope, record))
    if declared.project_field is None:
        return rows
    issues, events = queries.opened_issues(db, scope, record), queries.issue_events(db, scope, record)
    return join_projects(declared, rows, states(scope, record), lives_of(issues, events, record.period.last_day))


@remembered_fact
def ledger_cells(scope: Scope, record: Record, code: str, body: str, month: str, row_key: str) -> pd.DataFrame:
    """The values of one row of a ledger with their cells."""
    return queries.ledger_cells(database(), scope, record, LEDGERS[code], body, month, row_key)


@remembered_fact
def accounts_of_works(scope: Scope, record: Record) -> pd.DataFrame:
    """What the ledger of works and each return up to the record's period say of the infrastructure works."""
    returns = queries.work_returns(database(), scope, record)
    return work_accounts(ledger(scope, record, WORKS.code), states(scope, record), returns, record.period)


@remembered_fact
def sample_receipts(scope: Scope, record: Record) -> frozenset[str]:
    """The receipt numbers of the samples among all that is in force."""
    return queries.sample_receipts(database(), scope, record)


@remembered_fact
def sample_targets(scope: Scope, record: Record) -> bool:
    """Whether the year's targets are samples."""
    return queries.targets_are_samples(database(), scope, record)


@remembered_fact
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
