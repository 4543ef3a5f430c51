"""The page of the node plan: its sentence, its Gantt chart, the month's nodes, and what fell due and is not done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from domain.node_counts import NodeCounts, count_nodes, is_due, is_of_month, projects_worst_first
from domain.node_plans import DONE_LATE, DONE_STATES, NODE_STATES, NOT_TOLD, OPEN_STATES, UPCOMING
from ui import reads
from ui.chart_gantt import gantt_chart
from ui.chart_parts import ready
from ui.filters import select_one
from ui.formats import count
from ui.html import note
from ui.html_tables import Column, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.node_gantt import done_text, forecast_text, plan_cell, plan_files, planned_text, project_rows, window_of
from ui.node_marks import MARKS, node_name, state_cell, state_text
from ui.sentences import Part, filled, short_name
from ui.view import View

ROWS_SHOWN = 21  # projects of the chart that fit the screen
MOST_DUE = 10  # nodes of the month that are seen without scrolling
ROW_PIXELS = 34  # as high as a row of the table of names in style.css
OPEN, ALL, DUE, DONE, MONTH = "open", "all", "due", "done", "month"
LIST_COLUMNS = ["project_name", "node", "planned", "state", "days", "done", "cell"]
SHOWN = {
    OPEN: OPEN_STATES,
    NOT_TOLD: (NOT_TOLD,),
    DONE_LATE: (DONE_LATE,),
    UPCOMING: (UPCOMING,),
    DONE: DONE_STATES,
    DUE: NODE_STATES,
    MONTH: NODE_STATES,
    ALL: NODE_STATES,
}
# The choices that are of nodes due by the period's end, or in the period itself, alone.
MASKS = {DUE: is_due, DONE: is_due, MONTH: is_of_month}


def nodes_of(view: View) -> pd.DataFrame:
    """The planned nodes of the body's projects, what asks for action first."""
    return view.of_body(reads.node_plan(view.scope, view.record))


def plan_summary(view: View) -> list[Part]:
    """到期 N 个节点，完成 M 个，到期未完成 K 个: what fell due, what became of it, and what is due this month."""
    nodes = nodes_of(view)
    counts = count_nodes(nodes, view.period)
    due = count(counts.this_month)
    linked = Link(due, view.href("node_plan", show=MONTH)) if counts.this_month else due
    month = filled("nodes.month", due=linked, done=count(counts.this_month_done))
    return [*filled("nodes.summary", **_linked(view, counts)), *month]


def plan_changes(view: View) -> str:
    """How many nodes a later plan moved or left out, and what they are held to; empty where the plan never changed."""
    nodes = nodes_of(view)
    facts = {"moved": nodes["changes"] > 0, "left_out": ~nodes["is_in_plan"]}
    said = [t(f"nodes.{name}", count=count(mask.sum())) for name, mask in facts.items() if mask.any()]
    return note("".join(said)) if said else ""


def _linked(view: View, counts: NodeCounts) -> dict[str, Link | str]:
    def link(number: int, shown: str, is_late: bool = False) -> Link:
        return Link(count(number), view.href("node_plan", show=shown), is_late=is_late and number > 0)

    return {
        "due": link(counts.due, DUE),
        "done": link(counts.done, DONE),
        "late": link(counts.late, DONE_LATE),
        "open": link(counts.unfinished, OPEN, is_late=True),
        "untold": link(counts.not_told, NOT_TOLD),
    }


@dataclass(frozen=True, slots=True)
class GanttPart:
    """The chart with the names beside it, and what stands above."""

    remark: str
    names: str
    chart: go.Figure


def ask_rows(view: View) -> int:
    """Draw the choice of which projects the chart shows, where there are more than fit; returns the first one's place."""
    total = nodes_of(view)["project_id"].nunique()
    starts = [str(start) for start in range(0, total, ROWS_SHOWN)]
    if len(starts) < 2:
        return 0

    def words(start: str) -> str:
        return t("nodes.rows", first=int(start) + 1, last=min(int(start) + ROWS_SHOWN, total))

    return int(select_one("rows", t("word.project"), starts, starts[0], words))


def gantt_part(view: View, start: int) -> GanttPart:
    """The body's projects from the one at ``start`` on, as many as fit, those with overdue nodes first."""
    nodes = nodes_of(view)
    ordered = projects_worst_first(nodes)
    shown = ordered[start : start + ROWS_SHOWN]
    window = window_of(view.period)
    rows = project_rows(nodes, shown, window)
    chart = gantt_chart(rows, window, view.period.last_day, row_pixels=ROW_PIXELS, is_labelled=False)
    return GanttPart(t("nodes.gantt_remark", count=count(len(ordered))), _names(view, nodes, shown), ready(chart))


def _names(view: View, nodes: pd.DataFrame, projects: list[str]) -> str:
    """Each project of the chart with the number of its open nodes, row by row beside it."""
    names = nodes.drop_duplicates("project_id").set_index("project_id")["project_name"]
    open_nodes = nodes[nodes["state"].isin(OPEN_STATES)].groupby("project_id").size()
    rows: list[Row] = [
        {"project": Link(names[each], view.project(each)), "open": int(open_nodes.get(each, 0)) or None}
        for each in projects
    ]
    columns = [Column("project", t("word.project"), "name"), Column("open", t("nodes.open"), "number")]
    return plain_table(columns, rows, is_compact=True)


def ask_shown() -> str:
    """Draw the choice of which nodes the list shows and return it."""
    return select_one("show", t("column.node"), list(SHOWN), OPEN, lambda code: t(f"nodes.show_{code}"))


def listed(view: View, shown: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The nodes of a choice and their table, what asks for action first."""
    nodes = nodes_of(view)
    rows = nodes[nodes["state"].isin(SHOWN[shown])]
    rows = rows[MASKS[shown](rows, view.period)] if shown in MASKS else rows
    return rows, node_frame(rows, shown)


def month_number(view: View) -> int:
    """How many nodes are due in the period, of those that are seen without scrolling."""
    return min(int(is_of_month(nodes_of(view), view.period).sum()), MOST_DUE)


def month_table(view: View) -> str:
    """The nodes due in the period as a table, those not done first; more than ``MOST_DUE`` scroll in it."""
    nodes = nodes_of(view)
    rows = [_month_row(view, node) for node in nodes[is_of_month(nodes, view.period)].itertuples()]
    columns = [
        Column("project", t("word.project"), "name"),
        Column("node", t("column.node"), "short"),
        Column("state", t("nodes.state"), "short"),
        Column("done", t("nodes.done"), "short"),
        Column("cell", t("nodes.plan_cell"), "short"),
    ]
    table = plain_table(columns, rows, is_compact=True, empty=t("nodes.none_this_month"))
    return f'<div class="hx-scroll">{table}</div>'


def _month_row(view: View, node: Any) -> Row:
    return {
        "project": Link(node.project_name, view.project(node.project_id)),
        "node": node_name(node.node),
        "state": state_cell(node.state),
        "done": done_or_forecast(node),
        "cell": plan_cell(node),
    }


def node_frame(nodes: pd.DataFrame, shown: str) -> pd.DataFrame:
    """Nodes as the list shows them: the state of each where the choice holds several, else the day that it was done."""
    return pd.DataFrame(
        {
            "project_name": [short_name(name) for name in nodes["project_name"]],
            "node": [node_name(code) for code in nodes["node"]],
            "planned": [planned_text(node) for node in nodes.itertuples()],
            "state": [[state_text(state)] for state in nodes["state"]],
            "days": nodes["delay_days"],
            "done": [done_or_forecast(node) for node in nodes.itertuples()],
            "cell": [plan_cell(node) for node in nodes.itertuples()],
        },
        index=nodes.index,
    )[[name for name in LIST_COLUMNS if name != ("done" if shown in (ALL, DUE, DONE, MONTH) else "state")]]


def done_or_forecast(node: Any) -> str:
    """When a node was done; of one that is not, for when it is expected, where somebody said so."""
    forecast = forecast_text(node)
    return t("nodes.forecast", day=forecast) if forecast else done_text(node)


def node_columns() -> dict[str, Any]:
    """st.column_config of the lists of nodes."""
    is_wide = language() != "zh"
    states = [state_text(state) for state in NODE_STATES]
    colours = [MARKS[state].colour() for state in NODE_STATES]
    return {
        "project_name": st.column_config.TextColumn(t("word.project"), width=150 if is_wide else 186),
        "node": st.column_config.TextColumn(t("column.node"), width=130 if is_wide else 72),
        "planned": st.column_config.TextColumn(t("gantt.planned"), width=84),
        "state": st.column_config.MultiselectColumn(t("nodes.state"), options=states, color=colours, width=112),
        "days": st.column_config.NumberColumn(t("nodes.days"), format="%,.0f", width=60),
        "done": st.column_config.TextColumn(t("nodes.done"), width=112),
        "cell": st.column_config.TextColumn(t("nodes.plan_cell"), width=98),
    }


def month_remark(view: View) -> str:
    """How many nodes fall due this month, how many are done, and the files that the plan's dates were read from."""
    nodes = nodes_of(view)
    counts = count_nodes(nodes, view.period)
    return t(
        "nodes.month_remark",
        due=count(counts.this_month),
        done=count(counts.this_month_done),
        names=plan_files(nodes[nodes["is_in_plan"]]),
    )
