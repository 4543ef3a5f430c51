"""Rule sets of the lights (亮灯规则) as data: what is measured, where each colour begins, and whose text says so.

A rule set is a code with numbered versions. Which one is in force is decided by people (``domain.rule_choices``); the
figures are the same under all of them, only the colours and standings differ.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from domain.periods import Period, time_proportional_share

# What is compared with the time-proportional share: the gap in percentage points, or the ratio of the two (达序时比).
POINTS, RATIO = MEASURES = ("points", "ratio")
BY_MONTH, BY_DAY, BY_CURVE = TIME_MODES = ("month", "day", "curve")
MOST_RETURNS, MOST_MONTHS, MOST_DAYS = 6, 12, 365


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a colour begins, downwards: below ``value``, or at it too. Percentage points or a ratio, by the measure."""

    value: float
    is_included: bool = False

    def is_reached(self, values: pd.Series) -> pd.Series:
        """Mask of the values that the colour takes; a missing value reaches none."""
        return values <= self.value if self.is_included else values < self.value


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a rule set.

    ``slightly``, ``attention`` and ``behind`` are the limits of 略欠, 关注 and 滞后, None for a colour that the rule does
    not know. ``curve`` holds the shares of the year due by the end of each month, for the time mode of that name.
    ``first_month``: no colour by progress in the months before. ``start_months`` and ``completion_months``: whole months
    since the month promised from which an overdue start or completion is behind. ``stalled_returns``, ``silent_returns``
    and ``slow_returns``: returns in a row that make 停滞, 静默 and 进展缓慢; ``slow_node_days``: a node missed for so long
    makes the last too. ``renewal_months``: for how many months a recorded suspension holds. ``source`` names where it
    comes from, ``takes`` what is taken from there, ``leaves`` what the text leaves open and how it is filled.
    """

    code: str
    version: int
    name: str
    english: str
    source: str
    source_en: str
    takes: str
    takes_en: str
    leaves: str
    leaves_en: str
    measure: str = POINTS
    time_mode: str = BY_MONTH
    curve: tuple[float, ...] = ()
    slightly: Limit | None = Limit(0.0)
    attention: Limit | None = None
    behind: Limit | None = None
    first_month: int = 1
    start_months: int = 3
    completion_months: int = 3
    stalled_returns: int = 3
    silent_returns: int = 2
    slow_returns: int = 2
    slow_node_days: int = 30
    renewal_months: int = 3
    is_sample: bool = True

    @property
    def key(self) -> str:
        """Code and version, as a ``Record`` carries them: ``zone@1``."""
        return f"{self.code}@{self.version}"


# What an office may change in a version of its own.
TOLD = (
    "code",
    "version",
    "name",
    "english",
    "source",
    "source_en",
    "takes",
    "takes_en",
    "leaves",
    "leaves_en",
    "is_sample",
)
SETTINGS = tuple(field.name for field in fields(RuleSet) if field.name not in TOLD)
LIMITS = ("slightly", "attention", "behind")
# setting, least, most
BOUNDS = (
    ("first_month", 1, MOST_MONTHS),
    ("start_months", 1, MOST_MONTHS),
    ("completion_months", 1, MOST_MONTHS),
    ("stalled_returns", 2, MOST_RETURNS),
    ("silent_returns", 1, MOST_RETURNS),
    ("slow_returns", 1, MOST_RETURNS),
    ("slow_node_days", 1, MOST_DAYS),
    ("renewal_months", 1, MOST_MONTHS),
)


def time_share(period: Period, rules: RuleSet) -> float:
    """Share of the year due by the period's end, 0 to 1: by the month, by the day, or by the plan's curve.

    Seven bulletins reconcile to month / 12; some offices count days, or follow a curve of the plan (2.2).
    """
    if rules.time_mode == BY_CURVE:
        return rules.curve[period.month - 1]
    if rules.time_mode == BY_DAY:
        day = pd.Timestamp(period.last_day)
        return day.day_of_year / (366 if day.is_leap_year else 365)
    return time_proportional_share(period)


def gap_of(share: float, due: float) -> float:
    """Progress gap (进度差) of a share done against the share due, in percentage points; of numbers and of series.

    Rounded where a float's last digits would decide: 36 of 40 in December is -10, not a little above.
    """
    return round((share - due) * 100, 9)


def ratio_of(share: float, due: float) -> float:
    """Ratio to the share due (达序时比) of a share done; missing while nothing is due."""
    return round(share / due, 9) if due else share * math.nan


def measured(share: float, due: float, rules: RuleSet) -> float:
    """The one of the two by which the rule set colours."""
    return ratio_of(share, due) if rules.measure == RATIO else gap_of(share, due)


def settings_of(rules: RuleSet) -> dict[str, Any]:
    """The settings as plain values, to be stored and read again by ``with_settings``."""
    return {name: value for name, value in asdict(rules).items() if name in SETTINGS}


def with_settings(rules: RuleSet, version: int, settings: dict[str, Any]) -> RuleSet:
    """Another version of a rule set with these settings; what is not among them stays, unknown ones are left out."""
    known = {name: value for name, value in settings.items() if name in SETTINGS}
    limits = {name: Limit(**known[name]) for name in LIMITS if isinstance(known.get(name), dict)}
    curve = {"curve": tuple(known["curve"])} if "curve" in known else {}
    return replace(rules, version=version, **{**known, **limits, **curve})


def fault_of_rules(rules: RuleSet) -> str | None:
    """Why a rule set cannot be used, by the code of its sentence; None when it can."""
    if rules.measure not in MEASURES or rules.time_mode not in TIME_MODES:
        return "unknown_setting"
    if any(not least <= getattr(rules, name) <= most for name, least, most in BOUNDS):
        return "out_of_bounds"
    limits = [limit.value for name in LIMITS if (limit := getattr(rules, name)) is not None]
    if rules.behind is None or any(upper <= lower for upper, lower in pairwise(limits)):
        return "limits_not_falling"
    if rules.measure == RATIO and not all(0 < value <= 1 for value in limits):
        return "ratio_out_of_range"
    return _fault_of_curve(rules) if rules.time_mode == BY_CURVE else None


def _fault_of_curve(rules: RuleSet) -> str | None:
    """Twelve shares that never fall and end with the whole plan."""
    curve = rules.curve
    is_rising = all(before <= after for before, after in pairwise(curve))
    if len(curve) != 12 or not is_rising or curve[0] < 0 or curve[-1] != 1:
        return "curve_not_rising"
    return None
