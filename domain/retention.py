"""Which backups are kept: the newest of each of the last 14 days and of each of the last 12 months that have one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

DAYS_KEPT, MONTHS_KEPT = 14, 12


def backups_kept(made: Iterable[datetime]) -> set[datetime]:
    """Of the times at which backups were made, those whose backups stay.

    Days and months without a backup do not count, so that a machine that was off for a year keeps what it had.
    """
    newest_first = sorted(set(made), reverse=True)
    return _newest_of_each(newest_first, datetime.date, DAYS_KEPT) | _newest_of_each(
        newest_first, lambda at: (at.year, at.month), MONTHS_KEPT
    )


def _newest_of_each(newest_first: list[datetime], part: Callable[[datetime], Hashable], most: int) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for at in newest_first:
        newest.setdefault(part(at), at)
    return set(list(newest.values())[:most])
