"""The bulletin's opening paragraph: a table of cases in the words that are printed, and its command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from meeting_facts import facts
from sample_year import copy_database

from reports.__main__ import main
from reports.meeting.paragraph import Part, bulletin_paragraph, plain_text
from tests.domain.frames import states

HEAD = "截至2024年8月底，全区在库亿元以上产业项目 "
NOT_MOVED = "没有项目较上月再次推迟。"
LATE_BY_60 = {"planned_start_date": "2024-07-02"}
# what the case is, columns of the projects, what the paragraph says
CASES = [
    ("nothing on the list", {"completion_date": "2024-01-31"}, "截至2024年8月底，全区没有在库的亿元以上产业项目。"),
    ("one, on time", {"planned_start_date": "2024-12-31"}, HEAD + "1 个，为按期项目。没有滞后项目。"),
    ("all on time", {"planned_start_date": ["2024-12-31"] * 3}, HEAD + "3 个，均为按期项目。没有滞后项目。"),
    ("all without a date", {"planned_start_date": [None, None]}, HEAD + "2 个，均为未填计划日期的项目。没有滞后项目。"),
    (
        "one late, no reason",
        LATE_BY_60,
        HEAD + "1 个，为滞后项目。滞后项目中，按首次承诺、按最新计划均为 1 个。按首次承诺，滞后 1 个月以内 1 个，计 60 天。滞后项目未说明原因。",
    ),
    (
        "moved away: by the first promise alone",
        {"first_planned_start_date": ["2024-07-02", "2024-07-02"], "planned_start_date": ["2024-12-31", "2024-12-31"]},
        HEAD + "2 个，均为滞后项目。滞后项目中，按首次承诺 2 个，按最新计划尚未到期。"
        "按首次承诺，滞后 1 个月以内 2 个，平均滞后 60 天。滞后项目均未说明原因。",
    ),
    (
        "brought forward and missed: by the latest plan alone",
        {"first_planned_start_date": ["2024-12-31", "2025-03-31"], "planned_start_date": ["2024-07-02", "2025-02-28"], "issue_text": "资金"},
        HEAD + "2 个，其中超前 1 个、滞后 1 个（按最新计划 1 个，按首次承诺尚未到期）。滞后原因：资金 1 个。",
    ),
    (
        "every class, bands and reasons",
        {
            "planned_start_date": ["2024-12-31", "2024-08-31", "2023-08-31", "2024-12-31", None, "2024-12-31", "2024-10-31"],
            "first_planned_start_date": ["2024-12-31", "2024-08-31", "2023-08-31", "2024-02-29", None, "2024-10-31", "2024-12-31"],
            "issue_text": [None, "资金", "环评", None, None, None, None],
            "is_reported": [True, True, True, True, True, True, False],
        },
        HEAD + "7 个，其中按期 1 个、改期后未到期 1 个、滞后 3 个（按首次承诺 3 个，按最新计划 2 个）、未填计划日期 1 个、本月未报 1 个。"
        "按首次承诺，滞后 1 个月以内 1 个、3–6 个月 1 个、6–12 个月 1 个，平均滞后 183 天。"
        "滞后原因：环评能评 1 个、资金 1 个、未说明 1 个。",
    ),
    (
        "late and not reported: nobody can have given a reason",
        {"planned_start_date": ["2024-07-02", "2024-07-02"], "is_reported": [True, False], "issue_text": ["资金", None]},
        HEAD + "2 个，均为滞后项目。滞后项目中，按首次承诺、按最新计划均为 2 个。按首次承诺，滞后 1 个月以内 2 个，平均滞后 60 天。"
        "滞后原因：资金 1 个、本月未报 1 个。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_paragraph(columns: dict[str, Any], said: str) -> None:
    """Correct in every case of none, one and more; without a month before nothing is said of dates that moved."""
    assert plain_text(bulletin_paragraph(facts(states(**columns)))) == said
    assert plain_text(bulletin_paragraph(facts(states(**columns)), "en"))


def test_what_moved_since_last_month() -> None:
    """Told beside the head, of projects on the list alone; nothing is claimed where no district has reported."""
    before = states(planned_start_date=["2024-10-31", "2024-10-31", "2024-10-31"], first_planned_start_date="2024-10-31")
    now = states(
        planned_start_date=["2024-12-31", "2024-10-31", "2024-12-31"], first_planned_start_date="2024-10-31",
        stage=["signed", "signed", "cancelled"],
    )  # fmt: skip
    moved = bulletin_paragraph(facts(now, before))
    assert "。1 个项目较上月再次推迟。没有滞后项目。" in plain_text(moved)
    assert Part("1", ("p1",)) in moved
    assert NOT_MOVED in plain_text(bulletin_paragraph(facts(before, before)))
    silent = plain_text(bulletin_paragraph(facts(now.assign(is_reported=False), before, reported=[])))
    assert silent == HEAD + "2 个，均为本月未报的项目。两个片区本月均未报送，沿用上次所报。"


@pytest.mark.parametrize(("language", "title", "opening"), [("zh", "1. 没有需要通报的督办事项", "截至2024年12月底"), ("en", "1. No task", "By the end of Dec 2024")])
def test_the_command_prints_titles_and_paragraph(
    sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, title: str, opening: str
) -> None:
    """`python -m reports meeting` has seven numbered titles, then the paragraph."""
    database = copy_database(sample_year, tmp_path)
    assert main(["meeting", "--period", "2024-12", "--database", str(database), "--language", language]) == 0
    *titles, blank, paragraph = capsys.readouterr().out.splitlines()
    assert (len(titles), blank) == (7, "")
    assert titles[0].startswith(title)
    assert paragraph.startswith(opening)
