"""Firms above scale: what the address asks for, the sentence, sub-districts, the list, projects and the firm that is open."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from domain.bodies import DISTRICTS, ZONE, body_name
from domain.firm_growth import MEASURES, SALES, firm_course, firm_lines, firm_months, firm_sums
from domain.firm_projects import tie_projects, unknown_projects
from domain.ledgers import LEDGERS
from domain.roles import EXPORT, UPLOAD
from ui import reads
from ui.chart_firms import firms_chart
from ui.chart_parts import ready
from ui.filters import asked_text, select_segment
from ui.formats import count, is_missing, money, percent, period_name, yi_heading, yi_in_column
from ui.html import empty_state, heading, note, sentence
from ui.html_tables import Column, Row, plain_table
from ui.ledger_rows import row_card
from ui.ledgers import rows_of
from ui.links import Link, linked
from ui.locale import language, t
from ui.names import stage_name
from ui.sentences import Part, filled, short_name
from ui.session import scope
from ui.view import View

ALL, FALLING, GROWING, UNTOLD = SHOWN = ("all", "falling", "growing", "untold")
FIRMS = "firms"  # code of the ledger


@dataclass(frozen=True, slots=True)
class AskedFirms:
    """What the address asks for: sales or tax, which firms, the firm that is open, and its month whose cells are."""

    what: str = SALES
    show: str = ALL
    firm: str = ""
    at: str = ""

    def href(self, view: View, **changed: str) -> str:
        """Address of the page with what is asked for, some of it changed."""
        return view.href("firms", **asdict(replace(self, **changed)))


def ask_firms() -> AskedFirms:
    """Draw the choices and return what is asked."""
    what = select_segment("what", t("firms.what"), MEASURES, SALES, lambda code: t(f"firms.{code}"))
    show = select_segment("show", t("issues.show"), SHOWN, ALL, lambda code: t(f"firms.show_{code}"))
    return AskedFirms(what, show, asked_text("firm"), asked_text("at"))


def months_offered(months: list[str]) -> list[str]:
    """The months to choose from: those given, and those with a list; before any return those with a list alone."""
    asking = scope()
    listed = {each.period for each in reads.receipts(asking) if each.kind == LEDGERS[FIRMS].kind and not each.is_withdrawn}
    return sorted(listed | set(months)) if reads.periods(asking) else sorted(listed) or months


def body_months(view: View, what: str) -> pd.DataFrame:
    """The body's firms, month by month, of sales or tax."""
    return firm_months(rows_of(view, FIRMS), what)


def body_lines(view: View, what: str) -> pd.DataFrame:
    """The body's firms of the period."""
    return firm_lines(view.remember(body_months, what), view.period)


def course_chart(view: View, what: str, height: int) -> go.Figure:
    """The chart of the year's months against the year before."""
    return ready(firms_chart(firm_course(view.remember(body_months, what), view.period), height))


def firms_sentence(view: View, asked: AskedFirms) -> str:
    """The page's sentence as HTML: firms, amount, growth, who falls, who has no year before."""
    lines = view.remember(body_lines, asked.what)
    if lines.empty:
        return sentence(filled("firms.none_sent", month=period_name(view.period)))
    sums = firm_sums(lines)

    def link(show: str) -> Part:
        return Link(count(sums[show]), asked.href(view, show=show, firm="")) if sums[show] else count(sums[show])

    return sentence(
        filled(
            "firms.summary", firms=count(sums["firms"]), what=t(f"firms.{asked.what}"), ytd=money(sums["ytd"]),
            growth=growth_text(sums["ytd_growth"]), like=count(sums["like"]),
            growing=link(GROWING), falling=link(FALLING), untold=link(UNTOLD),
        )
    )  # fmt: skip


def growth_text(growth: Any) -> str:
    """Growth with its sign; that there is no year before where it is missing."""
    return t("firms.no_before") if is_missing(growth) else f"{'+' if growth > 0 else ''}{percent(growth)}"


def districts_table(view: View, asked: AskedFirms) -> str:
    """Each sub-district that the body has, and the zone together."""
    lines = view.remember(body_lines, asked.what)
    bodies = [body.code for body in DISTRICTS if view.body in (ZONE.code, body.code)]
    rows = [_sums_row(body_name(body, language()), lines[lines["body"] == body]) for body in bodies]
    if view.body == ZONE.code:
        rows.append(_sums_row(body_name(ZONE.code, language()), lines))
    columns = [Column("name", t("column.body"), "name"), Column("firms", t("firms.count"), "number"),
               *_amount_columns(), Column("moves", t("firms.moves"), align="right")]  # fmt: skip
    return heading(t("firms.districts"), t("firms.like_remark")) + plain_table(columns, rows, is_compact=True)


def _amount_columns() -> list[Column]:
    return [
        Column("month", yi_heading(t("firms.month")), "number"),
        Column("month_growth", t("firms.growth"), "short", align="right"),
        Column("ytd", yi_heading(t("firms.ytd")), "number"),
        Column("ytd_growth", t("firms.ytd_growth"), "short", align="right"),
    ]


def _sums_row(name: str, lines: pd.DataFrame) -> Row:
    """One body; one that sent nothing has dashes, not zeros."""
    if lines.empty:
        return {"name": name}
    sums = firm_sums(lines)
    moves = " / ".join(count(sums[each]) for each in (GROWING, FALLING, UNTOLD))
    return {"name": name, "firms": count(sums["firms"]), "moves": moves, **_amounts(sums)}


def _amounts(told: Any) -> dict[str, str]:
    return {
        **{name: yi_in_column(told[name]) for name in ("month", "ytd")},
        **{name: growth_text(told[name]) for name in ("month_growth", "ytd_growth")},
    }


def chosen_firms(view: View, asked: AskedFirms) -> pd.DataFrame:
    """The firms that are asked for."""
    lines = view.remember(body_lines, asked.what)
    growth = lines["ytd_growth"]
    masks = {FALLING: growth < 0, GROWING: growth >= 0, UNTOLD: growth.isna()}
    return lines[masks[asked.show]] if asked.show in masks else lines


def firms_table(view: View, asked: AskedFirms) -> str:
    """The list as HTML: each firm with its mark, which opens it; without any list where the form is."""
    if view.remember(body_months, asked.what).empty:
        return _no_list(view)
    lines = chosen_firms(view, asked)
    rows = [_firm_row(view, asked, line) for line in lines.to_dict("records")]
    columns = [Column("move", "", width="28px"), Column("name", t("firms.firm"), "name"),
               Column("body", t("column.body"), "short"), *_amount_columns(),
               Column("before", yi_heading(t("firms.before")), "number")]  # fmt: skip
    table = plain_table(columns, rows, is_compact=True, empty=t("firms.no_firms"))
    return heading(t("firms.list_title", count=count(len(lines))), t("firms.list_remark")) + f'<div class="hx-scroll">{table}</div>'


def _no_list(view: View) -> str:
    form = Link(t("firms.to_form"), view.href("ledgers", ledger=FIRMS)) if view.scope.may(EXPORT) else None
    upload = Link(t("empty.to_upload"), view.href("upload")) if view.scope.may(UPLOAD) else None
    return empty_state(t("firms.empty"), t("firms.empty_text"), form, upload)


def _firm_row(view: View, asked: AskedFirms, line: dict[str, Any]) -> Row:
    return {
        "move": arrow_of(line["ytd_growth"]),
        "name": Link(line["firm_name"], asked.href(view, firm=line["firm"], at="")),
        "body": body_name(line["body"], language()), **_amounts(line), "before": yi_in_column(line["ytd_before"]),
    }  # fmt: skip


def arrow_of(growth: Any) -> str:
    """Down, up or level; ○ without a year before. Never a colour: red and orange mean late or in want of attention."""
    if is_missing(growth):
        return "○"
    return "↓" if growth < 0 else "↑" if growth > 0 else "→"


def firms_panel(view: View, asked: AskedFirms) -> str:
    """The firm that is open, else the projects in production with their firms."""
    months = view.remember(body_months, asked.what)
    own = _firm_asked(months, asked.firm)
    return projects_panel(view, asked) if own.empty else firm_card(view, asked, own)


def _firm_asked(months: pd.DataFrame, firm: str) -> pd.DataFrame:
    """The months of a firm by its key; by its name alone, as a search gives it, of the first of that name."""
    named = months.loc[months["firm_name"] == firm, "firm"]
    return months[months["firm"] == (named.iloc[0] if len(named) else firm)]


def firm_card(view: View, asked: AskedFirms, own: pd.DataFrame) -> str:
    """One firm: its months, the newest first, and the cells of the one that is asked for, else of the newest."""
    own = own.sort_values("at", ascending=False)
    at = asked.at if asked.at in set(own["period"]) else own["period"].iloc[0]
    chosen = own[own["period"] == at].iloc[0]
    rows: list[Row] = [
        {"period": Link(period_name(line["period"]), asked.href(view, at=line["period"])), **_amounts(line)}
        for line in own.to_dict("records")
    ]
    columns = [Column("period", t("word.period"), "short"), *_amount_columns()]
    back = linked(Link(t("firms.back"), asked.href(view, firm="", at="")))
    return (
        heading(chosen["firm_name"], body_name(chosen["body"], language()))
        + f'<p class="hx-note">{back}</p>'
        + plain_table(columns, rows, is_compact=True)
        + row_card(view, FIRMS, chosen["body"], at, chosen["row_key"])
    )


def projects_panel(view: View, asked: AskedFirms) -> str:
    """Projects in production, at capacity or named by a list with their firm's amounts; then those not tied, and names not registered."""
    lines = view.remember(body_lines, asked.what)
    tied = tie_projects(view.states, lines)
    known = tied[tied["firm"].notna()].merge(lines.drop(columns=["body"]), on="firm", how="left")
    rows = [_tied_row(view, asked, line) for line in known.to_dict("records")]
    columns = [Column("project", t("firms.project")), Column("stage", t("firms.stage"), "short"),
               Column("firm", t("firms.firm"), "short"), Column("ytd", yi_heading(t("firms.ytd")), "number"),
               Column("growth", t("firms.ytd_growth"), "short", align="right")]  # fmt: skip
    title = heading(t("firms.projects", count=count(len(tied)), tied=count(len(known)))) + note(t("firms.projects_remark"))
    return title + plain_table(columns, rows, is_compact=True, empty=t("firms.none_tied")) + _untied(view, tied, lines)


def _tied_row(view: View, asked: AskedFirms, line: dict[str, Any]) -> Row:
    return {
        "project": Link(short_name(line["project_name"]), view.project(line["project_id"])), "stage": stage_name(line["stage"]),
        "firm": Link(line["firm_name"], asked.href(view, firm=line["firm"], at="")),
        "ytd": yi_in_column(line["ytd"]), "growth": growth_text(line["ytd_growth"]),
    }  # fmt: skip


def _untied(view: View, tied: pd.DataFrame, lines: pd.DataFrame) -> str:
    """Nothing is dropped: the projects without one firm, and the firms whose project the registry does not have."""
    left = tied[tied["firm"].isna()]
    rows: list[Row] = [
        {"project": Link(line.project_name, view.project(line.project_id)), "stage": stage_name(line.stage),
         "why": t(f"firms.tie_{line.tie}")}
        for line in left.itertuples()
    ]  # fmt: skip
    columns = [Column("project", t("firms.project")), Column("stage", t("firms.stage"), "short"),
               Column("why", t("firms.why"), "short")]  # fmt: skip
    unknown = unknown_projects(view.states, lines)
    named = [t("firms.unknown", firm=line.firm_name, project=line.firm_project) for line in unknown.itertuples()]
    return (
        heading(t("firms.untied", count=count(len(left))))
        + plain_table(columns, rows, is_compact=True, empty=t("firms.all_tied"))
        + "".join(note(each) for each in named)
    )
