"""A rectification ledger as a table: what each line says, and what is told of those that cannot be taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.list_lines import decoded, lines_of_text
from domain.periods import Period
from domain.rectification import Rectification, RectificationBulletin, id_of_words
from domain.rectification_lists import FAULTS, ReadLedger, read_ledger
from domain.tasks import APPLYING, APPROVING, RECTIFICATION, SUPERVISION

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "rectification.csv"
ABOUT = "台账名称,整改台账\n方案问题数,31\n方案措施数,125\n方案日期,2024-12-26\n出处,报告\n"
PUBLISHED = "公开月份,2024-12\n公开完成,23\n公开推进,5\n公开日期,2024年12月26日\n"
HEAD = "序号,存在问题,措施序号,整改措施,牵头领导,牵头单位,配合单位,时间安排,提出日期,整改时限\n"
ROW = "1,转化慢,1-1,建清单,甲,招商局,两片区,每月,2024-06-20,2024年8月\n"


def read(text: str) -> ReadLedger:
    return read_ledger(lines_of_text(text))


def faults(found: ReadLedger) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in found.faults]


def test_a_whole_ledger() -> None:
    """The plan, what was published, a problem with two measures, each with what is said of it."""
    found = read(ABOUT + PUBLISHED + HEAD + ROW + ",,1-2,逐个会办,乙,招商局,,,2024-06-20,2024-10-31\n")
    made = id_of_words("r", "整改台账")
    assert found.rectification == Rectification(made, "整改台账", 31, 125, date(2024, 12, 26), "报告")
    assert found.bulletin == RectificationBulletin(made, Period(2024, 12), 23, 5, date(2024, 12, 26), "报告")
    assert [(each.serial, each.text, each.is_example) for each in found.problems] == [("1", "转化慢", False)]
    first, second = found.tasks
    assert (first.source, first.text, first.lead, first.taking_part) == (RECTIFICATION, "建清单", "招商局", "两片区")
    assert (first.opened_on, first.due_date) == (date(2024, 6, 20), date(2024, 8, 31))  # a month's last day
    assert (second.text, second.due_date) == ("逐个会办", date(2024, 10, 31))
    details = [(each.task_id, each.leader, each.schedule, each.problem_id, each.serial) for each in found.details]
    problem = found.problems[0].problem_id
    assert details == [(first.task_id, "甲", "每月", problem, "1-1"), (second.task_id, "乙", "", problem, "1-2")]
    assert (found.closings, found.faults) == ([], [])


def test_the_sample_is_what_is_public_and_examples() -> None:
    """31, 125, 23 and 5 with their source; all words of measures are marked as made up."""
    found = read_ledger(lines_of_text(decoded(SAMPLE.read_bytes())), is_example=True)
    assert found.faults == []
    plan, bulletin = found.rectification, found.bulletin
    assert plan and bulletin
    assert (plan.problem_count, plan.measure_count, bulletin.done, bulletin.going_on) == (31, 125, 23, 5)
    assert "2024年12月26日" in plan.source
    assert all(each.is_example for each in (*found.problems, *found.details))
    assert {task.source for task in found.tasks} == {RECTIFICATION, SUPERVISION}
    assert {event.recorded_by for event in found.closings if event.kind == APPROVING} == {"示例审批"}


CLOSED = HEAD.strip() + ",关联指标,指标范围,申请销号日期,申请人,办理结果,佐证材料,批准销号日期,批准人\n"


@pytest.mark.parametrize(
    ("more", "fault", "closings"),
    [
        (",,,,,,,", None, []),
        ("签约未开工,滨海片区,,,,,,", None, []),
        ("签约未开工,,,,,,,", None, []),
        ("新开工,滨海片区,,,,,,", "unknown_indicator", []),
        ("签约未开工,火星片区,,,,,,", "unknown_indicator", []),
        (",,2024-08-20,王,已建立,通报,,", None, [APPLYING]),
        (",,2024-08-20,王,已建立,通报,2024-08-28,李", None, [APPLYING, APPROVING]),
        (",,2024-08-20,,已建立,通报,,", "half_closed", []),
        (",,2024-08-20,王,已建立,,,", "half_closed", []),
        (",,2024-08-20,王,已建立,通报,2024-08-28,", "half_closed", []),
        (",,,,,,2024-08-28,李", "half_closed", []),
    ],
)
def test_closings_and_figures_of_a_row(more: str, fault: str | None, closings: list[str]) -> None:
    """By their names; a closing whole, with who applied and who approved."""
    found = read(ABOUT + CLOSED + ROW.strip() + "," + more + "\n")
    assert faults(found) == ([(7, fault)] if fault else [])
    assert [event.kind for event in found.closings] == closings
    if closings:
        first = found.closings[0]
        assert (first.recorded_by, first.note, first.evidence) == ("王", "已建立", "通报")


def test_a_row_is_tied_by_names() -> None:
    """A figure without a body is the zone's."""
    found = read(ABOUT + CLOSED + ROW.strip() + ",到期未开工,,,,,,,\n" + "2,乙,2-1,另,甲,局,,,2024-06-20,2024-08-01,签约未开工,响水片区,,,,,,\n")
    tied = [(each.indicator, each.indicator_body) for each in found.details]
    assert tied == [("start_overdue", "zone"), ("signed_not_started_count", "xiangshui")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(0, "no_headings")]),
        ("甲,乙\n", [(0, "no_headings")]),
        (HEAD + ROW, [(2, "no_problem")]),  # without a ledger there is no problem
        (ABOUT.replace("31", "许多") + HEAD, [(0, "no_ledger")]),
        (ABOUT.replace("出处,报告\n", "") + HEAD, [(0, "no_ledger")]),
        (ABOUT + PUBLISHED.replace("23", "") + HEAD, [(0, "half_published")]),
        (ABOUT + PUBLISHED.replace("2024-12\n", "2024年底\n") + HEAD, [(0, "half_published")]),
        (ABOUT + HEAD + ROW.replace("建清单", ""), [(7, "no_text")]),
        (ABOUT + HEAD + ROW.replace("招商局", ""), [(7, "no_lead")]),
        (ABOUT + HEAD + ROW.replace("2024年8月", "尽快"), [(7, "no_date")]),
        (ABOUT + HEAD + ROW.replace("2024-06-20", ""), [(7, "no_date")]),
        (ABOUT + HEAD + ROW.replace("1,转化慢", ","), [(7, "no_problem")]),
        ("类别," + HEAD + "督查交办,,,,报批,乙,规划局,,,2024-10-15,2024-12-10\n", []),
        ("类别," + HEAD + "随便,,,,报批,乙,规划局,,,2024-10-15,2024-12-10\n", [(2, "unknown_kind")]),
    ],
)
def test_what_cannot_be_taken_is_told(text: str, found: list) -> None:
    """With the number of the line, and why in both languages; the rest is read."""
    read_again = read(text)
    assert faults(read_again) == found
    for fault in read_again.faults:
        assert (fault.message(), fault.message("en")) == FAULTS[fault.code]


def test_what_is_not_taken_leaves_no_trace() -> None:
    """Neither a task nor an id; a problem named twice is one."""
    again = ROW.replace("1-1,建清单", "1-2,再建")
    found = read(ABOUT + HEAD + ROW + again + ROW.replace("建清单", ""))
    assert (len(found.problems), len(found.tasks), len(found.details)) == (1, 2, 2)
    assert len({task.task_id for task in found.tasks}) == 2
