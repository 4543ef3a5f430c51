"""The rules of permits and land and their slow second implementation agree on whatever is said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import permit_oracle as oracle
from examples import tried
from frames import states, states_of
from hypothesis import given
from hypothesis import strategies as st
from node_frames import plan_of, reports_of
from permit_frames import land_words_of, permit_words_of

from domain.land import land_of_projects
from domain.node_plans import compare_nodes
from domain.periods import Period
from domain.permits import permit_matrix

DAYS = [date(2024, 1, 31) + timedelta(days=15 * number) for number in range(26)]
DAY = st.none() | st.none() | st.sampled_from(DAYS)
WORD = st.fixed_dictionaries({
    "state": st.sampled_from(["granted", "applied", "applied", "not_applied", "not_needed"]),
    "applied_date": DAY, "due_date": DAY, "granted_date": DAY,
})  # fmt: skip
NODE = st.none() | st.fixed_dictionaries(
    {"first": DAY, "latest": DAY, "is_done": st.sampled_from([False, False, True])}
)
TEXTS = {None: None, "环评√ 施工许可√": "granted", "施工许可×": "open", "备案√": None}
PERIODS = st.sampled_from([(2024, 6), (2024, 11), (2024, 12)])


CASE = st.tuples(st.lists(WORD, max_size=5), NODE, st.sampled_from(list(TEXTS)))


@given(st.lists(CASE, min_size=3, max_size=9), PERIODS)
@tried(30)
def test_steps_are_those_of_the_clerk(cases: list[tuple[list[Any], Any, str | None]], month: tuple[int, int]) -> None:
    """State, what was told, due date, grant, days late and days waiting, of every project."""
    period = Period(*month)
    said, planned, rows, expected = [], [], [], {}
    for number, (words, node, text) in enumerate(cases):
        key = {"project_id": f"p{number}"}
        said += [key | word for word in words]
        rows.append(key | {"stage": "preparing", "permit_text": text})
        if node:
            dates = {"first_planned_date": node["first"], "planned_date": node["latest"], "is_done": node["is_done"]}
            planned.append(key | {"node": "construction_permit"} | dates)
        expected[f"p{number}"] = oracle.judge(words, node, TEXTS[text], *month)
    projects = states_of(rows)
    nodes = compare_nodes(plan_of(*planned), reports_of(*(row | {"period": str(period)} for row in rows)), projects, period)
    matrix = permit_matrix(permit_words_of(*said), projects, nodes, period)
    found = matrix[matrix["step"] == "construction_permit"]
    assert found["project_id"].is_unique
    assert {row.project_id: _answer(row) for row in found.itertuples()} == expected


def _answer(found: Any) -> dict[str, Any]:
    return {
        "state": found.state, "told": _plain(found.told), "due": _plain(found.due_date), "late": _plain(found.days_late),
        "waiting": _plain(found.days_waiting), "granted": _plain(found.granted_date),
    }  # fmt: skip


AREA = st.none() | st.sampled_from([0.0, 10.5, 60.0, 200.0])
LAND = st.fixed_dictionaries({
    "on_date": st.sampled_from([date(2023, 12, 31), date(2024, 3, 31), date(2024, 8, 15)]),
    "wanted_mu": AREA, "applied_mu": AREA, "granted_mu": AREA,
})  # fmt: skip


@given(st.lists(LAND, max_size=4), AREA, st.sampled_from(["signed", "building", "completed"]))
@tried(60)
def test_land_is_that_of_the_clerk(words: list[Any], return_mu: float | None, stage: str) -> None:
    """Areas, gap, and whether the area wanted is the return's."""
    words = sorted(words, key=lambda each: each["on_date"])
    found = land_of_projects(
        land_words_of(*words), states(project_id="p1", stage=stage, land_mu=return_mu), Period(2024, 8)
    )
    expected = oracle.land_of(words, return_mu, stage != "signed", 2024)
    if all(expected[name] is None for name in ("wanted", "applied", "granted")):
        assert found.empty
        return
    (row,) = found.itertuples()
    areas = {name: _plain(getattr(row, f"{name}_mu")) for name in ("wanted", "applied", "granted", "gap")}
    assert {**areas, "by_return": row.wanted_by == "return"} == expected


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
