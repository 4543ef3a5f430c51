"""Suspensions and months excused: what holds when, what lapses, and what cannot be recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.periods import Period
from domain.rulings import (
    DEFERRED,
    ENDED,
    GRANTED,
    RENEWED,
    REVOKED,
    SUSPENDED,
    Excuse,
    SuspensionEvent,
    excused_in,
    fault_of_excuse,
    fault_of_suspension,
    standing_excuses,
    suspension_of,
    suspensions_of,
)

TODAY = date(2024, 12, 31)
BEGUN = SuspensionEvent("p1", "binhai", SUSPENDED, date(2024, 3, 10), "finance", "资金未到位", date(2024, 9, 30))
GOES_ON = SuspensionEvent("p1", "binhai", RENEWED, date(2024, 6, 5), "market", "改换投资方", date(2024, 11, 30))
OVER = SuspensionEvent("p1", "binhai", ENDED, date(2024, 8, 20), note="已复工")
AGAIN = SuspensionEvent("p1", "binhai", DEFERRED, date(2024, 8, 20), "land", "用地未批", date(2025, 3, 31))
EXCUSE = Excuse("e1", "p1", "binhai", GRANTED, Period(2024, 7), Period(2024, 9), "7月例会", "管委会", "台风")

# Events, day, the kind, since when, until when, last confirmed, renewals; None where there is no suspension.
COURSES = [
    ("before it began", [BEGUN], "2024-03-09", None),
    ("on the day it began", [BEGUN], "2024-03-10", (SUSPENDED, "2024-03-10", "2024-09-30", "2024-03-10", 0)),
    ("renewed", [BEGUN, GOES_ON], "2024-06-30", (SUSPENDED, "2024-03-10", "2024-11-30", "2024-06-05", 1)),
    ("before it was renewed", [BEGUN, GOES_ON], "2024-06-04", (SUSPENDED, "2024-03-10", "2024-09-30", "2024-03-10", 0)),
    ("ended", [BEGUN, GOES_ON, OVER], "2024-08-20", None),
    ("deferred on the day it ended", [BEGUN, OVER, AGAIN], "2024-08-20", (DEFERRED, "2024-08-20", "2025-03-31", "2024-08-20", 0)),
    ("a renewal of nothing", [GOES_ON], "2024-06-30", None),
    ("nothing", [], "2024-06-30", None),
]  # fmt: skip


@pytest.mark.parametrize(("events", "day", "expected"), [row[1:] for row in COURSES], ids=[row[0] for row in COURSES])
def test_a_suspension_as_of_a_day(events: list[SuspensionEvent], day: str, expected: tuple[object, ...] | None) -> None:
    """What happened later is not known yet; a renewal keeps the day it began and moves the resumption."""
    found = suspension_of(events, date.fromisoformat(day))
    told = found and (
        found.kind,
        *map(str, (found.since, found.expected_resumption, found.confirmed_on)),
        found.renewals,
    )
    assert told == expected


def test_a_renewal_tells_the_reason_of_now() -> None:
    """Reason and note are those said last."""
    found = suspension_of([BEGUN, GOES_ON], TODAY)
    assert found is not None
    assert (found.reason, found.note) == ("market", "改换投资方")


# Period, months that a record holds for, why it no longer counts.
LAPSES = [
    ("2024-03", 3, None),
    ("2024-05", 3, None),
    ("2024-06", 3, "not_renewed"),
    ("2024-06", 4, None),
    ("2024-08", 6, None),
    ("2024-09", 12, "resumption_passed"),
]


@pytest.mark.parametrize(("period", "months", "lapse"), LAPSES)
def test_a_record_holds_for_a_quarter(period: str, months: int, lapse: str | None) -> None:
    """The month in which it was confirmed included, and until the day on which work was to go on (S19)."""
    found = suspension_of([BEGUN], TODAY)
    assert found is not None
    assert found.lapse(Period.parse(period), months) == lapse


def test_suspensions_of_several_projects() -> None:
    """Each by its own events; who has none is left out."""
    other = replace(BEGUN, project_id="p2")
    found = suspensions_of([BEGUN, other, OVER], TODAY)
    assert list(found) == ["p2"]


# What is wrong, what happened before, the event, the fault.
FAULTS = [
    ("begun", [], BEGUN, None),
    ("renewed", [BEGUN], GOES_ON, None),
    ("ended", [BEGUN], OVER, None),
    ("begun again after its end", [BEGUN, OVER], AGAIN, None),
    ("no such kind", [], replace(BEGUN, kind="paused"), "unknown_code"),
    ("no such reason", [], replace(BEGUN, reason="rain"), "unknown_code"),
    ("other reasons are explained by the note", [], replace(BEGUN, reason="other"), None),
    ("tomorrow", [], replace(BEGUN, on_date=date(2025, 1, 1)), "in_future"),
    ("before the last event", [BEGUN, GOES_ON], replace(OVER, on_date=date(2024, 6, 4)), "too_early"),
    ("no words", [], replace(BEGUN, note=" "), "no_note"),
    ("an end without words", [BEGUN], replace(OVER, note=""), "no_note"),
    ("twice", [BEGUN], replace(BEGUN, on_date=date(2024, 4, 1)), "suspended_already"),
    ("renewed without a beginning", [], GOES_ON, "not_suspended"),
    ("ended twice", [BEGUN, OVER], replace(OVER, on_date=date(2024, 9, 1)), "not_suspended"),
    ("no resumption", [], replace(BEGUN, expected_resumption=None), "no_resumption"),
    ("a resumption on the same day", [], replace(BEGUN, expected_resumption=BEGUN.on_date), "no_resumption"),
]


@pytest.mark.parametrize(("before", "event", "fault"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_what_cannot_be_recorded_of_a_suspension(
    before: list[SuspensionEvent], event: SuspensionEvent, fault: str | None
) -> None:
    """Reason, date and expected resumption are needed (2.4), in the order in which things happen."""
    last_on = max((each.on_date for each in before), default=None)
    assert fault_of_suspension(suspension_of(before, event.on_date), last_on, event, TODAY) == fault


VOID = replace(EXCUSE, kind=REVOKED, reason="误登")


def test_the_excuses_that_stand() -> None:
    """Granted and not revoked; one granted later stands apart."""
    later = replace(EXCUSE, excuse_id="e2", from_period=Period(2024, 11), to_period=Period(2024, 11))
    assert standing_excuses([EXCUSE, later]) == [EXCUSE, later]
    assert standing_excuses([EXCUSE, later, VOID]) == [later]
    assert standing_excuses([VOID]) == []


@pytest.mark.parametrize(
    ("period", "is_excused"), [("2024-06", False), ("2024-07", True), ("2024-09", True), ("2024-10", False)]
)
def test_the_months_that_are_excused(period: str, is_excused: bool) -> None:
    """The first and the last month included."""
    assert excused_in([EXCUSE], Period.parse(period)) == ({"p1": EXCUSE} if is_excused else {})


OTHERS = replace(EXCUSE, project_id="p2", excuse_id="e2")
EXCUSE_FAULTS = [
    ("granted", [], EXCUSE, None),
    ("no meeting", [], replace(EXCUSE, meeting=" "), "incomplete"),
    ("nobody decided", [], replace(EXCUSE, decided_by=""), "incomplete"),
    ("no reason", [], replace(EXCUSE, reason=""), "incomplete"),
    ("the months the wrong way round", [], replace(EXCUSE, to_period=Period(2024, 6)), "months_reversed"),
    ("one month twice", [EXCUSE], replace(EXCUSE, excuse_id="e3", from_period=Period(2024, 9), to_period=Period(2024, 12)), "excused_already"),
    ("the month after", [EXCUSE], replace(EXCUSE, excuse_id="e3", from_period=Period(2024, 10), to_period=Period(2024, 12)), None),
    ("another project", [OTHERS], EXCUSE, None),
    ("after the earlier one was revoked", [EXCUSE, VOID], replace(EXCUSE, excuse_id="e3"), None),
    ("revoked", [EXCUSE], VOID, None),
    ("revoked twice", [EXCUSE, VOID], VOID, "not_excused"),
    ("revoked and never granted", [OTHERS], VOID, "not_excused"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "excuse", "fault"), [row[1:] for row in EXCUSE_FAULTS], ids=[row[0] for row in EXCUSE_FAULTS]
)
def test_what_cannot_be_decided_of_an_excuse(known: list[Excuse], excuse: Excuse, fault: str | None) -> None:
    """Who, meeting, months and reason are needed (2.4); no month of a project is excused twice."""
    assert fault_of_excuse(known, excuse) == fault
