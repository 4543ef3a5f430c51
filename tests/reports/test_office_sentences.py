"""What the bulletin says of firms and tasks: the sums of the lists, growth of like with like, nothing where nothing is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from meeting_facts import facts
from sample_year import copy_database

from domain.ledgers import LEDGERS as DECLARED
from domain.number_texts import money_number
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.tasks import Task, TaskEvent, task_lives
from loaders.reading import read_return
from reports.meeting.facts import read_facts
from reports.meeting.office_sentences import office_sentences
from reports.meeting.paragraph import bulletin_paragraph, plain_text
from reports.meeting.works import works_blocks
from storage.accepting import accept_submission
from storage.engine import open_database
from storage.queries import ledger_rows
from tests.domain.frames import states

LEDGERS = Path(__file__).resolve().parents[2] / "data" / "samples" / "ledgers"


def firms(*rows: tuple[float | None, float | None]) -> dict[str, pd.DataFrame]:
    """August lists of firms, each (sales since January, the same of the year before) in 万元."""
    frame = pd.DataFrame(
        [
            {
                "period": "2024-08", "body": "binhai", "firm_name": f"企业{number}", "sales_month_wan": None,
                "sales_ytd_wan": now, "sales_before_wan": before,
            }
            for number, (now, before) in enumerate(rows)
        ]
    )  # fmt: skip
    return {"firms": frame}


# (now, the year before) of each firm, and what is said.
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(11_000, 10_000), (22_000, 20_000)], "规上企业 2 家，1—8月开票销售 3.30 亿元，可比的 2 家比上年同期增长 10.0%。"),
        ([(9_000, 10_000), (20_000, None)], "规上企业 2 家，1—8月开票销售 2.90 亿元，可比的 1 家比上年同期下降 10.0%。"),
        ([(10_000, 10_000)], "规上企业 1 家，1—8月开票销售 1.00 亿元，可比的 1 家比上年同期增长 0.0%。"),
        ([(20_000, None)], "规上企业 1 家，1—8月开票销售 2.00 亿元。"),
        ([(None, 10_000)], ""),
    ],
)
def test_firms(rows: list[tuple[float | None, float | None]], said: str) -> None:
    """A firm without a year before counts among the sales and not in the growth; without sales nothing is said."""
    made = replace(facts(states()), ledgers=firms(*rows))
    assert office_sentences(made, "zh") == said
    assert bool(office_sentences(made, "en")) == bool(said)


GIVEN = date(2024, 7, 1)
TASKS = [Task(f"t{n}", "supervision", "", f"事项{n}", "局", date(2024, 8, 1 + n), GIVEN) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("given", "events", "said"),
    [
        ([], [], ""),
        (TASKS[:1], [TaskEvent("t1", "cancelled", GIVEN, "并入")], ""),
        (TASKS, [TaskEvent("t1", "done", GIVEN, "办妥")], "督办事项 3 项，办结 1 项，逾期 2 项。"),
        (TASKS[:1], [TaskEvent("t1", "done", GIVEN, "办妥")], "督办事项 1 项，办结 1 项，没有逾期。"),
    ],
)
def test_tasks(given: list[Task], events: list[TaskEvent], said: str) -> None:
    """Cancelled ones are none; the paragraph has the sentence before it names who did not report."""
    frame = states(project_name=["甲", "乙"], body=["binhai", "xiangshui"])
    made = replace(facts(frame, reported=["binhai"]), tasks=task_lives(given, events, date(2024, 8, 31)))
    assert office_sentences(made, "zh") == said
    text = plain_text(bulletin_paragraph(made))
    assert said in text and text.endswith("响水片区本月未报送，沿用上次所报。")


def test_january_is_one_month() -> None:
    """Not from January to January."""
    rows = {"firms": firms((11_000, 10_000))["firms"].assign(period="2024-01")}
    made = replace(facts(states()), ledgers=rows, period=Period(2024, 1))
    assert "1 家，1月开票销售" in office_sentences(made, "zh")
    assert "sales Jan:" in office_sentences(made, "en")


def test_the_sample_lists(until_august: Path, tmp_path: Path) -> None:
    """The sum is that of the rows of both districts."""
    db = open_database(copy_database(until_august, tmp_path / "firms"))
    for body in ("滨海片区", "响水片区"):
        name = f"{body}2024年8月规上企业运行情况表.xlsx"
        content = (LEDGERS / name).read_bytes()
        accept_submission(db, read_return(content, name), content, accepted_at=datetime(2025, 1, 5, 9))
    record = Record(Period(2024, 8))
    made = read_facts(db, OFFICE, record, date(2024, 8, 31))
    rows = ledger_rows(db, OFFICE, record, DECLARED["firms"])
    total = float(rows["sales_ytd_wan"].sum())
    assert f"规上企业 {len(rows)} 家，1—8月开票销售 {money_number(total)} 亿元" in plain_text(bulletin_paragraph(made))
    db.close()


def test_works_of_which_accounts_differ_are_counted(until_august: Path, tmp_path: Path) -> None:
    """On the meeting's page of works as on the page of infrastructure; without the ledger there is no such figure."""
    db = open_database(copy_database(until_august, tmp_path / "works"))
    record = Record(Period(2024, 12))
    before = works_blocks(read_facts(db, OFFICE, record, date(2024, 12, 31)), "zh")[0]
    name = "黄海新区2024年12月工程台账.xlsx"
    content = (LEDGERS / name).read_bytes()
    accept_submission(db, read_return(content, name), content, accepted_at=datetime(2025, 1, 5, 9))
    made = read_facts(db, OFFICE, record, date(2024, 12, 31))
    figures = works_blocks(made, "zh")[0]
    assert len(figures) == len(before) + 1
    lines = made.work_lines[made.work_lines["disputes"] > 0]
    assert {"学府路"} <= set(lines["work_name"])
    assert (figures[-1].label, figures[-1].text) == ("说法不一", str(lines["work_name"].nunique()))
    db.close()
