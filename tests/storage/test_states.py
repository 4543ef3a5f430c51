"""The states of projects, compared with a slow and obvious second implementation on random histories."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from builders import NOON, accept, as_of, monthly, planned, project_id, row
from examples import tried
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period
from domain.scope import OFFICE, Scope
from storage.accepting import withdraw_submission
from storage.engine import Database, open_database
from storage.queries import known, known_for, project_states, reported_bodies, value_source, value_sources
from storage.queries.states import FIELD_OF_COLUMN, PROMISE_COLUMNS, SEEN_COLUMNS

PERIODS = ("2023-11", "2023-12", "2024-01", "2024-02")
NAMES = ("甲", "乙", "丙")
COMPARED = (
    "total_investment_wan",
    "investment_ytd_wan",
    "issue_text",
    "planned_start_date",
    "planned_start_date_text",
    "planned_start_date_precision",
)
DAYS = ("2024-03-31", "2024-03-15", "2024-12-31")


@dataclass
class Return:
    """One accepted return of the model: its rows in order, each (name, values)."""

    body: str
    period: str
    rows: list[tuple[str, dict[str, Any]]]
    is_withdrawn: bool = False
    known: dict[str, Any] = field(default_factory=dict)


def in_force(returns: list[Return]) -> list[Return]:
    """The newest one not withdrawn of each body and period, oldest period first."""
    newest = {(each.body, each.period): each for each in returns if not each.is_withdrawn}
    return sorted(newest.values(), key=lambda each: (each.period, returns.index(each)))


def oracle(returns: list[Return], period: str) -> dict[str, dict[str, Any]]:
    """States by project id: go through the returns from the oldest to the newest and remember."""
    states: dict[str, dict[str, Any]] = {}
    for each in in_force(returns):
        if each.period > period:
            continue
        for name, values in dict(each.rows).items():
            state = states.setdefault(project_id(name, each.body), {"first_period": each.period, "dates": []})
            state.update(body=each.body, last_period=each.period)
            remember(state, values, each.period, period)
    reported = {each.body for each in in_force(returns) if each.period == period}
    for state in states.values():
        state["is_reported"] = state["last_period"] == period
        state["is_body_reported"] = state["body"] in reported
        promise(state, state.pop("dates"))
    return states


def remember(state: dict[str, Any], values: dict[str, Any], of: str, period: str) -> None:
    """Take the values of one row into the state, each as long as it lasts."""
    if values.get("total_investment_wan") is not None:
        state["total_investment_wan"] = values["total_investment_wan"]
    if values.get("investment_ytd_wan") is not None and of[:4] == period[:4]:
        state["investment_ytd_wan"] = values["investment_ytd_wan"]
    if of == period:
        state["issue_text"] = values.get("issue_text")
    day = values.get("planned_start_date")
    if day is not None or (values.get("planned_start_date_text") and state.get("planned_start_date") is None):
        for name in COMPARED[3:]:
            state[name] = values.get(name)
    if day is not None:
        state["dates"].append((day, values["planned_start_date_precision"]))


def promise(state: dict[str, Any], dates: list[tuple[date, str]]) -> None:
    """The first promise, and how often the next one was of another month."""
    state["first_planned_start_date"], state["first_planned_start_precision"] = dates[0] if dates else (None, None)
    months = [(day.year, day.month) for day, _ in dates]
    state["planned_start_changes"] = sum(before != after for before, after in pairwise(months))


def plain(value: object) -> object:
    """A value of a frame as the oracle writes it."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, float) else value


def as_model(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    names = [
        *("body", "first_period", "last_period", "is_reported", "is_body_reported", "first_planned_start_date"),
        *("first_planned_start_precision", "planned_start_changes", *COMPARED),
    ]
    return {record["project_id"]: {name: plain(record[name]) for name in names} for record in frame.to_dict("records")}


def complete(states: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {key: {**dict.fromkeys(COMPARED), **state} for key, state in states.items()}


dates = st.one_of(
    st.just({}),
    st.just({"planned_start_date_text": "年内"}),
    st.builds(planned, st.sampled_from(DAYS), st.sampled_from(("day", "month"))),
)
values = st.builds(
    lambda day, numbers: {**day, **{name: value for name, value in numbers.items() if value is not None}},
    dates,
    st.fixed_dictionaries(
        {
            "total_investment_wan": st.one_of(st.none(), st.integers(0, 9)),
            "investment_ytd_wan": st.one_of(st.none(), st.integers(0, 9)),
            "issue_text": st.one_of(st.none(), st.sampled_from(("无", "缺地"))),
        }
    ),
)
events = st.lists(
    st.one_of(
        st.builds(
            Return,
            st.sampled_from(("binhai", "xiangshui")),
            st.sampled_from(PERIODS),
            st.lists(st.tuples(st.sampled_from(NAMES), values), min_size=1, max_size=4),
        ),
        st.integers(0, 5),
    ),
    max_size=7,
)


def play(db: Database, happened: list[Return | int]) -> list[Return]:
    """Accept the returns and withdraw the numbered ones, in the database and in the model."""
    returns: list[Return] = []
    ids: list[str] = []
    for event in happened:
        if isinstance(event, Return):
            rows = [row(name, 5 + place, event.body, **given) for place, (name, given) in enumerate(event.rows)]
            made = monthly(event.period, *rows, body=event.body, content=str(len(ids)).encode())
            ids.append(accept(db, made).submission_id)
            returns.append(Return(event.body, event.period, event.rows))
        elif event < len(ids):
            withdraw_submission(db, ids[event], reason="x", actor="office", withdrawn_at=NOON)
            returns[event].is_withdrawn = True
    return returns


@tried(8)
@given(happened=events)
def test_states_agree_with_the_oracle_whatever_happened(happened: list[Return | int]) -> None:
    """For every period at once, for each by itself, and as known at an earlier write."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "a.duckdb")
        half = play(db, happened[: len(happened) // 2])
        then = {period: complete(oracle(half, period)) for period in PERIODS}
        version = str(db.version())
        db.close()
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "a.duckdb")
        returns = play(db, happened)
        every = project_states(db, OFFICE, as_of("2024-02"), list(PERIODS))
        for period in PERIODS:
            expected = complete(oracle(returns, period))
            assert as_model(project_states(db, OFFICE, as_of(period))) == expected
            assert as_model(every[every.period == period]) == expected
            assert as_model(project_states(db, OFFICE, as_of(period, version))) == then[period]
        check_sources(db, returns)
        db.close()


def check_sources(db: Database, returns: list[Return]) -> None:
    """The source of each value holds that value, asked for by itself or with all others."""
    for period in PERIODS:
        for key, state in complete(oracle(returns, period)).items():
            sources = value_sources(db, OFFICE, as_of(period), key, COMPARED)
            held = {name: source.value for name, source in sources.items() if source.value is not None}
            assert held == {name: state[name] for name in COMPARED if state[name] is not None}


def test_a_value_lasts_as_long_as_its_field_says(db: Database) -> None:
    """Life, year and month, across a new year."""
    accept(db, monthly("2023-12", row("甲", total_investment_wan=9, investment_ytd_wan=5, issue_text="缺地")))
    accept(db, monthly("2024-01", row("乙", 6)))
    state = project_states(db, OFFICE, as_of("2024-01")).set_index("project_id").loc[project_id("甲")]
    assert (state.total_investment_wan, state.last_period) == (9, "2023-12")
    assert pd.isna(state.investment_ytd_wan)
    assert pd.isna(state.issue_text)
    assert (bool(state.is_reported), bool(state.is_body_reported)) == (False, True)


def test_a_date_keeps_its_own_text_and_precision(db: Database) -> None:
    """A later text that is no date does not stand beside an earlier date, and an empty precision is taken over."""
    accept(db, monthly("2024-01", row("甲", **planned("2024-03-31", "month"))))
    accept(db, monthly("2024-02", row("甲", planned_start_date=date(2024, 5, 1), planned_start_date_text="5月1日")))
    accept(db, monthly("2024-03", row("甲", planned_start_date_text="尽快")))
    state = project_states(db, OFFICE, as_of("2024-03")).iloc[0]
    assert (state.planned_start_date.date(), state.planned_start_date_text) == (date(2024, 5, 1), "5月1日")
    assert pd.isna(state.planned_start_date_precision)
    assert (state.first_planned_start_date.date(), state.first_planned_start_precision) == (date(2024, 3, 31), "month")
    assert state.planned_start_changes == 1


def test_a_promise_made_once_was_never_moved(db: Database) -> None:
    """The count is a whole number for every project, with one date, with none, and of the same month twice."""
    accept(
        db, monthly("2024-01", row("甲", **planned("2024-03-31")), row("乙", 6), row("丙", 7, **planned("2024-03-01")))
    )
    accept(db, monthly("2024-02", row("丙", **planned("2024-03-31"))))
    accept(db, monthly("2024-03", row("丙", **planned("2024-04-01"))))
    states = project_states(db, OFFICE, as_of("2024-03")).set_index("project_id")
    changes = states.planned_start_changes
    assert (changes.dtype.kind, [changes[project_id(name)] for name in NAMES]) == ("i", [0, 0, 1])


def test_a_rejected_value_leaves_the_last_accepted_in_force(db: Database) -> None:
    """As long as it lasts; the figure of a month does not come back."""
    accept(db, monthly("2024-01", row("甲", total_investment_wan=9, investment_ytd_wan=5, investment_month_wan=5)))
    rejecting = row("甲", total_investment_wan=1, investment_ytd_wan=2, investment_month_wan=2)
    for name in ("total_investment_wan", "investment_ytd_wan", "investment_month_wan"):
        rejecting.reject(name)
    accept(db, monthly("2024-02", rejecting))
    state = project_states(db, OFFICE, as_of("2024-02")).iloc[0]
    assert (state.total_investment_wan, state.investment_ytd_wan, state.last_period) == (9, 5, "2024-02")
    assert pd.isna(state.investment_month_wan)


def test_states_say_where_the_last_row_stands(db: Database) -> None:
    """Submission, table, sheet and row, and what the table is a list of."""
    receipt = accept(db, monthly("2024-08", row("甲"), infrastructure=(row("道路", 11),)))
    states = project_states(db, OFFICE, as_of("2024-08"), columns=[]).set_index("project_id")
    road = states.loc[project_id("道路")]
    assert (road.kind, road.table_number, road.sheet, road.cell_row) == ("infrastructure", 2, "基础设施", 11)
    assert road.submission_id == receipt.submission_id


def test_columns_narrow_the_states(db: Database) -> None:
    """Only what is asked for, each once; a name that is not declared is an error of the program."""
    accept(db, monthly("2024-08", row("甲", **planned("2024-09-30", "month"))))
    asked = ["planned_start_date_text", "first_planned_start_date", "planned_start_date_text"]
    states = project_states(db, OFFICE, as_of("2024-08"), columns=asked)
    assert list(states.columns)[12:] == asked[:2]
    assert states.planned_start_date_text[0] == "2024-09-30"
    with pytest.raises(ValueError, match="not columns of a project: password"):
        project_states(db, OFFICE, as_of("2024-08"), columns=["password"])
    with pytest.raises(ValueError, match="not columns of a project: password"):
        value_source(db, OFFICE, as_of("2024-08"), project_id("甲"), "password")


def test_an_empty_database_has_an_empty_frame_with_all_columns(db: Database) -> None:
    """A screen can draw it, and no periods asked is no rows."""
    states = project_states(db, OFFICE, as_of("2024-08"))
    assert states.empty
    assert list(states.columns)[12:] == [*FIELD_OF_COLUMN, *PROMISE_COLUMNS, *SEEN_COLUMNS]
    accept(db, monthly("2024-08", row("甲")))
    assert project_states(db, OFFICE, as_of("2024-08"), []).empty


def test_a_district_reads_its_own_projects_alone(db: Database) -> None:
    """By the body of the submission."""
    accept(db, monthly("2024-08", row("甲")))
    accept(db, monthly("2024-08", row("乙", body="xiangshui"), body="xiangshui"))
    scope = Scope("reporter", ("xiangshui",))
    assert list(project_states(db, scope, as_of("2024-08")).body) == ["xiangshui"]
    assert reported_bodies(db, scope, as_of("2024-08")) == ["xiangshui"]
    assert reported_bodies(db, OFFICE, as_of("2024-08")) == ["binhai", "xiangshui"]
    assert reported_bodies(db, OFFICE, as_of("2024-09")) == []


def test_acceptances_are_newest_or_a_number(db: Database) -> None:
    """Anything else is an error of the program."""
    with pytest.raises(ValueError, match="invalid literal"):
        project_states(db, OFFICE, as_of("2024-08", "yesterday"))


def test_known_projects_have_their_values_before_the_period(db: Database) -> None:
    """Newer projects are known without values; last year's figures of the year are not this year's."""
    accept(db, monthly("2023-12", row("甲", total_investment_wan=9, investment_ytd_wan=5, note="停")))
    accept(db, monthly("2024-02", row("甲", total_investment_wan=8), infrastructure=(row("道路"),)))
    projects = known_for(db, Period(2024, 1)).projects
    old, new = projects[project_id("甲")], projects[project_id("道路")]
    assert (old.name, old.body, old.kind, old.last_period) == ("甲", "binhai", "projects", "2023-12")
    assert (old.values["total_investment_wan"], old.values["investment_ytd_wan"]) == (Decimal(9), None)
    assert old.values["note"] == "停"
    assert (new.name, new.kind, new.values, new.last_period) == ("道路", "infrastructure", {}, "2024-02")
    assert known_for(db, None).projects[project_id("甲")].values["total_investment_wan"] == Decimal(8)


def test_what_is_known_is_of_one_moment(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A return that is accepted while the record is read is not in it by half."""
    accept(db, monthly("2024-01", row("甲", total_investment_wan=1)))
    list_projects = known._every_project

    def list_while_another_is_accepted(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
        listed = list_projects(cursor)
        accept(db, monthly("2024-02", row("甲", total_investment_wan=2), row("乙", 6)))
        return listed

    with monkeypatch.context() as patch:
        patch.setattr(known, "_every_project", list_while_another_is_accepted)
        found = known_for(db, None).projects
    assert {each.name: each.values["total_investment_wan"] for each in found.values()} == {"甲": 1}
    assert sorted(each.name for each in known_for(db, None).projects.values()) == ["乙", "甲"]


def test_nothing_is_known_of_an_empty_database(db: Database) -> None:
    """With a period or without."""
    assert known_for(db, None).projects == known_for(db, Period(2024, 1)).projects == {}
