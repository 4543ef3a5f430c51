"""Silence a second time: plain loops over the months of a project, as a clerk with both returns on the table would work.

Slow and obvious on purpose; shares nothing with ``domain.silence`` but the names of the states. A month is a dict:
progress_text, investment_cum_wan, investment_ytd_wan, stage, and sent (both, left out, nothing).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Month = dict[str, Any]
# Before the first month that is known of: no return, no words, no money.
NOTHING: Month = {"stage": None, "sent": "nothing", "investment_cum_wan": None, "investment_ytd_wan": None}


def clerk(months: list[Month]) -> list[tuple[str, bool] | None]:
    """State and silence of each month, the last of the year before first, with both returns on the table."""
    found: list[tuple[str, bool] | None] = []
    for number, (before, now) in enumerate(pairwise([NOTHING, *months])):
        if before["stage"] == "completed":
            found.append(None)
        elif now["sent"] == "nothing":
            found.append(("not_sent", False))
        elif now["sent"] == "left out":
            found.append(("missing", True))
        else:
            old = before["progress_text"] if before["sent"] == "both" else None
            state = by_words(old, now["progress_text"], has_moved(before, now, is_january=number == 1))
            found.append((state, state in ("copied", "money_moved") and now["stage"] == "building"))
    return found


def by_words(old: str | None, new: str | None, is_moved: bool) -> str:
    """What two texts beside each other say."""
    new, old = (new or "").replace(" ", ""), (old or "").replace(" ", "")
    if not new:
        return "blank"
    if new == old:
        return "money_moved" if is_moved else "copied"
    letters = [[char for char in text if not char.isdigit()] for text in (old, new)]
    return "number_only" if letters[0] == letters[1] else "told"


def has_moved(before: Month, now: Month, is_january: bool) -> bool:
    """By what was invested since the start, else since January."""
    old, new = before["investment_cum_wan"], now["investment_cum_wan"]
    if old is None or new is None:
        old, new = 0.0 if is_january else before["investment_ytd_wan"], now["investment_ytd_wan"]
    return old is not None and new is not None and abs(new - old) > 0.5


def run_of(noted: list[tuple[str, bool] | None]) -> int:
    """Silent returns in a row, from the last one back; months without a return are passed over."""
    run = 0
    for each in reversed(noted):
        if each is None or each[0] == "not_sent":
            continue
        if not each[1]:
            break
        run += 1
    return run
