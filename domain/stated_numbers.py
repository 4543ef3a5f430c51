"""Numbers that stand in words of progress: the share of the work done, and the amount invested (完成投资1.2亿元)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

CLAUSES = re.compile(r"[\s;；。，、!！]+|,(?!\d{3})")
# Not what is done: promised, of a part, or of something else.
NOT_DONE = re.compile(
    r"预计|计划|拟|力争|争取|确保|目标|即将|将于|将在|下月|下步|还需|尚需|未|剩余|余下|总投资|超|占|同比|增长|比上月|到位|贷款|合同|中标"
)
OF_A_PART = re.compile(
    r"[一二三四五六七]期|部分|其中|标段|主体|厂房|车间|桩基|基础|设备|装修|装饰|外墙|管网|道路|绿化|钢构|钢结构|土建|安装|土方|征地|拆迁|资金|(?<![-—至到\d])\d{1,2}月份?(?:当月)?完成"
)
SHARE = re.compile(
    r"(?:总工程量|工程总量|总进度|形象进度|工程进度|工程量|总体进度|整体进度)(?:已|约|的|达到?|完成|为|至)*(\d{1,3}(?:\.\d+)?)[%％]"
)
AMOUNT = re.compile(
    r"(?P<scope>开工以来|累计|本年|今年|年内|年度|当年|1-\d{1,2}月|本月|当月)?(?:累计|共|已)*(?:完成|实现)(?:固定资产)?(?:投资额?)(?:约|为|达到?|共|额)*"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>亿|万)元?"
)
OF_THE_YEAR = ("本年", "今年", "年内", "年度", "当年")
MONTH, YEAR, WHOLE, UNSAID = "month", "year", "whole", ""
WAN_PER_YI = 10_000


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount in 万元 as a text states it: of what (month, year, whole life, or unsaid), and how finely it is written."""

    wan: float
    scope: str
    step_wan: float

    def agrees(self, wan: float) -> bool:
        """True when a figure may have been written so: rounded, or cut, to the last digit of the text."""
        return abs(self.wan - wan) <= self.step_wan


@lru_cache(maxsize=20_000)
def stated_share(text: str) -> float | None:
    """The share of the whole work done that a text states, 0 to 1; None for none, and for several that differ."""
    clauses = [clause for clause in CLAUSES.split(text) if not _is_other(clause)]
    found = {float(number) / 100 for clause in clauses for number in SHARE.findall(clause)}
    return found.pop() if len(found) == 1 and max(found) <= 1 else None


@lru_cache(maxsize=20_000)
def stated_amount(text: str) -> StatedAmount | None:
    """The investment done that a text states; None for none, and for several."""
    clauses = [clause for clause in CLAUSES.split(text) if not _is_other(clause)]
    found = [match for clause in clauses for match in AMOUNT.finditer(clause)]
    return _amount(found[0]) if len(found) == 1 else None


def _is_other(clause: str) -> bool:
    return bool(NOT_DONE.search(clause) or OF_A_PART.search(clause))


def _amount(match: re.Match[str]) -> StatedAmount:
    number, unit = match["number"].replace(",", ""), WAN_PER_YI if match["unit"] == "亿" else 1
    decimals = len(number.partition(".")[2])
    return StatedAmount(float(number) * unit, _scope(match["scope"] or ""), unit / 10**decimals)


def _scope(word: str) -> str:
    if word in OF_THE_YEAR or word.startswith("1-"):
        return YEAR
    return {"本月": MONTH, "当月": MONTH, "开工以来": WHOLE}.get(word, UNSAID)
