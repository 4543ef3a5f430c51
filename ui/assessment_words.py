"""Words of the assessment: names, points, and each point explained in one sentence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.assessment import MONTH
from domain.assessment_schemes import PLAN, SIZED, Assessed, Scheme, SchemeLine
from domain.indicators import COUNT, INDICATORS
from ui.formats import DASH, is_missing, number, percent
from ui.locale import language, t
from ui.names import capital


def scheme_name(scheme: Scheme) -> str:
    """Name and version of a scheme."""
    return t("rules.named", name=scheme.name if language() == "zh" else scheme.english, version=scheme.version)


def assessed_name(who: Assessed) -> str:
    """Name of a district or a state firm."""
    return who.name if language() == "zh" else capital(who.english)


def line_name(line: SchemeLine) -> str:
    """Name of a line."""
    return line.name if language() == "zh" else capital(line.english)


def points_text(points: float | None, *, is_signed: bool = False) -> str:
    """Points with up to two decimals, and with their sign where asked."""
    if is_missing(points):
        return DASH
    text = number(abs(float(points or 0)), 2).rstrip("0").rstrip(".")
    sign = "−" if float(points or 0) < 0 else "+" if is_signed and points else ""
    return sign + text


def points_in_column(points: float | None, *, is_signed: bool = False) -> str:
    """Points in a column: every one with two decimals."""
    if is_missing(points):
        return DASH
    sign = "−" if float(points or 0) < 0 else "+" if is_signed and points else ""
    return sign + number(abs(float(points or 0)), 2)


def line_sentence(line: SchemeLine, row: Any | None, span: str) -> str:
    """How the points of a line come about, in one sentence; why there are none where there are none."""
    if row is None:
        return t("assessment.gap_not_reported")
    name = t(f"assessment.{span}")
    if pd.isna(row.points):
        return t("assessment.said_gap", span=name, why=t(f"assessment.gap_{row.gap}"))
    unit = _unit(line)
    goal = t("assessment.goal_plan" if line.formula == PLAN else "assessment.goal")
    told = t(
        f"assessment.said_{line.formula}",
        span=name,
        figure=_figure(row.figure, unit),
        target=_figure(row.target, unit),
        goal=t("assessment.due", goal=goal) if span == MONTH else t("assessment.whole", goal=goal),
        share=percent(row.figure / row.target, 1) if row.target else DASH,
        each=points_text(line.per_unit, is_signed=True),
        points=points_text(row.points),
        full=points_text(line.full),
        least=points_text(line.least),
        most=points_text(line.most),
    )
    left_out = len(row.excused_ids)
    return told + (t("assessment.left_out", count=left_out) if left_out else "")


def _unit(line: SchemeLine) -> str:
    if line.formula == SIZED:
        return t("assessment.unit_points")
    return t("assessment.unit_count") if INDICATORS[line.indicator].unit == COUNT else t("assessment.unit_yi")


def _figure(value: float, unit: str) -> str:
    if is_missing(value):
        return DASH
    text = number(float(value), 2)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"
