"""Checks of a row against itself and the reporting period."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from domain.dates import Interval, interval_of
from domain.fields import DATE_FIELDS
from domain.findings import Finding
from domain.periods import Period
from domain.row_rules import is_above, is_little_of, is_order_broken
from domain.stages import COMPLETED_STAGES, CONSTRUCTION_STAGES, stage_name
from domain.submissions import PROJECTS
from loaders.checks.places import RowPlace, amount

THRESHOLD_WAN = Decimal(10_000)  # 亿元以上项目
ACTUAL_DATES = ("signed_date", "start_date", "completion_date", "production_date", "capacity_date")


def check_row(place: RowPlace, period: Period) -> Iterator[Finding]:
    """All checks that need nothing but the row."""
    yield from _money(place)
    yield from _dates(place, period)
    if place.table.kind == PROJECTS:
        yield from _stage(place)
        yield from _stage_against_money(place, period)


def date_interval(values: dict[str, Any], name: str) -> Interval | None:
    """The interval of a date field of a row's values."""
    return interval_of(values.get(name), values.get(f"{name}_precision"))


def _money(place: RowPlace) -> Iterator[Finding]:
    values = place.row.values
    total, cumulative = values["total_investment_wan"], values["investment_cum_wan"]
    month, year = values["investment_month_wan"], values["investment_ytd_wan"]
    if place.table.kind == PROJECTS and total is not None and total < THRESHOLD_WAN:
        yield place.finding("below_threshold", "total_investment_wan", amount(total))
    if total is not None and cumulative is not None and is_above(cumulative, total):
        yield place.finding("cumulative_above_total", "investment_cum_wan", amount(cumulative), total=amount(total))
    if month is not None and year is not None and is_above(month, year):
        yield place.finding("month_above_year", "investment_month_wan", amount(month), ytd=amount(year))


def _dates(place: RowPlace, period: Period) -> Iterator[Finding]:
    found = {name: date_interval(place.row.values, name) for name in DATE_FIELDS}
    for name in ACTUAL_DATES:
        interval = found[name]
        if interval and interval.first > period.last_day:
            yield place.finding("date_in_future", name, cut_off=period.last_day)
    for code, first, second in (
        ("completed_before_start", "start_date", "completion_date"),
        ("planned_order", "planned_start_date", "planned_completion_date"),
    ):
        start, completion = found[first], found[second]
        if start and completion and is_order_broken(start.first, completion.last):
            yield place.finding(code, second, start=place.text(first), completion=place.text(second))
    signed, started = found["signed_date"], found["start_date"]
    if signed and started and started.is_before(signed):
        yield place.finding("signed_after_start", "signed_date", start=place.text("start_date"))


def _stage(place: RowPlace) -> Iterator[Finding]:
    """A stage that implies a date without that date: the project would be missing from the year's counts."""
    values = place.row.values
    stage = values["stage"]
    present = {column.field for column in place.table.columns}
    needed = []
    if stage in (*CONSTRUCTION_STAGES, *COMPLETED_STAGES):
        needed.append("start_date")
    if stage in COMPLETED_STAGES:
        needed.append("completion_date")
    for name in needed:
        if name in present and values[name] is None and not values[f"{name}_text"]:
            yield place.finding("stage_without_date", name, stage_name(stage))


def _stage_against_money(place: RowPlace, period: Period) -> Iterator[Finding]:
    """Under construction since an earlier month without any investment; completed with little of the total invested.

    Only what the return states counts: an empty cell is no zero.
    """
    values = place.row.values
    stage, total, cumulative = values["stage"], values["total_investment_wan"], cumulative_of(values)
    start = date_interval(values, "start_date")
    if cumulative is None:
        return
    if stage in CONSTRUCTION_STAGES and start and start.last < period.first_day and cumulative <= 0:
        name = "investment_cum_wan" if values["investment_cum_wan"] is not None else "investment_ytd_wan"
        yield place.finding("started_without_investment", name, stage_name(stage), start=place.text("start_date"))
    if stage in COMPLETED_STAGES and total and is_little_of(cumulative, total):
        yield place.finding("completed_below_total", "investment_cum_wan", stage_name(stage), cumulative=amount(cumulative),
                            total=amount(total), share=f"{cumulative / total:.0%}")  # fmt: skip


def cumulative_of(values: dict[str, Any]) -> Decimal | None:
    """Investment since the start: as stated, else up to last year-end and of this year together."""
    if values["investment_cum_wan"] is not None:
        stated: Decimal = values["investment_cum_wan"]
        return stated
    before, year = values["investment_previous_wan"], values["investment_ytd_wan"]
    return before + year if before is not None and year is not None else None
