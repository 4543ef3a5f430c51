"""What holds a project up, by the words of its issue text: classes after 濮阳 2016 and India's OCMS.

The table below is the vocabulary that an installation starts with; words that the office teaches it or takes out are
kept as they were given (``TaughtWord``) and merged by ``merge_words``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

# Who must solve an issue (协调层级), from below: the firm, the county, the New Area, the city, the province and above.
FIRM, COUNTY, NEW_AREA, CITY, PROVINCE = LEVELS = ("firm", "county", "new_area", "city", "province")
# 需市级以上协调: beyond what the New Area can solve.
HIGHER_LEVELS = (CITY, PROVINCE)
# Texts that say that there is no issue; a blank cell says nothing.
NO_ISSUE_WORDS = frozenset({"无", "暂无", "无问题", "暂无问题", "无需协调", "没有", "-", "—", "/"})
END_SIGNS = " \t\r\n\u3000。.；;"
# What the cell of a project says: nothing, that there is no issue (无, 无需协调), or which.
BLANK, NONE_SAID, NAMED = "blank", "none_said", "named"


@dataclass(frozen=True, slots=True)
class Reason:
    """One class of reasons; ``words`` are what issue texts of the class contain.

    ``letter`` is its place in the code list, ``levels`` are those that must solve such an issue, the usual one first;
    none where the list names nobody: the weather, and what it has no class for.
    """

    code: str
    letter: str
    name: str
    english: str
    levels: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def usual_level(self) -> str:
        """The level to begin with; without one the county's, whose command office reports the project."""
        return self.levels[0] if self.levels else COUNTY


@dataclass(frozen=True, slots=True)
class TaughtWord:
    """What the office decided of one word: its texts are of this reason, or the word tells nothing (reason None)."""

    word: str
    reason: str | None


# In this order: the first class with a word in the text is taken, so the narrower ones come first.
REASONS = {
    reason.code: reason
    for reason in (
        Reason("title", "K", "权属抵押", "land title", (COUNTY,), ("解押", "抵押", "权属", "查封")),
        Reason("clearance", "B", "征地拆迁", "clearance", (COUNTY,),
               ("拆迁", "征地", "征收", "清障", "补偿", "场地交付", "迁坟", "苗木")),
        Reason("land", "A", "用地指标", "land quota", (CITY, PROVINCE),
               ("用地", "土地", "供地", "农转用", "报批组卷", "占补")),
        Reason("sea_forest", "C", "规划用海用林", "planning", (CITY, PROVINCE),
               ("用海", "用林", "林地", "海域", "岸线", "规划调整")),
        Reason("environment", "D", "环评能评", "EIA, energy", (CITY, PROVINCE),
               ("环评", "能评", "能耗", "稳评", "安评", "排污", "总量")),
        Reason("utilities", "H", "供电供热", "utilities", (NEW_AREA, COUNTY),
               ("供电", "供热", "供水", "供气", "管网", "管廊", "电力", "接入", "排水")),
        Reason("policy", "M", "政策变化", "policy", (PROVINCE,), ("政策", "暂不实施", "上位规划")),
        Reason("permits", "E", "审批手续", "permits", (COUNTY, NEW_AREA),
               ("审批", "许可", "施工图", "消防", "手续", "备案", "图审")),
        Reason("finance", "F", "资金", "finance", (FIRM, COUNTY), ("资金", "融资", "贷款", "欠款", "付款")),
        Reason("market", "G", "投资意愿", "market", (FIRM,),
               ("市场", "意愿", "行情", "放缓", "方案变更", "方案调整")),
        Reason("procurement", "I", "招标采购", "procurement", (FIRM,),
               ("招标", "招投标", "采购", "流标", "设备", "设计")),
        Reason("site", "J", "施工组织", "site work", (FIRM,), ("施工", "劳力", "工人", "材料", "组织不力")),
        Reason("safety", "L", "停工整改", "safety", (COUNTY, CITY), ("整改", "停工", "事故")),
        Reason("force", "N", "天气季节", "weather", (), ("天气", "台风", "雨", "冬季", "疫情", "不可抗力")),
    )
}  # fmt: skip
# What no class holds; who files an issue under it must say what it is.
OTHER = Reason("other", "Z", "其他", "other", (), ())

# (word, code of its reason) in the order in which words are tried.
Vocabulary = tuple[tuple[str, str], ...]
FIRST_VOCABULARY: Vocabulary = tuple((word, reason.code) for reason in REASONS.values() for word in reason.words)


def find_reason(code: str | None) -> Reason | None:
    """The reason of a code, None for none."""
    return OTHER if code == OTHER.code else REASONS.get(code or "")


def has_issue(issue_texts: pd.Series) -> pd.Series:
    """Mask: the text names an issue; a blank cell and a plain 无 do not."""
    return issue_texts.map(statement_of) == NAMED


def issues_by_level(states: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Level -> the projects whose issue, named in the return, that level must solve; under "" those that name no level."""
    blocked = states[has_issue(states["issue_text"])]
    levels = blocked["escalation_level"].where(blocked["escalation_level"].isin(LEVELS), "")
    return {level: blocked[levels == level] for level in (*LEVELS, "")}


def statement_of(issue_text: object) -> str:
    """What a cell says: ``blank``, ``none_said`` (无 and 无需协调 are an answer, an empty cell is none) or ``named``."""
    stripped = issue_text.strip(END_SIGNS) if isinstance(issue_text, str) else ""
    if not stripped:
        return BLANK
    return NONE_SAID if stripped in NO_ISSUE_WORDS else NAMED


def merge_words(taught: Iterable[TaughtWord]) -> Vocabulary:
    """The vocabulary in force: taught words before the table's, the longer first; of one word the newest decision counts.

    Taught words come first, since a person chose them against what the table said of a text.
    """
    newest = {each.word: each.reason for each in taught}
    own = sorted(((word, reason) for word, reason in newest.items() if reason), key=lambda pair: (-len(pair[0]), pair))
    return (*own, *(pair for pair in FIRST_VOCABULARY if pair[0] not in newest))


def classify_reason(issue_text: str, vocabulary: Vocabulary = FIRST_VOCABULARY) -> str:
    """Code of the reason whose word is the first one found in a text, ``other`` for none."""
    return next((code for word, code in vocabulary if word in issue_text), OTHER.code)


def reasons_of(issue_texts: pd.Series, vocabulary: Vocabulary = FIRST_VOCABULARY) -> pd.Series:
    """Reason codes on the same index; None where no issue is named."""
    named = issue_texts.where(has_issue(issue_texts))
    codes = {text: classify_reason(text, vocabulary) for text in named.dropna().unique()}
    return named.map(codes).astype(object).where(named.notna(), None)
