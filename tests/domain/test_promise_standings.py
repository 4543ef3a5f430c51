"""Each project on the list in one class of the bulletin: a table of cases, and plain loops on generated frames."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from examples import tried
from frames import states, states_of
from hypothesis import given
from hypothesis import strategies as st
from oracle import delayed, has_begun, is_done_by, month_end

from domain.delay import delayed_projects
from domain.periods import Period
from domain.promise_standings import PROMISE_STANDINGS, on_list, promise_standings

AUGUST = Period(2024, 8)

# what is written, standing (None: not on the list)
CASES = [
    ({"planned_start_date": "2024-12-31"}, "on_time"),
    ({"planned_start_date": "2024-08-31"}, "late"),
    ({"planned_start_date": "2024-08-31", "is_reported": False}, "late"),
    ({"planned_start_date": "2024-12-31", "is_reported": False}, "untold"),
    ({}, "undated"),
    ({"is_reported": False}, "untold"),
    ({"first_planned_start_date": "2024-12-31", "planned_start_date": "2024-10-31"}, "ahead"),
    ({"first_planned_start_date": "2024-12-31", "planned_start_date": "2024-12-01"}, "on_time"),
    ({"first_planned_start_date": "2024-10-31", "planned_start_date": "2025-03-31"}, "put_off"),
    ({"first_planned_start_date": "2024-07-31", "planned_start_date": "2025-03-31"}, "late"),
    ({"start_date": "2024-05-01", "planned_start_date": "2024-03-31", "planned_completion_date": "2025-06-30"}, "on_time"),
    ({"start_date": "2024-05-01", "planned_start_date": "2024-05-31"}, "undated"),
    ({"start_date": "2024-05-01", "first_planned_completion_date": "2025-06-30", "planned_completion_date": "2025-03-31"}, "ahead"),
    ({"start_date": "2024-05-01", "planned_completion_date": "2024-08-31"}, "late"),
    ({"start_date": "2024-05-01", "planned_completion_date": "2024-09-30", "annual_plan_wan": 100.0, "investment_ytd_wan": 1.0}, "on_time"),
    ({"completion_date": "2024-08-01", "planned_start_date": "2024-01-31"}, None),
    ({"stage": "cancelled", "planned_start_date": "2024-01-31"}, None),
    ({"kind": "infrastructure", "planned_start_date": "2024-01-31"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "standing"), CASES)
def test_standing(written: dict[str, Any], standing: str | None) -> None:
    """Late before silent, silent before without a date; then how the latest plan lies to the first promise."""
    frame = states_of([written])
    found = promise_standings(frame, delayed_projects(frame, AUGUST), AUGUST)
    assert list(found["standing"]) == ([standing] if standing else [])


def test_every_standing_has_a_case() -> None:
    """And nothing on the list is in none."""
    assert {standing for _, standing in CASES if standing} == set(PROMISE_STANDINGS)
    empty = states()
    assert promise_standings(empty, delayed_projects(empty, AUGUST), AUGUST).empty


def by_hand(row: dict[str, Any], late: dict[str, Any]) -> str | None:
    """The class of a project as a clerk would find it, line by line."""
    end = month_end(2024, 8)
    if row["kind"] != "projects" or row["stage"] == "cancelled" or is_done_by(row, "completion_date", end):
        return None
    if row["project_id"] in late and late[row["project_id"]][0] != "progress":
        return "late"
    if not row["is_reported"]:
        return "untold"
    owed = "completion" if has_begun(row, 2024, 8) else "start"
    first, latest = row[f"first_planned_{owed}_date"], row[f"planned_{owed}_date"]
    if latest is None:
        return "undated"
    if (latest.year, latest.month) < (first.year, first.month):
        return "ahead"
    return "put_off" if (latest.year, latest.month) > (first.year, first.month) else "on_time"


DATES = st.sampled_from(["2024-03-31", "2024-07-31", "2024-08-31", "2024-09-30", "2025-02-28"])


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    row: dict[str, Any] = {
        "stage": draw(st.sampled_from(["signed", "building", "cancelled"])),
        "kind": draw(st.sampled_from(["projects", "projects", "infrastructure"])),
        "is_reported": draw(st.booleans()),
        "start_date": draw(st.sampled_from([None, "2024-02-01", "2024-08-15"])),
        "completion_date": draw(st.sampled_from([None, None, "2024-08-20"])),
    }
    for name in ("start", "completion"):
        first, latest = draw(DATES), draw(DATES)
        is_dated = draw(st.booleans())
        row[f"first_planned_{name}_date"] = first if is_dated else None
        row[f"planned_{name}_date"] = latest if is_dated else None
    return row


@given(st.lists(rows(), max_size=16))
@tried(40)
def test_standings_by_hand(written: list[dict[str, Any]]) -> None:
    """Rules and plain loops agree; the classes add up to the list."""
    frame = states_of(written)
    found = promise_standings(frame, delayed_projects(frame, AUGUST), AUGUST)
    plain = [{name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]
    late = delayed(plain, 2024, 8)
    expected = {row["project_id"]: by_hand(row, late) for row in plain}
    standings = dict(zip(found["project_id"], found["standing"], strict=True))
    assert standings == {key: standing for key, standing in expected.items() if standing}
    assert len(found) == len(on_list(frame, AUGUST))


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if not isinstance(value, str) and pd.isna(value) else value
