"""Texts as they are compared: copied, only renumbered, or telling of a change of plan."""

from __future__ import annotations

import pytest

from domain.wording import narrow_text, short_name, speaks_of_change, words_without_numbers

# last month, this month, the same words, the same but for numbers
PAIRS = [
    ("主体施工", "主体施工", True, True),
    ("主体施工", "主体施工 ", True, True),
    ("主体施工，桩基 完成", "主体施工,桩基完成", True, True),
    ("完成总工程量40%", "完成总工程量４０％", True, True),
    ("完成总工程量40%", "完成总工程量41.5%", False, True),
    ("3号厂房封顶", "4号厂房封顶", False, True),
    ("三号厂房封顶", "四号厂房封顶", False, False),
    ("主体施工", "主体施工，完成40%", False, False),
    ("", " \n", True, True),
]


@pytest.mark.parametrize(("before", "now", "is_same", "is_renumbered"), PAIRS)
def test_what_counts_as_the_same_words(before: str, now: str, is_same: bool, is_renumbered: bool) -> None:
    """Spaces and forms of signs make no new text; other numbers make one that says little."""
    assert (narrow_text(before) == narrow_text(now)) is is_same
    assert (words_without_numbers(before) == words_without_numbers(now)) is is_renumbered


# text, speaks of a change
CHANGES = [
    ("因图审未完成，竣工时间延期至明年2月", True),
    ("开工时间调整为2025年1月", True),
    ("计划调整", True),
    ("力争提前投产", True),
    ("建设内容变更", True),
    ("征地拆迁未完成,场地交付滞后", False),
    ("供电接入方案未批复", False),
    ("设备调整中", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "is_said"), CHANGES)
def test_what_counts_as_a_word_about_the_date(text: str, is_said: bool) -> None:
    """滞后 is none: what lags is the site or the delivery."""
    assert speaks_of_change(text) is is_said


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中化学绿色甲醇项目", "中化学绿色甲醇"),
        ("工业互联网平台建设项目(B地块)", "工业互联网平台(B地块)"),
        ("工业互联网平台建设项目（B地块）", "工业互联网平台（B地块）"),
        ("污水处理厂工程项目", "污水处理厂"),
        ("项目", "项目"),
        ("建设项目", "建设项目"),
        ("项目管理中心", "项目管理中心"),
        ("200MW/400MWh储能电站项目", "200MW/400MWh储能电站"),
        ("滨海港10万吨级航道", "滨海港10万吨级航道"),
    ],
)
def test_a_name_without_the_ending_that_all_names_have(name: str, expected: str) -> None:
    """Only at the end or before a bracket; a name that is nothing else stays."""
    assert short_name(name) == expected
