"""Text of papers: what XML forbids is dropped, and no more is written than fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.meeting.safe_text import common_size, cut, fitted_size, lines_of, xml_text

# name, text, as written
TEXTS = [
    ("plain", "滨海片区 5 个", "滨海片区 5 个"),
    ("lines become one", "一\n二\r\n 三\t四", "一 二 三 四"),
    ("control characters", "甲\x00\x0b乙\x1f", "甲乙"),
    ("halves of a character", "甲\ud800乙\udfff", "甲乙"),
    ("no character at all", "甲\ufffe乙\uffff", "甲乙"),
    ("beyond the first plane", "𠮷野", "𠮷野"),
    ("spaces at the ends stay", " / 8 ", " / 8 "),
    ("a number", 5, "5"),
]


@pytest.mark.parametrize(("text", "written"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_what_is_dropped(text: object, written: str) -> None:
    """Only what would keep a paper from opening."""
    assert xml_text(text) == written


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    """Whatever is typed gives well-formed XML that reads back the same."""
    element = etree.Element("t")
    element.text = xml_text(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == xml_text(text)


# name, text, size, inches, lines
LINES = [
    ("nothing", "", 12, 1.0, 1),
    ("five characters in an inch of six", "滨海片区五", 12, 1.0, 1),
    ("six do not quite fit", "滨海片区五个", 12, 1.0, 2),
    ("a word is not broken", "滨海港 invest", 12, 1.0, 2),
    ("one longer than the line is", "Investmentinvestment", 12, 1.0, 3),
    ("a space ends no line", "滨海片区五 个", 12, 1.0, 2),
]


@pytest.mark.parametrize(("text", "size", "inches", "lines"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_lines(text: str, size: float, inches: float, lines: int) -> None:
    """Chinese breaks anywhere, words and numbers do not."""
    assert lines_of(text, size, inches) == lines


def test_sizes() -> None:
    """The largest that fits, the smallest where none does; of several texts the one that all fit in."""
    assert fitted_size("滨海片区五个", 1.0, 1, (20, 12, 10)) == 10
    assert fitted_size("滨" * 100, 1.0, 1, (20, 12)) == 12
    assert common_size([("滨海", 1.0), ("滨海片区五个", 1.0)], (20, 12, 10)) == 10
    assert common_size([], (20, 12)) == 20


@given(st.text(alphabet="滨海ab 1", max_size=60), st.integers(1, 3))
def test_a_cut_text_fits(text: str, lines: int) -> None:
    """It takes no more lines than it may, begins as it did, and says that it goes on."""
    short = cut(text, 12, 1.0, lines)
    assert lines_of(short, 12, 1.0) <= lines
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
