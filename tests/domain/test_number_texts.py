"""Numbers as text, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from domain.number_texts import money_number, money_places, number, percent

NUMBERS = [(1286, 0, "1,286"), (0.5, 0, "1"), (2.345, 2, "2.35"), (-0.04, 1, "0.0"), (None, 1, "—"), (float("nan"), 0, "—")]
MONEY = [
    (12_864_000, "zh", "1,286.4"), (12_864_000, "en", "128.64"), (98_765, "zh", "9.88"), (98_765, "en", "0.988"),
    (0, "zh", "0.0"), (0, "en", "0.00"), (None, "zh", "—"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "decimals", "text"), NUMBERS)
def test_a_number(value: Any, decimals: int, text: str) -> None:
    """Commas, halves up, never "-0", a dash for none."""
    assert number(value, decimals) == text


def test_a_rate() -> None:
    """As a percentage with one decimal; a dash for none."""
    assert (percent(0.625), percent(1, 0), percent(None)) == ("62.5%", "100%", "—")


@pytest.mark.parametrize(("wan", "language", "text"), MONEY)
def test_money_without_its_unit(wan: float | None, language: str, text: str) -> None:
    """Of 亿元 in Chinese, of billions in English, one decimal more where a small amount needs it."""
    assert money_number(wan, language) == text


def test_decimals_asked_for() -> None:
    """They are those of the Chinese number; a course takes those of its amounts."""
    assert (money_number(12_864_000, "zh", 2), money_number(12_864_000, "en", 2)) == ("1,286.40", "128.640")
    assert (money_places(98_765), money_places(12_864_000, "en")) == (2, 2)
