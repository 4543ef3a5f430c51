"""Long lists: headings and widths of every column, dates as precise as reported, workbooks that can be reckoned with."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from domain.evidence import VERIFICATIONS
from domain.fields import DATE, MONEY, PROJECT_FIELDS
from domain.indicators import MILESTONES
from domain.stages import STAGES
from ui.conversion import LIST_COLUMNS as WAIT_COLUMNS
from ui.delays import DELAY_LIST_COLUMNS, LIST_WIDTHS
from ui.locale import LANGUAGES, Language, text_in
from ui.overview import LEVELS
from ui.project_list import LIST_COLUMNS
from ui.tables import (
    BOTH,
    KIND_WIDTHS,
    WIDTHS,
    column_label,
    display_frame,
    grade_text,
    short_label,
    table_config,
    workbook_frame,
)
from ui.theme import GRADES

LISTS = {"projects": LIST_COLUMNS, "delayed": DELAY_LIST_COLUMNS}
# Pixels of a heading's characters at the size of a grid's head (14 px), and what stands around them.
WIDE, NARROW, AROUND = 14, 7, 16
# Pixels that a page leaves for its list on a screen of 1920, less those of the boxes before the rows.
ROOM = {"projects": 1582 - 33, "delayed": 913 - 33}
OWN_WIDTHS = {"delayed": LIST_WIDTHS}


def text_pixels(text: str) -> int:
    return sum(WIDE if unicodedata.east_asian_width(character) in "WF" else NARROW for character in text)


def stored(**values: Any) -> pd.DataFrame:
    """One project with every field; a date has its text and precision beside it."""
    row: dict[str, Any] = {"body": "binhai"}
    for field in PROJECT_FIELDS:
        row |= {name: values.get(name) for name, _ in field.columns}
    return pd.DataFrame([{**row, **values}]).astype(object)


@pytest.mark.parametrize("to", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_every_column_of_a_list_has_a_heading_that_fits(name: str, to: Language) -> None:
    """No heading is cut, none stands twice, and none is a code."""
    config = table_config(LISTS[name], to, OWN_WIDTHS.get(name, {}).get(to))
    labels = {column: config[column]["label"] for column in LISTS[name]}
    assert len(set(labels.values())) == len(labels)
    assert not [label for label in labels.values() if "_" in label or "{" in label]
    cut = {
        label: config[column]["width"]
        for column, label in labels.items()
        if text_pixels(label) + AROUND > config[column]["width"]
    }
    assert cut == {}


@pytest.mark.parametrize("to", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_speaks_one_language(name: str, to: Language) -> None:
    """Chinese headings have no Latin word, English ones no Chinese character."""
    for column in LISTS[name]:
        label = short_label(column, to)
        is_chinese = any("\u4e00" <= character <= "\u9fff" for character in label)
        assert is_chinese == (to == "zh"), label


@pytest.mark.parametrize(
    "column",
    [field.name for field in PROJECT_FIELDS] + ["grade", "body", "period", "standing"],
)
@pytest.mark.parametrize("to", LANGUAGES)
def test_every_stored_column_can_be_shown(column: str, to: Language) -> None:
    """A heading and a width for each."""
    config = table_config([column], to)[column]
    assert config["label"] and config["width"] > 0
    assert column_label(column, to)


def test_money_says_its_unit_in_the_head() -> None:
    """Money is in 亿元 on a screen; the head says so."""
    for field in PROJECT_FIELDS:
        if field.kind == MONEY:
            assert "亿元" in column_label(field.name, "zh")
            assert "100m yuan" in column_label(field.name, "en")
    assert [short_label(column, "zh") for column in LIST_COLUMNS if column.endswith("_wan")] == [
        "总投资 亿元",
        "本年 亿元",
    ]


def test_an_unknown_column_has_no_heading() -> None:
    """It is a mistake of ours, not a text to show."""
    with pytest.raises(KeyError):
        column_label("nonsense", "zh")


def test_widths_are_of_columns_that_exist() -> None:
    """A width left behind by a renamed column is found."""
    known = {field.name for field in PROJECT_FIELDS} | {*LIST_COLUMNS, *DELAY_LIST_COLUMNS, *WAIT_COLUMNS}
    assert set(WIDTHS) <= known
    assert all(set(widths) == set(DELAY_LIST_COLUMNS) for widths in LIST_WIDTHS.values())
    assert all(width > 0 for width in KIND_WIDTHS.values())


@pytest.mark.parametrize(
    ("precision", "typed", "zh", "en"),
    [
        ("day", "2024.8.15", "2024-08-15", "2024-08-15"),
        (None, "2024.8.15", "2024-08-15", "2024-08-15"),
        ("month", "2024年8月", "2024年8月", "Aug 2024"),
        ("quarter", "三季度", "2024年三季度", "Q3 2024"),
        ("half_year", "下半年", "2024年下半年", "H2 2024"),
        ("year", "2024", "2024年", "2024"),
    ],
)
def test_dates_of_a_list_are_as_precise_as_reported(precision: str | None, typed: str, zh: str, en: str) -> None:
    """From the precision beside the date, in both languages."""
    frame = stored(start_date=date(2024, 8, 15), start_date_precision=precision, start_date_text=typed)
    assert list(display_frame(frame, ["start_date"], "zh")["start_date"]) == [zh]
    assert list(display_frame(frame, ["start_date"], "en")["start_date"]) == [en]


def test_a_date_that_could_not_be_read_is_shown_as_typed() -> None:
    """待定 says more than a dash; nothing typed is a dash."""
    shown = display_frame(stored(start_date_text="待定"), ["start_date", "completion_date"], "zh")
    assert shown.iloc[0].to_list() == ["待定", "—"]
    assert display_frame(pd.DataFrame({"start_date": [pd.NaT]}), ["start_date"], "zh").iloc[0, 0] == "—"


def test_codes_are_words_and_money_is_in_yi() -> None:
    """Codes never reach the screen; amounts stay numbers, so that a list sorts by size."""
    frame = stored(
        stage="started",
        category="emerging",
        escalation_level="city",
        total_investment_wan=Decimal("12345.0000"),
        grade="behind",
        period="2024-08",
    )
    columns = ["body", "stage", "category", "escalation_level", "total_investment_wan", "grade", "period"]
    shown = display_frame(frame, columns, "zh").iloc[0]
    assert shown.to_list() == ["滨海片区", "开工", "新兴产业", "市", 1.2345, ["▲ 滞后"], "2024年8月"]
    english = display_frame(frame, columns, "en").iloc[0]
    assert english.to_list() == ["Binhai", english["stage"], "Emerging", "City", 1.2345, ["▲ Behind"], "Aug 2024"]
    assert english["stage"].isascii()


def test_what_is_verified_says_of_which_milestone() -> None:
    """Of start, completion or both; a dash where the year has neither; as the last column of the workbook."""
    frame = pd.concat([stored()] * 3).assign(
        verification=["verified", "contradicted", None], verified_milestone=["start", "both", ""]
    )
    assert list(display_frame(frame, ["verification"], "zh")["verification"]) == ["开工已核", "开竣工不符", None]
    assert list(display_frame(frame, ["verification"], "en")["verification"]) == ["verified", "conflict", None]
    assert list(workbook_frame(frame, "zh").iloc[:, -1]) == ["开工已核", "开竣工不符", None]


def test_what_is_missing_stays_missing() -> None:
    """No grade is an empty cell, no amount is no zero, an unknown code is shown as it stands."""
    shown = display_frame(
        stored(grade=None, category="mining"), ["grade", "total_investment_wan", "stage", "category"], "zh"
    ).iloc[0]
    assert shown["grade"] == [] and pd.isna(shown["total_investment_wan"]) and pd.isna(shown["stage"])
    assert shown["category"] == "mining"


def test_a_frame_that_is_shown_is_not_changed() -> None:
    """Frames are shared by all sessions."""
    frame = stored(stage="started", total_investment_wan=Decimal(1))
    before = frame.copy(deep=True)
    display_frame(frame, [*LIST_COLUMNS[:-2]], "en")
    workbook_frame(frame, "zh")
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("to", LANGUAGES)
def test_a_workbook_keeps_numbers_and_dates(to: Language) -> None:
    """Money as stored in 万元 and dates as dates, so that they can be added and sorted; every field once."""
    values: dict[str, Any] = {field.name: date(2024, 8, 15) for field in PROJECT_FIELDS if field.kind == DATE}
    values |= {field.name: Decimal("12345.6700") for field in PROJECT_FIELDS if field.kind == MONEY}
    values |= {"progress_rate": Decimal("0.625"), "land_mu": Decimal("120.50"), "stage": "started"}
    shown = workbook_frame(stored(**values), to)
    assert len(shown.columns) == len(PROJECT_FIELDS) + 1 == len(set(shown.columns))
    row = dict(zip(["body", *(field.name for field in PROJECT_FIELDS)], shown.iloc[0], strict=True))
    assert {row[field.name] for field in PROJECT_FIELDS if field.kind == DATE} == {date(2024, 8, 15)}
    assert {row[field.name] for field in PROJECT_FIELDS if field.kind == MONEY} == {Decimal("12345.6700")}
    assert (row["progress_rate"], row["land_mu"]) == (0.625, 120.5)
    unit = "万元" if to == "zh" else "10,000 yuan"
    assert sum(unit in column for column in shown.columns) == sum(field.kind == MONEY for field in PROJECT_FIELDS)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("behind", "▲ 滞后"), ("slightly", "◆ 略欠"), ("on_track", "● 达序时"), ("unknown", "○ 未报"), ("", "○ 未报")],
)
def test_a_grade_of_a_list_is_shape_and_word(code: str, expected: str) -> None:
    """Colour comes on top."""
    assert grade_text(code, "zh") == expected


@pytest.mark.parametrize("to", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_without_scrolling_sideways(name: str, to: Language) -> None:
    """All columns are on the screen at 1920."""
    config = table_config(LISTS[name], to, OWN_WIDTHS.get(name, {}).get(to))
    assert sum(config[column]["width"] for column in LISTS[name]) <= ROOM[name]


@pytest.mark.parametrize("to", LANGUAGES)
def test_words_of_a_list_are_not_cut(to: Language) -> None:
    """Every word that a narrow column may hold fits it, with the shape that stands before a grade."""
    words = {
        "grade": [grade_text(code, to) + "　" for code in GRADES],
        "category": [text_in(to, f"category.{code}") for code in ("traditional", "emerging")],
        "stage": list(display_frame(pd.DataFrame({"stage": list(STAGES)}), ["stage"], to)["stage"]),
        "body": list(display_frame(pd.DataFrame({"body": ["binhai", "xiangshui"]}), ["body"], to)["body"]),
        "escalation_level": [text_in(to, f"level.{code}") for code in LEVELS],
        "verification": [
            text_in(to, f"verification.{which}_{code}") for which in (*MILESTONES, BOTH) for code in VERIFICATIONS
        ],
    }
    config = table_config(words, to)
    cut = [
        word
        for column, names in words.items()
        for word in names
        if text_pixels(word) + AROUND > config[column]["width"]
    ]
    assert cut == []
