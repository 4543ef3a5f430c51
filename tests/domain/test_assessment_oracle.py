"""The score and its slow second implementation agree on whatever projects, targets and excuses there may be."""

from __future__ import annotations

from typing import Any

import assessment_oracle as clerk
import pandas as pd
import pytest
from frames import states_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_oracle import ANY_PROJECT

from domain.assessment import score
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.periods import Period
from domain.rulings import GRANTED, Excuse

AMOUNT = st.none() | st.sampled_from([0.0, 500.0, 4_000.0, 20_000.0])
OWNER = st.sampled_from([None, "盐城港集团", "海兴港城公司", "市交投", "某公司"])
PROJECT = st.builds(
    lambda project, more: project | more,
    ANY_PROJECT,
    st.fixed_dictionaries({
        "annual_plan_wan": AMOUNT, "investment_ytd_wan": AMOUNT, "owner_name": OWNER, "responsible_body": OWNER,
        "is_body_reported": st.sampled_from([True, True, True, False]), "is_excused": st.booleans(),
    }),
)  # fmt: skip
TARGET = st.sampled_from([None, 1.0, 4.0, 25_000.0])
TARGETS = st.fixed_dictionaries({
    (code, body): TARGET for code in ("signed", "started", "completed", "investment") for body in ("binhai", "xiangshui")
})  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(PROJECT, min_size=1, max_size=6),
    TARGETS,
    st.sampled_from([Period(2024, 1), Period(2024, 8), Period(2024, 12)]),
)
def test_both_give_the_same_points(rows: list[dict[str, Any]], targets: dict[Any, Any], period: Period) -> None:
    """Every line, of everybody, of the month and of the year, missing points included."""
    rows = [row | {"project_id": f"p{number}"} for number, row in enumerate(rows)]
    excused = {row["project_id"] for row in rows if row.pop("is_excused")}
    known = {key: value for key, value in targets.items() if value}
    excuses = [Excuse(f"x{each}", each, "binhai", GRANTED, period, period, "例会", "办", "调整") for each in excused]
    found = score(SAMPLE_SCHEME, {period: states_of(rows)}, known, excuses)
    listed = [
        {name: None if value is pd.NaT or pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value
         for name, value in row.items()}
        for row in states_of(rows).to_dict("records")
    ]  # fmt: skip
    for row in found.itertuples():
        expected = clerk.points(listed, row.assessed, row.line, row.span, row.period, known, excused)
        assert (None if pd.isna(row.points) else row.points) == pytest.approx(expected), row
