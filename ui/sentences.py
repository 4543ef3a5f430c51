"""Generated sentences of the overview: parts of text and links, for ``ui.html.sentence`` and ``change_list``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from domain.delay import PROGRESS, not_reported
from domain.grades import ON_TRACK
from domain.indicators import INDICATORS
from domain.progress import PACED, Progress, furthest_behind
from domain.reasons import HIGHER_LEVELS, NEW_AREA, issues_by_level
from domain.submissions import INFRASTRUCTURE
from domain.wording import short_name
from domain.works import steps_since
from ui import reads
from ui.evidence import verified_of
from ui.formats import count, day_text, money, month_label, number, percent, yi
from ui.html import Change
from ui.links import Link, Quiet
from ui.locale import t
from ui.names import indicator_name
from ui.view import View

MOST_NAMES = 3
MOST_DETAILED = 2  # of names with figures behind them
EVENTS = ("signed", "started", "completed")

VERIFIED_EVENTS = ("started", "completed")

Part = str | Link | Quiet


def filled(key: str, **links: Part) -> list[Part]:
    """A text of texts.csv with links in its {places}."""
    text = t(key, **{name: f"\0{name}\0" for name in links})
    return [links.get(part, part) for part in text.split("\0") if part]


def headline(view: View, progress: dict[tuple[str, str], Progress]) -> list[Part]:
    """The finding of the month in one sentence: what happened, what is furthest behind, what is due, who must act."""
    events = {event: _month_figure(view, event) for event in EVENTS}
    month = month_label(view.period.month)
    verified = {f"{event}_verified": _verified(view, event) for event in VERIFIED_EVENTS}
    parts = filled("sentence.events", month=month, **events, **verified)
    parts += _pace(view, [progress[code, view.body] for code in PACED])
    parts += _due(view) + _levels(view)
    return parts


def _month_figure(view: View, event: str) -> Link:
    code = f"{event}_month_count"
    return Link(count(INDICATORS[code].value(view.states, view.period)), view.href("projects", figure=code))


def _verified(view: View, event: str) -> Quiet:
    """How many of the month's starts or completions are verified."""
    return Quiet(t("evidence.quiet", count=count(verified_of(view, f"{event}_month_count"))))


def _pace(view: View, figures: list[Progress]) -> list[Part]:
    """What is furthest behind the straight line, or that all is on track."""
    worst = furthest_behind(figures)
    if worst is None:
        return []
    if worst.grade == ON_TRACK or (worst.gap_points or 0) >= 0:
        return filled("sentence.on_track")
    gap = Link(number(abs(worst.gap_points or 0), 1), view.href("projects", figure=worst.indicator.code), is_late=True)
    return filled("sentence.worst", name=indicator_name(worst.indicator.code), gap=gap)


def _due(view: View) -> list[Part]:
    """How many are overdue by first promise, and how many moved their date again this month."""
    late = view.delays[view.delays["milestone"] != PROGRESS]
    overdue = Link(count(len(late)), view.href("delayed", kind="overdue"), is_late=bool(len(late)))
    moved = slipped_of(view)
    ids = list(moved["project_id"].unique())
    again = Link(count(len(ids)), view.href("projects", only=ids)) if ids else count(0)
    return filled("sentence.due", overdue=overdue, moved=again)


def _levels(view: View) -> list[Part]:
    named = issues_by_level(view.states)
    higher, own = sum(len(named[level]) for level in HIGHER_LEVELS), len(named[NEW_AREA])
    return filled(
        "sentence.levels",
        higher=Link(count(higher), view.href("projects", level=list(HIGHER_LEVELS))) if higher else "0",
        own=Link(count(own), view.href("projects", level=NEW_AREA)) if own else "0",
    )


def slipped_of(view: View) -> pd.DataFrame:
    """The body's promises that moved to a later month since the period before."""
    moved = reads.slipped(view.scope, view.record)
    return moved[moved["project_id"].isin(view.states["project_id"])]


def changes(view: View, progress: dict[tuple[str, str], Progress]) -> list[Change]:
    """What changed since the month before: one generated sentence for each line of work."""
    return [
        *(_events(view, event) for event in EVENTS),
        _investment(view, progress),
        _infrastructure(view),
        _moved(view),
        _doubtful(view),
    ]


def _events(view: View, event: str) -> Change:
    label = indicator_name(f"{event}_count")
    happened = INDICATORS[f"{event}_month_count"].members(view.states, view.period)
    if happened.empty:
        return Change(label, 0, (t("change.none"),))
    largest = happened.sort_values("total_investment_wan", ascending=False)
    total = money(happened["total_investment_wan"].sum())
    verified = verified_of(view, f"{event}_month_count")
    checked = () if verified is None else (t("evidence.change", count=verified),)
    return Change(label, len(happened), (*checked, t("change.total", total=total), *_names(view, largest)))


def _investment(view: View, progress: dict[tuple[str, str], Progress]) -> Change:
    """What the month added to the year's investment: this total less the month before's, of the same year."""
    indicator = INDICATORS["investment_ytd_wan"]
    now = progress[indicator.code, view.body]
    before = 0.0
    if view.period.month > 1:
        earlier = reads.states_before(view.scope, view.record)
        before = indicator.value(earlier, view.period.previous(), view.body) if len(earlier) else 0.0
    if now.done is None:
        return Change(t("change.investment"), None, (t("change.none"),))
    parts = [t("change.investment_text", added=money(now.done - before), total=money(now.done))]
    if now.share is not None:
        parts.append(t("change.investment_share", share=percent(now.share), time=percent(now.time_share)))
    return Change(t("change.investment"), None, tuple(parts), text=yi(now.done - before))


def _infrastructure(view: View) -> Change:
    """Works whose share of work done grew since the month before, the largest step first."""
    works = view.states[view.states["kind"] == INFRASTRUCTURE]
    before = reads.states_before(view.scope, view.record)
    if before.empty:
        return Change(t("change.infrastructure"), 0, (t("change.none"),))
    steps = works.assign(step=steps_since(works, before))
    grown = steps[steps["step"] > 0].sort_values("step", ascending=False)
    if grown.empty:
        return Change(t("change.infrastructure"), 0, (t("change.none"),))
    parts = _names(view, grown, MOST_DETAILED, lambda row: f" {percent(row.progress_rate, 0)}")
    return Change(t("change.infrastructure"), len(grown), tuple(parts))


def _moved(view: View) -> Change:
    moved = slipped_of(view)
    parts = _names(view, moved, MOST_DETAILED, _move)
    return Change(t("change.moved"), moved["project_id"].nunique(), tuple(parts) or (t("change.none"),))


def _move(row: Any) -> str:
    """Which milestone moved, from which month to which."""
    before, now = day_text(row.date_before, "month"), day_text(row.date_now, "month")
    return f" {t(f'milestone.{row.milestone}')} {before} → {now}"


def _doubtful(view: View) -> Change:
    """Projects that ran backwards or that their return leaves out."""
    back = view.of_body(reads.fallen_back(view.scope, view.record))
    silent = view.states[not_reported(view.states)]
    parts = [*_names(view, back), *([t("change.back")] if len(back) else [])]
    parts += [*_names(view, silent), *([t("change.silent")] if len(silent) else [])]
    return Change(t("change.doubtful"), len(back) + len(silent), tuple(parts) or (t("change.none"),))


def _names(
    view: View, projects: pd.DataFrame, most: int = MOST_NAMES, detail: Callable[[Any], str] | None = None
) -> list[Part]:
    """The first names as links, each with its detail behind it, and that there are more."""
    parts: list[Part] = []
    for row in projects.head(most).itertuples():
        parts += [t("word.comma")] if parts else []
        parts.append(Link(short_name(row.project_name), view.project(row.project_id)))
        parts += [detail(row)] if detail else []
    return [*parts, t("word.and_more")] if len(projects) > most else parts
