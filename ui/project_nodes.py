"""The nodes of one project: what the year's plan says, what the returns say, and the cell of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from domain.fields import WORD, find_field
from domain.node_plans import PLAN
from domain.periods import Period
from domain.scope import Record
from storage.queries import ValueSource
from ui import reads
from ui.chart_gantt import gantt_chart
from ui.chart_parts import ready
from ui.formats import DASH, cell_place, is_missing, period_name
from ui.html import heading
from ui.html_tables import Column, Row, plain_table
from ui.locale import t
from ui.names import field_name, word_text
from ui.node_gantt import (
    done_text,
    forecast_text,
    in_plan_order,
    node_rows,
    plan_cell,
    plan_files,
    planned_text,
    window_of_rows,
)
from ui.node_marks import late_text, legend, node_name, state_cell
from ui.view import View

ROW_PIXELS = 28


@dataclass(frozen=True, slots=True)
class ProjectNodes:
    """The panel of a project's nodes: its title, the chart with what its marks mean, and the table."""

    title: str
    chart: go.Figure
    legend: str
    table: str


def project_nodes(view: View, project_id: str) -> ProjectNodes | None:
    """The nodes of a project in the year's plan, None where the plan does not have it."""
    nodes = reads.node_plan(view.scope, view.record)
    own = in_plan_order(nodes[nodes["project_id"] == project_id])
    if own.empty:
        return None
    rows = node_rows(own, view.period)
    window = window_of_rows(rows, view.period)
    chart = gantt_chart(rows, window, view.period.last_day, row_pixels=ROW_PIXELS)
    title = heading(t("nodes.project"), t("nodes.files", names=plan_files(own, with_first=True)))
    marks = legend(f"| {t('gantt.planned')}", f"▷ {t('gantt.forecast')}")
    return ProjectNodes(title, ready(chart), marks, plain_table(_columns(), _rows(view, own), is_compact=True))


def _columns() -> list[Column]:
    return [
        Column("node", t("column.node"), "name", width="92px"),
        Column("planned", t("gantt.planned"), "short"),
        Column("forecast", t("gantt.forecast"), "short"),
        Column("done", t("word.actual"), "short"),
        Column("state", t("nodes.state"), "short"),
        Column("cell", t("nodes.plan_cell"), "short"),
        Column("told", t("nodes.told")),
        Column("told_cell", t("card.cell"), "short"),
        Column("file", t("card.file"), "short"),
    ]


def _rows(view: View, nodes: pd.DataFrame) -> list[Row]:
    return [_row(view, node) for node in nodes.itertuples()]


def _row(view: View, node: Any) -> Row:
    source = told_source(view, node)
    return {
        "node": node_name(node.node),
        "planned": planned_text(node),
        "forecast": forecast_text(node),
        "done": done_text(node),
        "state": state_cell(node.state, late_text(node)),
        "cell": plan_cell(node),
        "told": told_text(node, source),
        "told_cell": "" if source is None else cell_place(source.sheet, source.cell),
        "file": "" if source is None else source.file_name,
    }


def told_source(view: View, node: Any) -> ValueSource | None:
    """The cell of the return that tells how a node stands; None for the plan's own word and for silence."""
    if is_missing(node.told_by) or node.told_by == PLAN:
        return None
    record = view.record
    if not is_missing(node.told_month):
        month = int(node.told_month)
        record = Record(Period(month // 12, month % 12 + 1), record.acceptances, record.rule_set)
    return reads.value_sources(view.scope, record, node.project_id).get(node.told_by)


def told_text(node: Any, source: ValueSource | None) -> str:
    """What tells how a node stands, as typed: 形象进度“厂房主体封顶”，2024年8月."""
    if source is None:
        return t("nodes.told_by_plan", text=node.planned_text) if node.told_by == PLAN else ""
    field = find_field(node.told_by)
    assert field is not None
    text = word_text(field.name, str(source.value)) if field.kind == WORD else source.text
    return t("nodes.told_by", field=field_name(field.name), text=text or DASH, month=period_name(source.period))
