"""The meeting as slides (.pptx, 16:9): a page a slide, with figures, tables and charts that PowerPoint and WPS can edit.

Light for print unless the dark ground is asked for. What a slide cannot hold stands in its notes.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from domain.meeting import Meeting, MeetingPage
from domain.palette import Palette
from reports.meeting.carried import foot_line
from reports.meeting.progress import Progress, quiet
from reports.meeting.safe_text import fitted_size, lines_of, xml_text
from reports.meeting.slide_blocks import add_blocks
from reports.meeting.slide_parts import GROUNDS, RIGHT, Box, Canvas, Run, fill_frame, places, rgb
from reports.meeting.words import MONTH_NAMES, say

WIDE, HIGH, SIDE = 13.333, 7.5, 0.6
RULE = 1.34
TITLE = Box(SIDE, 0.42, WIDE - 2 * SIDE, 0.86)
BODY = Box(SIDE, 1.46, WIDE - 2 * SIDE, 5.46)
FOOT = Box(SIDE, 7.02, WIDE - 2 * SIDE - 1.0, 0.26)
NUMBER = Box(WIDE - SIDE - 0.9, 7.02, 0.9, 0.26)
# The face that Windows and WPS have; another system takes its own for Chinese.
FACE = "微软雅黑"
TITLE_ONLY = 5  # layout of python-pptx's own template
ONE_LINE, TWO_LINES, FOOT_SIZES = (30.0, 28.0, 26.0), (24.0, 22.0, 20.0, 18.0, 16.0), (11.0, 10.0, 9.0, 8.0)


def meeting_slides(
    meeting: Meeting, language: str = "zh", *, ground: str = "light", progress: Progress = quiet
) -> bytes:
    """The .pptx of a meeting whose pages are in this language."""
    deck = _empty_deck(GROUNDS[ground])
    layout = deck.slide_layouts[0]
    for at, page in enumerate(meeting.pages):
        progress(at / len(meeting.pages), page.title)
        canvas = Canvas(deck.slides.add_slide(layout), GROUNDS[ground], language)
        _draw(canvas, meeting, page, at + 1)
    _describe(deck, meeting, language)
    buffer = BytesIO()
    deck.save(buffer)
    progress(1.0, "")
    return buffer.getvalue()


def _empty_deck(palette: Palette) -> Any:
    """A wide deck with one layout, a title alone, in the office's face."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    for name in [name for name, rel in deck.part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS]:
        deck.part.rels.pop(name)
    kept = deck.slide_layouts[TITLE_ONLY]
    for layout in [each for each in deck.slide_layouts if each != kept]:
        deck.slide_layouts.remove(layout)
    for sheet in (deck.slide_master, kept):
        _set_ground(sheet, palette)
        for shape in list(sheet.placeholders):
            if shape.placeholder_format.type in (1, 2, 3) and shape.placeholder_format.idx in (0, 1):
                shape.left, shape.top, shape.width, shape.height = places(
                    TITLE if shape.placeholder_format.idx == 0 else BODY
                )
            else:
                shape._element.getparent().remove(shape._element)
    _set_faces(deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    return deck


def _set_ground(sheet: Any, palette: Palette) -> None:
    sheet.background.fill.solid()
    sheet.background.fill.fore_color.rgb = rgb(palette.ground if palette is GROUNDS["dark"] else palette.paper)


def _set_faces(theme: Any) -> None:
    """One face for Chinese and for digits, in the theme, so that whoever edits goes on in it."""
    text = theme.blob.decode("utf-8")
    text = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{FACE}"', text)
    text = re.sub(r'<a:ea typeface="[^"]*"', f'<a:ea typeface="{FACE}"', text)
    text = re.sub(r'(<a:font script="Hans" typeface=)"[^"]*"', rf'\1"{FACE}"', text)
    theme._blob = text.encode("utf-8")


def _draw(canvas: Canvas, meeting: Meeting, page: MeetingPage, at: int) -> None:
    _title(canvas, page)
    _rule(canvas)
    add_blocks(canvas, BODY, page.blocks)
    foot = foot_line(meeting, canvas.language)
    size = fitted_size(foot, FOOT.width, 1, FOOT_SIZES)
    canvas.write(FOOT, [Run(foot, size, canvas.palette.text)])
    canvas.write(NUMBER, [Run(f"{at} / {len(meeting.pages)}", size, canvas.palette.text)], RIGHT)
    canvas.slide.notes_slide.notes_text_frame.text = "\n".join(map(xml_text, _notes(canvas, page, foot)))


def _title(canvas: Canvas, page: MeetingPage) -> None:
    """On one line where it may be large there, else on two."""
    text = xml_text(page.title)
    size = fitted_size(text, TITLE.width, 1, ONE_LINE)
    if lines_of(text, size, TITLE.width) > 1:
        size = fitted_size(text, TITLE.width, 2, TWO_LINES)
    title = canvas.slide.shapes.title
    title.left, title.top, title.width, title.height = places(TITLE)
    fill_frame(title.text_frame, [Run(text, size, canvas.palette.ink, True)], anchor=MSO_ANCHOR.MIDDLE)


def _rule(canvas: Canvas) -> None:
    """A thin line under the title, without the shadow of the theme."""
    ends = Inches(SIDE), Inches(RULE), Inches(WIDE - SIDE), Inches(RULE)
    rule = canvas.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    rule._element.remove(rule._element.find(qn("p:style")))
    rule.line.color.rgb, rule.line.width = rgb(canvas.palette.line), Pt(1)


def _notes(canvas: Canvas, page: MeetingPage, foot: str) -> list[str]:
    """What the figures say where the title was rewritten, what was cut or stands elsewhere, and the sources."""
    generated = (
        []
        if page.title == page.generated or not page.generated
        else [canvas.say("slide.generated", title=page.generated)]
    )
    return [*generated, *canvas.notes, canvas.say("slide.source"), foot]


def _describe(deck: Any, meeting: Meeting, language: str) -> None:
    """The document's own properties: what it is, and no name of a person or program."""
    made = meeting.seal.sealed_at if meeting.seal else datetime.combine(meeting.day, time())
    period = meeting.period
    month = say(language, "carried.month", year=period.year, month=period.month, name=MONTH_NAMES[period.month])
    core = deck.core_properties
    core.title, core.author, core.last_modified_by = say(language, "carried.title", month=month), "", ""
    core.created = core.modified = made
