"""The collection of returns: due dates, punctuality, completeness, exceptions."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from domain.collection import (
    BACKFILLED,
    CALENDAR_YEARS,
    EXPIRED,
    FIRST_RULE,
    LATE,
    NOT_DUE,
    ON_TIME,
    OPEN,
    OVERDUE,
    USED,
    DueRule,
    LockException,
    Punctuality,
    due_date,
    first_month,
    is_working_day,
    judge_receipt,
    measure_completeness,
    months_offered,
    rule_for,
)
from domain.periods import Period
from domain.submissions import ANNUAL_TARGETS, MONTHLY_RETURN


def rule(from_period: str, working_day: int, kind: str = MONTHLY_RETURN) -> DueRule:
    return DueRule(kind, Period.parse(from_period), working_day)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-10-01", False),  # National Day
        ("2024-10-12", True),  # a Saturday worked for it
        ("2024-10-13", False),
        ("2024-10-14", True),
        ("2024-02-12", False),  # Spring Festival, a Monday
        ("2025-01-26", True),  # a Sunday worked for it
        (f"{CALENDAR_YEARS.stop}-01-01", date(CALENDAR_YEARS.stop, 1, 1).weekday() < 5),  # beyond the calendar
        ("2003-01-01", True),  # before it: a Wednesday
    ],
)
def test_a_working_day(day: str, expected: bool) -> None:
    """Holidays and the weekends worked for them; outside the known years weekdays."""
    assert is_working_day(date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("period", "working_day", "expected"),
    [
        ("2024-01", 5, "2024-02-06"),  # two Sundays of February 2024 are worked; 4 February is one
        ("2024-09", 1, "2024-10-08"),
        ("2024-09", 5, "2024-10-12"),
        ("2024-12", 5, "2025-01-08"),
        ("2024-07", 1, "2024-08-01"),
        ("2024-08", 20, "2024-09-29"),  # Mid-Autumn, a Saturday worked for it, a Sunday for National Day
    ],
)
def test_the_due_date(period: str, working_day: int, expected: str) -> None:
    """The N-th working day after the month's end."""
    due = due_date(Period.parse(period), [rule("2024-01", working_day)])
    assert (due.day.isoformat(), due.working_day, due.is_exact) == (expected, working_day, True)


def test_a_due_date_beyond_the_calendar_says_so() -> None:
    """The days counted lie in a year whose holidays are not known."""
    last = CALENDAR_YEARS.stop - 1
    assert due_date(Period(last, 10), []).is_exact
    assert not due_date(Period(last, 12), []).is_exact


@pytest.mark.parametrize(
    ("period", "rules", "expected"),
    [
        ("2024-08", [], FIRST_RULE),
        ("2024-08", [rule("2024-09", 8)], FIRST_RULE),
        ("2024-09", [rule("2024-09", 8)], rule("2024-09", 8)),
        ("2025-03", [rule("2024-09", 8)], rule("2024-09", 8)),
        ("2024-10", [rule("2024-09", 8), rule("2024-01", 3)], rule("2024-01", 3)),  # the one set last
        ("2024-08", [rule("2024-01", 3), rule("2024-09", 8)], rule("2024-01", 3)),
        ("2024-08", [rule("2024-01", 3, ANNUAL_TARGETS)], FIRST_RULE),
    ],
)
def test_the_rule_of_a_period(period: str, rules: list[DueRule], expected: DueRule) -> None:
    """Of those that reach it the one set last; past months keep theirs."""
    assert rule_for(Period.parse(period), rules) == expected


@pytest.mark.parametrize(
    ("received", "today", "expected"),
    [
        ("2024-07-20", "2024-08-01", Punctuality(ON_TIME)),  # before the month has ended
        ("2024-08-07", "2024-08-08", Punctuality(ON_TIME)),
        ("2024-08-08", "2024-08-08", Punctuality(LATE, 1)),
        ("2024-09-06", "2026-01-01", Punctuality(LATE, 30)),
        ("2024-09-07", "2026-01-01", Punctuality(BACKFILLED, 31)),
        ("2026-11-25", "2026-11-25", Punctuality(BACKFILLED, 840)),
        (None, "2024-08-07", Punctuality(NOT_DUE)),
        (None, "2024-08-08", Punctuality(OVERDUE, 1)),
    ],
)
def test_punctuality(received: str | None, today: str, expected: Punctuality) -> None:
    """July 2024 is due on 7 August, August on 6 September."""
    received_on = date.fromisoformat(received) if received else None
    assert judge_receipt(received_on, Period(2024, 7), [], date.fromisoformat(today)) == expected


def states(*rows: tuple[str, str, str | None, bool], completed: tuple[str, ...] = (), body: str = "binhai") -> pd.DataFrame:
    """(id, stage, progress text, reported) each."""
    frame = pd.DataFrame(rows, columns=["project_id", "stage", "progress_text", "is_reported"]).astype({"progress_text": object})
    day = pd.Timestamp("2024-05-01")
    dates = [day if each in completed else pd.NaT for each in frame["project_id"]]
    return frame.assign(body=body, completion_date=pd.Series(dates, frame.index, dtype="datetime64[us]"))


def test_completeness() -> None:
    """Expected are those on record that were neither completed nor cancelled; new ones are reported, not expected."""
    before = states(("a", "building", None, True), ("b", "completed", None, True), ("c", "cancelled", None, True),
                    ("d", "signed", None, False), ("e", "building", None, True), completed=("e",))  # fmt: skip
    now = states(("a", "completed", None, True), ("b", "completed", None, False), ("c", "cancelled", None, False),
                 ("d", "signed", None, False), ("e", "building", None, False), ("new", "signed", None, True))  # fmt: skip
    found = measure_completeness(before, now, "binhai")
    assert (found.expected, found.reported, found.missing) == (("a", "d"), ("a", "new"), ("d",))
    other = measure_completeness(before, now, "xiangshui")
    assert (other.expected, other.reported, other.missing, other.copied) == (None, (), (), ())


@pytest.mark.parametrize(
    ("before", "now", "stage", "is_reported", "is_copied"),
    [
        ("基础施工", "基础施工", "building", True, True),
        ("基础施工 ", "基础\n施工", "started", True, True),
        ("完成50％", "完成50%", "building", True, True),  # a full-width sign is the same sign
        ("基础施工", "主体施工", "building", True, False),
        ("基础施工", None, "building", True, False),
        (None, "基础施工", "building", True, False),
        (None, None, "building", True, False),
        (" ", "", "building", True, False),
        ("已竣工", "已竣工", "completed", True, False),
        ("未开工", "未开工", "signed", True, False),
        ("基础施工", "基础施工", "building", False, False),
    ],
)
def test_copied_words(before: str | None, now: str | None, stage: str, is_reported: bool, is_copied: bool) -> None:
    """The very words of the month before, of a project under construction."""
    found = measure_completeness(
        states(("a", "building", before, True)), states(("a", stage, now, is_reported)), "binhai"
    )
    assert found.copied == (("a",) if is_copied else ())


@pytest.mark.parametrize(
    ("used_by", "day", "expected"),
    [(None, "2024-10-20", OPEN), (None, "2024-10-21", EXPIRED), ("2024-09-滨海-02", "2024-10-19", USED)],
)
def test_the_state_of_an_exception(used_by: str | None, day: str, expected: str) -> None:
    """Open until the end of its last day, for one return."""
    exception = LockException("binhai", "2024-09", date(2024, 10, 20), datetime(2024, 10, 15), "office", "x", used_by)
    assert exception.state_on(date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("accepted", "today", "expected"),
    [
        ([], "2024-06-01", []),
        (["2024-03"], "2024-04-01", ["2024-03"]),
        (["2024-03"], "2024-06-30", ["2024-03", "2024-04", "2024-05"]),
        (["2023-12", "2024-02"], "2024-01-15", ["2023-12", "2024-01", "2024-02"]),  # sent before its month has ended
    ],
)
def test_the_months_to_choose_from(accepted: list[str], today: str, expected: list[str]) -> None:
    """Months for which nothing came are among them."""
    assert months_offered(accepted, date.fromisoformat(today)) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2024-09-06", "2024-08"),  # the fifth working day: the last in time for August
        ("2024-09-07", "2024-09"),
        ("2024-09-30", "2024-09"),
        ("2025-01-02", "2024-12"),
    ],
)
def test_the_month_to_begin_with(today: str, expected: str) -> None:
    """The one whose return is due next: nobody begins late."""
    assert str(first_month(date.fromisoformat(today))) == expected
