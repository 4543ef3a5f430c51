"""Checks of this month's figures and words against last month's: what does not follow, jumps, or was copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from domain.findings import Finding, finding
from domain.periods import Period
from domain.stages import CONSTRUCTION_STAGES
from domain.submissions import PROJECTS, Known, KnownProject, RowReading, Submission, TableReading
from domain.wording import narrow_text, words_without_numbers
from loaders.checks.places import RowPlace, amount

JUMP = 3
LASTING_AMOUNTS = ("total_investment_wan", "equipment_investment_wan", "annual_plan_wan")
RUNNING_AMOUNTS = ("investment_month_wan", "investment_ytd_wan", "investment_cum_wan")
# A month's investment moves a great deal by itself: only a rise that is large beside the whole project is told.
RUNNING_SHARE = Decimal("0.25")
# Forms in 亿元 with two decimals round each of three figures to 100 万元.
SUM_TOLERANCE = Decimal("150")
SUM_SHARE = Decimal("0.01")
CELLS_LISTED = 12


def check_year_sum(place: RowPlace, known: KnownProject, period: Period) -> Iterator[Finding]:
    """The year to date is last month's and this month's investment together; a year begins with its first month."""
    month, year = place.row.values["investment_month_wan"], place.row.values["investment_ytd_wan"]
    is_next = known.last_period == str(period.previous())
    before = Decimal(0) if period.month == 1 else _number(known.values.get("investment_ytd_wan"))
    if month is None or year is None or before is None or not (is_next or period.month == 1):
        return
    expected = before + month
    # A fall is told by its own check.
    if year >= before and abs(year - expected) > max(SUM_TOLERANCE, expected * SUM_SHARE):
        yield place.finding("year_sum_differs", "investment_ytd_wan", amount(year), before=amount(before),
                            month=amount(month), expected=amount(expected))  # fmt: skip


def check_jumps(place: RowPlace, known: KnownProject, period: Period) -> Iterator[Finding]:
    """An amount of the whole project or year that is more than three times the one reported last."""
    for name in LASTING_AMOUNTS:
        is_same_year = name != "annual_plan_wan" or known.last_period[:4] == str(period)[:4]
        old, new = _number(known.values.get(name)), place.row.values[name]
        if is_same_year and old and old > 0 and new is not None and new > JUMP * old:
            yield place.finding("value_jumped", name, amount(new), before=amount(old), times=f"{new / old:.1f}")


def check_tables_against_last(submission: Submission, known: Known, period: Period) -> Iterator[Finding]:
    """What is told once for a table with the cells listed, because it may be so in many rows."""
    for table in submission.tables:
        pairs = [(row, known.projects[row.project_id]) for row in table.rows if row.project_id in known.projects]
        rows = [(row, project) for row, project in pairs if project.last_period == str(period.previous())]
        if table.kind == PROJECTS:
            yield from _listed("amounts_jumped", table, _jumped(rows, period))
        copied = _same_texts(rows, narrow_text)
        yield from _listed("texts_copied", table, copied)
        copied_rows = {row.cell_row for row, _ in copied}
        same = _same_texts(rows, words_without_numbers)
        numbers = [(row, name) for row, name in same if row.cell_row not in copied_rows]
        yield from _listed("texts_only_number", table, numbers)


def _jumped(rows: list[tuple[RowReading, KnownProject]], period: Period) -> list[tuple[RowReading, str]]:
    """(row, field) of investment done that is more than three times last month's, and a large part of the project."""
    found = []
    for row, known in rows:
        total = row.values["total_investment_wan"]
        for name in RUNNING_AMOUNTS:
            old, new = _number(known.values.get(name)), row.values[name]
            if name == "investment_ytd_wan" and period.month == 1:
                continue
            if total and old and new is not None and new > JUMP * old and new - old > total * RUNNING_SHARE:
                found.append((row, name))
                break
    return found


def _same_texts(rows: list[tuple[RowReading, KnownProject]], key: Callable[[str], str]) -> list[tuple[RowReading, str]]:
    """(row, field) of works under construction whose words of progress are last month's."""
    found = []
    for row, known in rows:
        now, before = row.values["progress_text"], known.values.get("progress_text")
        if row.values["stage"] in CONSTRUCTION_STAGES and now and before and key(now) == key(before):
            found.append((row, "progress_text"))
    return found


def _listed(code: str, table: TableReading, places: list[tuple[RowReading, str]]) -> Iterator[Finding]:
    """One finding for the table, at the first cell, with the cells listed."""
    if not places:
        return
    cells = [RowPlace(table, row).cell(name) for row, name in places]
    listed = "、".join(cells[:CELLS_LISTED]) + (" 等" if len(cells) > CELLS_LISTED else "")
    row, name = places[0]
    sheet, cell = RowPlace(table, row).place(name)
    yield finding(code, sheet=sheet, cell=cell, field=name, value=RowPlace(table, row).text(name),
                  count=len(cells), cells=listed)  # fmt: skip


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
