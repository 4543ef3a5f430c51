"""The infrastructure works: share of work done, stage, land and what blocks them."""

from __future__ import annotations

import pandas as pd

from domain.progress import Progress
from domain.works import steps_since, works_blocked_first
from ui import reads
from ui.formats import count, is_missing, number, percent, points, yi
from ui.html import heading, note, sentence
from ui.html_tables import Bar, Column, Row, plain_table
from ui.links import Link
from ui.locale import t
from ui.names import stage_text
from ui.sentences import Part, filled
from ui.view import View


def works_of(view: View) -> pd.DataFrame:
    """The works of the view, those with an issue first."""
    return works_blocked_first(view.states)


def works_html(view: View) -> tuple[str, str]:
    """The page's sentence, and the panel of works."""
    panel = heading(t("page.infrastructure"), t("works.remark"))
    panel += plain_table(works_columns(), works_rows(view), is_compact=True, empty=t("empty.works")) + note(
        t("works.note")
    )
    return sentence(works_summary(view)), panel


def works_summary(view: View) -> list[Part]:
    """How many works, how many done, how much of the year's target, how many blocked."""
    works = works_of(view)
    progress = reads.progress(view.scope, view.record)["infrastructure_investment_ytd_wan", view.body]
    done = int((works["progress_rate"] >= 1).sum())
    parts = filled("works.summary", count=count(len(works)), done=count(done), blocked=count(works["has_issue"].sum()))
    return parts + _against_target(view, progress)


def _against_target(view: View, progress: Progress) -> list[Part]:
    if progress.done is None:
        return []
    link = Link(yi(progress.done), view.href("projects", figure=progress.indicator.code))
    if progress.share is None:
        return filled("works.invested", done=link, unit=t("unit.yi"))
    return filled(
        "works.against_target", done=link, target=yi(progress.target), unit=t("unit.yi"),
        share=percent(progress.share), gap=points(progress.gap_points),
    )  # fmt: skip


def works_columns() -> list[Column]:
    """Columns of the table of works."""
    return [
        Column("work", t("works.work"), "name"),
        Column("district", t("word.district"), "short"),
        Column("stage", t("short.stage"), "short"),
        Column("share", t("works.share"), "bar", width="260px"),
        Column("step", t("works.step"), "number"),
        Column("total", t("works.total"), "number"),
        Column("ytd", t("works.ytd"), "number"),
        Column("land", t("works.land")),
        Column("issue", t("works.issue")),
    ]


def works_rows(view: View) -> list[Row]:
    """One row a work."""
    works = works_of(view)
    works["step"] = steps_since(works, reads.states_before(view.scope, view.record)) * 100
    return [_row(view, row) for row in works.itertuples()]


def _row(view: View, row) -> Row:
    has_level = isinstance(row.escalation_level, str)
    level = t("works.level", level=t(f"level.{row.escalation_level}")) if has_level else ""
    return {
        "work": Link(row.project_name, view.project(row.project_id)),
        "district": t(f"short.{row.body}"),
        "stage": stage_text(row.stage),
        "share": _share(row),
        "step": None if is_missing(row.step) else number(row.step, 1, is_signed=True),
        "total": yi(row.total_investment_wan, decimals=2),
        "ytd": yi(row.investment_ytd_wan, decimals=2),
        "land": _land(row),
        "issue": f"{row.issue_text}{level}" if isinstance(row.issue_text, str) else "",
    }


def _share(row) -> Bar:
    """The share done; grey where this period's return leaves the work out."""
    share = None if is_missing(row.progress_rate) else float(row.progress_rate)
    return Bar(share, percent(share, 0), "middle" if row.is_reported else "quiet")


def _land(row) -> str:
    """Land in mu where the form has it; what the permits' text says of land else."""
    if not is_missing(row.land_mu):
        return t("works.mu", mu=number(row.land_mu))
    return row.permit_text if isinstance(row.permit_text, str) else ""
