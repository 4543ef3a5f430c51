"""One cell in, one typed value out: numbers, money, rates, dates and words as returns write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from domain import fields
from domain.dates import read_date
from loaders.vocabulary import MONEY_UNITS, examples_of, read_word

EMPTY_TEXTS = {"", "-", "--", "—", "——", "/", "\\", "－"}
# Where an amount belongs these say that there is none; in a text 无 is an answer and is kept.
AMOUNTS = (fields.MONEY, fields.NUMBER, fields.AREA, fields.RATE)
NO_AMOUNT_TEXTS = {"无", "暂无", "/"}
AREA_UNITS = {"公顷": Decimal(15), "平方米": Decimal("0.0015"), "㎡": Decimal("0.0015"), "m2": Decimal("0.0015")}  # in 亩
NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# What the columns of the database hold (fields.SQL_TYPES); anything larger is a slip of the sender.
TOO_LARGE = {fields.MONEY: 10**14, fields.NUMBER: 10**14, fields.AREA: 10**10, fields.RATE: 10**3}
MONEY_WITH_UNIT = re.compile(rf"({NUMBER.pattern})(亿元|万元|元|亿|万)")
FOUR_PLACES = Decimal("0.0001")
SIX_PLACES = Decimal("0.000001")


@dataclass(slots=True)
class ValueReading:
    """What a cell was read as: column -> value, or a problem's code with the details its sentence needs."""

    values: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None
    details: dict[str, str] = field(default_factory=dict)


def text_of(cell: object) -> str | None:
    """The cell as a person sees it: whole numbers without a point, dates as ISO text; None when empty."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


# What a month adds may be negative, where it corrects the months before; no other amount may.
CORRECTABLE = ("investment_month_wan",)


def read_value(field_: fields.Field, cell: object, unit: str | None, year: int | None) -> ValueReading:
    """Read one cell as its field's kind. An empty cell gives None values and no problem."""
    if is_empty(cell) or (field_.kind in AMOUNTS and isinstance(cell, str) and _narrow(cell) in NO_AMOUNT_TEXTS):
        return ValueReading({name: None for name, _ in field_.columns})
    if field_.kind == fields.DATE:
        return _read_date(field_, cell, year)
    if field_.kind == fields.WORD:
        return _read_word(field_, cell)
    if field_.kind == fields.TEXT:
        return ValueReading({field_.name: _clean_text(cell)})
    number = _read_number(field_.kind, cell, unit)
    is_only_without_unit = field_.kind == fields.MONEY and unit not in MONEY_UNITS and parse_number(cell) is not None
    if number is None and is_only_without_unit:  # said once, of the whole column
        return ValueReading({field_.name: None})
    if number is None:
        return ValueReading({field_.name: None}, "not_a_number", {"heading": field_.heading})
    if field_.name == "progress_rate" and not 0 <= number <= 1:
        return ValueReading({field_.name: None}, "rate_impossible", {"heading": field_.heading})
    if number < 0 and field_.name not in CORRECTABLE:
        return ValueReading({field_.name: None}, "amount_negative", {"heading": field_.heading})
    return ValueReading({field_.name: number})


def is_empty(cell: object) -> bool:
    """True for nothing, and for the signs that people type for nothing."""
    return cell is None or (isinstance(cell, str) and _is_empty_text(cell))


@lru_cache(maxsize=10_000)  # every text cell is asked about many times
def _is_empty_text(text: str) -> bool:
    return _narrow(text) in EMPTY_TEXTS


def parse_number(cell: object) -> Decimal | None:
    """A plain finite number, also when it stands as text with thousands commas; None for anything else."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float, Decimal)):
        number = Decimal(str(cell))
        return number if number.is_finite() else None
    text = _narrow(cell) if isinstance(cell, str) else ""
    return Decimal(text.replace(",", "")) if NUMBER.fullmatch(text) else None


def parse_money(cell: object, unit: str | None) -> Decimal | None:
    """Money in 万元. A unit written in the cell itself (``5亿元``) goes before the column's."""
    number = parse_number(cell)
    if number is None and isinstance(cell, str):
        written = MONEY_WITH_UNIT.fullmatch(_narrow(cell))
        if written:
            number, unit = Decimal(written[1].replace(",", "")), written[2].removesuffix("元") + "元"
    if number is None or unit not in MONEY_UNITS:
        return None
    return _rounded(number * Decimal(str(MONEY_UNITS[unit])), fields.MONEY, FOUR_PLACES)


def _rounded(number: Decimal, kind: str, places: Decimal) -> Decimal | None:
    """The number in the precision of its kind; None when no value of the kind is as large."""
    return number.quantize(places) if abs(number) < TOO_LARGE[kind] - 1 else None


def parse_rate(cell: object, unit: str | None) -> Decimal | None:
    """A share as 0 to 1: ``61%``, ``0.61``, and ``61`` where the heading says %. A bare number above 1 is a percentage."""
    if isinstance(cell, str) and _narrow(cell).endswith("%"):
        number = parse_number(_narrow(cell)[:-1])
        return None if number is None else _rounded(number / 100, fields.RATE, SIX_PLACES)
    number = parse_number(cell)
    if number is None:
        return None
    if abs(number) > Decimal("1.5") or (unit == "%" and abs(number) > 1):
        number /= 100
    return _rounded(number, fields.RATE, SIX_PLACES)


def fits(field_: fields.Field, cells: list[object]) -> bool:
    """Whether the filled cells of a column can be values of the field: most must be readable as its kind."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return True
    return sum(_fits_one(field_, cell) for cell in filled) >= 0.8 * len(filled)


def _fits_one(field_: fields.Field, cell: object) -> bool:
    if field_.kind == fields.WORD:
        return isinstance(cell, str) and read_word(field_.name, cell) is not None
    if field_.kind == fields.DATE:
        return read_date(cell, default_year=2000).interval is not None
    if field_.kind == fields.RATE:
        rate = parse_rate(cell, None)
        return rate is not None and -2 <= rate <= 2
    if field_.kind == fields.TEXT:
        return parse_number(cell) is None and not (isinstance(cell, str) and parse_rate(cell, None) is not None)
    return _read_number(field_.kind, cell, "万元") is not None


def _read_number(kind: str, cell: object, unit: str | None) -> Decimal | None:
    if kind == fields.MONEY:
        return parse_money(cell, unit)
    if kind == fields.RATE:
        return parse_rate(cell, unit)
    number = parse_number(cell)
    if number is None and kind == fields.AREA and isinstance(cell, str):
        number = parse_number(_narrow(cell).removesuffix("亩"))
    elif number is not None and kind == fields.AREA:
        number *= AREA_UNITS.get(unit or "", Decimal(1))
    return None if number is None else _rounded(number, kind, FOUR_PLACES)


def _read_date(field_: fields.Field, cell: object, year: int | None) -> ValueReading:
    reading = read_date(cell, year)
    day = reading.day(field_.is_planned)
    values = {
        field_.name: day,
        f"{field_.name}_text": reading.text,
        f"{field_.name}_precision": reading.interval.precision if reading.interval else None,
    }
    if reading.text is not None and day is None:
        return ValueReading(values, "date_unreadable", {"heading": field_.heading})
    return ValueReading(values)


def _read_word(field_: fields.Field, cell: object) -> ValueReading:
    code = read_word(field_.name, str(cell))
    if code is None:
        details = {"heading": field_.heading, "words": examples_of(field_.name)}
        return ValueReading({field_.name: None}, "word_unknown", details)
    return ValueReading({field_.name: code})


def _clean_text(cell: object) -> str:
    return re.sub(r"[ \t\u3000]+", " ", (text_of(cell) or "")).strip()


def _narrow(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
