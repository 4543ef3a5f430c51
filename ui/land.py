"""Land on the page of permits: a card for each district, and projects with what they want, have and lack."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from domain.bodies import DISTRICTS, ZONE, body_name
from domain.land import RETURN, land_totals
from domain.permit_words import HAND
from domain.submissions import INFRASTRUCTURE
from ui import reads
from ui.formats import DASH, cell_place, count, is_missing, number
from ui.html import bar, empty_state, heading, note, sentence
from ui.html_tables import Bar, Column, Graded, Row, plain_table
from ui.links import Link, page_href
from ui.locale import language, t
from ui.permit_marks import plain_day
from ui.sentences import Part, filled, short_name
from ui.view import View

MOST_ROWS = 200
SHOWN = ("wanted", "applied", "granted")


def land_of(view: View) -> pd.DataFrame:
    """Land of the body's projects, the greatest gap first."""
    return view.of_body(reads.land(view.scope, view.record))


def land_sentence(view: View) -> str:
    """The sentence over the land as HTML."""
    return sentence(land_summary(view))


def land_summary(view: View) -> list[Part]:
    """What is wanted, granted and missing, and of how many projects nobody told the grant."""
    land = land_of(view)
    wanted = land[land["wanted_mu"].notna()]
    untold = wanted["granted_mu"].isna().sum()
    if wanted.empty:
        return [t("land.summary_none", year=view.period.year)]
    return filled(
        "land.summary_unknown" if land["granted_mu"].isna().all() else "land.summary",
        year=str(view.period.year),
        projects=count(len(wanted)),
        wanted=_mu(land["wanted_mu"].sum(min_count=1)),
        granted=_mu(land["granted_mu"].sum(min_count=1)),
        gap=_mu(land["gap_mu"].sum(min_count=1)),
        untold=count(untold),
    )


def land_cards(view: View) -> str:
    """A card for the zone and each district, or for the district chosen."""
    land = reads.land(view.scope, view.record)
    totals = land_totals(pd.concat([land, land.assign(body=ZONE.code)]))
    bodies = [ZONE.code, *(body.code for body in DISTRICTS)] if view.body == ZONE.code else [view.body]
    cards = "".join(_card(code, totals.loc[code] if code in totals.index else None) for code in bodies)
    return f'<div class="hx-cards">{cards}</div>'


def _card(code: str, total: pd.Series | None) -> str:
    name = f"<h3>{escape(body_name(code, language()))}</h3>"
    if total is None:
        return f'<section class="hx-card">{name}<p class="hx-value"><span>{escape(t("land.none"))}</span></p></section>'
    scale = max([float(total[f"{each}_mu"]) for each in SHOWN if not is_missing(total[f"{each}_mu"])], default=0) or 1
    rows = "".join(
        f"<span>{escape(t(f'land.{each}'))}</span>{bar(_share(total[f'{each}_mu'], scale), 'middle')}"
        f"<b>{escape(_area(total[f'{each}_mu']))}</b>"
        for each in SHOWN
    )
    return (
        f'<section class="hx-card hx-land">{name}<p class="hx-value">{_gap(total["gap_mu"])}'
        f"<span>{escape(_gap_words(total))}</span></p>"
        f'<div class="hx-districts">{rows}</div><p class="hx-note">{escape(_remark(total))}</p></section>'
    )


def _gap(gap: Any) -> str:
    return "" if is_missing(gap) else f'<b class="hx-big">{escape(_area(gap))}</b>'


def _gap_words(total: pd.Series) -> str:
    """Of how many projects the gap is known; that it is not."""
    known = int(total["gap_count"])
    return t("land.gap_of", count=count(known)) if known else t("land.gap_unknown")


def _share(area: Any, scale: float) -> float | None:
    return None if is_missing(area) else float(area) / scale


def _remark(total: pd.Series) -> str:
    """How much of what is wanted is the returns' area, and of how many projects the grant is not told."""
    untold = int(total["projects"] - total["granted_count"])
    parts = [t("land.by_return", area=_mu(total["return_mu"]))] if not is_missing(total["return_mu"]) else []
    parts += [t("land.by_works", area=_mu(total["works_mu"]))] if not is_missing(total["works_mu"]) else []
    parts += [t("land.untold", count=count(untold))] if untold else []
    return "".join(parts)


def land_table(view: View) -> str:
    """The projects, the greatest gap first, with bars to one scale."""
    land = land_of(view)
    if land.empty:
        return empty_state(t("land.empty"), t("land.empty_text"), Link(t("action.upload"), page_href("upload")))
    scale = float(land[[f"{each}_mu" for each in SHOWN]].max().max()) or 1
    rows = [_row(view, each, scale) for each in land.head(MOST_ROWS).itertuples()]
    more = note(t("issues.more", count=count(len(land) - MOST_ROWS))) if len(land) > MOST_ROWS else ""
    title = heading(t("land.title", count=count(len(land))), t("land.remark"))
    return title + f'<div class="hx-scroll">{plain_table(_columns(), rows, is_compact=True)}</div>' + more


def _columns() -> list[Column]:
    return [
        Column("project", t("word.project"), "name", width="22%"),
        Column("body", t("word.district"), "short"),
        Column("kind", t("permits.kind"), "short"),
        Column("wanted", t("land.wanted"), "bar", width="15%"),
        Column("applied", t("land.applied"), "bar", width="13%"),
        Column("granted", t("land.granted"), "bar", width="13%"),
        Column("gap", t("land.gap"), "number"),
        Column("source", t("permits.source")),
    ]


def _row(view: View, each: Any, scale: float) -> Row:
    gap = "" if is_missing(each.gap_mu) else _area(each.gap_mu)
    return {
        "project": Link(short_name(each.project_name), view.project(each.project_id)),
        "body": t(f"short.{each.body}"),
        "kind": kind_text(each),
        **{name: _bar(getattr(each, f"{name}_mu"), scale, "quiet" if name == "wanted" else "middle") for name in SHOWN},
        "gap": Graded(f"▲ {gap}", "behind") if gap and each.gap_mu > 0 else gap,
        "source": land_source(each),
    }


def kind_text(each: Any) -> str:
    """Whether it is a project of industry or of infrastructure; a dash where no return lists it."""
    is_work = each.kind == INFRASTRUCTURE
    return DASH if is_missing(each.kind) else t(f"permits.kind_{'infrastructure' if is_work else 'projects'}")


def _bar(area: Any, scale: float, tone: str) -> Bar | str:
    return "" if is_missing(area) else Bar(float(area) / scale, _area(area), tone)


def land_source(each: Any) -> str:
    """Where the areas were told, and that the area wanted is the return's."""
    by_return = t("land.wanted_by_return") if each.wanted_by == RETURN else ""
    if is_missing(each.source):
        return by_return
    if each.source == HAND:
        who = t("permits.office_name") if each.recorded_by == "office" else each.recorded_by
        told = t("permits.by_hand", who=who, day=plain_day(each.recorded_at))
    else:
        told = f"{each.file_name} {cell_place(each.sheet, each.cell)}"
    return t("word.comma").join(filter(None, [told, by_return]))


def _area(area: Any) -> str:
    """Whole numbers without a decimal, others with one."""
    return DASH if is_missing(area) else number(area, 0 if float(area).is_integer() else 1)


def _mu(area: Any) -> str:
    return DASH if is_missing(area) else t("land.mu", area=_area(area))
