"""The ledger that a district fills in: its projects and steps, what is known of them, and that the loaders read it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sample_year import copy_database

from domain.bodies import DISTRICT_CODES
from domain.listed import INFRASTRUCTURE, PROJECTS
from domain.periods import Period
from domain.permit_steps import PERMIT_STATES, steps_of
from domain.permit_words import LandEvent, PermitEvent, newest_words
from domain.scope import OFFICE, Record, Scope
from domain.submissions import PERMIT_LEDGER, Submission
from loaders.reading import read_return
from reports.permit_form import STATE_WORDS, permit_form, permit_form_name
from reports.permit_sheets import FIRST_ROW, HEADING_ROW, SPARE_ROWS, STEP_ROW
from storage.accepting import accept_submission
from storage.clock import office_time
from storage.engine import Database, open_database
from storage.permits import record_permits
from storage.queries import known_for, permit_words, project_states

PERIOD = Period(2024, 9)


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("ledgers")))
    yield database
    database.close()


def states_of(db: Database, body: str):
    states = project_states(db, OFFICE, Record(PERIOD.previous()))
    return states[states["body"] == body]


def read(db: Database, content: bytes, body: str) -> Submission:
    return read_return(content, permit_form_name(Record(PERIOD), body), known_for(db, PERIOD))


def filled(content: bytes) -> tuple[bytes, int]:
    """The form with every step of every project filled in by turns, and how many steps that are."""
    book = openpyxl.load_workbook(BytesIO(content))
    steps = 0
    for sheet in book:
        for row in project_rows(sheet):
            for column in range(3, sheet.max_column - 3, 4):
                state = PERMIT_STATES[(row + column) % 4]
                sheet.cell(row, column).value = STATE_WORDS[state]
                if state in ("granted", "applied"):
                    sheet.cell(row, column + 1).value = "2024年3月"
                if state == "granted":
                    sheet.cell(row, column + 3).value = "2024-08-15"
                if state in ("applied", "not_applied"):
                    sheet.cell(row, column + 2).value = "2024年12月"
                steps += 1
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue(), steps


def project_rows(sheet: Worksheet) -> list[int]:
    return [row for row in range(FIRST_ROW + 1, sheet.max_row + 1) if sheet.cell(row, 2).value]


@pytest.mark.parametrize("body", DISTRICT_CODES)
def test_the_form_as_handed_out_holds_the_projects_and_says_nothing(db: Database, body: str) -> None:
    """Each project that is not finished stands in it once under its chain; read as it is, it speaks of no step and asks nothing."""
    content = permit_form(db, OFFICE, Record(PERIOD), body)
    submission = read(db, content, body)
    assert (submission.kind, submission.body, submission.period) == (PERMIT_LEDGER, body, PERIOD)
    assert submission.findings == [] and submission.suggestions == []
    assert submission.permits == [] and submission.land == []
    names = sorted(row.values["project_name"] for _, row in submission.rows)
    book = openpyxl.load_workbook(BytesIO(content))
    assert names == sorted(sheet.cell(row, 2).value for sheet in book for row in project_rows(sheet))
    assert set(names) <= set(states_of(db, body)["project_name"]) and len(set(names)) == len(names) > 5


@pytest.mark.parametrize(("kind", "number"), [(PROJECTS, 0), (INFRASTRUCTURE, 1)])
def test_each_list_has_the_steps_of_its_chain(db: Database, kind: str, number: int) -> None:
    """Four columns under each step of the chain of that kind, in the order in which the steps are taken."""
    sheet = openpyxl.load_workbook(BytesIO(permit_form(db, OFFICE, Record(PERIOD), "binhai"))).worksheets[number]
    steps = [sheet.cell(STEP_ROW + 1, column).value for column in range(3, sheet.max_column - 3, 4)]
    assert steps == [step.name for step in steps_of(kind)]
    assert [sheet.cell(HEADING_ROW + 1, column).value for column in range(3, 7)] == [
        "办理情况",
        "申报时间",
        "完成时限",
        "批复时间",
    ]
    assert sheet.max_row == FIRST_ROW + len(project_rows(sheet)) + SPARE_ROWS


@pytest.mark.parametrize("body", DISTRICT_CODES)
def test_filled_in_it_is_read_back_whole_and_without_a_finding(db: Database, body: str) -> None:
    """Every step that was filled in is read with its state and dates, and belongs to a project on record."""
    content, steps = filled(permit_form(db, OFFICE, Record(PERIOD), body))
    submission = read(db, content, body)
    assert submission.findings == []
    assert len(submission.permits) == steps
    assert {each.project_id for each in submission.permits} <= set(states_of(db, body)["project_id"])
    said = {each.state: (each.applied_date, each.due_date, each.granted_date) for each in submission.permits}
    assert said == {
        "granted": (date(2024, 3, 1), None, date(2024, 8, 15)),
        "applied": (date(2024, 3, 1), date(2024, 12, 31), None),
        "not_applied": (None, date(2024, 12, 31), None),
        "not_needed": (None, None, None),
    }


def test_what_is_known_stands_in_the_form_and_comes_back(sample_year: Path, tmp_path: Path) -> None:
    """The last word on a step and on the land of a project, with the office and number beside the cell; the others are empty."""
    db = open_database(copy_database(sample_year, tmp_path))
    project = states_of(db, "binhai").query("kind == 'projects' and stage == 'building'").iloc[0]
    who = (project["project_id"], "binhai")
    step = PermitEvent(*who, "environment", "granted", date(2024, 8, 1), date(2024, 3, 1), date(2024, 6, 30),
                       date(2024, 5, 10), "市生态环境局", "盐环审〔2024〕12号")  # fmt: skip
    land = LandEvent(*who, date(2024, 8, 1), Decimal("120.5"), None, Decimal(80))
    record_permits(db, [step], [land], recorded_at=office_time())
    content = permit_form(db, OFFICE, Record(PERIOD), "binhai")
    submission = read(db, content, "binhai")
    assert submission.findings == []
    (back,) = submission.permits
    assert (back.project_id, back.step, back.state) == (project["project_id"], "environment", "granted")
    assert (back.applied_date, back.due_date, back.granted_date) == (
        step.applied_date,
        step.due_date,
        step.granted_date,
    )
    (area,) = submission.land
    assert (area.project_id, area.wanted_mu, area.applied_mu, area.granted_mu) == (
        project["project_id"],
        Decimal("120.5"),
        None,
        80,
    )
    comments = [
        cell.comment.text
        for row in openpyxl.load_workbook(BytesIO(content)).worksheets[0]
        for cell in row
        if cell.comment
    ]
    assert comments == ["办理部门：市生态环境局\n文号：盐环审〔2024〕12号"]


def test_the_same_record_gives_the_same_form(db: Database) -> None:
    """No clock stands in it."""
    assert permit_form(db, OFFICE, Record(PERIOD), "binhai") == permit_form(db, OFFICE, Record(PERIOD), "binhai")


@pytest.mark.parametrize(("scope", "body"), [(OFFICE, "zone"), (Scope("reporter", ("binhai",)), "xiangshui")])
def test_a_form_for_nobody(db: Database, scope: Scope, body: str) -> None:
    """A body that owes no return has no form, nor has one that the asker may not read."""
    with pytest.raises(LookupError):
        permit_form(db, scope, Record(PERIOD), body)


def test_an_empty_record_gives_an_empty_form(tmp_path: Path) -> None:
    """Before the first return the form has its headings and empty rows."""
    database = open_database(tmp_path / "empty.duckdb")
    book = openpyxl.load_workbook(BytesIO(permit_form(database, OFFICE, Record(PERIOD), "binhai")))
    database.close()
    assert [project_rows(sheet) for sheet in book] == [[], []]


def test_a_ledger_that_was_accepted_stands_in_the_next_form(sample_year: Path, tmp_path: Path) -> None:
    """Handed out, filled in, read, accepted: what it said is on record, and the form of the month after repeats it."""
    db = open_database(copy_database(sample_year, tmp_path))
    content, steps = filled(permit_form(db, OFFICE, Record(PERIOD), "binhai"))
    submission = read(db, content, "binhai")
    receipt = accept_submission(db, submission, content, actor="office", accepted_at=office_time())
    assert "手续" in receipt.receipt_number
    words = newest_words(permit_words(db, OFFICE, Record(PERIOD)))
    assert len(words) == steps
    assert set(words["receipt_number"]) == {receipt.receipt_number}
    again = permit_form(db, OFFICE, Record(PERIOD.next()), "binhai")
    repeated = read_return(again, permit_form_name(Record(PERIOD.next()), "binhai"), known_for(db, PERIOD.next()))
    told = {(each.project_id, each.step): (each.state, each.applied_date, each.granted_date) for each in submission.permits}
    assert {(each.project_id, each.step): (each.state, each.applied_date, each.granted_date) for each in repeated.permits} == told
    db.close()
