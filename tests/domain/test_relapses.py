"""Closed measures whose figure worsens: compared with which month, proposed when, set aside until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rectification_oracle import looked_up

from domain.indicators import INDICATORS
from domain.periods import Period
from domain.relapses import (
    CONFIRMED,
    HOLDS,
    RELAPSED,
    RULED_OUT,
    SET_ASIDE,
    UNTOLD,
    WORSE_WHEN_MORE,
    RelapseRuling,
    can_be_tied,
    fault_of_ruling,
    figure,
    month_known,
    relapses,
    ruling_of,
    ties,
    watch,
)
from domain.tasks import CANCELLED, DONE, GOING_ON, Task, TaskDetail, TaskLife

CODE = "signed_not_started_count"
AUGUST, NOVEMBER, DECEMBER = (Period(2024, month) for month in (8, 11, 12))
CLOSED, DAY = date(2024, 9, 20), date(2024, 12, 31)


def measure(
    task_id: str = "t1", closed: date | None = CLOSED, indicator: str = CODE, body: str = "binhai", state: str = DONE
) -> TaskLife:
    task = Task(task_id, "rectification", "", "签约项目及时开工", "招商局", DAY, date(2024, 1, 1))
    detail = TaskDetail(task_id, indicator=indicator, indicator_body=body)
    return TaskLife(task, DAY, state, "招商局", "", DAY, closed_on=closed, finished_on=closed, detail=detail)


def figures(before: float | None, now: float | None, period: Period = DECEMBER) -> dict:
    return {(CODE, "binhai", AUGUST): before, (CODE, "binhai", period): now}


ASIDE = RelapseRuling("t1", SET_ASIDE, CODE, "binhai", NOVEMBER, 5, 2, date(2024, 12, 3), "口径调整")


@pytest.mark.parametrize(
    ("before", "now", "rulings", "state"),
    [
        (2, 2, [], HOLDS),
        (2, 1, [], HOLDS),
        (2, 3, [], RELAPSED),
        (None, 3, [], UNTOLD),
        (2, None, [], UNTOLD),  # a month without a return is no all-clear
        (0, 0, [], HOLDS),
        (2, 5, [ASIDE], RULED_OUT),
        (2, 4, [ASIDE], RULED_OUT),
        (2, 6, [ASIDE], RELAPSED),  # worse than it was when it was set aside
        (2, 2, [ASIDE], HOLDS),
        (2, 5, [replace(ASIDE, on_date=date(2024, 9, 1))], RELAPSED),  # of an earlier closing
        (2, 5, [replace(ASIDE, kind=CONFIRMED)], RELAPSED),
        (2, 5, [replace(ASIDE, task_id="t2")], RELAPSED),
        (2, 5, [replace(ASIDE, body="zone")], RELAPSED),
        (2, 7, [ASIDE, replace(ASIDE, figure=7)], RULED_OUT),
    ],
)
def test_how_a_closed_measure_stands(before: float | None, now: float | None, rulings: list, state: str) -> None:
    """Its figure against that of the month before the closing, and against what was set aside."""
    (found,) = watch([measure()], figures(before, now), DECEMBER, rulings)
    assert (found.state, found.baseline_period, found.baseline, found.value) == (state, AUGUST, before, now)
    assert (found.indicator, found.body) == (CODE, "binhai")
    assert (relapses([found]) == [found]) == (state == RELAPSED)


@pytest.mark.parametrize(
    ("life", "is_watched"),
    [
        (measure(), True),
        (measure(indicator=""), False),
        (measure(indicator="started_count"), False),  # a sum since January begins anew each year
        (measure(state=GOING_ON, closed=None), False),
        (measure(state=CANCELLED), False),
        (measure(closed=date(2024, 12, 31)), False),  # December itself was known at the closing
        (measure(closed=date(2024, 12, 30)), True),
    ],
)
def test_what_is_watched(life: TaskLife, is_watched: bool) -> None:
    """Measures that are done and tied, once a month has passed that nobody knew at the closing."""
    assert bool(watch([life], {}, DECEMBER, [])) == is_watched


def test_the_worst_stand_first_and_which_figures_it_takes() -> None:
    """Proposals before all others, in the order given; two months of each figure."""
    lives = [measure("t1", body="zone"), measure("t2"), measure("t3")]
    found = watch(lives, {**figures(1, 2), (CODE, "zone", AUGUST): 1}, DECEMBER, [replace(ASIDE, figure=2)])
    assert [(each.life.task.task_id, each.state) for each in found] == [
        ("t2", RELAPSED),
        ("t3", RELAPSED),
        ("t1", UNTOLD),
    ]
    assert ties(lives, DECEMBER) == {(CODE, body, month) for body in ("zone", "binhai") for month in (AUGUST, DECEMBER)}


@pytest.mark.parametrize(
    ("day", "month"),
    [("2024-09-20", "2024-08"), ("2024-09-30", "2024-09"), ("2024-01-02", "2023-12"), ("2024-02-29", "2024-02")],
)
def test_which_month_was_known(day: str, month: str) -> None:
    """The last that had ended."""
    assert str(month_known(date.fromisoformat(day))) == month


@pytest.mark.parametrize(
    ("indicator", "body", "can"),
    [
        ("", "", True),
        (CODE, "zone", True),
        (CODE, "binhai", True),
        (CODE, "mars", False),
        ("started_count", "zone", False),
    ],
)
def test_what_a_measure_can_be_tied_to(indicator: str, body: str, can: bool) -> None:
    """A figure of which more is worse, of the zone or a district; or nothing."""
    assert can_be_tied(indicator, body) == can
    assert set(WORSE_WHEN_MORE) <= set(INDICATORS)


def test_a_ruling_keeps_what_stood_on_the_screen() -> None:
    """Figures and month go with it; without figures there is nothing to rule."""
    (found,) = watch([measure()], figures(2, 5), DECEMBER, [])
    made = ruling_of(found, CONFIRMED, DAY, "项目又停下来")
    assert made == RelapseRuling("t1", CONFIRMED, CODE, "binhai", DECEMBER, 5, 2, DAY, "项目又停下来")
    (untold,) = watch([measure()], {}, DECEMBER, [])
    with pytest.raises(ValueError, match="without figures"):
        ruling_of(untold, CONFIRMED, DAY, "无")


@pytest.mark.parametrize(
    ("life", "wrong", "fault"),
    [
        (measure(), {}, None),
        (measure(), {"kind": CONFIRMED}, None),
        (measure(), {"kind": "maybe"}, "unknown_code"),
        (measure(), {"indicator": "start_overdue"}, "not_tied"),
        (measure(), {"body": "zone"}, "not_tied"),
        (measure(indicator=""), {"indicator": ""}, "not_tied"),
        (measure(state=GOING_ON, closed=None), {}, "not_closed"),
        (measure(), {"figure": 2.0}, "not_worse"),
        (measure(), {"note": " "}, "no_note"),
        (measure(), {"on_date": date(2025, 1, 1)}, "in_future"),
        (measure(), {"on_date": date(2024, 9, 19)}, "too_early"),
    ],
)
def test_what_may_be_ruled(life: TaskLife, wrong: dict, fault: str | None) -> None:
    """Of a closed measure tied to that figure, worse than it was, with words and a day."""
    assert fault_of_ruling(life, replace(ASIDE, **wrong), DAY) == fault


# --- Looked up by hand ----------------------------------------------------------------------------------------------

MONTHS = [Period(2024, month) for month in range(1, 7)]


@st.composite
def lived_months(draw: st.DrawFn) -> tuple[dict, list[dict]]:
    """Projects by month with the districts that reported, and measures closed at some time."""
    months = {}
    for period in MONTHS:
        reported = {body: draw(st.booleans()) for body in ("binhai", "xiangshui")}
        months[(2024, period.month)] = [
            {
                "body": draw(st.sampled_from(["binhai", "xiangshui"])),
                "signed": draw(st.sampled_from([None, (2024, 1), (2024, 4)])),
                "started": draw(st.sampled_from([None, (2024, 2), (2024, 5)])),
            }
            for _ in range(draw(st.integers(0, 4)))
        ]
        for project in months[(2024, period.month)]:
            project["reported"] = reported[project["body"]]
    measures = [
        {
            "id": f"t{number}",
            "closed": draw(st.sampled_from([None, (2024, 2, 10), (2024, 2, 29), (2024, 4, 30), (2024, 6, 1)])),
            "figure": draw(st.sampled_from(["", CODE])),
            "whose": draw(st.sampled_from(["zone", "binhai", "xiangshui"])),
            "set_aside": draw(st.lists(st.integers(0, 3), max_size=2)),
        }
        for number in range(draw(st.integers(1, 5)))
    ]
    return months, measures


def frame(projects: list[dict]) -> pd.DataFrame:
    def day(month: tuple[int, int] | None) -> pd.Timestamp | None:
        return None if month is None else pd.Timestamp(*month, 1)

    rows = [
        {"kind": "projects", "body": each["body"], "stage": "signed", "is_body_reported": each["reported"],
         "signed_date": day(each["signed"]), "start_date": day(each["started"]), "completion_date": None}
        for each in projects
    ]  # fmt: skip
    made = pd.DataFrame(
        rows, columns=["kind", "body", "stage", "is_body_reported", "signed_date", "start_date", "completion_date"]
    )
    return made.astype(
        {"is_body_reported": bool, **dict.fromkeys(("signed_date", "start_date", "completion_date"), "datetime64[ns]")}
    )


@given(lived_months())
def test_the_watch_agrees_with_what_is_looked_up(made: tuple[dict, list[dict]]) -> None:
    """Every measure that is closed and tied, in June."""
    months, measures = made
    june = MONTHS[-1]
    lives = [
        measure(
            each["id"],
            each["closed"] and date(*each["closed"]),
            each["figure"],
            each["whose"],
            DONE if each["closed"] else GOING_ON,
        )
        for each in measures
    ]
    values = {tie: figure(frame(months.get((tie[2].year, tie[2].month), [])), tie) for tie in ties(lives, june)}
    rulings = [
        replace(ASIDE, task_id=each["id"], body=each["whose"], figure=float(value))
        for each in measures
        for value in each["set_aside"]
    ]
    found = {each.life.task.task_id: each.state for each in watch(lives, values, june, rulings)}
    assert found == looked_up(measures, months, (2024, 6))
