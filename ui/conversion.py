"""The page of conversion: how far those signed have come, how long each step takes, and which wait longer than most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from domain.conversion import CODES, SEEN, furthest_told
from domain.step_durations import duration_quartiles, lost_projects, step_spans, waiting_projects
from ui import reads
from ui.chart_durations import DurationBar, DurationGroup, durations_chart
from ui.chart_parts import ready
from ui.conversion_funnel import funnel_table, year_name
from ui.filters import select_one
from ui.formats import DASH, count, day_text, is_missing, number, period_name
from ui.html import note, sentence
from ui.locale import t
from ui.project_values import as_date
from ui.sentences import Part, filled
from ui.tables import display_frame, table_config
from ui.view import BODY_ORDER, View

CHART_PIXELS = 348
ALL, LOST, BEYOND = "all", "cancelled", "beyond"
STEPS_LEFT = CODES[:-1]
UNKNOWN_YEAR = "unknown"
LIST_COLUMNS = (
    "project_name",
    "body",
    "waiting_at",
    "since",
    "waiting_days",
    "usual_days",
    "beyond_days",
    "stage",
    "issue_text",
)


@dataclass(frozen=True, slots=True)
class ConversionParts:
    """What the page shows beside its list: HTML, and the chart of durations."""

    sentence: str
    funnel: str
    durations: go.Figure
    left_out: str


@dataclass(frozen=True, slots=True)
class AskedWaits:
    """What the address asks of the list: a step or the cancelled, a year of signing, and all or those beyond."""

    step: str = ALL
    year: str = ALL
    wait: str = ALL


def steps_of(view: View) -> pd.DataFrame:
    """The steps of the body's projects."""
    return view.of_body(reads.conversion(view.scope, view.record))


def waiting_of(view: View) -> pd.DataFrame:
    """The body's projects on their way, the longest beyond the zone's usual durations first."""
    steps = reads.conversion(view.scope, view.record)
    return view.of_body(waiting_projects(steps, duration_quartiles(step_spans(steps)), view.period))


def conversion_parts(view: View) -> ConversionParts:
    """Make the page's parts."""
    steps = steps_of(view)
    return ConversionParts(
        sentence=sentence(conversion_summary(view)),
        funnel=funnel_table(view, steps),
        durations=ready(durations_chart(duration_groups(view), height=CHART_PIXELS)),
        left_out=note(left_out_text(duration_quartiles(step_spans(steps)))),
    )


def conversion_summary(view: View) -> list[Part]:
    """How many reached each step, how long the first takes, and where most wait longer than usual."""
    steps = steps_of(view)
    reached = {code: steps[(steps["step"] == code) & steps["is_reached"]] for code in CODES}
    told = int(furthest_told(steps).max())
    figures = {code: _listed(view, rows) if CODES.index(code) <= told else DASH for code, rows in reached.items()}
    parts = filled("conversion.summary", **figures)
    quartiles = duration_quartiles(step_spans(steps)).set_index("step")
    if not is_missing(median := quartiles.loc["signed", "median"]):
        parts += filled("conversion.summary_median", days=number(median))
    waiting = waiting_of(view)
    beyond = waiting[waiting["is_beyond"]]
    if beyond.empty:
        return parts + filled("conversion.summary_none")
    worst = beyond["step"].value_counts().index[0]
    at_worst = beyond[beyond["step"] == worst]
    return parts + filled(
        "conversion.summary_beyond",
        beyond=_listed(view, beyond),
        at=t(f"conversion.at_{worst}"),
        count=_listed(view, at_worst),
    )


def _listed(view: View, rows: pd.DataFrame) -> Part:
    """How many projects, linked to their list."""
    return view.linked_projects(count(len(rows)), rows["project_id"])


def duration_groups(view: View) -> list[DurationGroup]:
    """The durations of each step of the zone and its districts, or of a district beside the zone's."""
    spans = step_spans(reads.conversion(view.scope, view.record))
    bodies = BODY_ORDER if view.body == BODY_ORDER[0] else (view.body, BODY_ORDER[0])
    found = {}
    for body in bodies:
        own = spans if body == BODY_ORDER[0] else spans[spans["body"] == body]
        found[body] = duration_quartiles(own).set_index("step")
    return [
        DurationGroup(t(f"conversion.from_{step}"), tuple(_bar(body, found[body].loc[step], view) for body in bodies))
        for step in STEPS_LEFT
    ]


def _bar(body: str, row: Any, view: View) -> DurationBar:
    values = [None if is_missing(row[name]) else float(row[name]) for name in ("lower", "median", "upper")]
    return DurationBar(t(f"short.{body}"), *values, int(row["measured_count"]), is_main=body == view.body)


def left_out_text(quartiles: pd.DataFrame) -> str:
    """How many spans have no duration, by why."""
    names = ("open", "undated", "disordered", "cancelled")
    return t("conversion.left_out", **{name: number(quartiles[f"{name}_count"].sum()) for name in names})


def ask_waits(view: View) -> AskedWaits:
    """Draw the filters of the list and return what is asked."""
    years = steps_of(view)["signed_year"]
    known = [f"{year:.0f}" for year in sorted(years.dropna().unique(), reverse=True)]
    options = [ALL, *known, *([UNKNOWN_YEAR] if years.isna().any() else [])]
    with st.container(key="filters", horizontal=True):
        wait = select_one("wait", t("conversion.wait"), (ALL, BEYOND), ALL, lambda code: t(f"conversion.wait_{code}"))
        step = select_one("step", t("conversion.step"), (ALL, *STEPS_LEFT, LOST), ALL, _step_name)
        year = select_one("signed", t("conversion.year"), options, ALL, _year_option)
    return AskedWaits(step, year, wait)


def _step_name(code: str) -> str:
    return t(f"conversion.step_{code}") if code in (ALL, LOST) else t(f"conversion.at_{code}")


def _year_option(code: str) -> str:
    if code == ALL:
        return t("conversion.every_year")
    return year_name(None if code == UNKNOWN_YEAR else float(code))


def wait_list(view: View, asked: AskedWaits) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The projects that answer, worst first, and their table."""
    rows = lost_projects(steps_of(view)) if asked.step == LOST else waiting_of(view)
    if asked.step in STEPS_LEFT:
        rows = rows[rows["step"] == asked.step]
    if asked.wait == BEYOND:
        rows = rows[rows["is_beyond"]] if "is_beyond" in rows else rows.head(0)
    if asked.year != ALL:
        year = rows["signed_year"]
        rows = rows[year.isna() if asked.year == UNKNOWN_YEAR else year == float(asked.year)]
    return rows, wait_frame(view, rows)


def wait_frame(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as the list shows them; without days for the cancelled, who wait for nothing."""
    issues = view.states.set_index("project_id")["issue_text"]
    shown = rows.assign(
        waiting_at=[t(f"conversion.at_{step}") if step in STEPS_LEFT else t("conversion.arrived") for step in rows["step"]],
        since=[since_text(row.day, row.precision, row.seen_period) for row in rows.itertuples()],
        waiting_days=rows.get("days"),
        usual_days=rows.get("upper"),
        beyond_days=rows["beyond_days"].clip(lower=0).where(rows["is_beyond"]) if "beyond_days" in rows else None,
        issue_text=rows["project_id"].map(issues),
    )  # fmt: skip
    return display_frame(shown, LIST_COLUMNS)


def since_text(day: Any, precision: object, seen_period: object) -> str:
    """Since when: the day as precise as reported; the return that first said so; or that it was so before that."""
    seen = seen_period if isinstance(seen_period, str) else None
    if precision == SEEN:
        return t("conversion.seen", period=period_name(seen))
    if not is_missing(day):
        return day_text(as_date(day), str(precision or "day"))
    return t("conversion.seen_or_before", period=period_name(seen)) if seen else DASH


def list_columns() -> dict[str, Any]:
    """How the list's columns look."""
    return table_config(LIST_COLUMNS)
