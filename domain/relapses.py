"""Closed measures whose figure has worsened since (疑似回潮): a proposal that a person confirms or sets aside.

domain.md 5, idea 10: each measure can be tied to a live indicator, and a closed one opens again as 疑似回潮 when the indicator
worsens; the published report promises “坚决防止问题反弹回潮”. The figure is compared with that of the last whole month before
the closing, which is what was known then. A month that the body did not report compares with nothing: it is no all-clear.
What was set aside stays so until the figure is worse than it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from domain.bodies import BODIES
from domain.indicators import INDICATORS, OVERDUE, of_body
from domain.periods import Period
from domain.tasks import DONE, TaskLife

# Figures of which more is worse, at any time of the year; sums since January begin anew each year and cannot worsen.
WORSE_WHEN_MORE = (*OVERDUE, "signed_not_started_count")
CONFIRMED, SET_ASIDE = RULINGS = ("confirmed", "set_aside")
RELAPSED, RULED_OUT, HOLDS, UNTOLD = WATCH_STATES = ("relapsed", "ruled_out", "holds", "untold")
Tie = tuple[str, str, Period]  # indicator, body, month


@dataclass(frozen=True, slots=True)
class RelapseRuling:
    """What a person decided of a proposal, with the figures that stood on the screen."""

    task_id: str
    kind: str
    indicator: str
    body: str
    period: Period
    figure: float
    baseline: float
    on_date: date
    note: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A closed measure beside its figure; ``baseline`` and ``value`` are None where the body did not report the month."""

    life: TaskLife
    baseline_period: Period
    baseline: float | None
    period: Period
    value: float | None
    state: str

    @property
    def indicator(self) -> str:
        """Code of the figure that it is tied to."""
        return self.life.detail.indicator

    @property
    def body(self) -> str:
        """Whose figure."""
        return self.life.detail.indicator_body


def can_be_tied(indicator: str, body: str) -> bool:
    """Whether a measure can be tied to a figure of a body; empty ties it to none."""
    return not indicator or (indicator in WORSE_WHEN_MORE and body in BODIES)


def month_known(day: date) -> Period:
    """The last month that had ended by a day: what was known when something was closed."""
    period = Period(day.year, day.month)
    return period if day == period.last_day else period.previous()


def ties(lives: Iterable[TaskLife], period: Period) -> set[Tie]:
    """The figures that watching closed measures in a period takes."""
    return {
        (life.detail.indicator, life.detail.indicator_body, month)
        for life in _watched(lives)
        for month in (month_known(_closed_on(life)), period)
    }


def figure(states: pd.DataFrame, tie: Tie) -> float | None:
    """A figure from the states of its month; None where the body, or for the zone a district, did not report it."""
    indicator, body, period = tie
    own = states[of_body(states, body)]
    if own.empty or not own["is_body_reported"].all():
        return None
    return INDICATORS[indicator].value(states, period, body)


def watch(
    lives: Iterable[TaskLife], figures: Mapping[Tie, float | None], period: Period, rulings: Iterable[RelapseRuling]
) -> list[Watch]:
    """The closed measures that are tied to a figure, as of a period: relapsed before all others, in the order given."""
    known = list(rulings)
    found = [_watch(life, figures, period, known) for life in _watched(lives) if month_known(_closed_on(life)) < period]
    return sorted(found, key=lambda each: WATCH_STATES.index(each.state))


def relapses(watched: Iterable[Watch]) -> list[Watch]:
    """Those that are proposed to be opened again."""
    return [each for each in watched if each.state == RELAPSED]


def ruling_of(each: Watch, kind: str, on_date: date, note: str) -> RelapseRuling:
    """The ruling on a proposal. Raises ValueError for a watch without figures."""
    if each.value is None or each.baseline is None:
        raise ValueError("nothing is proposed without figures")
    return RelapseRuling(
        each.life.task.task_id, kind, each.indicator, each.body, each.period, each.value, each.baseline, on_date, note
    )


def fault_of_ruling(life: TaskLife, ruling: RelapseRuling, today: date) -> str | None:
    """Why a ruling cannot be recorded of a task as it is now, as a code; None when it can."""
    tied = (life.detail.indicator, life.detail.indicator_body)
    faults = (
        ("unknown_code", ruling.kind not in RULINGS),
        ("not_tied", not ruling.indicator or (ruling.indicator, ruling.body) != tied),
        ("not_closed", life.state != DONE),
        ("not_worse", ruling.figure <= ruling.baseline),
        ("no_note", not ruling.note.strip()),
        ("in_future", ruling.on_date > today),
        ("too_early", life.closed_on is not None and ruling.on_date < life.closed_on),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def _watched(lives: Iterable[TaskLife]) -> list[TaskLife]:
    return [life for life in lives if life.state == DONE and life.detail.indicator in WORSE_WHEN_MORE]


def _closed_on(life: TaskLife) -> date:
    return life.closed_on or life.day


def _watch(life: TaskLife, figures: Mapping[Tie, float | None], period: Period, rulings: list[RelapseRuling]) -> Watch:
    tied, before = (life.detail.indicator, life.detail.indicator_body), month_known(_closed_on(life))
    baseline, value = figures.get((*tied, before)), figures.get((*tied, period))
    aside = [
        each.figure
        for each in rulings
        if (each.task_id, each.kind, each.indicator, each.body) == (life.task.task_id, SET_ASIDE, *tied)
        and each.on_date >= _closed_on(life)
    ]
    return Watch(life, before, baseline, period, value, _state(baseline, value, aside))


def _state(baseline: float | None, value: float | None, aside: list[float]) -> str:
    if baseline is None or value is None:
        return UNTOLD
    if value <= baseline:
        return HOLDS
    return RULED_OUT if value <= max(aside, default=baseline) else RELAPSED
