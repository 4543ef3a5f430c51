"""A table of the meeting as a native table of a slide: widths by what the columns hold, type as large as all of it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Inches

from domain.meeting import MARK, NAME, NUMBER, SHORT, TEXT, Entry, Heading, LineTable
from domain.text_widths import em_width
from reports.meeting.grade_words import grade_words
from reports.meeting.safe_text import POINTS_PER_INCH, cut, lines_of, xml_text
from reports.meeting.slide_parts import LEFT, RIGHT, Box, Canvas, Run, fill_frame, places, rgb

SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
LINE_SHARE = 1.33  # a line's height, of the size of its type
PADDING, MARGIN = 0.11, 0.08  # inches: above and below a cell's text together, and at its side
HIGHEST_ROW = 0.78
REST_HEIGHT, REST_SIZE = 0.3, 12.0
EMPTY_SIZE = 20.0
# A column is at least and at most so wide, in inches; what is left goes to the names and texts.
WIDEST = {MARK: 1.3, NAME: 5.2, TEXT: 6.0, SHORT: 2.6, NUMBER: 3.0}
NARROWEST = 0.8


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a table is set: the size of its type, widths of columns and heights of rows (the head first) in inches."""

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]


def add_table(canvas: Canvas, box: Box, table: LineTable) -> None:
    """The lines and how many more there are; where there is none, what the table says then."""
    if not table.lines:
        canvas.write(box.first(0.6), [Run(table.empty, EMPTY_SIZE, canvas.palette.text)])
        return
    room = box.height - (REST_HEIGHT if table.rest else 0)
    texts = cell_texts(table, canvas.language)
    shape = shape_of(table.headings, texts, box.width, room)
    _draw(canvas, Box(box.left, box.top, box.width, sum(shape.heights)), table, texts, shape)
    if table.rest:
        rest = canvas.say("carried.rest", count=table.rest)
        top = box.top + sum(shape.heights) + 0.06
        canvas.write(Box(box.left, top, box.width, REST_HEIGHT), [Run(rest, REST_SIZE, canvas.palette.muted)])
        canvas.notes.append(rest)


def cell_texts(table: LineTable, language: str) -> list[list[str]]:
    """The text of every cell, the head first; a grade's mark with its word."""
    lines = [[_text(head, entry, language) for head, entry in zip(table.headings, line.entries, strict=True)]
             for line in table.lines]  # fmt: skip
    return [[xml_text(head.text) for head in table.headings], *lines]


def _text(head: Heading, entry: Entry, language: str) -> str:
    return grade_words(entry.grade, language) if head.kind == MARK else xml_text(entry.text)


def shape_of(headings: Sequence[Heading], texts: list[list[str]], width: float, room: float) -> TableShape:
    """The largest type at which all lines fit; rows are spread over the room up to their most height."""
    for size in SIZES:
        widths = column_widths(headings, texts, width, size)
        heights = [row_height(row, widths, size) for row in texts]
        if sum(heights) <= room:
            break
    spare = max(room - sum(heights), 0) / len(heights)
    scale = min(room / sum(heights), 1.0)
    spread = [max(height, min(height + spare, HIGHEST_ROW)) * scale for height in heights]
    return TableShape(size, tuple(widths), tuple(spread))


def column_widths(headings: Sequence[Heading], texts: list[list[str]], width: float, size: float) -> list[float]:
    """Each as wide as its longest text within the limits of its kind; all together as wide as the table."""
    wanted = []
    for at, head in enumerate(headings):
        longest = max(em_width(row[at]) for row in texts) * size / POINTS_PER_INCH + 2 * MARGIN + 0.1
        wanted.append(min(max(longest, NARROWEST), WIDEST[head.kind]))
    return _levelled(headings, wanted, width)


def _levelled(headings: Sequence[Heading], wanted: list[float], width: float) -> list[float]:
    """Names and texts give and take what is too much or left; where there are none, all columns do."""
    loose = {at for at, head in enumerate(headings) if head.kind in (NAME, TEXT)} or set(range(len(wanted)))
    others = sum(each for at, each in enumerate(wanted) if at not in loose)
    scale = (width - others) / sum(wanted[at] for at in loose)
    return [each * scale if at in loose else each for at, each in enumerate(wanted)]


def row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """As high as the cell with the most lines."""
    lines = max(lines_of(text, size, width - 2 * MARGIN) for text, width in zip(row, widths, strict=True))
    return lines * size * LINE_SHARE / POINTS_PER_INCH + PADDING


def _draw(canvas: Canvas, box: Box, table: LineTable, texts: list[list[str]], shape: TableShape) -> None:
    drawn = new_table(canvas, box, shape.widths, shape.heights)
    for row, cells in enumerate(texts):
        lines = max(int((shape.heights[row] - PADDING / 2) * POINTS_PER_INCH / (shape.size * LINE_SHARE)), 1)
        for at, text in enumerate(cells):
            shown = cut(text, shape.size, shape.widths[at] - 2 * MARGIN, lines)
            if shown != text:
                canvas.notes.append(f"{cells[_name_at(table.headings)]}: {text}")
            entry = table.lines[row - 1].entries[at] if row else None
            run = Run(shown, shape.size, *_style(canvas, table.headings[at], entry))
            set_cell(drawn.cell(row, at), [run], RIGHT if table.headings[at].kind == NUMBER else LEFT)


def _style(canvas: Canvas, head: Heading, entry: Entry | None) -> tuple[str, bool]:
    """(colour, bold): heads are quiet, names stand out, a graded cell has its grade's colour."""
    if entry is None:
        return canvas.palette.text, True
    return canvas.text_colour(entry.grade), head.kind in (MARK, NAME) or entry.grade is not None


def _name_at(headings: Sequence[Heading]) -> int:
    return next((at for at, head in enumerate(headings) if head.kind == NAME), 0)


def new_table(canvas: Canvas, box: Box, widths: Sequence[float], heights: Sequence[float]) -> Any:
    """A native table without the stripes of its template: a tinted head, a thin line under each row."""
    frame = canvas.slide.shapes.add_table(len(heights), len(widths), *places(box))
    table = frame.table
    properties = table._tbl.tblPr
    for name in ("bandRow", "firstRow"):
        properties.attrib.pop(name, None)
    properties.set("firstRow", "1")
    properties.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for row, height in zip(table.rows, heights, strict=True):
        row.height = Inches(height)
    for at in range(len(heights)):
        for cell in table.rows[at].cells:
            _paint(cell, canvas, is_head=at == 0)
    return table


def _paint(cell: Any, canvas: Canvas, *, is_head: bool) -> None:
    if is_head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(canvas.palette.tint)
    else:
        cell.fill.background()
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": "9525"})
    colour = line.makeelement(qn("a:srgbClr"), {"val": canvas.palette.line.removeprefix("#")})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(colour)
    line.append(fill)
    properties.insert(0, line)  # lines come before the fill


def set_cell(cell: Any, runs: Sequence[Run], align: Any = LEFT) -> None:
    """Runs as the one paragraph of a cell, in its middle."""
    fill_frame(cell.text_frame, runs, align)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(MARGIN)
    cell.margin_top = cell.margin_bottom = Inches(PADDING / 4)
