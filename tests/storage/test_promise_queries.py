"""The chain of promises as stored: each change with its return, its row and its words."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import NOON, accept, as_of, monthly, planned, project_id, row
from examples import tried
from hypothesis import given
from hypothesis import strategies as st

from domain.scope import OFFICE, Scope
from storage.accepting import withdraw_submission
from storage.engine import Database, open_database
from storage.queries import project_states, promise_chains

MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04")
START, COMPLETION = "planned_start_date", "planned_completion_date"


def chain_of(
    db: Database, name: str = "甲", milestone: str = "start", period: str = "2024-12"
) -> list[tuple[Any, ...]]:
    """(number, period, date planned, date before, first date) of one milestone."""
    found = promise_chains(db, OFFICE, as_of(period))
    rows = found[(found["project_id"] == project_id(name)) & (found["milestone"] == milestone)]
    names = ["number", "period", "planned_date", "date_before", "first_date"]
    return [tuple(_plain(value) for value in each) for each in rows[names].itertuples(index=False)]


def _plain(value: Any) -> Any:
    if value is None or value != value:
        return None
    return value.date().isoformat() if hasattr(value, "date") else value


def told(db: Database, *dates: str | None, name: str = "甲", field: str = START) -> None:
    """Accept a return a month, each with the date planned for a project."""
    for period, day in zip(MONTHS, dates, strict=False):
        values = planned(day, field=field) if day else {}
        accept(db, monthly(period, row(name, **values)))


# what the months' returns planned, the chain: (number, period, planned, before, first)
CASES: list[tuple[str, tuple[str | None, ...], list[tuple[Any, ...]]]] = [
    ("no date at all", (None, None), []),
    ("one promise", ("2024-06-30",), [(1, "2024-01", "2024-06-30", None, "2024-06-30")]),
    ("one that holds", ("2024-06-30", "2024-06-30"), [(1, "2024-01", "2024-06-30", None, "2024-06-30")]),
    ("another day of the month", ("2024-06-30", "2024-06-10"), [(1, "2024-01", "2024-06-30", None, "2024-06-30")]),
    ("first promised later on", (None, "2024-06-30"), [(1, "2024-02", "2024-06-30", None, "2024-06-30")]),
    ("moved", ("2024-06-30", "2024-06-30", "2024-09-30"),
     [(1, "2024-01", "2024-06-30", None, "2024-06-30"), (2, "2024-03", "2024-09-30", "2024-06-30", "2024-06-30")]),
    ("moved over a month without a date", ("2024-06-30", None, "2024-09-30"),
     [(1, "2024-01", "2024-06-30", None, "2024-06-30"), (2, "2024-03", "2024-09-30", "2024-06-30", "2024-06-30")]),
    ("moved there and back", ("2024-06-30", "2024-09-30", "2024-06-30"),
     [(1, "2024-01", "2024-06-30", None, "2024-06-30"), (2, "2024-02", "2024-09-30", "2024-06-30", "2024-06-30"),
      (3, "2024-03", "2024-06-30", "2024-09-30", "2024-06-30")]),
    ("moved from another day of the month", ("2024-06-30", "2024-06-10", "2024-09-30"),
     [(1, "2024-01", "2024-06-30", None, "2024-06-30"), (2, "2024-03", "2024-09-30", "2024-06-10", "2024-06-30")]),
]  # fmt: skip


@pytest.mark.parametrize(("dates", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("milestone", ["start", "completion"])
def test_a_chain_has_each_change_of_month(
    db: Database, milestone: str, dates: tuple[str | None, ...], expected: list[tuple[Any, ...]]
) -> None:
    """With the date before it and the first; the other milestone has none."""
    told(db, *dates, field=f"planned_{milestone}_date")
    assert chain_of(db, milestone=milestone) == expected
    assert chain_of(db, milestone="completion" if milestone == "start" else "start") == []


def test_a_change_knows_its_row_and_its_words(db: Database) -> None:
    """File, receipt, sheet, row, the text and precision as given, and all that the row says."""
    accept(db, monthly("2024-01", row("甲", **planned("2024-06-30", "month"))))
    words = {"note": "备注", "progress_text": "桩基施工", "issue_text": "工期延期", "next_step_text": "封顶"}
    receipt = accept(db, monthly("2024-02", row("甲", cell_row=9, **planned("2024-09-30", "quarter"), **words)))
    change = promise_chains(db, OFFICE, as_of("2024-02")).iloc[1]
    assert (change["submission_id"], change["receipt_number"]) == (receipt.submission_id, receipt.receipt_number)
    assert (change["file_name"], change["sheet"], change["cell_row"]) == ("2024-02.xlsx", "项目", 9)
    assert (change["planned_text"], change["planned_precision"]) == ("2024-09-30", "quarter")
    assert (change["precision_before"], change["first_precision"]) == ("month", "month")
    assert change["texts"] == "备注 桩基施工 工期延期 封顶"
    assert (change["body"], change["kind"]) == ("binhai", "projects")


def test_a_row_without_words_says_nothing(db: Database) -> None:
    """An empty text, not a missing one."""
    told(db, "2024-06-30")
    assert list(promise_chains(db, OFFICE, as_of("2024-01"))["texts"]) == [""]


def test_only_what_counts_makes_a_promise(db: Database) -> None:
    """Neither a replaced return, nor a withdrawn one, nor an earlier row of the same file, nor a later period."""
    accept(db, monthly("2024-01", row("甲", **planned("2024-06-30"))))
    accept(db, monthly("2024-02", row("甲", **planned("2025-01-31"))))
    accept(db, monthly("2024-02", row("甲", 5, **planned("2025-03-31")), row("甲", 6, **planned("2024-07-31"))))
    gone = accept(db, monthly("2024-03", row("甲", **planned("2026-01-31"))))
    withdraw_submission(db, gone.submission_id, actor="甲", withdrawn_at=NOON, reason="填错")
    accept(db, monthly("2024-04", row("甲", **planned("2024-08-31"))))
    assert [each[2] for each in chain_of(db, period="2024-03")] == ["2024-06-30", "2024-07-31"]
    assert [each[2] for each in chain_of(db)] == ["2024-06-30", "2024-07-31", "2024-08-31"]


def test_a_scope_sees_its_own_chains(db: Database) -> None:
    """The other district's promises are not among them."""
    accept(db, monthly("2024-01", row("甲", **planned("2024-06-30"))))
    accept(db, monthly("2024-01", row("乙", body="xiangshui", **planned("2024-06-30")), body="xiangshui"))
    own = promise_chains(db, Scope("reporter", ("xiangshui",)), as_of("2024-01"))
    assert list(own["body"]) == ["xiangshui"]
    assert len(promise_chains(db, OFFICE, as_of("2024-01"))) == 2


def test_an_empty_database_has_no_chains(db: Database) -> None:
    """The columns are there all the same."""
    found = promise_chains(db, OFFICE, as_of("2024-01"))
    assert found.empty and {"project_id", "planned_date", "texts"} <= set(found.columns)


DAY = st.none() | st.sampled_from(["2024-03-31", "2024-03-15", "2024-12-31", "2025-06-30"])
HISTORY = st.lists(st.tuples(st.sampled_from(MONTHS), st.booleans(), DAY, DAY), max_size=6)


def clerk(history: list[tuple[str, bool, str | None, str | None]], column: int) -> list[tuple[int, str, str]]:
    """(number, period, date): the newest return of each month, oldest month first, a line for each change of month."""
    newest = {each[0]: each for each in history if not each[1]}
    noted: list[tuple[int, str, str]] = []
    last: date | None = None
    for period in sorted(newest):
        day = newest[period][column]
        if day is None:
            continue
        now = date.fromisoformat(day)
        if last is None or (now.year, now.month) != (last.year, last.month):
            noted.append((len(noted) + 1, period, day))
        last = now
    return noted


@given(HISTORY)
@tried(6)
def test_chains_are_those_of_the_clerk(history: list[tuple[str, bool, str | None, str | None]]) -> None:
    """On random histories with resubmissions and withdrawals; as many changes as the states count."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "monitor.duckdb")
        try:
            for number, (period, is_withdrawn, start, completion) in enumerate(history):
                dates = (planned(start) if start else {}) | (
                    planned(completion, field=COMPLETION) if completion else {}
                )
                receipt = accept(db, monthly(period, row("甲", **dates), content=str(number).encode()))
                if is_withdrawn:
                    withdraw_submission(db, receipt.submission_id, actor="甲", withdrawn_at=NOON, reason="填错")
            states = project_states(db, OFFICE, as_of("2024-12"))
            for column, milestone in ((2, "start"), (3, "completion")):
                found = chain_of(db, milestone=milestone)
                assert [each[:3] for each in found] == clerk(history, column)
                changes = states[f"planned_{milestone}_changes"].sum()
                assert changes == max(len(found) - 1, 0)
        finally:
            db.close()
