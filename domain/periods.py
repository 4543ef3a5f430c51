"""Reporting periods: the month a return speaks of."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One reporting month (报告期); prints and sorts as ``2024-08``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Raise ValueError for a month outside 1 to 12 or a year no return can mean."""
        if not (1 <= self.month <= 12 and 1990 <= self.year <= 2100):
            raise ValueError(f"not a reporting period: {self.year}-{self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``YYYY-MM``; raise ValueError on anything else."""
        matched = re.fullmatch(r"(\d{4})-(\d{2})", text or "")
        if not matched:
            raise ValueError(f"not a reporting period: {text!r}")
        return cls(int(matched[1]), int(matched[2]))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The cut-off date (数据截止日) of a monthly return."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def number(self) -> int:
        """Months since year 0."""
        return self.year * 12 + self.month - 1

    def previous(self) -> Period:
        return self.shifted(-1)

    def next(self) -> Period:
        return self.shifted(1)

    def shifted(self, months: int) -> Period:
        """The period so many months later (negative: earlier)."""
        index = self.number + months
        return Period(index // 12, index % 12 + 1)

    def year_so_far(self) -> list[Period]:
        """January up to this period."""
        return [Period(self.year, month) for month in range(1, self.month + 1)]


def time_proportional_share(period: Period) -> float:
    """Share of the year's target due by the period's end (序时进度), 0 to 1.

    Plain month / 12: seven published bulletins (江苏, 常州, 江门, 云浮 ...) reconcile to it.
    """
    return period.month / 12
