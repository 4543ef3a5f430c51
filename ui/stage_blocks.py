"""The blocks of a meeting's page as escaped HTML, for the screen that is read from six metres; classes are in stage.css."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from domain.grades import UNKNOWN
from domain.meeting import (
    MARK,
    MOST_ROWS,
    NAME,
    SHORT,
    TEXT,
    Block,
    Bullet,
    BulletGroup,
    Entry,
    Figure,
    Heading,
    Line,
    LineTable,
    MonthCourse,
    SegmentBar,
)
from domain.text_widths import SCREEN_LATIN_EM, em_width
from ui.formats import DASH, number
from ui.html import width
from ui.links import anchor
from ui.locale import t
from ui.theme import grade_of
from ui.view import View

# A bar reaches a little beyond its target, so that what is ahead of it can be seen.
BAR_REACH = 1.1
# A name, or whoever leads, that is wider than this (in Chinese characters) is set smaller, in two lines; the card tells
# all of it.
LONGEST = {NAME: 14, SHORT: 8}
# Heights in stage.css at factor 1: all between the upper margin and the foot; a block above a table with its gap; the
# head of a table, its lines, and the line that says how many more there are.
BODY_PIXELS, TITLE_PIXELS, BLOCK_PIXELS, HEAD_PIXELS, ROW_PIXELS, REST_PIXELS = 912, 146, 196, 50, 78, 50


def is_courses(block: Block) -> bool:
    """True for the block that plotly draws."""
    return isinstance(block, tuple) and bool(block) and isinstance(block[0], MonthCourse)


def block_html(block: Block, view: View, chosen: int = -1) -> str:
    """A block that is no chart; ``chosen`` is the line of a table that the keys point to."""
    if isinstance(block, LineTable):
        return table_html(block, chosen)
    if isinstance(block, SegmentBar):
        return segments_html(block)
    figures = [each for each in block if isinstance(each, Figure)]
    groups = [each for each in block if isinstance(each, BulletGroup)]
    if len(groups) == 1:
        groups = [replace(groups[0], head="")]  # it is the zone's, like the whole page
    return (figures_html(figures, view) if figures else "") + "".join(bullets_html(group) for group in groups)


def figures_html(figures: Sequence[Figure], view: View) -> str:
    """The large figures side by side, each opening its projects."""
    return f'<div class="hs-figures">{"".join(_figure(each, view) for each in figures)}</div>'


def _figure(figure: Figure, view: View) -> str:
    grade = f"hx-{grade_of(figure.grade).code}" if figure.grade else ""
    href = view.projects(figure.project_ids)
    text = anchor(figure.text, href, "") if href else escape(figure.text)
    return (
        f'<div><span>{escape(figure.label)}</span><p><b class="{grade}">{text}</b>'
        f"<i>{escape(figure.unit)}</i></p></div>"
    )


def bullets_html(group: BulletGroup) -> str:
    """Bars against their targets under one head."""
    head = f"<h3>{escape(group.head)}</h3>" if group.head else ""
    return f'<section class="hs-bullets">{head}{"".join(_bullet(each) for each in group.bullets)}</section>'


def _bullet(bullet: Bullet) -> str:
    """One bar: its length is the share done, the upright stroke the share due by now, its end the target."""
    done = DASH if bullet.done is None else number(bullet.done, bullet.decimals)
    target = "" if bullet.target is None else f" / {number(bullet.target, bullet.decimals)}"
    before = "" if bullet.last_year is None else t("stage.last_year", value=number(bullet.last_year, bullet.decimals))
    return (
        f'<div class="hs-bullet"><span>{escape(bullet.label)}</span>{_bar(bullet)}'
        f"<p><b>{done}</b>{target} <i>{escape(bullet.unit)}</i></p>{_gap(bullet)}<em>{escape(before)}</em></div>"
    )


def _bar(bullet: Bullet) -> str:
    if bullet.target is None:
        return f'<div class="hs-bar hs-untargeted">{escape(t("stage.no_target"))}</div>'
    share = None if bullet.done is None or not bullet.target else bullet.done / bullet.target
    fill = "" if share is None else _strip(f"hs-fill hx-tone-{grade_of(bullet.grade).code}", share)
    end = f'<i class="hs-target" style="left:{width(1 / BAR_REACH)}"></i>'
    time = f'<i class="hs-time" style="left:{width(bullet.time_share / BAR_REACH)}"></i>'
    return f'<div class="hs-bar">{fill}{end}{time}</div>'


def _strip(css_class: str, share: float) -> str:
    return f'<i class="{css_class}" style="width:{width(share / BAR_REACH)}"></i>'


def _gap(bullet: Bullet) -> str:
    """The grade's shape and word, and how far from the straight line."""
    if bullet.gap_points is None:
        return f"<u>{_graded(UNKNOWN, '')}</u>" if bullet.done is None else "<u></u>"
    return f"<u>{_graded(bullet.grade, t('stage.points', value=number(bullet.gap_points, 1, is_signed=True)))}</u>"


def _graded(code: str | None, more: str) -> str:
    """Shape, colour and word of a grade, and what else is said in its colour."""
    grade = grade_of(code)
    text = f"{t(grade.word_key)} {more}".rstrip()
    return f'<span class="hx-{grade.code}"><i class="hx-mark" aria-hidden="true">{grade.mark}</i> {escape(text)}</span>'


def segments_html(bar: SegmentBar) -> str:
    """A whole in parts, the number of each part in it, its name below."""
    shown = [part for part in bar.segments if part.value]
    total = sum(part.value for part in shown)
    if not total:
        return f'<div class="hs-segments"><h3>{escape(bar.label)}</h3><p>{escape(t("stage.none"))}</p></div>'
    parts = "".join(
        f'<div style="flex-grow:{part.value:g}"><i class="hx-tone-{escape(part.tone)}">{number(part.value)}</i>'
        f"<span>{escape(part.label)}</span></div>"
        for part in shown
    )
    return f'<div class="hs-segments"><h3>{escape(bar.label)}</h3><div>{parts}</div></div>'


def table_html(table: LineTable, chosen: int = -1) -> str:
    """The lines, each with what its click opens; the chosen one stands out."""
    if not table.lines:
        return f'<p class="hs-empty">{escape(table.empty or t("stage.none"))}</p>'
    heads = "".join(f'<th class="hs-{each.kind}">{escape(each.text)}</th>' for each in table.headings)
    lines = "".join(_line(line, table.headings, at, at == chosen) for at, line in enumerate(table.lines))
    rest = f'<p class="hs-rest">{escape(t("stage.rest", count=table.rest))}</p>' if table.rest else ""
    return f'<table class="hs-table"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{rest}'


def _line(line: Line, headings: Sequence[Heading], at: int, is_chosen: bool) -> str:
    cells = "".join(_cell(entry, heading) for entry, heading in zip(line.entries, headings, strict=True))
    marked = ' class="hs-chosen"' if is_chosen else ""
    return f'<tr{marked} data-press="open_{at}">{cells}</tr>'


def _cell(entry: Entry, heading: Heading) -> str:
    if heading.kind == MARK:
        return f'<td class="hs-mark">{_graded(entry.grade, "") if entry.grade else ""}</td>'
    grade = f" hx-{grade_of(entry.grade).code}" if entry.grade else ""
    text = escape(entry.text)
    is_long = heading.kind in LONGEST and em_width(entry.text, SCREEN_LATIN_EM) > LONGEST[heading.kind]
    inner = f"<div>{text}</div>" if heading.kind == TEXT or is_long else text
    return f'<td class="hs-{heading.kind}{" hs-long" if is_long else ""}{grade}">{inner}</td>'


def fitting(table: LineTable, most: int) -> LineTable:
    """The table cut to so many lines; those cut count as standing in the annex."""
    over = max(len(table.lines) - most, 0)
    return replace(table, lines=table.lines[:most], rest=table.rest + over) if over else table


def without_short(table: LineTable) -> LineTable:
    """The table without its short columns, for type so large that they leave no room for the names; the card tells them."""
    kept = [at for at, heading in enumerate(table.headings) if heading.kind != SHORT]
    lines = tuple(replace(line, entries=tuple(line.entries[at] for at in kept)) for line in table.lines)
    return replace(table, headings=tuple(table.headings[at] for at in kept), lines=lines)


def most_lines(factor: float, beside: Iterable[Block]) -> int:
    """How many lines of a table fit a page at this size of type, below its other blocks and a title of two lines."""
    title, others = TITLE_PIXELS * factor, BLOCK_PIXELS * factor * len(list(beside))
    room = BODY_PIXELS - title - others - HEAD_PIXELS * factor - REST_PIXELS
    return min(max(int(room / (ROW_PIXELS * factor)), 1), MOST_ROWS)
