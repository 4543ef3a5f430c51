"""The words of returns: headings made comparable, units read, words and near headings found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fields import PROJECT_FIELD, WORD, find_field
from domain.stages import STAGES
from loaders.vocabulary import (
    MONEY_UNITS,
    examples_of,
    fields_of,
    find_word,
    heading_fields,
    nearest_heading,
    read_heading,
    read_word,
    words_of,
)

WORD_FIELDS = [*(name for name, field in PROJECT_FIELD.items() if field.kind == WORD), "indicator", "permit_state"]


@pytest.mark.parametrize(
    ("typed", "key", "unit"),
    [
        ("总投资", "总投资", None),
        ("总投资（亿元）", "总投资", "亿元"),
        ("总 投 资\n(万元)", "总投资", "万元"),
        ("计划总投资/万元", "计划总投资", "万元"),
        ("总投资，单位：亿元", "总投资", "亿元"),
        ("总投资【元】", "总投资", "元"),
        ("亿元以上项目总投资（万元）", "亿元以上项目总投资", "万元"),
        ("10亿元及以上项目", "10亿元及以上项目", None),
        ("2024年1-8月累计完成投资（亿元）", "Y年1-M月累计完成投资", "亿元"),
        ("1月至8月完成投资", "1-M月完成投资", None),
        ("8月份完成投资", "M月完成投资", None),
        ("2024年度计划投资", "Y年度计划投资", None),
        ("其中：设备投资", "设备投资", None),
        ("*项目名称", "项目名称", None),
        ("用地面积（亩）", "用地面积", "亩"),
        ("形象进度％", "形象进度%", "%"),
        ("总投资(含设备", "总投资", None),
        ("Ｎｏ．", "No.", None),
    ],
)
def test_heading_as_typed(typed: str, key: str, unit: str | None) -> None:
    """Spaces, brackets, years and months go; the unit is kept apart, and 亿元以上 is none."""
    heading = read_heading(typed)
    assert (heading.key, heading.unit) == (key, unit)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("项目名称", ("project_name",)),
        ("1-10月完成投资（万元）", ("investment_ytd_wan",)),
        ("10月完成投资", ("investment_month_wan",)),
        ("开工时间", ("planned_start_date", "start_date", "node_start")),
        ("天气", ()),
    ],
)
def test_fields_of_a_heading(typed: str, names: tuple[str, ...]) -> None:
    """A heading means one field, several or none."""
    assert fields_of(typed) == names


def test_every_heading_names_a_declared_field() -> None:
    """The vocabulary's files hold no field that the code does not know, and no heading that is lost when read."""
    assert all(find_field(name) for names in heading_fields().values() for name in names)
    assert "" not in heading_fields()


@pytest.mark.parametrize("field", WORD_FIELDS)
def test_every_word_is_read_as_its_own_code(field: str) -> None:
    """Each word of the file is known, and the examples for the sender are words themselves."""
    assert words_of(field)
    assert all(read_word(field, word) == code for word, code in words_of(field).items())
    examples = examples_of(field).split("、")
    assert sorted(words_of(field)[example] for example in examples) == sorted(set(words_of(field).values()))


@pytest.mark.parametrize("typed", ["县（市、区）", " 县(市、区) ", "县市、区："])
def test_brackets_and_spaces_do_not_change_a_word(typed: str) -> None:
    """A word is known in any width, with or without brackets."""
    assert read_word("escalation_level", typed) == "county"


def test_stage_words_cover_all_stages() -> None:
    """A sender can write every stage that we know, and no other."""
    assert set(words_of("stage").values()) == set(STAGES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("二、续建项目（12个）", "building"),
        ("签约未开工项目", "signed"),
        ("新竣工投产项目", "in_production"),
        ("在建（主体施工）", "building"),
        ("签约、开工、竣工项目推进情况表", None),
        ("重大项目推进情况表", None),
        ("", None),
    ],
)
def test_stage_inside_a_title(text: str, code: str | None) -> None:
    """The longest words count; a title that names several stages says none."""
    assert find_word("stage", text) == code


def test_single_characters_do_not_count_inside_a_title() -> None:
    """县 is a level when it stands alone, not in every title of a county."""
    assert read_word("escalation_level", "县") == "county"
    assert find_word("escalation_level", "滨海县项目") is None


@pytest.mark.parametrize(
    ("typed", "field"), [("项目总投资金额数", "total_investment_wan"), ("存在问题及主要困难", "issue_text")]
)
def test_near_heading_is_suggested(typed: str, field: str) -> None:
    """A wording close to a known one is suggested with its likeness."""
    name, score = nearest_heading(typed)
    assert name == field
    assert 80 <= score < 100


@pytest.mark.parametrize("typed", ["天气", "年", "今日天气情况如何", "所在乡镇"])
def test_far_or_short_heading_is_not(typed: str) -> None:
    """Nothing is suggested for short or strange headings."""
    assert nearest_heading(typed) is None


def test_near_heading_of_two_meanings_is_not_suggested() -> None:
    """Near to a heading that itself may mean two fields is near to neither."""
    assert fields_of("累计完成投资") == ("investment_ytd_wan", "investment_cum_wan")
    assert nearest_heading("累计完成的投资") is None


@given(st.text(max_size=30))
def test_headings_and_words_of_any_text(text: str) -> None:
    """Whatever a cell holds, reading it as a heading or a word raises nothing; a unit is one of a few."""
    unit = read_heading(text).unit
    assert unit in {*MONEY_UNITS, "亩", "公顷", "平方米", "m2", "%", None} or unit.endswith(("元", "币"))
    assert read_word("stage", text) in {*STAGES, None}
    assert isinstance(fields_of(text), tuple)
