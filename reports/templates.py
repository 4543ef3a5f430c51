"""The month's form for a district, filled in with what it reported last: what stands in it.

One list of industrial projects with a column for the stage, and one of infrastructure works. What only the month can
say is left empty, with last month's words in a comment; everything else stands as last accepted. How it is drawn is in
``template_sheets``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from string import ascii_uppercase
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from domain.bodies import BODIES, DISTRICT_CODES
from domain.fields import LIFE, MONTH, PROJECT_FIELD, PROJECT_FIELDS, YEAR, Field
from domain.periods import Period
from domain.scope import Record, Scope
from domain.stages import FINISHED_STAGES, PHASES, STAGES
from domain.submissions import INFRASTRUCTURE, PROJECTS
from reports.question_sheet import FormQuestion, draw_questions, form_questions
from reports.template_sheets import FIRST_ROW, FormCell, FormColumn, FormSheet, draw_sheet
from reports.template_tasks import draw_tasks, task_lines
from reports.workbooks import new_book
from reports.written import is_missing, spoken_value, written_value
from storage.engine import Database
from storage.queries import StoredFinding, findings_of, project_states

# Reckoned by the loaders themselves, and said by the sender's name.
LEFT_OUT = ("investment_share_rate", "district")
# Fields that hold for a project's life and are yet asked anew each month.
ASKED_MONTHLY = ("progress_rate",)
SPOKEN_MOST = 1_000  # characters of a comment
Remarks = dict[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """One list of the return: its sheet, what its title calls it, and the columns that it always has."""

    kind: str
    sheet: str
    title: str
    always: tuple[str, ...]


FORMS = (
    Form(PROJECTS, "产业项目", "重大项目推进情况表", (
        "project_name", "project_code", "owner_name", "category", "industry", "industry_chain", "stage",
        "total_investment_wan", "annual_plan_wan", "investment_month_wan", "investment_ytd_wan", "investment_cum_wan",
        "signed_date", "planned_start_date", "start_date", "planned_completion_date", "completion_date",
        "production_date", "capacity_date",
        "progress_rate", "progress_text", "issue_text", "escalation_level", "credited_body", "note",
    )),
    Form(INFRASTRUCTURE, "基础设施", "重点基础设施推进情况表", (
        "project_name", "responsible_body", "stage", "total_investment_wan", "investment_ytd_wan", "progress_rate",
        "progress_text", "issue_text", "escalation_level",
    )),
)  # fmt: skip


def return_template(db: Database, scope: Scope, record: Record, body: str) -> bytes:
    """The .xlsx that a district fills in for the record's month, the one owed.

    It lists every project that was not finished before the month's year, as accepted up to the month before, and on a
    sheet of their own, where there are any, the open tasks that concern the district. Raises LookupError for a body
    that owes no return or that the scope may not read.
    """
    if body not in DISTRICT_CODES or not scope.allows(body):
        raise LookupError(body)
    last = replace(record, period=record.period.previous())
    states = project_states(db, scope, last)
    names = dict(zip(states["project_id"], states["project_name"], strict=True))
    states = states[states["body"] == body]
    remarks = _reasons(findings_of(db, scope, last), states, last.period)
    questions = form_questions(db, scope, last, body)
    for each in questions:
        remarks.setdefault((each.project_id, each.field), []).append(each.remark)
    owed = [owed_projects(states, form.kind, record.period) for form in FORMS]
    sheets = [_sheet(form, rows, remarks, record.period, body) for form, rows in zip(FORMS, owed, strict=True)]
    places = _places(sheets[0], owed[0])
    listed = [each for each in questions if (each.project_id, each.field) in places]
    tasks = task_lines(db, scope, record, body, names)
    return _workbook(sheets, (listed, places), tasks, record.period, body)


def template_name(record: Record, body: str) -> str:
    """The file's name; it says district and month once more, as the loaders look for them."""
    return f"{_title(FORMS[0], record.period, body)}.xlsx"


def _places(sheet: FormSheet, rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """(project, field) -> the cell of a list; that of the name for a field that has no column."""
    columns = {column.field.name: number for number, column in enumerate(sheet.columns, 1)}
    return {
        (row["project_id"], name): f"{sheet.name}!{xl_rowcol_to_cell(number, columns.get(name, 1))}"
        for number, row in enumerate(rows, FIRST_ROW)
        for name in PROJECT_FIELD
    }


def _workbook(
    sheets: list[FormSheet],
    asked: tuple[list[FormQuestion], Mapping[tuple[str, str], str]],
    tasks: list[list[str]],
    period: Period,
    body: str,
) -> bytes:
    buffer, book, _ = new_book({})
    # Not the moment of writing: the same record gives the same bytes.
    book.set_properties({"title": _title(FORMS[0], period, body), "created": datetime.combine(period.last_day, time(0))})
    for sheet in sheets:
        draw_sheet(book, sheet)
    questions, places = asked
    if questions:
        draw_questions(book, f"{BODIES[body].name}{period.year}年{period.month}月报表待核实问题", questions, places)
    if tasks:
        draw_tasks(book, tasks, f"{BODIES[body].name}{period.year}年{period.month}月")
    book.close()
    return buffer.getvalue()


def owed_projects(states: pd.DataFrame, kind: str, period: Period) -> list[dict[str, Any]]:
    """The projects of a list that a form of a period asks about, in the order of their stages and then as the sender last had them.

    ``states`` are the sender's, as accepted before the period.
    """
    rows = states[states["kind"] == kind].to_dict("records")
    owed = [row for row in rows if not _is_finished_before(row, period.year)]
    return sorted(owed, key=lambda row: (_phase(row["stage"]), row["table_number"], row["cell_row"]))


def _is_finished_before(row: Mapping[str, Any], year: int) -> bool:
    """Completed or cancelled in an earlier year; without a date, in the year that last spoke of it."""
    if row["stage"] not in FINISHED_STAGES:
        return False
    day = row["completion_date"]
    return (Period.parse(row["last_period"]).year if is_missing(day) else day.year) < year


def _phase(stage: object) -> int:
    """Where a stage stands among the phases; what has left the chain, or says no stage, comes last."""
    number = next((number for number, stages in enumerate(PHASES) if stage in stages), len(PHASES))
    return number + (stage not in STAGES)


def _reasons(findings: list[StoredFinding], states: pd.DataFrame, last: Period) -> Remarks:
    """(project, field) -> what was asked about it last month, and the reason that was given.

    A finding that names no project is of the one whose row its cell stands in.
    """
    at = zip(states["submission_id"], states["sheet"], states["cell_row"], strict=True)
    projects = dict(zip(at, states["project_id"], strict=True))
    found: dict[tuple[str, str], list[str]] = {}
    for each in findings:
        place = (each.submission_id, each.finding.sheet, int(each.finding.cell.lstrip(ascii_uppercase) or 0))
        project_id = each.finding.project_id or projects.get(place)
        if project_id and each.reason and each.period == str(last):
            said = f"上月校验：{each.message_zh}\n上月说明：{each.reason}"
            found.setdefault((project_id, each.finding.field), []).append(said)
    return found


def _sheet(form: Form, rows: list[dict[str, Any]], said_of: Remarks, period: Period, body: str) -> FormSheet:
    fields = _fields(form, rows, body)
    return FormSheet(
        name=form.sheet,
        title=_title(form, period, body),
        sender=f"填报单位：{BODIES[body].name}",
        cut_off=f"截至{period.year}年{period.month}月{period.last_day.day}日",
        columns=[FormColumn(field, is_to_fill=_is_asked(field, period)) for field in fields],
        rows=[[_cell(field, row, fields, said_of, period) for field in fields] for row in rows],
    )


def _title(form: Form, period: Period, body: str) -> str:
    return f"{BODIES[body].name}{period.year}年{period.month}月{form.title}"


def _fields(form: Form, rows: list[dict[str, Any]], body: str) -> list[Field]:
    """The form's own columns, and those of further fields that this district has filled in before."""

    def is_wanted(field: Field) -> bool:
        if field.name == "district":  # a project that lies in the other district
            return any(row["district"] not in (body, None) and not is_missing(row["district"]) for row in rows)
        has_value = any(not is_missing(row[field.name]) for row in rows)
        return field.name in form.always or (field.name not in LEFT_OUT and has_value)

    return [field for field in PROJECT_FIELDS if is_wanted(field)]


def _is_asked(field: Field, period: Period) -> bool:
    """Whether a field is asked anew: each month, or in January for the year."""
    return field.lasts == MONTH or field.name in ASKED_MONTHLY or (field.lasts == YEAR and period.month == 1)


def _cell(field: Field, row: dict[str, Any], fields: list[Field], said_of: Remarks, period: Period) -> FormCell:
    is_asked = _is_asked(field, period)
    remarks = [_said_last(field, row)] if is_asked else [_said_unread(field, row)]
    remarks += said_of.get((row["project_id"], field.name), [])
    if field is PROJECT_FIELD["project_name"]:
        shown = {each.name for each in fields}
        remarks += [said for (project, name), each in said_of.items() for said in each
                    if project == row["project_id"] and name not in shown]  # fmt: skip
    remark = "\n".join(filter(None, remarks))[:SPOKEN_MOST]
    return FormCell(None if is_asked else written_value(field, row), remark)


def _said_last(field: Field, row: dict[str, Any]) -> str:
    """What the sender said of a field when it was last asked."""
    said = spoken_value(field, row)
    when = {MONTH: "上月", YEAR: "上年", LIFE: "上次"}[field.lasts]
    return f"{when}：{said}" if said else ""


def _said_unread(field: Field, row: dict[str, Any]) -> str:
    """The words of a date that could not be read, beside the empty cell."""
    text = row.get(f"{field.name}_text")
    if is_missing(text) or not is_missing(row[field.name]):
        return ""
    return f"上次写的是“{text}”，看不出日期。请写成 2024年8月 或 2024-08-31。"
