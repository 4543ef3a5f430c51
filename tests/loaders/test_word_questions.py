"""Words that no vocabulary knows: asked once each, and understood once a person has said what they mean."""

from __future__ import annotations

import pytest
from workbooks import codes, monthly, read, record

from domain.submissions import Submission

WIND = {"序号": 1, "项目名称": "海上风电", "总投资": 50_000, "项目阶段": "热火朝天"}
SUN = {"序号": 2, "项目名称": "屋顶光伏", "总投资": 60_000, "项目阶段": "在建"}


def of_many(words: list[str], heading: str = "项目阶段") -> Submission:
    """A return of as many projects as words."""
    rows = [{"序号": n, "项目名称": f"项目{n}甲", "总投资": 50_000, heading: word} for n, word in enumerate(words, 1)]
    return read(monthly(*rows))


def test_a_word_is_asked_once_with_its_cells() -> None:
    """However often it stands, and however it is spaced."""
    submission = read(monthly(WIND, SUN, WIND | {"序号": 3, "项目名称": "海上风电二期", "项目阶段": "热火 朝天"}))
    (question,) = submission.words
    assert (question.field, question.word, question.count) == ("stage", "热火朝天", 2)
    assert question.cells == ("项目!D4", "项目!D6")
    assert {"signed", "building", "completed"} <= set(question.candidates)


@pytest.mark.parametrize(
    ("heading", "word", "field"),
    [("项目阶段", "在建", "stage"), ("产业类型", "新兴产业", "category"), ("协调层级", "县级", "escalation_level")],
)
def test_the_answer_is_remembered_for_the_sender(heading: str, word: str, field: str) -> None:
    """Next time the word is read as the person said; another sender's is asked again."""
    pages = monthly(*(SUN | {"项目名称": f"光伏{n}", heading: "热火朝天" if n == 1 else word} for n in range(6)))
    (question,) = read(pages).words
    assert question.field == field
    code = question.candidates[1]
    ours = read(pages, known=record(decisions=(question.decide("binhai", code),)))
    assert ours.words == []
    assert ours.rows[1][1].values[field] == code
    theirs = read(pages, known=record(decisions=(question.decide("xiangshui", code),)))
    assert [each.word for each in theirs.words] == ["热火朝天"]


def test_a_column_of_words_of_their_own_is_asked() -> None:
    """A form may have its own words for the stage; one answer makes it a column of stages again."""
    words = ["一类", "二类", "三类", "一类"]
    submission = of_many(words)
    assert codes(submission)["column_unfit"] == 1
    assert [(each.word, each.count) for each in submission.words] == [("一类", 2), ("二类", 1), ("三类", 1)]
    first = submission.words[0].decide("binhai", "building")
    rows = [{"序号": n, "项目名称": f"项目{n}甲", "总投资": 50_000, "项目阶段": word} for n, word in enumerate(words, 1)]
    again = read(monthly(*rows), known=record(decisions=(first,)))
    assert [row.values["stage"] for _, row in again.rows] == ["building", None, None, "building"]
    assert [each.word for each in again.words] == ["二类", "三类"]


@pytest.mark.parametrize(
    ("words", "heading"),
    [([f"说法{n}号" for n in range(13)], "项目阶段"), (["甲镇", "乙镇", "丙镇"], "属地")],
    ids=["free text", "another field"],
)
def test_what_is_not_asked(words: list[str], heading: str) -> None:
    """A column of free text under the heading of the stage; words of a field whose codes are not for the office to choose."""
    assert of_many(words, heading).words == []
