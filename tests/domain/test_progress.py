"""Figures against the year's targets, and their course over the months."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states

from domain.built_in_rules import BUILT_IN
from domain.indicators import INDICATORS
from domain.periods import Period
from domain.progress import (
    Progress,
    course_of,
    districts_of,
    furthest_behind,
    has_states,
    measure_progress,
    targets_by_code,
)

STARTED = INDICATORS["started_count"]
BOTH = ["binhai", "xiangshui"]
# name, done, target, months of the year, sent; share, gap, grade
FIGURES = [
    ("as the calendar says", 24.0, 36.0, 8, True, 24 / 36, 0.0, "on_track"),
    ("ahead", 30.0, 36.0, 8, True, 30 / 36, 16.666666667, "on_track"),
    ("a little behind", 21.0, 36.0, 8, True, 21 / 36, -8.333333333, "slightly"),
    ("ten points behind in December", 36.0, 40.0, 12, True, 0.9, -10.0, "behind"),
    ("nothing done in January", 0.0, 36.0, 1, True, 0.0, -8.333333333, "slightly"),
    ("done, and a district is silent", 36.0, 36.0, 8, False, 1.0, 33.333333333, "unknown"),
    ("no target", 24.0, None, 8, True, None, None, "unknown"),
    ("a target of zero", 24.0, 0.0, 8, True, None, None, "unknown"),
    ("nothing reported", None, 36.0, 8, True, None, None, "unknown"),
]


@pytest.mark.parametrize("row", FIGURES, ids=[row[0] for row in FIGURES])
def test_share_gap_and_grade(row: tuple[Any, ...]) -> None:
    """Done over target, minus month/12, and its colour; without a target or a return there is none."""
    _, done, target, month, has_sent, share, gap, grade = row
    figure = Progress(STARTED, "zone", done, target, month / 12, has_sent)
    assert (figure.share, figure.gap_points, figure.grade) == (share, gap, grade)


# Rule set, done of 36, months of the year, grade.
BY_RULE = [
    ("zone@2", 20.0, 8, "attention"),
    ("zone@2", 12.0, 8, "behind"),
    ("wuhan@1", 20.0, 8, "slightly"),
    ("wuhan@1", 19.0, 8, "attention"),
    ("wuhan@1", 14.0, 8, "behind"),
    ("sanya@1", 23.0, 8, "attention"),
    ("sanya@1", 24.0, 8, "on_track"),
    ("sanya@1", 3.0, 2, None),
    ("sanya@1", 9.0, 3, "on_track"),
    ("zone@2", 0.0, 2, "attention"),
]


@pytest.mark.parametrize(("key", "done", "month", "grade"), BY_RULE)
def test_a_figure_under_each_rule(key: str, done: float, month: int, grade: str | None) -> None:
    """By points or by the ratio to the time share; a ratio is not coloured before the end of March, silence stays unknown."""
    frame = states(body="binhai", start_date=["2024-01-15"] * int(done)) if done else states(body="binhai")
    arguments = (frame, {("started", "binhai"): 36.0}, Period(2024, month))
    figure = measure_progress(*arguments, ["binhai"], BUILT_IN[key])["started_count", "binhai"]
    assert (figure.done, figure.grade) == (done, grade)
    assert measure_progress(*arguments, [], BUILT_IN[key])["started_count", "binhai"].grade == "unknown"


def test_targets_are_read_in_the_unit_of_the_figures() -> None:
    """Projects as they are, 亿元 as 万元."""
    frame = pd.DataFrame({
        "indicator": ["signed", "investment", "investment"],
        "body": ["zone", "zone", "binhai"],
        "value": [60, 240.5, 1_500_000],
        "unit": ["个", "亿元", "万元"],
    })  # fmt: skip
    assert targets_by_code(frame) == {
        ("signed", "zone"): 60.0,
        ("investment", "zone"): 2_405_000.0,
        ("investment", "binhai"): 1_500_000.0,
    }
    assert targets_by_code(frame.iloc[:0]) == {}


@pytest.mark.parametrize(
    ("reported", "sent"),
    [
        ([], {"binhai": False, "xiangshui": False, "zone": False}),
        (["binhai"], {"binhai": True, "xiangshui": False, "zone": False}),
        (BOTH, {"binhai": True, "xiangshui": True, "zone": True}),
    ],
)
def test_a_figure_is_whole_when_all_its_districts_have_sent(reported: list[str], sent: dict[str, bool]) -> None:
    """The zone needs both; a silent district leaves the other its grade."""
    frame = states(body=BOTH, start_date="2024-03-01")
    found = measure_progress(frame, {("started", body): 2.0 for body in sent}, Period(2024, 8), reported)
    assert {body: found["started_count", body].is_reported for body in sent} == sent
    assert [found["started_count", body].done for body in ("binhai", "xiangshui", "zone")] == [1, 1, 2]
    assert found["started_count", "zone"].grade == ("on_track" if sent["zone"] else "unknown")


def test_every_indicator_of_every_body_has_its_target() -> None:
    """A target is found by the indicator's code of the form; what has none, or zero, has none."""
    targets = {("started", "zone"): 36.0, ("started", "binhai"): 0.0}
    found = measure_progress(states(body=BOTH), targets, Period(2024, 8), BOTH)
    assert set(found) == {(code, body) for code in INDICATORS for body in ("binhai", "xiangshui", "zone")}
    assert {key: figure.target for key, figure in found.items() if figure.target} == {("started_count", "zone"): 36.0}
    assert found["started_count", "zone"].time_share == pytest.approx(8 / 12)


def test_a_district_without_a_project_has_no_figures() -> None:
    """Never reported is not zero: the district's figure is missing while the other's stands."""
    found = measure_progress(states(body="binhai", start_date="2024-03-01"), {}, Period(2024, 8), ["binhai"])
    assert [found["started_count", body].done for body in ("binhai", "xiangshui", "zone")] == [1, None, 1]


def test_an_amount_that_nobody_reported_is_missing() -> None:
    """In January the year's amounts begin anew: what a district has not sent is not zero; a reported zero is."""
    frame = states(body=BOTH, investment_ytd_wan=[0, None])
    found = measure_progress(frame, {}, Period(2025, 1), ["binhai"])
    assert [found["investment_ytd_wan", body].done for body in ("binhai", "xiangshui", "zone")] == [0, None, 0]
    assert found["infrastructure_investment_ytd_wan", "zone"].done is None


def test_the_course_of_the_year_has_gaps() -> None:
    """A month in which a district of the body did not send is a gap of the zone's line, not a zero."""
    sent = {"2024-01": [True, True], "2024-02": [True, False], "2024-03": [True, True]}
    frames = {
        period: states(body=BOTH, start_date=["2024-01-10", "2024-03-05"], is_body_reported=both)
        for period, both in sent.items()
    }
    assert course_of(STARTED, frames, "zone") == [(1, 1), (2, None), (3, 2)]
    assert course_of(STARTED, frames, "binhai") == [(1, 1), (2, 1), (3, 1)]
    assert course_of(STARTED, frames, "xiangshui") == [(1, 0), (2, None), (3, 1)]
    assert course_of(INDICATORS["investment_ytd_wan"], frames, "binhai") == [(1, None), (2, None), (3, None)]


def test_districts_of_a_body() -> None:
    """The zone is both districts; a district itself."""
    assert districts_of("zone") == ("binhai", "xiangshui")
    assert districts_of("binhai") == ("binhai",)
    assert has_states(states(body="binhai"), "zone") and not has_states(states(body="binhai"), "xiangshui")


@pytest.mark.parametrize(
    ("done", "place"),
    [([20.0, 10.0, 30.0], 1), ([30.0, 31.0, 32.0], 0), ([None, 12.0, 12.0], 1), ([None, None, None], None), ([], None)],
)
def test_the_figure_furthest_behind(done: list[float | None], place: int | None) -> None:
    """The least gap, the first of equals, also where all are ahead; none where nothing is known."""
    figures = [Progress(STARTED, "zone", each, 36.0, 8 / 12) for each in done]
    assert furthest_behind(figures) is (None if place is None else figures[place])
