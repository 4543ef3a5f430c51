"""One project: its dates promised and kept, its months, and where each of its values was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from domain.bodies import body_name
from domain.delay import days_late, not_reported
from domain.indicators import MILESTONES
from domain.ledgers.published import PUBLISHED
from domain.ledgers.summing import standing_rows
from domain.periods import Period
from ui import reads
from ui.chart_parts import ready
from ui.chart_promises import Promise, promise_stairs
from ui.charts import investment_months_chart
from ui.formats import DASH, day_text, is_missing, money, number, percent
from ui.html import finding_list, heading, note, page_header, sentence
from ui.html_tables import Column, Graded, Row, plain_table
from ui.locale import language, t
from ui.names import reason_name, stage_text
from ui.project_months import (
    history_until,
    investment_points,
    month_columns,
    month_rows,
    promise_points,
    yearly_plan,
)
from ui.project_nodes import ProjectNodes, project_nodes
from ui.project_steps import project_steps
from ui.project_values import as_date, as_text, day_of, precision_of, source_columns, source_rows
from ui.silence import project_strip
from ui.tables import column_label
from ui.view import View

CHART_PIXELS = 390


@dataclass(frozen=True, slots=True)
class CardParts:
    """All that the page of a project shows: HTML, and the figures; a figure is None where there is nothing to draw."""

    sentence: str
    steps: str
    dates: str
    money: str
    stairs_heading: str
    stairs: go.Figure | None
    months: go.Figure | None
    nodes: ProjectNodes | None
    returns: str
    sources: str
    findings: str


def card_parts(view: View, project_id: str) -> CardParts:
    """Make the parts of a project's page. Raises LookupError for an unknown project."""
    project = find_project(view, project_id)
    if project is None:
        raise LookupError(project_id)
    history = history_until(view, project_id)
    facts = [Column("name", ""), Column("value", "", "number")]
    milestone = chosen_milestone(project)
    promises = promise_points(history, milestone)
    months = investment_points(history, view.period.year)
    return CardParts(
        sentence=sentence([delay_sentence(view, project)]) + published_note(view, project_id),
        steps=project_steps(view, project_id),
        dates=heading(t("card.dates"), t("card.dates_remark"))
        + plain_table(milestone_columns(), milestone_rows(project, view.period), is_compact=True),
        money=heading(t("card.money")) + plain_table(facts, money_facts(project), is_compact=True),
        stairs_heading=heading(t(f"card.stairs_{milestone}"), t("card.stairs_remark")),
        stairs=_stairs(promises, project, milestone),
        months=_months(months, yearly_plan(project)),
        nodes=project_nodes(view, project_id),
        returns=heading(t("card.returns"), t("card.returns_remark"))
        + project_strip(view, project_id)
        + plain_table(month_columns(), month_rows(history), is_compact=True),
        sources=heading(t("card.sources"), t("card.sources_remark"))
        + plain_table(source_columns(), source_rows(view, project), is_compact=True),
        findings=heading(t("card.findings")) + finding_list(reads.findings(view.scope, view.record, project_id)),
    )


def _stairs(promises: list[Promise], project: pd.Series, milestone: str) -> go.Figure | None:
    if not any(day for _, day, _ in promises):
        return None
    actual, precision = as_date(project[f"{milestone}_date"]), precision_of(project, f"{milestone}_date")
    return ready(promise_stairs(promises, actual, precision, height=CHART_PIXELS))


def _months(months: list[tuple[int, float | None]], plan: float | None) -> go.Figure | None:
    has_amount = any(amount is not None for _, amount in months)
    chart = investment_months_chart(months, plan, unit=t("unit.months"), height=CHART_PIXELS)
    return ready(chart) if has_amount else None


def find_project(view: View, project_id: str) -> pd.Series | None:
    """The state of a project of any district, None for an unknown id."""
    states = reads.states(view.scope, view.record)
    found = states[states["project_id"] == project_id]
    return None if found.empty else found.iloc[0]


def project_head(project: pd.Series | None) -> str:
    """The page's head: the project's name, and what and whose it is."""
    return (
        page_header(t("page.project"))
        if project is None
        else page_header(str(project["project_name"]), subtitle(project))
    )


def subtitle(project: pd.Series) -> list[str]:
    """What and whose the project is."""
    parts = [body_name(project["body"], language()), stage_text(project["stage"])]
    category = as_text(project["category"])
    parts += [t(f"category.{category}")] if category else []
    parts += [as_text(project[name]) for name in ("industry_chain", "owner_name", "project_code")]
    return [part for part in parts if part and part != DASH]


def delay_sentence(view: View, project: pd.Series) -> str:
    """Whether this period's return leaves the project out, and what is late with it, in a sentence."""
    states = reads.states(view.scope, view.record)
    is_silent = not_reported(states[states["project_id"] == project["project_id"]]).any()
    delays = reads.delays(view.scope, view.record)
    late = delays[delays["project_id"] == project["project_id"]]
    said = t("card.silent") if is_silent else ""
    return said + (t("card.not_late") if late.empty else _late_sentence(late.iloc[0]))


def published_note(view: View, project_id: str) -> str:
    """What published reports say of the project, in their words and with their names; nothing where none names it."""
    rows = standing_rows(PUBLISHED, reads.ledger(view.scope, view.record, PUBLISHED.code), view.period)
    own = rows[rows["project_id"] == project_id]
    if own.empty:
        return ""
    sources = t("word.comma").join(own["row_source"].dropna().unique())
    return note(t("card.published", said="；".join(own["published_said"]), source=sources or DASH))


def _late_sentence(row: pd.Series) -> str:
    why = t("card.reason", reason=reason_name(row["reason"])) if row["reason"] else ""
    if is_missing(row["delay_first_days"]):
        return t("card.behind", gap=number(abs(row["gap_points"]), 1)) + why
    milestone = t(f"milestone.{row['milestone']}")
    return t("card.late", milestone=milestone, days=number(row["delay_first_days"])) + why


def money_facts(project: pd.Series) -> list[Row]:
    """Investment: total, plan of the year, done this year and since the start."""
    names = ("total_investment_wan", "annual_plan_wan", "investment_ytd_wan", "investment_cum_wan")
    rows: list[Row] = [
        {"name": column_label(name).split("（")[0].split(" (")[0], "value": money(project[name])} for name in names
    ]
    plan, done = project["annual_plan_wan"], project["investment_ytd_wan"]
    share = percent(done / plan) if not is_missing(plan) and plan > 0 and not is_missing(done) else t("grade.no_plan")
    rows.append({"name": t("card.plan_share"), "value": share})
    rows.append({"name": column_label("progress_rate"), "value": percent(project["progress_rate"], 0)})
    return rows


def milestone_columns() -> list[Column]:
    """Columns of the table of promised and actual dates."""
    return [
        Column("milestone", t("column.node"), "name", width="92px"),
        Column("first", t("word.first_promise"), "short"),
        Column("latest", t("word.latest_plan"), "short"),
        Column("actual", t("word.actual"), "short"),
        Column("late_first", t("column.delay_first_days"), "number"),
        Column("late_latest", t("column.delay_latest_days"), "number"),
        Column("moved", t("column.changes_count"), "number"),
    ]


def milestone_rows(project: pd.Series, period: Period) -> list[Row]:
    """Start and completion: first promise, latest plan, actual, days late against both."""
    signed = {"milestone": t("milestone.signing"), "actual": day_of(project, "signed_date")}
    return [signed, *(_milestone_row(project, milestone, period) for milestone in MILESTONES)]


def _milestone_row(project: pd.Series, milestone: str, period: Period) -> Row:
    first, latest, actual = (project[f"{prefix}{milestone}_date"] for prefix in ("first_planned_", "planned_", ""))
    # A project that has not started owes its start, not yet its completion.
    owes = milestone == "start" or not is_missing(project["start_date"]) or not is_missing(actual)
    return {
        "milestone": t(f"milestone.{milestone}"),
        **milestone_days(project, milestone),
        "late_first": _late_cell(first, actual, period) if owes else t("card.not_started"),
        "late_latest": _late_cell(latest, actual, period) if owes else t("card.not_started"),
        "moved": project[f"planned_{milestone}_changes"],
    }


def milestone_days(project: pd.Series, milestone: str) -> dict[str, str]:
    """First promise, latest plan and actual date of a milestone, each as precise as reported."""
    first = as_date(project[f"first_planned_{milestone}_date"])
    return {
        "first": day_text(first, as_text(project[f"first_planned_{milestone}_precision"]) or "day"),
        "latest": day_of(project, f"planned_{milestone}_date"),
        "actual": day_of(project, f"{milestone}_date"),
    }


def _late_cell(promised: Any, actual: Any, period: Period) -> Graded | str:
    """Days from the promise to the actual date, or to the cut-off date while open; early or not yet due is no delay."""
    if is_missing(promised):
        return DASH
    days = (actual - promised).days if not is_missing(actual) else int(days_late(pd.Series([promised]), period)[0])
    if days <= 0:
        return t("card.kept") if not is_missing(actual) else t("card.not_due")
    return Graded(t("format.days", value=number(days, is_signed=True)), "behind")


def chosen_milestone(project: pd.Series) -> str:
    """The milestone whose promises are drawn: the start until it is done, then the completion."""
    is_open = is_missing(project["start_date"]) and is_missing(project["completion_date"])
    return "start" if is_open else "completion"
