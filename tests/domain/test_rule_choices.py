"""Which rule set is in force in a period, and what becomes of the versions that an office makes."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.built_in_rules import ZONE_RULES
from domain.periods import Period
from domain.rule_choices import next_version, own_version, rules_in_force
from domain.rule_sets import Limit
from domain.version_choices import VersionChoice, choice_in_force

NOON = datetime(2024, 9, 1, 12, 0)


def chosen(first: str, key: str) -> VersionChoice:
    code, _, version = key.partition("@")
    return VersionChoice(Period.parse(first), code, int(version), NOON, "office", "例会议定")


BANDS, CITY = chosen("2024-06", "zone@2"), chosen("2024-10", "wuhan@1")
# The decisions in the order made, the period, the version in force.
IN_FORCE = [
    ("none made", [], "2024-12", "zone@1"),
    ("before the first", [BANDS], "2024-05", "zone@1"),
    ("from its month on", [BANDS], "2024-06", "zone@2"),
    ("until another one", [BANDS, CITY], "2024-09", "zone@2"),
    ("the other one", [BANDS, CITY], "2024-10", "wuhan@1"),
    ("made later for an earlier month: the newest that reaches the period", [CITY, BANDS], "2024-12", "zone@2"),
    ("made later for a later month", [BANDS, chosen("2025-01", "sanya@1")], "2024-12", "zone@2"),
    ("taken back", [BANDS, chosen("2024-06", "zone@1")], "2024-08", "zone@1"),
]


@pytest.mark.parametrize(("choices", "period", "key"), [row[1:] for row in IN_FORCE], ids=[row[0] for row in IN_FORCE])
def test_the_rule_set_in_force(choices: list[VersionChoice], period: str, key: str) -> None:
    """Of the decisions that reach a period the one made last; the zone's first version until one was made."""
    found = choice_in_force(choices, Period.parse(period))
    assert rules_in_force(choices, Period.parse(period)) == key
    assert (ZONE_RULES.key if found is None else found.key) == key


def test_a_version_of_the_office() -> None:
    """Its settings, its reason for a source, nothing of the texts that it did not take; no sample any more."""
    own = own_version(3, {"behind": {"value": -20.0, "is_included": False}, "start_months": 2}, "例会议定")
    assert (own.key, own.behind, own.start_months) == ("zone@3", Limit(-20.0), 2)
    assert (own.source, own.takes, own.is_sample) == ("例会议定", "", False)
    assert own.completion_months == ZONE_RULES.completion_months


@pytest.mark.parametrize(("own", "version"), [([], 3), ([3], 4), ([3, 7], 8)])
def test_versions_are_numbered_on(own: list[int], version: int) -> None:
    """After those that the system brings along and those made before."""
    assert next_version(own) == version
