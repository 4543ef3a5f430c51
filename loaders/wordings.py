"""Under which wordings a column may stand in the vocabulary: its headings joined in the ways that forms split them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from loaders.months import YEARLY
from loaders.vocabulary import fields_of, read_heading

# What a heading over several columns is about -> what its columns leave out: 投资完成情况 over 本月 means 本月完成投资.
SUBJECTS = (
    (re.compile(r"完成.*投资|投资.*完成"), "完成投资"),
    (re.compile(r"投资"), "投资"),
    (re.compile(r"形象进度|进展|工程进度"), "形象进度"),
    (re.compile(r"时间|日期|工期|节点"), "时间"),
)
NAME_ONLY = re.compile(r"(?:单位)?(?:名称|全称)|单位")  # 名称 under 责任单位 is the name of that, not of a project
# Over a column these say that what stands below is not yet, or not now, done.
NOT_DONE = re.compile(r"计划|目标|任务|下月|下一?步|下阶段|上月|上年|去年|明年|下年")
DONE_FIELDS = {"progress_text", "progress_rate", "investment_month_wan", "investment_ytd_wan", "investment_cum_wan",
               "investment_share_rate"}  # fmt: skip
# These have no plan among the fields of the return: planned, expected or promised, they are none of ours to take as done.
ACTUAL_ALONE = frozenset({"production_date", "capacity_date"})
NOT_YET_ACTUAL = re.compile(r"计划|预计|预期|预定|拟|目标|力争|争取|确保|承诺|约定|暂定|应(?=[投达])")
DONE_OVER = re.compile(r"完成情况$")  # 1-8月完成情况 over 投资 means 1-8月完成投资
PART_OF_YEAR = re.compile(r"\d月|[一二三四五六七八九十]月|[本当下上每]月|月度|季度|[本上中下]旬")
ONE_MONTH = re.compile(r"(?<![-—–~至到\d])(?:1[0-2]|0?[1-9])月|[本当]月")
IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
PLANNED_WORD, ACTUAL_WORD = re.compile(r"^(?:计划|预计|拟)"), re.compile(r"^(?:实际|已)")
IDLE_END = re.compile(r"(?:时间|日期|(?:完成)?情况|节点)$")


def wordings(path: tuple[str, ...]) -> Iterator[str]:
    """The wordings of a column, the most telling first.

    Its two lowest headings as one, in either order (计划 over 开工时间, 完成投资 over 8月), a heading with what those
    above it are about, then the lowest alone.
    """
    leaf = path[-1]
    is_name = len(path) > 1 and NAME_ONLY.fullmatch(read_heading(leaf).key) is not None
    for above in reversed(path[:-1]):
        yield above + leaf
        yield leaf + above
        if DONE_OVER.search(read_heading(above).key):
            yield DONE_OVER.sub("完成", read_heading(above).key) + leaf
        bare_above, bare_leaf = (IDLE_END.sub("", read_heading(text).key) for text in (above, leaf))
        if bare_above and bare_leaf:
            yield bare_above + leaf
            yield bare_leaf + read_heading(above).key
        for pattern, subject in SUBJECTS:
            if pattern.search(above):
                yield read_heading(leaf).key + subject
                break
        if is_name:
            yield above
    yield from _with_brackets(leaf)
    if not (is_name and not re.search(r"项目|工程", path[-2])) and not _is_not_done(path) and not is_of_a_month(path):
        yield leaf


def _with_brackets(heading: str) -> Iterator[str]:
    """A heading with what its brackets say put in front: 开工时间（计划） is 计划开工时间, 完成投资（本年） is 本年完成投资.

    计划（实际）开工时间 says both, which is what the bare heading says.
    """
    key = read_heading(heading).key
    for inside in IN_BRACKETS.findall(unicodedata.normalize("NFKC", heading)):
        for one, other in ((PLANNED_WORD, ACTUAL_WORD), (ACTUAL_WORD, PLANNED_WORD)):
            if one.match(key) and other.match(inside):
                yield one.sub("", key)
        yield inside + key


def _is_not_done(path: tuple[str, ...]) -> bool:
    """形象进度 under 年度计划 is no progress: without a wording of its own it is not known."""
    done = set(fields_of(path[-1])) & DONE_FIELDS
    return bool(done) and any(NOT_DONE.search(above) for above in path[:-1])


def is_of_a_month(path: tuple[str, ...]) -> bool:
    """计划投资 under 9月 is no plan of the year, and 完成率 under 8月 no share of it: not read, nor suggested."""
    names = set(fields_of(path[-1]))
    above = "/".join(path[:-1])
    if "年" in path[-1] or not names:
        return False
    is_of_months = not names.isdisjoint(YEARLY) and PART_OF_YEAR.search(above) is not None
    return is_of_months or (names == {"investment_share_rate"} and ONE_MONTH.search(above) is not None)


def meanings(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The fields that each wording of a column may mean, the most telling wording first; unknown ones give none."""
    barred = barred_fields(path)
    for text in wordings(path):
        yield tuple(name for name in fields_of(text) if name not in barred)


def barred_fields(path: tuple[str, ...]) -> frozenset[str]:
    """The fields that a column cannot be: 投产时间 under 计划, or with （预计） behind it, is no actual date."""
    return ACTUAL_ALONE if any(NOT_YET_ACTUAL.search(text) for text in path) else frozenset()


@lru_cache(maxsize=5_000)
def meanings_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that a column's headings may mean in any form; empty when no wording of theirs is known."""
    return next((names for names in meanings(path) if names), ())
