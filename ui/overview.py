"""What the overview shows, made ready for its cards, charts and tables."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from domain.bodies import DISTRICTS
from domain.delay import PROGRESS, worst_days
from domain.indicators import COUNT, HEADLINES, WAN_PER_YI
from domain.progress import PACED, Progress, districts_of
from domain.promises import grade_kept, kept_rate, promises_due
from domain.reasons import LEVELS, issues_by_level
from ui import reads
from ui.cards import DistrictShare, Figure, figure_cards
from ui.chart_courses import Course, course_grid
from ui.chart_parts import ready
from ui.evidence import both_numbers
from ui.formats import DASH, count, points, yi
from ui.html import StatBar, change_list, heading, sentence, stat_bars
from ui.html_tables import Column, Row, plain_table
from ui.links import Link
from ui.locale import language, t
from ui.names import indicator_name, reason_name
from ui.sentences import changes, headline
from ui.theme import grade_of
from ui.view import View

COURSE_PIXELS = 316
MOST_DELAYED = 10

Figures = dict[tuple[str, str], Progress]


@dataclass(frozen=True, slots=True)
class OverviewParts:
    """All that the overview shows: HTML, and the figure of the courses."""

    head: str
    course: go.Figure
    changes: str
    delays: str
    promises: str
    levels: str


def overview_parts(view: View) -> OverviewParts:
    """Make the overview's parts."""
    progress = reads.progress(view.scope, view.record)
    delays = heading(t("overview.delays"), t("overview.delays_remark", count=len(view.delays)))
    promises = heading(t("overview.promises"), t("overview.promises_remark"))
    levels = heading(t("overview.levels"), t("overview.levels_remark"))
    return OverviewParts(
        head=sentence(headline(view, progress)) + figure_cards(figures(view, progress)),
        course=ready(course_grid(courses(view, progress), height=COURSE_PIXELS)),
        changes=heading(t("overview.changes")) + change_list(changes(view, progress)),
        delays=delays + plain_table(delay_columns(), delay_rows(view), is_compact=True, empty=t("empty.delays")),
        promises=promises + stat_bars(kept_promises(view)),
        levels=levels + stat_bars(level_bars(view)),
    )


# What a headline figure is made of (facts.md: 69 signed = 29 traditional + 40 emerging; of the large ones one is of 10 bn).
PARTS = {"signed_count": ("signed_traditional_count", "signed_emerging_count"), "signed_1bn_count": ("signed_10bn_count",)}


def figures(view: View, progress: Figures) -> list[Figure]:
    """The headline cards."""
    return [_figure(view, progress, code) for code in HEADLINES]


def _figure(view: View, progress: Figures, code: str) -> Figure:
    figure = progress[code, view.body]
    return Figure(
        label=indicator_name(code),
        value=None if figure.done is None else _amount(figure, figure.done),
        unit=t("unit.count") if figure.indicator.unit == COUNT else t("unit.yi"),
        href=view.href("projects", figure=code),
        target=None if figure.target is None else _amount(figure, figure.target),
        share=figure.share,
        time_share=figure.time_share,
        grade=figure.grade,
        gap_points=figure.gap_points,
        checks=both_numbers(view, code, figure.done),
        parts=tuple(_part(view, progress, part) for part in PARTS.get(code, ())),
        districts=tuple(_district(view, progress, code, body) for body in districts_of(view.body)),
    )


def _part(view: View, progress: Figures, code: str) -> Link:
    done = progress[code, view.body].done
    text = t(f"overview.{code}", count=DASH if done is None else count(done))
    return Link(text, view.href("projects", figure=code))


def _amount(figure: Progress, value: float) -> str:
    return count(value) if figure.indicator.unit == COUNT else yi(value)


def _district(view: View, progress: Figures, code: str, body: str) -> DistrictShare:
    name = next(each for each in DISTRICTS if each.code == body)
    label = name.short_name if language() == "zh" else name.english
    return DistrictShare(label, progress[code, body].share, view.href("projects", figure=code, body=body))


def courses(view: View, progress: Figures) -> list[Course]:
    """The year's course of the charted indicators; money in the unit of the screen."""
    found = reads.courses(view.scope, view.record, view.body)
    return [_course(code, found[code], progress[code, view.body]) for code in PACED]


def _course(code: str, months: list[tuple[int, float | None]], figure: Progress) -> Course:
    if figure.indicator.unit == COUNT:
        return Course(indicator_name(code), tuple(months), figure.target)
    scale = WAN_PER_YI if language() == "zh" else WAN_PER_YI * 10
    shown = tuple((month, None if value is None else value / scale) for month, value in months)
    return Course(indicator_name(code), shown, figure.target and figure.target / scale, t("unit.yi"), 1)


def delay_columns() -> list[Column]:
    """Columns of the table of the most delayed projects."""
    return [
        Column("grade", "", "mark"),
        Column("project", t("word.project"), "name"),
        Column("district", t("word.district"), "short"),
        Column("milestone", t("column.node"), "short"),
        Column("days", t("column.delay_days"), "days"),
        Column("promise", t("column.promise"), "short"),
        Column("reason", t("column.reason"), "tag"),
        Column("level", t("column.level"), "short"),
    ]


def delay_rows(view: View) -> list[Row]:
    """The most delayed projects, those late with a milestone first."""
    late = view.delays.head(MOST_DELAYED).assign(days_late=worst_days)
    return [_delay_row(view, row) for row in late.itertuples()]


def _delay_row(view: View, row) -> Row:
    level = row.escalation_level
    return {
        "grade": row.grade,
        "project": Link(row.project_name, view.project(row.project_id)),
        "district": t(f"short.{row.body}"),
        "milestone": t(f"milestone.{row.milestone}"),
        "days": points(row.gap_points) if row.milestone == PROGRESS else _days(row),
        "promise": promise_text(row),
        "reason": reason_name(row.reason) if row.reason else "",
        "level": t(f"level.{level}") if isinstance(level, str) else "",
    }


def _days(row) -> float | str:
    """Days late; a promise for this very month has no days yet."""
    return row.days_late if row.days_late > 0 else t("delay.due_now")


def promise_text(row) -> str:
    """How often the promise moved: 首次, 第 2 次改期."""
    times = int(row.promise_changes)
    return t("promise.moved", times=times) if times else t("promise.first")


def kept_promises(view: View) -> list[StatBar]:
    """For each district: first promises due this year so far, and how many of them were kept."""
    due = promises_due(view.states, view.period)
    return [_kept(view, due[due["body"] == body], body) for body in districts_of(view.body)]


def _kept(view: View, due, body: str) -> StatBar:
    kept = int(due["is_kept"].sum())
    share = kept_rate(due)
    tone = grade_kept(share)
    late = list(due.loc[~due["is_kept"], "project_id"].unique())
    href = view.href("projects", only=late, body=body) if late else None
    return StatBar(
        t(f"short.{body}"), share, f"{grade_of(tone).mark} {kept} / {len(due)}" if len(due) else DASH, tone, href
    )


def level_bars(view: View) -> list[StatBar]:
    """Issues named in this month's returns by the level that must solve them."""
    named = issues_by_level(view.states)
    counts = {level: len(named[level]) for level in LEVELS}
    most = max(counts.values(), default=0) or 1
    tones = dict.fromkeys(LEVELS, "quiet") | {"city": "middle", "province": "ink"}
    return [
        StatBar(t(f"level.{level}"), n / most, t("overview.issues", count=n), tones[level],
                view.href("projects", level=level) if n else None)
        for level, n in counts.items()
    ]  # fmt: skip
