"""The page of delayed projects: its filters, its rows, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain.bodies import DISTRICTS, ZONE, body_name
from domain.delay import PROGRESS
from domain.grades import ATTENTION, BEHIND, SLIGHTLY, UNKNOWN
from domain.issues import IssueLife
from domain.reasons import OTHER, REASONS
from domain.work_lists import DAY_BANDS, WORKED, in_bands
from storage.clock import office_time
from ui import standings
from ui.filters import asked_text, search_text, select_many, select_one
from ui.formats import count, is_missing, number
from ui.html import StatBar, heading, note, sentence, stat_bars
from ui.issues import issue_book, issue_day
from ui.links import Link
from ui.locale import language, t
from ui.names import NONE, escalation_name, reason_name
from ui.overview import LEVELS
from ui.project_list import speaks_of
from ui.sentences import Part, filled
from ui.standing_words import standing_name
from ui.tables import display_frame
from ui.view import View

ALL, OVERDUE, START, COMPLETION = "all", "overdue", "start", "completion"
KINDS = (ALL, OVERDUE, START, COMPLETION, PROGRESS)
GRADES_ASKED = (BEHIND, ATTENTION, SLIGHTLY, UNKNOWN)
BAND_CODES = tuple(code for code, _, _ in DAY_BANDS)
DELAY_LIST_COLUMNS = (
    "grade",
    "project_name",
    "body",
    "standing",
    "delay_first_days",
    "delay_latest_days",
    "reason",
    "hand",
)

# Beside the card the list has 880 pixels.
_WIDTHS = {
    "zh": (92, 248, 80, 108, 88, 88, 84, 92),
    "en": (136, 150, 80, 132, 84, 94, 96, 104),
}
LIST_WIDTHS = {to: dict(zip(DELAY_LIST_COLUMNS, widths, strict=True)) for to, widths in _WIDTHS.items()}


@dataclass(frozen=True, slots=True)
class AskedDelays:
    """What the address asks for; empty lists ask nothing."""

    kind: str = ALL
    stands: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    text: str = ""
    project: str = ""


def ask_delays(view: View) -> AskedDelays:
    """Draw the filters, each with how many it has, and return what is asked."""
    counts = view.remember(filter_counts, today_of(view))

    def counted(name: str, words: Callable[[str], str]) -> Callable[[str], str]:
        return lambda code: f"{words(code)} {count(counts[name].get(code, 0))}"

    def ask(name: str, label: str, codes: Sequence[str], words: Callable[[str], str], hint: str) -> tuple[str, ...]:
        return tuple(select_many(name, t(label), codes, counted(name, words), t(hint)))

    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        kind = select_one("kind", t("filter.kind"), KINDS, ALL, counted("kind", lambda code: t(f"delayed.{code}")))
        return AskedDelays(
            kind,
            stands=ask("standing", "column.standing", WORKED, standing_name, "filter.all_standings"),
            grades=ask("grade", "column.grade", GRADES_ASKED, lambda code: t(f"grade.{code}"), "filter.all_grades"),
            reasons=ask("reason", "column.reason", (*REASONS, OTHER.code, NONE), reason_name, "filter.all_reasons"),
            levels=ask("level", "column.level", (*LEVELS, NONE), escalation_name, "filter.all_levels"),
            bands=ask("days", "column.delay_days", BAND_CODES, lambda code: t(f"delayed.{code}"), "filter.all_days"),
            text=search_text("q", t("word.search"), t("word.search_hint")),
            project=asked_text("project"),
        )


def delay_list(view: View, asked: AskedDelays) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The projects that answer, and their table."""
    rows = chosen_delays(view, asked)
    return rows, delay_frame(rows)


def worked_projects(view: View, day: date) -> pd.DataFrame:
    """The body's projects to work on, worst first, with the level in whose hands their most urgent issue is."""
    rows = view.of_body(standings.work_list(view.scope, view.record))
    urgent = urgent_issues(view, day)
    confirmed = rows["project_id"].map(lambda project_id: urgent[project_id].level if project_id in urgent else None)
    days = rows["project_id"].map(lambda project_id: urgent[project_id].days_in_hand if project_id in urgent else None)
    return rows.assign(level=confirmed.where(confirmed.notna(), rows["escalation_level"]), hand_days=days)


def urgent_issues(view: View, day: date) -> dict[str, IssueLife]:
    """Project's id -> the most urgent of its open issues."""
    book = view.remember(issue_book, day)
    return {life.issue.project_id: life for life in reversed(book.open)}


def filter_counts(view: View, day: date) -> dict[str, Counter[str]]:
    """How many projects each value of each filter has, and each sub-district."""
    rows = view.remember(worked_projects, day)
    kinds = Counter(rows["milestone"].dropna())
    kinds |= {ALL: len(rows), OVERDUE: kinds[START] + kinds[COMPLETION]}
    found = {"kind": kinds, "days": Counter({code: int(in_bands(rows["days"], (code,)).sum()) for code in BAND_CODES})}
    for name in ("standing", "grade", "reason", "level", "body"):
        found[name] = Counter(rows[name].astype(object).where(rows[name].notna(), NONE))
    return found


def delays_side(view: View, day: date) -> tuple[str, str]:
    """The page's sentence, and what the late projects add up to while none is open: reasons, levels, days, districts."""
    parts = [
        (heading(t("delayed.reasons")), reason_bars(view, day)),
        (heading(t("overview.levels")), waiting_bars(view, day)),
        (heading(t("column.delay_days"), t("delayed.days_remark")), band_bars(view, day)),
        (heading(t("word.district")), district_bars(view, day)),
    ]
    sums = "".join(title + stat_bars(bars) for title, bars in parts if bars)
    return sentence(delay_summary(view)), sums or heading(t("delayed.reasons")) + note(t("empty.delays"))


def chosen_delays(view: View, asked: AskedDelays) -> pd.DataFrame:
    """The projects that answer, worst first."""
    rows = view.remember(worked_projects, today_of(view))
    if asked.kind == OVERDUE:
        rows = rows[rows["milestone"].isin((START, COMPLETION))]
    elif asked.kind != ALL:
        rows = rows[rows["milestone"] == asked.kind]
    lists = (
        ("standing", asked.stands),
        ("grade", asked.grades),
        ("reason", asked.reasons),
        ("level", asked.levels),
    )
    for column, values in lists:
        if values:
            rows = rows[rows[column].astype(object).where(rows[column].notna(), NONE).isin(values)]
    if asked.text:
        rows = rows[speaks_of(rows, asked.text)]
    return rows[in_bands(rows["days"], asked.bands)]


def delay_summary(view: View) -> list[Part]:
    """How many are late, by what, in one sentence."""
    rows = view.delays
    counts = {kind: int((rows["milestone"] == kind).sum()) for kind in (START, COMPLETION, PROGRESS)}
    links = {kind: Link(count(n), view.href("delayed", kind=kind), is_late=bool(n)) for kind, n in counts.items()}
    hidden = rows.loc[(rows["delay_latest_days"] < 0) & (rows["delay_first_days"] >= 0), "project_id"]
    moved = view.linked_projects(count(len(hidden)), hidden)
    return filled("delayed.summary", **links) + (filled("delayed.moved_away", count=moved) if len(hidden) else [])


def delay_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as the list shows them."""
    named = rows.assign(
        standing=[standing_text(row) for row in rows.itertuples()],
        reason=rows["reason"].map(lambda code: None if is_missing(code) else reason_name(code)),
        hand=[hand_text(row) for row in rows.itertuples()],
    )
    return display_frame(named, DELAY_LIST_COLUMNS)


def standing_text(row: Any) -> str:
    """The standing; of a project behind its yearly plan, by how many points."""
    if row.milestone == PROGRESS:
        return t("delayed.gap", gap=number(row.gap_points, 1))
    return standing_name(row.standing)


def hand_text(row: Any) -> str | None:
    """Who must solve it; of a confirmed issue, for how many days it has had it."""
    if is_missing(row.level):
        return None
    level = escalation_name(row.level)
    return level if is_missing(row.hand_days) else t("delayed.hand", level=level, days=count(row.hand_days))


def reason_bars(view: View, day: date) -> list[StatBar]:
    """Late projects by reason, the commonest first."""
    return _bars(view, day, "reason", reason_name, [*REASONS, OTHER.code, NONE])


def waiting_bars(view: View, day: date) -> list[StatBar]:
    """Late projects by the level that must solve what holds them up."""
    return _bars(view, day, "level", escalation_name, [*LEVELS, NONE])


def band_bars(view: View, day: date) -> list[StatBar]:
    """Late projects by the days that they are late."""
    return _bars(view, day, "days", lambda code: t(f"delayed.{code}"), list(BAND_CODES))


def district_bars(view: View, day: date) -> list[StatBar]:
    """Late projects by sub-district; nothing where the page shows one of them."""
    if view.body != ZONE.code:
        return []
    return _bars(view, day, "body", lambda code: body_name(code, language()), [body.code for body in DISTRICTS])


def _bars(view: View, day: date, name: str, words: Callable[[str], str], order: list[str]) -> list[StatBar]:
    counts = view.remember(filter_counts, day)[name]
    codes = [code for code in order if counts.get(code)]
    if name == "reason":
        codes.sort(key=lambda code: (code == NONE, -counts[code]))
    most = max((counts[code] for code in codes), default=1)
    return [
        StatBar(words(code), counts[code] / most, count(counts[code]), "quiet", view.href("delayed", **{name: code}))
        for code in codes
    ]


def today_of(view: View) -> date:
    """The day to which the issues beside the delays are counted."""
    return issue_day(view, office_time().date())
