"""What a cell of a ledger says of a step: a table that a civil servant could check."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.permit_cells import Said, join_said, read_said, settled
from loaders.vocabulary import codes_of

# (text, state, applied, due, granted, number); dates as month-day of 2024 where no year stands.
CASES = [
    ("√", "granted", "", "", "", ""),
    ("是", "granted", "", "", "", ""),
    ("已办结", "granted", "", "", "", ""),
    ("已取得环评批复", "granted", "", "", "", ""),
    ("施工许可证已办理", "granted", "", "", "", ""),
    ("2024-05-10", "granted", "", "", "2024-05-10", ""),
    ("20240510", "granted", "", "", "2024-05-10", ""),
    ("45366", "granted", "", "", "2024-03-15", ""),
    ("2024.5.10", "granted", "", "", "2024-05-10", ""),
    ("24.6", "granted", "", "", "2024-06-01", ""),
    ("5月", "granted", "", "", "2024-05-01", ""),
    ("2024年5月已批", "granted", "", "", "2024-05-01", ""),
    ("已于2024年5月取得", "granted", "", "", "2024-05-01", ""),
    ("已批（2024.5.10）", "granted", "", "", "2024-05-10", ""),
    ("5月10日取得批复", "granted", "", "", "2024-05-10", ""),
    ("盐环审〔2024〕12号", "granted", "", "", "", "盐环审〔2024〕12号"),
    ("已批 盐环审[2024]12号", "granted", "", "", "", "盐环审[2024]12号"),
    ("已批盐环审〔2024〕12号", "granted", "", "", "", "盐环审〔2024〕12号"),
    ("建字第320922202400015号", "granted", "", "", "", "建字第320922202400015号"),
    ("苏(2024)滨海县不动产权第0001234号", "granted", "", "", "", "苏(2024)滨海县不动产权第0001234号"),
    ("320922202406280101", "granted", "", "", "", "320922202406280101"),
    ("已办结（2024年3月12日，滨住建许〔2024〕7号）", "granted", "", "", "2024-03-12", "滨住建许〔2024〕7号"),
    ("2023年12月批复，文号：盐发改投〔2023〕88号", "granted", "", "", "2023-12-01", "盐发改投〔2023〕88号"),
    ("2024年3月申报，5月10日批复", "granted", "2024-03-01", "", "2024-05-10", ""),
    ("2023年11月申报，12月批复", "granted", "2023-11-01", "", "2023-12-01", ""),
    ("已申报", "applied", "", "", "", ""),
    ("正在办理", "applied", "", "", "", ""),
    ("公示中", "applied", "", "", "", ""),
    ("已上报省自然资源厅", "applied", "", "", "", ""),
    ("2024年4月已上报市局", "applied", "2024-04-01", "", "", ""),
    ("已申报，预计6月底批复", "applied", "", "2024-06-30", "", ""),
    ("正在办理，预计9月底完成", "applied", "", "2024-09-30", "", ""),
    ("未办", "not_applied", "", "", "", ""),
    ("×", "not_applied", "", "", "", ""),
    ("未办，计划6月底办结", "not_applied", "", "2024-06-30", "", ""),
    ("计划6月底", "not_applied", "", "2024-06-30", "", ""),
    ("预计2024年8月", "not_applied", "", "2024-08-31", "", ""),
    ("力争9月底前", "not_applied", "", "2024-09-30", "", ""),
    ("6月底前取得施工许可证", "not_applied", "", "2024-06-30", "", ""),
    ("2024年6月30日前完成批复", "not_applied", "", "2024-06-30", "", ""),
    ("计划2025年一季度取得", "not_applied", "", "2025-03-31", "", ""),
    ("计划7月上报", "not_applied", "", "", "", ""),
    ("无需", "not_needed", "", "", "", ""),
    ("不涉及", "not_needed", "", "", "", ""),
    ("—", "not_needed", "", "", "", ""),
    ("／", "not_needed", "", "", "", ""),
    ("", None, "", "", "", ""),
    ("文号：", None, "", "", "", ""),
]  # fmt: skip
ASKED = [
    "待定", "正在编制报告", "一期已办，二期未办", "已办 未批", "2024年5月-8月", "2024.13.45", "见备注", "6月未办", "6月不涉及", "√√",
    "计划6月底开工", "已批复2024年5月，2024年6月批复", "12",
]  # fmt: skip


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "state", "applied", "due", "granted", "number"), CASES)
def test_what_a_cell_says(text: str, state: str | None, applied: str, due: str, granted: str, number: str) -> None:
    """State, dates and number of a step, from the cell of the step itself in a ledger of 2024."""
    said = read_said(text, 2024)
    assert said is not None
    assert settled(said) == Said(state, day(applied), day(due), day(granted), number)


@pytest.mark.parametrize("text", ASKED)
def test_what_is_not_understood_whole_is_asked(text: str) -> None:
    """No half of a sentence is taken."""
    assert read_said(text, 2024) is None


@pytest.mark.parametrize(
    ("aspect", "text", "said"),
    [
        ("applied", "2024年5月", Said(applied=date(2024, 5, 1))),
        ("applied", "√", Said("applied")),
        ("applied", "未申报", Said("not_applied")),
        ("applied", "—", Said()),
        ("due", "2024年5月", Said(due=date(2024, 5, 31))),
        ("due", "5月底前", Said(due=date(2024, 5, 31))),
        ("due", "待定", Said()),
        ("due", "/", Said()),
        ("granted", "2024年5月", Said(granted=date(2024, 5, 1))),
        ("granted", "办理中", Said("applied")),
        ("granted", "预计6月底", Said(due=date(2024, 6, 30))),
        ("granted", "—", Said()),
        ("number", "JS-2024-7", Said("granted", number="JS-2024-7")),
        ("number", "办理中", Said("applied")),
        ("number", "—", Said()),
        ("number", "见附件", None),
        ("due", "尽快", None),
    ],
)
def test_the_column_says_what_a_date_means(aspect: str, text: str, said: Said | None) -> None:
    """A date is of what its column is; a dash says 无需 only in the step's own column; words say what they say anywhere."""
    assert read_said(text, 2024, aspect) == said


def test_without_a_year_a_bare_month_is_asked() -> None:
    """The return's month is unknown: no year is made up."""
    assert read_said("5月", None) is None
    assert read_said("2024年5月", None) == Said(granted=date(2024, 5, 1))


def test_a_word_that_a_person_explained() -> None:
    """What the office said of a word holds inside a sentence too."""
    taught = {"绿灯": "granted"}.get
    assert read_said("绿灯", 2024) is None
    assert read_said("绿灯", 2024, known_word=taught) == Said("granted")
    assert read_said("5月绿灯", 2024, known_word=taught) == Said("granted", granted=date(2024, 5, 1))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Said("granted"), Said("applied"), Said("granted")),
        (Said("applied"), Said(due=date(2024, 5, 31)), Said("applied", due=date(2024, 5, 31))),
        (Said(), Said("not_needed"), Said("not_needed")),
        (Said("granted"), Said("not_applied"), None),
        (Said(granted=date(2024, 5, 1)), Said(granted=date(2024, 6, 1)), None),
        (Said(number="1号"), Said(number="2号"), None),
    ],
)
def test_two_cells_of_one_step(one: Said, other: Said, both: Said | None) -> None:
    """They add up in either order; what disagrees is nothing."""
    assert join_said(one, other) == join_said(other, one) == both


@given(st.text(max_size=30), st.sampled_from(["", "applied", "due", "granted", "number"]))
def test_any_text_is_read_or_asked(text: str, aspect: str) -> None:
    """Whatever a cell holds, reading it raises nothing and gives a state of the list."""
    said = read_said(text, 2024, aspect)
    assert said is None or settled(said).state in {None, *codes_of("permit_state")}
