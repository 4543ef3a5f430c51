"""The titles of the meeting's pages: each rule as a table of cases, in the words that the room reads."""

from __future__ import annotations

import re
from typing import Any

import pytest
from meeting_facts import figures

from domain.indicators import INDICATORS
from domain.progress import Progress
from reports.meeting.titles import (
    Blocked,
    Overdue,
    Promotion,
    blockers_title,
    decisions_title,
    delayed_title,
    districts_title,
    due_title,
    promotion_title,
    targets_title,
    with_missing,
    works_title,
)
from reports.meeting.words import LANGUAGES, texts

MISSING = [
    ([], "一切正常"),
    (["xiangshui"], "一切正常（响水片区未报）"),
    (["binhai", "xiangshui"], "一切正常（两个片区均未报）"),
]
# all, done, overdue
DECISIONS = [
    (0, 0, 0, "没有需要通报的督办事项"),
    (1, 1, 0, "1 件督办事项已办结"),
    (5, 5, 0, "5 件督办事项全部办结"),
    (5, 3, 0, "督办事项 5 件，办结 3 件，没有逾期"),
    (5, 3, 2, "督办事项 5 件，办结 3 件，逾期 2 件"),
    (5, 0, 0, "督办事项 5 件正在办理，没有逾期"),
    (5, 0, 2, "督办事项 5 件尚未办结，2 件逾期"),
    (1, 0, 1, "1 件督办事项逾期未办结"),
]
TARGETS = [
    ((None, None, None, None), "年度目标未录入，只列完成数"),
    ("missing", "报送不齐，暂不评判进度"),
    ((0.0, 1.0, 2.0, 3.0), "签约、开工、竣工、投资均达序时"),
    ((None, None, 2.0, None), "竣工达序时"),
    ((None, -3.24, None, None), "开工落后序时 3.2 个百分点"),
    ((0.0, -12.5, 4.0, 0.0), "签约、竣工、投资达序时，开工落后 12.5 个百分点"),
    ((0.0, -12.5, -20.0, 0.0), "签约、投资达序时，竣工差距最大，落后 20.0 个百分点"),
    ((-1.0, -12.5, -20.0, -2.0), "签约、开工、竣工、投资均落后序时，竣工差距最大，为 20.0 个百分点"),
]
GOOD, BAD, MIXED = (0.0, 0.0, 0.0, 0.0), (-1.0, -1.0, -1.0, -1.0), (0.0, -1.0, 0.0, -1.0)
NOTHING = (None, None, None, None)
DISTRICTS = [
    ("missing", "missing", "两个片区本月均未报送"),
    (NOTHING, NOTHING, "两个片区未设年度目标，只列完成数"),
    (GOOD, GOOD, "两个片区各项指标均达序时"),
    (BAD, BAD, "两个片区各项指标均未达序时"),
    (MIXED, MIXED, "两个片区 4 项中各有 2 项达序时"),
    (MIXED, BAD, "滨海片区 4 项中 2 项达序时；响水片区 4 项均未达序时"),
    (BAD, GOOD, "滨海片区 4 项均未达序时；响水片区 4 项均达序时"),
    (GOOD, "missing", "滨海片区 4 项均达序时；响水片区未报送"),
    (NOTHING, MIXED, "滨海片区未设目标；响水片区 4 项中 2 项达序时"),
    ((None, None, 0.0, None), (None, None, -1.0, None), "滨海片区 1 项指标达序时；响水片区 1 项指标未达序时"),
]
# start, completion, progress, moved
DELAYED = [
    (0, 0, 0, 0, "没有项目到期未开竣工，年度投资也没有滞后"),
    (0, 0, 0, 2, "没有项目到期未开竣工，2 个本月改期"),
    (0, 0, 5, 0, "没有项目到期未开竣工，5 个年度投资滞后"),
    (0, 0, 5, 1, "没有项目到期未开竣工，5 个年度投资滞后，1 个改期"),
    (17, 0, 5, 0, "17 个项目到期未开工"),
    (17, 0, 5, 2, "17 个项目到期未开工，2 个本月又改期"),
    (0, 3, 0, 0, "3 个项目到期未竣工"),
    (0, 3, 0, 2, "3 个项目到期未竣工，2 个本月又改期"),
    (17, 3, 0, 0, "17 个项目到期未开工，3 个到期未竣工"),
    (1286, 3, 0, 2, "1,286 个项目到期未开工，3 个到期未竣工；2 个本月又改期"),
]
# (nodes due, done), (promises due, kept), next month
DUE = [
    ((0, 0), (0, 0), 0, "本月、下月都没有到期的节点和承诺"),
    ((0, 0), (0, 0), 4, "本月没有到期的节点和承诺，下月到期 4 个"),
    ((8, 5), (6, 3), 4, "本月 8 个节点到期，完成 5 个；6 个承诺到期，兑现 3 个"),
    ((8, 8), (6, 6), 4, "本月 8 个节点到期，全部完成；6 个承诺到期，全部兑现"),
    ((8, 0), (6, 0), 0, "本月 8 个节点到期，均未完成；6 个承诺到期，均未兑现"),
    ((1, 1), (1, 0), 0, "本月 1 个节点到期，已完成；1 个承诺到期，未兑现"),
    ((1, 0), (1, 1), 0, "本月 1 个节点到期，未完成；1 个承诺到期，已兑现"),
    ((2, 1), (0, 0), 9, "本月 2 个节点到期，完成 1 个"),
    ((0, 0), (6, 3), 9, "本月 6 个承诺到期，兑现 3 个"),
    ((0, 0), (6, 0), 9, "本月 6 个承诺到期，均未兑现"),
    ((0, 0), (6, 6), 9, "本月 6 个承诺到期，全部兑现"),
    ((0, 0), (1, 1), 9, "本月 1 个承诺到期，已兑现"),
    ((0, 0), (1, 0), 9, "本月 1 个承诺到期，未兑现"),
]
# recorded, joint, session, own, overdue, named, higher; districts missing
BLOCKERS = [
    ((0, 0, 0, 0, 0, 0, 0), 0, "没有登记在案的问题，报表也没有列出堵点"),
    ((0, 0, 0, 0, 0, 0, 0), 2, "两个片区均未报送，也没有登记在案的问题"),
    ((0, 0, 0, 0, 0, 9, 0), 0, "报表列出堵点 9 件，尚未登记"),
    ((0, 0, 0, 0, 0, 22, 6), 0, "报表列出堵点 22 件，6 件需市级以上协调，尚未登记"),
    ((0, 0, 0, 0, 0, 22, 6), 1, "报表列出堵点 22 件，6 件需市级以上协调，尚未登记（响水片区未报）"),
    ((7, 0, 0, 0, 0, 22, 6), 0, "登记的问题都已办结，没有待议事项"),
    ((7, 2, 3, 0, 0, 22, 6), 0, "2 件需省、市协调，3 件需新区、县会办"),
    ((7, 2, 3, 1, 1, 22, 6), 2, "2 件需省、市协调，3 件需新区、县会办；1 件逾期"),
    ((7, 2, 0, 1, 0, 22, 6), 0, "2 件需省、市协调，没有新区、县会办事项"),
    ((7, 2, 0, 1, 1, 22, 6), 0, "2 件需省、市协调，1 件逾期"),
    ((7, 0, 3, 1, 0, 22, 6), 0, "3 件需新区、县会办，没有需省、市协调的"),
    ((7, 0, 3, 1, 2, 22, 6), 0, "3 件需新区、县会办，2 件逾期"),
    ((7, 0, 0, 4, 0, 22, 6), 0, "未办结的 4 件由企业自行解决，不需会办"),
    ((7, 0, 0, 4, 1, 22, 6), 0, "未办结的 4 件由企业自行解决，1 件逾期"),
]
# works, blocked, gap of the investment (None: no target)
WORKS = [
    (0, 0, None, "没有列入监测的基础设施项目"),
    (17, 0, None, "17 项基础设施，报表没有列出堵点"),
    (17, 0, 0.0, "17 项基础设施没有列出堵点，投资达序时"),
    (17, 0, -4.26, "17 项基础设施没有列出堵点，投资落后序时 4.3 个百分点"),
    (17, 3, None, "17 项基础设施，3 项有堵点"),
    (17, 3, 2.0, "17 项基础设施 3 项有堵点，投资达序时"),
    (17, 3, -12.0, "17 项基础设施 3 项有堵点，投资落后序时 12.0 个百分点"),
]
# events, signed, tenants, of these at work, found open, gaps
PROMOTIONS = [
    ((19, 48, 5, 1, 5, 7), "今年招商活动 19 场签约 48 个；走访 5 件未解决；产业链缺口 7 个"),
    ((19, 1_048, None, 0, 0, 0), "今年招商活动 19 场签约 1,048 个；走访所提均已解决；产业链没有缺口"),
    ((2, None, 5, 1, None, None), "今年招商活动 2 场"),
    ((None, None, 5, 1, None, 7), "产业链缺口 7 个"),
    ((None, None, 5, 1, 0, None), "走访所提均已解决"),
    ((None, None, 5, 1, None, None), "园区入驻企业 5 家，已投产 1 家"),
]


def invested(gap: float | None) -> Progress:
    target = None if gap is None else 100.0
    return Progress(INDICATORS["infrastructure_investment_ytd_wan"], "zone", 50 + (gap or 0.0), target, 0.5)


def missing(count: int) -> list[str]:
    return [[], ["xiangshui"], ["binhai", "xiangshui"]][count]


# name, rule by language, expected in Chinese
CASES: list[tuple[Any, str]] = [
    *((lambda to, m=m: with_missing(to, "一切正常", m), title) for m, title in MISSING),
    *((lambda to, row=row: decisions_title(to, *row[:3]), row[3]) for row in DECISIONS),
    *((lambda to, g=g: targets_title(to, figures(zone=g), "zone"), title) for g, title in TARGETS),
    *((lambda to, b=b, x=x: districts_title(to, figures(binhai=b, xiangshui=x)), title) for b, x, title in DISTRICTS),
    *((lambda to, row=row: delayed_title(to, Overdue(*row[:4])), row[4]) for row in DELAYED),
    *((lambda to, row=row: due_title(to, *row[:3]), row[3]) for row in DUE),
    *((lambda to, c=c, m=m: blockers_title(to, Blocked(*c), missing(m)), title) for c, m, title in BLOCKERS),
    *((lambda to, row=row: works_title(to, row[0], row[1], invested(row[2])), row[3]) for row in WORKS),
    *((lambda to, c=c: promotion_title(to, Promotion(*c)), title) for c, title in PROMOTIONS),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "title"), CASES, ids=[title for _, title in CASES])
def test_titles(rule: Any, title: str) -> None:
    """Every case has its Chinese sentence without an English letter, and an English one without a Chinese sign."""
    assert rule("zh") == title
    assert not re.search("[A-Za-z]", title)
    assert width(title) <= 36
    english = rule("en").replace("一切正常", "")
    assert not re.search("[\u4e00-\u9fff，。；（）]", english)


def width(title: str) -> float:
    """In Chinese characters: a digit, a letter or a space takes half of one."""
    return sum(0.5 if sign.isascii() else 1 for sign in title)


SECTIONS = ("decisions", "targets", "districts", "delayed", "due", "blockers", "works")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_a_case(language: str) -> None:
    """No sentence of a title is there without a case above that makes it."""
    made = [rule(language) for rule, _ in CASES]
    unused = [
        key
        for key, said in texts().items()
        if key.split(".")[0] in SECTIONS and not any(pattern(said[language]).search(title) for title in made)
    ]
    assert unused == []


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in re.split(r"\{\w+\}", text)), re.IGNORECASE)
