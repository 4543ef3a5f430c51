"""Rule sets as data: what is due of the year, what is measured, and which versions can be used."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from domain.built_in_rules import BUILT_IN, SANYA, WUHAN, YINCHUAN, ZONE_BANDS, ZONE_RULES
from domain.periods import Period
from domain.rule_sets import (
    LIMITS,
    Limit,
    RuleSet,
    fault_of_rules,
    gap_of,
    measured,
    ratio_of,
    settings_of,
    time_share,
    with_settings,
)

CURVE = (0.02, 0.05, 0.12, 0.2, 0.3, 0.42, 0.52, 0.62, 0.74, 0.84, 0.93, 1.0)
BY_CURVE = replace(ZONE_RULES, time_mode="curve", curve=CURVE)
BY_DAY = replace(ZONE_RULES, time_mode="day")
# What is counted, period, share of the year due.
TIME = [
    ("months", ZONE_RULES, "2024-01", 1 / 12),
    ("months", ZONE_RULES, "2024-08", 8 / 12),
    ("months", ZONE_RULES, "2024-12", 1.0),
    ("days of a leap year", BY_DAY, "2024-02", 60 / 366),
    ("days of a common year", BY_DAY, "2023-02", 59 / 365),
    ("days to the year's end", BY_DAY, "2023-12", 1.0),
    ("the plan's curve", BY_CURVE, "2024-01", 0.02),
    ("the plan's curve in March", BY_CURVE, "2024-03", 0.12),
    ("the plan's curve at the end", BY_CURVE, "2024-12", 1.0),
]


@pytest.mark.parametrize(("_name", "rules", "period", "share"), TIME)
def test_share_of_the_year_due(_name: str, rules: RuleSet, period: str, share: float) -> None:
    """By the month, by the day, or as the curve of the plan says."""
    assert time_share(Period.parse(period), rules) == pytest.approx(share)


def test_what_is_measured() -> None:
    """The gap in points, or the ratio to the share due; nothing due makes no ratio."""
    assert (gap_of(0.9, 1.0), ratio_of(0.4, 0.5)) == (-10.0, 0.8)
    assert math.isnan(ratio_of(0.4, 0.0))
    assert (measured(0.4, 0.5, YINCHUAN), measured(0.4, 0.5, WUHAN)) == (-10.0, 0.8)
    shares = pd.Series([0.4, math.nan])
    assert list(ratio_of(shares, 0.5).dropna()) == [0.8]
    assert ratio_of(shares, 0.0).isna().all()


def test_the_same_project_under_two_measures() -> None:
    """In March 5 % of the plan is a small gap and a bad ratio (2.2): the rule decides, so it is printed."""
    share, due = 0.05, 0.25
    assert (gap_of(share, due), ratio_of(share, due)) == (-20.0, 0.2)


@pytest.mark.parametrize("rules", BUILT_IN.values(), ids=BUILT_IN)
def test_what_is_built_in_can_be_used(rules: RuleSet) -> None:
    """Each set has no fault, names its source, and survives being stored as JSON."""
    assert fault_of_rules(rules) is None
    assert all((rules.source, rules.source_en, rules.takes, rules.takes_en, rules.leaves, rules.leaves_en))
    stored = json.loads(json.dumps(settings_of(rules)))
    blank = replace(ZONE_RULES, **{name: getattr(rules, name) for name in ("code", "name", "english", "source")})
    again = with_settings(blank, rules.version, stored)
    assert settings_of(again) == settings_of(rules)
    assert again.key == rules.key


def test_no_published_rule_is_told_as_the_zones_own() -> None:
    """All that is built in is marked as a sample: no rule of the zone is published (domain.md 6)."""
    assert all(rules.is_sample for rules in BUILT_IN.values())
    assert [rules.code for rules in BUILT_IN.values()] == ["zone", "zone", "yinchuan", "wuhan", "sanya"]
    assert len(BUILT_IN) == len({rules.key for rules in BUILT_IN.values()})


def test_a_curve_comes_back_as_it_was() -> None:
    """Of twelve shares, and what is not a setting is left out."""
    stored = json.loads(json.dumps(settings_of(BY_CURVE)))
    again = with_settings(ZONE_RULES, 7, {**stored, "code": "other", "colour": "red"})
    assert (again.curve, again.key) == (CURVE, "zone@7")


def test_settings_that_are_not_given_stay() -> None:
    """An edited version changes what was edited."""
    edited = with_settings(ZONE_BANDS, 3, {"start_months": 2, "behind": {"value": -25.0, "is_included": True}})
    assert edited == replace(ZONE_BANDS, version=3, start_months=2, behind=Limit(-25.0, is_included=True))


# What is wrong, what is changed, the fault.
FAULTS: list[tuple[str, RuleSet, dict[str, Any], str | None]] = [
    ("nothing", ZONE_BANDS, {}, None),
    ("no such measure", ZONE_BANDS, {"measure": "money"}, "unknown_setting"),
    ("no such time", ZONE_BANDS, {"time_mode": "week"}, "unknown_setting"),
    ("red before yellow", ZONE_BANDS, {"behind": Limit(-5.0)}, "limits_not_falling"),
    ("red and yellow at once", ZONE_BANDS, {"behind": Limit(-10.0)}, "limits_not_falling"),
    ("no red at all", ZONE_BANDS, {"behind": None}, "limits_not_falling"),
    ("a ratio of 80", WUHAN, {"slightly": Limit(100.0), "attention": Limit(80.0), "behind": Limit(60.0)}, "ratio_out_of_range"),
    ("a ratio of nothing", SANYA, {"behind": Limit(0.0)}, "ratio_out_of_range"),
    ("no months", ZONE_BANDS, {"start_months": 0}, "out_of_bounds"),
    ("too many returns", ZONE_BANDS, {"stalled_returns": 7}, "out_of_bounds"),
    ("one return alone cannot be unchanged", ZONE_BANDS, {"stalled_returns": 1}, "out_of_bounds"),
    ("a curve of twelve", ZONE_BANDS, {"time_mode": "curve", "curve": CURVE}, None),
    ("a curve of eleven", ZONE_BANDS, {"time_mode": "curve", "curve": CURVE[1:]}, "curve_not_rising"),
    ("a curve that falls", ZONE_BANDS, {"time_mode": "curve", "curve": (0.1, 0.05, *CURVE[2:])}, "curve_not_rising"),
    ("a curve below zero", ZONE_BANDS, {"time_mode": "curve", "curve": (-0.1, *CURVE[1:])}, "curve_not_rising"),
    ("a curve to 90 %", ZONE_BANDS, {"time_mode": "curve", "curve": (*CURVE[:-1], 0.95)}, "curve_not_rising"),
    ("a curve that is not used", ZONE_BANDS, {"curve": (1.0,)}, None),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "rules", "changed", "fault"), FAULTS, ids=[row[0] for row in FAULTS])
def test_versions_that_can_be_used(_name: str, rules: RuleSet, changed: dict[str, Any], fault: str | None) -> None:
    """Limits fall from colour to colour, ratios are shares, numbers of returns and months are small, curves rise to 1."""
    assert fault_of_rules(replace(rules, **changed)) == fault


@pytest.mark.parametrize(
    ("value", "is_included", "reached"), [(-10.0, True, True), (-10.0, False, False), (-9.9, True, False)]
)
def test_a_limit_holds_its_own_value_or_not(value: float, is_included: bool, reached: bool) -> None:
    """至 and 低于 differ at one value."""
    assert list(Limit(-10.0, is_included).is_reached(pd.Series([value, math.nan]))) == [reached, False]


def test_the_limits_are_named() -> None:
    """Every limit of a rule set is one that is stored and checked."""
    assert all(hasattr(ZONE_RULES, name) for name in LIMITS)
