"""The page of promises: what fell due and was kept, what moved again, how late by the first promise and by the latest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from domain.delay_bands import FIRST, LATEST, PROMISES, ZONE_BANDS, banded_delays, moved_away, undated
from domain.indicators import MILESTONES
from domain.periods import Period
from domain.promise_chains import most_moved, slips_of, steps_of
from domain.promises import promises_due
from domain.silence import silent_projects
from domain.wording import short_name
from ui import reads
from ui.chart_parts import ready
from ui.chart_promises import Promise
from ui.chart_stairs import Stairs, stairs_grid
from ui.filters import select_one
from ui.formats import count, day_text, month_label, number, signed_days
from ui.html import heading, sentence
from ui.html_tables import Bar, Column, Graded, Row, plain_table
from ui.kept_months import kept_charts
from ui.links import Link, receipt_link
from ui.locale import t
from ui.project_values import as_date
from ui.sentences import Part, filled
from ui.silence import silence_panel
from ui.view import View

MOST_STAIRS = 3
MOST_SLIPS = 60
STAIRS_PIXELS, ALONE_PIXELS = 236, 316
MOST = "most"  # of the stairs: those that moved most, not one chosen
TONES = {FIRST: "ink", LATEST: "quiet"}


@dataclass(frozen=True, slots=True)
class PromiseParts:
    """All that the page shows but the stairs: HTML."""

    sentence: str
    kept: str
    bands: str
    slips: str
    silence: str


def promise_parts(view: View) -> PromiseParts:
    """Make the page's parts."""
    slips = slips_of(view.of_body(reads.moves(view.scope, view.record)), view.period)
    slipped = heading(t("promises.slips", count=count(slips["project_id"].nunique())), t("promises.slips_remark"))
    slipped_table = plain_table(
        slip_columns(), slip_rows(view, slips.head(MOST_SLIPS)), is_compact=True, empty=t("promises.no_slips")
    )
    return PromiseParts(
        sentence=sentence(promise_summary(view, slips)),
        kept=heading(t("promises.kept"), t("promises.kept_remark")) + kept_charts(view),
        bands=heading(t("promises.bands"), t("promises.bands_remark"))
        + plain_table(band_columns(), band_rows(view), is_compact=True),
        slips=f'{slipped}<div class="hx-scroll">{slipped_table}</div>',
        silence=silence_panel(view),
    )


def promise_summary(view: View, slips: pd.DataFrame) -> list[Part]:
    """What fell due and was kept this year, what moved again, what moving hides, and who has fallen silent."""
    due = promises_due(view.states, view.period)
    parts: list[Part] = []
    for milestone in MILESTONES:
        owed = due[due["milestone"] == milestone]
        kept = owed[owed["is_kept"]]
        parts += filled(f"promises.summary_{milestone}", due=_listed(view, owed), kept=_listed(view, kept))
    parts += _slips_summary(view, slips)
    banded = banded_delays(view.delays, view.period)
    parts += filled(
        "promises.summary_late",
        **{promise: _listed(view, banded[banded["promise"] == promise], is_late=True) for promise in PROMISES},
    )
    months = view.of_body(reads.silence(view.scope, view.record))
    silent = silent_projects(months, view.period).index.to_frame(name="project_id")
    return parts + filled("promises.summary_silent", silent=_listed(view, silent))


def _slips_summary(view: View, slips: pd.DataFrame) -> list[Part]:
    month = month_label(view.period.month)
    if slips.empty:
        return filled("promises.summary_no_slips", month=month)
    unsaid = slips[~slips["is_said"]]
    return filled("promises.summary_slips", month=month, slipped=_listed(view, slips), unsaid=_listed(view, unsaid))


def _listed(view: View, rows: pd.DataFrame, *, is_late: bool = False) -> Part:
    """How many projects, linked to their list."""
    ids = rows["project_id"].unique()
    return view.linked_projects(count(len(ids)), ids, is_late=is_late)


def slip_columns() -> list[Column]:
    """Columns of the dates that moved on since the month before."""
    return [
        Column("project", t("word.project"), "name"),
        Column("district", t("word.district"), "short"),
        Column("milestone", t("column.node"), "short"),
        Column("first", t("promises.first"), "short"),
        Column("before", t("promises.before"), "short"),
        Column("now", t("promises.now"), "short"),
        Column("days", t("promises.later_by"), "number"),
        Column("said", t("promises.said"), "short"),
        Column("source", t("word.source"), "short"),
    ]


def slip_rows(view: View, slips: pd.DataFrame) -> list[Row]:
    """One row a date that moved to a later month, the furthest first."""
    return [_slip_row(view, row) for row in slips.itertuples()]


def _slip_row(view: View, row: Any) -> Row:
    times = t("promises.times", milestone=t(f"milestone.{row.milestone}"), times=row.times)
    return {
        "project": Link(view.names[row.project_id], view.project(row.project_id)),
        "district": t(f"short.{row.body}"),
        "milestone": times if row.times > 1 else t(f"milestone.{row.milestone}"),
        "first": day_text(as_date(row.first_date), row.first_precision),
        "before": day_text(as_date(row.date_before), row.precision_before),
        "now": day_text(as_date(row.planned_date), row.planned_precision),
        "days": signed_days(row.days),
        "said": t("promises.is_said") if row.is_said else Graded(t("promises.is_unsaid"), "slightly"),
        "source": receipt_link(row.receipt_number),
    }


def band_columns() -> list[Column]:
    """Columns of the delays in bands."""
    return [
        Column("band", t("promises.band"), "name", width="150px"),
        Column(FIRST, t("promises.by_first"), "bar"),
        Column(LATEST, t("promises.by_latest"), "bar"),
    ]


def band_rows(view: View) -> list[Row]:
    """Late projects in bands by either promise; all, their average; what the latest plan hides; and those without a date."""
    banded = banded_delays(view.delays, view.period)
    most = max(banded.groupby(["promise", "band"]).size().max() if len(banded) else 1, 1)
    rows = [
        {"band": t(f"promises.band_{band.code}")}
        | {promise: _band_bar(view, banded, promise, band.code, most) for promise in PROMISES}
        for band in ZONE_BANDS
    ]
    by_promise = {promise: banded[banded["promise"] == promise] for promise in PROMISES}
    total = {promise: Bar(None, _listed(view, found)) for promise, found in by_promise.items()}
    average = {promise: Bar(None, number(found["days"].mean())) for promise, found in by_promise.items()}
    hidden, without = view.delays[moved_away(view.delays)], undated(view.states, view.period)
    return [
        *rows,
        {"band": t("promises.band_all"), **total},
        {"band": t("promises.band_average"), **average},
        {"band": t("promises.band_hidden"), FIRST: Bar(None, _listed(view, hidden))},
        {"band": t("promises.band_undated"), FIRST: Bar(None, _listed(view, without))},
    ]


def _band_bar(view: View, banded: pd.DataFrame, promise: str, band: str, most: int) -> Bar:
    found = banded[(banded["promise"] == promise) & (banded["band"] == band)]
    return Bar(len(found) / most, _listed(view, found), TONES[promise])


def ask_stairs(view: View) -> str:
    """Draw the choice of a project whose promises moved, and return it."""
    moved = most_moved(view.of_body(reads.moves(view.scope, view.record)))
    options = [MOST, *dict.fromkeys(moved["project_id"])]
    if len(options) == 1:
        return MOST
    return select_one(
        "stairs",
        t("promises.choose"),
        options,
        MOST,
        lambda code: t("promises.most_moved") if code == MOST else view.names[code],
    )


def moved_stairs(view: View, chosen: str) -> go.Figure | None:
    """The chains of the chosen project, or of those that moved most; None where nothing moved."""
    chains = reads.chains(view.scope, view.record)
    moved = most_moved(view.of_body(reads.moves(view.scope, view.record)))
    moved = moved.head(MOST_STAIRS) if chosen == MOST else moved[moved["project_id"] == chosen]
    drawn = [
        Stairs(
            t(
                "promises.stairs_of",
                name=short_name(view.names[row.project_id]),
                milestone=t(f"milestone.{row.milestone}"),
            ),
            tuple(_steps(steps_of(chains, row.project_id, row.milestone), view.period)),
        )
        for row in moved.itertuples()
    ]
    # Where nothing moved in the month no table stands above, and the stairs take its room.
    has_slips = not slips_of(view.of_body(reads.moves(view.scope, view.record)), view.period).empty
    return ready(stairs_grid(drawn, height=STAIRS_PIXELS if has_slips else ALONE_PIXELS)) if drawn else None


def _steps(chain: pd.DataFrame, period: Period) -> list[Promise]:
    """Each change of a chain in its month, and the latest plan as it stands in the period."""
    steps = [(Period.parse(row.period), as_date(row.planned_date), row.planned_precision) for row in chain.itertuples()]
    return [*steps, (period, *steps[-1][1:])] if steps and steps[-1][0] < period else steps
