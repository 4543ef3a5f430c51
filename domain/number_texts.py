"""Numbers as text, the same on screens and in what is handed out. "—" stands for no value."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from domain.indicators import WAN_PER_YI

DASH = "—"
# 万元 in the unit that money is shown in: 亿元 in Chinese, bn yuan in English.
WAN_PER_UNIT = {"zh": WAN_PER_YI, "en": WAN_PER_YI * 10}


def is_missing(value: Any) -> bool:
    """True for None, NaN, NaT and pandas' NA."""
    return value is None or bool(pd.isna(value))


def number(value: Any, decimals: int = 0, *, is_signed: bool = False) -> str:
    """A number with thousands commas; halves are rounded up, and nothing rounds to "-0"."""
    if is_missing(value):
        return DASH
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if rounded == 0:
        return f"{abs(rounded):,}"
    return f"{rounded:+,}" if is_signed else f"{rounded:,}"


def percent(rate: Any, decimals: int = 1) -> str:
    """A rate (0 to 1) as a percentage: 62.5%."""
    return DASH if is_missing(rate) else f"{number(Decimal(str(rate)) * 100, decimals)}%"


def money_places(wan: float, language: str = "zh") -> int:
    """How many decimals an amount has: one of 亿元, or two below 10 亿元, where one would hide the differences.

    English, in billions of yuan, has one more.
    """
    return 1 + int(0 < abs(wan) < 10 * WAN_PER_YI) + int(language != "zh")


def money_number(wan: Any, language: str = "zh", decimals: int | None = None) -> str:
    """Money of 万元 as a bare number: of 亿元 in Chinese (1,286.4), of bn yuan in English (128.64).

    ``decimals`` are those of the Chinese number.
    """
    if is_missing(wan):
        return DASH
    places = money_places(wan, language) if decimals is None else decimals + int(language != "zh")
    return number(Decimal(str(wan)) / WAN_PER_UNIT[language], places)
