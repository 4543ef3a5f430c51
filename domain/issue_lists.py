"""The lists that the meeting works off (会办清单), what moved on them in a month, and how much was resolved.

Issues that the province or the city must solve go to the joint list: the New Area and the county push upward together.
Those of the New Area and the county go to a special session. A firm's own are its own to solve. (Rectification report of
2024: the blockers by level; India's PRAGATI: resolved of all raised.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from domain.issues import DISMISSED, OPEN, RESOLVED, IssueLife
from domain.periods import Period
from domain.reasons import CITY, COUNTY, FIRM, LEVELS, NEW_AREA, PROVINCE

JOINT, SESSION, OWN = "joint", "session", "own"
LISTS = {JOINT: (PROVINCE, CITY), SESSION: (NEW_AREA, COUNTY), OWN: (FIRM,)}
# A month's return is due within the next month and talked about until the one after it comes.
NEWS_DAYS = 62
LIST_OF_LEVEL = {level: code for code, levels in LISTS.items() for level in levels}


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved on a list between two days.

    ``before`` + ``raised`` + ``taken_in`` - ``passed_on`` - ``resolved`` - ``dismissed`` = ``now``. ``raised`` were
    opened or reopened since; what was opened and closed in between counts on the list on which it ended.
    """

    before: int
    raised: int
    taken_in: int
    passed_on: int
    resolved: int
    dismissed: int
    now: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """How many of the issues raised were resolved; ``rate`` and ``median_days`` (of the resolved) None for none."""

    code: str
    raised: int
    resolved: int
    overdue: int
    median_days: float | None

    @property
    def rate(self) -> float | None:
        return self.resolved / self.raised if self.raised else None


def list_of(life: IssueLife) -> str:
    """The list of the level in whose hands an issue is, or was when it was closed."""
    return LIST_OF_LEVEL[life.level]


def day_shown(period: Period, today: date, *, is_newest: bool) -> date:
    """The day that a page of a period counts to: its cut-off date; of the newest period today, while it is news.

    So what is recorded today shows at once, and an earlier month stays as it was.
    """
    is_news = period.last_day <= today <= period.last_day + timedelta(days=NEWS_DAYS)
    return today if is_newest and is_news else period.last_day


def month_before(day: date) -> date:
    """The last day of the month before a day's: since then is this month."""
    return day.replace(day=1) - timedelta(days=1)


def most_urgent_first(lives: Iterable[IssueLife]) -> list[IssueLife]:
    """Overdue before all, the longest first; then the longest in one hand, the longest open, the highest level."""
    return sorted(
        lives,
        key=lambda life: (
            -life.days_overdue,
            -life.days_in_hand,
            -life.days_open,
            -LEVELS.index(life.level),
            life.issue.issue_id,
        ),
    )


def meeting_list(lives: Iterable[IssueLife], code: str) -> list[IssueLife]:
    """The open issues of a list, the most urgent first."""
    return most_urgent_first(life for life in lives if life.is_open and list_of(life) == code)


def resolved_since(lives: Iterable[IssueLife], day: date) -> list[IssueLife]:
    """The issues resolved after a day and not reopened, the newest first."""
    found = [life for life in lives if life.state == RESOLVED and life.closed_on and life.closed_on > day]
    return sorted(found, key=lambda life: (life.closed_on, life.issue.issue_id), reverse=True)


def flow_of(before: Iterable[IssueLife], now: Sequence[IssueLife], since: date, code: str) -> Flow:
    """What moved on a list since a day, from the issues as of that day and as of now."""
    was = {life.issue.issue_id: list_of(life) for life in before if life.is_open}
    moved = [life for life in now if life.issue.issue_id in was or life.closed_on is None or life.closed_on > since]
    moves = [(was.get(life.issue.issue_id), list_of(life), life.state) for life in moved]
    here = [(earlier, state) for earlier, later, state in moves if later == code]
    return Flow(
        before=sum(each == code for each in was.values()),
        raised=sum(earlier is None for earlier, _ in here),
        taken_in=sum(earlier is not None and earlier != code for earlier, _ in here),
        passed_on=sum(earlier == code and later != code for earlier, later, _ in moves),
        resolved=sum(state == RESOLVED for _, state in here),
        dismissed=sum(state == DISMISSED for _, state in here),
        now=sum(state == OPEN for _, state in here),
    )


def resolutions(
    lives: Iterable[IssueLife], code_of: Callable[[IssueLife], str], codes: Iterable[str]
) -> list[Resolution]:
    """For each code the issues raised, resolved and overdue; what was dismissed was no issue and counts for nothing.

    问题办结率 as PRAGATI publishes it: resolved of all raised (7,156 of 7,735).
    """
    groups: dict[str, list[IssueLife]] = {code: [] for code in codes}
    for life in lives:
        if life.state != DISMISSED:
            groups[code_of(life)].append(life)
    return [_resolution(code, found) for code, found in groups.items()]


def _resolution(code: str, lives: Sequence[IssueLife]) -> Resolution:
    days = [life.days_open for life in lives if life.state == RESOLVED]
    overdue = sum(life.days_overdue > 0 for life in lives)
    return Resolution(code, len(lives), len(days), overdue, median(days) if days else None)
