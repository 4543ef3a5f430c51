"""Promotion events: what has started 6 and 12 months after each, worked by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from ledger_frames import rows_of

from domain.ledgers.events import EVENTS, event_figures, event_yields, newest_signed, signed_rows
from domain.periods import Period

DECEMBER = Period(2024, 12)
MAY = {"event_name": "五月会", "event_date": "2024-05-16", "event_city": "盐城", "event_signed_count": 10.0}


def signed(name: str | None, **more: Any) -> dict[str, Any]:
    return MAY | {"event_project": name} | more


def project(name: str, start: str | None = None, stage: str = "signed") -> dict[str, Any]:
    return {"project_id": name, "project_name": name, "start_date": pd.Timestamp(start) if start else None, "stage": stage}


# what it is, the project as the registry has it, (started of whole) after 6 months and after 12, as of which month
STARTS = (
    ("started in the month of the event", project("甲", "2024-05-01"), "2025-05", (1, 1), (1, 1)),
    ("on the last day of the sixth month", project("甲", "2024-11-30"), "2025-05", (1, 1), (1, 1)),
    ("in the seventh month", project("甲", "2024-12-01"), "2025-05", (0, 1), (1, 1)),
    ("not started", project("甲"), "2025-05", (0, 1), (0, 1)),
    ("a start after the period is not known yet", project("甲", "2024-12-01"), "2024-11", (0, 1), None),
    ("the sixth month is just over", project("甲", "2024-06-01"), "2024-11", (1, 1), None),
    ("the sixth month is not over", project("甲", "2024-06-01"), "2024-10", None, None),
    ("by its stage it started, nobody says when", project("甲", None, "building"), "2025-05", (0, 0), (0, 0)),
    ("it started before the event", project("甲", "2024-04-30", "building"), "2025-05", (0, 0), (0, 0)),
    ("the registry does not have it", project("乙", "2024-06-01"), "2025-05", (0, 0), (0, 0)),
    ("given up without a start", project("甲", None, "cancelled"), "2025-05", (0, 1), (0, 1)),
)


@pytest.mark.parametrize(("known", "month", "six", "twelve"), [each[1:] for each in STARTS], ids=[each[0] for each in STARTS])
def test_yield(known: dict[str, Any], month: str, six: tuple[int, int] | None, twelve: tuple[int, int] | None) -> None:
    """Of the projects of which it can be told, those started by the end of the month so many after the event's."""
    found = event_yields(rows_of(EVENTS, signed("甲"), projects=(known,)), Period.parse(month)).iloc[0]
    for months, expected in ((6, six), (12, twelve)):
        said = (found[f"started_{months}"], found[f"started_{months}_whole"])
        assert (None if pd.isna(said[0]) else said) == expected
        assert pd.isna(said[0]) == pd.isna(said[1])


def test_an_event_is_one_row() -> None:
    """What was published, what is named, what the registry has, what has started; the newest event first."""
    later = {"event_name": "沪会", "event_date": "2024-12-05", "event_city": "上海"}
    frame = rows_of(EVENTS, signed("甲"), signed("乙"), signed("丙"), later, projects=(project("甲", "2024-06-01"), project("乙")))
    found = event_yields(frame, DECEMBER).set_index("event_name")
    assert found.index.tolist() == ["沪会", "五月会"]
    assert found.loc["五月会", ["event_signed_count", "listed", "registered", "started", "started_6", "started_6_whole"]].tolist() == [10, 3, 2, 1, 1, 2]
    assert found.loc["沪会", ["listed", "registered", "started"]].tolist() == [0, 0, 0]
    assert pd.isna(found.loc["沪会", "event_signed_count"])
    assert pd.isna(found.loc["沪会", "started_6"])


def test_an_event_without_a_day_has_no_yield() -> None:
    """Nobody knows when its months are over."""
    found = event_yields(rows_of(EVENTS, signed("甲", event_date=None), projects=(project("甲", "2024-06-01"),)), DECEMBER)
    assert found[["started_6", "started_12"]].isna().all(axis=None)


def test_what_started_whenever_is_counted_apart() -> None:
    """By day or by stage, before the event too; never what the registry does not have."""
    known = (project("甲", "2024-01-01"), project("乙", None, "in_production"), project("丙"))
    frame = rows_of(EVENTS, *(signed(name) for name in ("甲", "乙", "丙", "丁", None)), projects=known)
    rows = signed_rows(frame, DECEMBER)
    assert rows["has_started"].tolist() == [True, True, False, False]
    assert rows["is_untold"].tolist() == [True, True, False, True]


def test_figures() -> None:
    """All events whose months are over together; no event is no zero."""
    frame = rows_of(EVENTS, signed("甲"), signed("乙"), projects=(project("甲", "2024-06-01"), project("乙")))
    figures = {each.english: (each.value, each.remark_en) for each in event_figures(frame, DECEMBER)}
    assert figures == {
        "promotion events": (1, ""), "signed, as recorded": (10, "said of 1 events"), "projects named": (2, "2 in the registry"),
        "started": (1, "of those registered"), "started within 6 months": (0.5, "1 of 2"),
        "started within 12 months": (None, "none is due yet"),
    }  # fmt: skip
    assert [each.value for each in event_figures(rows_of(EVENTS), DECEMBER)] == [None] * 6


def test_projects_signed() -> None:
    """Those that are named, the newest event first."""
    later = {"event_name": "沪会", "event_date": "2024-12-05", "event_project": "乙"}
    assert newest_signed(rows_of(EVENTS, signed("甲"), signed(None), later), DECEMBER)["event_project"].tolist() == ["乙", "甲"]
