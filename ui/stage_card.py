"""A project on the meeting's screen: what was promised, what was done, what holds it up and whose turn it is."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from domain.bodies import body_name
from domain.meeting import Meeting
from domain.reasons import has_issue
from domain.roles import DECIDE
from domain.task_lists import pressing_first
from domain.tasks import DECISION
from ui import reads
from ui.formats import cell_place, money, percent
from ui.html import graded_text
from ui.locale import language, t
from ui.names import escalation_name, stage_text
from ui.project_card import delay_sentence, find_project, milestone_days
from ui.project_values import as_text
from ui.stage import Place
from ui.stage_pages import foot_html, framed
from ui.task_forms import draw_task_form
from ui.tasks import task_book
from ui.view import View

MILESTONES = ("start", "completion")
MOST_TASKS = 2
Fact = tuple[str, str]  # label, HTML


def card_page(meeting: Meeting, place: Place, view: View) -> str:
    """The screen with the card that is open; a sentence where the project is not on record."""
    project = find_project(view, place.card)
    if project is None:
        return framed(t("card.unknown"), f'<p class="hs-empty">{escape(t("card.unknown_text"))}</p>', foot_html(meeting, place, None), 1)
    return framed(str(project["project_name"]), card_html(view, project, meeting.day), foot_html(meeting, place, None), place.factor)


def draw_decision(view: View, day: date, place: Place) -> None:
    """The form beside the card: what the meeting decides about this project, who leads, by when."""
    if not view.scope.may(DECIDE) or find_project(view, place.card) is None:
        return
    with st.container(key="stage_form"):
        st.html(f'<h3 class="hs-form">{escape(t("stage.decide"))}</h3>')
        draw_task_form(view, day, project_id=place.card, source=DECISION)


def card_html(view: View, project: pd.Series, day: date) -> str:
    """The facts of a project in large type."""
    facts = [*_identity(view, project), *_money(project), *_blocker(project), _source(view, project), *_tasks(view, project, day)]
    listed = "".join(f"<dt>{escape(label)}</dt><dd>{text}</dd>" for label, text in facts)
    return f'<div class="hs-card"><div>{_dates(project)}<dl>{listed}</dl></div></div>'


def _identity(view: View, project: pd.Series) -> list[Fact]:
    """Whose it is, how far it is, and whether it is late."""
    late = view.delays.loc[view.delays["project_id"] == project["project_id"], "grade"]
    sentence = delay_sentence(view, project)
    whose = escape(f"{body_name(project['body'], language())} · {stage_text(project['stage'])}")
    return [(t("word.district"), whose), (t("column.grade"), graded_text(late.iloc[0], sentence) if len(late) else escape(sentence))]


def _dates(project: pd.Series) -> str:
    """First promise, latest plan and what was done, for start and completion."""
    heads = "".join(f"<th>{escape(t(f'stage.{name}'))}</th>" for name in ("first", "latest", "actual"))
    lines = "".join(_milestone(project, milestone) for milestone in MILESTONES)
    return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _milestone(project: pd.Series, milestone: str) -> str:
    days = milestone_days(project, milestone)
    cells = "".join(f"<td>{escape(days[name])}</td>" for name in ("first", "latest", "actual"))
    return f"<tr><th>{escape(t(f'milestone.{milestone}'))}</th>{cells}</tr>"


def _money(project: pd.Series) -> list[Fact]:
    """The total, and the year's investment against its plan."""
    plan, done = project["annual_plan_wan"], project["investment_ytd_wan"]
    share = f" <small>{percent(done / plan)}</small>" if plan and plan > 0 and not pd.isna(done) else ""
    return [
        (t("stage.total"), escape(money(project["total_investment_wan"]))),
        (t("stage.of_year"), f"{escape(money(done))} / {escape(money(plan))}{share}"),
    ]


def _blocker(project: pd.Series) -> list[Fact]:
    """What the month's return says holds it up, and the level that must solve it."""
    progress = as_text(project["progress_text"])
    found = [(t("stage.progress"), escape(progress))] if progress else []
    if has_issue(pd.Series([project["issue_text"]])).iloc[0]:
        level = project["escalation_level"]
        whose = f" <small>{escape(escalation_name(level))}</small>" if isinstance(level, str) else ""
        found.append((t("stage.issue"), f"{escape(as_text(project['issue_text']))}{whose}"))
    return found


def _tasks(view: View, project: pd.Series, day: date) -> list[Fact]:
    """What meetings decided about it and is open, the most pressing first."""
    book = view.remember(task_book, day)
    own = pressing_first(life for life in book.lives if life.task.project_id == project["project_id"])
    texts = [t("stage.task", text=life.task.text, lead=life.lead, due=life.due_date.isoformat()) for life in own]
    return [(t("stage.tasks"), "<br>".join(escape(text) for text in texts[:MOST_TASKS]))] if texts else []


def _source(view: View, project: pd.Series) -> Fact:
    """The line of the return that spoke of it last."""
    sources = reads.value_sources(view.scope, view.record, str(project["project_id"]))
    file_name = next((each.file_name for each in sources.values()), "")
    place = cell_place(str(project["sheet"]), t("stage.row", row=project["cell_row"]))
    return t("stage.source"), f"<small>{escape(f'{file_name} {place}'.strip())}</small>"
