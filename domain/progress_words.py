"""What words of progress say of the stage: not begun, begun, stopped or completed; read a clause at a time.

After the words of 3.4. A clause that promises, prepares or speaks of a part only (二期, 部分, 主体) says nothing of the
project: a question that was asked for nothing is worse than one that was not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

NOT_STARTED, STARTED, STOPPED, COMPLETED = SAID = ("not_started", "started", "stopped", "completed")

CLAUSES = re.compile(r"[\s,，;；。、:：!！]+")
# A part of the works, or what is brought to them: it may well stand otherwise than the project.
OF_A_PART = re.compile(
    r"[一二三四五六七]期|部分|局部|个别|其中|其余|剩余|后续|标段|[滨响南北东西\d一二三]段|地块|先导|配套|附属|设备未|设备尚|材料|装修|外墙|绿化|管网|道路"
    r"|办公|宿舍|食堂|综合楼|\d+[#号]|单体|单项|分项|分部"
)
# Not so yet: promised, prepared, asked for, or thought of as what comes then.
NOT_YET = re.compile(
    r"预计|计划|拟|力争|争取|确保|目标|即将|准备|筹备|下月|下步|下一步|将于|将在|年底|具备|待|申请|申报|如(?!期)|若|避免|防止|否则|可能|面临|前期"
    r"|建议|要求|研究|(?:建成|投产|达产)(?:投产|达产)*后|可实现"
)
NEGATED = re.compile(r"未|尚|没有|无|不")
BEING_DONE = re.compile(r"正在|办理|组织|推进|开展|进行|筹|中$")
ON_PAPER = re.compile(r"方案|设计|招标|图审|审查|检测|勘察|论证|编制|采购|订购")
# Of the project, not of a road or a line: nothing stands before it but the project, its builder, the time or the cause.
NOT_BEGUN = re.compile(
    r"^(?:因[^未无不没]*|由于[^未无不没]*|该|本|整个|项目|工程|企业|业主|施工单位|施工队伍?|总包|现场|目前|至今|截至目前|截止目前|暂|一直|仍|还|尚)*"
    r"(?:(?:未|没有)(?:能|曾|正式|实质性|按期|如期|按时|按计划)*(?:开工|动工|开建|施工|进场)|(?:不能|无法)(?:按期|如期|按时)?(?:开工|动工))"
)
BEGUN = re.compile(
    r"(?:已|全面|正式|实质性|顺利)+(?:开工|动工|进场)|进场施工|打桩|试桩|桩基(?:施工|工程|已|完)|基础(?:开挖|施工|浇筑|完成)"
    r"|基坑|主体(?:结构|工程)?(?:施工|开工|浇筑|封顶|完工|完成)|封顶|钢结构(?:吊装|安装|施工)|设备(?:已|正在)?(?:进场|安装|调试)"
)
HALTED = re.compile(r"停工(?!整改(?:已|完))|停建|缓建|暂停(?:施工|建设|实施)|暂缓(?:施工|建设|实施)|暂不实施|停滞")
# A halt of the season or of days, after which work goes on by itself.
FOR_A_WHILE = re.compile(r"季|春节|节日|假期|高考|台风|高温|农忙|一周|[\d一二三四五六七八九十两]+天|期间")
RESUMED = re.compile(r"(?<!未)复工|恢复(?:施工|建设)|重新(?:开工|启动)")
BUILT = re.compile(
    r"(?<!预)竣工验收|(?:已|全部|全面|顺利|正式|整体|项目|^)(?:建成|竣工(?!图|结算|决算|资料|前|时间|日期|后))"
    r"|(?:已|正式|全面|全部|竣工|建成)+投产|投产(?:运营|运行|达效)"
)
# Done in part, or on the way to be.
HARDLY = re.compile(
    r"主体|厂房|车间|桩基|基础|仓库|土建|钢构|钢结构|产线|预验收|专项|专业|基本|试投产|竣工验收(?:备案)?(?:资料|手续|材料|前|阶段|工作)"
)


@lru_cache(maxsize=20_000)
def said_of_stage(text: str) -> frozenset[str]:
    """Which of not_started, started, stopped and completed a text says; empty for none and where clauses disagree.

    Work that was resumed is not stopped; words of the work say nothing beside words that it has not begun.
    """
    found = {said for clause in CLAUSES.split(text) for said in _of_clause(clause)}
    if RESUMED.search(text):
        found.discard(STOPPED)
    if {NOT_STARTED, STARTED} <= found or {NOT_STARTED, COMPLETED} <= found:
        return frozenset(found - {NOT_STARTED, STARTED, COMPLETED})
    return frozenset(found)


def _of_clause(clause: str) -> Iterator[str]:
    if OF_A_PART.search(clause):
        return
    if NOT_BEGUN.search(clause) and not NOT_YET.search(clause) and not HARDLY.search(clause):
        yield NOT_STARTED
    if NOT_YET.search(clause) or NEGATED.search(clause):
        return
    if HALTED.search(clause) and not FOR_A_WHILE.search(clause):
        yield STOPPED
    if BEGUN.search(clause) and not ON_PAPER.search(clause):
        yield STARTED
    if BUILT.search(clause) and not BEING_DONE.search(clause) and not HARDLY.search(clause):
        yield COMPLETED
