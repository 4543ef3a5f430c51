"""Scores of the supervision assessment: one pure function from states, targets and excuses to a frame of points.

Points of a month are held against what is due by then (序时, month / 12: domain.md 2.2), those of the year against the
whole target. A figure that nobody reported and a target that nobody set give no points and no zero (missing is not zero).
A project excused by a recorded decision is not assessed in that month (天府新区眉山, S59): penalties and the shares of
plans leave it out; what is done stays done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from domain.assessment_schemes import (
    BEYOND,
    DISTRICT,
    FIRM,
    PLAN,
    RANK,
    SHARE,
    SIZED,
    WITH_TARGET,
    Assessed,
    Scheme,
    SchemeLine,
)
from domain.indicators import COUNT, INDICATORS, WAN_PER_YI
from domain.periods import Period, time_proportional_share
from domain.progress import Targets
from domain.rulings import Excuse, excused_in

MONTH, YEAR = SPANS = ("month", "year")
NOT_REPORTED, NO_TARGET, NO_PLAN = GAPS = ("not_reported", "no_target", "no_plan")
COLUMNS = (
    "assessed", "period", "span", "line", "points", "full", "figure", "target", "project_ids", "excused_ids", "gap",
)  # fmt: skip
# All that the score needs of a project.
STATE_COLUMNS = (
    "stage", "category", "owner_name", "responsible_body", "total_investment_wan", "annual_plan_wan",
    "investment_ytd_wan", "signed_date", "planned_start_date", "start_date", "planned_completion_date",
    "completion_date", "production_date", "capacity_date", "first_planned_start_date",
    "first_planned_completion_date", "first_stage_period", "in_production_period", "at_capacity_period",
)  # fmt: skip
IDS = ("project_ids", "excused_ids")
DECIMALS = 2
States = Mapping[Period, pd.DataFrame]


def score(scheme: Scheme, states: States, targets: Targets, excuses: Iterable[Excuse] = ()) -> pd.DataFrame:
    """One row each assessed × month × span × line, in that order.

    ``states``: each month's states of all projects (``storage.queries.project_states``). ``points`` (to 0.01) and
    ``figure`` are missing where ``gap`` says why; figure and target are numbers of projects or 亿元, the target as due by
    the month in the span ``month``. ``project_ids`` are what the figure is made of, ``excused_ids`` what was left out.
    """
    known = list(excuses)
    rows = [
        row
        for who in scheme.assessed
        for period, frame in states.items()
        for row in _month_rows(scheme, who, frame, period, targets, excused_in(known, period))
    ]
    points = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"points": float, "figure": float, "target": float})
    return _ranked(points, scheme)


def for_publication(points: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The points as they are published: the projects behind those of the month, of earlier months the points alone."""
    is_of_month = points["period"] == str(period)
    kept = {name: points[name].where(is_of_month, pd.Series([()] * len(points), points.index)) for name in IDS}
    return points.assign(**kept)


def totals(scheme: Scheme, points: pd.DataFrame) -> pd.DataFrame:
    """One row each assessed × month × span: ``total`` within the scheme's bounds, and ``gaps``, the lines without points.

    A total is missing where no line of weight could be scored.
    """
    weights = [line.code for line in scheme.lines if line.points > 0]
    rows = [
        {"assessed": who, "period": period, "span": span, "total": _total(scheme, own, weights), "gaps": int(own["points"].isna().sum())}
        for (who, period, span), own in points.groupby(["assessed", "period", "span"], sort=False)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["assessed", "period", "span", "total", "gaps"]).astype({"total": float})


def _total(scheme: Scheme, own: pd.DataFrame, weights: Sequence[str]) -> float | None:
    if own.loc[own["line"].isin(weights), "points"].isna().all():
        return None
    return round(min(max(float(own["points"].sum()), scheme.least), scheme.most), DECIMALS)


def works_of(states: pd.DataFrame, firm: Assessed) -> pd.Series:
    """Mask of the rows whose owner or responsible body names a state firm."""
    named = states["owner_name"].fillna("") + " " + states["responsible_body"].fillna("")
    return named.map(lambda text: any(word in text for word in firm.words)).astype(bool)


def members_of(line: SchemeLine, who: Assessed, states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The projects that a line's figure is made of, excused ones included."""
    indicator = INDICATORS[line.indicator]
    if who.kind == FIRM:
        return indicator.members(states[works_of(states, who)], period)
    return indicator.members(states, period, who.code)


def _month_rows(
    scheme: Scheme,
    who: Assessed,
    states: pd.DataFrame,
    period: Period,
    targets: Targets,
    excused: Mapping[str, Excuse],
) -> list[dict[str, Any]]:
    """The rows of one month: what a line counts is the same in both spans, and found once."""
    lines = scheme.lines_of(who.kind)
    counted = [_counted(line, members_of(line, who, states, period), excused) for line in lines]
    own = states[states["body"] == who.code]
    return [
        {"assessed": who.code, "period": str(period), "span": span, "line": line.code, "full": line.full}
        | _line_points(line, who, own if who.kind == DISTRICT else found, found, targets, due)
        | {"project_ids": ids, "excused_ids": left_out}
        for span, due in ((MONTH, time_proportional_share(period)), (YEAR, 1.0))
        for line, (found, ids, left_out) in zip(lines, counted, strict=True)
    ]


def _counted(
    line: SchemeLine, members: pd.DataFrame, excused: Mapping[str, Excuse]
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """The members that count, their ids, and the ids of those left out because they are excused.

    Where no plan is told at all, the ids are those of the members that lack one, so that they can be opened.
    """
    is_left_out = members["project_id"].isin(list(excused)) & (line.is_penalty or line.formula == PLAN)
    counted = left = members[~is_left_out]
    if line.formula == PLAN:
        counted = counted[counted["annual_plan_wan"] > 0]
    shown = left if counted.empty else counted
    return counted, tuple(shown["project_id"]), tuple(members.loc[is_left_out, "project_id"])


def _line_points(
    line: SchemeLine, who: Assessed, own: pd.DataFrame, counted: pd.DataFrame, targets: Targets, due: float
) -> dict[str, Any]:
    """Points, figure and target of a line, or why there are none; ``own`` are the rows that must be reported."""
    figure, target = _figure(line, counted), _target(line, who, counted, targets, due)
    gap = _gap(line, own, counted, target)
    return {
        "points": None if gap else points_of(line, figure, target),
        "figure": None if gap and gap != NO_TARGET else figure,
        "target": target,
        "gap": gap,
    }


def points_of(line: SchemeLine, figure: float, target: float | None) -> float:
    """The points of a figure; of a line by rank the share that is ranked afterwards, before its points."""
    if line.formula in (SHARE, PLAN):
        return round(line.points * min(figure / (target or 1.0), line.cap), DECIMALS)
    if line.formula == RANK:
        return figure / (target or 1.0)
    units = figure - (target or 0.0) if line.formula == BEYOND else figure
    return round(min(max(line.per_unit * units, line.least), line.most), DECIMALS)


def size_points(line: SchemeLine, projects: pd.DataFrame) -> pd.Series:
    """Points of each project by its size and its type; one without a known size has none for it (S53)."""
    found = pd.Series(0.0, projects.index)
    for least_wan, points in sorted(line.sizes):
        found = found.mask(projects["total_investment_wan"] >= least_wan, points)
    for word, points in line.types:
        found = found + ((projects["kind"] == word) | (projects["category"] == word)) * points
    return found


def _figure(line: SchemeLine, counted: pd.DataFrame) -> float:
    indicator = INDICATORS[line.indicator]
    if line.formula == SIZED:
        return float(size_points(line, counted).sum())
    if indicator.measure is None:
        return float(len(counted))
    return float(counted[indicator.measure].sum()) / WAN_PER_YI


def _target(line: SchemeLine, who: Assessed, counted: pd.DataFrame, targets: Targets, due: float) -> float | None:
    if line.formula == PLAN:
        return float(counted["annual_plan_wan"].sum()) / WAN_PER_YI * due or None
    indicator = INDICATORS[line.indicator]
    whole = targets.get((indicator.target or "", who.code)) if line.formula in WITH_TARGET else None
    if not whole:
        return None
    return whole * due if indicator.unit == COUNT else whole / WAN_PER_YI * due


def _gap(line: SchemeLine, own: pd.DataFrame, counted: pd.DataFrame, target: float | None) -> str:
    """Why a line gives no points; empty where it does."""
    if line.formula == PLAN and counted.empty:
        return NO_PLAN
    if own.empty or not own["is_body_reported"].all():
        return NOT_REPORTED
    measure = INDICATORS[line.indicator].measure
    if measure and line.formula != SIZED and counted[measure].isna().all():
        return NOT_REPORTED
    return NO_TARGET if line.formula in WITH_TARGET and target is None else ""


def _ranked(points: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """Lines by rank: of n ranked the first has all points, each place below one n-th less; equals share the better place."""
    for line in (line for line in scheme.lines if line.formula == RANK):
        own = points.loc[points["line"] == line.code]
        by_month = own.groupby(["period", "span"])["points"]
        place, count = by_month.rank(method="min", ascending=False), by_month.transform("count")
        points.loc[own.index, "points"] = (line.points * (count - place + 1) / count).round(DECIMALS)
    return points
