"""The card beside the list of projects to work on: how it stands and why, what was promised, said, and whose turn it is."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from domain.fields import PROJECT_FIELD
from domain.issues import IssueLife
from ui import reads
from ui.formats import cell_place, count, day_text, is_missing, money, percent, period_name
from ui.html import graded_text, heading, note
from ui.html_tables import Column, Graded, Row, plain_table
from ui.issues import issue_book
from ui.links import Link, linked, page_href
from ui.locale import t
from ui.names import reason_name
from ui.project_card import find_project, milestone_columns, milestone_rows, subtitle
from ui.project_values import as_date, as_text, heading_of
from ui.silence import project_strip
from ui.standing_words import standing_name, standing_reason
from ui.view import View

# What the month's return says in words, in the order in which one asks.
SAID = ("progress_text", "issue_text", "next_step_text")
MOST_MOVES = 4


def work_card(view: View, project_id: str, day: date, back: str = "delayed") -> str:
    """All of the card as HTML; a sentence for an id that is not on record. ``back`` is the page that it stands on."""
    project = find_project(view, project_id)
    if project is None:
        return heading(t("card.unknown")) + note(t("card.unknown_text"))
    parts = (
        _head(view, project, back),
        _standing(view, project_id),
        _dates(view, project),
        _money(project),
        _words(view, project),
        project_strip(view, project_id),
        _hands(view, project_id, day),
        _moves(view, project_id),
    )
    return "".join(parts)


def _head(view: View, project: pd.Series, page: str) -> str:
    """Its name, which opens its page, what and whose it is, and the way back."""
    project_id = str(project["project_id"])
    name = linked(Link(str(project["project_name"]), view.project(project_id)))
    back = linked(Link(t("delayed.back"), view.href(page)))
    return f'<div class="hx-heading"><h2>{name}</h2><span>{back}</span></div>' + note(" · ".join(subtitle(project)))


def _standing(view: View, project_id: str) -> str:
    """The light with its shape, the standing, and why in a sentence."""
    found = view.standings[view.standings["project_id"] == project_id]
    if found.empty:
        return ""
    row = next(found.itertuples())
    why = standing_reason(row, view.rules)
    return f"<p>{graded_text(row.grade, standing_name(row.standing))} {escape(why)}</p>"


def _dates(view: View, project: pd.Series) -> str:
    return plain_table(milestone_columns(), milestone_rows(project, view.period), is_compact=True)


def _money(project: pd.Series) -> str:
    """The year's investment against its plan, and all of the total."""
    plan, done = project["annual_plan_wan"], project["investment_ytd_wan"]
    has_share = not is_missing(plan) and plan > 0 and not is_missing(done)
    values = {"done": money(done), "plan": money(plan), "share": percent(done / plan) if has_share else "—"}
    return note(t("delayed.money", total=money(project["total_investment_wan"]), **values))


def _words(view: View, project: pd.Series) -> str:
    """What the month's return says, each with its cell."""
    sources = reads.value_sources(view.scope, view.record, str(project["project_id"]))
    rows: list[Row] = [
        {
            "field": heading_of(PROJECT_FIELD[name]),
            "text": as_text(project[name]),
            "cell": cell_place(sources[name].sheet, sources[name].cell) if name in sources else "",
        }
        for name in SAID
        if as_text(project[name])
    ]
    columns = [Column("field", "", "short"), Column("text", ""), Column("cell", "", "short")]
    return heading(t("delayed.words")) + plain_table(columns, rows, is_compact=True, empty=t("delayed.silent"))


def _hands(view: View, project_id: str, day: date) -> str:
    """Its open issues: in whose hands and for how long, who owns them by when; and the way to record one."""
    lives = [life for life in view.remember(issue_book, day).open if life.issue.project_id == project_id]
    add = linked(Link(t("delayed.add_issue"), view.href("issues", add=project_id)))
    head = f'<div class="hx-heading"><h2>{escape(t("delayed.issues"))}</h2><span>{add}</span></div>'
    columns = [Column("text", ""), Column("reason", "", "tag"), Column("hand", "", "short"), Column("due", "", "short")]
    rows = [_hand(view, life) for life in lives]
    return head + plain_table(columns, rows, is_compact=True, empty=t("delayed.no_issue"))


def _hand(view: View, life: IssueLife) -> Row:
    level = t(f"level.{life.level}")
    due = t("delayed.due", day=life.due_date.isoformat()) if life.due_date else ""
    return {
        "text": Link(life.issue.text, page_href("issues", **_at(view), issue=life.issue.issue_id)),
        "reason": reason_name(life.reason),
        "hand": t("delayed.in_hand", level=level, days=count(life.days_in_hand)),
        "due": due,
    }


def _moves(view: View, project_id: str) -> str:
    """Every move of a promised date, the newest first, and the cell that made it."""
    moves = reads.moves(view.scope, view.record)
    own = moves[moves["project_id"] == project_id].sort_values("period", ascending=False)
    columns = [Column("period", "", "short"), Column("move", ""), Column("said", "", "short"), Column("cell", "", "short")]
    rows = [_move(row) for row in own.head(MOST_MOVES).itertuples()]
    return heading(t("delayed.moves")) + plain_table(columns, rows, is_compact=True, empty=t("delayed.no_moves"))


def _move(row: Any) -> Row:
    before = day_text(as_date(row.date_before), row.precision_before)
    now = day_text(as_date(row.planned_date), row.planned_precision)
    return {
        "period": period_name(row.period),
        "move": f"{t(f'milestone.{row.milestone}')} {before} → {now}",
        "said": t("promises.is_said") if row.is_said else Graded(t("promises.is_unsaid"), "slightly"),
        "cell": cell_place(row.sheet, t("delayed.row", row=row.cell_row)),
    }


def _at(view: View) -> dict[str, str]:
    return {"period": str(view.period), "body": view.body}
