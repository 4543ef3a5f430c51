"""Checks of a ledger of permits and land: a step said twice, dates in no order, due dates past, areas that do not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from domain.fields import PERMIT_ASPECTS
from domain.findings import Finding, finding
from domain.periods import Period
from domain.permit_steps import APPLIED, NOT_APPLIED, PERMIT_STEP
from domain.submissions import LandReading, PermitReading
from loaders.checks.places import RowPlace, amount

LISTED = 12
TOLERANCE_MU = Decimal("0.1")


def check_permits(permits: list[PermitReading], period: Period) -> tuple[list[PermitReading], list[Finding]]:
    """The last word on each step of each project, and what is to be said of them as of a period."""
    kept, found = _last_words(permits)
    for each in kept:
        found += [*_future(each, period), *_order(each)]
    return kept, [*found, *_overdue(kept, period)]


def _last_words(permits: list[PermitReading]) -> tuple[list[PermitReading], list[Finding]]:
    """Of a step that stands twice the last counts; that the two differ is asked about."""
    last: dict[tuple[str, str], PermitReading] = {}
    found = []
    for each in permits:
        before = last.pop((each.project_id, each.step), None)
        if before and _content(before) != _content(each):
            cells = "、".join(f"{one.sheet}!{one.cell}" for one in (before, each))
            found.append(
                _tell(each, "permit_repeated", name=each.project_name, heading=PERMIT_STEP[each.step].name, cells=cells)
            )
        last[each.project_id, each.step] = each
    return [*last.values()], found


def _content(each: PermitReading) -> tuple[object, ...]:
    return each.state, each.applied_date, each.due_date, each.granted_date, each.number


def _future(each: PermitReading, period: Period) -> Iterator[Finding]:
    """What was applied for or granted after the period's last day has not happened yet."""
    for aspect, day in (("applied", each.applied_date), ("granted", each.granted_date)):
        if day is not None and day > period.last_day:
            heading = PERMIT_STEP[each.step].name + PERMIT_ASPECTS[aspect].heading
            yield _tell(each, "date_in_future", heading=heading, cut_off=period.last_day.isoformat())


def _order(each: PermitReading) -> Iterator[Finding]:
    """Granted before applied for; a month's date is its first day, and in one month says no order."""
    applied, granted = each.applied_date, each.granted_date
    if applied and granted and granted < applied and not (granted.day == 1 and _month(granted) == _month(applied)):
        heading = PERMIT_STEP[each.step].name
        yield _tell(each, "permit_order", heading=heading, granted=granted.isoformat(), applied=applied.isoformat())


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _overdue(permits: list[PermitReading], period: Period) -> Iterator[Finding]:
    """The steps whose due date lies before the period's last day and that are not granted, said once for each sheet."""
    late = [
        each
        for each in permits
        if each.state in (APPLIED, NOT_APPLIED) and each.due_date and each.due_date < period.last_day
    ]
    for sheet in dict.fromkeys(each.sheet for each in late):
        own = [each for each in late if each.sheet == sheet]
        listed = "、".join(f"{each.cell} {PERMIT_STEP[each.step].name} {each.due_date}" for each in own[:LISTED])
        more = " 等" if len(own) > LISTED else ""
        yield finding(
            "permits_overdue", sheet=sheet, cell=own[0].cell, value=own[0].text, count=len(own), cells=listed + more
        )


def _tell(each: PermitReading, code: str, **details: object) -> Finding:
    return finding(code, sheet=each.sheet, cell=each.cell, field=f"step_{each.step}", value=each.text,
                   project_id=each.project_id, **details)  # fmt: skip


def check_land(places: Iterable[RowPlace]) -> Iterator[Finding]:
    """More land granted than applied for, and a stated lack that does not follow from what is wanted and granted."""
    for place in places:
        values = place.row.values
        wanted, applied, gap = (values.get(f"land_{name}_mu") for name in ("wanted", "applied", "gap"))
        name = "land_granted_mu" if values.get("land_granted_mu") is not None else "land_supplied_mu"
        granted = values.get(name)
        if granted is not None and applied is not None and granted > applied + TOLERANCE_MU:
            yield place.finding("land_above_applied", name, granted=amount(granted), applied=amount(applied))
        if gap is not None and wanted is not None and granted is not None:
            expected = max(wanted - granted, Decimal(0))
            if abs(gap - expected) > TOLERANCE_MU:
                yield place.finding("land_gap_differs", "land_gap_mu", gap=amount(gap), wanted=amount(wanted),
                                    granted=amount(granted), expected=amount(expected))  # fmt: skip


def last_land(land: Iterable[LandReading]) -> tuple[list[LandReading], list[Finding]]:
    """The land of each project once; where it is said in two ways the last counts and is asked about."""
    last: dict[str, LandReading] = {}
    found = []
    for each in land:
        before = last.pop(each.project_id, None)
        if before and _areas(before) != _areas(each):
            places = "、".join(f"{one.sheet}!{one.cell}" for one in (before, each))
            found.append(finding("project_repeated", sheet=each.sheet, cell=each.cell, field="land_wanted_mu",
                                 value=each.project_name, project_id=each.project_id, name=each.project_name,
                                 places=places))  # fmt: skip
        last[each.project_id] = each
    return [*last.values()], found


def _areas(each: LandReading) -> tuple[object, ...]:
    return each.wanted_mu, each.applied_mu, each.granted_mu
