"""Cards of the headline figures: value, target, progress against time, grade, and both districts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from ui.formats import DASH, is_missing, percent, points
from ui.html import bar, graded_text
from ui.links import Link, linked
from ui.locale import t
from ui.theme import grade_of


@dataclass(frozen=True, slots=True)
class DistrictShare:
    """A district's share (0 to 1) of its own target; None where it has no target or has not sent."""

    label: str
    share: float | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure. ``value`` and ``target`` are formatted; shares are 0 to 1, ``gap_points`` percentage points.

    ``checks`` say how many of the value are verified and how many are not, each with its projects.
    ``value`` None: nothing reported. ``target`` None: no target, so neither bar nor grade. ``grade`` None: the rule set
    does not colour so early in the year.
    """

    label: str
    value: str | None
    unit: str
    href: str | None = None
    target: str | None = None
    share: float | None = None
    time_share: float | None = None
    grade: str | None = None
    gap_points: float | None = None
    districts: tuple[DistrictShare, ...] = ()
    checks: tuple[str | Link, ...] = ()
    # What the figure is made of, each named and counted.
    parts: tuple[Link, ...] = ()


def figure_cards(figures: Iterable[Figure]) -> str:
    """All cards of a row in one piece: equal widths and heights, whatever stands in them."""
    return f'<div class="hx-cards">{"".join(figure_card(figure) for figure in figures)}</div>'


def figure_card(figure: Figure) -> str:
    """One card as HTML."""
    districts = "".join(_district_row(district) for district in figure.districts)
    return (
        f'<section class="hx-card">{_parts(figure)}<h3>{escape(figure.label)}</h3>'
        f'<p class="hx-value">{_value(figure)}<span>{escape(_target_text(figure))}</span>{_checks(figure)}</p>'
        f"{bar(figure.share, _tone(figure), figure.time_share if figure.target else None, 'hx-bullet')}"
        f'<p class="hx-grade">{_grade_text(figure)}</p><div class="hx-districts">{districts}</div></section>'
    )


def _value(figure: Figure) -> str:
    text = figure.value or DASH
    return linked(Link(text, figure.href) if figure.href else text, "hx-big")


def _parts(figure: Figure) -> str:
    """The parts at the right of the label, small and quiet."""
    parts = "".join(f"<i>{linked(part)}</i>" for part in figure.parts)
    return f'<p class="hx-parts">{parts}</p>' if parts else ""


def _checks(figure: Figure) -> str:
    """The verified number, small and quiet beside the reported one."""
    lines = "".join(f"<i>{linked(line)}</i>" for line in figure.checks)
    return f'<i class="hx-checks">{lines}</i>' if lines else ""


def _target_text(figure: Figure) -> str:
    return f"/ {figure.target} {figure.unit}" if figure.target else figure.unit


def _tone(figure: Figure) -> str:
    return grade_of(figure.grade).code


def _grade_text(figure: Figure) -> str:
    if figure.value is None:
        return graded_text("unknown", t("grade.unknown"))
    if figure.target is None:
        return graded_text("unknown", t("grade.no_target"))
    if figure.grade is None:
        return graded_text("unknown", t("grade.too_early"))
    gap = "" if is_missing(figure.gap_points) else f" {points(figure.gap_points)}"
    return graded_text(figure.grade, t(grade_of(figure.grade).word_key) + gap)


def _district_row(district: DistrictShare) -> str:
    label = linked(Link(district.label, district.href) if district.href else district.label)
    return f"<span>{label}</span>{bar(district.share, 'quiet')}<b>{percent(district.share, 0)}</b>"
