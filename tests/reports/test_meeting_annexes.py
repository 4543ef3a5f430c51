"""The annexes: nothing of the pages is cut short in them, and what senders wrote stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from meeting_facts import facts

from domain.issues import Issue, IssueEvent, lives_of
from domain.tasks import Task, TaskEvent, task_lives
from reports.meeting.annexes import annex_frames, annexes_name, annexes_workbook
from reports.meeting.gathering import meeting_of
from reports.meeting.words import LANGUAGES
from tests.domain.frames import states

FRAME = states(
    project_name=["=1+1", "乙项目", "丙项目"], body=["binhai", "xiangshui", "binhai"],
    planned_start_date=["2024-06-30", "2024-08-31", "2025-01-31"], issue_text=["用地指标", None, "资金"],
    escalation_level=["city", None, None], signed_date="2024-02-01",
)  # fmt: skip
BEFORE = states(planned_start_date=["2024-06-30", "2024-08-31", "2024-12-31"])
ISSUE = Issue("i1", "p1", "binhai", date(2024, 7, 31), "用地指标缺口", "land", "city")
LIVES = lives_of([ISSUE], [IssueEvent("i1", "assigned", date(2024, 8, 1), owner="资规局", due_date=date(2024, 9, 30))], date(2024, 8, 31))
MADE = facts(FRAME, BEFORE, lives=LIVES, targets={("signed", "zone"): 4.0, ("investment", "zone"): 50_000.0})


def rows(name: str) -> list[list[object]]:
    frame = annex_frames(MADE)[name]
    return [[None if pd.isna(value) else value for value in row] for row in frame.to_numpy().tolist()]


def test_overview() -> None:
    """Each figure of districts and zone with its target, counts whole, shares in percent."""
    found = {(row[0], row[1]): row[2:] for row in rows("overview")}
    assert len(found) == 18
    assert found["新签约", "全区"] == ["个", 3, 4, 75.0, pytest.approx(66.6667, abs=1e-3), pytest.approx(8.3333, abs=1e-3), "达序时", None]
    assert found["新签约", "滨海片区"][:3] == ["个", 2, None]
    assert found["产业投资完成", "全区"][:3] == ["亿元", None, 5.0]


def test_delayed() -> None:
    """Every late project with both promises, its reason and its level."""
    first, second = rows("delayed")
    assert first[:3] == ["=1+1", "滨海片区", "开工"]
    assert first[5:8] == [62, 62, 0]
    assert first[9:] == ["关注", "用地指标", "用地指标", "市"]
    assert second[:3] == ["乙项目", "响水片区", "开工"]


def test_due_blockers_and_moved() -> None:
    """What is open of the month; issues on record before those that returns name; dates that moved."""
    assert rows("due") == [["乙项目", "响水片区", "开工", "8月", "未兑现"]]
    assert [row[:6] for row in rows("blockers")] == [
        ["=1+1", "滨海片区", "用地指标缺口", "用地指标", "市", "已登记"],
        ["=1+1", "滨海片区", "用地指标", "", "市", "报表所列"],
        ["丙项目", "滨海片区", "资金", "", "", "报表所列"],
    ]
    assert rows("blockers")[0][6:] == [31, 31, "资规局", pd.Timestamp(2024, 9, 30)]
    assert [row[:2] for row in rows("moved")] == [["丙项目", "开工"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook(language: str) -> None:
    """Five sheets, each with its title, what it stands on and its headings; a name is never a formula."""
    meeting = meeting_of(MADE, language=language)
    book = openpyxl.load_workbook(BytesIO(annexes_workbook(MADE, meeting, language)))
    frames = annex_frames(MADE, language)
    assert len(book.sheetnames) == len(frames) == 5
    for sheet, frame in zip(book.worksheets, frames.values(), strict=True):
        assert [cell.value for cell in sheet[3]][: len(frame.columns)] == list(frame.columns)
        assert sheet.max_row == 3 + len(frame)
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert annexes_name(meeting) == "例会附件_2024-08.xlsx"


def test_nothing_to_list() -> None:
    """Sheets of headings alone, but the overview."""
    frames = annex_frames(facts(states()))
    assert [len(frame) for frame in frames.values()] == [18, 0, 0, 0, 0]


def test_all_tasks_stand_in_a_sheet() -> None:
    """Decisions, rectification and supervision alike, the most pressing first, with what was last said; closed ones behind."""
    given = date(2024, 7, 1)
    tasks = [
        Task("d1", "decision", "2024-07", "协调供热", "发改委", date(2024, 9, 15), given, "两片区"),
        Task("m1", "rectification", "", "建清单", "招商局", date(2024, 8, 30), given),
        Task("s1", "supervision", "", "报批", "规划局", date(2024, 8, 1), given),
    ]
    events = [
        TaskEvent("d1", "progress", date(2024, 8, 2), "方案已评审"),
        TaskEvent("m1", "applied", date(2024, 8, 5), "已建立", "通报"),
        TaskEvent("m1", "approved", date(2024, 8, 6), "同意"),
    ]
    made = replace(facts(states()), tasks=task_lives(tasks, events, date(2024, 8, 31)))
    frame = annex_frames(made)["tasks"]
    assert frame.columns.tolist() == ["事项", "来源", "牵头", "配合单位", "时限", "办理情况", "逾期天数", "落实情况"]
    assert frame.to_numpy().tolist() == [
        ["报批", "督查交办", "规划局", "", date(2024, 8, 1), "逾期", 30, "未报落实情况"],
        ["协调供热", "议定事项", "发改委", "两片区", date(2024, 9, 15), "推进中", None, "方案已评审"],
        ["建清单", "整改措施", "招商局", "", date(2024, 8, 30), "办结", None, "已建立"],
    ]
