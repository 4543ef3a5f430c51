"""The rules a second time: plain loops over dicts, as a clerk with a list of projects and a calendar would work.

Every function is slow and obvious on purpose, and shares nothing with ``domain`` but words. A row is a dict of a
project's fields; a missing value is None, a date a ``datetime.date``, money a number of 万元.

Sources: 银川 2025 (three months due and not started is red), published bulletins (序时进度 is
month/12) and the definitions that the screens show (``INDICATORS``).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

Row = dict[str, Any]


def month_end(year: int, month: int) -> date:
    """The cut-off date of a monthly return."""
    return date(year, month, monthrange(year, month)[1])


def is_done_by(row: Row, field: str, day: date) -> bool:
    """What has a date up to the cut-off date has happened."""
    return row[field] is not None and row[field] <= day


def is_counted_in_year(row: Row, field: str, year: int, month: int) -> bool:
    """新签约/新开工/新竣工: counted once, in the calendar year of its date (2.4)."""
    return row[field] is not None and row[field].year == year and row[field] <= month_end(year, month)


def is_arrived_in_year(row: Row, stage: str, year: int, month: int) -> bool:
    """新投产/新达产: by its date, else by the month of the first return that said so after one that did not yet."""
    dated = {"in_production": "production_date", "at_capacity": "capacity_date"}[stage]
    if is_done_by(row, dated, month_end(year, month)):
        return row[dated].year == year
    said, first = row[f"{stage}_period"], row["first_stage_period"]
    if said is None or first is None or first >= said or said > f"{year}-{month:02d}":
        return False
    is_skipped = stage == "in_production" and row["at_capacity_period"] is not None and row["at_capacity_period"] < said
    return said.startswith(f"{year}-") and not is_skipped


def is_counted_in_month(row: Row, field: str, year: int, month: int) -> bool:
    """The same in the month alone."""
    return row[field] is not None and (row[field].year, row[field].month) == (year, month)


def has_begun(row: Row, year: int, month: int) -> bool:
    """A project that is completed has begun, even where nobody wrote down when."""
    end = month_end(year, month)
    return is_done_by(row, "start_date", end) or is_done_by(row, "completion_date", end)


def is_building(row: Row, year: int, month: int) -> bool:
    """在建: started, not completed, not cancelled (终止)."""
    end = month_end(year, month)
    if row["stage"] == "cancelled":
        return False
    return is_done_by(row, "start_date", end) and not is_done_by(row, "completion_date", end)


def is_waiting(row: Row, year: int, month: int) -> bool:
    """签约未开工: signed, not begun, not cancelled."""
    if row["stage"] == "cancelled" or has_begun(row, year, month):
        return False
    return is_done_by(row, "signed_date", month_end(year, month))


def owes(row: Row, milestone: str, year: int, month: int) -> bool:
    """Who has not started owes a start; who has started and not completed owes a completion; 终止 owes nothing."""
    if row["stage"] == "cancelled":
        return False
    return not has_begun(row, year, month) if milestone == "start" else is_building(row, year, month)


def is_overdue(row: Row, milestone: str, promise: str, year: int, month: int) -> bool:
    """应开未开, 应竣未竣 (2.4): promised up to the period's end and not done. ``promise`` is first_planned or planned."""
    promised = row[f"{promise}_{milestone}_date"]
    return promised is not None and promised <= month_end(year, month) and owes(row, milestone, year, month)


def belongs(row: Row, kind: str, body: str) -> bool:
    """Works are not in the industrial figures; the zone is both districts."""
    return row["kind"] == kind and (body == "zone" or row["body"] == body)


def is_in(code: str, row: Row, year: int, month: int) -> bool:
    """Whether a project is one of those that a figure is made of, by the definition that the screen shows."""
    size = row["total_investment_wan"] or 0
    is_signed = is_counted_in_year(row, "signed_date", year, month)
    if code == "signed_count":
        return is_signed
    if code == "signed_1bn_count":
        return is_signed and size >= 10 * 10_000  # 10 亿元
    if code == "signed_10bn_count":
        return is_signed and size >= 100 * 10_000
    if code == "signed_traditional_count":
        return is_signed and row["category"] == "traditional"
    if code == "signed_emerging_count":
        return is_signed and row["category"] == "emerging"
    if code == "started_count":
        return is_counted_in_year(row, "start_date", year, month)
    if code == "completed_count":
        return is_counted_in_year(row, "completion_date", year, month)
    if code == "in_production_count":
        return is_arrived_in_year(row, "in_production", year, month)
    if code == "at_capacity_count":
        return is_arrived_in_year(row, "at_capacity", year, month)
    if code == "signed_month_count":
        return is_counted_in_month(row, "signed_date", year, month)
    if code == "started_month_count":
        return is_counted_in_month(row, "start_date", year, month)
    if code == "completed_month_count":
        return is_counted_in_month(row, "completion_date", year, month)
    if code == "under_construction_count":
        return is_building(row, year, month)
    if code == "signed_not_started_count":
        return is_waiting(row, year, month)
    if code in ("investment_ytd_wan", "infrastructure_investment_ytd_wan"):
        return row["completion_date"] is None or row["completion_date"].year >= year
    milestone, _, promise = code.partition("_overdue")
    return is_overdue(row, milestone, "first_planned" if promise else "planned", year, month)


def value(code: str, rows: list[Row], year: int, month: int, body: str) -> float:
    """The figure of a body: how many projects, or how much they have invested since January."""
    kind = "infrastructure" if code.startswith("infrastructure") else "projects"
    found = [row for row in rows if belongs(row, kind, body) and is_in(code, row, year, month)]
    if not code.endswith("_wan"):
        return len(found)
    return sum(row["investment_ytd_wan"] for row in found if row["investment_ytd_wan"] is not None)


def months_since(day: date, year: int, month: int) -> int:
    """From the month of a day to the period."""
    return (year - day.year) * 12 + month - day.month


def gap_points(row: Row, month: int) -> float | None:
    """进度差 (2.4): done share of the year's plan minus month/12, in points; 无计划 where the plan is missing or zero."""
    plan, done = row["annual_plan_wan"], row["investment_ytd_wan"]
    if not plan or done is None:
        return None
    return round((done / plan - month / 12) * 100, 9)


def delayed(rows: list[Row], year: int, month: int) -> dict[str, tuple[str, int | None, int | None, str]]:
    """project_id -> milestone, days late by first promise and by latest plan, grade.

    Late by either promise is late. Three months since the month promised: behind (银川 2025), less: attention. Who is
    not late with a milestone but by this month's return 10 points and more behind the year's plan is in the list too,
    without days; silence (静默, 2.4) is no progress and no lack of it.
    """
    found: dict[str, tuple[str, int | None, int | None, str]] = {}
    end = month_end(year, month)
    for row in rows:
        if row["kind"] != "projects":
            continue
        for milestone in ("start", "completion"):
            late = [
                row[f"{promise}_{milestone}_date"]
                for promise in ("first_planned", "planned")
                if is_overdue(row, milestone, promise, year, month)
            ]
            if late:
                first, latest = row[f"first_planned_{milestone}_date"], row[f"planned_{milestone}_date"]
                grade = "behind" if max(months_since(day, year, month) for day in late) >= 3 else "attention"
                found[row["project_id"]] = (
                    milestone,
                    None if first is None else (end - first).days,
                    None if latest is None else (end - latest).days,
                    grade,
                )
        gap = gap_points(row, month)
        is_told = row["is_reported"] and is_building(row, year, month)
        if row["project_id"] not in found and is_told and gap is not None and gap <= -10:
            found[row["project_id"]] = ("progress", None, None, "behind")
    return found


def promises(rows: list[Row], year: int, month: int) -> set[tuple[str, str, bool]]:
    """(project_id, milestone, kept) of the first promises of the year up to the period's end (计划基准, 2.4).

    Kept: done in the month promised or before. Where only the completion is on record, the start was no later.
    """
    found = set()
    for row in rows:
        for milestone in ("start", "completion"):
            promised = row[f"first_planned_{milestone}_date"]
            if row["kind"] != "projects" or promised is None or promised.year != year or promised > month_end(year, month):
                continue
            done = row[f"{milestone}_date"] or row["completion_date"]
            is_kept = done is not None and (done.year, done.month) <= (promised.year, promised.month)
            found.add((row["project_id"], milestone, is_kept))
    return found
