"""项目: one project's promises, months, findings and the source of each of its values."""

import streamlit as st

from ui import reads
from ui.chart_parts import CHART_OPTIONS
from ui.chart_promises import promise_stairs
from ui.charts import investment_months_chart
from ui.filters import asked_text
from ui.html import empty_state, finding_list, heading, sentence
from ui.html_tables import Column, plain_table
from ui.links import Link
from ui.locale import t
from ui.project_card import (
    chosen_milestone,
    delay_sentence,
    find_project,
    investment_points,
    milestone_columns,
    milestone_rows,
    money_facts,
    month_columns,
    month_rows,
    project_head,
    promise_points,
    source_columns,
    source_rows,
    yearly_plan,
)
from ui.theme import panel_key
from ui.view import open_view

project_id = asked_text("project")
view = open_view(t("page.project"), lambda view: project_head(find_project(view, project_id)))
project = find_project(view, project_id)
if project is None:
    st.html(empty_state(t("card.unknown"), t("card.unknown_text"), Link(t("page.projects"), view.href("projects"))))
    st.stop()

history = reads.history(view.scope, view.record, project_id)
st.html(sentence([delay_sentence(view, project)]))
dates, stairs, money = st.columns([10, 7, 7])
with dates, st.container(key=panel_key("dates"), height="stretch"):
    st.html(
        heading(t("card.dates"), t("card.dates_remark"))
        + plain_table(milestone_columns(), milestone_rows(project, view.period), is_compact=True)
    )
    facts = [Column("name", "", "text"), Column("value", "", "number")]
    st.html(heading(t("card.money")) + plain_table(facts, money_facts(project), is_compact=True))
with stairs, st.container(key=panel_key("stairs"), height="stretch"):
    milestone, actual = chosen_milestone(project)
    st.html(heading(t(f"card.stairs_{milestone}"), t("card.stairs_remark")))
    st.plotly_chart(promise_stairs(promise_points(history, milestone), actual, height=330), **CHART_OPTIONS)
with money, st.container(key=panel_key("months"), height="stretch"):
    st.html(heading(t("card.months"), t("unit.months")))
    bars = investment_points(history, view.period.year)
    st.plotly_chart(
        investment_months_chart(bars, yearly_plan(project), unit=t("unit.months"), height=330), **CHART_OPTIONS
    )
with st.container(key=panel_key("returns")):
    st.html(
        heading(t("card.returns"), t("card.returns_remark"))
        + plain_table(month_columns(), month_rows(history), is_compact=True)
    )
sources, findings = st.columns([15, 7])
with sources, st.container(key=panel_key("sources"), height="stretch"):
    st.html(
        heading(t("card.sources"), t("card.sources_remark"))
        + plain_table(source_columns(), source_rows(view, project), is_compact=True)
    )
with findings, st.container(key=panel_key("findings"), height="stretch"):
    st.html(heading(t("card.findings")) + finding_list(reads.findings(view.scope, view.record, project_id)))
