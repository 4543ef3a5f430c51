"""One cell in, one value out: numbers, money, rates, words and texts as returns write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fields import FORM_FIELDS, PROJECT_FIELD, PROJECT_FIELDS, SQL_TYPES
from loaders import values
from loaders.values import ValueReading, fits, is_empty, parse_money, parse_number, parse_rate, read_value, text_of

CELLS = st.one_of(
    st.none(), st.booleans(), st.text(max_size=20), st.floats(), st.dates(), st.datetimes(),
    st.from_regex(r"[-+]?[0-9]{1,40}(\.[0-9]{1,9})?(亿元|万|元|%|亩)?", fullmatch=True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None), (5.0, "5"), (0.25, "0.25"), (1e300, "1e+300"), (True, "TRUE"), (False, "FALSE"), ("  x ", "  x "),
        (date(2024, 8, 31), "2024-08-31"), (datetime(2024, 8, 31), "2024-08-31"),
        (datetime(2024, 8, 31, 9, 30), "2024-08-31 09:30:00"),
    ],
)  # fmt: skip
def test_a_cell_as_a_person_sees_it(cell: object, text: str | None) -> None:
    """Whole numbers without a point, dates as ISO text."""
    assert text_of(cell) == text


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "-", "——", "/", "－"])
def test_empty_cells(cell: object) -> None:
    """Blanks and the dashes that stand for them are empty; zero is not."""
    assert is_empty(cell)
    assert not is_empty(0.0)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (5.0, "5"), (0.1, "0.1"), ("1,234,567.5", "1234567.5"), ("１２３", "123"), (" -5 ", "-5"), ("+5", "5"),
        ("5万", None), ("1,23", None), ("约5", None), (True, None), (None, None), (float("nan"), None),
        (float("inf"), None), (date(2024, 8, 31), None), (Decimal("2.5"), "2.5"),
    ],
)  # fmt: skip
def test_plain_numbers(cell: object, number: str | None) -> None:
    """A number, also as text with thousands commas; anything else is none."""
    assert parse_number(cell) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("cell", "unit", "money"),
    [
        (5.0, "亿元", "50000"), (5.0, "万元", "5"), (50_000.0, "元", "5"), ("5亿元", "万元", "50000"),
        ("5亿", None, "50000"), ("1,200万", "亿元", "1200"), ("300元", "亿元", "0.03"), (1.23456, "亿元", "12345.6"),
        (5.0, None, None), (5.0, "亩", None), ("约5亿元", "万元", None), (1e20, "亿元", None), ("9" * 40, "万元", None),
    ],
)  # fmt: skip
def test_money_is_in_ten_thousand_yuan(cell: object, unit: str | None, money: str | None) -> None:
    """A unit in the cell goes before the column's; without a unit, or beyond all measure, there is no amount."""
    assert parse_money(cell, unit) == (Decimal(money) if money else None)


@pytest.mark.parametrize(
    ("cell", "unit", "rate"),
    [
        (0.61, None, "0.61"), (61.0, None, "0.61"), (61.0, "%", "0.61"), ("61%", None, "0.61"), ("61％", None, "0.61"),
        (1.2, None, "1.2"), (1.2, "%", "0.012"), (1.0, "%", "1"), ("过半", None, None), ("abc%", None, None),
        (1e9, None, None), ("999999999%", None, None), (-5.0, None, "-0.05"),
    ],
)  # fmt: skip
def test_rates_lie_between_zero_and_one(cell: object, unit: str | None, rate: str | None) -> None:
    """A percentage however written; a bare number well above one is a percentage."""
    assert parse_rate(cell, unit) == (Decimal(rate) if rate else None)


def test_an_empty_cell_gives_all_columns_of_its_field_and_no_problem() -> None:
    """Missing is not zero: the value is None, and so are text and precision of a date."""
    assert read_value(PROJECT_FIELD["annual_plan_wan"], "—", "万元", 2024) == ValueReading({"annual_plan_wan": None})
    expected = {"start_date": None, "start_date_text": None, "start_date_precision": None}
    assert read_value(PROJECT_FIELD["start_date"], None, None, 2024) == ValueReading(expected)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("total_investment_wan", 5.0, Decimal(50_000)),
        ("progress_rate", "82%", Decimal("0.82")),
        ("land_mu", "120.5亩", Decimal("120.5")),
        ("land_mu", 80.0, Decimal(80)),
        ("stage", "已开工", "started"),
        ("project_code", 2401.0, "2401"),
        ("note", " 第一行\u3000 第二行\n", "第一行 第二行"),
    ],
)
def test_values_by_kind(name: str, cell: object, value: object) -> None:
    """Each kind of field reads its own kind of value."""
    assert read_value(PROJECT_FIELD[name], cell, "亿元", 2024) == ValueReading({name: value})


def test_number_fields_of_forms() -> None:
    """Targets are plain numbers."""
    assert read_value(FORM_FIELDS["zone_target"], "1,200", None, 2024).values == {"zone_target": Decimal(1200)}


@pytest.mark.parametrize(
    ("name", "cell", "problem", "detail"),
    [
        ("total_investment_wan", "约5亿", "not_a_number", "总投资"),
        ("land_mu", "待定", "not_a_number", "用地面积（亩）"),
        ("land_mu", 1e15, "not_a_number", "用地面积（亩）"),
        ("progress_rate", "过半", "not_a_number", "形象进度（%）"),
        ("stage", "热火朝天", "word_unknown", "项目阶段"),
        ("start_date", "待定", "date_unreadable", "实际开工时间"),
    ],
)
def test_values_that_cannot_be_read(name: str, cell: object, problem: str, detail: str) -> None:
    """The value is None and the problem names the heading."""
    reading = read_value(PROJECT_FIELD[name], cell, "亿元", 2024)
    assert (reading.values[name], reading.problem, reading.details["heading"]) == (None, problem, detail)


@pytest.mark.parametrize(("cell", "problem"), [(5.0, None), ("1,200", None), ("多", "not_a_number")])
def test_an_amount_without_a_unit_is_a_number_all_the_same(cell: object, problem: str | None) -> None:
    """That the column has no unit is told once, not as a wrong number in every row."""
    reading = read_value(PROJECT_FIELD["total_investment_wan"], cell, None, 2024)
    assert (reading.values["total_investment_wan"], reading.problem) == (None, problem)


def test_a_date_keeps_its_text_and_precision() -> None:
    """计划竣工 2024年三季度 is the last day of September with the precision of a quarter; 实际 its first day of July."""
    planned = read_value(PROJECT_FIELD["planned_completion_date"], "2024年三季度", None, 2024)
    assert list(planned.values.values()) == [date(2024, 9, 30), "2024年三季度", "quarter"]
    actual = read_value(PROJECT_FIELD["completion_date"], "三季度", None, 2024)
    assert list(actual.values.values()) == [date(2024, 7, 1), "三季度", "quarter"]
    unreadable = read_value(PROJECT_FIELD["completion_date"], "待定", None, 2024)
    assert list(unreadable.values.values()) == [None, "待定", None]


def test_an_unknown_word_tells_what_may_be_written() -> None:
    """The finding's details list one word for each code."""
    details = read_value(PROJECT_FIELD["category"], "其它", None, 2024).details
    assert details["words"] == "传统产业、新兴产业"


@pytest.mark.parametrize(
    ("name", "cells", "is_fitting"),
    [
        ("start_date", ["2024年8月", "8月", date(2024, 8, 1), None], True),
        ("start_date", ["待定", "2024年8月"], False),
        ("progress_rate", [0.5, "80%", 95.0], True),
        ("progress_rate", ["主体封顶", 0.5], False),
        ("progress_rate", [5000.0], False),
        ("progress_text", ["主体封顶", "桩基施工"], True),
        ("progress_text", ["80%", 0.5], False),
        ("stage", ["在建", "开工"], True),
        ("stage", [5.0], False),
        ("total_investment_wan", [5.0, "5亿元", "1,000"], True),
        ("total_investment_wan", ["多"], False),
        ("total_investment_wan", [5.0, 5.0, 5.0, 5.0, "待定"], True),
        ("land_mu", ["5亩"], True),
        ("note", [None, "—"], True),
    ],
)
def test_whether_a_column_can_hold_a_field(name: str, cells: list[object], is_fitting: bool) -> None:
    """Four of five filled cells must be readable as the field's kind."""
    assert fits(PROJECT_FIELD[name], cells) is is_fitting


@pytest.mark.parametrize("kind", values.TOO_LARGE)
def test_bounds_are_those_of_the_columns(kind: str) -> None:
    """What is read fits its DECIMAL column: digits before the point as declared."""
    digits, places = map(int, SQL_TYPES[kind].removeprefix("DECIMAL(").removesuffix(")").split(","))
    assert values.TOO_LARGE[kind] == 10 ** (digits - places)


@given(st.sampled_from(PROJECT_FIELDS), CELLS, st.sampled_from(["亿元", "万元", "元", "%", None]))
def test_any_cell_is_read_as_any_field(field: object, cell: object, unit: str | None) -> None:
    """Whatever a cell holds: all columns of the field come out, and a number fits its column."""
    reading = read_value(field, cell, unit, 2024)
    assert list(reading.values) == [name for name, _ in field.columns]
    number = reading.values[field.name]
    if isinstance(number, Decimal):
        assert abs(number) < values.TOO_LARGE[field.kind]
    fits(field, [cell])
