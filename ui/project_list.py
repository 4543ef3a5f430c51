"""The project list: what may be asked of it in the address, and the rows that answer."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from domain.delay import project_grades
from domain.evidence import CONTRADICTED, UNVERIFIED, VERIFICATIONS, VERIFIED
from domain.identity import normalise_name
from domain.indicators import INDICATORS, find_indicator
from domain.stages import STAGES
from ui.evidence import with_verification
from ui.filters import asked_values, search_text, select_many, select_one
from ui.formats import count, yi
from ui.locale import language, t
from ui.names import indicator_name, stage_text
from ui.overview import LEVELS
from ui.tables import display_frame
from ui.view import View

ALL = "all"
CATEGORIES = ("traditional", "emerging")
LIST_COLUMNS = (
    "project_name",
    "body",
    "stage",
    "category",
    "industry_chain",
    "total_investment_wan",
    "investment_ytd_wan",
    "signed_date",
    "planned_start_date",
    "start_date",
    "planned_completion_date",
    "completion_date",
    "verification",
    "grade",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the list; empty lists ask nothing."""

    figure: str = ALL
    text: str = ""
    stages: tuple[str, ...] = ()
    category: str = ALL
    levels: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()


def ask_list(view: View) -> Asked:
    """Draw the filters of the project list and return what is asked."""
    figures = [ALL, *INDICATORS]
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        text = search_text("q", t("word.search"), t("word.search_hint"))
        figure = select_one("figure", t("filter.figure"), figures, ALL, _figure_name)
        stages = select_many("stage", t("filter.stage"), list(STAGES), _stage_name, t("filter.all_stages"))
        category = select_one("category", t("filter.category"), [ALL, *CATEGORIES], ALL, _category_name)
        levels = select_many(
            "level", t("column.level"), LEVELS, lambda code: t(f"level.{code}"), t("filter.all_levels")
        )
        verification = select_many(
            "verification",
            t("evidence.state"),
            VERIFICATIONS,
            lambda code: t(f"verification.{code}"),
            t("filter.all_verifications"),
        )
    only = asked_values("only", list(view.states["project_id"]))
    return Asked(figure, text, tuple(stages), category, tuple(levels), tuple(only), tuple(verification))


def _figure_name(code: str) -> str:
    return t("filter.all_figures") if code == ALL else indicator_name(code)


def _stage_name(code: str) -> str:
    return stage_text(code)


def _category_name(code: str) -> str:
    return t("filter.all_categories") if code == ALL else t(f"category.{code}")


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The rows that answer, their table, and what they add up to."""

    rows: pd.DataFrame
    table: pd.DataFrame
    summary: tuple[str, ...]


def project_list(view: View, asked: Asked) -> ProjectList:
    """The list as the page shows it."""
    rows = listed(view, asked)
    return ProjectList(rows, display_frame(rows, LIST_COLUMNS), tuple(list_summary(rows, asked)))


def listed(view: View, asked: Asked) -> pd.DataFrame:
    """The rows of the view that answer, by body and name, with the grade of those that are late."""
    rows = view.states
    indicator = find_indicator(asked.figure)
    if indicator is not None:
        rows = indicator.members(rows, view.period)
    if asked.only:
        rows = rows[rows["project_id"].isin(asked.only)]
    if asked.text:
        rows = rows[speaks_of(rows, asked.text)]
    rows = with_verification(view, rows, asked.figure)
    for column, values in (
        ("stage", asked.stages),
        ("escalation_level", asked.levels),
        ("verification", asked.verification),
    ):
        if values:
            rows = rows[rows[column].isin(values)]
    if asked.category != ALL:
        rows = rows[rows["category"] == asked.category]
    rows = rows.assign(grade=project_grades(rows, view.delays, view.period, view.rules))
    return rows.sort_values(["body", "total_investment_wan"], ascending=[True, False])


def speaks_of(rows: pd.DataFrame, text: str) -> pd.Series:
    """Mask: name, code or owner contains the text, spelling of brackets and spaces aside."""
    sought = normalise_name(text)
    found = pd.Series(False, rows.index)
    for column in ("project_name", "project_code", "owner_name"):
        found |= rows[column].fillna("").astype(str).map(normalise_name).str.contains(sought, regex=False)
    return found


def list_summary(rows: pd.DataFrame, asked: Asked) -> list[str]:
    """How many, how much, and what was asked for by a figure."""
    parts = [t("word.rows", count=count(len(rows)))]
    parts.append(t("list.total", total=yi(rows["total_investment_wan"].sum()), unit=t("unit.yi")))
    parts.append(t("list.ytd", total=yi(rows["investment_ytd_wan"].sum()), unit=t("unit.yi")))
    indicator = find_indicator(asked.figure)
    if indicator is not None:
        parts += _both_numbers(rows) if indicator.milestone else []
        parts.append(indicator.definition if language() == "zh" else indicator.definition_en)
    if asked.only:
        parts.append(t("list.only"))
    return parts


def _both_numbers(rows: pd.DataFrame) -> list[str]:
    """How many of the rows are verified, how many are not, and how many of these are contradicted."""
    counts = {code: int((rows["verification"] == code).sum()) for code in VERIFICATIONS}
    parts = [
        t("evidence.verified", count=count(counts[VERIFIED])),
        t("evidence.unverified", count=count(counts[UNVERIFIED] + counts[CONTRADICTED])),
    ]
    return parts + ([t("evidence.contradicted", count=counts[CONTRADICTED])] if counts[CONTRADICTED] else [])


def open_selected(rows: pd.DataFrame, selected: list[int], view: View) -> None:
    """Go to the page of the row that was selected in a list."""
    if selected:
        project_id = rows.iloc[selected[0]]["project_id"]
        query = {"project": project_id, "period": str(view.period), "body": view.body, **view.trial}
        if language() != "zh":
            query["lang"] = language()
        st.switch_page("pages/project.py", query_params=query)
