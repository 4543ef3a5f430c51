"""Standings a second time: plain questions about one project, as a clerk with the rule's text on the table would ask them.

Slow and obvious on purpose; of ``domain`` it shares only the words. A project is a dict of its fields as in ``oracle``,
``rule`` a dict of numbers typed from the rules' texts (``RULES``), the rest what the clerk has noted of the project:

- ``returns``: newest last, of each month what its return said: ``sent``, ``listed``, and the project's row
- ``same``: returns in a row with the same words and the same money; ``silent``: left out or copied, likewise
- ``missed``: days by which the node missed longest is overdue, None for none
- ``paper``: the suspension on record as (kind, month last confirmed, day work goes on), None for none
- ``is_excused``: a decision of a meeting covers the month
"""

from __future__ import annotations

from datetime import date
from typing import Any

import oracle

Row = dict[str, Any]
Month = tuple[int, int]

# Steps of progress from the worst, each as (colour, number, whether the number itself belongs to the colour).
RULES: dict[str, dict[str, Any]] = {
    "zone@1": {"by": "points", "steps": [("behind", -10, True), ("slightly", 0, False)], "from": 1, "start": 3},
    "zone@2": {
        "by": "points",
        "steps": [("behind", -30, False), ("attention", -10, True), ("slightly", 0, False)],
        "from": 1,
        "start": 3,
    },
    "yinchuan@1": {
        "by": "points",
        "steps": [("behind", -30, False), ("attention", -10, True), ("slightly", 0, False)],
        "from": 1,
        "start": 2,
    },
    "wuhan@1": {
        "by": "ratio",
        "steps": [("behind", 0.6, False), ("attention", 0.8, False), ("slightly", 1, False)],
        "from": 3,
        "start": 3,
    },
    "sanya@1": {"by": "ratio", "steps": [("behind", 0.5, False), ("attention", 1, False)], "from": 3, "start": 3},
}
STALLED, SILENT, SLOW, MISSED_DAYS, COMPLETION, RENEWAL = 3, 2, 2, 30, 3, 3
WORST_FIRST = ["behind", "attention", "slightly", "unknown", "on_track", None]


def progress_of(row: Row, month: Month, rule: Row) -> str | None:
    """The colour of what was invested against the plan of the year; None where there is none to give."""
    plan, done = row["annual_plan_wan"], row["investment_ytd_wan"]
    if row["kind"] != "projects" or not oracle.is_building(row, *month) or not plan or done is None:
        return None
    if month[1] < rule["from"]:
        return None
    if not row["is_reported"]:
        return "unknown"
    share, due = done / plan, month[1] / 12
    value = round((share - due) * 100, 9) if rule["by"] == "points" else round(share / due, 9)
    for colour, number, belongs in rule["steps"]:
        if value < number or (belongs and value == number):
            return colour
    return "on_track"


def overdue_since(row: Row, milestone: str, month: Month) -> date | None:
    """The day promised that fell due first, by either promise; None where nothing is due."""
    due = [
        row[f"{promise}_{milestone}_date"]
        for promise in ("first_planned", "planned")
        if oracle.is_overdue(row, milestone, promise, *month)
    ]
    return min(due) if due else None


def grade_of_lateness(row: Row, month: Month, rule: Row) -> tuple[str | None, str | None]:
    """The milestone that is overdue and its grade, by whole months since the day that fell due first."""
    for milestone, limit in (("start", rule["start"]), ("completion", COMPLETION)):
        since = overdue_since(row, milestone, month)
        if since is not None:
            return milestone, "behind" if oracle.months_since(since, *month) >= limit else "attention"
    return None, None


def grade_in_the_list(row: Row, month: Month, rule: Row) -> str | None:
    """The grade in the list of the late: of the milestone, else yellow or red by the plan, told by this return."""
    if row["kind"] != "projects":
        return None
    milestone, grade = grade_of_lateness(row, month, rule)
    progress = progress_of(row, month, rule)
    return grade if milestone else progress if progress in ("behind", "attention") else None


def is_slow(returns: list[tuple[Month, Row | None]], rule: Row) -> bool:
    """Yellow or red in so many returns one after the other; None stands for a month in which the district sent none."""
    count = 0
    for month, row in reversed(returns):
        if row is None:
            continue
        if progress_of(row, month, rule) not in ("behind", "attention"):
            break
        count += 1
    return count >= SLOW


def paper_holds(paper: tuple[str, Month, date], month: Month) -> bool:
    """Confirmed within the quarter, and the day on which work goes on still to come."""
    _, (year, number), resumption = paper
    age = (month[0] - year) * 12 + month[1] - number
    return age < RENEWAL and resumption > oracle.month_end(*month)


def worse_of(*grades: str | None) -> str | None:
    return min(grades, key=WORST_FIRST.index)


def judge(row: Row, month: Month, noted: Row, rule: Row) -> tuple[str, str | None]:
    """Standing and grade of one industrial project."""
    if row["stage"] == "cancelled":
        return "cancelled", None
    if oracle.is_done_by(row, "completion_date", oracle.month_end(*month)):
        return "completed", None
    if noted["is_excused"]:
        return "excused", None
    progress = progress_of(row, month, rule)
    milestone, grade = grade_of_lateness(row, month, rule)
    at_least = worse_of("attention", grade, progress)
    if row["stage"] == "suspended":
        if noted["paper"] is None:
            return "suspended_unrecorded", at_least
        return ("suspended", None) if paper_holds(noted["paper"], month) else ("stalled", at_least)
    if milestone:
        return f"{milestone}_overdue", grade
    if oracle.is_building(row, *month) and noted["same"] >= STALLED:
        return "stalled", at_least
    if noted["silent"] >= SILENT:
        return "silent", "unknown"
    if not row["is_body_reported"]:
        return "not_reported", "unknown"
    if (
        not row["is_reported"]
        and row["stage"] not in ("completed", "in_production", "at_capacity")
        and row["completion_date"] is None
    ):
        return "not_reported", "unknown"
    if is_slow(noted["returns"], rule) or (noted["missed"] or 0) >= MISSED_DAYS:
        return "slow", at_least
    if not oracle.has_begun(row, *month):
        return ("not_due", None) if row["planned_start_date"] else ("no_plan", "unknown")
    if not row["annual_plan_wan"]:
        return "no_plan", "unknown"
    if row["investment_ytd_wan"] is None:
        return "not_reported", "unknown"
    if month[1] < rule["from"]:
        return "too_early", None
    words = {"behind": "behind_plan", "attention": "behind_plan", "slightly": "slightly", "on_track": "on_track"}
    return words.get(progress, "not_reported"), progress
