"""What the words of a return tell of the nodes of the plan: permits with their marks, and how far the work has come.

After the words of 3.4 in the order in which a project passes them. A text that promises (预计6月封顶) tells nothing; one
that says both done and not done of a node leaves it open: doubt is not green.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

# Node -> the words that name its permit.
PERMITS = {
    "registration": re.compile(r"(?<!消防)(?<!环评)(?<!登记表)备案|立项|核准"),
    "land_supply": re.compile(r"用地(?!规划|指标|预审)|土地(?!规划|指标|预审|平整|整理)|供地|摘牌|不动产"),
    "environmental_approval": re.compile(r"环评|环境影响"),
    "construction_permit": re.compile(r"施工许可|开工许可"),
}
PERMIT_NAMES = re.compile("|".join(pattern.pattern for pattern in PERMITS.values()))
GRANTED = re.compile(r"[√✓✔☑]|已|完成|完毕|取得|获批|批复|办结|办好|通过|齐全")
NOT_GRANTED = re.compile(
    r"[×✗✘]|未|尚|无(?!需)|正在|[办审编受]理?中|(?<![完已])办理(?!完|结|好)|编制|报批|报审|申报|申请|待|评审|组卷|中$"
)

# How far the work has come: words of a step -> what they tell, from the first step to the last.
WORK: tuple[tuple[re.Pattern[str], Mapping[str, bool]], ...] = (
    (re.compile(r"场地平整|清表|打桩|桩基|试桩|土方|地基|基坑|基础(?!设施)"), {"main_structure": False}),
    (re.compile(r"主体(?:结构|工程)?(?:施工|开工|建设|浇筑)|钢结构|钢构"), {"main_structure": False}),
    (re.compile(r"封顶|封闭|主体(?:结构|工程)?(?:全部|已|基本)?(?:完工|完成|竣工)|外墙|装修|装饰|外立面"),
     {"main_structure": True, "equipment": False}),
    (re.compile(r"设备(?:采购|订购|招标|选型)"), {"equipment": False}),
    (re.compile(r"设备(?:已|全部|正在|陆续)?(?:进场|安装(?!(?:已|全部|基本)?(?:完|到位|结束)))|安装调试"),
     {"main_structure": True, "equipment": False}),
    (re.compile(r"设备(?:已|全部|均已)?(?:安装(?:已|全部|基本)?(?:完|到位|结束)|到位)|(?<!安装)调试|试车|试生产|试运行|试投产"),
     {"main_structure": True, "equipment": True, "production": False}),
    (re.compile(r"(?:部分|试)投产"), {"production": False}),
    (re.compile(r"(?:已|正式|全面|全部|竣工|建成)+投产|^(?:项目)?投产$|投产(?:运营|运行|开票|达效)|达产"),
     {"main_structure": True, "equipment": True, "production": True}),
)  # fmt: skip
# A clause with one of these promises or denies: it tells of no step that it is done.
PROMISED = re.compile(r"预计|计划|拟|力争|争取|确保|目标|即将|准备|筹备|下月|下步|下一步|将于|未|尚|不具备|待")
# An early step that is over says nothing against the later ones: 桩基施工完成,主体封顶.
IS_OVER = re.compile(r"完成(?!总|约?\d{1,2}(?:\.\d+)?[%％])|完工|完毕|结束")
CLAUSES = re.compile(r"[\s,，;；。、.!！]+")


@lru_cache(maxsize=20_000)
def nodes_of_permits(text: str) -> Mapping[str, bool]:
    """Node -> granted or not, of a text on permits (备案√ 环评办理中 施工许可×); a permit named without a sign is left out."""
    return _merged(told for clause in CLAUSES.split(text) for told in _of_permits(clause))


@lru_cache(maxsize=20_000)
def nodes_of_progress(text: str) -> Mapping[str, bool]:
    """Node -> done or not, of a text on the progress of the work (厂房装修,设备采购); permits that it names are told too."""
    work = (told for clause in CLAUSES.split(text) for told in _of_work(clause))
    return {**nodes_of_permits(text), **_merged(work)}


def _of_permits(clause: str) -> Iterator[tuple[str, bool]]:
    """Each permit of a clause by the signs behind its name, up to the next name; the first has those before it too."""
    starts = [found.start() for found in PERMIT_NAMES.finditer(clause)]
    for begin, end in zip([0, *starts[1:]], [*starts[1:], len(clause)], strict=True) if starts else ():
        part = clause[begin:end]
        is_open = bool(NOT_GRANTED.search(part))
        if is_open or GRANTED.search(part):
            yield from ((node, not is_open) for node, words in PERMITS.items() if words.search(part))


def _of_work(clause: str) -> Iterator[tuple[str, bool]]:
    if PROMISED.search(clause):
        return
    for words, told in WORK:
        if words.search(clause):
            yield from (each for each in told.items() if each[1] or not _is_over(clause, told))


def _is_over(clause: str, told: Mapping[str, bool]) -> bool:
    """True for an early step that is over: it says nothing of the node that it comes before."""
    return not any(told.values()) and bool(IS_OVER.search(clause))


def _merged(told: Iterator[tuple[str, bool]]) -> dict[str, bool]:
    """What is told of each node; of two that contradict each other the open one."""
    found: dict[str, bool] = {}
    for node, is_done in told:
        found[node] = found.get(node, True) and is_done
    return found
