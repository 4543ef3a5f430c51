"""How late the late ones are, in bands of whole months, against the first promise and against the latest plan."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from domain.delay import PROGRESS, months_between
from domain.indicators import MILESTONES, has_begun, is_under_construction
from domain.periods import Period
from domain.submissions import PROJECTS

FIRST, LATEST = "first", "latest"
PROMISES = (FIRST, LATEST)


@dataclass(frozen=True, slots=True)
class Band:
    """Delays of up to ``most`` whole months, more than the band before it; None for all above."""

    code: str
    most: int | None


# For a list of one year; finer than India's, whose projects run for decades.
ZONE_BANDS = (Band("to_1", 1), Band("to_3", 3), Band("to_6", 6), Band("to_12", 12), Band("above_12", None))
# India's Flash Report: 1-12, 13-24, 25-60 and more than 60 months.
INDIA_BANDS = (Band("to_12", 12), Band("to_24", 24), Band("to_60", 60), Band("above_60", None))


def banded_delays(delays: pd.DataFrame, period: Period, bands: tuple[Band, ...] = ZONE_BANDS) -> pd.DataFrame:
    """One row for each late project and promise that it is late by; ``delays`` as ``domain.delay.delayed_projects``.

    Columns: project_id, body, milestone, promise (first or latest), days, months, band. A promise for the period's own
    month is due and stands in the lowest band. Projects that are only behind their plan of the year are left out.
    Measured twice because moving a date must not make a delay vanish: in June 2023 815 of India's projects were late by
    their first date and 594 by their latest one.
    """
    late = delays[delays["milestone"] != PROGRESS]
    return pd.concat([_by_promise(late, promise, period, bands) for promise in PROMISES], ignore_index=True)


def _by_promise(late: pd.DataFrame, promise: str, period: Period, bands: tuple[Band, ...]) -> pd.DataFrame:
    days = late[f"delay_{promise}_days"]
    found = late.loc[days >= 0, ["project_id", "body", "milestone"]].assign(promise=promise, days=days[days >= 0])
    # Back from the days to the date promised, whose month decides.
    promised = pd.Timestamp(period.last_day) - pd.to_timedelta(found["days"], unit="D")
    found["months"] = months_between(promised, period)
    found["band"] = [band_of(months, bands) for months in found["months"]]
    return found


def band_of(months: float, bands: tuple[Band, ...] = ZONE_BANDS) -> str:
    """The code of the band that a number of whole months falls in."""
    return next(band.code for band in bands if band.most is None or months <= band.most)


def moved_away(delays: pd.DataFrame) -> pd.Series:
    """Mask: late by the first promise only, since the latest plan is not due: red by the one, unseen by the other."""
    return (delays["delay_first_days"] >= 0) & ~(delays["delay_latest_days"] >= 0)


def undated(states: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Industrial projects that owe a start or a completion and for which no return ever planned a date, with milestone.

    A class of its own, neither late nor on time; India counted 336 such of 1,643 in June 2023. Who has not started owes
    the start alone; a cancelled project owes nothing.
    """
    projects = states[states["kind"] == PROJECTS]
    owing = {
        "start": ~has_begun(projects, period) & (projects["stage"] != "cancelled"),
        "completion": is_under_construction(projects, period),
    }
    parts = [_without_date(projects[owing[milestone]], milestone) for milestone in MILESTONES]
    return pd.concat(parts, ignore_index=True)


def _without_date(owing: pd.DataFrame, milestone: str) -> pd.DataFrame:
    found = owing[owing[f"planned_{milestone}_date"].isna()]
    return found[["project_id", "body"]].assign(milestone=milestone)
