"""The district's form with its open tasks: which stand in it, how, and that it reads back without a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sample_year import copy_database

from domain.bodies import DISTRICT_CODES
from domain.periods import Period
from domain.scope import OFFICE, Record
from domain.submissions import Submission
from domain.task_reports import TaskReport, unrecorded_answers
from domain.tasks import CHANGED, FINISHING, Task, TaskEvent, task_lives
from loaders.reading import read_return
from reports.templates import return_template, template_name
from storage.engine import Database, open_database
from storage.queries import findings_of, known_for, project_states, task_events, tasks
from storage.tasks import record_tasks

SEPTEMBER = Period(2024, 9)
GIVEN = date(2024, 9, 10)
HEADINGS = ["序号", "事项", "涉及项目", "牵头", "配合", "时限", "落实情况"]


def given(number: int, text: str, lead: str, due: date, **more: str) -> Task:
    return Task(f"t{number}", "decision", "2024-08", text, lead, due, more.pop("on", GIVEN), **more)


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample year with tasks of both districts, done and open, of then and later."""
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("tasks")))
    states = project_states(database, OFFICE, Record(Period(2024, 8)))
    first = {body: states[states["body"] == body].iloc[0]["project_id"] for body in DISTRICT_CODES}
    made = [
        given(1, "=1+1", "县发改委", date(2024, 10, 31), body="binhai", project_id=first["binhai"]),
        given(2, "台账补齐", "督查室", date(2024, 9, 20), taking_part="滨海片区、响水片区"),
        given(3, "只归响水的事", "响水片区", date(2024, 10, 31)),
        given(4, "已经办完的事", "滨海片区", date(2024, 9, 30)),
        given(5, "十月的事", "滨海片区", date(2024, 10, 31), on=date(2024, 10, 1)),
    ]
    events = [
        TaskEvent("t4", FINISHING, date(2024, 9, 20), "办完"),
        TaskEvent("t2", CHANGED, date(2024, 9, 21), "材料未齐", due_date=date(2024, 12, 31)),
    ]
    record_tasks(database, made, events, recorded_at=datetime(2024, 10, 8, 9))
    yield database
    database.close()


def template(db: Database, period: Period = SEPTEMBER, body: str = "binhai") -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(return_template(db, OFFICE, Record(period), body)))


def read_back(db: Database, book: openpyxl.Workbook, body: str = "binhai") -> Submission:
    buffer = BytesIO()
    book.save(buffer)
    return read_return(buffer.getvalue(), template_name(Record(SEPTEMBER), body), known_for(db, SEPTEMBER))


def test_the_open_tasks_of_a_district(db: Database) -> None:
    """Those about its projects and those that name it, as of the month's end, the one due soonest first, as texts."""
    book = template(db)
    assert [name for name in book.sheetnames if name != "待核实问题"] == ["产业项目", "基础设施", "议定事项"]
    sheet = book["议定事项"]
    title, note, headings, *lines = sheet.iter_rows(values_only=True)
    assert title[0] == "滨海片区2024年9月议定事项落实情况表" and note[0].startswith("填表说明")
    assert list(headings) == HEADINGS
    project = book["产业项目"]
    names = {project.cell(row, 2).value for row in range(5, project.max_row + 1)}
    assert [line[:2] + line[3:] for line in lines] == [
        (1, "=1+1", "县发改委", None, "2024-10-31", None),
        (2, "台账补齐", "督查室", "滨海片区、响水片区", "2024-12-31", None),
    ]
    assert lines[0][2] in names and lines[1][2] is None
    assert sheet["B4"].data_type == "s"
    assert (sheet.freeze_panes, sheet.page_setup.paperSize, sheet.print_title_rows) == ("C4", 8, "$3:$3")


@pytest.mark.parametrize(
    ("period", "body", "expected"),
    [
        (SEPTEMBER, "xiangshui", ["只归响水的事", "台账补齐"]),
        (Period(2024, 10), "binhai", ["=1+1", "十月的事", "台账补齐"]),
        (Period(2024, 8), "binhai", None),  # nothing was decided yet: no sheet
    ],
)
def test_each_month_and_district_its_own(db: Database, period: Period, body: str, expected: list[str] | None) -> None:
    """Tasks of later days are not in it; without any there is no sheet."""
    book = template(db, period, body)
    found = [row[1] for row in book["议定事项"].iter_rows(min_row=4, values_only=True)] if "议定事项" in book else None
    assert found == expected


@pytest.mark.parametrize("said", [None, "已办结，佐证：盐供电〔2024〕12号", "合计 3 个，总投资 5 亿元"])
def test_the_sheet_reads_back_without_a_question(db: Database, said: str | None) -> None:
    """Untouched or filled in there is not one finding that was not there without the sheet."""
    book = template(db)
    for row in range(4, 6):
        book["议定事项"].cell(row, 7, said)
    submission = read_back(db, book)
    told = {(each.finding.code, each.finding.project_id) for each in findings_of(db, OFFICE, Record(Period(2024, 8)))}
    assert {(each.code, each.project_id) for each in submission.findings} <= told
    assert [(each.text, each.said, each.cell) for each in submission.task_readings] == (
        [("=1+1", said, "G4"), ("台账补齐", said, "G5")] if said else []
    )
    assert (submission.body, submission.period) == ("binhai", SEPTEMBER)


def test_an_answer_finds_its_task(db: Database) -> None:
    """What comes back in the form is matched with the tasks that stood in it."""
    book = template(db)
    book["议定事项"].cell(5, 7, "已补齐")
    (reading,) = read_back(db, book).task_readings
    record = Record(SEPTEMBER)
    lives = task_lives(tasks(db, OFFICE, record), task_events(db, OFFICE, record), SEPTEMBER.last_day)
    report = TaskReport(reading.text, reading.said, "binhai", "r1", reading.sheet, reading.cell)
    assert [each.life.task.task_id for each in unrecorded_answers(lives, [report])] == ["t2"]
