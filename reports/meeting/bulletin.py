"""The monthly bulletin (月度通报) as a Word paper: the fixed paragraph, then a section a page with its tables."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from domain.meeting import Meeting
from reports.meeting.carried import foot_line
from reports.meeting.progress import Progress, quiet
from reports.meeting.word_parts import section_of
from reports.meeting.word_templates import fill_template
from reports.meeting.words import MONTH_NAMES, say

TEMPLATE = "bulletin.docx"


def bulletin_paper(
    meeting: Meeting, paragraph: str, language: str = "zh", *, templates: Path | None = None, progress: Progress = quiet
) -> bytes:
    """The .docx. Raises PaperNotMade where the office's own template cannot be filled."""
    progress(0.0, say(language, "bulletin.title"))
    fields = bulletin_fields(meeting, paragraph, language)
    progress(0.3, say(language, "bulletin.title"))
    tables = [block.table for section in fields["sections"] for block in section.blocks if block.table]
    filled = fill_template(TEMPLATE, fields, tables, title=fields["title"], made_at=made_at(meeting), folder=templates)
    progress(1.0, "")
    return filled


def bulletin_fields(meeting: Meeting, paragraph: str, language: str) -> dict[str, Any]:
    """What the template may ask for."""
    return {
        "title": say(language, "bulletin.title"),
        "subtitle": subtitle_of(meeting, language),
        "paragraph": paragraph,
        "sections": [section_of(page, at, language) for at, page in enumerate(meeting.pages, 1)],
        "seal": foot_line(meeting, language),
        "day": day_text(meeting.day, language),
    }


def month_of(meeting: Meeting, language: str) -> str:
    """The month of the meeting in words."""
    period = meeting.period
    return say(language, "carried.month", year=period.year, month=period.month, name=MONTH_NAMES[period.month])


def subtitle_of(meeting: Meeting, language: str) -> str:
    """What stands under a paper's title: the month, and that its data are samples where they are."""
    month = month_of(meeting, language)
    month = say(language, "bulletin.sample_month", month=month) if meeting.is_sample else month
    return say(language, "bulletin.subtitle", month=month)


def day_text(day: date, language: str) -> str:
    """A date as papers write it: 2024年9月10日."""
    return (
        f"{day.year}年{day.month}月{day.day}日"
        if language == "zh"
        else f"{day.day} {MONTH_NAMES[day.month]} {day.year}"
    )


def made_at(meeting: Meeting) -> datetime:
    """When a paper says that it was made: the seal's time, else the meeting's day."""
    return meeting.seal.sealed_at if meeting.seal else datetime.combine(meeting.day, time())
