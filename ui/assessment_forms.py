"""What people decide of the assessment: a new version, which one holds, and the publication of a month."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from domain.assessment import for_publication
from domain.assessment_schemes import EDITABLE, Scheme
from domain.periods import Period
from domain.roles import RULE, SEAL
from storage.assessments import choose_scheme, define_scheme, publish_assessment
from storage.clock import office_time
from ui import reads
from ui.assessment_words import line_name, scheme_name
from ui.assessments import Sheet, schemes
from ui.deciding import recorded
from ui.formats import period_name
from ui.html import note
from ui.locale import t
from ui.rules import offered_months
from ui.session import actor
from ui.view import View

GRID_PIXELS = 82


def draw_scheme_choice(view: View) -> None:
    """The form that puts a version into force from a period on."""
    if not view.scope.may(RULE):
        return
    known = schemes(view.scope, view.record)
    with st.popover(t("assessment.choose")), st.form("scheme_choice", border=False):
        st.html(note(t("assessment.choose_remark")))
        key = st.selectbox(
            t("rules.version"), list(known), len(known) - 1, format_func=lambda each: scheme_name(known[each])
        )
        months = offered_months(view)
        january = f"{view.period.year}-01"
        usual = january if january in months else str(view.period)
        first = st.selectbox(t("rules.from_period"), months, months.index(usual), format_func=period_name)
        reason = st.text_input(t("rules.reason"), key="scheme_reason", placeholder=t("rules.reason_hint"))
        if st.form_submit_button(t("rules.confirm"), type="primary"):
            now, period = office_time(), Period.parse(first)
            recorded(lambda: choose_scheme(reads.database(), key, period, reason=reason, actor=actor(RULE), set_at=now))


def draw_scheme_version(view: View, base: Scheme) -> None:
    """The form for a new version: weights, points of a unit, floors and caps in a grid."""
    if not view.scope.may(RULE):
        return
    with st.popover(t("assessment.edit")), st.form(f"scheme_version_{base.key}", border=False):
        st.html(note(t("assessment.edit_remark", scheme=scheme_name(base))))
        grid = st.data_editor(
            editable_grid(base), key=f"scheme_grid_{base.key}", hide_index=True, disabled=["code", "name"],
            column_config=_grid_columns(), width="stretch", row_height=32,
        )  # fmt: skip
        first, second = st.columns(2)
        least = first.number_input(t("assessment.least_total"), value=base.least, step=1.0)
        most = second.number_input(t("assessment.most_total"), value=base.most, step=1.0)
        reason = st.text_input(t("rules.reason"), key="scheme_version_reason")
        if st.form_submit_button(t("rules.save"), type="primary"):
            settings, now = as_settings(grid, least, most), office_time()
            recorded(lambda: _define(settings, reason, now))


def editable_grid(scheme: Scheme) -> pd.DataFrame:
    """One row a line: its code, its name, and what may be changed."""
    rows = [
        {"code": line.code, "name": line_name(line), **{name: getattr(line, name) for name in EDITABLE}}
        for line in scheme.lines
    ]
    return pd.DataFrame(rows)


def as_settings(grid: pd.DataFrame, least: float, most: float) -> dict[str, Any]:
    """What was typed as settings of a scheme; an emptied cell is nothing."""
    filled = grid.set_index("code")[list(EDITABLE)].fillna(0.0).astype(float)
    return {"lines": filled.to_dict("index"), "least": least, "most": most}


def _grid_columns() -> dict[str, Any]:
    numbers = {
        name: st.column_config.NumberColumn(t(f"assessment.set_{name}"), format="%.2f", width=GRID_PIXELS)
        for name in EDITABLE
    }
    return {"code": None, "name": st.column_config.TextColumn(t("assessment.line"), width=150), **numbers}


def _define(settings: dict[str, Any], reason: str, now: Any) -> None:
    define_scheme(reads.database(), settings, reason=reason, actor=actor(RULE), set_at=now)


def draw_publish(view: View, sheet: Sheet) -> None:
    """The form that publishes the month as it is shown, for those who see all of it."""
    if not view.scope.may(SEAL) or sheet.publication is not None:
        return
    known_at = reads.database().version()
    with st.popover(t("assessment.publish")), st.form("assessment_publish", border=False):
        st.html(note(t("assessment.publish_remark", month=period_name(view.period))))
        day = st.date_input(t("assessment.day"), office_time().date())
        reason = st.text_input(t("rules.reason"), key="publish_reason", placeholder=t("assessment.publish_hint"))
        if st.form_submit_button(t("assessment.publish_confirm"), type="primary"):
            now, points = office_time(), for_publication(sheet.points, view.period)
            recorded(lambda: _publish(view, sheet, points, known_at, day, reason, now))


def _publish(view: View, sheet: Sheet, points: pd.DataFrame, known_at: int, day: Any, reason: str, now: Any) -> None:
    publish_assessment(
        reads.database(), view.period, sheet.scheme, points, acceptances=known_at, on_date=day, reason=reason,
        actor=actor(SEAL), published_at=now,
    )  # fmt: skip
