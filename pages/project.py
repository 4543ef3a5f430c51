"""项目: one project's promises, months, findings and the source of each of its values."""

import streamlit as st

from storage.clock import office_time
from ui.chart_parts import CHART_OPTIONS
from ui.evidence_forms import draw_evidence
from ui.filters import asked_text
from ui.html import empty_state, heading, note
from ui.issue_card import project_issues
from ui.issues import issue_day
from ui.links import Link
from ui.locale import t
from ui.panels import panel
from ui.permit_card import project_permits
from ui.project_card import card_parts, find_project, project_head
from ui.task_table import project_tasks
from ui.theme import panel_key
from ui.view import open_view

project_id = asked_text("project")
view = open_view(t("page.project"), lambda view: project_head(find_project(view, project_id)))
if find_project(view, project_id) is None:
    st.html(empty_state(t("card.unknown"), t("card.unknown_text"), Link(t("page.projects"), view.href("projects"))))
    st.stop()

shown = view.remember(card_parts, project_id)
st.html(shown.sentence)
if shown.steps:
    with st.container(key=panel_key("steps")):
        st.html(shown.steps)
dates, stairs, months = st.columns([10, 7, 7])
with dates, panel("dates"):
    st.html(shown.dates + shown.money)
with stairs, panel("stairs"):
    st.html(shown.stairs_heading)
    st.plotly_chart(shown.stairs, **CHART_OPTIONS) if shown.stairs else st.html(note(t("card.no_promise")))
with months, panel("months"):
    st.html(heading(t("card.months"), t("unit.months")))
    st.plotly_chart(shown.months, **CHART_OPTIONS) if shown.months else st.html(note(t("card.no_months")))
with st.container(key=panel_key("evidence")):
    draw_evidence(view, project_id)
with st.container(key=panel_key("issues_of_project")):
    st.html(view.remember(project_issues, issue_day(view, office_time().date()), project_id))
if permits := view.remember(project_permits, project_id):
    with st.container(key=panel_key("permits_of_project")):
        st.html(permits)
with st.container(key=panel_key("tasks_of_project")):
    st.html(view.remember(project_tasks, issue_day(view, office_time().date()), project_id))
if shown.nodes:
    with st.container(key=panel_key("nodes")):
        st.html(shown.nodes.title)
        st.plotly_chart(shown.nodes.chart, **CHART_OPTIONS)
        st.html(shown.nodes.legend + shown.nodes.table)
with st.container(key=panel_key("returns")):
    st.html(shown.returns)
sources, findings = st.columns([15, 7])
with sources, panel("sources"):
    st.html(shown.sources)
with findings, panel("findings"):
    st.html(shown.findings)
