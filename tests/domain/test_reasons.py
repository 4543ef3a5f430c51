"""What holds a project up, by the words of its issue."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from frames import states

from domain.reasons import (
    FIRST_VOCABULARY,
    LEVELS,
    OTHER,
    REASONS,
    TaughtWord,
    classify_reason,
    find_reason,
    has_issue,
    issues_by_level,
    merge_words,
    reasons_of,
)

# Texts as returns have them.
TEXTS = {
    "土地解押手续未办结": "title",
    "厂区内有坟墓未迁，迁坟补偿未谈妥": "clearance",
    "用地指标缺口37亩": "land",
    "农转用报批材料正在组卷": "land",
    "涉及用海审批": "sea_forest",
    "占用林地未批": "sea_forest",
    "环评批复未下达": "environment",
    "能耗指标需省级平衡": "environment",
    "供热管网未通": "utilities",
    "电力接入方案未定": "utilities",
    "施工图审查未完成": "permits",
    "企业融资困难": "finance",
    "受政策影响暂不实施": "policy",
    "企业投资意愿下降": "market",
    "设备招标流标": "procurement",
    "劳力不足": "site",
    "安全检查停工整改": "safety",
    "受台风影响": "force",
    "其他原因": "other",
}
# The code list of 2.3: letter -> the levels that it names (业主 is the firm, 国家 is asked through the province).
LIST_OF_REASONS = {
    "A": ("city", "province"), "B": ("county",), "C": ("city", "province"), "D": ("city", "province"),
    "E": ("county", "new_area"), "F": ("firm", "county"), "G": ("firm",), "H": ("new_area", "county"), "I": ("firm",),
    "J": ("firm",), "K": ("county",), "L": ("county", "city"), "M": ("province",), "N": (), "Z": (),
}  # fmt: skip
SILENT = (None, "", "  ", "　", "无", " 无 ", "无。", "暂无；", "无需协调", "-", "—", "/")


@pytest.mark.parametrize("text", TEXTS)
def test_reason_of_a_text(text: str) -> None:
    """The first class whose words the text has; a text without any is of another kind."""
    assert classify_reason(text) == TEXTS[text]


def test_every_class_is_met_by_a_text_above() -> None:
    """The table leaves no class untried."""
    assert set(TEXTS.values()) == {*REASONS, "other"}


def test_the_narrower_class_goes_first() -> None:
    """Land that is mortgaged is a matter of title, land to be cleared of clearance."""
    assert [classify_reason(text) for text in ("土地抵押", "用地征收")] == ["title", "clearance"]


@pytest.mark.parametrize("text", SILENT)
def test_no_issue_is_no_reason(text: str | None) -> None:
    """Blank says nothing, and 无 says that there is none."""
    texts = pd.Series([text, "缺资金"], index=[7, 9], dtype=object)
    assert has_issue(texts).to_dict() == {7: False, 9: True}
    assert reasons_of(texts).to_dict() == {7: None, 9: "finance"}


def test_no_text_at_all() -> None:
    """A column of nothing, and no column's worth of rows."""
    assert reasons_of(pd.Series([None, None], dtype=object)).to_list() == [None, None]
    assert reasons_of(pd.Series([], dtype=object)).to_list() == []


def test_words_that_only_begin_like_none() -> None:
    """无法 is an issue."""
    assert has_issue(pd.Series(["无法供电"], dtype=object)).to_list() == [True]


def test_reasons_by_code() -> None:
    """Every code has names in both languages; an unknown one is none."""
    for code in (*REASONS, "other"):
        reason = find_reason(code)
        assert reason is not None and reason.code == code
        assert re.search(r"[\u4e00-\u9fff]", reason.name) and not re.search(r"[\u4e00-\u9fff]", reason.english)
    assert find_reason("made_up") is None
    assert find_reason(None) is None


def test_every_class_of_the_list_is_there_once() -> None:
    """A to N and Z, each with the levels that the list gives it."""
    assert {each.letter: each.levels for each in (*REASONS.values(), OTHER)} == LIST_OF_REASONS
    assert len(REASONS) + 1 == len(LIST_OF_REASONS)


@pytest.mark.parametrize(("code", "level"), [("land", "city"), ("utilities", "new_area"), ("force", "county"), ("other", "county")])
def test_the_usual_level(code: str, level: str) -> None:
    """The first of the list's levels; where it names nobody, the county that reports the project."""
    reason = find_reason(code)
    assert reason is not None and reason.usual_level == level and level in LEVELS


def test_no_word_belongs_to_two_classes() -> None:
    """Otherwise the second class could never be told by it."""
    words = [word for word, _ in FIRST_VOCABULARY]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("taught", "text", "reason"),
    [
        ([], "电力迁改未完成", "utilities"),
        ([TaughtWord("迁改", "clearance")], "电力迁改未完成", "clearance"),  # a taught word goes before the table's
        ([TaughtWord("迁改", "clearance"), TaughtWord("电力迁改", "permits")], "电力迁改未完成", "permits"),  # the longer first
        ([TaughtWord("迁改", "clearance"), TaughtWord("迁改", "site")], "电力迁改未完成", "site"),  # the newest decision
        ([TaughtWord("迁改", "clearance"), TaughtWord("迁改", None)], "电力迁改未完成", "utilities"),  # taken out again
        ([TaughtWord("电力", None)], "电力迁改未完成", "other"),  # a word of the table taken out
        ([TaughtWord("电力", "permits")], "电力迁改未完成", "permits"),  # a word of the table moved to another class
        ([TaughtWord("航道", "sea_forest")], "宝武项目暂不实施,20万吨级航道审批缺少必要性支撑", "sea_forest"),
        ([], "宝武项目暂不实施,20万吨级航道审批缺少必要性支撑", "policy"),  # as the list has it under M
    ],
)
def test_words_are_taught(taught: list[TaughtWord], text: str, reason: str) -> None:
    """What the office taught is tried first; of one word the newest decision counts."""
    vocabulary = merge_words(taught)
    assert classify_reason(text, vocabulary) == reason
    assert reasons_of(pd.Series([text, None], dtype=object), vocabulary).to_list() == [reason, None]


def test_nothing_taught_changes_nothing() -> None:
    """The table as it stands."""
    assert merge_words([]) == FIRST_VOCABULARY


def test_issues_by_level() -> None:
    """Each issue named at the level that it names, under none where it names none; 无 and a blank are no issues."""
    frame = states(
        issue_text=["用地", "资金", "无", None, "环评", "用海"],
        escalation_level=["city", "firm", "city", "city", None, "moon"],
    )
    found = {level: list(rows["project_id"]) for level, rows in issues_by_level(frame).items()}
    assert found == {**{level: [] for level in LEVELS}, "city": ["p1"], "firm": ["p2"], "": ["p5", "p6"]}
