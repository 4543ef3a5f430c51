"""督查考核: the districts' points of the month and the year, each line down to its projects; the scheme; what was published."""

import streamlit as st

from ui.assessment_forms import draw_publish, draw_scheme_choice, draw_scheme_version
from ui.assessment_lists import course_figure, points_frames, publications_table, scheme_table
from ui.assessment_words import scheme_name
from ui.assessments import (
    PUBLISHED,
    SCHEME,
    SCORE,
    SHOWN,
    Sheet,
    assessment_sentence,
    firms_table,
    line_panel,
    month_of,
    points_table,
    ribbon,
    scheme_of,
    schemes,
    sheet_of,
    steps_panel,
)
from ui.chart_parts import CHART_OPTIONS
from ui.downloads import offer_lists
from ui.filters import asked_text, select_one, select_segment
from ui.html import empty_state, heading
from ui.links import Link
from ui.locale import t
from ui.panels import panel
from ui.view import open_view

SELECT_PIXELS = 300
PIXELS, TABLE_PIXELS, COURSE_PIXELS = 846, 496, 334


def draw_score(sheet: Sheet) -> None:
    """Points by line and the line opened; below the course, the firms, and what one more step would bring."""
    table, opened = st.columns([18, 7])
    with table, panel("points", TABLE_PIXELS):
        st.html(points_table(view, sheet))
    with opened, panel("line", TABLE_PIXELS):
        st.html(line_panel(view, sheet, asked_text("line")))
    course, firms, steps = st.columns([9, 9, 11])
    with course, panel("totals", COURSE_PIXELS):
        st.html(heading(t("assessment.course"), t("assessment.course_remark")))
        st.plotly_chart(course_figure(view, sheet), **CHART_OPTIONS)
    with firms, panel("firms", COURSE_PIXELS):
        st.html(firms_table(view, sheet))
    with steps, panel("steps", COURSE_PIXELS):
        st.html(steps_panel(view, sheet))


view = open_view(t("page.assessment"), needs_returns=False, shows_targets=True)
sheet, known = sheet_of(view), schemes(view.scope, view.record)
in_force = scheme_of(view)
with st.container(horizontal=True, vertical_alignment="center"):
    shown = select_segment("shown", t("rules.shown"), SHOWN, SCORE, lambda code: t(f"assessment.shown_{code}"))
    if shown == SCHEME:
        first = in_force.key if in_force else next(iter(known))
        with st.container(width=SELECT_PIXELS):
            key = select_one("scheme", t("rules.version"), list(known), first, lambda each: scheme_name(known[each]))
        draw_scheme_version(view, known[key])
    draw_scheme_choice(view)
    if shown == SCORE and sheet is not None:
        draw_publish(view, sheet)
        title = t("assessment.workbook", month=month_of(view, sheet), scheme=scheme_name(sheet.scheme))
        frames = points_frames(view, sheet)
        remark = t("assessment.workbook_remark" if sheet.scheme.is_sample else "assessment.workbook_own")
        offer_lists(lambda: frames, title, [remark])
        st.html(ribbon(view, sheet))
if shown == SCHEME:
    with panel("scheme", PIXELS):
        st.html(scheme_table(known[key], is_in_force=known[key] == in_force))
elif shown == PUBLISHED:
    with panel("publications", PIXELS):
        st.html(publications_table(view))
elif sheet is None:
    see = Link(t("assessment.see_sample"), view.href("assessment", shown=SCHEME))
    st.html(empty_state(t("assessment.empty"), t("assessment.empty_text"), see))
else:
    st.html(assessment_sentence(view, sheet))
    draw_score(sheet)
