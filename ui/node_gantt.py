"""The nodes of the plan as rows of a Gantt chart: a project a row, or a node a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from domain.node_plans import (
    DONE_LATE,
    NODE_ORDER,
    NODE_STATES,
    NOT_TOLD,
    OPEN_STATES,
    OVERDUE,
)
from domain.node_reports import number_of
from domain.periods import Period
from ui.chart_gantt import GanttMark, GanttRow, GanttSpan, place_of
from ui.formats import count, day_text, is_missing
from ui.locale import t
from ui.node_marks import MARKS, late_text, node_letter, node_name, state_text
from ui.project_values import as_date, as_text
from ui.theme import LIGHT

# The window of a district's chart around the period: what fell due in the year so far, and what is ahead.
MONTHS_BEFORE, MONTHS_AFTER = 11, 12
KEPT_EARLIER = (*OPEN_STATES, NOT_TOLD)  # what is shown though it fell due before the window
LEAST_MONTHS = 12
PLANNED_SYMBOL, FORECAST_SYMBOL = "line-ns-open", "triangle-right-open"


def window_of(period: Period) -> tuple[int, int]:
    """The months of a district's chart, as month numbers, the last not included."""
    return number_of(period) - MONTHS_BEFORE, number_of(period) + 1 + MONTHS_AFTER


def in_plan_order(nodes: pd.DataFrame) -> pd.DataFrame:
    """The nodes as the plan has them, from the first step to the last."""
    return nodes.sort_values("node", key=lambda codes: codes.map(NODE_ORDER))


def project_rows(nodes: pd.DataFrame, projects: Sequence[str], window: tuple[int, int]) -> list[GanttRow]:
    """One row a project in the order given: its planned span, each node at the date that it is held to."""
    by_project = dict(iter(nodes.groupby("project_id")))
    return [_project_row(by_project[project_id], window) for project_id in projects]


def _project_row(nodes: pd.DataFrame, window: tuple[int, int]) -> GanttRow:
    planned = in_plan_order(nodes[nodes["due_month"].notna()])
    by_month = {month: list(group.itertuples()) for month, group in planned.groupby("due_month")}
    marks = [mark for month, group in by_month.items() for mark in _marks_of_month(month, group)]
    spans = [GanttSpan(min(by_month), max(by_month) + 1, LIGHT.line)] if by_month else []
    before = planned[(planned["due_month"] < window[0]) & planned["state"].isin(KEPT_EARLIER)]
    return GanttRow(str(nodes["project_name"].iloc[0]), tuple(spans), tuple(marks), _earlier(before))


def _marks_of_month(month: float, nodes: Sequence[Any]) -> list[GanttMark]:
    """Nodes of one month side by side within it."""
    share = 1 / len(nodes)
    return [_mark(node, month + share * (place + 0.5)) for place, node in enumerate(nodes)]


def _mark(node: Any, place: float, letter: str | None = None) -> GanttMark:
    mark = MARKS[node.state]
    return GanttMark(
        place, mark.symbol, mark.colour(), node_letter(node.node) if letter is None else letter, told_of(node)
    )


def _earlier(nodes: pd.DataFrame) -> GanttMark | None:
    """One mark for all that is open since before the window: the worst state, and how many."""
    if nodes.empty:
        return None
    state = min(nodes["state"], key=NODE_STATES.index)
    told = t("gantt.earlier_nodes", nodes=t("word.comma").join(told_of(node) for node in nodes.itertuples()))
    return GanttMark(0, MARKS[state].symbol, MARKS[state].colour(), count(len(nodes)), told)


def told_of(node: Any) -> str:
    """What a mark says when pointed at: the node, its dates, how it stands."""
    told = (node_name(node.node), t("gantt.planned"), planned_text(node), state_text(node.state), late_text(node))
    return " ".join(told).rstrip()


def planned_text(node: Any) -> str:
    """The date that a node is planned for; the first one and the latest where it moved."""
    if is_missing(node.first_planned_date):
        return as_text(node.planned_text)
    first, latest = _day_text(node, "first_planned"), _day_text(node, "planned")
    return f"{first} → {latest}" if node.changes and latest else first


def plan_cell(node: Any) -> str:
    """Where the plan has the date; the first one's place too where a later plan moved it."""
    latest = f"{node.sheet}!{node.cell}"
    first = f"{node.first_sheet}!{node.first_cell}"
    place = f"{first} → {latest}" if node.changes else latest
    return place if node.is_in_plan else t("nodes.former", cell=place)


def plan_files(nodes: pd.DataFrame, *, with_first: bool = False) -> str:
    """The names of the files that these nodes stand in; the files of the first dates too when asked."""
    names = [nodes["first_file_name"], nodes["file_name"]] if with_first else [nodes["file_name"]]
    return t("word.comma").join(pd.concat(names).dropna().unique())


def done_text(node: Any) -> str:
    """When a node was done, as far as it can be told."""
    if is_missing(node.done_date) and not is_missing(node.done_by):
        return t("nodes.done_by", month=day_text(as_date(node.done_by), "month"))
    return _day_text(node, "done")


def forecast_text(node: Any) -> str:
    """When the returns now plan a node that is not done; empty for none."""
    return _day_text(node, "forecast")


def _day_text(node: Any, name: str) -> str:
    """A date of a node as precise as it was given; empty for none."""
    day = as_date(getattr(node, f"{name}_date"))
    return "" if day is None else day_text(day, as_text(getattr(node, f"{name}_precision")) or "day")


def node_rows(nodes: pd.DataFrame, period: Period) -> list[GanttRow]:
    """One row a node in the order of the plan: the date planned, where it moved, when it was done or is forecast."""
    return [_node_row(node, float(number_of(period) + 1)) for node in in_plan_order(nodes).itertuples()]


def _node_row(node: Any, cut_off: float) -> GanttRow:
    first, latest = _place(node, "first_planned"), _place(node, "planned")
    done, forecast = _done_place(node), _place(node, "forecast")
    dates = [place for place in (first, latest) if place is not None]
    due = min(dates, default=None)
    ticks = [GanttMark(place, PLANNED_SYMBOL, LIGHT.text, "", told_of(node)) for place in dates]
    spans = _late_spans(node, due, done, cut_off)
    if len(dates) == 2 and node.changes:
        spans.append(GanttSpan(min(dates), max(dates), LIGHT.muted, is_thin=True))
    if forecast is not None and due is not None:
        ticks.append(
            GanttMark(forecast, FORECAST_SYMBOL, LIGHT.text, "", f"{t('gantt.forecast')} {forecast_text(node)}")
        )
    place = next((each for each in (done, due) if each is not None), None)
    marks = [] if place is None else [_mark(node, place, "")]
    return GanttRow(node_name(node.node), tuple(spans), (*ticks, *marks))


def _late_spans(node: Any, due: float | None, done: float | None, cut_off: float) -> list[GanttSpan]:
    """From the date that a node is held to, to the day on which it was done late, or to the cut-off date while it is open."""
    end = cut_off if node.state in OPEN_STATES else done if node.state == DONE_LATE else None
    if due is None or end is None:
        return []
    return [GanttSpan(due, end, MARKS[OVERDUE].colour() if node.state == OVERDUE else LIGHT.quiet)]


def _done_place(node: Any) -> float | None:
    """When a node was done; where only the last month is known, that one, unless it was in time or may have been."""
    by = None if is_missing(node.done_by) else place_of(as_date(node.done_by), "month")
    is_by = node.state == DONE_LATE or is_missing(node.due_month)
    return by if is_by and is_missing(node.done_date) else _place(node, "done")


def _place(node: Any, name: str) -> float | None:
    day = as_date(getattr(node, f"{name}_date"))
    return None if day is None else place_of(day, as_text(getattr(node, f"{name}_precision")))


def window_of_rows(rows: Sequence[GanttRow], period: Period) -> tuple[int, int]:
    """The months that hold all marks and the cut-off date with its words, at least a year."""
    places = [mark.place for row in rows for mark in row.marks] + [number_of(period)]
    low, high = int(min(places)), max(int(max(places)) + 2, number_of(period) + 4)
    return low, max(high, low + LEAST_MONTHS)
