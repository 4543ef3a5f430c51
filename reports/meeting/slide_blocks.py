"""The blocks of a page on a slide: large figures, bars against targets, courses, parts, tables; how they share its height."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.meeting import Block, Bullet, BulletGroup, Figure, LineTable, MonthCourse, SegmentBar
from domain.number_texts import number
from domain.palette import grade_of
from domain.text_widths import em_width
from reports.meeting.safe_text import POINTS_PER_INCH, common_size
from reports.meeting.slide_charts import add_bullets, add_course, add_segments
from reports.meeting.slide_parts import CENTRE, LEFT, RIGHT, Box, Canvas, Run, done_of_target, gap_words
from reports.meeting.slide_tables import MARGIN, add_table, new_table, set_cell
from reports.meeting.words import say

GAP = 0.18
FIGURES_HEIGHT, SEGMENTS_HEIGHT = 1.1, 1.3
BULLET_HEAD, HIGHEST_BULLET = 0.34, 0.62
# Columns of bars against targets, of the whole width: name, bar, done and target, gap, the year before.
BULLET_COLUMNS = (0.19, 0.36, 0.18, 0.16, 0.11)
BLANK_SIZE = 12.0  # of what stands where no bar can be
LABEL_SIZES, NUMBER_SIZES, UNIT_SIZE, MARK_SIZE = (
    (15.0, 14.0, 13.0, 12.0, 11.0, 10.0),
    (38.0, 34.0, 30.0, 26.0, 22.0),
    15.0,
    20.0,
)
ROW_SIZES, HEAD_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0), (13.0, 12.0, 11.0, 10.0)


def add_blocks(canvas: Canvas, box: Box, blocks: Sequence[Block]) -> None:
    """All blocks of a page below each other; tables and courses take the room that the others leave."""
    shown = [block for block in blocks if not isinstance(block, tuple) or block]
    heights = block_heights(shown, box.height)
    top = box.top
    for block, height in zip(shown, heights, strict=True):
        _add(canvas, Box(box.left, top, box.width, height), block)
        top += height + GAP


def block_heights(blocks: Sequence[Block], room: float) -> list[float]:
    """The height of each block in inches; those that can grow share what is left."""
    fixed = [_fixed_height(block) for block in blocks]
    growing = fixed.count(None)
    left = room - GAP * (len(blocks) - 1) - sum(height for height in fixed if height is not None)
    if isinstance(blocks[0], tuple) and isinstance(blocks[0][0], BulletGroup) and not growing:
        return [left + sum(height for height in fixed if height is not None)]
    return [left / growing if height is None else height for height in fixed]


def _fixed_height(block: Block) -> float | None:
    """None for a block that grows."""
    if isinstance(block, LineTable) or (isinstance(block, tuple) and isinstance(block[0], MonthCourse)):
        return None
    if isinstance(block, SegmentBar):
        return SEGMENTS_HEIGHT
    if isinstance(block[0], Figure):
        return FIGURES_HEIGHT
    return sum(BULLET_HEAD + 0.46 * len(group.bullets) for group in block if isinstance(group, BulletGroup))


def _add(canvas: Canvas, box: Box, block: Block) -> None:
    if isinstance(block, LineTable):
        add_table(canvas, box, block)
    elif isinstance(block, SegmentBar):
        _segments(canvas, box, block)
    elif isinstance(block[0], Figure):
        _figures(canvas, box, [each for each in block if isinstance(each, Figure)])
    elif isinstance(block[0], MonthCourse):
        _courses(canvas, box, [each for each in block if isinstance(each, MonthCourse)])
    else:
        _groups(canvas, box, [each for each in block if isinstance(each, BulletGroup)])


def _figures(canvas: Canvas, box: Box, figures: Sequence[Figure]) -> None:
    """Side by side: what it is above, the number with its grade's shape, the unit beside it; all in one size."""
    cells = box.split(len(figures), 0.2)
    wide = cells[0].width
    label_size = common_size(((figure.label, wide) for figure in figures), LABEL_SIZES)
    number_size = common_size(((figure.text, wide - _beside(figure)) for figure in figures), NUMBER_SIZES)
    for cell, figure in zip(cells, figures, strict=True):
        canvas.write(cell.first(0.32), [Run(figure.label, label_size, canvas.palette.text)])
        colour = canvas.text_colour(figure.grade)
        runs = [
            *([Run(f"{grade_of(figure.grade).mark} ", MARK_SIZE, colour)] if figure.grade else []),
            Run(figure.text, number_size, colour, True),
            Run(f" {figure.unit}", UNIT_SIZE, canvas.palette.text),
        ]
        canvas.write(cell.below(0.34), runs)


def _beside(figure: Figure) -> float:
    """How wide the mark and the unit of a figure are, in inches."""
    mark = 1.4 * MARK_SIZE if figure.grade else 0.0
    return (mark + em_width(f"  {figure.unit}") * UNIT_SIZE) / POINTS_PER_INCH


def _courses(canvas: Canvas, box: Box, courses: Sequence[MonthCourse]) -> None:
    """Small charts beside each other, each under its name."""
    cells = box.split(len(courses), 0.25)
    titles = [canvas.say("slide.course", label=course.label, unit=course.unit) for course in courses]
    size = common_size(((title, cells[0].width) for title in titles), LABEL_SIZES)
    for cell, title, course in zip(cells, titles, courses, strict=True):
        canvas.write(cell.first(0.32), [Run(title, size, canvas.palette.ink, True)])
        add_course(canvas, cell.below(0.32), course)


def _segments(canvas: Canvas, box: Box, bar: SegmentBar) -> None:
    canvas.write(box.first(0.32), [Run(bar.label, LABEL_SIZES[0], canvas.palette.ink, True)])
    if any(part.value for part in bar.segments):
        add_segments(canvas, box.below(0.32), bar)
    else:
        canvas.write(box.below(0.4), [Run(canvas.say("slide.nothing"), 16, canvas.palette.text)])


def _groups(canvas: Canvas, box: Box, groups: Sequence[BulletGroup]) -> None:
    """Groups below each other, in the same columns; the one group of a page needs no head."""
    height = (box.height - GAP * (len(groups) - 1)) / len(groups)
    for at, group in enumerate(groups):
        _group(canvas, Box(box.left, box.top + at * (height + GAP), box.width, height), group, len(groups) > 1)


def _group(canvas: Canvas, box: Box, group: BulletGroup, has_head: bool) -> None:
    """A table with the figures, and over its second column the bars as a chart."""
    row = min((box.height - BULLET_HEAD) / max(len(group.bullets), 1), HIGHEST_BULLET)
    widths = [share * box.width for share in BULLET_COLUMNS]
    heights = [BULLET_HEAD, *[row] * len(group.bullets)]
    table = new_table(canvas, Box(box.left, box.top, box.width, sum(heights)), widths, heights)
    _bullet_head(canvas, table.rows[0].cells, group.head if has_head else "", widths)
    rooms = [width - 2 * MARGIN for width in widths]
    texts = [bullet_texts(bullet, canvas.language) for bullet in group.bullets]
    sizes = [common_size(((row_texts[at], room) for row_texts in texts), ROW_SIZES) for at, room in enumerate(rooms)]
    for at, (bullet, written) in enumerate(zip(group.bullets, texts, strict=True), 1):
        _bullet_row(canvas, table.rows[at].cells, bullet, written, sizes)
    if any(bullet.target for bullet in group.bullets):
        bars = Box(box.left + widths[0], box.top + BULLET_HEAD, widths[1], row * len(group.bullets))
        add_bullets(canvas, bars, group.bullets)


def _bullet_head(canvas: Canvas, cells: Sequence[Any], head: str, widths: Sequence[float]) -> None:
    keys = ("slide.bar_head", "slide.done_head", "annex.gap", "annex.last_year")
    size = common_size(
        ((canvas.say(key), width - 2 * MARGIN) for key, width in zip(keys, widths[1:], strict=True)), HEAD_SIZES
    )
    set_cell(cells[0], [Run(head, LABEL_SIZES[0], canvas.palette.ink, True)])
    for at, key in enumerate(keys, 1):
        set_cell(cells[at], [Run(canvas.say(key), size, canvas.palette.text, True)], RIGHT if at > 1 else LEFT)


def bullet_texts(bullet: Bullet, language: str) -> tuple[str, ...]:
    """The cells of a bullet: name, where it has no target that, done and target, gap, the year before."""
    untargeted = "" if bullet.target else say(language, "carried.no_target")
    done = " ".join(done_of_target(bullet)).strip()
    return bullet.label, untargeted, done, gap_words(bullet, language), number(bullet.last_year, bullet.decimals)


def _bullet_row(
    canvas: Canvas, cells: Sequence[Any], bullet: Bullet, texts: Sequence[str], sizes: Sequence[float]
) -> None:
    palette = canvas.palette
    done, of = done_of_target(bullet)
    runs = (
        [Run(texts[0], sizes[0], palette.ink, True)],
        [Run(texts[1], min(sizes[1], BLANK_SIZE), palette.muted)],
        [Run(done, sizes[2], palette.ink, True), Run(f" {of}", sizes[2], palette.text)],
        [Run(texts[3], sizes[3], canvas.text_colour(bullet.grade), True)],
        [Run(texts[4], sizes[4], palette.text)],
    )
    for at, (cell, written) in enumerate(zip(cells, runs, strict=True)):
        set_cell(cell, written, RIGHT if at > 1 else CENTRE if at == 1 else LEFT)
