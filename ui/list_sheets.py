"""The lists of the pages as rows of a workbook to hand out: dates and numbers as such, and where each row was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from domain.bodies import body_name
from domain.fields import find_field
from domain.permit_steps import steps_of
from ui.conversion import AskedWaits, wait_list
from ui.delays import COMPLETION, START, AskedDelays, chosen_delays, hand_text, standing_text
from ui.formats import day_text, is_missing
from ui.land import SHOWN, kind_text, land_of, land_source
from ui.locale import language, t
from ui.names import heading_of, reason_name, stage_text
from ui.node_gantt import plan_cell, planned_text
from ui.node_marks import node_name
from ui.node_marks import state_text as node_state
from ui.node_plan import done_or_forecast, nodes_of
from ui.permit_marks import days_text, due_text, plain_day, short_step, source_text, state_text, step_name
from ui.permits import LAND, AskedPermits, chosen_cells
from ui.tables import column_label, grade_text
from ui.view import View


def delay_sheet(view: View, asked: AskedDelays) -> pd.DataFrame:
    """The delayed projects that answer, worst first: the list's columns, both dates, what is in the way, and the row read."""
    return pd.DataFrame([_delay_row(row) for row in chosen_delays(view, asked).itertuples()])


def _delay_row(row: Any) -> dict[str, Any]:
    milestone = _milestone_of(row)
    return {
        column_label("project_name"): row.project_name,
        column_label("body"): body_name(row.body, language()),
        column_label("owner_name"): row.owner_name,
        column_label("stage"): stage_text(row.stage),
        _in_wan("total_investment_wan"): _number(row.total_investment_wan),
        column_label("grade"): "" if is_missing(row.grade) else grade_text(row.grade, language()),
        column_label("standing"): standing_text(row),
        t("word.first_promise"): _day(row, f"first_planned_{milestone}_date", f"first_planned_{milestone}_precision"),
        t("word.latest_plan"): _day(row, f"planned_{milestone}_date", f"planned_{milestone}_date_precision"),
        t("sheet.days_first"): _whole(row.delay_first_days),
        t("sheet.days_latest"): _whole(row.delay_latest_days),
        column_label("changes_count"): _whole(row.promise_changes),
        column_label("reason"): "" if is_missing(row.reason) else reason_name(row.reason),
        column_label("issue_text"): row.issue_text,
        column_label("hand"): hand_text(row),
        column_label("next_step_text"): row.next_step_text,
        t("word.source"): f"{row.sheet} {t('delayed.row', row=row.cell_row)}",
    }


def _milestone_of(row: Any) -> str:
    """The milestone that is late; of what is late with none, slow or silent, the one that it works towards."""
    if row.milestone in (START, COMPLETION):
        return str(row.milestone)
    return START if is_missing(row.start_date) else COMPLETION


def permit_lists(view: View, asked: AskedPermits) -> list[tuple[str, pd.DataFrame]]:
    """(Name of the sheet, rows): the matrix and its steps, or the land."""
    if asked.show == LAND:
        return [(t("permits.show_land"), land_sheet(view))]
    return [(t("permits.show_steps"), permit_sheet(view, asked)), (t("sheet.steps"), step_sheet(view, asked))]


def permit_sheet(view: View, asked: AskedPermits) -> pd.DataFrame:
    """The projects that answer, most urgent first, a column a step: its state, with the days late or the day granted."""
    names = {step.code: short_step(step.code) for step in steps_of(asked.kind)}
    return pd.DataFrame([_permit_row(own, names) for own in chosen_cells(view, asked)])


def _permit_row(own: pd.DataFrame, names: Mapping[str, str]) -> dict[str, Any]:
    steps = {each.step: each for each in own.itertuples()}
    head = {
        column_label("project_name"): own["project_name"].iloc[0],
        column_label("body"): body_name(str(own["body"].iloc[0]), language()),
    }
    return head | {name: _step_text(steps.get(code)) for code, name in names.items()}


def _step_text(cell: Any) -> str:
    """A step in a few words: its sign and state, the days late or waiting, the day granted."""
    if cell is None:
        return ""
    return " ".join(filter(None, [state_text(cell.state), days_text(cell), plain_day(cell.granted_date)]))


def step_sheet(view: View, asked: AskedPermits) -> pd.DataFrame:
    """The steps of these projects, a row each: the days applied, due and granted, the office, and where it was told."""
    return pd.DataFrame([_step_row(cell) for own in chosen_cells(view, asked) for cell in own.itertuples()])


def _step_row(cell: Any) -> dict[str, Any]:
    return {
        column_label("project_name"): cell.project_name,
        column_label("body"): body_name(cell.body, language()),
        t("sheet.step"): step_name(cell.step),
        column_label("standing"): state_text(cell.state),
        t("permits.applied_on"): _date(cell.applied_date),
        t("permits.due_on"): due_text(cell),
        t("permits.granted_on"): _date(cell.granted_date),
        t("sheet.days_late"): _whole(cell.days_late),
        t("permits.office"): cell.office,
        t("word.source"): source_text(cell),
    }


def land_sheet(view: View) -> pd.DataFrame:
    """Land of the body's projects in mu, the greatest gap first."""
    return pd.DataFrame([_land_row(each) for each in land_of(view).itertuples()])


def _land_row(each: Any) -> dict[str, Any]:
    areas = {t("sheet.in_mu", heading=t(f"land.{name}")): _number(getattr(each, f"{name}_mu")) for name in SHOWN}
    return {
        column_label("project_name"): each.project_name,
        column_label("body"): body_name(each.body, language()),
        t("permits.kind"): kind_text(each),
        **areas,
        t("land.gap"): _number(each.gap_mu),
        t("word.source"): land_source(each),
    }


def wait_sheet(view: View, asked: AskedWaits) -> pd.DataFrame:
    """The projects that answer, as the list shows them: where each waits, since when, how long and how much beyond others."""
    _, table = wait_list(view, asked)
    return table.rename(columns=column_label)


def node_sheet(view: View) -> pd.DataFrame:
    """All nodes of the year's plan, what asks for action first, each with its cell."""
    return pd.DataFrame([_node_row(node) for node in nodes_of(view).itertuples()])


def _node_row(node: Any) -> dict[str, Any]:
    return {
        column_label("project_name"): node.project_name,
        column_label("body"): body_name(node.body, language()),
        column_label("node"): node_name(node.node),
        t("gantt.planned"): planned_text(node),
        t("nodes.state"): node_state(node.state),
        t("sheet.days_late"): _whole(node.delay_days),
        t("nodes.done"): done_or_forecast(node),
        t("nodes.plan_cell"): plan_cell(node),
    }


def _in_wan(name: str) -> str:
    field = find_field(name)
    assert field
    return t("column.unit_wan", heading=heading_of(field))


def _day(row: Any, name: str, precision: str) -> str:
    """A date no more precise than it was reported."""
    return "" if is_missing(getattr(row, name)) else day_text(getattr(row, name), getattr(row, precision))


def _date(day: Any) -> Any:
    return None if is_missing(day) else day


def _number(value: Any) -> float | None:
    return None if is_missing(value) else float(value)


def _whole(value: Any) -> int | None:
    return None if is_missing(value) else int(value)

