"""How old a backup may be and how full a disk: tables that can be checked by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.health import grade_backup, grade_room

NOW = datetime(2024, 9, 10, 8)


@pytest.mark.parametrize(
    ("made_at", "grade"),
    [
        (None, "behind"),
        (datetime(2024, 9, 10, 0, 5), "on_track"),
        (datetime(2024, 9, 9, 0, 5), "on_track"),
        (datetime(2024, 9, 8, 23, 59), "attention"),
        (datetime(2024, 9, 6, 0, 5), "attention"),
        (datetime(2024, 9, 5, 23, 59), "behind"),
    ],
)
def test_the_age_of_a_backup(made_at: datetime | None, grade: str) -> None:
    """In days of the calendar; none at all is behind."""
    assert grade_backup(made_at, NOW) == grade


@pytest.mark.parametrize(
    ("free", "grade"), [(499, "behind"), (500, "attention"), (999, "attention"), (1000, "on_track")]
)
def test_the_room_on_a_disk(free: int, grade: str) -> None:
    """Of 500 that a write needs."""
    assert grade_room(free, 500) == grade
