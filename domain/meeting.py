"""What the monthly meeting (月度例会) shows: at most eight pages of one message each, as data.

The screen, the slides, the bulletin and the page to carry along are all drawn from these, so that they cannot differ. A
page is a title that says the finding, and a few blocks; a block holds what it shows as text and as numbers, and the ids
of what stands behind it, so that a figure opens to its projects.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.periods import Period

DECISIONS, TARGETS, DISTRICTS, DELAYED, DUE, BLOCKERS, WORKS, PROMOTION = PAGE_CODES = (
    "decisions",
    "targets",
    "districts",
    "delayed",
    "due",
    "blockers",
    "works",
    "promotion",
)
# What a screen of 1080 lines holds at six metres (B.2 of the brief on screens): 5 to 7 rows of 78 px under a title of
# 56 and figures of 112 px.
MOST_FIGURES, MOST_ROWS = 5, 7
# How a column is set: a grade's mark, a name, a text that may be cut, a short word, a number.
MARK, NAME, TEXT, SHORT, NUMBER = COLUMN_KINDS = ("mark", "name", "text", "short", "number")


class PaperNotMade(Exception):
    """A paper cannot be made: why, and what to do about it, in both languages."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh, self.message_en = message_zh, message_en


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure: ``text`` as it is read (“5”, “1,286.4”), its unit or what it is out of, and whose it is."""

    label: str
    text: str
    unit: str = ""
    grade: str | None = None
    project_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullet:
    """One figure against its target: ``done`` and ``target`` in the unit shown, None where there is none.

    ``time_share`` is the share of the target that is due by now, 0 to 1; ``gap_points`` how far the share done is from
    it; ``last_year`` the same figure at the same month of the year before, None where nothing is known of it.
    """

    label: str
    done: float | None
    target: float | None
    time_share: float
    gap_points: float | None
    grade: str
    unit: str
    decimals: int = 0
    last_year: float | None = None
    project_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletGroup:
    """Bullets under one head: those of a district stand together, each against its own target."""

    head: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class MonthCourse:
    """The year's course of a figure: (month, value or None where a return is missing), against the target's line."""

    label: str
    points: tuple[tuple[int, float | None], ...]
    target: float | None
    unit: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar: ``tone`` is level_firm ... level_province, or a grade."""

    label: str
    value: float
    tone: str
    project_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentBar:
    """A whole and its parts: the issues by the level in whose hands they are, the nodes due by what became of them."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column and how the column is set."""

    text: str
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell: its text, and a grade where it is coloured. In a column of marks the grade alone counts."""

    text: str
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and what it opens: a project, and where it is one, the issue or the task."""

    entries: tuple[Entry, ...]
    project_id: str = ""
    issue_id: str = ""
    task_id: str = ""


@dataclass(frozen=True, slots=True)
class LineTable:
    """A table of at most ``MOST_ROWS`` lines; ``rest`` are those that stand in the annex instead."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    rest: int = 0
    empty: str = ""


Block = tuple[Figure, ...] | tuple[BulletGroup, ...] | tuple[MonthCourse, ...] | SegmentBar | LineTable


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One page: ``title`` is what is shown, ``generated`` what the figures say where somebody wrote another."""

    code: str
    title: str
    generated: str
    blocks: tuple[Block, ...]

    def titled(self, title: str) -> MeetingPage:
        """The page under a title that a person wrote; an empty one leaves the generated title."""
        return replace(self, title=title.strip() or self.generated)


@dataclass(frozen=True, slots=True)
class Seal:
    """A sealed meeting (冻结): which acceptances and rules count for ever, and to which day issues are counted."""

    seal_id: str
    period: Period
    acceptances: int
    rule_set: str
    day: date
    sealed_at: datetime
    sealed_by: str
    titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A whole meeting: its pages, the bulletin's opening paragraph, and what everything printed says it stands on."""

    period: Period
    day: date
    rule_name: str
    pages: tuple[MeetingPage, ...]
    seal: Seal | None = None
    is_sample: bool = False  # of returns that are made up: every page and paper says so

    def page(self, code: str) -> MeetingPage | None:
        """The page of a code, None where this meeting has none."""
        return next((page for page in self.pages if page.code == code), None)
