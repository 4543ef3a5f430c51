"""Decisions which version of something holds from a period on: of the rule sets, of the assessment's schemes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.periods import Period


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A decision that a version holds from a period on: when, by whom, why."""

    from_period: Period
    code: str
    version: int
    set_at: datetime
    set_by: str
    reason: str

    @property
    def key(self) -> str:
        """The version, as ``RuleSet.key`` and ``Scheme.key``."""
        return f"{self.code}@{self.version}"


def choice_in_force(choices: Iterable[VersionChoice], period: Period) -> VersionChoice | None:
    """Of the decisions that reach the period the one made last, ``choices`` being in the order made; None for none."""
    return next((each for each in reversed(list(choices)) if each.from_period <= period), None)
