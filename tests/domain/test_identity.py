"""Who is who: which spellings are one project, and which names may never be taken for one another."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.identity import (
    NameIndex,
    comparison_text,
    display_name,
    guard_marks,
    normalise_name,
    project_id_of,
)

SAME = [
    ("滨海港 LNG 项目", "滨海港LNG项目"),
    ("海上风电（二期）项目", "海上风电(二期)项目"),
    ("海上风电二期", "海上风电2期"),
    ("海上风电Ⅱ期", "海上风电二期"),
    ("海上风电II期", "海上风电第二期"),
    ("海上风电第2期", "海上风电2期"),
    ("★滨海风电", "滨海风电"),
    ("滨海风电★", "滨海风电"),
    ("▲ 滨海风电", "滨海风电"),
    ("“光伏”产业园", "光伏产业园"),
    ("ＬＮＧ接收站", "lng接收站"),
    ("年产1,000吨铜箔", "年产1000吨铜箔"),
    ("年产1.5万吨铜箔", "年产1．5万吨铜箔"),
    ("码头1-2号泊位", "码头1—2号泊位"),
]
DIFFERENT = [
    ("海上风电一期", "海上风电二期"),
    ("年产1.5万吨铜箔", "年产15万吨铜箔"),
    ("码头1-2号泊位", "码头12号泊位"),
    ("1、2号机组", "12号机组"),
    ("响水LNG", "响水LPG"),
    ("风电Ⅰ标", "风电Ⅱ标"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_project(one: str, other: str) -> None:
    """Width, brackets, spaces, marks and phase numerals do not make another project."""
    assert normalise_name(one) == normalise_name(other)
    assert project_id_of("binhai", one) == project_id_of("binhai", other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_of_different_projects(one: str, other: str) -> None:
    """A number, a phase or a Latin word that differs makes another project, which is not even suggested."""
    assert normalise_name(one) != normalise_name(other)
    assert NameIndex([one]).nearest(other) is None


def test_the_same_name_in_two_districts_is_two_projects() -> None:
    """An id belongs to a district; it is short and the same on every rebuild."""
    assert re.fullmatch("p[0-9a-f]{12}", project_id_of("binhai", "风电"))
    assert project_id_of("binhai", "风电") != project_id_of("xiangshui", "风电")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  ★ 滨海港（ＬＮＧ） 接收站 ", "滨海港(LNG)接收站"),
        ("GE Wind 风机", "GE Wind风机"),
        ("*△重点项目", "重点项目"),
        ("★", ""),
    ],
)
def test_a_name_as_the_registry_shows_it(typed: str, shown: str) -> None:
    """Stray spaces and stars go, a space between Latin words stays."""
    assert display_name(typed) == shown


def test_filler_words_do_not_tell_projects_apart() -> None:
    """Likeness is measured without 项目, 工程, 建设, unless nothing else is left."""
    assert comparison_text("滨海风电建设项目") == "滨海风电"
    assert comparison_text("建设项目") == "建设项目"


def test_marks_are_numbers_and_latin_words() -> None:
    """Sorted, so that their order in the name does not count."""
    assert guard_marks("LNG接收站二期10.5万吨") == ("10.5", "2", "lng")


class TestNameIndex:
    def test_a_near_name_is_found(self) -> None:
        """One character of difference in a long name is another spelling."""
        index = NameIndex(["滨海港工业园区海上风电装备制造基地项目", "响水生态化工园污水处理厂项目"])
        near = index.nearest("滨海港工业园海上风电装备制造基地项目")
        assert near is not None
        assert near.name == "滨海港工业园区海上风电装备制造基地项目"
        assert 85 <= near.score < 100

    def test_a_far_name_is_none(self) -> None:
        """Nothing is suggested for a name that is like none."""
        assert NameIndex(["海上风电装备制造基地项目"]).nearest("污水处理厂提标改造") is None

    def test_two_near_names_are_none(self) -> None:
        """When two known names are about equally near nobody is suggested."""
        index = NameIndex(["滨海港区东侧海上风电场项目", "滨海港区西侧海上风电场项目"])
        assert index.nearest("滨海港区北侧海上风电场项目") is None

    def test_the_nearer_of_two_is_found(self) -> None:
        """A second candidate that is clearly worse does not hinder."""
        index = NameIndex(["黄海新区绿色铜箔智能制造项目", "黄海新区蓝色铜管智慧制造项目"])
        near = index.nearest("黄海新区绿色铜箔智能制造厂项目")
        assert near is not None
        assert near.name == "黄海新区绿色铜箔智能制造项目"

    def test_without_names_nothing_is_near(self) -> None:
        """An empty record suggests nothing."""
        assert NameIndex([]).nearest("风电") is None


NAMES = st.text(alphabet="滨海风电一二三期标号第()★* ,.、-1205iIvVⅡⅣ", max_size=12)


@given(NAMES | st.text(max_size=20))
@example("(★风电")
@example("第(1)期")
@example("第第1期")
@example("第0第0号")
@example("一(期")
def test_normalising_twice_changes_nothing(name: str) -> None:
    """The key of a key is the key: identity does not depend on how often a name passed through."""
    assert normalise_name(normalise_name(name)) == normalise_name(name)
