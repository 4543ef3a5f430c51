"""The page of the map (挂图作战): its rows, its sentence, its filters, and the lists beside the chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from domain.grades import ATTENTION, BEHIND, ON_TRACK, SLIGHTLY, UNKNOWN
from domain.outlines import SAMPLE_OUTLINE, OutlineLine
from domain.places import SAMPLE, Place, places_of, size_steps, with_places
from domain.roles import RECORD
from domain.standings import CANCELLED
from domain.submissions import INFRASTRUCTURE, PROJECTS
from domain.wording import short_name
from storage import queries
from ui import reads
from ui.chart_map import map_chart
from ui.chart_parts import ready
from ui.filters import asked_text, select_many, select_one
from ui.formats import count, is_missing, money, yi_in_column
from ui.html import heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.map_marks import MARKS, PLACES, UNGRADED, WORK_BLOCKED, legend, mark_name, mark_text, marks_of
from ui.sentences import Part, filled
from ui.standing_words import standing_name
from ui.view import View

ALL, LISTED, UNPLACED, ENTRY = "all", "listed", "unplaced", "entry"
SHOWN = (LISTED, UNPLACED, ENTRY)
KINDS = (ALL, PROJECTS, INFRASTRUCTURE)
GRADES_ASKED = (BEHIND, ATTENTION, SLIGHTLY, UNKNOWN, ON_TRACK, UNGRADED)
NAMED = (BEHIND,)  # whose names stand on the map
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class AskedMap:
    """What the address asks for; no grades ask nothing."""

    grades: tuple[str, ...] = ()
    kind: str = ALL
    shown: str = LISTED
    project: str = ""


@dataclass(frozen=True, slots=True)
class MapPart:
    """The chart, what stands above and what below it."""

    head: str
    chart: go.Figure
    foot: str


def map_rows(view: View) -> pd.DataFrame:
    """The body's projects and works with place, mark, size and words, late ones first, large ones before small.

    Cancelled projects are left out: there is nothing to go and see.
    """
    states = view.states
    judged = view.standings.set_index("project_id")
    rows = with_places(states, places(view))
    rows["grade"] = rows["project_id"].map(judged["grade"])
    rows["standing"] = rows["project_id"].map(judged["standing"])
    rows["mark"] = marks_of(rows)
    rows["size"] = size_steps(rows["total_investment_wan"])
    rows["name"] = [short_name(str(name)) for name in rows["project_name"]]
    rows["is_named"] = rows["mark"].isin(NAMED)
    rows["told"] = [_told(row) for row in rows.itertuples()]
    rows = rows[rows["standing"] != CANCELLED].assign(order=rows["mark"].map(PLACES))
    return rows.sort_values(["order", "total_investment_wan"], ascending=[True, False], kind="stable")


def places(view: View) -> dict[str, Place]:
    """Project's id -> its place, as known at the record's acceptances."""
    return places_of(queries.place_events(reads.database(), view.scope, view.record))


def outline_of(view: View) -> tuple[list[OutlineLine], bool]:
    """The outline to draw on, and whether it is only the illustration that comes along."""
    own = queries.outline(reads.database(), view.scope, view.record)
    return (own, False) if own else (list(SAMPLE_OUTLINE), True)


def _told(row) -> str:
    """What the pointer is told: name, how it stands, total investment."""
    stands = (
        mark_text(row.mark) if is_missing(row.standing) else f"{mark_text(row.mark)} · {standing_name(row.standing)}"
    )
    return t("map.told", name=row.project_name, stands=stands, amount=money(row.total_investment_wan))


def ask_map(view: View) -> AskedMap:
    """Draw the filters, each with how many it has on the map, and return what is asked."""
    rows = view.remember(map_rows)
    placed = rows[rows["is_placed"]]
    counts = Counter(placed["mark"])
    kinds = Counter(placed["kind"]) | Counter({ALL: len(placed)})
    shown = {LISTED: len(placed), UNPLACED: len(rows) - len(placed)}
    choices = SHOWN if view.scope.may(RECORD) else (LISTED, UNPLACED)
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        what = select_one(
            "show", t("map.show"), choices, LISTED, lambda code: _counted(f"map.show_{code}", shown.get(code))
        )
        kind = select_one("kind", t("filter.kind"), KINDS, ALL, lambda code: _counted(f"map.kind_{code}", kinds[code]))
        grades = select_many(
            "grade", t("column.grade"), [code for code in GRADES_ASKED if counts[code]],
            lambda code: f"{mark_name(code)} {count(counts[code])}", t("filter.all_grades"),
        )  # fmt: skip
    return AskedMap(tuple(grades), kind, what, asked_text("project"))


def _counted(key: str, n: int | None) -> str:
    return t(key) if n is None else f"{t(key)} {count(n)}"


def chosen_rows(view: View, asked: AskedMap) -> pd.DataFrame:
    """The rows that answer to grade and kind, placed or not."""
    rows = view.remember(map_rows)
    if asked.kind != ALL:
        rows = rows[rows["kind"] == asked.kind]
    return rows[rows["mark"].isin(asked.grades)] if asked.grades else rows


def map_summary(view: View) -> list[Part]:
    """How many are on the map and how they stand; how many have no place."""
    rows = view.remember(map_rows)
    placed = rows[rows["is_placed"]]
    counts = Counter(placed["mark"])
    found = {
        "projects": _link(view, (placed["kind"] == PROJECTS).sum(), kind=PROJECTS),
        "works": _link(view, (placed["kind"] == INFRASTRUCTURE).sum(), kind=INFRASTRUCTURE),
        "behind": _link(view, counts[BEHIND], is_late=True, grade=BEHIND),
        "attention": _link(view, counts[ATTENTION] + counts[SLIGHTLY], grade=[ATTENTION, SLIGHTLY]),
        "blocked": _link(view, counts[WORK_BLOCKED], kind=INFRASTRUCTURE),
    }
    if placed.empty:
        return filled("map.summary_none", unplaced=_link(view, len(rows), show=UNPLACED))
    unplaced = len(rows) - len(placed)
    rest = filled("map.unplaced", unplaced=_link(view, unplaced, show=UNPLACED)) if unplaced else []
    return [*filled("map.summary", **found), *rest]


def _link(view: View, n: int, *, is_late: bool = False, **query: object) -> Part:
    return Link(count(n), view.href("map", **query), is_late=is_late) if n else count(n)


def map_part(view: View, asked: AskedMap) -> MapPart:
    """The map of what is asked, with what must be known of it."""
    rows = chosen_rows(view, asked)
    placed = rows[rows["is_placed"]]
    outline, is_sample = outline_of(view)
    chart = map_chart(placed, outline, chosen=asked.project, is_english=language() != "zh")
    samples = int((placed["source"] == SAMPLE).sum())
    head = heading(t("map.title"), t("map.remark"))
    return MapPart(head, ready(chart), sample_note(is_sample, samples) + legend(placed["mark"]))


def sample_note(is_sample_outline: bool, samples: int) -> str:
    """That outline or places are illustrations; empty once the office has given its own."""
    told = [t("map.sample_outline")] if is_sample_outline else []
    told += [t("map.sample_places", count=count(samples))] if samples else []
    if not told:
        return ""
    return f'<p class="hx-sample">{escape(t("map.sketch", parts=t("word.comma_and").join(told)))}</p>'


def placed_list(view: View, asked: AskedMap) -> str:
    """What is on the map, late ones first; each opens its card."""
    rows = chosen_rows(view, asked)
    rows = rows[rows["is_placed"]]
    return heading(t("map.listed", count=count(len(rows))), t("map.listed_remark")) + _table(
        view, asked, rows, "map.none"
    )


def tray(view: View, asked: AskedMap) -> str:
    """What has no place, beside the map and never on it."""
    rows = chosen_rows(view, asked)
    rows = rows[~rows["is_placed"]]
    head = heading(t("map.tray", count=count(len(rows))), t("map.tray_remark"))
    return head + _table(view, asked, rows, "map.none_unplaced")


def _table(view: View, asked: AskedMap, rows: pd.DataFrame, empty: str) -> str:
    columns = [
        Column("mark", "", "short", width="26px"),
        Column("project", t("word.project"), "name"),
        Column("district", t("word.district"), "short"),
        Column("stands", t("column.standing"), "short"),
        Column("total", t("unit.yi"), "number"),
    ]
    listed = [_row(view, asked, row) for row in rows.head(MOST_ROWS).itertuples()]
    more = note(t("map.more", count=count(len(rows) - MOST_ROWS))) if len(rows) > MOST_ROWS else ""
    return f'<div class="hx-maplist">{plain_table(columns, listed, is_compact=True, empty=t(empty))}</div>' + more


def _row(view: View, asked: AskedMap, row) -> Row:
    grade = MARKS[row.mark].grade
    sign = MARKS[row.mark].sign
    query = {"project": row.project_id, "kind": asked.kind, "grade": list(asked.grades), "show": asked.shown}
    return {
        "mark": Graded(sign, grade) if grade else sign,
        "project": Link(row.name, view.href("map", **query)),
        "district": t(f"short.{row.body}"),
        "stands": mark_name(row.mark) if is_missing(row.standing) else standing_name(row.standing),
        "total": yi_in_column(row.total_investment_wan),
    }


def open_clicked() -> None:
    """Put the project whose mark was clicked into the address; a click that takes the choice back closes its card."""
    points = st.session_state["zone_map"]["selection"]["points"]
    clicked = next((point["customdata"][0] for point in points if point.get("customdata")), "")
    if clicked:
        st.query_params["project"] = clicked
    elif "project" in st.query_params:
        del st.query_params["project"]
