"""Cells split into issues, as offices write them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.issue_texts import issue_key, mentions_of, split_issues
from domain.reasons import FIRST_VOCABULARY, TaughtWord, merge_words, statement_of

# Cell -> its issues.
CELLS = {
    # one issue, whatever commas it has
    "供电接入方案未批复": ("供电接入方案未批复",),
    "企业资金紧张,投资意愿下降": ("企业资金紧张,投资意愿下降",),
    "宝武项目暂不实施,20万吨级航道审批缺少必要性支撑": ("宝武项目暂不实施,20万吨级航道审批缺少必要性支撑",),
    "  供热管网 未到位。 ": ("供热管网未到位",),
    # sentences
    "供电未批复。供热未通": ("供电未批复", "供热未通"),
    "供电未批复；供热未通;能评未批": ("供电未批复", "供热未通", "能评未批"),
    "供电未批复\n供热未通": ("供电未批复", "供热未通"),
    # a request is no issue of its own
    "用地指标缺口37亩。请市级协调解决": ("用地指标缺口37亩；请市级协调解决",),
    "用地指标缺口37亩；建议纳入点供": ("用地指标缺口37亩；建议纳入点供",),
    "请协调供电": ("请协调供电",),
    # numbered
    "1.供电未批复2.供热未通": ("供电未批复", "供热未通"),
    "1、供电未批复；2、供热未通。": ("供电未批复", "供热未通"),
    "1）供电未批复\n2）供热未通": ("供电未批复", "供热未通"),
    "①供电未批复②供热未通③能评未批": ("供电未批复", "供热未通", "能评未批"),
    "（1）供电未批复（2）供热未通": ("供电未批复", "供热未通"),
    "(一)供电未批复(二)供热未通": ("供电未批复", "供热未通"),
    "一、供电未批复\n二、供热未通": ("供电未批复", "供热未通"),
    "一是用地未落实；二是资金紧张。请市级协调": ("用地未落实", "资金紧张。请市级协调"),
    "1.供电未批复": ("供电未批复",),
    # what stands before the numbers
    "存在问题：1.供电未批复2.供热未通": ("供电未批复", "供热未通"),
    "需协调解决的事项：①供电未批复②供热未通": ("供电未批复", "供热未通"),
    "用地未批：①组卷未完成②占补未落实": ("用地未批：组卷未完成", "用地未批：占补未落实"),
    "整体滞后；①供电未批复②供热未通": ("整体滞后", "供电未批复", "供热未通"),
    # numbers that number nothing
    "供电容量1.5万千伏安未落实": ("供电容量1.5万千伏安未落实",),
    "1、2号地块未交付": ("1、2号地块未交付",),
    "3.供电未批复": ("3.供电未批复",),
    "计划12.31前完成": ("计划12.31前完成",),
    "土方1.2万方，二期未拆": ("土方1.2万方，二期未拆",),
    "占用林地2处，另有1.8亩未批": ("占用林地2处，另有1.8亩未批",),
    # no issue
    "无": (),
    " 暂无。": (),
    "无需协调": (),
    "1.无": (),
    "供电未批复；无": ("供电未批复",),
    "": (),
    "。；": (),
    # the same twice is one
    "供电未批复；供电，未批复": ("供电未批复",),
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_split(cell: str) -> None:
    """By its numbers, else by its sentences; not by commas."""
    assert split_issues(cell) == CELLS[cell]


def test_no_cell_at_all() -> None:
    """Nothing was typed."""
    assert split_issues(None) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "blank"), ("", "blank"), (" 。", "blank"), ("无", "none_said"), ("无需协调。", "none_said"), ("-", "none_said"),
     ("无法供电", "named"), ("供电未批复", "named")],
)  # fmt: skip
def test_what_a_cell_says(text: str | None, said: str) -> None:
    """无 and 无需协调 are an answer, an empty cell is none."""
    assert statement_of(text) == said


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("企业资金紧张,投资意愿下降", "企业资金紧张，投资意愿下降。", True),
        ("供热管网未到位", "供热 管网未到位", True),
        ("用地指标缺口37亩", "用地指标缺口３７亩", True),
        ("用地指标缺口37亩", "用地指标缺口30亩", False),
        ("供电未批复", "供热未批复", False),
    ],
)
def test_the_same_words_are_the_same_issue(one: str, other: str, is_same: bool) -> None:
    """Width, spaces and punctuation aside; another number is another text."""
    assert (issue_key(one) == issue_key(other)) is is_same


@given(st.lists(st.sampled_from(["供电未批复", "供热未通", "能评指标需平衡", "征地未完成", "资金紧张"]), min_size=1, max_size=5, unique=True),
       st.sampled_from(["{n}.", "{n}、", "{n}）", "({n})", "。", "；", "\n"]))  # fmt: skip
def test_what_was_joined_is_split_again(issues: list[str], style: str) -> None:
    """Issues joined in any of the usual ways come apart as they were."""
    parts = [style.format(n=number) + text for number, text in enumerate(issues, 1)]
    assert split_issues("".join(parts)) == tuple(issues)


def test_mentions_of_rows() -> None:
    """Each issue with its reason, the level that the return says for the whole cell, and the cell."""
    rows = pd.DataFrame(
        [
            ("p1", "binhai", "2024-08", "①供电未批复②企业融资困难", "city", "s1", "项目", "T5"),
            ("p2", "binhai", "2024-08", "能评未批", None, "s1", "项目", "T6"),
            ("p3", "binhai", "2024-08", "无", "county", "s1", "项目", "T7"),
        ],
        columns=["project_id", "body", "period", "issue_text", "escalation_level", "submission_id", "sheet", "cell"],
    )
    found = mentions_of(rows, FIRST_VOCABULARY)
    assert [(each.project_id, each.text, each.reason, each.said_level, each.level, each.cell) for each in found] == [
        ("p1", "供电未批复", "utilities", "city", "city", "T5"),
        ("p1", "企业融资困难", "finance", "city", "city", "T5"),
        ("p2", "能评未批", "environment", "", "city", "T6"),
    ]
    assert mentions_of(rows, merge_words([TaughtWord("能评未批", "permits")]))[2].reason == "permits"
    assert mentions_of(rows.iloc[:0], FIRST_VOCABULARY) == []
