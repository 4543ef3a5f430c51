"""Lists of the assessment: a scheme's lines with their sources, what was published, the course, and the workbook."""

from __future__ import annotations

from typing import Any

import pandas as pd

from domain.assessment import MONTH, SPANS
from domain.assessment_publications import published_scheme, published_totals
from domain.assessment_schemes import DISTRICT, FIRM, Scheme
from domain.built_in_schemes import SAMPLE_SCHEME
from ui.assessment_course import totals_chart
from ui.assessment_words import assessed_name, line_name, line_sentence, points_text, scheme_name
from ui.assessments import Sheet, districts_shown, full_text, month_of, publications, shown_assessed, view_name
from ui.audit import actor_name
from ui.formats import period_name
from ui.html import badge, heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link, linked
from ui.locale import language, t
from ui.names import indicator_name
from ui.sentences import filled
from ui.view import View

CHART_PIXELS = 264


def scheme_table(scheme: Scheme, *, is_in_force: bool) -> str:
    """Every line of a scheme: indicator, formula, points, and whose text it follows."""
    columns = [
        Column("line", t("assessment.line"), "name"),
        Column("assessed", t("assessment.assessed"), "short"),
        Column("indicator", t("assessment.indicator"), "short"),
        Column("formula", t("assessment.formula"), "short"),
        Column("full", t("assessment.full"), "number"),
        Column("each", t("assessment.set_per_unit"), "number"),
        Column("source", t("rules.line_source"), width="48%"),
    ]
    rows: list[Row] = [
        {
            "line": line_name(line),
            "assessed": t(f"assessment.kind_{line.assessed}"),
            "indicator": indicator_name(line.indicator),
            "formula": t(f"assessment.formula_{line.formula}"),
            "full": full_text(line),
            "each": points_text(line.per_unit, is_signed=True) if line.per_unit else "",
            "source": line.source if language() == "zh" else line.source_en,
        }
        for kind in (DISTRICT, FIRM)
        for line in scheme.lines_of(kind)
    ]
    mark = badge(t("assessment.sample")) if scheme.is_sample else ""
    state = t("assessment.is_in_force") if is_in_force else t("assessment.is_not_in_force")
    told = note(f"{scheme.source if language() == 'zh' else scheme.source_en} · {state}") + note(
        t("assessment.excuse_rule")
    )
    return heading(scheme_name(scheme)) + mark + told + plain_table(columns, rows, is_compact=True)


def publications_table(view: View) -> str:
    """What was published, the newest first; each opens as it was."""
    columns = [
        Column("name", t("assessment.publication"), "name"),
        Column("month", t("word.period"), "short"),
        Column("day", t("assessment.day"), "short"),
        Column("reason", t("rules.reason")),
        Column("by", t("assessment.by"), "short"),
        Column("seal", t("assessment.seal"), "short"),
    ]
    rows: list[Row] = [
        {
            "name": Link(made.publication_id, view.href("assessment", publication=made.publication_id)),
            "month": period_name(made.period),
            "day": made.on_date.isoformat(),
            "reason": made.reason,
            "by": actor_name(made.published_by),
            "seal": Graded(t("assessment.intact"), "on_track")
            if made.is_intact
            else Graded(t("assessment.broken"), "behind"),
        }
        for made in publications(view.scope, view.record)
    ]
    title = heading(t("assessment.publications"), t("assessment.publications_remark"))
    return title + plain_table(columns, rows, is_compact=True, empty=t("assessment.none_published"))


def published_note(view: View) -> str:
    """For the meeting: the totals of the month as published last, up to what the record knows; empty without any."""
    made = next((each for each in publications(view.scope, view.record) if each.period == view.period), None)
    if made is None:
        return ""
    sums, scheme = published_totals(made), published_scheme(made, SAMPLE_SCHEME)
    own = sums[(sums["period"] == str(made.period)) & (sums["span"] == MONTH)].set_index("assessed")["total"]
    told = t("word.comma").join(
        f"{assessed_name(who)} {points_text(own.get(who.code))}" for who in shown_assessed(view.scope, scheme, DISTRICT)
    )
    number = Link(made.publication_id, view.href("assessment", publication=made.publication_id))
    parts = filled("assessment.of_meeting", scheme=scheme_name(scheme), districts=told, number=number)
    return f'<p class="hx-note">{"".join(linked(part) for part in parts)}</p>'


def course_figure(view: View, sheet: Sheet) -> dict[str, Any]:
    """Each district's total month by month, held against what was due."""
    own = sheet.totals[sheet.totals["span"] == MONTH]
    return totals_chart(
        {
            assessed_name(who): [
                (int(row.period[5:]), None if pd.isna(row.total) else float(row.total))
                for row in own[own["assessed"] == who.code].itertuples()
            ]
            for who in districts_shown(view, sheet)
        },
        height=CHART_PIXELS,
    )


def points_frames(view: View, sheet: Sheet) -> list[tuple[str, pd.DataFrame]]:
    """The sheets of the workbook: points of the month with their sentences and projects, and the totals of the year."""
    names = {who.code: assessed_name(who) for who in sheet.scheme.assessed}
    lines = {line.code: line for line in sheet.scheme.lines}
    month = month_of(view, sheet)
    points = [
        {
            t("assessment.who"): names[row.assessed],
            t("assessment.span"): t(f"assessment.{row.span}"),
            t("assessment.line"): line_name(lines[row.line]),
            t("assessment.points"): None if pd.isna(row.points) else float(row.points),
            t("assessment.full"): full_text(lines[row.line]),
            t("assessment.said"): line_sentence(lines[row.line], row, row.span),
            t("word.project"): t("word.comma").join(view_name(view, each) for each in row.project_ids),
        }
        for row in sheet.points[sheet.points["period"] == month].itertuples()
    ]
    sums = [
        {
            t("assessment.who"): names[row.assessed],
            t("word.period"): period_name(row.period),
            t("assessment.span"): t(f"assessment.{row.span}"),
            t("assessment.total"): None if pd.isna(row.total) else float(row.total),
        }
        for span in SPANS
        for row in sheet.totals[sheet.totals["span"] == span].itertuples()
    ]
    return [(t("assessment.points"), pd.DataFrame(points)), (t("assessment.total"), pd.DataFrame(sums))]
