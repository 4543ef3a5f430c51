"""Pieces of HTML: what a sender types is text, never markup; bars stay in their places; silence is not green."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hostile_texts import HOSTILE_TEXTS, Reader, assert_harmless

from domain.findings import finding
from storage.queries import StoredFinding
from ui.cards import DistrictShare, Figure, figure_card, figure_cards
from ui.html import (
    Change,
    StatBar,
    badge,
    bar,
    change_list,
    empty_state,
    finding_list,
    grade_mark,
    graded_text,
    heading,
    note,
    page_header,
    sentence,
    sidebar_title,
    stat_bars,
    width,
)
from ui.html_tables import Bar, Column, Graded, plain_table
from ui.links import Link, Quiet


def stored(text: str) -> StoredFinding:
    found = finding("cumulative_fell", sheet=text, cell="C5", value=1, heading=text, before=2, difference=1)
    return StoredFinding(found, "2024-08-滨海-01", "s1", f"{text}.xlsx", "binhai", "2024-08", 1, "需说明", text, text)


def one_cell(value: Callable[[str], Any], kind: str = "text") -> Callable[[str], str]:
    return lambda text: plain_table([Column("key", "头", kind)], [{"key": value(text)}])  # type: ignore[arg-type]


PIECES: dict[str, Callable[[str], str]] = {
    "page_header": lambda text: page_header(text, [text]),
    "heading": lambda text: heading(text, text),
    "sentence": lambda text: sentence([text, Link(text, "./project", is_late=True)]),
    "grade_mark": lambda text: grade_mark("behind", text) + note(text),
    "graded_text": lambda text: graded_text("behind", text),
    "stat_bars": lambda text: stat_bars([StatBar(text, 0.5, text), StatBar(text, None, text, href="./x")]),
    "change_list": lambda text: change_list([Change(text, None, (text, Link(text, "./x")), text=text)]),
    "badge": badge,
    "finding_list": lambda text: finding_list([stored(text)]),
    "note": note,
    "empty_state": lambda text: empty_state(text, text, Link(text, "./x")),
    "sidebar_title": lambda text: sidebar_title(text, text),
    "figure_card": lambda text: figure_card(
        Figure(text, text, text, "./x", text, 0.5, 0.5, "behind", -1.0, (DistrictShare(text, 0.5, "./x"),))
    ),
    "sentence_quiet": lambda text: sentence([Quiet(text)]),
    "table_head": lambda text: plain_table([Column("key", text)], [{"key": text}]),
    "table_empty": lambda text: plain_table([], [], empty=text),
    "table_text": one_cell(str),
    "table_name": one_cell(lambda text: Link(text, "./project"), "name"),
    "table_tag": one_cell(str, "tag"),
    "table_days": one_cell(str, "days"),
    "table_number": one_cell(str, "number"),
    "table_graded": one_cell(lambda text: Graded(text, "behind")),
    "table_bar": one_cell(lambda text: Bar(0.5, text), "bar"),
}


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_name_is_shown_as_typed(piece: str, text: str) -> None:
    """Every piece escapes what it is given."""
    assert_harmless(PIECES[piece](text), text)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_tones_and_addresses_stay_in_their_attributes(text: str) -> None:
    """Values of attributes are escaped too: a quotation mark does not end them."""
    for html in (badge("词", text), bar(0.5, text), sentence([Link("词", f"./project?project={text}")])):
        read = Reader(html)
        assert any(text in value for value in read.values)
        assert read.tags <= {"a", "div", "i", "p", "span"}
        assert read.attributes <= {"aria-hidden", "class", "href", "style", "target"}


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (-0.2, "0.0%"),
        (0.0, "0.0%"),
        (0.6249, "62.5%"),
        (1.0, "100.0%"),
        (1.37, "100.0%"),
        (float("inf"), "100.0%"),
        (None, "0.0%"),
    ],
)
def test_a_bar_ends_where_its_ground_ends(share: float | None, expected: str) -> None:
    """137 % of a target fills the bar and does not run over the card; below zero is nothing."""
    assert width(share) == expected


def test_a_bar_without_a_value_has_no_fill() -> None:
    """Missing is not zero: neither fill nor, without a plan of time, a mark."""
    assert "hx-fill" not in bar(None, "quiet")
    assert "hx-fill" not in bar(float("nan"), "quiet")
    assert "hx-time" not in bar(0.5, "quiet", None)
    assert 'hx-time" style="left:66.7%' in bar(None, "quiet", 8 / 12)


@pytest.mark.parametrize(
    ("code", "shape", "word"),
    [
        ("behind", "▲", "滞后"),
        ("slightly", "◆", "略欠"),
        ("on_track", "●", "达序时"),
        ("unknown", "○", "未报"),
        (None, "○", "未报"),
        ("green", "○", "未报"),
    ],
)
def test_a_grade_is_a_shape_and_a_word(code: str | None, shape: str, word: str) -> None:
    """Never a colour alone; an unknown grade is unknown, not green."""
    html = grade_mark(code)
    assert Reader(html).text == shape
    assert f'aria-label="{word}"' in html and f'title="{word}"' in html


def test_a_card_without_a_report_says_so() -> None:
    """No value: a dash and 未报, no bar, no colour of a grade."""
    html = figure_card(Figure("新签约", None, "个", target="80", time_share=0.5, grade="behind"))
    assert "— / 80 个" in Reader(html).text.replace("—/", "— /")
    assert "○ 未报" in Reader(html).text
    assert "hx-fill" not in html and "▲" not in html


def test_a_card_without_a_target_has_no_grade() -> None:
    """A figure without a target is neither good nor bad."""
    html = figure_card(Figure("新签约", "5", "个", share=None, time_share=0.5))
    assert "○ 无目标" in Reader(html).text
    assert "hx-time" not in html and "/" not in Reader(html).text


def test_a_card_says_its_gap_and_both_districts() -> None:
    """The grade's word with the gap, each district against its own target, a dash for one that has none."""
    districts = (DistrictShare("滨海", 0.6249), DistrictShare("响水", None))
    html = figure_cards([Figure("新签约", "50", "个", None, "80", 0.625, 2 / 3, "slightly", -4.1667, districts)])
    assert "◆ 略欠 -4.2 个百分点" in Reader(html).text
    assert Reader(html).text.endswith("滨海62%响水—")


def test_findings_are_newest_first_with_their_reason() -> None:
    """The return's month, the place, the sentence as the sender saw it."""
    text = Reader(finding_list([stored("表甲"), stored("表乙")])).text
    assert text.index("表乙!C5") < text.index("表甲!C5")
    assert "2024年8月" in text and "说明：表甲" in text
    assert "没有校验问题" in finding_list([])


def test_nothing_to_show_is_said() -> None:
    """Empty lists are sentences, not blank panels."""
    assert "没有变化" in change_list([])
    assert "没有符合条件的项目" in plain_table([Column("key", "头")], [])
    assert "hx-button" not in empty_state("没有数据", "请上传")
