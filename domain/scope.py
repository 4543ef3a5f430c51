"""For whom and as of what a query reads: the first two arguments of every query."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bodies import DISTRICT_CODES, ZONE
from domain.built_in_rules import ZONE_RULES
from domain.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks: a role and the bodies whose figures it may read. Until accounts exist everybody is the office."""

    role: str
    bodies: tuple[str, ...]

    def allows(self, body: str) -> bool:
        return body in self.bodies


OFFICE = Scope(role="office", bodies=(*DISTRICT_CODES, ZONE.code))


@dataclass(frozen=True, slots=True)
class Record:
    """As of what: the reporting period, the acceptances that count (the newest), and the rule set (``RuleSet.key``)."""

    period: Period
    acceptances: str = "newest"
    rule_set: str = ZONE_RULES.key
