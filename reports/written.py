"""Values as a return writes them: what the loaders read back as the very same value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from domain.bodies import DISTRICTS
from domain.fields import DATE, MONEY, RATE, TEXT, WORD, Field
from domain.stages import STAGES

MONEY_UNIT = "万元"
# The one word that the form offers for each code of a field of words; the loaders know all of them.
WORDS: dict[str, dict[str, str]] = {
    "stage": {stage.code: stage.name for stage in STAGES.values()},
    "category": {"traditional": "传统产业", "emerging": "新兴产业"},
    "escalation_level": {"firm": "企业", "county": "县", "new_area": "新区", "city": "市", "province": "省"},
    "district": {body.code: body.name for body in DISTRICTS},
}
THIRDS = {10: "上旬", 20: "中旬"}


def is_missing(value: object) -> bool:
    """True for None and for what pandas writes in its place."""
    return value is None or bool(pd.isna(value))


def heading_of(field: Field) -> str:
    """The heading of a column of a form; money says its unit where it is typed."""
    return f"{field.heading}（{MONEY_UNIT}）" if field.kind == MONEY else field.heading


def written_value(field: Field, state: Mapping[str, Any]) -> str | float | None:
    """What stands in a cell for a field of a project's state: a number, or a text; None for an empty cell."""
    value = state[field.name]
    if is_missing(value):
        return None
    if field.kind == DATE:
        return written_date(value, state[f"{field.name}_precision"], is_planned=field.is_planned)
    if field.kind == WORD:
        return WORDS[field.name].get(value)
    return str(value) if field.kind == TEXT else float(value)


def written_date(day: date, precision: str, *, is_planned: bool) -> str:
    """A date as precise as it was reported: 2024-08-31, 2024年8月, 2024年第3季度, 2024年上半年, 2024年."""
    if precision == "month":
        # Of a planned month only a third keeps a day of its own; an actual month is its first day.
        return f"{day.year}年{day.month}月{THIRDS.get(day.day, '') if is_planned else ''}"
    if precision == "quarter":
        return f"{day.year}年第{(day.month - 1) // 3 + 1}季度"
    if precision == "half_year":
        return f"{day.year}年{'上' if day.month <= 6 else '下'}半年"
    return f"{day.year}年" if precision == "year" else f"{day:%Y-%m-%d}"


def spoken_value(field: Field, state: Mapping[str, Any]) -> str:
    """A value for a sentence, with its unit; empty for none."""
    value = written_value(field, state)
    if value is None or isinstance(value, str):
        return value or ""
    if field.kind == RATE:
        return f"{plain_number(value * 100)}%"
    return f"{plain_number(value)} {MONEY_UNIT}" if field.kind == MONEY else plain_number(value)


def plain_number(value: float) -> str:
    """A number with thousands commas and no idle zeros."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
