"""Silence and copies: what each month's return did with a project, and for how many returns nobody told of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from examples import tried
from frames import states_of
from hypothesis import given
from hypothesis import strategies as st
from silence_oracle import clerk, run_of

from domain.collection import measure_completeness
from domain.periods import Period
from domain.silence import (
    BLANK,
    COPIED,
    LEAST_SILENT,
    MISSING,
    MONEY_MOVED,
    NOT_SENT,
    NUMBER_ONLY,
    STATE_COLUMNS,
    TOLD,
    month_states,
    periods_read,
    silent_projects,
    silent_runs,
)

# A month of a project: its words on progress, the investment since the start, and what else is not as usual.
Month = dict[str, Any]
DECEMBER = Period(2023, 12)
LEFT_OUT: Month = {"is_reported": False}
NOTHING_SENT: Month = {"is_reported": False, "is_body_reported": False}


def said(words: str | None, cumulative: float | None = None, **more: Any) -> Month:
    return {"progress_text": words, "investment_cum_wan": cumulative, **more}


def course(months: list[Month], first: Period = DECEMBER, project_id: str = "p1") -> pd.DataFrame:
    """The states of one project in consecutive months; under construction unless said otherwise."""
    usual = {"stage": "building", "is_reported": True, "is_body_reported": True, "project_id": project_id}
    return states_of([usual | month | {"period": str(first.shifted(n))} for n, month in enumerate(months)])


# what happens, the month before, the month, its state, silent
TABLE: list[tuple[str, Month, Month, str | None, bool]] = [
    ("new words", said("桩基施工"), said("主体施工"), TOLD, False),
    ("the same words", said("桩基施工"), said("桩基施工"), COPIED, True),
    ("the same but for spaces and signs", said("桩基,完成40%"), said("桩基， 完成４０％"), COPIED, True),
    ("only the number changed", said("完成40%"), said("完成45.5%"), NUMBER_ONLY, False),
    ("only the number changed, and the money", said("完成40%", 100.0), said("完成45%", 200.0), NUMBER_ONLY, False),
    ("money moved, words did not", said("桩基施工", 100.0), said("桩基施工", 150.0), MONEY_MOVED, True),
    ("money fell, words did not move", said("桩基施工", 150.0), said("桩基施工", 100.0), MONEY_MOVED, True),
    ("money rounded by another form", said("桩基施工", 100.0), said("桩基施工", 100.4), COPIED, True),
    ("nothing known of the money", said("桩基施工", 100.0), said("桩基施工"), COPIED, True),
    ("no words", said("桩基施工"), said(None), BLANK, False),
    ("no words two months running", said(None), said(None), BLANK, False),
    ("only spaces", said("桩基施工"), said(" \n"), BLANK, False),
    ("words after none", said(None), said("桩基施工"), TOLD, False),
    ("the row is missing", said("桩基施工"), LEFT_OUT, MISSING, True),
    ("the district sent nothing", said("桩基施工"), NOTHING_SENT, NOT_SENT, False),
    ("told again after a missing row", LEFT_OUT, said("桩基施工"), TOLD, False),
    ("not started: the step takes its time", said("环评编制", stage="signed"), said("环评编制", stage="signed"), COPIED, False),
    ("not started and missing", said("环评编制", stage="signed"), LEFT_OUT | {"stage": "signed"}, MISSING, True),
    ("copied in the month it started", said("环评编制", stage="signed"), said("环评编制"), COPIED, True),
    ("completed this month, words new", said("桩基施工"), said("竣工", stage="completed"), TOLD, False),
    ("completed before", said("竣工", stage="completed"), said("竣工", stage="completed"), None, False),
    ("completed by date before", said("验收", completion_date="2023-12-20"), said("验收", completion_date="2023-12-20"), None, False),
    ("completed before and left out", said("竣工", stage="completed"), LEFT_OUT | {"stage": "completed"}, None, False),
    ("cancelled before", said("终止", stage="cancelled"), said("终止", stage="cancelled"), None, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "state", "is_silent"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_what_a_month_did_with_a_project(before: Month, now: Month, state: str | None, is_silent: bool) -> None:
    """The state of the second month; a project that owes nothing has none."""
    found = month_states(course([before, now], Period(2024, 4)))
    found = found[found["period"] == "2024-05"]
    assert [(row.state, bool(row.is_silent)) for row in found.itertuples()] == ([(state, is_silent)] if state else [])


# since the start in December and January, since January likewise (None: not in the form), state of January
JANUARY = [
    (None, None, 5_000.0, 0.0, COPIED),
    (None, None, 5_000.0, 300.0, MONEY_MOVED),
    (None, None, 5_000.0, 5_000.0, MONEY_MOVED),
    (8_000.0, 8_000.0, 5_000.0, 0.0, COPIED),
    (8_000.0, 8_300.0, 5_000.0, 300.0, MONEY_MOVED),
]


@pytest.mark.parametrize(("cum_before", "cum", "ytd_before", "ytd", "state"), JANUARY)
def test_a_year_begins_at_zero(
    cum_before: float | None, cum: float | None, ytd_before: float, ytd: float, state: str
) -> None:
    """January's total is January's own; what was invested since the start says more where the form has it."""
    months = [said("桩基", cum_before, investment_ytd_wan=ytd_before), said("桩基", cum, investment_ytd_wan=ytd)]
    assert list(month_states(course(months))["state"]) == [TOLD, state]


# What is so, the month before, the month, whether it stood still.
STILL = [
    ("words and money the same", said("桩基", 100.0), said("桩基", 100.0), True),
    ("money rounded by another form", said("桩基", 100.0), said("桩基", 100.4), True),
    ("money moved", said("桩基", 100.0), said("桩基", 101.0), False),
    ("money not known", said("桩基"), said("桩基"), False),
    ("only the number changed", said("完成40%", 100.0), said("完成45%", 100.0), False),
    ("left out", said("桩基", 100.0), LEFT_OUT, False),
    ("no words", said(None, 100.0), said(None, 100.0), False),
    ("not started", said("环评", 0.0, stage="signed"), said("环评", 0.0, stage="signed"), False),
]


@pytest.mark.parametrize(("before", "now", "is_still"), [row[1:] for row in STILL], ids=[row[0] for row in STILL])
def test_a_return_in_which_nothing_moved(before: Month, now: Month, is_still: bool) -> None:
    """Words and investment unchanged under construction (for 停滞): what is not known is not claimed to stand still."""
    found = month_states(course([before, now], Period(2024, 4)))
    assert bool(found["is_still"].iloc[-1]) is is_still


def test_the_months_read_reach_back_as_far_as_a_run_needs() -> None:
    """By default two before January; a rule set of more returns asks for more."""
    assert periods_read(Period(2024, 1), 3) == ["2023-10", "2023-11", "2023-12", "2024-01"]


OLD, NEW = said("桩基施工"), said("主体施工")
# the months from January on (the one before told of the project), returns in a row up to the last
RUNS: list[tuple[str, list[Month], int | None]] = [
    ("told of", [NEW, OLD], 0),
    ("copied once", [NEW, NEW], 1),
    ("copied twice", [NEW, NEW, NEW], 2),
    ("copied, then told", [NEW, NEW, NEW, OLD], 0),
    ("copied, told, copied", [NEW, NEW, NEW, OLD, OLD], 1),
    ("missing, then missing", [NEW, LEFT_OUT, LEFT_OUT], 2),
    ("missing after a copy", [NEW, NEW, LEFT_OUT], 2),
    ("told after two missing", [NEW, LEFT_OUT, LEFT_OUT, OLD], 0),
    ("a month without a return does not end a run", [NEW, NEW, NEW, NOTHING_SENT], 2),
    ("nor lengthen it", [NEW, NEW, NOTHING_SENT, NOTHING_SENT], 1),
    ("nor does it hide what comes after it", [NEW, NEW, NOTHING_SENT, LEFT_OUT], 2),
    ("completed: owed nothing any more", [NEW, NEW, NEW, said("竣工", stage="completed"), said("竣工", stage="completed")], None),
]  # fmt: skip


@pytest.mark.parametrize(("months", "run"), [row[1:] for row in RUNS], ids=[row[0] for row in RUNS])
def test_returns_in_a_row(months: list[Month], run: int | None) -> None:
    """By default two silent returns in a row are 静默."""
    period = Period(2023, 12).shifted(len(months))
    found = month_states(course([OLD, *months]))
    assert silent_runs(found, period).to_dict() == ({} if run is None else {"p1": run})
    assert list(silent_projects(found, period).index) == (["p1"] if (run or 0) >= LEAST_SILENT else [])


def test_those_not_under_construction_are_told_apart() -> None:
    """Their unchanged words are seen, and counted apart from silence."""
    waiting = {"stage": "signed"}
    months = month_states(course([OLD | waiting, OLD | waiting, OLD | waiting, OLD | waiting]))
    period = Period(2024, 3)
    assert silent_projects(months, period).empty
    assert silent_projects(months, period, "is_unheard").to_dict() == {"p1": 3}


def test_the_longest_silence_comes_first() -> None:
    """And only runs that are long enough."""
    months = month_states(pd.concat([
        course([OLD, NEW, NEW, NEW], project_id="p1"),
        course([OLD, OLD, OLD, OLD], project_id="p2"),
        course([OLD, NEW, OLD, OLD], project_id="p3"),
    ], ignore_index=True))  # fmt: skip
    assert silent_projects(months, Period(2024, 3)).to_dict() == {"p2": 3, "p1": 2}
    assert list(silent_projects(months, Period(2024, 3)).index) == ["p2", "p1"]


def test_nothing_reported_yet() -> None:
    """No project, no silence."""
    months = month_states(states_of([]))
    assert months.empty and silent_projects(months, Period(2024, 1)).empty


@pytest.mark.parametrize(
    ("period", "first", "count"), [(Period(2024, 1), "2023-11", 3), (Period(2024, 12), "2023-11", 14)]
)
def test_the_months_read_reach_into_the_year_before(period: Period, first: str, count: int) -> None:
    """So that two silent returns in a row can be seen in January too."""
    months = periods_read(period)
    assert (months[0], months[-1], len(months)) == (first, str(period), count)


TEXT = st.sampled_from([None, " ", "桩基施工", "桩基 施工", "完成40%", "完成45%", "主体施工，40%"])
MONTH = st.fixed_dictionaries({
    "progress_text": TEXT,
    "investment_cum_wan": st.sampled_from([None, 100.0, 100.3, 250.0]),
    "investment_ytd_wan": st.sampled_from([None, 0.0, 100.0, 200.0]),
    "stage": st.sampled_from(["signed", "building", "building", "building", "completed", "suspended"]),
    "sent": st.sampled_from(["both", "both", "both", "left out", "nothing"]),
})  # fmt: skip
COURSES = st.lists(st.lists(MONTH, min_size=5, max_size=5), min_size=1, max_size=8)


def as_states(months: list[Month]) -> list[Month]:
    """Months as the query of states gives them: the words of a month stand only in its own return."""
    made = []
    for month in months:
        sent = {"is_reported": month["sent"] == "both", "is_body_reported": month["sent"] != "nothing"}
        words = month["progress_text"] if month["sent"] == "both" else None
        made.append({key: value for key, value in month.items() if key != "sent"} | sent | {"progress_text": words})
    return made


@given(COURSES)
@tried(40)
def test_states_are_those_of_the_clerk(courses: list[list[Month]]) -> None:
    """For every project and month of whatever courses; the runs are counted back from the last return."""
    frame = pd.concat(
        [course(as_states(each), project_id=f"p{n}") for n, each in enumerate(courses)], ignore_index=True
    )
    found = month_states(frame)
    period = Period(2023, 12).shifted(4)
    runs = silent_runs(found, period)
    for number, months in enumerate(courses):
        rows = found[found["project_id"] == f"p{number}"]
        by_period = {row.period: (row.state, bool(row.is_silent)) for row in rows.itertuples()}
        expected = clerk(months)
        assert [by_period.get(str(DECEMBER.shifted(month))) for month in range(5)] == expected
        if expected[-1] is not None:
            assert runs.get(f"p{number}", 0) == run_of(expected)


@given(COURSES)
@tried(40)
def test_copies_are_those_of_the_collection_of_returns(courses: list[list[Month]]) -> None:
    """The page of returns and this one count the same projects as copied."""
    frame = pd.concat(
        [course(as_states(each), project_id=f"p{n}") for n, each in enumerate(courses)], ignore_index=True
    )
    found = month_states(frame)
    before, now = (frame[frame["period"] == period] for period in ("2024-03", "2024-04"))
    finished = set(before.loc[before["stage"] == "completed", "project_id"])
    last = found[(found["period"] == "2024-04") & found["is_silent"] & (found["state"] != MISSING)]
    copied = measure_completeness(before, now, "binhai").copied
    assert set(last["project_id"]) == set(copied) - finished


def test_the_columns_read_are_all_that_the_rule_needs() -> None:
    """The query may leave out the others."""
    frame = course([OLD, OLD, NEW])
    narrow = frame[["period", "project_id", "body", "kind", "is_reported", "is_body_reported", *STATE_COLUMNS]]
    assert month_states(narrow).equals(month_states(frame))
