"""The rules of cross-examination against the clerk's loops, on generated courses of a project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from cross_oracle import clerk
from frames import states_of
from hypothesis import given
from hypothesis import strategies as st

from domain.cross_checks import cross_examine
from domain.cross_questions import CROSS_CHECKS
from domain.periods import Period

FIRST = Period(2024, 5)
# Not followed by the clerk, and shown by the cases of test_cross_checks: what spans copies and returns in a row.
NOT_FOLLOWED = {"no_money", "money_without_words", "text_amount"}
COLUMNS = {"stage": "stage", "signed": "signed_date", "start": "start_date", "completion": "completion_date",
           "planned_start": "planned_start_date", "planned_completion": "planned_completion_date", "cum": "investment_cum_wan",
           "year": "investment_ytd_wan", "plan": "annual_plan_wan", "total": "total_investment_wan", "rate": "progress_rate",
           "permits": "permit_text", "progress_text": "progress_text", "issue_text": "issue_text"}  # fmt: skip
DAYS = st.none() | st.dates(date(2022, 1, 1), date(2025, 12, 28)).filter(lambda day: day.day <= 28)
MONTHS = st.fixed_dictionaries({
    "stage": st.sampled_from(("signed", "preparing", "started", "building", "completed", "in_production", "suspended", None)),
    "signed": DAYS, "start": DAYS, "completion": DAYS, "planned_start": DAYS, "planned_completion": DAYS,
    "cum": st.none() | st.sampled_from((0.0, 1_499.0, 1_500.0, 4_000.0, 5_499.0, 5_500.0, 10_000.0, 10_001.0)),
    "year": st.none() | st.sampled_from((0.0, 1_200.0, 1_201.0, 4_000.0, 4_001.0)),
    "plan": st.sampled_from((None, 0.0, 1_000.0)),
    "total": st.just(10_000.0),
    "rate": st.sampled_from((None, 0.1, 0.41, 0.9)),
    "permits": st.sampled_from((None, "环评√ 施工许可×", "环评√ 施工许可√", "环评办理中")),
    "progress_text": st.sampled_from((None, "已竣工", "尚未开工", "桩基施工", "已停工", "完成总工程量41%", "完成总工程量90%", "按计划推进")),
    "issue_text": st.sampled_from((None, "无", "环评批复慢", "资金紧张")),
    "sent": st.booleans(),
})  # fmt: skip


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


@given(st.lists(st.lists(MONTHS, min_size=4, max_size=4).map(course), min_size=25, max_size=25))
def test_the_rules_ask_what_the_clerk_asks(courses: list[list[dict[str, Any]]]) -> None:
    """Project by project and month by month, the same questions."""
    asked = cross_examine(frame_of(courses))
    found = asked[~asked["code"].isin(NOT_FOLLOWED)].groupby(["project_id", "period"])["code"].agg(set).to_dict()
    for project, months in enumerate(courses):
        for number, expected in enumerate(clerk(months)):
            assert found.get((f"p{project}", str(FIRST.shifted(number))), set()) == expected, months[: number + 1]


def test_the_clerk_knows_every_other_rule() -> None:
    """Over enough courses the clerk asks each question that is his to ask."""
    rules = set(CROSS_CHECKS) - NOT_FOLLOWED
    seen: set[str] = set()

    @given(st.lists(MONTHS, min_size=2, max_size=3).map(course))
    def collect(months: list[dict[str, Any]]) -> None:
        seen.update(*clerk(months))

    collect()
    assert seen == rules
