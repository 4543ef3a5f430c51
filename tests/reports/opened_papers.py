"""Papers as a reader's program opens them: all texts, charts and what lies within."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
from docx import Document
from pptx import Presentation

from domain.meeting import BulletGroup, LineTable, Meeting, MeetingPage, SegmentBar
from reports.meeting.safe_text import xml_text
from tests.meetings import MEETING

# What a sender may write and a program might take for more than text. The last holds what XML forbids.
HOSTILE_TEXTS = (
    "=1+1", "+SUM(A1)", "@cmd", "-2+3", "=HYPERLINK(\"x\")", "{{ 7*7 }}", "{% raw %}", "{# x #}", "<b>&amp;</b>", "</w:t>", "]]>",
    "甲\x00\x0b\x1f乙\ud800\ufffe丙",
)  # fmt: skip


def hostile_meeting(text: str) -> Meeting:
    """The meeting made by hand, this text in every place that holds one."""
    return replace(MEETING, rule_name=text, pages=tuple(_hostile_page(page, text) for page in MEETING.pages))


def _hostile_page(page: MeetingPage, text: str) -> MeetingPage:
    blocks = tuple(_hostile(block, text) for block in page.blocks)
    return replace(page, title=f"{text}页", generated=text, blocks=blocks)


def _hostile(block: Any, text: str) -> Any:
    if isinstance(block, LineTable):
        lines = tuple(
            replace(line, entries=tuple(replace(entry, text=text) for entry in line.entries)) for line in block.lines
        )
        heads = tuple(replace(head, text=text) for head in block.headings)
        return replace(block, headings=heads, lines=lines, empty=text)
    if isinstance(block, SegmentBar):
        return SegmentBar(text, tuple(replace(each, label=text) for each in block.segments))
    return tuple(_hostile_part(each, text) for each in block)


def _hostile_part(part: Any, text: str) -> Any:
    if isinstance(part, BulletGroup):
        return BulletGroup(text, tuple(replace(each, label=text, unit=text) for each in part.bullets))
    return replace(part, label=text, unit=text)


def numbers_of(page: MeetingPage) -> list[Any]:
    """The parts of a page that hold figures."""
    found: list[Any] = []
    for block in page.blocks:
        if isinstance(block, LineTable):
            found += block.lines
        elif isinstance(block, SegmentBar):
            found += block.segments
        else:
            found += [bullet for each in block for bullet in (each.bullets if isinstance(each, BulletGroup) else [each])]
    return found


def deck(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def slide_texts(slide: Any) -> str:
    """All that stands on a slide outside its charts."""
    texts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        elif shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def charts_of(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def chart_sheet(chart: Any) -> Any:
    """The sheet of the workbook within a chart."""
    return openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active


def paper_texts(content: bytes) -> str:
    """All that stands in a Word paper."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def outside_links(content: bytes) -> list[str]:
    """Relations of a paper, and of the workbooks within, that lead out of it; macros count as such."""
    found = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".xlsx"):
                found += outside_links(part)
            if (name.endswith(".rels") and b'TargetMode="External"' in part) or name.endswith(".bin"):
                found.append(name)
    return found


def shown(text: str) -> str:
    """A text as a paper may hold it."""
    return xml_text(text)


