"""How many of those signed in a year reached each step: a row a year, a bar a step, each number a link to its projects."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from domain.conversion import CODES, funnel, furthest_told
from domain.progress import districts_of
from ui.formats import DASH, count, is_missing, number, percent
from ui.html import bar, note
from ui.links import linked
from ui.locale import t
from ui.view import View

ALL_YEARS = -1.0  # the cohort of the last row: whenever they were signed


def funnel_table(view: View, steps: pd.DataFrame) -> str:
    """The funnel of the view's body as HTML; ``steps`` are those of its projects, as ``conversion`` gives them."""
    cohorts = [*sorted(steps["signed_year"].dropna().unique()), *([None] if steps["signed_year"].isna().any() else [])]
    counts = funnel(steps)
    told = int(furthest_told(steps).max())
    rows = [_row(view, counts, _of_year(steps, year), year, told) for year in cohorts]
    whole = steps.assign(signed_year=ALL_YEARS)
    rows.append(_row(view, funnel(whole), whole, ALL_YEARS, told))
    names = "".join(f'<th scope="col">{escape(t(f"conversion.{code}"))}</th>' for code in CODES)
    head = f'<tr><th scope="col">{escape(t("conversion.year"))}</th>{names}</tr>'
    table = f'<table class="hx-table hx-funnel"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
    return f'<div class="hx-scroll">{table}</div>{_never_told(view, steps)}'


def _never_told(view: View, steps: pd.DataFrame) -> str:
    """Which steps a district has never reported of any project: that is not the same as none."""
    told = furthest_told(steps)
    sentences = []
    for body in districts_of(view.body):
        untold = CODES[int(told.get(body, -1)) + 1 :]
        if untold and body in told.index:
            names = t("word.comma").join(t(f"conversion.{code}") for code in untold)
            sentences.append(t("conversion.never_told", body=t(f"short.{body}"), steps=names))
    return note("".join(sentences)) if sentences else ""


def year_name(year: float | None) -> str:
    """A year of signing: 2023年; that it is not known, for none."""
    if year == ALL_YEARS:
        return t("conversion.all_years")
    return t("conversion.no_year") if is_missing(year) else t("format.year", year=int(year or 0))


def _of_year(steps: pd.DataFrame, year: float | None) -> pd.DataFrame:
    return steps[steps["signed_year"].isna()] if year is None else steps[steps["signed_year"] == year]


def _row(view: View, counts: pd.DataFrame, steps: pd.DataFrame, year: float | None, told: int) -> str:
    """One year of signing; ``told`` is the furthest step that the body has ever reported."""
    own = counts[(counts["body"] == view.body) & _is_year(counts, year)].set_index("step")
    lost = int(steps.loc[steps["is_cancelled"], "project_id"].nunique())
    remark = f"<small>{escape(t('conversion.lost', count=number(lost)))}</small>" if lost else ""
    own = own.assign(before=own["reached_count"].shift())
    cells = "".join(_cell(view, own.loc[code], steps, is_untold=number_ > told) for number_, code in enumerate(CODES))
    return f'<tr><th scope="row">{escape(year_name(year))}{remark}</th>{cells}</tr>'


def _is_year(counts: pd.DataFrame, year: float | None) -> pd.Series:
    return counts["signed_year"].isna() if year is None else counts["signed_year"] == year


def _cell(view: View, row: Any, steps: pd.DataFrame, *, is_untold: bool) -> str:
    """One step: a bar of the share of those signed, the number that opens its projects, and the two rates."""
    ids = steps.loc[(steps["step"] == row.name) & steps["is_reached"], "project_id"]
    if is_untold:
        return f'<td><div><b class="hx-none">{DASH}</b></div></td>'
    figure = linked(view.linked_projects(count(row["reached_count"]), ids), "hx-figure-link")
    share = None if is_missing(row["of_signed"]) else row["of_signed"]
    drawn = "" if share is None or row["number"] == 0 else bar(share, "ink")
    return f"<td><div><b>{figure}</b>{drawn}</div><small>{escape(_rates(row))}</small></td>"


def _rates(row: Any) -> str:
    """Of those signed and of the step before; that these are too few (样本不足), where they are some and too few."""
    if row["number"] == 0:
        return t("conversion.too_few") if is_missing(row["of_signed"]) else ""
    if is_missing(row["of_signed"]):
        return ""
    signed = percent(row["of_signed"], 0)
    if row["number"] == 1 or not row["before"]:
        return signed  # the step before is the signing, or was reached by none
    before = t("conversion.too_few") if is_missing(row["of_previous"]) else percent(row["of_previous"], 0)
    return t("conversion.both_rates", signed=signed, before=before)
