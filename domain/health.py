"""How the system itself stands: when a backup is too old, when room on the disk runs out."""

from __future__ import annotations

from datetime import datetime

from domain.grades import ATTENTION, BEHIND, ON_TRACK

# A backup is made every day; over a long weekend the machine may be off.
FRESH_DAYS, STALE_DAYS = 1, 4


def grade_backup(made_at: datetime | None, now: datetime) -> str:
    """Grade of the newest good backup: of today or yesterday on track, up to four days old attention, else behind."""
    if made_at is None:
        return BEHIND
    age = (now.date() - made_at.date()).days
    return ON_TRACK if age <= FRESH_DAYS else ATTENTION if age <= STALE_DAYS else BEHIND


def grade_room(free_bytes: int, needed_bytes: int) -> str:
    """Grade of the room on the disk: behind when writes are refused, attention below twice what a write needs."""
    return BEHIND if free_bytes < needed_bytes else ATTENTION if free_bytes < 2 * needed_bytes else ON_TRACK
