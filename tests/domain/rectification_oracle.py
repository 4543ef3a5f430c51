"""Closed measures and their figures a second time, as somebody would look them up by hand; and a ledger counted with strokes.

Shares nothing with ``domain``: months are (year, month), projects and measures are dicts, everything is a loop.
"""

from __future__ import annotations

from typing import Any

Measure = dict[str, Any]
Month = tuple[int, int]


def looked_up(measures: list[Measure], months: dict[Month, list[dict[str, Any]]], month: Month) -> dict[str, str]:
    """Measure's id -> how its figure stands in a month: relapsed, ruled_out, holds or untold; others are left out.

    A measure closed on a day is compared with the month before that day, or with its own where the day ended it.
    """
    found = {}
    for measure in measures:
        if measure["closed"] is None or measure["figure"] == "":
            continue
        year, number, day = measure["closed"]
        last = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number - 1]
        before = (year, number)
        if day < last:
            before = (year, number - 1) if number > 1 else (year - 1, 12)
        if before >= month:
            continue
        then = count(months.get(before, []), measure["whose"], before)
        now = count(months.get(month, []), measure["whose"], month)
        if then is None or now is None:
            found[measure["id"]] = "untold"
        elif now <= then:
            found[measure["id"]] = "holds"
        else:
            highest = then
            for aside in measure["set_aside"]:
                highest = max(highest, aside)
            found[measure["id"]] = "relapsed" if now > highest else "ruled_out"
    return found


def count(projects: list[dict[str, Any]], whose: str, month: Month) -> int | None:
    """Industrial projects signed by a month and not begun; None where a district of them did not report the month."""
    rows = [project for project in projects if whose == "zone" or project["body"] == whose]
    if not rows:
        return None
    number = 0
    for project in rows:
        if not project["reported"]:
            return None
        signed, started = project["signed"], project["started"]
        if signed is not None and signed <= month and (started is None or started > month):
            number += 1
    return number


def strokes(problems: list[str], measures: list[tuple[str, str]]) -> dict[str, tuple[str, int, int]]:
    """Problem -> (state, measures, done) from (problem, state) of its measures; cancelled ones are crossed out."""
    told = {}
    for problem in problems:
        states = [state for whose, state in measures if whose == problem and state != "cancelled"]
        state = "done"
        if not states:
            state = "untold"
        elif "overdue" in states:
            state = "overdue"
        elif "going_on" in states:
            state = "going_on"
        elif "awaiting" in states:
            state = "awaiting"
        told[problem] = (state, len(states), states.count("done"))
    return told
