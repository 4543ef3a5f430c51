"""What holds a project up, by the words of its issue text: classes after 濮阳 2016 and India's OCMS."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

# Texts that say that there is no issue; a blank cell says nothing.
NO_ISSUE_WORDS = frozenset({"无", "暂无", "无问题", "暂无问题", "无需协调", "没有", "-", "—", "/"})
END_SIGNS = " \t\r\n\u3000。.；;"


@dataclass(frozen=True, slots=True)
class Reason:
    """One class of reasons; ``words`` are what issue texts of the class contain."""

    code: str
    name: str
    english: str
    words: tuple[str, ...]


# In this order: the first class with a word in the text is taken, so the narrower ones come first.
REASONS = {
    reason.code: reason
    for reason in (
        Reason("title", "权属抵押", "land title", ("解押", "抵押", "权属", "查封")),
        Reason("clearance", "征地拆迁", "clearance", ("拆迁", "征地", "征收", "清障", "补偿", "场地交付", "迁坟", "苗木")),
        Reason("land", "用地指标", "land quota", ("用地", "土地", "供地", "农转用", "报批组卷", "占补")),
        Reason("sea_forest", "规划用海用林", "planning", ("用海", "用林", "林地", "海域", "岸线", "规划调整")),
        Reason("environment", "环评能评", "EIA, energy", ("环评", "能评", "能耗", "稳评", "安评", "排污", "总量")),
        Reason("utilities", "供电供热", "utilities", ("供电", "供热", "供水", "供气", "管网", "管廊", "电力", "接入", "排水")),
        Reason("permits", "审批手续", "permits", ("审批", "许可", "施工图", "消防", "手续", "备案", "图审")),
        Reason("finance", "资金", "finance", ("资金", "融资", "贷款", "欠款", "付款")),
        Reason("policy", "政策变化", "policy", ("政策", "暂不实施", "上位规划")),
        Reason("market", "投资意愿", "market", ("市场", "意愿", "行情", "放缓", "方案变更", "方案调整")),
        Reason("procurement", "招标采购", "procurement", ("招标", "招投标", "采购", "流标", "设备", "设计")),
        Reason("site", "施工组织", "site work", ("施工", "劳力", "工人", "材料", "组织不力")),
        Reason("safety", "停工整改", "safety", ("整改", "停工", "事故")),
        Reason("force", "天气季节", "weather", ("天气", "台风", "雨", "冬季", "疫情", "不可抗力")),
    )
}  # fmt: skip
OTHER = Reason("other", "其他", "other", ())


def find_reason(code: str | None) -> Reason | None:
    """The reason of a code, None for none."""
    return OTHER if code == OTHER.code else REASONS.get(code or "")


def has_issue(issue_texts: pd.Series) -> pd.Series:
    """Mask: the text names an issue; a blank cell and a plain 无 do not."""
    return issue_texts.notna() & ~issue_texts.fillna("").str.strip(END_SIGNS).isin({"", *NO_ISSUE_WORDS})


def classify_reason(issue_text: str) -> str:
    """Code of the first class that a text speaks of, ``other`` for none."""
    return next(
        (reason.code for reason in REASONS.values() if any(word in issue_text for word in reason.words)), OTHER.code
    )


def reasons_of(issue_texts: pd.Series) -> pd.Series:
    """Reason codes on the same index; None where no issue is named."""
    named = issue_texts.where(has_issue(issue_texts))
    codes = {text: classify_reason(text) for text in named.dropna().unique()}
    return named.map(codes).astype(object).where(named.notna(), None)
