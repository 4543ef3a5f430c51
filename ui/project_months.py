"""The months of a project: what each return said, what was promised in it, and what was invested."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.investment import monthly_investment
from domain.periods import Period
from storage.receipts import IN_FORCE, STATE_ENGLISH
from ui import reads
from ui.chart_promises import Promise
from ui.formats import WAN_PER_MILLION, WAN_PER_YI, is_missing, period_name, yi_heading, yi_in_column
from ui.html_tables import Column, Row
from ui.locale import language, t
from ui.names import stage_text
from ui.project_values import as_date, as_text, precision_of
from ui.tables import column_label
from ui.view import View


def promise_points(history: pd.DataFrame, milestone: str) -> list[Promise]:
    """(period, date promised, how precisely) by month, from the returns in force."""
    column = f"planned_{milestone}_date"
    return [
        (Period.parse(row["period"]), as_date(row[column]), precision_of(row, column))
        for _, row in in_force(history).iterrows()
    ]


def in_force(history: pd.DataFrame) -> pd.DataFrame:
    """The row that counts of each period: of the return in force."""
    return history[(history["state"] == IN_FORCE) & history["is_counted"]]


def investment_points(history: pd.DataFrame, year: int) -> list[tuple[int, float | None]]:
    """(month, amount) of the year in the unit of the bars, 亿元 or million yuan."""
    months = monthly_investment(in_force(history), year)
    return [(month, None if amount is None else amount / _bar_scale()) for month, amount in months]


def yearly_plan(project: pd.Series) -> float | None:
    """The plan of the year in the unit of the bars, None without one."""
    plan = project["annual_plan_wan"]
    return None if is_missing(plan) or plan <= 0 else float(plan) / _bar_scale()


def _bar_scale() -> int:
    return WAN_PER_YI if language() == "zh" else WAN_PER_MILLION


def month_columns() -> list[Column]:
    """Columns of the table of what each month's return said."""
    return [
        Column("period", t("word.period"), "name", width="104px"),
        Column("stage", t("short.stage"), "short", width="72px"),
        Column("ytd", yi_heading(t("card.ytd")), "number", width="136px"),
        Column("progress", column_label("progress_text")),
        Column("issue", column_label("issue_text")),
        Column("source", t("word.source"), "short", width="300px"),
        Column("state", t("card.state"), "short", width="72px"),
    ]


def month_rows(history: pd.DataFrame) -> list[Row]:
    """Every submission that spoke of the project, newest first."""
    return [_month_row(row) for row in history.iloc[::-1].itertuples()]


def _month_row(row: Any) -> Row:
    return {
        "period": period_name(row.period),
        "stage": stage_text(row.stage),
        "ytd": yi_in_column(row.investment_ytd_wan),
        "progress": as_text(row.progress_text),
        "issue": as_text(row.issue_text),
        "source": t("card.row_of", receipt=row.receipt_number, sheet=row.sheet, row=row.cell_row),
        "state": row.state if language() == "zh" else STATE_ENGLISH[row.state],
    }


def history_until(view: View, project_id: str) -> pd.DataFrame:
    """What the returns up to the view's period said of a project: a page as of September knows no October."""
    history = reads.history(view.scope, view.record, project_id)
    return history[history["period"] <= str(view.period)]
