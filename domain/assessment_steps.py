"""What one more step of a project would bring: the same score of changed figures, less the score as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from domain.assessment import MONTH, score, totals
from domain.assessment_schemes import Scheme
from domain.indicators import has_come, is_signed_not_started, is_under_construction, of_body
from domain.periods import Period
from domain.progress import Targets
from domain.rulings import Excuse
from domain.submissions import PROJECTS

START, COMPLETION, PRODUCTION = STEPS = ("start", "completion", "production")
DATE_OF_STEP = {"start": "start_date", "completion": "completion_date", "production": "production_date"}
PLAN_OF_STEP = {"start": "planned_start_date", "completion": "planned_completion_date", "production": "completion_date"}
MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """One project's next step, and the points that it adds to a body's total, in the month and over the year."""

    step: str
    project_id: str
    points: float
    points_year: float


def next_steps(
    scheme: Scheme, states: pd.DataFrame, targets: Targets, excuses: Iterable[Excuse], period: Period, body: str
) -> list[NextStep]:
    """The steps that add most to a body's total, at most three, one of each kind; none that adds nothing.

    Of a kind the project that is due first stands for all: it is the nearest to the step.
    """
    known = list(excuses)
    before = _totals(scheme, states, targets, known, period, body)
    found = []
    for step in STEPS:
        project_id = nearest_project(states, step, period, body)
        if project_id is None:
            continue
        after = _totals(scheme, with_step(states, step, project_id, period), targets, known, period, body)
        gained = {span: round(after[span] - before[span], 2) for span in before}
        found.append(NextStep(step, project_id, gained[MONTH], gained["year"]))
    return sorted((each for each in found if each.points > 0), key=lambda each: -each.points)[:MOST_STEPS]


def with_step(states: pd.DataFrame, step: str, project_id: str, period: Period) -> pd.DataFrame:
    """The states had the project taken the step on the period's last day."""
    column = DATE_OF_STEP[step]
    days = states[column].mask(states["project_id"] == project_id, pd.Timestamp(period.last_day))
    return states.assign(**{column: days})


def nearest_project(states: pd.DataFrame, step: str, period: Period, body: str) -> str | None:
    """Of the body's projects that could take the step the one planned for the earliest day; None for none."""
    able = states[(states["kind"] == PROJECTS) & of_body(states, body) & ABLE[step](states, period)]
    ordered = able.sort_values([PLAN_OF_STEP[step], "project_id"], na_position="last")
    return None if ordered.empty else str(ordered["project_id"].iloc[0])


def _completed_not_producing(states: pd.DataFrame, period: Period) -> pd.Series:
    done = has_come(states, "completion_date", period) & ~has_come(states, "production_date", period)
    return done & states["in_production_period"].isna() & (states["stage"] != "cancelled")


ABLE: dict[str, Callable[[pd.DataFrame, Period], pd.Series]] = {
    START: is_signed_not_started,
    COMPLETION: is_under_construction,
    PRODUCTION: _completed_not_producing,
}


def _totals(
    scheme: Scheme, states: pd.DataFrame, targets: Targets, excuses: list[Excuse], period: Period, body: str
) -> dict[str, float]:
    found = totals(scheme, score(scheme, {period: states}, targets, excuses))
    own = found[found["assessed"] == body]
    return dict(zip(own["span"], own["total"].fillna(0.0), strict=True))
