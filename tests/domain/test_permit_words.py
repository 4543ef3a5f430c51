"""Which word stands of a step: the newest state, the dates told before it, the date to which it is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from permit_frames import permit_words_of

from domain.permit_checks import fault_of_land, fault_of_permit
from domain.permit_words import NEWEST_COLUMNS, LandEvent, PermitEvent, newest_words
from domain.submissions import INFRASTRUCTURE, PROJECTS


def word(state: str, **told: str) -> dict[str, str]:
    return {"state": state, **told}


def day(value: Any) -> str | None:
    return None if pd.isna(value) else str(value.date())


JUNE = {"applied_date": "2024-06-05"}
# name, words from the oldest to the newest, state, applied, granted
STANDING: list[tuple[str, list[dict[str, str]], str, str | None, str | None]] = [
    ("one word", [word("applied", **JUNE)], "applied", "2024-06-05", None),
    ("granted after the application", [word("applied", **JUNE), word("granted", granted_date="2024-07-01")], "granted", "2024-06-05", "2024-07-01"),
    ("granted, then said again without dates", [word("granted", granted_date="2024-07-01"), word("granted")], "granted", None, "2024-07-01"),
    ("granted, then another date", [word("granted", granted_date="2024-07-01"), word("granted", granted_date="2024-07-08")], "granted", None, "2024-07-08"),
    ("a grant taken back", [word("granted", **JUNE, granted_date="2024-07-01"), word("applied")], "applied", "2024-06-05", None),
    ("a grant taken back, then granted", [word("granted", granted_date="2024-07-01"), word("applied"), word("granted")], "granted", None, None),
    ("an application taken back", [word("applied", **JUNE), word("not_applied")], "not_applied", None, None),
    ("applied again without a date", [word("applied", **JUNE), word("not_applied"), word("applied")], "applied", None, None),
    ("not needed any more", [word("applied", **JUNE), word("not_needed")], "not_needed", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "state", "applied", "granted"), STANDING, ids=[row[0] for row in STANDING])
def test_the_newest_word_stands(
    name: str, words: list[dict[str, str]], state: str, applied: str | None, granted: str | None
) -> None:
    """With the dates told before it, until a word takes them back."""
    (found,) = newest_words(permit_words_of(*words)).itertuples()
    assert (found.state, day(found.applied_date), day(found.granted_date)) == (state, applied, granted)


# name, due dates from the oldest to the newest, held to, newest
DUE: list[tuple[str, list[str | None], str | None, str | None]] = [
    ("no date", [None], None, None),
    ("one date", ["2024-09-30"], "2024-09-30", "2024-09-30"),
    ("said once, not again", ["2024-09-30", None], "2024-09-30", "2024-09-30"),
    ("put off", ["2024-09-30", "2024-12-31"], "2024-09-30", "2024-12-31"),
    ("brought forward", ["2024-09-30", "2024-08-31"], "2024-08-31", "2024-08-31"),
    ("put off twice", [None, "2024-09-30", "2024-10-31", "2024-12-31"], "2024-09-30", "2024-12-31"),
    ("back and forth", ["2024-09-30", "2024-08-31", "2024-12-31"], "2024-09-30", "2024-12-31"),
]


@pytest.mark.parametrize(("name", "dates", "held", "newest"), DUE, ids=[row[0] for row in DUE])
def test_moving_a_date_forgives_nothing(
    name: str, dates: list[str | None], held: str | None, newest: str | None
) -> None:
    """A step is held to the earlier of the first date and the newest."""
    words = [word("applied", due_date=each) if each else word("applied") for each in dates]
    (found,) = newest_words(permit_words_of(*words)).itertuples()
    assert (day(found.due_date), day(found.newest_due_date)) == (held, newest)


def test_who_gave_the_date_is_told() -> None:
    """The first word with the date that counts, whoever speaks last."""
    words = [
        word("applied", due_date="2024-09-30", cell="F5"),
        word("applied", due_date="2024-12-31", source="hand", cell="", sheet="", submission_id="", office="发改委"),
        word("applied", due_date="2024-09-30", cell="F9", office=""),
    ]
    (found,) = newest_words(permit_words_of(*words)).itertuples()
    assert (found.due_by, found.due_cell, found.cell, found.office) == ("ledger", "F5", "F9", "发改委")


def test_steps_are_apart() -> None:
    """What is said of one step or project says nothing of another; silence has no row."""
    rows = [
        {"step": "filing", "state": "granted"},
        {"step": "energy"},
        {"project_id": "p2", "step": "energy", "state": "granted"},
    ]
    found = newest_words(permit_words_of(*rows))
    assert found[["project_id", "step", "state"]].values.tolist() == [
        ["p1", "filing", "granted"], ["p1", "energy", "applied"], ["p2", "energy", "granted"],
    ]  # fmt: skip
    empty = newest_words(permit_words_of())
    assert (len(empty), tuple(empty.columns)) == (0, NEWEST_COLUMNS)


TODAY = date(2024, 9, 1)
EVENT = PermitEvent("p1", "binhai", "filing", "granted", TODAY, date(2024, 8, 1), None, date(2024, 8, 30))
AREAS = LandEvent("p1", "binhai", TODAY, Decimal(10))
# name, what differs, kind of the project, fault
PERMIT_FAULTS: list[tuple[str, dict[str, Any], str | None, str | None]] = [
    ("as it should be", {}, PROJECTS, None),
    ("no project", {}, None, "unknown_project"),
    ("no such step", {"step": "x"}, PROJECTS, "unknown_code"),
    ("no such state", {"state": "overdue"}, PROJECTS, "unknown_code"),
    ("a step of works", {"step": "sea_use"}, PROJECTS, "not_of_chain"),
    ("the same of a work", {"step": "sea_use"}, INFRASTRUCTURE, None),
    ("tomorrow", {"on_date": date(2024, 9, 2)}, PROJECTS, "in_future"),
    ("granted after the day", {"on_date": date(2024, 8, 29)}, PROJECTS, "after_day"),
    ("applied after the day", {"state": "applied", "granted_date": None, "on_date": date(2024, 7, 31)}, PROJECTS, "after_day"),
    ("a grant of what waits", {"state": "applied"}, PROJECTS, "not_granted"),
    ("an application of what nobody applied for", {"state": "not_applied", "granted_date": None}, PROJECTS, "not_applied"),
    ("granted first", {"applied_date": date(2024, 8, 31)}, PROJECTS, "granted_first"),
    ("granted on the day", {"applied_date": date(2024, 8, 30)}, PROJECTS, None),
    ("granted, no dates", {"applied_date": None, "granted_date": None}, PROJECTS, None),
    ("not needed, no reason", {"state": "not_needed", "applied_date": None, "granted_date": None, "note": " "}, PROJECTS, "no_reason"),
    ("not needed, a reason", {"state": "not_needed", "applied_date": None, "granted_date": None, "note": "技改"}, PROJECTS, None),
    ("due in the past is no fault", {"due_date": date(2024, 1, 1)}, PROJECTS, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more", "kind", "fault"), PERMIT_FAULTS, ids=[row[0] for row in PERMIT_FAULTS])
def test_what_may_be_recorded_of_a_step(name: str, more: dict[str, Any], kind: str | None, fault: str | None) -> None:
    """The first fault, none where it may be."""
    assert fault_of_permit(replace(EVENT, **more), kind, TODAY) == fault


@pytest.mark.parametrize(
    ("more", "kind", "fault"),
    [
        ({}, PROJECTS, None),
        ({}, None, "unknown_project"),
        ({"on_date": date(2024, 9, 2)}, PROJECTS, "in_future"),
        ({"wanted_mu": None}, PROJECTS, "no_area"),
        ({"wanted_mu": Decimal(0)}, INFRASTRUCTURE, None),
        ({"granted_mu": Decimal("-0.1")}, PROJECTS, "negative"),
    ],
)
def test_what_may_be_recorded_of_land(more: dict[str, Any], kind: str | None, fault: str | None) -> None:
    """At least one area, none below 0; 0 is an area."""
    assert fault_of_land(replace(AREAS, **more), kind, TODAY) == fault
