"""What the meeting's papers say of the supervision assessment: totals of the month, and every point; nothing without a scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from domain.assessment import MONTH, SPANS, score, totals
from domain.assessment_publications import published_points, published_scheme, published_totals
from domain.assessment_schemes import DISTRICT, FIRM, SIZED, Assessed, Scheme, SchemeLine
from domain.built_in_schemes import SAMPLE_SCHEME
from domain.indicators import COUNT, INDICATORS, WAN_PER_YI
from domain.number_texts import WAN_PER_UNIT, is_missing, number
from domain.progress import Targets
from domain.scope import Record, Scope
from domain.version_choices import choice_in_force
from reports.meeting.words import capital, say
from storage import queries
from storage.engine import Database

POINTS = (
    "assessment.who", "assessment.line", "assessment.span", "assessment.points", "assessment.full", "annex.unit",
    "annex.done", "annex.target", "annex.remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthPoints:
    """The month's points and totals (``domain/assessment.py``) by a scheme; as they were published where they were."""

    scheme: Scheme
    points: pd.DataFrame
    totals: pd.DataFrame
    is_published: bool = False


def read_points(
    db: Database, scope: Scope, record: Record, states: pd.DataFrame, targets: Targets
) -> MonthPoints | None:
    """The newest publication of the month, else the points by the scheme in force; None where none was put into force."""
    made = [each for each in queries.publications(db, scope, record) if each.period == record.period]
    if made:
        points = published_points(made[-1])
        is_of_month = points["period"] == str(record.period)
        sums = published_totals(made[-1])
        return MonthPoints(
            published_scheme(made[-1], SAMPLE_SCHEME),
            points[is_of_month],
            sums[sums["period"] == str(record.period)],
            True,
        )
    choice = choice_in_force(queries.scheme_choices(db, scope, record), record.period)
    if choice is None:
        return None
    scheme = queries.schemes(db, scope, record)[choice.key]
    points = score(scheme, {record.period: states}, targets, queries.excuses(db, scope, record))
    return MonthPoints(scheme, points, totals(scheme, points))


def assessment_sentence(made: MonthPoints | None, language: str) -> str:
    """The totals held against what is due by the month, of districts and state firms; who has none is left out."""
    if made is None:
        return ""
    told = [_said_of(made, kind, language) for kind in (DISTRICT, FIRM)]
    if not any(told):
        return ""
    groups = say(language, "word.then").join(group for group in told if group)
    said = say(language, "paragraph.points", scheme=_scheme_of(made, language), points=groups)
    return said + say(language, "paragraph.end")


def _scheme_of(made: MonthPoints, language: str) -> str:
    """The scheme's name and version; that it is an illustration, that the points were published."""
    keys = ["sample"] * made.scheme.is_sample + ["published"] * made.is_published
    marks = "".join(say(language, f"paragraph.points_{key}") for key in keys)
    name = made.scheme.name if language == "zh" else made.scheme.english
    return say(language, "rule.named", name=name, version=made.scheme.version) + marks


def _said_of(made: MonthPoints, kind: str, language: str) -> str:
    found = [(who, _total(made, who, MONTH)) for who in made.scheme.assessed if who.kind == kind]
    return say(language, "word.and").join(
        say(language, "paragraph.points_of", who=assessed_label(who, language), points=number(total, 1))
        for who, total in found
        if total is not None
    )


def assessed_label(who: Assessed, language: str) -> str:
    """Name of a district or a state firm."""
    return who.name if language == "zh" else capital(who.english)


def _total(made: MonthPoints, who: Assessed, span: str) -> float | None:
    own = made.totals[(made.totals["assessed"] == who.code) & (made.totals["span"] == span)]["total"].dropna()
    return None if own.empty else float(own.iloc[0])


def point_rows(made: MonthPoints, language: str) -> list[list[Any]]:
    """Every line of everybody assessed, to date and against the whole year, each followed by its total."""
    return [
        row
        for who in made.scheme.assessed
        for span in SPANS
        for row in (*_line_rows(made, who, span, language), _total_row(made, who, span, language))
    ]


def _line_rows(made: MonthPoints, who: Assessed, span: str, language: str) -> list[list[Any]]:
    lines = {line.code: line for line in made.scheme.lines_of(who.kind)}
    own = made.points[(made.points["assessed"] == who.code) & (made.points["span"] == span)]
    return [_line_row(who, lines[row.line], row, language) for row in own.itertuples() if row.line in lines]


def _line_row(who: Assessed, line: SchemeLine, row: Any, language: str) -> list[Any]:
    unit, scale = _unit(line, language)
    figure, target = (None if is_missing(value) else float(value) / scale for value in (row.figure, row.target))
    return [
        assessed_label(who, language),
        line.name if language == "zh" else capital(line.english),
        say(language, f"assessment.span_{row.span}"),
        None if is_missing(row.points) else float(row.points),
        float(row.full),
        unit,
        figure,
        target,
        say(language, f"assessment.gap_{row.gap}") if row.gap else "",
    ]


def _unit(line: SchemeLine, language: str) -> tuple[str, float]:
    """The unit of a line's figure, and how many of 亿元 (or of the thing counted) it is."""
    if line.formula == SIZED:
        return say(language, "assessment.unit_points"), 1.0
    if INDICATORS[line.indicator].unit == COUNT:
        return say(language, "word.count"), 1.0
    return say(language, "word.yi"), WAN_PER_UNIT[language] / WAN_PER_YI


def _total_row(made: MonthPoints, who: Assessed, span: str, language: str) -> list[Any]:
    return [
        assessed_label(who, language), say(language, "assessment.total"), say(language, f"assessment.span_{span}"),
        _total(made, who, span), made.scheme.most, "", None, None, _scheme_of(made, language),
    ]  # fmt: skip
