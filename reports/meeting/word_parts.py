"""The pages of a meeting as the text and tables of a Word paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.meeting import (
    MARK,
    NUMBER,
    Block,
    Bullet,
    BulletGroup,
    Figure,
    LineTable,
    MeetingPage,
    MonthCourse,
    SegmentBar,
)
from domain.number_texts import number, percent
from reports.meeting.grade_words import grade_words
from reports.meeting.safe_text import xml_text
from reports.meeting.slide_parts import gap_words
from reports.meeting.words import say

CHINESE_DIGITS = "一二三四五六七八九十"
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: headings, rows of text, which columns stand to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rights: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A numbered paragraph, and below it a table where ``rows`` are; ``note`` is what stands under that."""

    number: str
    text: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    rights: tuple[bool, ...] = ()
    note: str = ""

    @property
    def table(self) -> PaperTable | None:
        """Its table, None where it has none."""
        return PaperTable(self.headings, self.rows, self.rights) if self.rows else None


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A page of the meeting: its numbered name, what it says, and its blocks."""

    number: str
    name: str
    finding: str
    blocks: tuple[PaperBlock, ...]


def section_of(page: MeetingPage, at: int, language: str) -> PaperSection:
    """A page as the section of this place, from 1."""
    plain = [block for shown in page.blocks for block in _plain_blocks(shown, language)]
    blocks = tuple(
        PaperBlock(sub_number(place, language) if len(plain) > 1 else "", text, *_columns(table), note)
        for place, (text, table, note) in enumerate(plain, 1)
    )
    return PaperSection(
        head_number(at, language), say(language, f"page.{page.code}"), finding_of(page, language), blocks
    )


def _columns(table: PaperTable | None) -> tuple[tuple, tuple, tuple]:
    return (table.headings, table.rows, table.rights) if table else ((), (), ())


def finding_of(page: MeetingPage, language: str) -> str:
    """The title of a page as a sentence."""
    return " ".join(xml_text(page.title).split()) + say(language, "paragraph.end")


def head_number(at: int, language: str) -> str:
    """一、二、 ... ; 1. 2. in English."""
    return f"{CHINESE_DIGITS[at - 1]}、" if language == "zh" else f"{at}. "


def sub_number(at: int, language: str) -> str:
    """（一）（二） ... ; (1) (2) in English."""
    return f"（{CHINESE_DIGITS[at - 1]}）" if language == "zh" else f"({at}) "


def _plain_blocks(block: Block, language: str) -> Iterable[tuple[str, PaperTable | None, str]]:
    """(text, table, note) of a block; one without anything gives nothing."""
    if isinstance(block, LineTable):
        yield _lines(block, language)
    elif isinstance(block, SegmentBar):
        yield (
            _sentence(block.label, [(part.label, number(part.value), "") for part in block.segments], language),
            None,
            "",
        )
    elif block and isinstance(block[0], Figure):
        figures = [each for each in block if isinstance(each, Figure)]
        yield _sentence("", [(each.label, each.text, each.unit) for each in figures], language), None, ""
    elif block and isinstance(block[0], MonthCourse):
        yield (
            say(language, "bulletin.courses"),
            _course_table([each for each in block if isinstance(each, MonthCourse)], language),
            "",
        )
    else:
        for group in block:
            if isinstance(group, BulletGroup):
                yield say(language, "bulletin.bullets", head=group.head), bullet_table(group.bullets, language), ""


def _sentence(label: str, parts: list[tuple[str, str, str]], language: str) -> str:
    """One sentence: “label: name number unit, name number unit.”."""
    said = say(language, "paragraph.comma").join(" ".join(filter(None, part)) for part in parts)
    head = f"{label}{say(language, 'bulletin.colon')}" if label else ""
    return f"{head}{said or say(language, 'bulletin.nothing')}{say(language, 'paragraph.end')}"


def _lines(table: LineTable, language: str) -> tuple[str, PaperTable | None, str]:
    """A table under its opening words; where it is empty what it says then. A grade stands as shape and word."""
    if not table.lines:
        return table.empty, None, ""
    heads = tuple(say(language, "annex.grade") if head.kind == MARK else head.text for head in table.headings)
    rows = tuple(
        tuple(
            grade_words(entry.grade, language) if head.kind == MARK else entry.text
            for head, entry in zip(table.headings, line.entries, strict=True)
        )
        for line in table.lines
    )
    rights = tuple(head.kind == NUMBER for head in table.headings)
    note = say(language, "carried.rest", count=number(table.rest)) if table.rest else ""
    return say(language, "bulletin.lines", count=len(rows)), PaperTable(heads, rows, rights), note


def bullet_table(bullets: Iterable[Bullet], language: str) -> PaperTable:
    """Figures against their targets."""
    keys = ("annex.figure", "annex.unit", "annex.done", "annex.target", "annex.share", "annex.gap", "annex.last_year")
    rows = tuple(_bullet_row(bullet, language) for bullet in bullets)
    heads = tuple(say(language, key).removesuffix(" %") for key in keys)
    return PaperTable(heads, rows, (False, False, True, True, True, True, True))


def _bullet_row(bullet: Bullet, language: str) -> tuple[str, ...]:
    target = number(bullet.target, bullet.decimals if bullet.target and bullet.target % 1 else 0)
    share = bullet.done / bullet.target if bullet.target and bullet.done is not None else None
    return (
        bullet.label,
        bullet.unit,
        number(bullet.done, bullet.decimals),
        target,
        percent(share),
        gap_words(bullet, language).replace(f" {say(language, 'word.points', value='').strip()}", ""),
        number(bullet.last_year, bullet.decimals),
    )


def _course_table(courses: list[MonthCourse], language: str) -> PaperTable:
    """A row for each figure, a column for each month; a month without a return is a dash."""
    rows = tuple(
        (
            say(language, "slide.course", label=course.label, unit=course.unit),
            *(number(dict(course.points).get(month), course.decimals) for month in MONTHS),
        )
        for course in courses
    )
    heads = (say(language, "annex.figure"), *(str(month) for month in MONTHS))
    return PaperTable(heads, rows, (False, *[True] * len(MONTHS)))
