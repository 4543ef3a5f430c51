"""The collection of returns: when each is due, whether it came in time, and how complete it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import pandas as pd
from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

from domain.periods import Period
from domain.stages import CONSTRUCTION_STAGES, FINISHED_STAGES
from domain.submissions import MONTHLY_RETURN
from domain.wording import narrow_text

# The years whose holidays and moved working days the State Council had announced when the calendar was made.
CALENDAR_YEARS = range(min(holidays).year, max(holidays).year + 1)
LEAST_WORKING_DAY, MOST_WORKING_DAY = 1, 20
ON_TIME, LATE, BACKFILLED, OVERDUE, NOT_DUE = "on_time", "late", "backfilled", "overdue", "not_due"
OPEN, USED, EXPIRED = "open", "used", "expired"


@dataclass(frozen=True, slots=True)
class DueRule:
    """A return is due on the ``working_day``-th working day after its month, for periods from ``from_period`` on."""

    kind: str
    from_period: Period
    working_day: int


# Until the office sets its own: the fifth working day of the next month.
FIRST_RULE = DueRule(MONTHLY_RETURN, Period(1990, 1), 5)


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due date (报送期限); ``is_exact`` is false where holidays were not known yet and only weekends were left out."""

    day: date
    working_day: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Whether a return came in time: the state, and calendar days late where it is late or overdue."""

    state: str
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """The projects of one body's return against the record before it, by id.

    ``expected``: on record before the period, neither completed nor cancelled then; None where nothing was on record.
    ``reported``: all that the return lists. ``missing``: expected and left out. ``copied``: under construction, and the
    progress told in the very words of the month before.
    """

    expected: tuple[str, ...] | None
    reported: tuple[str, ...]
    missing: tuple[str, ...]
    copied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodLock:
    """A period closed after its meeting: its monthly returns are neither accepted nor withdrawn any more."""

    period: str
    locked_at: datetime
    locked_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class LockException:
    """Leave for one monthly return of a body in a closed period; ``used_by`` is the receipt that it was used for."""

    body: str
    period: str
    valid_until: date
    granted_at: datetime
    granted_by: str
    reason: str
    used_by: str | None = None

    def state_on(self, day: date) -> str:
        """Whether a return may come in by it: used once, or its last day passed, and it is gone."""
        if self.used_by is not None:
            return USED
        return EXPIRED if day > self.valid_until else OPEN


def is_calendar_known(day: date) -> bool:
    """True for a day of a year whose holidays are known."""
    return day.year in CALENDAR_YEARS


@cache
def is_working_day(day: date) -> bool:
    """A working day in China, holidays and the weekends worked for them counted; outside the known years a weekday."""
    return bool(is_workday(day)) if is_calendar_known(day) else day.weekday() < 5


def rule_for(period: Period, rules: Iterable[DueRule], kind: str = MONTHLY_RETURN) -> DueRule:
    """The rule of a return for a period: of those that reach it the one set last, the first rule where none does."""
    reaching = [rule for rule in rules if rule.kind == kind and rule.from_period <= period]
    return reaching[-1] if reaching else FIRST_RULE


def due_date(period: Period, rules: Iterable[DueRule]) -> DueDate:
    """When the monthly return of a period is due: on the N-th working day after the period's last day."""
    working_day = rule_for(period, rules).working_day
    day, counted, is_exact = period.last_day, 0, True
    while counted < working_day:
        day += timedelta(days=1)
        counted += is_working_day(day)
        is_exact = is_exact and is_calendar_known(day)
    return DueDate(day, working_day, is_exact)


def judge_receipt(received_on: date | None, period: Period, rules: Sequence[DueRule], today: date) -> Punctuality:
    """Whether a monthly return came in time; the due date is the last day in time.

    What came only after the return of the next period was due is no late return but one filled in afterwards (补报).
    """
    due = due_date(period, rules).day
    if received_on is None:
        days = (today - due).days
        return Punctuality(OVERDUE, days) if days > 0 else Punctuality(NOT_DUE)
    days = (received_on - due).days
    if days <= 0:
        return Punctuality(ON_TIME)
    if received_on > due_date(period.shifted(1), rules).day:
        return Punctuality(BACKFILLED, days)
    return Punctuality(LATE, days)


def measure_completeness(before: pd.DataFrame, now: pd.DataFrame, body: str) -> Completeness:
    """How complete the return of a body is. Both frames are states of one period each, ``before`` of the one before.

    Columns read: project_id, body, stage, completion_date, progress_text, is_reported.
    """
    before, now = before[before["body"] == body], now[now["body"] == body]
    open_before = before[~before["stage"].isin(FINISHED_STAGES) & before["completion_date"].isna()]
    reported = now[now["is_reported"]]
    is_expected = open_before["project_id"].isin(reported["project_id"])
    return Completeness(
        expected=tuple(open_before["project_id"]) if len(before) else None,
        reported=tuple(reported["project_id"]),
        missing=tuple(open_before.loc[~is_expected, "project_id"]),
        copied=_copied(before, reported[reported["stage"].isin(CONSTRUCTION_STAGES)]),
    )


def _copied(before: pd.DataFrame, now: pd.DataFrame) -> tuple[str, ...]:
    """Projects whose progress is told in the words of the month before, spaces and forms of signs apart; nothing said is not copied."""
    columns = ["project_id", "progress_text"]
    joined = now[columns].merge(before[columns], on="project_id", suffixes=("", "_before"))
    same = [
        isinstance(text, str) and isinstance(old, str) and bool(narrow_text(text)) and narrow_text(text) == narrow_text(old)
        for text, old in zip(joined["progress_text"], joined["progress_text_before"], strict=True)
    ]
    return tuple(joined.loc[pd.Series(same, joined.index, dtype=bool), "project_id"])


def first_month(today: date) -> Period:
    """The month to begin with where nothing was accepted yet: the one whose return is due next, by the first rule.

    Mostly the month that runs; in its first days still the one before, whose return is on its way.
    """
    running = Period(today.year, today.month)
    return running.previous() if today <= due_date(running.previous(), []).day else running


def months_offered(accepted: Sequence[str], today: date) -> list[str]:
    """Every month since the first accepted return, up to the newest accepted or, where later, the last one that ended.

    Months without any return are among them: for these the returns are owed.
    """
    if not accepted:
        return []
    month, found = Period.parse(accepted[0]), []
    last = max(Period.parse(accepted[-1]), Period(today.year, today.month).previous())
    while month <= last:
        found.append(str(month))
        month = month.shifted(1)
    return found
