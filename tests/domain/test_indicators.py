"""The figures of the meeting: which project counts in which month, district and figure."""

from __future__ import annotations

import re
from typing import Any

import pytest
from frames import names, states

from domain.indicators import COUNT, HEADLINES, INDICATORS, OVERDUE, YI, find_indicator
from domain.periods import Period

# Event, its date, the period asked, and whether it counts for the year and for the month.
EVENTS = [
    ("last day of the year before", "2023-12-31", "2024-01", False, False),
    ("first day of the year", "2024-01-01", "2024-01", True, True),
    ("the same, asked in the year before", "2024-01-01", "2023-12", False, False),
    ("last day of the year, asked in December", "2023-12-31", "2023-12", True, True),
    ("an earlier month of the year", "2024-03-15", "2024-08", True, False),
    ("last day of the month", "2024-08-31", "2024-08", True, True),
    ("the day after the period", "2024-09-01", "2024-08", False, False),
    ("29 February", "2024-02-29", "2024-02", True, True),
    ("no date", None, "2024-08", False, False),
]
STATES_OF_WORK: list[tuple[str, dict[str, Any], str]] = [
    # name, dates and stage, and what it counts as at the end of August 2024
    ("在谈", {"stage": "negotiating"}, ""),
    ("签约", {"signed_date": "2024-05-06"}, "signed_not_started_count"),
    ("往年签约", {"signed_date": "2022-05-06"}, "signed_not_started_count"),
    ("签约后终止", {"signed_date": "2024-05-06", "stage": "cancelled"}, ""),
    ("九月才签约", {"signed_date": "2024-09-01"}, ""),
    ("开工", {"signed_date": "2024-05-06", "start_date": "2024-08-31"}, "under_construction_count"),
    ("往年开工", {"start_date": "2021-08-31"}, "under_construction_count"),
    ("停建", {"start_date": "2021-08-31", "stage": "suspended"}, "under_construction_count"),
    ("开工后终止", {"signed_date": "2024-05-06", "start_date": "2024-08-31", "stage": "cancelled"}, ""),
    ("九月才开工", {"signed_date": "2024-05-06", "start_date": "2024-09-01"}, "signed_not_started_count"),
    ("竣工", {"signed_date": "2024-01-02", "start_date": "2024-02-01", "completion_date": "2024-08-30"}, ""),
    ("竣工而无开工日期", {"signed_date": "2024-01-02", "completion_date": "2024-08-30"}, ""),
    ("九月才竣工", {"start_date": "2024-02-01", "completion_date": "2024-09-01"}, "under_construction_count"),
]
# name, first promise, latest plan, actual start, stage, late against (first, latest) at the end of August 2024
STARTS = [
    ("due in August, by the month", "2024-08-31", "2024-08-31", None, "signed", True, True),
    ("due on the first day of September", "2024-09-01", "2024-09-01", None, "signed", False, False),
    ("moved away", "2024-03-31", "2024-12-31", None, "signed", True, False),
    ("brought forward", "2024-12-31", "2024-08-15", None, "signed", False, True),
    ("due last year", "2023-12-31", "2023-12-31", None, None, True, True),
    ("started in time", "2024-03-31", "2024-03-31", "2024-03-01", "building", False, False),
    ("started at last, late", "2024-03-31", "2024-03-31", "2024-08-31", "building", False, False),
    ("starts after the period", "2024-03-31", "2024-03-31", "2024-09-01", "signed", True, True),
    ("cancelled", "2024-03-31", "2024-03-31", None, "cancelled", False, False),
    ("suspended", "2024-03-31", "2024-03-31", None, "suspended", True, True),
    ("nothing promised", None, None, None, "signed", False, False),
]
# name, first promise, latest plan, actual start, actual completion, stage, late against (first, latest)
COMPLETIONS = [
    ("due in August", "2024-08-31", "2024-08-31", "2023-05-01", None, "building", True, True),
    ("moved away", "2024-02-29", "2025-02-28", "2023-05-01", None, "building", True, False),
    ("completed", "2024-02-29", "2024-02-29", "2023-05-01", "2024-08-31", "completed", False, False),
    ("completed after the period", "2024-02-29", "2024-02-29", "2023-05-01", "2024-09-01", "building", True, True),
    ("not started: owes the start first", "2024-02-29", "2024-02-29", None, None, "signed", False, False),
    ("completed without a start", "2024-02-29", "2024-02-29", None, "2024-01-31", "completed", False, False),
    ("cancelled", "2024-02-29", "2024-02-29", "2023-05-01", None, "cancelled", False, False),
]


def figure(code: str, period: str = "2024-08", body: str = "zone", **columns: Any) -> float:
    return INDICATORS[code].value(states(**columns), Period.parse(period), body)


@pytest.mark.parametrize(("name", "day", "period", "in_year", "in_month"), EVENTS, ids=[row[0] for row in EVENTS])
@pytest.mark.parametrize(
    ("event", "column"), [("signed", "signed_date"), ("started", "start_date"), ("completed", "completion_date")]
)
def test_an_event_counts_in_its_year_and_month(
    event: str, column: str, name: str, day: str | None, period: str, in_year: bool, in_month: bool
) -> None:
    """Signed, started, completed: by date, once, in the calendar year and in the month."""
    assert figure(f"{event}_count", period, **{column: [day]}) == in_year
    assert figure(f"{event}_month_count", period, **{column: [day]}) == in_month


# name, date, first return with the stage, first with any, first further on; the period, and whether it counts for its year
ARRIVALS = [
    ("by date", "2024-03-05", None, None, None, "2024-08", True),
    ("by date, last year", "2023-12-31", "2024-02", "2023-11", None, "2024-08", False),
    ("by a date after the period", "2024-09-01", None, None, None, "2024-08", False),
    ("a date after the period, seen before it", "2024-09-01", "2024-05", "2024-01", None, "2024-08", True),
    ("without a date, told by two returns", None, "2024-05", "2024-01", None, "2024-08", True),
    ("the same, asked in its month", None, "2024-05", "2024-01", None, "2024-05", True),
    ("told last year", None, "2023-12", "2023-11", None, "2024-08", False),
    ("there in its first return: nobody says since when", None, "2024-01", "2024-01", None, "2024-08", False),
    ("further on before", None, "2024-05", "2024-01", "2024-03", "2024-08", False),
    ("further on later", None, "2024-05", "2024-01", "2024-06", "2024-08", True),
    ("never", None, None, "2024-01", None, "2024-08", False),
]


@pytest.mark.parametrize("row", ARRIVALS, ids=[row[0] for row in ARRIVALS])
def test_newly_in_production(row: tuple[Any, ...]) -> None:
    """By date, or by the month that two returns tell; at capacity is the end of the chain, nothing is further on."""
    _, day, seen, first, later, period, expected = row
    columns = {"first_stage_period": first, "production_date": [day], "in_production_period": seen, "at_capacity_period": later}
    assert figure("in_production_count", period, **columns) == expected
    columns = {"first_stage_period": first, "capacity_date": [day], "at_capacity_period": seen}
    assert figure("at_capacity_count", period, **columns) == (expected or row[0] == "further on before")


@pytest.mark.parametrize(("name", "columns", "code"), STATES_OF_WORK, ids=[row[0] for row in STATES_OF_WORK])
def test_a_project_waits_or_is_built(name: str, columns: dict[str, Any], code: str) -> None:
    """Signed and not started, under construction, or neither; never both."""
    stocks = ("under_construction_count", "signed_not_started_count")
    assert [each for each in stocks if figure(each, **columns)] == ([code] if code else [])


@pytest.mark.parametrize("row", STARTS, ids=[row[0] for row in STARTS])
def test_start_overdue(row: tuple[Any, ...]) -> None:
    """Promised for this month or earlier and not begun, against the first promise and against the latest plan."""
    _, first, latest, start, stage, by_first, by_latest = row
    dates = {"first_planned_start_date": first, "planned_start_date": latest, "start_date": start, "stage": stage}
    assert (figure("start_overdue_first_promise", **dates), figure("start_overdue", **dates)) == (by_first, by_latest)


@pytest.mark.parametrize("row", COMPLETIONS, ids=[row[0] for row in COMPLETIONS])
def test_completion_overdue(row: tuple[Any, ...]) -> None:
    """Only what has started owes its completion: a project is late once, not twice."""
    _, first, latest, start, completion, stage, by_first, by_latest = row
    dates = {"first_planned_completion_date": first, "planned_completion_date": latest, "start_date": start,
             "completion_date": completion, "stage": stage}  # fmt: skip
    found = figure("completion_overdue_first_promise", **dates), figure("completion_overdue", **dates)
    assert found == (by_first, by_latest)


@pytest.mark.parametrize(
    ("total_wan", "is_1bn", "is_10bn"),
    [(9_999, 0, 0), (99_999.9999, 0, 0), (100_000, 1, 0), (999_999, 1, 0), (1_000_000, 1, 1), (None, 0, 0)],
)
def test_signed_by_size(total_wan: float | None, is_1bn: int, is_10bn: int) -> None:
    """10 亿元 is 100,000 万元, the amount itself included; without an amount it is signed, of no size."""
    columns = {"signed_date": "2024-08-01", "total_investment_wan": total_wan}
    assert figure("signed_count", **columns) == 1
    assert (figure("signed_1bn_count", **columns), figure("signed_10bn_count", **columns)) == (is_1bn, is_10bn)


def test_signed_by_industry() -> None:
    """Traditional and emerging; a project of neither is only signed."""
    columns = {"signed_date": "2024-08-01", "category": ["traditional", "emerging", "emerging", None]}
    codes = ("signed_count", "signed_traditional_count", "signed_emerging_count")
    assert [figure(code, **columns) for code in codes] == [4, 1, 2]


@pytest.mark.parametrize(
    ("name", "completed", "period", "expected"),
    [
        ("open", None, "2024-01", 500),
        ("completed in December, the month after", "2023-12-31", "2024-01", 0),
        ("completed in December, in December", "2023-12-31", "2023-12", 500),
        ("completed on New Year's Day", "2024-01-01", "2024-12", 500),
    ],
)
def test_investment_of_the_year(name: str, completed: str | None, period: str, expected: float) -> None:
    """What was completed in an earlier year invests no more; gaps add nothing."""
    columns = {"completion_date": [completed, completed], "investment_ytd_wan": [500, None]}
    assert figure("investment_ytd_wan", period, **columns) == expected


def test_works_are_not_industry() -> None:
    """Infrastructure has its own investment and is in no other figure."""
    columns = {
        "kind": ["projects", "infrastructure"],
        "signed_date": "2024-08-01",
        "start_date": "2024-08-01",
        "planned_completion_date": "2024-08-31",
        "investment_ytd_wan": [300, 70],
    }
    found = {code: figure(code, **columns) for code in INDICATORS}
    assert (found.pop("investment_ytd_wan"), found.pop("infrastructure_investment_ytd_wan")) == (300, 70)
    assert set(found.values()) == {0, 1}


def test_a_figure_of_each_body() -> None:
    """Each district its own, the zone both; the list behind a figure has as many projects as the figure."""
    frame = states(body=["binhai", "xiangshui", "xiangshui"], start_date="2024-08-01", project_name=["甲", "乙", "丙"])
    started = INDICATORS["started_count"]
    members = {body: names(started.members(frame, Period(2024, 8), body)) for body in ("binhai", "xiangshui", "zone")}
    assert members == {"binhai": ["甲"], "xiangshui": ["乙", "丙"], "zone": ["甲", "乙", "丙"]}
    assert started.value(frame, Period(2024, 8)) == 3


@pytest.mark.parametrize("code", INDICATORS)
def test_every_indicator_is_explained(code: str) -> None:
    """A name and a sentence in both languages; money is shown in 亿元, all else is a count."""
    indicator = INDICATORS[code]
    assert indicator.definition.endswith("。") and indicator.definition_en.endswith(".") and indicator.name
    assert not re.search(r"[\u4e00-\u9fff]", indicator.english + indicator.definition_en)
    assert indicator.unit == (YI if code.endswith("_wan") else COUNT)
    assert find_indicator(code) is indicator


def test_named_groups_are_of_indicators() -> None:
    """The headlines have targets to be measured by; an unknown code is no indicator."""
    assert all(INDICATORS[code].target for code in HEADLINES)
    assert set(OVERDUE) <= set(INDICATORS)
    assert find_indicator("made_up") is None
    assert find_indicator(None) is None
