"""How names are said: every reading of a character, and the one usual in its place."""

from __future__ import annotations

import pytest

from domain.sounds import is_chinese, readings_of, typed_as, usual_readings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("重庆", "chong qing"),
        ("重点项目", "zhong dian xiang mu"),
        ("江苏银行", "jiang su yin hang"),
        ("人行道", "ren xing dao"),
        ("长安", "chang an"),
        ("厦门", "xia men"),
        ("新能源LNG", "xin neng yuan"),
        ("吕四港", "lv si gang"),
        ("响水县", "xiang shui xian"),
        ("", ""),
    ],
)
def test_the_reading_usual_in_its_place(text: str, said: str) -> None:
    """By the phrase around a character; nothing for letters."""
    assert [each for each in usual_readings(text) if each] == said.split()
    assert len(usual_readings(text)) == len(text)


def test_every_reading_is_known() -> None:
    """All of a character's, the commonest first, without tones; none of a letter, a figure or a mark."""
    assert set(readings_of("行")) >= {"xing", "hang"}
    assert readings_of("重")[0] == "zhong"
    assert [readings_of(sign) for sign in "a1，（"] == [()] * 4
    assert is_chinese("〇") and is_chinese("滨") and not is_chinese("a")


def test_how_a_reading_is_typed() -> None:
    """Whole, by its first letter, and by the two that are one sound."""
    assert typed_as("zhong") == {"zhong", "z", "zh"}
    assert typed_as("xiang") == {"xiang", "x"}
