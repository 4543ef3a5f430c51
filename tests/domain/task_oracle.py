"""The life of a task a second time, as a clerk would keep it: a card, the events in turn, a calendar.

Shares nothing with ``domain``: words are written out by hand, an event is a dict, a missing value is None.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Card = dict[str, Any]


def keep_card(task: Card, events: list[Card], day: date) -> Card:
    """The card of a task as it lies in the drawer on the evening of a day."""
    card: Card = {
        "lead": task["lead"], "taking_part": task["taking_part"], "due": task["due"], "moved": 0,
        "closed": None, "how": None, "result": "", "evidence": "", "said": 0, "applied": None, "finished": None,
    }  # fmt: skip
    for event in sorted(events, key=lambda each: each["number"]):
        if event["on"] > day:
            continue
        card["said"] += 1
        write_down(card, event)
    card["overdue"], card["left"], card["late"], card["waiting"] = 0, 0, 0, 0
    if card["applied"] is not None:
        card["state"] = "awaiting"
        card["late"] = days_after(card["due"], card["applied"])
        card["waiting"] = days_after(card["applied"], day)
    elif card["closed"] is None:
        card["state"] = "going_on"
        walked = card["due"]
        while walked < day:
            walked += timedelta(days=1)
            card["overdue"] += 1
            card["state"] = "overdue"
        while walked > day:
            walked -= timedelta(days=1)
            card["left"] += 1
    else:
        card["state"] = card["how"]
        card["late"] = days_after(card["due"], card["finished"])
    return card


def days_after(first: date, last: date) -> int:
    """Days walked from one day to another; none where the other comes before."""
    days = 0
    while first < last:
        first += timedelta(days=1)
        days += 1
    return days


def write_down(card: Card, event: Card) -> None:
    """What one event changes on the card."""
    if event["lead"] != "":
        card["lead"] = event["lead"]
    if event["taking_part"] != "":
        card["taking_part"] = event["taking_part"]
    if event["due"] is not None:
        if event["due"] != card["due"]:
            card["moved"] += 1
        card["due"] = event["due"]
    if event["kind"] == "done" or event["kind"] == "cancelled":
        card["closed"], card["how"] = event["on"], event["kind"]
        card["result"], card["evidence"] = event["note"], event["evidence"]
        card["finished"], card["applied"] = event["on"], None
    if event["kind"] == "applied":
        card["applied"], card["finished"] = event["on"], event["on"]
        card["result"], card["evidence"] = event["note"], event["evidence"]
    if event["kind"] == "approved":
        card["closed"], card["how"], card["applied"] = event["on"], "done", None
    if event["kind"] == "reopened" or event["kind"] == "returned":
        card["closed"], card["how"], card["result"], card["evidence"] = None, None, "", ""
        card["applied"], card["finished"] = None, None


def step_owed_by(task: Card, events: list[Card], day: date) -> str:
    """The step that somebody must take on a day, looked up on a calendar: 提醒, from the second week 督办, then 约谈."""
    card = keep_card(task, events, day)
    taken: list[str] = []
    for event in sorted(events, key=lambda each: each["number"]):
        if event["on"] > day:
            continue
        if event["kind"] == "reopened":
            taken = []
        if event["kind"] in ("reminded", "urged", "talked") and event["on"] > card["due"]:
            taken.append(event["kind"])
    if card["state"] != "overdue":
        return ""
    if card["overdue"] >= 15:
        return "" if "talked" in taken else "talked"
    if card["overdue"] >= 8:
        return "" if "talked" in taken or "urged" in taken else "urged"
    return "" if taken else "reminded"
