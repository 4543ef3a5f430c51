"""Promises due and kept by month: a small chart for each district and milestone, each bar a link to its projects."""

from __future__ import annotations

from html import escape

import pandas as pd

from domain.indicators import MILESTONES
from domain.progress import districts_of
from domain.promises import kept_by_month, kept_rate, promises_due
from ui.formats import count, month_label, percent, period_name
from ui.links import linked
from ui.locale import t
from ui.sentences import filled
from ui.view import View

MONTHS = range(1, 13)


def kept_charts(view: View) -> str:
    """A chart for each milestone (down) and district of the view (across), all on one scale."""
    due = promises_due(view.states, view.period)
    most = int(kept_by_month(due)["due_count"].max()) if len(due) else 1
    bodies = districts_of(view.body)
    charts = [
        _chart(view, due[(due["body"] == body) & (due["milestone"] == milestone)], body, milestone, most)
        for milestone in MILESTONES
        for body in bodies
    ]
    return f'<div class="hx-kept hx-kept-{len(bodies)}">{"".join(charts)}</div>'


def _chart(view: View, due: pd.DataFrame, body: str, milestone: str, most: int) -> str:
    """One chart: its year in the head, a bar for each month; months to come are empty."""
    months = due["promised"].dt.month
    bars = "".join(_bar(view, due[months == month], month, most) for month in MONTHS)
    title = escape(t("promises.chart", district=t(f"short.{body}"), milestone=t(f"milestone.{milestone}")))
    return f"<section><h3>{title}</h3><p>{_year_text(view, due)}</p><div>{bars}</div></section>"


def _year_text(view: View, due: pd.DataFrame) -> str:
    """到期 N 个，兑现 M 个, and the rate of the year so far."""
    kept = due[due["is_kept"]]
    parts = filled(
        "promises.year",
        due=view.linked_projects(count(len(due)), due["project_id"]),
        kept=view.linked_projects(count(len(kept)), kept["project_id"]),
        rate=percent(kept_rate(due), 0),
    )
    return "".join(linked(part, "hx-figure-link") for part in parts)


def _bar(view: View, due: pd.DataFrame, month: int, most: int) -> str:
    """A month: kept of due as a filled part of a bar, the figures above, the month below."""
    label = f"<p>{escape(month_label(month))}</p>"
    if due.empty:
        return f"<div><span></span><i></i>{label}</div>"
    kept = int(due["is_kept"].sum())
    words = t("promises.month_words", month=period_name(f"{view.period.year}-{month:02d}"), due=len(due), kept=kept)
    figures = linked(view.linked_projects(f"{kept}/{len(due)}", due["project_id"]))
    full, part = 100 * len(due) / most, 100 * kept / len(due)
    drawn = f'<b style="height:{full:.1f}%"><i style="height:{part:.1f}%"></i></b>'
    return f'<div title="{escape(words)}"><span>{figures}</span><i>{drawn}</i>{label}</div>'
