"""One cell in, one typed value out: numbers, money, rates, dates and words as returns write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from domain import fields
from domain.dates import YEARS, read_date
from domain.wording import narrow_text
from loaders.vocabulary import MONEY_UNITS, examples_of, read_word

EMPTY_TEXTS = {"", "-", "--", "—", "——", "/", "\\", "－"}
# Where an amount belongs these say that there is none; in a text 无 is an answer and is kept.
AMOUNTS = (fields.MONEY, fields.NUMBER, fields.AREA, fields.RATE)
NO_AMOUNT_TEXTS = {"无", "暂无", "/"}
AREA_UNITS = {"公顷": Decimal(15), "平方米": Decimal("0.0015"), "㎡": Decimal("0.0015"), "m2": Decimal("0.0015")}  # in 亩
NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# What the columns of the database hold (fields.SQL_TYPES); anything larger is a slip of the sender.
TOO_LARGE = {fields.MONEY: 10**14, fields.NUMBER: 10**14, fields.AREA: 10**10, fields.RATE: 10**3}
# What stands in brackets behind an amount leaves it as it is; 约, 近 and 左右 do not, and are asked about.
NOTE_OF_AMOUNT = re.compile(r"\(([^()]*)\)$")
OWN_UNIT = re.compile(r"[亿万元%]|[A-Za-z]")
# What is planned is no actual date, and what is done no plan, in whichever column it stands.
PLAN_WORDS = re.compile(r"^(?:原?计划|预计|拟|力争|确保|争取|暂定|目标)|前(?:开工|动工|竣工|完工|完成|投产|投运|达产|达效|建成|签约)?$")
DONE_WORDS = re.compile(r"^已|已(?:经|于)?(?:开工|动工|竣工|完工|投产|投运|达产|达效|建成|签约)")
# In the cell of an actual date these say that the day has not come.
NOT_YET = re.compile(r"(?:尚|还|暂)?未(?:开工|动工|竣工|完工|投产|投运|达产|达效|签约|签订|建成|完成|开始|到)?|暂无|没有|否")
MONEY_WITH_UNIT = re.compile(rf"({NUMBER.pattern})(亿元|万元|元|亿|万)")
FOUR_PLACES = Decimal("0.0001")
SIX_PLACES = Decimal("0.000001")


@dataclass(slots=True)
class ValueReading:
    """What a cell was read as: column -> value, or a problem's code with the details its sentence needs."""

    values: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None
    remark: str | None = None  # of a value that was taken all the same
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
    if is_empty(cell) or (field_.kind in AMOUNTS and isinstance(cell, str) and narrow_text(cell) in NO_AMOUNT_TEXTS):
        return ValueReading({name: None for name, _ in field_.columns})
    if field_.kind == fields.DATE:
        return _read_date(field_, cell, year)
    if field_.kind == fields.WORD:
        return _read_word(field_, cell)
    if field_.kind == fields.TEXT:
        return ValueReading({field_.name: _clean_text(cell)})
    number, is_in_words = _read_number(field_.kind, cell, unit), False
    if number is None and isinstance(cell, str):
        number, is_in_words = _read_in_words(field_.kind, narrow_text(cell), unit)
    is_only_without_unit = field_.kind == fields.MONEY and unit not in MONEY_UNITS and parse_number(cell) is not None
    if number is None and is_only_without_unit:  # said once, of the whole column
        return ValueReading({field_.name: None})
    if number is None:
        return ValueReading({field_.name: None}, "not_a_number", details={"heading": field_.heading})
    if field_.name == "progress_rate" and not 0 <= number <= 1:
        return ValueReading({field_.name: None}, "rate_impossible", details={"heading": field_.heading})
    if number < 0 and field_.name not in CORRECTABLE:
        return ValueReading({field_.name: None}, "amount_negative", details={"heading": field_.heading})
    if is_in_words:
        details = {"heading": field_.heading, "read": _shown(field_.kind, number)}
        return ValueReading({field_.name: number}, remark="number_in_words", details=details)
    return ValueReading({field_.name: number})


def _read_in_words(kind: str, text: str, unit: str | None) -> tuple[Decimal | None, bool]:
    """An amount with a currency sign, or with a note in brackets behind it; the flag is for the note."""
    text = text.lstrip("¥")
    number = _read_number(kind, text, unit)
    if number is not None:
        return number, False
    note = NOTE_OF_AMOUNT.search(text)
    bare = text[: note.start()] if note else ""
    if note and OWN_UNIT.search(note[1]) and not OWN_UNIT.search(bare):
        return None, False  # 5(亿元) is in 亿元, whatever the heading says
    return _read_number(kind, bare, unit), True


def _shown(kind: str, number: Decimal) -> str:
    if kind == fields.RATE:
        return f"{(number * 100).normalize():f}%"
    return f"{number:,.4f}".rstrip("0").rstrip(".") + (" 万元" if kind == fields.MONEY else "")


def is_empty(cell: object) -> bool:
    """True for nothing, and for the signs that people type for nothing."""
    return cell is None or (isinstance(cell, str) and _is_empty_text(cell))


@lru_cache(maxsize=10_000)  # every text cell is asked about many times
def _is_empty_text(text: str) -> bool:
    return narrow_text(text) in EMPTY_TEXTS


def parse_number(cell: object) -> Decimal | None:
    """A plain finite number, also when it stands as text with thousands commas; None for anything else."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float, Decimal)):
        number = Decimal(str(cell))
        return number if number.is_finite() else None
    text = narrow_text(cell) if isinstance(cell, str) else ""
    return Decimal(text.replace(",", "")) if NUMBER.fullmatch(text) else None


def parse_money(cell: object, unit: str | None) -> Decimal | None:
    """Money in 万元. A unit written in the cell itself (``5亿元``) goes before the column's."""
    number = parse_number(cell)
    if number is None and isinstance(cell, str):
        written = MONEY_WITH_UNIT.fullmatch(narrow_text(cell))
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
    if isinstance(cell, str) and narrow_text(cell).endswith("%"):
        number = parse_number(narrow_text(cell)[:-1])
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
        number = parse_number(narrow_text(cell).removesuffix("亩"))
    elif number is not None and kind == fields.AREA:
        number *= AREA_UNITS.get(unit or "", Decimal(1))
    return None if number is None else _rounded(number, kind, FOUR_PLACES)


def _read_date(field_: fields.Field, cell: object, year: int | None) -> ValueReading:
    reading = _date_of(cell, year)
    text = narrow_text(reading.text or "")
    is_told_otherwise = isinstance(cell, str) and (DONE_WORDS if field_.is_planned else PLAN_WORDS).search(text)
    is_date = reading.interval is not None and reading.interval.first.year in YEARS and not is_told_otherwise
    day = reading.day(field_.is_planned) if is_date else None
    values = {
        field_.name: day,
        f"{field_.name}_text": reading.text,
        f"{field_.name}_precision": reading.interval.precision if reading.interval and is_date else None,
    }
    if reading.text is None or day is not None or (not field_.is_planned and NOT_YET.fullmatch(text)):
        return ValueReading(values)
    return ValueReading(values, "date_unreadable", details={"heading": field_.heading})


# A return says few dates, and each of them often.
_date_of = lru_cache(maxsize=5_000, typed=True)(read_date)


def _read_word(field_: fields.Field, cell: object) -> ValueReading:
    code = read_word(field_.name, str(cell))
    if code is None:
        details = {"heading": field_.heading, "words": examples_of(field_.name)}
        return ValueReading({field_.name: None}, "word_unknown", details=details)
    return ValueReading({field_.name: code})


def _clean_text(cell: object) -> str:
    return re.sub(r"[ \t\u3000]+", " ", (text_of(cell) or "")).strip()
