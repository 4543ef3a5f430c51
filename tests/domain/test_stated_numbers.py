"""Numbers in words: the share of the work and the investment that a text states."""

from __future__ import annotations

import pytest

from domain.stated_numbers import stated_amount, stated_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("完成总工程量的97%", 0.97),
        ("场地平整,桩基施工,完成总工程量8%", 0.08),
        ("总工程量已完成约62.5％", 0.625),
        ("形象进度达到40%，总体进度40%", 0.4),
        ("形象进度40%，总工程量45%", None),  # which of the two?
        ("主体工程量完成80%", None),  # of a part
        ("完成土建工程量80%", None),
        ("工程总体进度达75%", 0.75),
        ("年底前计划完成总工程量90%", None),
        ("完成年度投资计划的85%", None),  # of money
        ("完成总工程量120%", None),
        ("设备安装", None),
    ],
)
def test_the_share_of_the_work(text: str, share: float | None) -> None:
    """Only a share of the whole work done counts."""
    assert stated_share(text) == share


@pytest.mark.parametrize(
    ("text", "wan", "scope"),
    [
        ("完成投资1.2亿元", 12_000, ""),
        ("累计完成投资12,500万元", 12_500, ""),
        ("开工以来累计完成投资3亿", 30_000, "whole"),
        ("本年完成投资约800万元，设备安装", 800, "year"),
        ("1-8月完成投资2.35亿元", 23_500, "year"),
        ("本月完成投资300.5万元", 300.5, "month"),
        ("完成投资1.2亿元，占年度计划的60%", 12_000, ""),
        ("今年以来完成投资8000万元", 8_000, ""),
        ("今年累计完成固定资产投资4亿元", 40_000, "year"),
    ],
)
def test_the_investment_done(text: str, wan: float, scope: str) -> None:
    """An amount in 万元 and what it is of; 累计 alone may be of the year or of the whole."""
    found = stated_amount(text)
    assert found is not None
    assert (found.wan, found.scope) == (wan, scope)


@pytest.mark.parametrize(
    "text",
    [
        "预计完成投资1.2亿元",
        "设备完成投资3000万元",
        "总投资5亿元",
        "还需完成投资2亿元",
        "本月完成投资300万元，累计完成投资900万元",  # two: neither is asked about
        "贷款完成投资到位1亿元",
        "7月份完成投资600万元",  # of a month that may not be the return's
        "完成总工程量40%",
        "",
    ],
)
def test_what_is_no_investment_done(text: str) -> None:
    """Promises, parts, funds and totals are no investment done."""
    assert stated_amount(text) is None


@pytest.mark.parametrize(
    ("text", "figure", "agrees"),
    [
        ("完成投资1.2亿元", 12_480, True),  # rounded
        ("完成投资1.2亿元", 11_550, True),
        ("完成投资1.2亿元", 13_100, False),
        ("完成投资800万元", 800.6, True),
        ("完成投资800万元", 808, False),
    ],
)
def test_an_amount_agrees_as_finely_as_it_is_written(text: str, figure: float, agrees: bool) -> None:
    """1.2亿元 may stand for any figure within its last digit."""
    found = stated_amount(text)
    assert found is not None
    assert found.agrees(figure) == agrees
