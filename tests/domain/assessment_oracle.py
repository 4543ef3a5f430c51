"""The assessment a second time: plain loops over dicts, as a clerk with a list of projects would work.

Shares nothing with ``domain.assessment`` but words. Sources as there: S55m, S54, S53, S59; targets due are month / 12.
"""

from __future__ import annotations

from typing import Any

from oracle import Row, is_arrived_in_year, is_counted_in_year, is_overdue

FIRM_WORDS = {"yancheng_port": "盐城港", "haixing": "海兴", "city_transport": "交投"}


def is_counted(row: Row, line: str, year: int, month: int) -> bool:
    """Whether a project belongs to the figure of a line of the illustration."""
    if line == "firm_plan":
        return row["kind"] == "infrastructure" and not (row["completion_date"] and row["completion_date"].year < year)
    if row["kind"] != "projects":
        return False
    if line in ("started", "beyond", "sized"):
        return is_counted_in_year(row, "start_date", year, month)
    if line == "completed":
        return is_counted_in_year(row, "completion_date", year, month)
    if line == "signed":
        return is_counted_in_year(row, "signed_date", year, month)
    if line == "production":
        return is_arrived_in_year(row, "in_production", year, month)
    if line == "investment":
        return not (row["completion_date"] and row["completion_date"].year < year)
    return is_overdue(row, line.removesuffix("_overdue"), "planned", year, month)


def points(
    rows: list[Row], who: str, line: str, span: str, month: str, targets: dict[Any, float], excused: set[str]
) -> float | None:
    """The points of one line, None where they cannot be told."""
    year, number = int(month[:4]), int(month[5:])
    due = number / 12 if span == "month" else 1.0
    own = [row for row in rows if row["body"] == who]
    if who in FIRM_WORDS:
        own = [row for row in rows if FIRM_WORDS[who] in (row["owner_name"] or "") + " " + (row["responsible_body"] or "")]
    counted = [row for row in own if is_counted(row, line, year, number)]
    if line.endswith("_overdue") or line == "firm_plan":
        counted = [row for row in counted if row["project_id"] not in excused]
    if line == "firm_plan":
        return _plan_points([row for row in counted if (row["annual_plan_wan"] or 0) > 0], due)
    if not own or not all(row["is_body_reported"] for row in own):
        return None
    if line in ("started", "completed", "signed", "investment"):
        done = _done(counted, line)
        target = targets.get((line, who))
        return None if done is None or not target else round(25 * min(done / (target * due), 1), 2)
    if line == "beyond":
        target = targets.get(("started", who))
        return None if not target else round(max(-3, min(3, 0.1 * (len(counted) - target * due))), 2)
    if line == "sized":
        return round(min(5, 0.02 * sum(_size(row) + 15 for row in counted)), 2)
    return round(min(3, 0.2 * len(counted)), 2) if line == "production" else round(max(-5, -0.5 * len(counted)), 2)


def _done(counted: list[Row], line: str) -> float | None:
    if line != "investment":
        return len(counted)
    amounts = [row["investment_ytd_wan"] for row in counted if row["investment_ytd_wan"] is not None]
    return sum(amounts) if amounts else None


def _plan_points(works: list[Row], due: float) -> float | None:
    known = [row["investment_ytd_wan"] for row in works if row["investment_ytd_wan"] is not None]
    if not works or not known or not all(row["is_body_reported"] for row in works):
        return None
    return round(100 * min(sum(known) / (sum(row["annual_plan_wan"] for row in works) * due), 1), 2)


def _size(row: Row) -> float:
    amount = row["total_investment_wan"]
    if amount is None:
        return 0
    if amount >= 100_000:
        return 20
    if amount >= 50_000:
        return 10
    return 6 if amount >= 10_000 else 3
