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
        "closed": None, "how": None, "result": "", "evidence": "", "said": 0,
    }  # fmt: skip
    for event in sorted(events, key=lambda each: each["number"]):
        if event["on"] > day:
            continue
        card["said"] += 1
        write_down(card, event)
    card["overdue"], card["left"], card["late"] = 0, 0, 0
    if card["closed"] is None:
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
        walked = card["due"]
        while walked < card["closed"]:
            walked += timedelta(days=1)
            card["late"] += 1
    return card


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
    if event["kind"] == "reopened":
        card["closed"], card["how"], card["result"], card["evidence"] = None, None, "", ""
