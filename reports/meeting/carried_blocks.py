"""The blocks of a page as HTML and SVG for the page to carry along; every text goes through html.escape."""

from __future__ import annotations

from html import escape

from domain.grades import UNKNOWN
from domain.meeting import (
    MARK,
    NAME,
    NUMBER,
    TEXT,
    Block,
    Bullet,
    BulletGroup,
    Entry,
    Figure,
    Heading,
    LineTable,
    MonthCourse,
    SegmentBar,
)
from domain.number_texts import number
from reports.meeting.grade_words import grade_words
from reports.meeting.words import say

CLASSES = {MARK: "mark", NAME: "name", TEXT: "text", NUMBER: "number"}
WIDE, HIGH = 1000, 300  # the inner units of a bar and of a course


def block_html(block: Block, language: str) -> str:
    """A block as HTML."""
    if isinstance(block, LineTable):
        return table_html(block, language)
    if isinstance(block, SegmentBar):
        return segments_html(block)
    kinds = {Figure: _figures, BulletGroup: _groups, MonthCourse: _courses}
    return kinds[type(block[0])](block, language) if block else ""


def _figures(figures: tuple[Figure, ...], _: str) -> str:
    cells = (
        f'<div><dt>{escape(each.label)}</dt><dd><b class="{each.grade or "plain"}">{escape(each.text)}</b>'
        f"{escape(each.unit)}</dd></div>"
        for each in figures
    )
    return f'<dl class="figures">{"".join(cells)}</dl>'


def table_html(table: LineTable, language: str) -> str:
    """A table with its heads, and how many lines stand elsewhere; its own words where it is empty."""
    if not table.lines:
        return f'<p class="empty">{escape(table.empty)}</p>'
    heads = "".join(f'<th class="{_class(head)}">{escape(head.text)}</th>' for head in table.headings)
    rows = "".join(
        f"<tr>{''.join(_cell(head, entry, language) for head, entry in zip(table.headings, line.entries, strict=True))}</tr>"
        for line in table.lines
    )
    rest = (
        f'<p class="rest">{escape(say(language, "carried.rest", count=number(table.rest)))}</p>' if table.rest else ""
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{rest}"


def _class(head: Heading) -> str:
    return CLASSES.get(head.kind, "short")


def _cell(head: Heading, entry: Entry, language: str) -> str:
    text = grade_words(entry.grade, language) if head.kind == MARK else entry.text
    return f'<td class="{_class(head)} {entry.grade or ""}">{escape(text)}</td>'


def segments_html(bar: SegmentBar) -> str:
    """A stacked bar, its parts named below it."""
    if not bar.segments:
        return ""
    parts = "".join(f'<i class="part-{each.tone}" style="flex:{each.value:g}"></i>' for each in bar.segments)
    names = "".join(
        f'<span><i class="part-{each.tone}"></i>{escape(each.label)} {number(each.value)}</span>'
        for each in bar.segments
    )
    return f'<div class="bar"><p class="label">{escape(bar.label)}</p><div>{parts}</div>{names}</div>'


def _groups(groups: tuple[BulletGroup, ...], language: str) -> str:
    tall = " tall" if len(groups) > 1 else ""
    columns = (
        f"<div>{f'<h2>{escape(group.head)}</h2>' if tall else ''}"
        f"{''.join(bullet_html(each, language) for each in group.bullets)}</div>"
        for group in groups
    )
    return f'<div class="groups{tall}">{"".join(columns)}</div>'


def bullet_html(bullet: Bullet, language: str) -> str:
    """A figure against its target: what is done, the share of the time, and the gap in words and colour."""
    done = number(bullet.done, bullet.decimals)
    of = say(language, "carried.no_target")
    if bullet.target is not None:
        of = f"/ {number(bullet.target, bullet.decimals if bullet.target % 1 else 0)} {bullet.unit}"
    before = ""
    if bullet.last_year is not None:
        before = say(language, "carried.last_year", value=number(bullet.last_year, bullet.decimals))
    return (
        f'<div class="bullet"><p><span>{escape(bullet.label)}</span><span>{done} <small>{escape(of)}</small></span>'
        f'<span class="{bullet.grade}">{escape(gap_text(bullet, language))}</span></p>{_bar(bullet)}<small>{escape(before)}</small></div>'
    )


def gap_text(bullet: Bullet, language: str) -> str:
    """The grade's sign and word with the gap; empty without a target."""
    if bullet.target is None:
        return ""
    if bullet.gap_points is None or bullet.grade == UNKNOWN:
        return grade_words(UNKNOWN, language)
    return f"{grade_words(bullet.grade, language)} {say(language, 'word.points', value=number(bullet.gap_points, 1, is_signed=True))}"


def _bar(bullet: Bullet) -> str:
    """Done of the target, to its end at most, with a line where the time stands."""
    share = min(max((bullet.done or 0.0) / bullet.target, 0.0), 1.0) if bullet.target else 0.0
    mark = (
        f'<rect x="{bullet.time_share * WIDE - 3:.0f}" width="6" height="20" fill="#eaf1f8"/>' if bullet.target else ""
    )
    return (
        f'<svg viewBox="0 0 {WIDE} 20" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{WIDE}" height="20" fill="#1b365a"/>'
        f'<rect class="{bullet.grade}" y="4" width="{share * WIDE:.0f}" height="12"/>{mark}</svg>'
    )


def _courses(courses: tuple[MonthCourse, ...], _: str) -> str:
    return f'<div class="courses">{"".join(course_html(each) for each in courses)}</div>'


def course_html(course: MonthCourse) -> str:
    """The year's course as a line against the straight line to the target; a month that is missing breaks it."""
    most = max([value for _, value in course.points if value is not None] + [course.target or 0.0]) or 1.0
    runs: list[list[str]] = [[]]
    for month, value in course.points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{month / 12 * WIDE:.0f},{HIGH - value / most * HIGH:.0f}")
    line = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="#4fc3f7" stroke-width="10"/>' for run in runs if run
    )
    end = HIGH - (course.target or 0.0) / most * HIGH
    straight = f'<line x1="0" y1="{HIGH}" x2="{WIDE}" y2="{end:.0f}" stroke="#9db2c4" stroke-width="4" stroke-dasharray="16 12"/>'
    newest = next((value for _, value in reversed(course.points) if value is not None), None)
    return (
        f'<div><p class="label">{escape(course.label)} {number(newest, course.decimals)}</p>'
        f'<svg viewBox="0 -10 {WIDE} {HIGH + 20}" preserveAspectRatio="none" aria-hidden="true">'
        f"{straight if course.target else ''}{line}</svg></div>"
    )
