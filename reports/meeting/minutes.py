"""The minutes of the meeting (会议纪要) as a Word paper: what was reported, and what was decided, by whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from domain.meeting import Meeting
from domain.number_texts import number
from reports.meeting.bulletin import day_text, made_at, subtitle_of
from reports.meeting.carried import foot_line
from reports.meeting.progress import Progress, quiet
from reports.meeting.word_parts import PaperTable, finding_of, sub_number
from reports.meeting.word_templates import fill_template
from reports.meeting.words import say

TEMPLATE = "minutes.docx"


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """What a meeting decided: who leads, who takes part, by when, and what it concerns, empty for none."""

    text: str
    lead: str
    due_date: date
    taking_part: str = ""
    project_name: str = ""
    issue_text: str = ""


def minutes_paper(
    meeting: Meeting,
    paragraph: str,
    decided: Sequence[DecidedItem],
    language: str = "zh",
    *,
    templates: Path | None = None,
    progress: Progress = quiet,
) -> bytes:
    """The .docx. Raises PaperNotMade where the office's own template cannot be filled."""
    progress(0.0, say(language, "minutes.title"))
    fields = minutes_fields(meeting, paragraph, decided, language)
    table = PaperTable(fields["headings"], fields["rows"], (False,) * len(fields["headings"]))
    filled = fill_template(TEMPLATE, fields, [table], title=fields["title"], made_at=made_at(meeting), folder=templates)
    progress(1.0, "")
    return filled


def minutes_fields(meeting: Meeting, paragraph: str, decided: Sequence[DecidedItem], language: str) -> dict[str, Any]:
    """What the template may ask for; what nobody recorded (place, chair, who was there) is left to be written in."""
    keys = ("time", "place", "chair", "present", "absent")
    count = len(decided)
    opening = say(language, "minutes.decided", count=number(count)) if count else say(language, "minutes.nothing")
    return {
        "title": say(language, "minutes.title"),
        "subtitle": subtitle_of(meeting, language),
        "blanks": [say(language, f"minutes.{key}") for key in keys],
        "head_heard": say(language, "minutes.head_heard"),
        "paragraph": paragraph,
        "findings": [sub_number(at, language) + finding_of(page, language) for at, page in enumerate(meeting.pages, 1)],
        "head_decided": say(language, "minutes.head_decided"),
        "opening": opening,
        "headings": tuple(
            say(language, f"minutes.column_{name}") for name in ("number", "text", "lead", "part", "due")
        ),
        "rows": tuple(_row(at, item, language) for at, item in enumerate(decided, 1)),
        "seal": foot_line(meeting, language),
        "day": day_text(meeting.day, language),
    }


def _row(at: int, item: DecidedItem, language: str) -> tuple[str, ...]:
    """A decision with what it concerns behind it."""
    concerns = say(language, "bulletin.between").join(filter(None, (item.project_name, item.issue_text)))
    text = say(language, "minutes.concerns", text=item.text, concerns=concerns) if concerns else item.text
    return number(at), text, item.lead, item.taking_part or "—", day_text(item.due_date, language)
