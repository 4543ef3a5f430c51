"""The bulletin of tasks: every number that of the record, both languages, nothing that somebody wrote run or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from opened_papers import HOSTILE_TEXTS, paper_texts

from domain.periods import Period
from domain.rectification import Problem, Rectification, RectificationBulletin, count_ledger
from domain.relapses import RELAPSED, Watch
from domain.task_facts import TaskFacts
from domain.task_lists import agenda
from domain.tasks import APPLYING, APPROVING, FINISHING, Task, TaskDetail, TaskEvent, TaskLife, task_lives
from reports.meeting.safe_text import xml_text
from reports.meeting.task_bulletin import task_bulletin, task_bulletin_fields

DAY, GIVEN, PERIOD = date(2024, 8, 31), date(2024, 7, 1), Period(2024, 8)
PLAN = Rectification("r1", "整改台账", 31, 125, date(2024, 6, 26), "公布的报告")
PUBLISHED = RectificationBulletin("r1", PERIOD, 23, 5, date(2024, 8, 30), "通报")
PROBLEM = Problem("p1", "r1", "1", "转化不快")
TASKS = [
    Task("d1", "decision", "2024-07", "协调供热", "发改委", date(2024, 8, 15), GIVEN),
    Task("d2", "decision", "2024-07", "落实用地", "资规局", date(2024, 9, 30), GIVEN),
    Task("m1", "rectification", "", "建清单", "招商局", date(2024, 8, 30), GIVEN),
    Task("m2", "rectification", "", "会办", "招商局", date(2024, 8, 10), GIVEN),
    Task("m3", "rectification", "", "清退", "招商局", date(2024, 8, 29), GIVEN),
]
DETAILS = [TaskDetail(f"m{n}", problem_id="p1", serial=f"1-{n}", is_example=n == 1) for n in (1, 2, 3)]
EVENTS = [
    TaskEvent("m1", APPLYING, date(2024, 8, 5), "已建立", "通报"),
    TaskEvent("m1", APPROVING, date(2024, 8, 6), "同意"),
    TaskEvent("m2", APPLYING, date(2024, 8, 9), "已会办", "纪要"),
]


def lives(tasks: list[Task] = TASKS) -> list[TaskLife]:
    return task_lives(tasks, EVENTS, DAY, DETAILS)


def facts(
    tasks: list[Task] = TASKS, *, is_published: bool = True, relapsed: bool = True, source: str = "公布的报告"
) -> TaskFacts:
    found = lives(tasks)
    plan, bulletins = replace(PLAN, source=source), [PUBLISHED] if is_published else []
    counts = count_ledger(plan, bulletins, [PROBLEM], found, PERIOD)
    closed = [life for life in found if life.task.task_id == "m1"]
    watched = [Watch(life, Period(2024, 7), 2.0, PERIOD, 6.0, RELAPSED) for life in closed]
    watched = [
        replace(
            each, life=replace(each.life, detail=TaskDetail("m1", indicator="start_overdue", indicator_body="binhai"))
        )
        for each in watched
    ]
    last = date(2024, 7, 31)
    return TaskFacts(PERIOD, DAY, found, agenda(found, last), last, [counts], watched if relapsed else [])


def told(made: TaskFacts, language: str = "zh") -> str:
    fields = task_bulletin_fields(made, language)
    parts = [fields["paragraph"]]
    for section in fields["sections"]:
        parts += [section.name, section.finding]
        for block in section.blocks:
            parts += [block.text, *(" ".join(row) for row in block.rows)]
    return "\n".join(parts)


def test_it_says_how_the_tasks_stand() -> None:
    """Numbers of all, of each lead, what is overdue with the step, what was done since the last meeting."""
    assert told(facts()).split("\n") == [
        "截至2024年8月31日，督办事项（议定事项、整改措施、督查交办）共 5 项，办结 1 项，待销号 1 项，推进中 1 项，逾期 2 项。",
        "各牵头单位办理情况",
        "牵头单位 3 个。",
        "逾期多的在前。",
        "发改委 1 0 0 0 1",
        "招商局 3 1 1 0 1",
        "资规局 1 0 0 1 0",
        "逾期事项",
        "逾期未办结 2 项。",
        "逾期久的在前；应采取的措施按示例规则：逾期 1 天提醒，8 天督办，15 天约谈。",
        "协调供热 发改委 2024-08-15 16 约谈",
        "清退 招商局 2024-08-29 2 提醒",
        "上次例会以来办结事项",
        "上次例会（计至2024年7月31日）以来办结 1 项。",
        "逐项如下。",
        "建清单 招商局 2024-08-06 已建立",
        "整改台账",
        "方案列问题 31 个、措施 125 项。已公开 28 个，方案 31 个：公布完成 23 个、推进 5 个；两个口径不一致的，原样列出。出处：公布的报告。",
        "系统登记措施 3 项：办结 1 项，待销号 1 项，推进中 0 项，逾期 1 项。其中 1 项为示例。",
        "办结后关联指标变差、疑似回潮 1 项，是否重新打开由人认定。",
        "建清单 滨海片区 到期未开工 2 6",
    ]


def test_of_nothing_it_says_that_there_is_nothing() -> None:
    """No empty table; a month before anything was published says so."""
    empty = TaskFacts(PERIOD, DAY, [], agenda([], DAY), DAY)
    assert told(empty).split("\n")[1:] == [
        "各牵头单位办理情况", "牵头单位 0 个。", "逾期事项", "没有逾期事项。",
        "上次例会以来办结事项", "上次例会（计至2024年8月31日）以来没有办结事项。",
    ]  # fmt: skip
    before = told(facts(is_published=False, relapsed=False))
    assert "截至本期没有公开整改数。" in before
    assert "回潮" not in before


def test_a_decision_may_be_closed_by_one() -> None:
    """Its result stands as it was said."""
    closed = task_lives(TASKS[:1], [TaskEvent("d1", FINISHING, date(2024, 8, 12), "已接入", "纪要")], DAY)
    made = TaskFacts(PERIOD, DAY, closed, agenda(closed, date(2024, 7, 31)), date(2024, 7, 31))
    assert "协调供热 发改委 2024-08-12 已接入" in told(made)


def test_in_english() -> None:
    """All headings and sentences; names of people's words stay as they are."""
    text = told(facts(), "en")
    assert "5 tasks" in text and "summons" in text and "28 of 31" in text and "Binhai" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_opens(language: str) -> None:
    """Its tables have the rows; made by hand twice it is the same."""
    content = task_bulletin(facts(), language)
    document = Document(BytesIO(content))
    assert [len(table.rows) for table in document.tables] == [4, 3, 2, 2]
    assert "31" in paper_texts(content)
    assert paper_texts(content) == paper_texts(task_bulletin(facts(), language))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_people_wrote_is_text(text: str) -> None:
    """Neither markup nor a placeholder."""
    tasks = [replace(task, text=text, lead=text) for task in TASKS]
    content = task_bulletin(facts(tasks, source=text))
    assert xml_text(text) in paper_texts(content)
