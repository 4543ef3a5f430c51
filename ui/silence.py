"""Silence and copies on the screen: a strip of months for each project, grey where nobody told of it."""

from __future__ import annotations

from html import escape

import pandas as pd

from domain.silence import LEAST_SILENT, MONTH_STATES, TOLD, silent_projects
from ui import reads
from ui.formats import count, month_label, period_name
from ui.html import heading, note
from ui.links import Link, linked
from ui.locale import t
from ui.sentences import filled
from ui.view import View

MONTHS = range(1, 13)
MOST_ROWS = 60  # that a panel holds; more are counted
Months = dict[int, str]


def silence_panel(view: View) -> str:
    """The projects that fell silent (静默), the longest first, with their year; and how many others only repeat themselves."""
    months = view.of_body(reads.silence(view.scope, view.record))
    silent = silent_projects(months, view.period)
    remark = t("silence.remark", least=LEAST_SILENT)
    body = _table(view, months, silent) if len(silent) else note(t("silence.none"))
    return (
        heading(t("silence.title", count=count(len(silent))), remark) + body + legend() + _waiting(view, months, silent)
    )


def _table(view: View, months: pd.DataFrame, silent: pd.Series) -> str:
    """One row a project: name, district, strip of the year, returns in a row."""
    names = view.states.set_index("project_id")
    shown = silent.head(MOST_ROWS)
    rows = "".join(
        f'<tr><td class="hx-col-name">{linked(Link(names.at[project_id, "project_name"], view.project(project_id)))}</td>'
        f"<td>{escape(t('short.' + names.at[project_id, 'body']))}</td>"
        f"<td>{strip(strip_months(months, project_id, view.period.year), view.period.year)}</td>"
        f'<td class="hx-right">{escape(t("silence.run", count=count(run)))}</td></tr>'
        for project_id, run in shown.items()
    )
    return f'<div class="hx-scroll"><table class="hx-table hx-compact hx-strips"><tbody>{rows}</tbody></table></div>'


def _waiting(view: View, months: pd.DataFrame, silent: pd.Series) -> str:
    """How many projects not under construction have said the same for as long: told apart, not counted as silent."""
    others = silent_projects(months, view.period, "is_unheard").index.difference(silent.index)
    if others.empty:
        return ""
    number = view.linked_projects(count(len(others)), others)
    parts = filled("silence.waiting", count=number, least=str(LEAST_SILENT))
    return f'<p class="hx-note">{"".join(linked(part, "hx-figure-link") for part in parts)}</p>'


def strip_months(months: pd.DataFrame, project_id: str, year: int) -> Months:
    """Month -> state of one project in a year."""
    rows = months[(months["project_id"] == project_id) & months["period"].str.startswith(f"{year:04d}-")]
    return {int(period[5:]): state for period, state in zip(rows["period"], rows["state"], strict=True)}


def strip(months: Months, year: int) -> str:
    """Twelve cells; each has a sign beside its shade, and its words for the pointer and for readers aloud."""
    return f'<div class="hx-strip">{"".join(_cell(month, months.get(month), year) for month in MONTHS)}</div>'


def _cell(month: int, state: str | None, year: int) -> str:
    if state is None:
        return f'<i class="hx-month-none">{month}</i>'
    words = escape(f"{period_name(f'{year}-{month:02d}')} {t(f'silence.{state}')}")
    sign = escape(_sign(state)) or month
    return f'<i class="hx-month-{state}" role="img" aria-label="{words}" title="{words}">{sign}</i>'


def _sign(state: str) -> str:
    """The sign of a month; where the return told of the project the month's own number stands instead."""
    return "" if state == TOLD else t(f"silence.sign_{state}")


def legend() -> str:
    """What the shades and signs mean."""
    parts = (
        f'<span><i class="hx-month-{state}">{escape(_sign(state))}</i>{escape(t(f"silence.{state}"))}</span>'
        for state in MONTH_STATES
    )
    return f'<div class="hx-legend hx-strip-legend">{"".join(parts)}</div>'


def project_strip(view: View, project_id: str) -> str:
    """The year of one project as a strip under the names of its months, with the legend."""
    months = strip_months(reads.silence(view.scope, view.record), project_id, view.period.year)
    names = "".join(f"<span>{escape(month_label(month))}</span>" for month in MONTHS)
    cells = f'<div><div class="hx-strip">{names}</div>{strip(months, view.period.year)}</div>'
    return f'<div class="hx-strip-year">{cells}{legend()}</div>'
