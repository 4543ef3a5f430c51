"""Conversion a second time: plain loops, as a clerk with the returns of a project on the table would work.

Slow and obvious on purpose; shares nothing with ``domain.conversion`` but the names. A project is a dict: its dates
(``datetime.date`` or None), ``precision`` of each, and ``returns``, a list of (period, stage or None) in order.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Project = dict[str, Any]
CHAIN = {
    "signed": ("signed_date", ("signed", "registered", "preparing")),
    "started": ("start_date", ("started", "building", "equipping", "trial")),
    "completed": ("completion_date", ("completed",)),
    "in_production": ("production_date", ("in_production",)),
    "at_capacity": ("capacity_date", ("at_capacity",)),
}
ORDER = list(CHAIN)


def step_of_stage(stage: str | None) -> int:
    """The place of a stage in the chain, -1 for a stage before or beside it."""
    for place, (_, stages) in enumerate(CHAIN.values()):
        if stage in stages:
            return place
    return -1


def by_returns(returns: list[tuple[str, str | None]], place: int) -> tuple[bool, date | None]:
    """Whether any return reported the step, and the month if an earlier return shows the project before it."""
    told = [(period, stage) for period, stage in returns if stage is not None]
    for number, (period, stage) in enumerate(told):
        if step_of_stage(stage) == place:
            before = told[:number]
            is_known = bool(before) and all(step_of_stage(other) < place for _, other in before)
            year, month = period.split("-")
            return True, date(int(year), int(month), 1) if is_known else None
    return False, None


def chain(project: Project, end: date) -> list[tuple[date | None, str | None]]:
    """(day, precision) of each step reached, in order; (None, None) where it is only known that it was."""
    found: list[tuple[date | None, str | None] | None] = []
    for place, (column, _) in enumerate(CHAIN.values()):
        day = project[column]
        is_said, month = by_returns(project["returns"], place)
        if day is not None and day <= end:
            found.append((day, project["precision"][column]))
        elif month is not None:
            found.append((month, "seen"))
        else:
            found.append((None, None) if is_said else None)
    while found and found[-1] is None:
        found.pop()
    return [each or (None, None) for each in found]


def days_to_next(steps: list[tuple[date | None, str | None]], place: int, is_cancelled: bool) -> int | str:
    """Days from a step reached to the one after it, or why there are none."""
    if place + 1 >= len(steps):
        return "cancelled" if is_cancelled else "open"
    days = [day if precision in ("day", "month", "seen") else None for day, precision in steps[place : place + 2]]
    if days[0] is None or days[1] is None:
        return "undated"
    length = (days[1] - days[0]).days
    return "disordered" if length < 0 else length


def quartile(values: list[int], share: float) -> float | None:
    """By hand: the place among the sorted values, and the part of the way to the next one; None for fewer than five."""
    if len(values) < 5:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
