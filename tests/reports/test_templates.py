"""The form that a district fills in for the month owed: what stands in it, and that the loaders read it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from sample_year import copy_database

from domain.bodies import DISTRICT_CODES
from domain.cross_questions import QUESTION_SHEET
from domain.dates import interval_of, month_interval, read_date
from domain.fields import DATE, MONTH, PROJECT_FIELD, PROJECT_FIELDS, YEAR
from domain.findings import finding
from domain.periods import Period
from domain.scope import OFFICE, Record, Scope
from domain.submissions import Known, Submission
from loaders.reading import read_return
from loaders.vocabulary import read_word
from reports.__main__ import main
from reports.question_sheet import FormQuestion, draw_questions, form_questions
from reports.template_sheets import (
    FIRST_ROW,
    HEADING_ROW,
    NOTE,
    SPARE_ROWS,
    FormCell,
    FormColumn,
    FormSheet,
    draw_sheet,
)
from reports.templates import FORMS, return_template, template_name
from reports.written import WORDS, heading_of, plain_number, spoken_value, written_date, written_value
from storage.accepting import accept_submission
from storage.engine import Database, open_database
from storage.queries import findings_of, known_for, project_states

MONTHS = [Period(2024, 2), Period(2024, 7), Period(2024, 12), Period(2025, 1)]
RETURNS = [(period, body) for period in MONTHS for body in DISTRICT_CODES]


@pytest.fixture(scope="module")
def db(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(copy_database(sample_year, tmp_path_factory.mktemp("templates")))
    yield database
    database.close()


def template(db: Database, period: Period, body: str) -> bytes:
    """The form, made once for each state of a database; what is made of it is each test's own."""
    return _made(db, db.version(), period, body)


@cache
def _made(db: Database, version: int, period: Period, body: str) -> bytes:
    return return_template(db, OFFICE, Record(period), body)


def read(db: Database, content: bytes, period: Period, body: str) -> tuple[Submission, Known]:
    known = known_for(db, period)
    return read_return(content, template_name(Record(period), body), known), known


def headings(sheet: Worksheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[HEADING_ROW + 1]}


def project_rows(sheet: Worksheet) -> range:
    """The rows that hold a project."""
    last = max(row for row in range(HEADING_ROW + 1, sheet.max_row + 1) if sheet.cell(row, 2).value is not None)
    return range(FIRST_ROW + 1, last + 1)


def column_of(sheet: Worksheet, name: str) -> int:
    return headings(sheet)[heading_of(PROJECT_FIELD[name])]


def cell_of(sheet: Worksheet, project: str, field: str) -> Any:
    row = next(row for row in project_rows(sheet) if sheet.cell(row, 2).value == project)
    return sheet.cell(row, column_of(sheet, field))


def told_before(db: Database, period: Period) -> set[tuple[str, str]]:
    """What was asked about each project in the months before, and explained."""
    found = findings_of(db, OFFICE, Record(period.previous()))
    return {(each.finding.code, each.finding.project_id) for each in found if each.reason}


# --- Read back by the loaders --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("period", "body"), RETURNS)
def test_the_untouched_form_asks_only_what_was_asked_before(db: Database, period: Period, body: str) -> None:
    """Nothing filled in: the only findings are those that a value on record had already, with a reason."""
    submission, _ = read(db, template(db, period, body), period, body)
    assert (submission.period, submission.body) == (period, body)
    assert {(each.code, each.project_id) for each in submission.findings} <= told_before(db, period)
    assert submission.suggestions == []


@pytest.mark.parametrize(("period", "body"), RETURNS)
def test_every_value_is_read_back_as_it_was_accepted(db: Database, period: Period, body: str) -> None:
    """What stands in the form beforehand means what is on record, field by field."""
    submission, known = read(db, template(db, period, body), period, body)
    lasting = [field for field in PROJECT_FIELDS if field.lasts != MONTH and field.name != "progress_rate"]
    assert len(submission.rows) > 15
    for _, row in submission.rows:
        before = known.projects[row.project_id].values
        for field in lasting:
            names = [field.name, f"{field.name}_precision"] if field.kind == DATE else [field.name]
            assert [row.values[name] for name in names] == [before[name] for name in names], (row.project_id, field.name)


@pytest.mark.parametrize(("period", "body"), RETURNS)
def test_the_form_with_the_month_filled_in_reads_clean(db: Database, period: Period, body: str) -> None:
    """The month's cells filled in sensibly: nothing is asked that was not asked, and explained, before."""
    book = openpyxl.load_workbook(BytesIO(template(db, period, body)))
    fill_month(book["产业项目"], period)
    fill_works(book["基础设施"], period)
    submission, _ = read(db, saved(book), period, body)
    assert {(each.code, each.project_id) for each in submission.findings} <= told_before(db, period)
    table = submission.tables[0]
    assert {column.match for column in table.columns} == {"exact"}
    assert all(row.values["progress_text"] == "本月按计划推进" for row in table.rows)
    assert all(row.values["progress_rate"] is not None for row in table.rows)
    assert {row.values["escalation_level"] for row in table.rows} == {"city"}


def test_a_form_of_a_month_without_doubts_reads_clean(db: Database) -> None:
    """Where nothing on record is doubtful there is not one finding, untouched or filled in."""
    period, body = Period(2024, 9), "binhai"
    content = template(db, period, body)
    assert read(db, content, period, body)[0].findings == []
    book = openpyxl.load_workbook(BytesIO(content))
    fill_month(book["产业项目"], period)
    fill_works(book["基础设施"], period)
    assert read(db, saved(book), period, body)[0].findings == []


def fill_month(sheet: Worksheet, period: Period) -> None:
    """As a clerk would: 100 万元 more in every project under construction, and words for all."""
    at = {name: column_of(sheet, name) for name in PROJECT_FIELD if heading_of(PROJECT_FIELD[name]) in headings(sheet)}
    for row in project_rows(sheet):
        total, before = (sheet.cell(row, at[name]).value or 0 for name in ("total_investment_wan", "investment_cum_wan"))
        is_built = sheet.cell(row, at["stage"]).value in ("开工", "在建")
        done = 100 if is_built and before + 100 <= total else 0
        year = 0 if period.month == 1 else sheet.cell(row, at["investment_ytd_wan"]).value or 0
        sheet.cell(row, at["investment_month_wan"], done)
        sheet.cell(row, at["investment_ytd_wan"], year + done)
        sheet.cell(row, at["investment_cum_wan"], before + done)
        sheet.cell(row, at["progress_rate"], round(min((before + done) / total, 1), 4))
        sheet.cell(row, at["progress_text"], "本月按计划推进")
        sheet.cell(row, at["issue_text"], "供热管网未到位")
        sheet.cell(row, at["escalation_level"], "市")


def fill_works(sheet: Worksheet, period: Period) -> None:
    for row in project_rows(sheet):
        if period.month == 1:
            sheet.cell(row, column_of(sheet, "investment_ytd_wan"), 50)
        sheet.cell(row, column_of(sheet, "progress_rate"), 0.5)
        sheet.cell(row, column_of(sheet, "progress_text"), "按计划推进")


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_new_project_is_read_from_a_spare_row(db: Database) -> None:
    """A project added under the list, without a serial number, is read like the others."""
    period = Period(2024, 9)
    book = openpyxl.load_workbook(BytesIO(template(db, period, "binhai")))
    sheet = book["产业项目"]
    row = project_rows(sheet).stop
    for name, value in {"project_name": "年产3万吨绿色甲醇项目", "category": "新兴产业", "stage": "签约",
                        "total_investment_wan": 50_000, "signed_date": "2024-09-12"}.items():  # fmt: skip
        sheet.cell(row, column_of(sheet, name), value)
    submission, known = read(db, saved(book), period, "binhai")
    assert submission.findings == []
    (new,) = (row for _, row in submission.rows if row.project_id not in known.projects)
    assert new.values["signed_date"] == date(2024, 9, 12)
    assert new.values["category"] == "emerging"


# --- What stands in it ---------------------------------------------------------------------------------------------


def test_the_form_says_whose_and_which_month_it_is(db: Database) -> None:
    """Title, sender, cut-off and unit stand over each list; no part is hidden, and there are the two lists and the questions."""
    book = openpyxl.load_workbook(BytesIO(template(db, Period(2025, 1), "xiangshui")))
    assert book.sheetnames == ["产业项目", "基础设施", QUESTION_SHEET]
    works = {"产业项目": "重大项目推进情况表", "基础设施": "重点基础设施推进情况表"}
    for sheet in (book[name] for name in works):
        assert sheet["A1"].value == f"响水片区2025年1月{works[sheet.title]}"
        lines = [cell.value for cell in sheet[2] if cell.value]
        assert lines == ["填报单位：响水片区", "截至2025年1月31日", "单位：万元"]
        assert sheet["A3"].value == NOTE
        assert sheet.sheet_state == "visible"
        assert not any(each.hidden for each in [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()])
        assert sheet.freeze_panes == "C5"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$4:$4"
    assert template_name(Record(Period(2025, 1)), "xiangshui") == "响水片区2025年1月重大项目推进情况表.xlsx"


@pytest.mark.parametrize("body", DISTRICT_CODES)
def test_completed_projects_stay_until_the_year_ends(db: Database, body: str) -> None:
    """In December all projects are listed, in January those completed or cancelled before are gone, works too."""
    states = project_states(db, OFFICE, Record(Period(2024, 12)))
    states = states[states["body"] == body]
    finished = states["stage"].isin(["completed", "in_production", "at_capacity", "cancelled"])
    names = {period: listed(template(db, period, body)) for period in (Period(2024, 12), Period(2025, 1))}
    assert names[Period(2025, 1)] == set(states[~finished]["project_name"])
    assert names[Period(2024, 12)] >= set(states[finished & (states["first_period"] < "2024-12")]["project_name"])
    assert finished.sum() >= 6


def listed(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {book[form.sheet].cell(row, 2).value for form in FORMS for row in project_rows(book[form.sheet])}


def test_projects_are_numbered_and_stand_by_stage(db: Database) -> None:
    """Serial numbers from 1; signed projects first, then those under construction, then the completed."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2024, 12), "xiangshui")))["产业项目"]
    rows = project_rows(sheet)
    assert [sheet.cell(row, 1).value for row in rows] == list(range(1, len(rows) + 1))
    stages = [sheet.cell(row, column_of(sheet, "stage")).value for row in rows]
    phases = [{"签约": 0, "开工": 1, "在建": 1, "竣工": 2, "投产": 2}[stage] for stage in stages]
    assert phases == sorted(phases)
    assert len(set(phases)) == 3


def test_what_the_month_says_is_empty_with_last_month_beside(db: Database) -> None:
    """金光's row in January 2025: the month and the year are empty, and comments say what December said."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2025, 1), "binhai")))["产业项目"]
    name = "金光高档纸产业基地项目"
    said = {field: cell_of(sheet, name, field) for field in (
        "progress_text", "issue_text", "escalation_level", "investment_month_wan", "investment_ytd_wan",
        "annual_plan_wan", "total_investment_wan")}  # fmt: skip
    assert {field: cell.value for field, cell in said.items() if cell.value is not None} == {"total_investment_wan": 660_000}
    assert said["progress_text"].comment.text == "上月：厂房主体封顶"
    assert said["issue_text"].comment.text == "上月：供热管网未到位"
    assert said["escalation_level"].comment.text == "上月：新区"
    assert said["investment_month_wan"].comment.text == "上月：0 万元"
    assert said["investment_ytd_wan"].comment.text == "上年：253,308 万元"
    assert said["annual_plan_wan"].comment.text == "上年：283,705 万元"
    assert said["total_investment_wan"].comment is None


def test_within_the_year_its_figures_are_kept(db: Database) -> None:
    """In December the plan and the year to date of November stand in the form."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2024, 12), "binhai")))["产业项目"]
    states = project_states(db, OFFICE, Record(Period(2024, 11))).set_index("project_name")
    name = "金光高档纸产业基地项目"
    for field in ("annual_plan_wan", "investment_ytd_wan", "investment_cum_wan"):
        assert cell_of(sheet, name, field).value == states.loc[name, field]


def test_the_reason_of_last_month_stands_at_its_cell(db: Database) -> None:
    """What was asked in December and how it was explained is said in January, at the cell it is about."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2025, 1), "binhai")))["产业项目"]
    comment = cell_of(sheet, "金光高档纸产业基地项目", "investment_cum_wan").comment.text
    assert comment.splitlines() == [
        "上月校验：开工以来累计完成投资 310,200 万元，比上次报送的 324,786 万元少 14,586 万元。请改正或说明原因。",
        "上月说明：示例",
        "待核实：开工以来累计完成投资 310,200 万元，2024年11月报过 324,786 万元：累计数为什么减少？",
    ]


def test_dates_and_texts_are_texts_and_amounts_are_numbers(db: Database) -> None:
    """A month is a month (2023年7月), a day a day, and neither is a date of the workbook."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2025, 1), "binhai")))["产业项目"]
    name = "金光高档纸产业基地项目"
    cells = {field: cell_of(sheet, name, field) for field in (
        "signed_date", "planned_start_date", "start_date", "planned_completion_date", "completion_date",
        "owner_name", "category", "stage", "investment_cum_wan", "land_mu")}  # fmt: skip
    assert {field: cell.value for field, cell in cells.items()} == {
        "signed_date": "2021-04-20", "planned_start_date": "2023年7月", "start_date": "2023-08-15",
        "planned_completion_date": "2025年8月", "completion_date": None, "owner_name": "示例企业070",
        "category": "传统产业", "stage": "在建", "investment_cum_wan": 310_200, "land_mu": 1662,
    }  # fmt: skip
    assert {cells[field].number_format for field in ("planned_start_date", "completion_date", "owner_name")} == {"@"}


# --- The questions that stand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("period", "body"), RETURNS)
def test_every_question_that_stands_is_in_the_form(db: Database, period: Period, body: str) -> None:
    """Each has a line whose link leads to the cell of the project and field, and its sentence is in that cell's comment."""
    book = openpyxl.load_workbook(BytesIO(template(db, period, body)))
    form, names = book["产业项目"], listed(template(db, period, body))
    asked = [each for each in form_questions(db, OFFICE, Record(period.previous()), body) if each.project_name in names]
    lines = list(book[QUESTION_SHEET].iter_rows(min_row=4, values_only=True)) if asked else []
    assert [(name, text) for _, name, text, *_ in lines] == [(each.project_name, each.text) for each in asked]
    for (_, _, _, place, since), each in zip(lines, asked, strict=True):
        cell = form[place.removeprefix("产业项目!")]
        assert cell.coordinate == cell_of(form, each.project_name, each.field).coordinate
        assert each.remark in cell.comment.text
        assert since == f"{each.first_asked.year}年{each.first_asked.month}月"


@pytest.mark.parametrize(("period", "body"), RETURNS)
def test_the_questions_are_not_read_back(db: Database, period: Period, body: str) -> None:
    """The importer neither reads the sheet of questions nor tells that it was passed over."""
    submission, _ = read(db, template(db, period, body), period, body)
    assert {table.sheet for table in submission.tables} == {"产业项目", "基础设施"}
    assert all(each.sheet != QUESTION_SHEET for each in submission.findings)


def test_a_return_that_contradicts_itself_is_asked_in_the_next_form(tmp_path: Path) -> None:
    """Words of completion beside the stage 签约: asked where the stage is corrected."""
    database = open_database(tmp_path / "monitor.duckdb")
    content = small_return(形象进度="竣工验收")
    submission = read_return(content, "甲.xlsx")
    accept_submission(database, submission, content, reason="无", accepted_at=datetime(2024, 8, 28))
    asked = form_questions(database, OFFICE, Record(Period(2024, 8)), "binhai")
    book = openpyxl.load_workbook(BytesIO(template(database, Period(2024, 9), "binhai")))
    database.close()
    assert [each.field for each in asked] == ["stage"]
    assert "待核实" in cell_of(book["产业项目"], "年产3万吨绿色甲醇项目", "stage").comment.text


def test_words_of_a_question_are_no_formulas() -> None:
    """A project named like a formula is written as the text it is."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    hostile = FormQuestion("p1", "=1+1", "stage", "@SUM(A1)", Period(2024, 8))
    draw_questions(book, "题", [hostile], {("p1", "stage"): "产业项目!H5"})
    book.close()
    sheet = openpyxl.load_workbook(buffer)[QUESTION_SHEET]
    assert [(cell.value, cell.data_type) for cell in sheet[4][1:3]] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert sheet["D4"].hyperlink.location == "'产业项目'!H5"


def small_return(**more: str) -> bytes:
    """One project of Binhai in August 2024."""
    project = {"项目名称": "年产3万吨绿色甲醇项目", "总投资": 50_000, "项目阶段": "签约", **more}
    book = openpyxl.Workbook()
    for line in (["滨海片区2024年8月重大项目推进情况表"], ["单位：万元"], list(project), list(project.values())):
        book.active.append(line)
    return saved(book)


def test_a_date_that_could_not_be_read_is_asked_again(tmp_path: Path) -> None:
    """The cell is empty and the words stand beside it; the form reads back without asking."""
    database = open_database(tmp_path / "monitor.duckdb")
    content = small_return(计划开工时间="待定，另行通知")
    submission = read_return(content, "甲.xlsx")
    accept_submission(database, submission, content, reason="尚未确定", accepted_at=datetime(2024, 8, 28))
    form = template(database, Period(2024, 9), "binhai")
    assert read(database, form, Period(2024, 9), "binhai")[0].findings == []
    database.close()
    cell = cell_of(openpyxl.load_workbook(BytesIO(form))["产业项目"], "年产3万吨绿色甲醇项目", "planned_start_date")
    assert cell.value is None
    assert cell.comment.text.splitlines()[0] == "上次写的是“待定，另行通知”，看不出日期。请写成 2024年8月 或 2024-08-31。"
    assert cell.comment.text.splitlines()[-1] == "上月说明：尚未确定"


def test_a_reason_about_a_column_that_the_form_lacks_stands_at_the_name(tmp_path: Path) -> None:
    """A question of a field without a column is said where the project is named."""
    database = open_database(tmp_path / "monitor.duckdb")
    content = small_return(片区="北区")
    submission = read_return(content, "甲.xlsx")
    submission.findings = [finding("word_unknown", sheet="项目", cell="D4", field="district", value="北区", heading="片区",
                                   words="滨海", project_id=submission.rows[0][1].project_id)]  # fmt: skip
    accept_submission(database, submission, content, reason="园区自设", accepted_at=datetime(2024, 8, 28))
    form = template(database, Period(2024, 9), "binhai")
    database.close()
    sheet = openpyxl.load_workbook(BytesIO(form))["产业项目"]
    assert cell_of(sheet, "年产3万吨绿色甲醇项目", "project_name").comment.text.endswith("上月说明：园区自设")


def test_a_district_has_the_columns_it_fills_in(db: Database) -> None:
    """Binhai reports equipment, land and permits; Xiangshui does not and is not asked for them."""
    further = {heading_of(PROJECT_FIELD[name]) for name in ("equipment_investment_wan", "land_mu", "permit_text")}
    for body, expected in (("binhai", further), ("xiangshui", set())):
        sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2024, 12), body)))["产业项目"]
        assert set(headings(sheet)) & further == expected
        assert list(headings(sheet))[:3] == ["序号", "项目名称", "项目代码"]
        assert "片区" not in headings(sheet)


def test_what_may_be_typed_is_checked(db: Database) -> None:
    """Drop-downs of words, amounts from 0, shares up to 1, dates by their year, also in the spare rows."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2024, 12), "binhai")))["产业项目"]
    checks = {each.errorTitle: each for each in sheet.data_validations.dataValidation}
    assert checks["项目阶段"].formula1.strip('"').split(",")[:3] == ["谋划", "在谈", "签约"]
    assert checks["产业类型"].formula1 == '"传统产业,新兴产业"'
    assert checks["协调层级"].formula1 == '"企业,县,新区,市,省"'
    assert (checks["总投资"].operator, checks["总投资"].formula1) == ("greaterThanOrEqual", "0")
    assert (checks["形象进度（%）"].formula1, checks["形象进度（%）"].formula2) == ("0", "1")
    assert ">=2000" in checks["计划竣工时间"].formula1
    (area,) = checks["总投资"].sqref.ranges
    assert (area.min_row, area.max_row) == (FIRST_ROW + 1, project_rows(sheet).stop - 1 + SPARE_ROWS)


def test_a_changed_cell_stands_out(db: Database) -> None:
    """Each cell that stands in the form beforehand has one rule that compares it with that value."""
    sheet = openpyxl.load_workbook(BytesIO(template(db, Period(2024, 12), "binhai")))["产业项目"]
    rules = {area: rule for areas in sheet.conditional_formatting for rule in areas.rules
             for area in str(areas.sqref).split()}  # fmt: skip
    asked = {heading_of(field) for field in PROJECT_FIELDS if field.lasts == MONTH or field.name == "progress_rate"}
    compared = {name: at for name, at in headings(sheet).items() if name not in asked and name != "序号"}
    assert len(compared) >= 17
    for row in project_rows(sheet):
        for at in compared.values():
            cell = sheet.cell(row, at)
            rule = rules[cell.coordinate]
            if cell.value is None:
                assert rule.type == "notContainsBlanks"
            else:
                assert (rule.type, rule.operator) == ("cellIs", "notEqual")
                assert rule.formula == [f'"{cell.value}"' if isinstance(cell.value, str) else str(cell.value)]
    assert len(rules) == len(project_rows(sheet)) * len(compared)


def test_texts_stay_texts_and_are_compared_as_such() -> None:
    """A text like a formula is no formula; quotes are doubled; what a rule cannot hold is compared by its length."""
    texts = ["=1+1", '甲"乙"', "长" * 300, "两\n行"]
    columns = [FormColumn(PROJECT_FIELD["permit_text"], is_to_fill=False)]
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    draw_sheet(book, FormSheet("甲", "题", "单位", "截至", columns, [[FormCell(text)] for text in texts]))
    book.close()
    sheet = openpyxl.load_workbook(buffer).active
    cells = [sheet.cell(row, 2) for row in project_rows(sheet)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]
    rules = {str(areas.sqref): areas.rules[0].formula for areas in sheet.conditional_formatting}
    assert rules == {"B5": ['"=1+1"'], "B6": ['"甲""乙"""'], "B7": ["LEN(B7)<>300"], "B8": ["LEN(B8)<>3"]}


def test_the_same_record_gives_the_same_bytes(db: Database) -> None:
    """The form can be told from another by its hash."""
    first, second = (return_template(db, OFFICE, Record(Period(2024, 12)), "binhai") for _ in range(2))
    assert first == second


def test_without_returns_the_form_is_empty(tmp_path: Path) -> None:
    """Before the first return the form has its headings, and the loaders say that no project is in it."""
    database = open_database(tmp_path / "monitor.duckdb")
    content = template(database, Period(2024, 1), "binhai")
    submission, _ = read(database, content, Period(2024, 1), "binhai")
    database.close()
    assert [each.code for each in submission.findings] == ["no_rows"]
    assert (submission.period, submission.body) == (Period(2024, 1), "binhai")


@pytest.mark.parametrize(("scope", "body"), [(OFFICE, "zone"), (OFFICE, "nowhere"), (Scope("reporter", ("binhai",)), "xiangshui")])
def test_a_body_that_owes_no_return_or_is_not_ones_own(db: Database, scope: Scope, body: str) -> None:
    """There is no form for the zone, for an unknown body, or for another district."""
    with pytest.raises(LookupError):
        return_template(db, scope, Record(Period(2024, 12)), body)


# --- Values as written ---------------------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(("day", "month", "quarter", "half_year", "year")), st.booleans())
def test_a_written_date_is_read_back(day: date, precision: str, is_planned: bool) -> None:
    """Whatever the precision, the text means the same days."""
    interval = interval_of(day, precision)
    stored = interval.last if is_planned else interval.first
    reading = read_date(written_date(stored, precision, is_planned=is_planned))
    assert (reading.interval, reading.day(is_planned)) == (interval, stored)


@pytest.mark.parametrize(("day", "text"), [(date(2024, 8, 10), "2024年8月上旬"), (date(2024, 8, 20), "2024年8月中旬"), (date(2024, 8, 31), "2024年8月")])
def test_a_third_of_a_month_keeps_its_day(day: date, text: str) -> None:
    """上旬 and 中旬 are planned days within a month."""
    assert written_date(day, "month", is_planned=True) == text
    assert read_date(text).day(is_planned=True) == day
    assert written_date(month_interval(2024, 8).first, "month", is_planned=False) == "2024年8月"


@pytest.mark.parametrize(("field", "code", "word"), [(field, *pair) for field, words in WORDS.items() for pair in words.items()])
def test_every_word_offered_is_known(field: str, code: str, word: str) -> None:
    """The loaders read each word of a drop-down as its code."""
    assert read_word(field, word) == code


def test_values_as_spoken() -> None:
    """Amounts with unit, shares in per cent, words by name, nothing for none."""
    state = {"investment_month_wan": 1234.5, "progress_rate": 0.615, "escalation_level": "city", "issue_text": None, "land_mu": 12.0}
    spoken = {name: spoken_value(PROJECT_FIELD[name], state) for name in state}
    assert spoken == {"investment_month_wan": "1,234.5 万元", "progress_rate": "61.5%", "escalation_level": "市", "issue_text": "", "land_mu": "12"}
    assert plain_number(1000) == "1,000"
    assert written_value(PROJECT_FIELD["stage"], {"stage": "unheard of"}) is None


def test_the_year_holds_what_the_form_asks_in_january() -> None:
    """The fields of a year are those of plan and money to date."""
    assert {field.name for field in PROJECT_FIELDS if field.lasts == YEAR} >= {"annual_plan_wan", "investment_ytd_wan"}


# --- The command line ----------------------------------------------------------------------------------------------


def test_the_command_writes_the_form(sample_year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m reports template` writes the file and says so."""
    database, output = copy_database(sample_year, tmp_path), tmp_path / "binhai.xlsx"
    arguments = ["template", "--body", "binhai", "--period", "2025-01", "--database", str(database), "--output", str(output)]
    assert main(arguments) == 0
    assert openpyxl.load_workbook(output)["产业项目"]["A1"].value == "滨海片区2025年1月重大项目推进情况表"
    assert str(output) in capsys.readouterr().out


def test_a_form_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No such folder: exit 2 and a sentence, not a traceback."""
    arguments = ["template", "--body", "binhai", "--period", "2025-01", "--database", str(tmp_path / "monitor.duckdb"),
                 "--output", str(tmp_path / "none" / "form.xlsx")]  # fmt: skip
    assert main(arguments) == 2
    assert "无法写入" in capsys.readouterr().err


def test_a_body_that_is_none_is_refused() -> None:
    """A wrong body ends with the usage, exit 2."""
    with pytest.raises(SystemExit) as ended:
        main(["template", "--body", "zone", "--period", "2025-01", "--output", "form.xlsx"])
    assert ended.value.code == 2
