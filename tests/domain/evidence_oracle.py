"""Reported and verified a second time: plain loops over dicts, as a clerk with the returns and a folder of papers would.

A project is a dict of its reported dates, a paper a dict of what was recorded; papers lie in the order recorded. Shares
nothing with ``domain`` but words.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from oracle import belongs, is_in, month_end

Row = dict[str, Any]


def recognised_date(project_id: str, milestone: str, papers: list[Row]) -> date | None:
    """The date on the paper that was put in last and not taken out again."""
    found = None
    for paper in papers:
        if paper["project_id"] == project_id and paper["milestone"] == milestone and not paper["is_withdrawn"]:
            found = paper["verified_date"]
    return found


def verification(row: Row, milestone: str, papers: list[Row], year: int, month: int) -> str | None:
    """已核: a paper recognises a day of the year reported, not after the cut-off date; 不符: it recognises another."""
    reported = row[f"{milestone}_date"]
    if reported is None or reported > month_end(year, month):
        return None
    recognised = recognised_date(row["project_id"], milestone, papers)
    if recognised is None:
        return "unverified"
    if recognised.year != reported.year or recognised > month_end(year, month):
        return "contradicted"
    return "verified"


def verified_count(code: str, rows: list[Row], papers: list[Row], year: int, month: int, body: str) -> int:
    """Of those that a figure counts, how many are 已核."""
    milestone = "start" if code.startswith("started") else "completion"
    counted = [row for row in rows if belongs(row, "projects", body) and is_in(code, row, year, month)]
    return sum(verification(row, milestone, papers, year, month) == "verified" for row in counted)


def worst_of_year(row: Row, papers: list[Row], year: int, month: int) -> str | None:
    """Of the milestones reported of this year the one that asks most for action."""
    found = [
        verification(row, milestone, papers, year, month)
        for milestone in ("start", "completion")
        if row[f"{milestone}_date"] is not None and row[f"{milestone}_date"].year == year
    ]
    for code in ("contradicted", "unverified", "verified"):
        if code in found:
            return code
    return None
