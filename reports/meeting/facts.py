"""What the meeting is made of: every frame and rule's answer, read once for one record and shared by all pages.

The same queries and rules as on the screens, so that no figure of the meeting is made in another way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from domain.bodies import BODIES, DISTRICT_CODES, ZONE
from domain.changes import moved_promises
from domain.delay import PROGRESS, delayed_projects
from domain.indicators import HEADLINES, INDICATORS
from domain.issues import IssueLife, lives_of
from domain.ledgers import LEDGERS
from domain.ledgers.joining import join_projects
from domain.ledgers.made_up import with_made_up
from domain.ledgers.works import WORKS
from domain.node_plans import compare_nodes
from domain.periods import Period
from domain.progress import COURSE_COLUMNS, Progress, course_of, districts_of, measure_progress, targets_by_code
from domain.reasons import issues_by_level, merge_words
from domain.rule_sets import RuleSet
from domain.scope import Record, Scope
from domain.tasks import TaskLife, task_lives
from domain.work_accounts import judge_matters
from domain.work_register import work_accounts, work_lines
from reports.meeting.assessment import MonthPoints, read_points
from storage import queries
from storage.engine import Database

Figures = dict[tuple[str, str], Progress]
Course = list[tuple[int, float | None]]


@dataclass(frozen=True)
class MeetingFacts:
    """All that the pages show, of the whole zone as of a record; issues are counted to ``day``.

    ``before`` are the states of the month before; ``last_year`` the figures of the same month of the year before, of
    bodies whose districts had all reported then; ``courses`` the zone's headline figures by month; ``ledgers`` the rows of
    each of the office's ledgers; ``tasks`` all that were given up to the day;
    ``work_lines`` (domain/work_register.py) what the ledger of works and the returns say of them, empty without a ledger;
    ``points`` the month's assessment, None where no scheme is in force; ``is_sample`` says that returns in force are made up.
    """

    period: Period
    day: date
    rules: RuleSet
    reported: list[str]
    states: pd.DataFrame
    before: pd.DataFrame
    delays: pd.DataFrame
    progress: Figures
    last_year: dict[tuple[str, str], float]
    courses: dict[str, Course]
    nodes: pd.DataFrame
    lives: list[IssueLife]
    ledgers: dict[str, pd.DataFrame] = field(default_factory=dict)
    tasks: list[TaskLife] = field(default_factory=list)
    work_lines: pd.DataFrame = field(default_factory=pd.DataFrame)
    points: MonthPoints | None = None
    is_sample: bool = False

    @cached_property
    def late(self) -> pd.DataFrame:
        """The projects that are late with a milestone, worst first."""
        return self.delays[self.delays["milestone"] != PROGRESS]

    @cached_property
    def moved(self) -> pd.DataFrame:
        """Promises moved to a later month since the month before."""
        return moved_promises(self.before, self.states)

    @cached_property
    def names(self) -> dict[str, str]:
        """Project's id -> its name."""
        return dict(zip(self.states["project_id"], self.states["project_name"], strict=True))

    @cached_property
    def named(self) -> dict[str, pd.DataFrame]:
        """Level -> the projects whose issue, named in the month's return, that level must solve."""
        return issues_by_level(self.states)

    @property
    def missing(self) -> list[str]:
        """The districts that have not sent the period's return, in the order of the districts."""
        return [code for code in DISTRICT_CODES if code not in self.reported]

    def ids_of(self, code: str, body: str) -> tuple[str, ...]:
        """The projects that a figure of a body is made of."""
        return ids_in(INDICATORS[code].members(self.states, self.period, body))


def ids_in(rows: pd.DataFrame) -> tuple[str, ...]:
    """The projects of rows, each once, in their order."""
    return tuple(rows["project_id"].unique())


def read_facts(db: Database, scope: Scope, record: Record, day: date) -> MeetingFacts:
    """Read all that a meeting shows."""
    period, states = record.period, queries.project_states(db, scope, record)
    vocabulary = merge_words(queries.taught_words(db, scope, record))
    plan, node_reports = queries.nodes(db, scope, record), queries.node_reports(db, scope, record)
    reported, rules = queries.reported_bodies(db, scope, record), queries.rule_sets(db, scope, record)[record.rule_set]
    targets = targets_by_code(queries.targets(db, scope, record))
    lives = lives_of(queries.opened_issues(db, scope, record), queries.issue_events(db, scope, record), day)
    tasks = task_lives(queries.tasks(db, scope, record), queries.task_events(db, scope, record), day)
    samples = queries.sample_receipts(db, scope, record)
    ledgers = {
        code: with_made_up(ledger, queries.ledger_rows(db, scope, record, ledger), samples)
        for code, ledger in LEDGERS.items()
    }
    return MeetingFacts(
        period=period,
        day=day,
        rules=rules,
        reported=reported,
        states=states,
        before=queries.project_states(db, scope, _shifted(record, -1)),
        delays=delayed_projects(states, period, vocabulary, rules),
        progress=measure_progress(states, targets, period, reported, rules),
        last_year=_last_year(db, scope, _shifted(record, -12)),
        courses=_courses(db, scope, record),
        nodes=compare_nodes(plan, node_reports, states, period),
        lives=lives,
        ledgers={code: join_projects(LEDGERS[code], rows, states, lives) for code, rows in ledgers.items()},
        tasks=tasks,
        work_lines=_work_lines(db, scope, record, ledgers[WORKS.code], states),
        points=read_points(db, scope, record, states, targets),
        is_sample=bool(samples),
    )


def _work_lines(
    db: Database, scope: Scope, record: Record, ledger: pd.DataFrame, states: pd.DataFrame
) -> pd.DataFrame:
    if ledger.empty:
        return pd.DataFrame()
    accounts = work_accounts(ledger, states, queries.work_returns(db, scope, record), record.period)
    return work_lines(accounts, judge_matters(accounts))


def _shifted(record: Record, months: int) -> Record:
    return Record(record.period.shifted(months), record.acceptances, record.rule_set)


def _last_year(db: Database, scope: Scope, record: Record) -> dict[tuple[str, str], float]:
    """The headline figures of the bodies of which all had reported; what is not known is left out."""
    reported = queries.reported_bodies(db, scope, record)
    bodies = [body for body in BODIES if set(districts_of(body)) <= set(reported)]
    if not bodies:
        return {}
    figures = measure_progress(queries.project_states(db, scope, record), {}, record.period, reported)
    asked = [figures[code, body] for code in HEADLINES for body in bodies]
    return {(each.indicator.code, each.body): each.done for each in asked if each.done is not None}


def _courses(db: Database, scope: Scope, record: Record) -> dict[str, Course]:
    months = [str(period) for period in record.period.year_so_far()]
    frame = queries.project_states(db, scope, record, months, COURSE_COLUMNS)
    by_period = {month: frame[frame["period"] == month] for month in months}
    return {code: course_of(INDICATORS[code], by_period, ZONE.code) for code in HEADLINES}
