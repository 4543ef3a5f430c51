"""The rules of the node plan a second time, as a clerk would work: one node, the project's returns in turn, a calendar.

Shares nothing with ``domain`` but words. Months are (year, month); what the texts mean is written out by hand. A missing
value is None, a date a ``datetime.date``.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

Row = dict[str, Any]
Month = tuple[int, int]

PERMITS = ("registration", "land_supply", "environmental_approval", "construction_permit")
WORK = ("start", "main_structure", "equipment", "completion", "production")
NODES = (*PERMITS, *WORK)
# What each text tells, by hand.
PERMIT_TEXTS: dict[str, dict[str, bool]] = {
    "备案√ 环评办理中 施工许可×": {"registration": True, "environmental_approval": False, "construction_permit": False},
    "备案√ 环评√ 施工许可√": {"registration": True, "environmental_approval": True, "construction_permit": True},
    "土地已摘牌": {"land_supply": True},
    "无": {},
}
PROGRESS_TEXTS: dict[str, dict[str, bool]] = {
    "环评能评编制": {"environmental_approval": False},
    "办理用地手续": {"land_supply": False},
    "场地平整,桩基施工": {"main_structure": False},
    "厂房主体封顶,完成总工程量52%": {"main_structure": True, "equipment": False},
    "设备调试": {"main_structure": True, "equipment": True, "production": False},
    "已竣工投产": {"main_structure": True, "equipment": True, "production": True},
    "方案设计": {},
}


def stage_tells(stage: str | None, node: str) -> bool | None:
    """What a stage says of a node of the work: 开工 and 在建 not how far it is, 竣工 not whether it produces."""
    if node not in WORK or stage in (None, "suspended", "cancelled"):
        return None
    if stage in ("planned", "negotiating", "signed", "registered", "preparing"):
        return False
    if stage in ("started", "building"):
        return True if node == "start" else None if node in ("main_structure", "equipment") else False
    if stage == "equipping":
        return node in ("start", "main_structure")
    if stage == "trial":
        return node in ("start", "main_structure", "equipment")
    if stage == "completed":
        return None if node == "production" else True
    return True


def telling(report: Row, node: str) -> tuple[bool, str] | None:
    """(done or not, field) of what one return says of a node; None where it says nothing."""
    if node == "start" and report["start_date"] and month_of(report["start_date"]) <= report["month"]:
        return True, "start_date"
    completed = report["completion_date"]
    if node in WORK[:4] and completed and month_of(completed) <= report["month"]:
        return True, "completion_date"
    by_stage = stage_tells(report["stage"], node)
    if by_stage is not None:
        return by_stage, "stage"
    for field, meanings in (("permit_text", PERMIT_TEXTS), ("progress_text", PROGRESS_TEXTS)):
        if report[field] is not None and node in meanings[report[field]]:
            return meanings[report[field]][node], field
    return None


def month_of(day: date) -> Month:
    return day.year, day.month


def end_of(month: Month) -> date:
    return date(*month, monthrange(*month)[1])


def after(month: Month) -> Month:
    return (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)


def last_month(day: date, precision: str | None, now: Month) -> Month:
    """The last month that an actual date can mean; nothing is done after the cut-off date."""
    month = month_of(day)
    for _ in range({"quarter": 2, "half_year": 5, "year": 11}.get(precision or "day", 0)):
        month = after(month)
    return min(month, now)


def judge(node: Row, reports: list[Row], project: Row | None, now: Month) -> tuple[str, date | None, date | None]:
    """(state, done date, done by) of one planned node at the end of a month.

    The returns are gone through from the oldest to the newest; a node that a return has open again is open. Promises are
    of the month, and held to the earlier of the first date and the latest.
    """
    earliest, latest, done_date, told_open = done_between(node, reports, project, now)
    done_by = end_of(latest) if latest and done_date is None else None
    dates = [day for day in (node["first_planned_date"], node["planned_date"]) if day is not None]
    due = month_of(min(dates)) if dates else None
    if latest:
        if due and latest <= due:
            return "done_on_time", done_date, done_by
        if due and earliest and earliest > due:
            return "done_late", done_date, done_by
        return "done", done_date, done_by
    if node["is_done"]:
        return "done", None, None
    if project and project["stage"] == "cancelled":
        return "dropped", None, None
    if due is None or due > now:
        return "upcoming", None, None
    if not told_open:
        return "not_told", None, None
    return ("due_now" if due == now else "overdue"), None, None


def done_between(
    node: Row, reports: list[Row], project: Row | None, now: Month
) -> tuple[Month | None, Month | None, date | None, bool]:
    """First and last month in which the node can have been done, its date, and whether it is known to be open."""
    code, last_open, first_done, open_field = node["node"], None, None, None
    for report in sorted(reports, key=lambda each: each["month"]):
        told = telling(report, code)
        if told and told[0]:
            first_done = first_done or report["month"]
        elif told:
            last_open, first_done, open_field = report["month"], None, told[1]
    is_old_text = open_field == "progress_text" and last_open != now
    told_open = (last_open is not None and not is_old_text) or (code in ("start", "completion") and bool(reports))
    if project and code in ("start", "completion"):
        own = project[f"{code}_date"]
        if own and own <= end_of(now):
            return month_of(own), last_month(own, project[f"{code}_date_precision"], now), own, told_open
    known = [first_done] if first_done else []
    if project and code in WORK[:4] and project["completion_date"] and project["completion_date"] <= end_of(now):
        known.append(last_month(project["completion_date"], project["completion_date_precision"], now))
    if not known:
        return None, None, None, told_open
    earliest = after(last_open) if last_open and last_open < min(known) else None
    is_exact = earliest == min(known)
    return earliest, min(known), date(*min(known), 1) if is_exact else None, told_open


def days_late(
    node: Row, verdict: str, done: date | None, earliest: Month | None, now: Month
) -> tuple[int | None, int | None]:
    """Days late by the first date and by the latest, of a node that is late or due now."""
    if verdict in ("overdue", "due_now"):
        until = end_of(now)
    elif verdict == "done_late":
        until = done or date(*earliest, 1)  # type: ignore[misc]
    else:
        return None, None
    first, latest = node["first_planned_date"], node["planned_date"]
    return (None if first is None else (until - first).days), (None if latest is None else (until - latest).days)
