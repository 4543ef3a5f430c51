"""Which rule set is in force in a period, and the versions that an office makes of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from domain.built_in_rules import BUILT_IN, ZONE_RULES
from domain.periods import Period
from domain.rule_sets import RuleSet, with_settings
from domain.version_choices import VersionChoice, choice_in_force


def rules_in_force(choices: Iterable[VersionChoice], period: Period) -> str:
    """Key of the rule set in force in a period; the zone's first version until one was chosen."""
    choice = choice_in_force(choices, period)
    return ZONE_RULES.key if choice is None else choice.key


def own_version(version: int, settings: Mapping[str, Any], reason: str) -> RuleSet:
    """A version of the zone's rule set that the office made, with its reason in place of a source."""
    base = with_settings(ZONE_RULES, version, dict(settings))
    return replace(
        base, source=reason, source_en=reason, takes="", takes_en="", leaves="", leaves_en="", is_sample=False
    )


def next_version(own: Iterable[int]) -> int:
    """The number that the zone's next version gets, ``own`` being those that the office made."""
    built_in = [rules.version for rules in BUILT_IN.values() if rules.code == ZONE_RULES.code]
    return max([*built_in, *own]) + 1
