"""Firms against the year before: hand-worked months, sums, course; a second implementation in loops; ties with projects."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest
from frames import states

from domain.firm_growth import SALES, firm_course, firm_lines, firm_months, firm_sums
from domain.firm_projects import tie_projects, unknown_projects
from domain.ledgers.firms import FIRMS
from domain.periods import Period

COLUMNS = ["body", "period", "row_key", *(field.name for field in FIRMS.fields)]
AUGUST = Period(2024, 8)


def rows_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """A row of the ledger a dict; unless said otherwise 甲 of 滨海 in August 2024."""
    frame = pd.DataFrame([{"body": "binhai", "period": "2024-08", "firm_name": "甲"} | row for row in rows], columns=COLUMNS)
    return frame.astype({field.name: "float64" for field in FIRMS.fields if field.is_number})


def told(period: str, month: float | None, ytd: float | None, before: float | None, **more: Any) -> dict[str, Any]:
    return {"period": period, "sales_month_wan": month, "sales_ytd_wan": ytd, "sales_before_wan": before, **more}


# (what happens, the month before, the month, expected: month, its year before, growth of month and year)
CASES = (
    ("grows", told("2024-07", 10, 70, 50), told("2024-08", 12, 82, 60), 12, 10, 0.2, 82 / 60 - 1),
    ("as the year before", told("2024-07", 10, 70, 50), told("2024-08", 10, 80, 80), 10, 30, 10 / 30 - 1, 0.0),
    ("falls a little", told("2024-07", 10, 70, 80), told("2024-08", 10, 95, 100), 10, 20, -0.5, -0.05),
    ("falls by a tenth", told("2024-07", 10, 70, 80), told("2024-08", 5, 75, 100), 5, 20, -0.75, -0.25),
    ("the month is not stated", told("2024-07", 10, 70, 50), told("2024-08", None, 82, 60), 12, 10, 0.2, 82 / 60 - 1),
    ("the month before was not sent", {"firm_name": "乙"}, told("2024-08", 12, 82, 60), 12, None, None, 82 / 60 - 1),
    ("no year before", told("2024-07", 10, 70, None), told("2024-08", 12, 82, None), 12, None, None, None),
    ("a year before of nothing", told("2024-07", 10, 70, 0), told("2024-08", 12, 82, 0), 12, 0, None, None),
    ("nothing this year", told("2024-07", 10, 70, 50), told("2024-08", None, None, 60), None, 10, None, None),
)  # fmt: skip


def plain(values: list[Any]) -> list[Any]:
    return [None if pd.isna(value) else value for value in values]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_firm_against_its_year_before(case: tuple[Any, ...]) -> None:
    """Of the month by the totals of two lists; missing, never infinite, without a year before."""
    _, before, now, *expected = case
    lines = firm_lines(firm_months(rows_of(before, now), SALES), AUGUST)
    line = lines[lines["firm"] == "binhai|甲"].iloc[0]
    found = plain([line[name] for name in ("month", "month_before", "month_growth", "ytd_growth")])
    assert found == [None if value is None else pytest.approx(value) for value in expected]


def test_january_is_its_own_total() -> None:
    """Also of the year before, and whatever December says."""
    months = firm_months(rows_of(told("2023-12", 9, 99, 88), told("2024-01", None, 6, 5)), SALES)
    assert list(months.loc[months["period"] == "2024-01", ["month", "month_before"]].iloc[0]) == [6, 5]


def test_sums_grow_by_like_firms_alone() -> None:
    """乙 has no year before: it counts in the sum and not in the growth."""
    lines = firm_lines(
        firm_months(rows_of(told("2024-08", 1, 120, 100), told("2024-08", 2, 50, None, firm_name="乙")), SALES), AUGUST
    )
    sums = firm_sums(lines)
    assert (sums["firms"], sums["growing"], sums["falling"], sums["untold"], sums["like"]) == (2, 1, 0, 1, 1)
    assert (sums["month"], sums["ytd"], sums["ytd_growth"]) == (3, 170, pytest.approx(0.2))
    none = firm_sums(lines.iloc[:0])
    assert (none["firms"], none["ytd"], none["ytd_growth"], none["month_growth"]) == (0, None, None, None)


def test_a_month_that_a_body_did_not_send_is_missing() -> None:
    """Its sum would look like a fall."""
    other = {"body": "xiangshui", "firm_name": "丙"}
    rows = rows_of(told("2024-01", 3, 3, 2), told("2024-01", 5, 5, 4, **other), told("2024-02", 3, 6, 4))
    course = firm_course(firm_months(rows, SALES), Period(2024, 2))
    assert list(course["is_whole"]) == [True, False]
    assert plain(course["month"].tolist()) == [8, None]
    assert plain(course["before"].tolist()) == [6, None]


def test_falling_firms_come_first() -> None:
    """The largest change first, those without a year before ahead of the growing."""
    rows = [told("2024-08", 1, now, before, firm_name=name)
            for name, now, before in (("甲", 12, 10), ("乙", 5, 10), ("丙", 50, 100), ("丁", 99, 100), ("戊", 7, None))]  # fmt: skip
    assert list(firm_lines(firm_months(rows_of(*rows), SALES), AUGUST)["firm_name"]) == ["丙", "乙", "丁", "戊", "甲"]


def slow_month(rows: list[dict[str, Any]], row: dict[str, Any], stated: str | None, total: str) -> float | None:
    """The month by plain loops: what is stated, else the total less that of the month before."""
    if stated and row[stated] is not None:
        return row[stated]
    if row[total] is None or row["period"].endswith("-01"):
        return row[total]
    earlier = f"2024-{int(row['period'][5:]) - 1:02d}"
    for each in rows:
        if (each["body"], each["firm_name"], each["period"]) == (row["body"], row["firm_name"], earlier):
            return None if each[total] is None else row[total] - each[total]
    return None


@pytest.mark.parametrize("seed", range(20))
def test_the_slow_way_agrees(seed: int) -> None:
    """On made-up lists with gaps."""
    chance = random.Random(seed)

    def amount() -> int | None:
        return chance.choice([None, 0, chance.randint(1, 900)])

    rows = [told(f"2024-{month:02d}", amount(), amount(), amount(), body=body, firm_name=name)
            for month in range(1, 6) for body in ("binhai", "xiangshui") for name in "甲乙丙" if chance.random() < 0.8]  # fmt: skip
    months = firm_months(rows_of(*rows), SALES)
    expected = [slow_month(rows, row, "sales_month_wan", "sales_ytd_wan") for row in rows]
    assert plain(months["month"].tolist()) == expected
    before = [slow_month(rows, row, None, "sales_before_wan") for row in rows]
    assert plain(months["month_before"].tolist()) == before
    growth = [None if now is None or not old or old < 0 else now / old - 1 for now, old in zip(expected, before, strict=True)]
    assert plain(months["month_growth"].tolist()) == [None if each is None else pytest.approx(each) for each in growth]


# (what the case is, firms of the list as (name, project, body), expected tie)
TIES = (
    ("the list names the project", [("甲", "一号 项目", "binhai")], "by_project"),
    ("the owner is a firm of the list", [("业主公司", None, "binhai")], "by_owner"),
    ("the list's word comes before the owner", [("业主公司", None, "binhai"), ("甲", "一号项目", "binhai")], "by_project"),
    ("of another sub-district", [("业主公司", "一号项目", "xiangshui")], "none"),
    ("a near name", [("业主", "一号项目二期", "binhai")], "none"),
    ("two firms name it", [("甲", "一号项目", "binhai"), ("乙", "一号项目", "binhai")], "several"),
    ("no firms", [], "none"),
)


@pytest.mark.parametrize(("firms", "tie"), [each[1:] for each in TIES], ids=[each[0] for each in TIES])
def test_a_project_is_tied_to_its_firm(firms: list[tuple[str, str | None, str]], tie: str) -> None:
    """By the list's word, else by the owner's name; never by guessing."""
    owned = states(project_name=["一号项目", "在建项目"], stage=["at_capacity", "started"], owner_name="业主公司")
    rows = [told("2024-08", 1, 2, 1, firm_name=name, firm_project=project, body=body) for name, project, body in firms]
    lines = firm_lines(firm_months(rows_of(*rows), SALES), AUGUST)
    tied = tie_projects(owned, lines)
    assert list(tied["project_name"]) == ["一号项目"]
    assert list(tied["tie"]) == [tie]
    assert tied["firm"].notna().tolist() == [tie in ("by_project", "by_owner")]


def test_a_named_project_in_another_stage_is_listed() -> None:
    """A firm sells out of a project that the returns have under construction: seen side by side."""
    owned = states(project_name=["一号项目", "二号项目"], stage=["started", "started"])
    lines = firm_lines(firm_months(rows_of(told("2024-08", 1, 2, 1, firm_project="二号项目")), SALES), AUGUST)
    assert tie_projects(owned, lines)[["project_name", "stage", "tie"]].to_numpy().tolist() == [["二号项目", "started", "by_project"]]


def test_no_projects_at_all() -> None:
    """An empty registry ties nothing."""
    assert tie_projects(states(), firm_lines(firm_months(rows_of(told("2024-08", 1, 2, 1)), SALES), AUGUST)).empty


def test_a_project_without_an_owner_is_listed() -> None:
    """As tied to none."""
    tied = tie_projects(states(stage=["in_production"]), firm_lines(firm_months(rows_of(told("2024-08", 1, 2, 1)), SALES), AUGUST))
    assert list(tied["tie"]) == ["none"]


def test_a_named_project_that_the_registry_lacks() -> None:
    """Is listed with its firm."""
    rows = rows_of(told("2024-08", 1, 2, 1, firm_project="项目 1"), told("2024-08", 1, 2, 1, firm_name="乙", firm_project="别的"))
    lines = firm_lines(firm_months(rows, SALES), AUGUST)
    assert list(unknown_projects(states(stage=["started"]), lines)["firm_name"]) == ["乙"]
