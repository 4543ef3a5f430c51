"""The rules of cross-examination against the clerk's loops, on generated courses of a project."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pandas as pd
import pytest
from cross_oracle import clerk
from frames import states_of

from domain.cross_checks import cross_examine
from domain.cross_questions import CROSS_CHECKS
from domain.periods import Period

FIRST, FIRST_DAY = Period(2024, 5), date(2022, 1, 1)
# Not followed by the clerk, and shown by the cases of test_cross_checks: what spans copies and returns in a row.
NOT_FOLLOWED = {"no_money", "money_without_words", "text_amount"}
COLUMNS = {"stage": "stage", "signed": "signed_date", "start": "start_date", "completion": "completion_date",
           "planned_start": "planned_start_date", "planned_completion": "planned_completion_date", "cum": "investment_cum_wan",
           "year": "investment_ytd_wan", "plan": "annual_plan_wan", "total": "total_investment_wan", "rate": "progress_rate",
           "permits": "permit_text", "progress_text": "progress_text", "issue_text": "issue_text"}  # fmt: skip
VALUES: dict[str, tuple[Any, ...]] = {
    "stage": ("signed", "preparing", "started", "building", "completed", "in_production", "suspended", None),
    "cum": (None, 0.0, 1_499.0, 1_500.0, 4_000.0, 5_499.0, 5_500.0, 10_000.0, 10_001.0),
    "year": (None, 0.0, 1_200.0, 1_201.0, 4_000.0, 4_001.0),
    "plan": (None, 0.0, 1_000.0),
    "total": (10_000.0,),
    "rate": (None, 0.1, 0.41, 0.9),
    "permits": (None, "环评√ 施工许可×", "环评√ 施工许可√", "环评办理中"),
    "progress_text": (None, "已竣工", "尚未开工", "桩基施工", "已停工", "完成总工程量41%", "完成总工程量90%", "按计划推进"),
    "issue_text": (None, "无", "环评批复慢", "资金紧张"),
    "sent": (True, True, True, False),
}
DATES = ("signed", "start", "completion", "planned_start", "planned_completion")


def month_of(chance: Random) -> dict[str, Any]:
    days = {name: FIRST_DAY + timedelta(chance.randrange(1_400)) if chance.random() < 0.7 else None for name in DATES}
    return {name: chance.choice(values) for name, values in VALUES.items()} | days


def courses_of(seed: int) -> list[list[dict[str, Any]]]:
    chance = Random(seed)
    return [course([month_of(chance) for _ in range(4)]) for _ in range(250)]


def course(months: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months as they follow: a return that leaves the project out says nothing new."""
    made: list[dict[str, Any]] = []
    for number, month in enumerate(months):
        kept = month if month["sent"] or not made else made[-1] | {"progress_text": None, "issue_text": None, "sent": False}
        made.append(kept | {"end": FIRST.shifted(number).last_day})
    return made


def frame_of(courses: list[list[dict[str, Any]]]) -> pd.DataFrame:
    return states_of([
        {column: month[name] for name, column in COLUMNS.items()}
        | {"project_id": f"p{project}", "period": str(FIRST.shifted(number)), "is_reported": month["sent"]}
        for project, months in enumerate(courses)
        for number, month in enumerate(months)
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_rules_ask_what_the_clerk_asks(seed: int) -> None:
    """Project by project and month by month, the same questions; each of the clerk's rules is asked somewhere."""
    courses = courses_of(seed)
    asked = cross_examine(frame_of(courses))
    found = asked[~asked["code"].isin(NOT_FOLLOWED)].groupby(["project_id", "period"])["code"].agg(set).to_dict()
    seen = set()
    for project, months in enumerate(courses):
        for number, expected in enumerate(clerk(months)):
            assert found.get((f"p{project}", str(FIRST.shifted(number))), set()) == expected, months[: number + 1]
            seen |= expected
    assert seen == set(CROSS_CHECKS) - NOT_FOLLOWED
