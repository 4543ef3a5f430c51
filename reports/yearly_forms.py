"""The forms of the whole zone for a year: its targets, and the plan of nodes, filled in with what stands.

Filled in, they are read by the loaders like the office's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from domain.bodies import BODIES, DISTRICT_CODES, ZONE
from domain.fields import FORM_FIELDS, NODES_AS_FIELDS, PROJECT_FIELD
from domain.indicators import COUNT, YI
from domain.scope import Record, Scope
from domain.submissions import PROJECTS
from reports.template_sheets import FormCell, FormColumn, FormSheet, draw_sheet
from reports.templates import owed_projects
from reports.workbooks import new_book
from reports.written import is_missing
from storage import queries
from storage.engine import Database

SENDER = "黄海新区"
SENDER_LINE = f"填报单位：{SENDER}"
UNITS = {COUNT: "个", YI: "亿元"}
# Code of a target -> how the form names it, and its unit unless the targets that stand have another.
TARGET_LINES = {
    "signed": ("新签约亿元以上项目", COUNT),
    "signed_1bn": ("其中：10亿元以上项目", COUNT),
    "signed_10bn": ("其中：100亿元以上项目", COUNT),
    "started": ("新开工亿元以上项目", COUNT),
    "completed": ("新竣工亿元以上项目", COUNT),
    "investment": ("产业项目年度完成投资", YI),
    "infrastructure_investment": ("基础设施年度完成投资", YI),
}
TARGETS_NOTE = (
    "填表说明：黄色格请填全年目标，单位见计量单位一栏；没有目标的留空，留空不等于零。请勿改写表头和指标名称。"
)
DONE = "已完成"  # in place of the date of a node; the loaders know it
NODES_NOTE = (
    "填表说明：黄色格请填各节点的计划完成时间，写成 2024年8月 或 2024-08-31；已经完成的写“已完成”，没有该节点的留空。"
    "表内没有的项目接在表后填写；请勿改写表头。"
)


def targets_form(db: Database, scope: Scope, record: Record) -> bytes:
    """The .xlsx of the targets of the record's year, with those that stand. Raises LookupError unless the scope reads the zone."""
    _refuse_districts(scope)
    found = queries.targets(db, scope, record)
    values = {(row.indicator, row.body): float(row.value) for row in found.itertuples()}
    units = {row.indicator: row.unit for row in found.itertuples() if row.unit}
    bodies = (ZONE.code, *DISTRICT_CODES)
    columns = [FormColumn(FORM_FIELDS[name], is_to_fill=False) for name in ("indicator", "unit_text")]
    columns += [FormColumn(FORM_FIELDS[f"{body}_target"], is_to_fill=True) for body in bodies]
    rows = [
        [
            FormCell(name),
            FormCell(units.get(code, UNITS[unit])),
            *(FormCell(values.get((code, body))) for body in bodies),
        ]
        for code, (name, unit) in TARGET_LINES.items()
    ]
    title, of_year = _targets_title(record), f"{record.period.year}年度"
    sheet = FormSheet("年度目标", title, SENDER_LINE, of_year, columns, rows, TARGETS_NOTE, unit="", spare_rows=0)
    return _workbook(sheet, record)


def targets_form_name(record: Record) -> str:
    """The file's name; it says the year once more, as the loaders look for it."""
    return f"{_targets_title(record)}.xlsx"


def node_plan_form(db: Database, scope: Scope, record: Record) -> bytes:
    """The .xlsx of the node plan of the record's year: the projects that are not finished, and any other in the plan.

    Nodes stand as the year's plan in force has them. Raises LookupError unless the scope reads the zone.
    """
    _refuse_districts(scope)
    states = queries.project_states(db, scope, replace(record, period=record.period.previous()))
    planned = queries.nodes(db, scope, record)
    planned = planned[planned["is_in_plan"]]
    texts = {(row.project_id, f"node_{row.node}"): row.planned_text for row in planned.itertuples()}
    columns = [FormColumn(PROJECT_FIELD[name], is_to_fill=False) for name in ("project_name", "district")]
    columns += [FormColumn(field, is_to_fill=True, instead=DONE) for field in NODES_AS_FIELDS.values()]
    listed = {
        row["project_id"]: (row["project_name"], body)
        for body in DISTRICT_CODES
        for row in owed_projects(states[states["body"] == body], PROJECTS, record.period)
    }
    for row in planned.itertuples():
        listed.setdefault(row.project_id, (row.project_name, row.district))
    rows = [_project_row(project_id, *named, texts) for project_id, named in listed.items()]
    title, of_year = _node_plan_title(record), f"{record.period.year}年度"
    sheet = FormSheet("推进计划", title, SENDER_LINE, of_year, columns, rows, NODES_NOTE, unit="")
    return _workbook(sheet, record)


def node_plan_form_name(record: Record) -> str:
    """The file's name; it says the year once more, as the loaders look for it."""
    return f"{_node_plan_title(record)}.xlsx"


def _refuse_districts(scope: Scope) -> None:
    if not scope.allows(ZONE.code):
        raise LookupError(ZONE.code)


def _targets_title(record: Record) -> str:
    return f"{SENDER}{record.period.year}年度项目建设目标任务分解表"


def _node_plan_title(record: Record) -> str:
    return f"{SENDER}{record.period.year}年重大项目推进计划表"


def _project_row(project_id: str, name: str, body: str, texts: Mapping[tuple[str, str], Any]) -> list[FormCell]:
    """A project with its district, empty where the plan did not tell it, and its nodes as they were typed."""
    said = [texts.get((project_id, node)) for node in NODES_AS_FIELDS]
    district = BODIES[body].name if body in DISTRICT_CODES else None
    return [FormCell(name), FormCell(district), *(FormCell(None if is_missing(each) else each) for each in said)]


def _workbook(sheet: FormSheet, record: Record) -> bytes:
    buffer, book, _ = new_book({})
    # Not the moment of writing: the same record gives the same bytes.
    book.set_properties({"title": sheet.title, "created": datetime.combine(record.period.last_day, time(0))})
    draw_sheet(book, sheet)
    book.close()
    return buffer.getvalue()
