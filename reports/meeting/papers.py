"""All papers of a meeting, made from one reading of it: slides, bulletin, minutes, annexes, the page to carry along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from domain.meeting import Meeting, Seal
from domain.scope import Record, Scope
from domain.tasks import CANCELLED, DECISION, TaskLife, task_life
from reports.meeting.annexes import annexes_workbook
from reports.meeting.bulletin import bulletin_paper, month_of
from reports.meeting.carried import carried_page
from reports.meeting.facts import MeetingFacts, read_facts
from reports.meeting.minutes import DecidedItem, minutes_paper
from reports.meeting.paragraph import plain_text
from reports.meeting.progress import Progress, part_of, quiet
from reports.meeting.reading import reading_of
from reports.meeting.slides import meeting_slides
from reports.meeting.words import say
from storage import queries
from storage.engine import Database

# The folder beside the database where an office lays templates of its own.
OWN_TEMPLATES = "templates"


@dataclass(frozen=True)
class PaperSource:
    """What the papers are made of; ``templates`` is the folder of the office's own, which need not exist."""

    meeting: Meeting
    facts: MeetingFacts
    paragraph: str
    decided: tuple[DecidedItem, ...]
    language: str = "zh"
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: the ending of its file, and what makes it."""

    code: str
    ending: str
    make: Callable[[PaperSource, Progress], bytes]


def _slides(source: PaperSource, progress: Progress) -> bytes:
    return meeting_slides(source.meeting, source.language, progress=progress)


def _bulletin(source: PaperSource, progress: Progress) -> bytes:
    return bulletin_paper(
        source.meeting, source.paragraph, source.language, templates=source.templates, progress=progress
    )


def _minutes(source: PaperSource, progress: Progress) -> bytes:
    return minutes_paper(
        source.meeting, source.paragraph, source.decided, source.language, templates=source.templates, progress=progress
    )


def _annexes(source: PaperSource, _: Progress) -> bytes:
    return annexes_workbook(source.facts, source.meeting, source.language)


def _carried(source: PaperSource, _: Progress) -> bytes:
    return carried_page(source.meeting, source.language).encode()


PAPERS = {
    paper.code: paper
    for paper in (
        Paper("slides", "pptx", _slides),
        Paper("bulletin", "docx", _bulletin),
        Paper("minutes", "docx", _minutes),
        Paper("annexes", "xlsx", _annexes),
        Paper("carried", "html", _carried),
    )
}
ALL = "all"
PAPER_CODES = tuple(PAPERS)


def read_papers(
    db: Database, scope: Scope, record: Record, day: date, *, language: str = "zh", seal: Seal | None = None
) -> PaperSource:
    """Read a meeting once for all its papers; of a sealed one the record must be the seal's and ``day`` its day."""
    facts = read_facts(db, scope, record, day)
    month = reading_of(facts, db, scope, record, language=language, seal=seal)
    return PaperSource(
        meeting=month.meeting,
        facts=facts,
        paragraph=plain_text(month.paragraph),
        decided=tuple(decided_items(db, scope, record, facts.names)),
        language=language,
        templates=db.path.parent / OWN_TEMPLATES,
    )


def decided_items(db: Database, scope: Scope, record: Record, names: dict[str, str]) -> list[DecidedItem]:
    """What the meeting of the record's month decided, as it was on the day when it was recorded.

    Of a sealed meeting too what was typed after the seal: it is sealed before people sit down, and decides then. What
    was cancelled on the same day was a slip; what was changed later is told by the next meeting.
    """
    newest = Record(record.period, rule_set=record.rule_set)
    texts = {issue.issue_id: issue.text for issue in queries.opened_issues(db, scope, newest)}
    lives = _decided_on_the_day(db, scope, newest)
    return [
        DecidedItem(
            text=life.task.text,
            lead=life.lead,
            taking_part=life.taking_part,
            due_date=life.due_date,
            project_name=names.get(life.task.project_id, ""),
            issue_text=texts.get(life.task.issue_id, ""),
        )
        for life in lives
        if life.state != CANCELLED
    ]


def _decided_on_the_day(db: Database, scope: Scope, record: Record) -> list[TaskLife]:
    """The decisions of the month's meeting, each as of its first day."""
    events = queries.task_events(db, scope, record)
    return [
        task_life(task, [event for event in events if event.task_id == task.task_id], task.opened_on)
        for task in queries.tasks(db, scope, record)
        if task.source == DECISION and task.period == str(record.period)
    ]


def make_papers(
    source: PaperSource, codes: Iterable[str] = PAPER_CODES, progress: Progress = quiet
) -> dict[str, bytes]:
    """Name of the file -> its content, for these papers. Raises PaperNotMade for a template that cannot be filled."""
    asked, made = list(codes), {}
    for at, code in enumerate(asked):
        told = part_of(progress, at, len(asked))
        told(0.0, say(source.language, f"paper.{code}"))
        made[paper_name(source.meeting, code, source.language)] = PAPERS[code].make(source, told)
    progress(1.0, "")
    return made


def paper_name(meeting: Meeting, code: str, language: str = "zh") -> str:
    """The name of a paper's file: 黄海新区2024年12月例会.pptx."""
    what = say(language, f"paper.{code}")
    ending = PAPERS[code].ending if code in PAPERS else "zip"
    return f"{say(language, 'paper.name', month=month_of(meeting, language), what=what)}.{ending}"


def zipped(papers: dict[str, bytes]) -> bytes:
    """All of them in one file."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in papers.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def made_paper(source: PaperSource, code: str, progress: Progress = quiet) -> tuple[str, bytes]:
    """(name of the file, content) of one paper, or of all in one file for ``ALL``."""
    if code == ALL:
        return paper_name(source.meeting, ALL, source.language), zipped(make_papers(source, progress=progress))
    [(name, content)] = make_papers(source, [code], progress).items()
    return name, content
