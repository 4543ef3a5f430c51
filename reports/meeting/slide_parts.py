"""What a slide is written with: boxes in inches, runs of text, grades as shape and word, on a light or dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from domain.grades import UNKNOWN
from domain.meeting import Bullet
from domain.number_texts import number
from domain.palette import DARK, LEVEL_TONES, LIGHT, Palette, grade_of
from reports.meeting.grade_words import grade_words
from reports.meeting.safe_text import xml_text
from reports.meeting.words import say

LEFT, CENTRE, RIGHT = PP_ALIGN.LEFT, PP_ALIGN.CENTER, PP_ALIGN.RIGHT
GROUNDS = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def split(self, columns: int, gap: float) -> list[Box]:
        """So many boxes beside each other."""
        width = (self.width - gap * (columns - 1)) / columns
        return [Box(self.left + at * (width + gap), self.top, width, self.height) for at in range(columns)]

    def below(self, height: float) -> Box:
        """What is left under a height from the top."""
        return Box(self.left, self.top + height, self.width, self.height - height)

    def first(self, height: float) -> Box:
        """The height from the top."""
        return Box(self.left, self.top, self.width, height)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: its size in points, its colour as #RRGGBB."""

    text: str
    size: float
    colour: str
    is_bold: bool = False


@dataclass
class Canvas:
    """A slide that is being written; ``notes`` gathers what its speaker's notes say."""

    slide: Any
    palette: Palette
    language: str
    notes: list[str] = field(default_factory=list)

    @property
    def is_dark(self) -> bool:
        return self.palette is DARK

    def say(self, key: str, **values: object) -> str:
        """A text of the papers in the slide's language."""
        return say(self.language, key, **values)

    def grade_colour(self, code: str | None) -> str:
        """The colour of a grade as a fill; without a grade that of plain text."""
        if code is None:
            return self.palette.ink
        grade = grade_of(code)
        return grade.dark if self.is_dark else grade.colour

    def text_colour(self, code: str | None) -> str:
        """The colour of a grade as text; without a grade that of plain text."""
        if code is None:
            return self.palette.ink
        grade = grade_of(code)
        return grade.dark if self.is_dark else grade.text_colour

    def tone_colour(self, tone: str) -> str:
        """The colour of a part of a bar: of a level, else of a grade."""
        tones = LEVEL_TONES.get(tone.removeprefix("level_"))
        return tones[self.is_dark] if tones else self.grade_colour(tone)

    @property
    def bar_grounds(self) -> tuple[str, str]:
        """What a bar against its target lies on: the whole target, and the part of it that is due by now."""
        return ("#24416A", "#44648C") if self.is_dark else ("#E8EDF2", "#C9D5DF")

    def write(self, box: Box, runs: Sequence[Run], align: Any = LEFT, anchor: Any = MSO_ANCHOR.TOP) -> None:
        """A text box of one paragraph, without margins."""
        shape = self.slide.shapes.add_textbox(*places(box))
        fill_frame(shape.text_frame, runs, align, anchor)


def places(box: Box) -> tuple[Any, ...]:
    """A box as python-pptx takes it."""
    return tuple(Inches(round(each, 4)) for each in (box.left, box.top, box.width, box.height))


def rgb(colour: str) -> RGBColor:
    """#RRGGBB."""
    return RGBColor.from_string(colour.removeprefix("#"))


def fill_frame(frame: Any, runs: Sequence[Run], align: Any = LEFT, anchor: Any = MSO_ANCHOR.TOP) -> None:
    """Runs as the one paragraph of a text frame that wraps and has no margins."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    fill_paragraph(frame.paragraphs[0], runs, align)


def fill_paragraph(paragraph: Any, runs: Sequence[Run], align: Any = LEFT) -> None:
    """Runs into a paragraph; every text as text."""
    paragraph.alignment = align
    for each in runs:
        run = paragraph.add_run()
        run.text = xml_text(each.text)
        run.font.size, run.font.bold = Pt(each.size), each.is_bold
        run.font.color.rgb = rgb(each.colour)


def gap_words(bullet: Bullet, language: str) -> str:
    """The grade's shape with the gap; its word where nothing can be judged; a dash without a target."""
    if bullet.target is None:
        return "—"
    if bullet.gap_points is None or bullet.grade == UNKNOWN:
        return grade_words(UNKNOWN, language)
    points = say(language, "word.points", value=number(bullet.gap_points, 1, is_signed=True))
    return f"{grade_of(bullet.grade).mark} {points}"


def done_of_target(bullet: Bullet) -> tuple[str, str]:
    """What is done, and what it is out of: (“50”, “/ 80 个”); a target is written as exactly as it was set."""
    done = number(bullet.done, bullet.decimals)
    if bullet.target is None:
        return done, bullet.unit
    return done, f"/ {number(bullet.target, bullet.decimals if bullet.target % 1 else 0)} {bullet.unit}"
