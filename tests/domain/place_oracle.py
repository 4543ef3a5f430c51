"""The map a second time, as a clerk would keep it: a drawer of cards, pins on a board, lists read with a finger.

Shares nothing with ``domain``: words are written out by hand, an event is a dict, a missing value is None.
"""

from __future__ import annotations

from typing import Any

Card = dict[str, Any]


def pins(events: list[Card]) -> dict[str, Any]:
    """Which pins stick in the board after the events, and where."""
    board: list[tuple[str, Any]] = []
    for event in events:
        for at in range(len(board) - 1, -1, -1):
            if board[at][0] == event["project"]:
                del board[at]
        if event["kind"] != "removed":
            board.append((event["project"], event["at"]))
    return dict(board)


def go_through(lines: list[Card], projects: list[Card], board: dict[str, Any]) -> Card:
    """A list of places line by line: which pins go in, which are moved, which lines go back, and why."""
    done: Card = {"new": [], "moved": [], "same": 0, "back": []}
    named: list[str] = []
    for line in lines:
        meant = []
        for project in projects:
            is_name = squeeze(project["name"]) == squeeze(line["name"])
            is_district = line["district"] in ("", project["district"])
            if is_name and is_district:
                meant.append(project["id"])
        if len(meant) == 0:
            done["back"].append((line["number"], "unknown_name"))
        elif len(meant) == 2:
            done["back"].append((line["number"], "two_projects"))
        elif meant[0] in named:
            done["back"].append((line["number"], "twice"))
        else:
            named.append(meant[0])
            if meant[0] not in board:
                done["new"].append((meant[0], line["at"]))
            elif board[meant[0]] != line["at"]:
                done["moved"].append((meant[0], line["at"]))
            else:
                done["same"] += 1
    return done


def squeeze(name: str) -> str:
    """A name without spaces, its brackets of one width."""
    out = ""
    for sign in name:
        if sign not in " ()（）":
            out += sign
    return out
