"""The rules of permits and land a second time, as a clerk would work: one project, one step, the words in turn.

Shares nothing with ``domain`` but words. A missing value is None, a date a ``datetime.date``.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

Row = dict[str, Any]
NODE_OF_STEP = {
    "filing": "registration",
    "land_contract": "land_supply",
    "environment": "environmental_approval",
    "construction_permit": "construction_permit",
}


def stand(words: list[Row]) -> Row:
    """What stands of a step after all its words."""
    found: Row = {"state": None, "applied": None, "granted": None, "due": None}
    dues = []
    for word in words:
        found["state"] = word["state"]
        if word["state"] in ("not_applied", "not_needed"):
            found["applied"] = None
        elif word["applied_date"]:
            found["applied"] = word["applied_date"]
        if word["state"] != "granted":
            found["granted"] = None
        elif word["granted_date"]:
            found["granted"] = word["granted_date"]
        if word["due_date"]:
            dues.append(word["due_date"])
    if dues:
        found["due"] = dues[0] if dues[0] < dues[-1] else dues[-1]
    return found


def end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def judge(words: list[Row], node: Row | None, said: str | None, year: int, month: int) -> Row:
    """State, dates and days of one step at the end of a month.

    ``node``: the plan's node of the step (first and latest date, whether it is 已完成), None for none; ``said``: what
    the returns' words say of it, granted, open, or None.
    """
    found = stand(words)
    if node and found["state"] is None and node["is_done"]:
        found["state"] = "granted"
    if node and found["due"] is None:
        dates = [day for day in (node["first"], node["latest"]) if day]
        found["due"] = min(dates) if dates else None
    told, due = found["state"], found["due"]
    cut_off, soon = end_of(year, month), end_of(year + month // 12, month % 12 + 1)
    late = waiting = None
    if told == "granted":
        state = "granted"
        if found["granted"] and due and found["granted"] > due:
            late = (found["granted"] - due).days
    elif told == "not_needed":
        state = "not_needed"
    elif due and due < cut_off and (told is not None or said == "open"):
        state, late = "overdue", (cut_off - due).days
    elif due and cut_off <= due <= soon and (told is not None or said != "granted"):
        state = "due_soon"
    else:
        state = told or "not_told"
    if told == "applied" and found["applied"]:
        waiting = (cut_off - found["applied"]).days
    return {"state": state, "told": told, "due": due, "late": late, "waiting": waiting, "granted": found["granted"]}


def land_of(words: list[Row], return_mu: float | None, has_land: bool, year: int) -> Row:
    """Areas of one project in a year, and the gap."""
    areas: Row = {"wanted": None, "applied": None, "granted": None}
    for word in words:
        if word["on_date"].year == year:
            for name in areas:
                if word[f"{name}_mu"] is not None:
                    areas[name] = word[f"{name}_mu"]
    by_return = areas["wanted"] is None and return_mu is not None and not has_land
    if by_return:
        areas["wanted"] = return_mu
    gap = None
    if areas["wanted"] is not None and areas["granted"] is not None:
        gap = areas["wanted"] - areas["granted"] if areas["wanted"] > areas["granted"] else 0
    return {**areas, "gap": gap, "by_return": by_return}
