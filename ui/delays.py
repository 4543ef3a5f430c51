"""The page of delayed projects: its filters, its rows, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from domain.delay import PROGRESS
from domain.grades import ATTENTION, BEHIND
from domain.reasons import OTHER, REASONS
from ui.filters import select_many, select_one
from ui.formats import count, number
from ui.html import StatBar, heading, sentence, stat_bars
from ui.links import Link
from ui.locale import t
from ui.names import NONE, escalation_name, reason_name
from ui.overview import LEVELS
from ui.sentences import Part, filled
from ui.tables import display_frame
from ui.view import View

ALL, OVERDUE, START, COMPLETION = "all", "overdue", "start", "completion"
KINDS = (ALL, OVERDUE, START, COMPLETION, PROGRESS)
DELAY_LIST_COLUMNS = (
    "grade",
    "project_name",
    "body",
    "milestone",
    "delay_first_days",
    "delay_latest_days",
    "reason",
    "escalation_level",
    "issue_text",
)


@dataclass(frozen=True, slots=True)
class AskedDelays:
    """What the address asks for; empty lists ask nothing."""

    kind: str
    grades: tuple[str, ...]
    reasons: tuple[str, ...]
    levels: tuple[str, ...]


def ask_delays() -> AskedDelays:
    """Draw the filters and return what is asked."""
    with st.container(key="filters", horizontal=True):
        kind = select_one("kind", t("filter.kind"), KINDS, ALL, lambda code: t(f"delayed.{code}"))
        grades = select_many(
            "grade", t("column.grade"), (BEHIND, ATTENTION), lambda code: t(f"grade.{code}"), t("filter.all_grades")
        )
        reasons = select_many(
            "reason", t("column.reason"), (*REASONS, OTHER.code, NONE), reason_name, t("filter.all_reasons")
        )
        levels = select_many("level", t("column.level"), (*LEVELS, NONE), escalation_name, t("filter.all_levels"))
    return AskedDelays(kind, tuple(grades), tuple(reasons), tuple(levels))


def delay_list(view: View, asked: AskedDelays) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The late projects that answer, and their table."""
    rows = chosen_delays(view, asked)
    return rows, delay_frame(rows)


def delays_side(view: View) -> tuple[str, str, str]:
    """The page's sentence, and the panels of reasons and levels."""
    reasons = heading(t("delayed.reasons")) + stat_bars(reason_bars(view))
    return sentence(delay_summary(view)), reasons, heading(t("overview.levels")) + stat_bars(waiting_bars(view))


def chosen_delays(view: View, asked: AskedDelays) -> pd.DataFrame:
    """The late projects that answer, worst first."""
    rows = view.delays
    if asked.kind == OVERDUE:
        rows = rows[rows["milestone"] != PROGRESS]
    elif asked.kind != ALL:
        rows = rows[rows["milestone"] == asked.kind]
    for column, values in (("grade", asked.grades), ("reason", asked.reasons), ("escalation_level", asked.levels)):
        if values:
            rows = rows[rows[column].fillna(NONE).isin(values)]
    return rows


def delay_summary(view: View) -> list[Part]:
    """How many are late, by what, in one sentence."""
    rows = view.delays
    counts = {kind: int((rows["milestone"] == kind).sum()) for kind in (START, COMPLETION, PROGRESS)}
    links = {kind: Link(count(n), view.href("delayed", kind=kind), is_late=bool(n)) for kind, n in counts.items()}
    hidden = int(((rows["delay_latest_days"] < 0) & (rows["delay_first_days"] >= 0)).sum())
    return filled("delayed.summary", **links) + ([t("delayed.moved_away", count=hidden)] if hidden else [])


def delay_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as the list shows them."""
    pairs = zip(rows["milestone"], rows["gap_points"], strict=True)
    named = rows.assign(
        milestone=[_milestone_text(milestone, gap) for milestone, gap in pairs],
        reason=rows["reason"].map(lambda code: None if code is None else reason_name(code)),
    )
    return display_frame(named, DELAY_LIST_COLUMNS)


def _milestone_text(milestone: str, gap_points: float) -> str:
    """The milestone that is late; of a project that is only behind its yearly plan, by how many points."""
    return t("delayed.gap", gap=number(gap_points, 1)) if milestone == PROGRESS else t(f"milestone.{milestone}")


def reason_bars(view: View) -> list[StatBar]:
    """Late projects by reason, the commonest first."""
    return _bars(view, "reason", reason_name, [*REASONS, OTHER.code, NONE])


def waiting_bars(view: View) -> list[StatBar]:
    """Late projects by the level that must solve what holds them up."""
    return _bars(view, "level", escalation_name, [*LEVELS, NONE], column="escalation_level")


def _bars(view: View, name: str, words, order: list[str], column: str | None = None) -> list[StatBar]:
    counts = view.delays[column or name].fillna(NONE).value_counts()
    codes = [code for code in order if counts.get(code)]
    if name == "reason":
        codes.sort(key=lambda code: (code == NONE, -counts[code]))
    most = max((counts[code] for code in codes), default=1)
    return [
        StatBar(words(code), counts[code] / most, count(counts[code]), "quiet", view.href("delayed", **{name: code}))
        for code in codes
    ]
