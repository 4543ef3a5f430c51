"""The projects to work on: who is on the list, in which order, by which days."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest
from frames import states_of

from domain.delay import delayed_projects
from domain.periods import Period
from domain.standings import COLUMNS, STANDINGS
from domain.work_lists import DAY_BANDS, WORKED, in_bands, work_list

AUGUST = Period(2024, 8)
LATE = {"stage": "signed", "planned_start_date": "2024-03-31"}
LATER = {"stage": "signed", "planned_start_date": "2024-07-31"}
PLAIN = {"stage": "building", "start_date": "2024-02-01", "annual_plan_wan": 10.0, "investment_ytd_wan": 9.0}


def stands(frame: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Standings made by hand: the code of each project, graded attention, without a why."""
    empty: dict[str, Any] = {name: [None] * len(frame) for name in COLUMNS}
    return pd.DataFrame(empty | {"project_id": list(frame["project_id"]), "standing": codes, "grade": "attention"})


def listed(projects: list[dict[str, Any]], codes: list[str]) -> pd.DataFrame:
    frame = states_of(projects)
    return work_list(frame, delayed_projects(frame, AUGUST), stands(frame, codes))


@pytest.mark.parametrize("code", STANDINGS)
def test_a_project_on_time_is_listed_for_what_asks_for_work(code: str) -> None:
    """Standing still, slow, silent, not reported are; excused, suspended by the book, on track are not."""
    found = listed([PLAIN], [code])
    assert list(found["standing"]) == ([code] if code in WORKED else [])
    if code in WORKED:
        assert pd.isna(found["milestone"].iloc[0]) and pd.isna(found["days"].iloc[0])
        assert found["grade"].iloc[0] == "attention"


@pytest.mark.parametrize("code", ["excused", "suspended", "silent", "start_overdue"])
def test_what_is_late_stays_on_the_list(code: str) -> None:
    """Being excused or suspended explains a delay and does not end it."""
    found = listed([LATE], [code])
    assert list(found["standing"]) == [code]
    assert found["milestone"].iloc[0] == "start"
    assert found["days"].iloc[0] == 153


def test_late_first_then_by_standing_and_name() -> None:
    """The order of the delays, then that of the standings; of one standing by name."""
    projects = [PLAIN | {"project_name": name} for name in ("静", "停乙", "停甲")] + [LATER, LATE]
    found = listed(projects, ["silent", "stalled", "stalled", "start_overdue", "start_overdue"])
    assert list(found["project_name"]) == ["项目5", "项目4", "停乙", "停甲", "静"]


def test_the_reason_of_what_is_not_late_is_read_from_its_words() -> None:
    """As for what is late; none where nothing is said."""
    found = listed([PLAIN | {"issue_text": "供热管网未到位"}, PLAIN], ["stalled", "stalled"])
    assert list(found["reason"].where(found["reason"].notna(), None)) == ["utilities", None]


def test_the_list_is_what_plain_loops_say() -> None:
    """Of many projects, each once, and none that asks for no work."""
    dice = random.Random(7)
    projects = [dice.choice([LATE, LATER, PLAIN]) for _ in range(200)]
    codes = [dice.choice(STANDINGS) for _ in projects]
    frame = states_of(projects)
    late = set(delayed_projects(frame, AUGUST)["project_id"])
    expected = sorted(
        project_id
        for project_id, code in zip(frame["project_id"], codes, strict=True)
        if project_id in late or code in WORKED
    )
    found = listed(projects, codes)
    assert sorted(found["project_id"]) == expected
    by_id = dict(zip(frame["project_id"], codes, strict=True))
    assert all(by_id[row.project_id] == row.standing for row in found.itertuples())


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), [1, 30, 31, 90, 91, 180, 181, 0, -5, None]),
        (("d30",), [1, 30]),
        (("d90",), [31, 90]),
        (("d180",), [91, 180]),
        (("more",), [181]),
        (("d30", "more"), [1, 30, 181]),
    ],
)
def test_bands_of_days_hold_their_ends(codes: tuple[str, ...], expected: list[float | None]) -> None:
    """Both ends belong to a band; what is not late by days is in none, and in no band asked for is all."""
    days = pd.Series([1, 30, 31, 90, 91, 180, 181, 0, -5, None], dtype=float)
    kept = days[in_bands(days, codes)]
    assert [None if pd.isna(each) else each for each in kept] == expected
    assert [least for _, least, _ in DAY_BANDS[1:]] == [most + 1 for _, _, most in DAY_BANDS[:-1]]
