"""What a loader hands over: tables, rows and findings of one workbook, and what it needs to know beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from domain.findings import EXPLAIN, Finding
from domain.identity import NameIndex, normalise_name
from domain.listed import INFRASTRUCTURE as INFRASTRUCTURE
from domain.listed import LISTS as LISTS
from domain.listed import PROJECTS as PROJECTS
from domain.periods import Period

# What a table holds beside the two lists, which make up the monthly return.
TARGETS, NODE_PLAN = "targets", "node_plan"
MONTHLY_RETURN, ANNUAL_TARGETS, ANNUAL_NODE_PLAN = "monthly_return", "annual_targets", "annual_node_plan"
# A table of permits and land by project (手续办理、用地), and the return made up of it, sent by a district for a month.
PERMITS, PERMIT_LEDGER = "permits", "permit_ledger"


@dataclass(slots=True)
class ColumnReading:
    """How one column was read: its letter, the heading as typed, the field it means and the unit of its money."""

    column: str
    heading: str
    field: str | None
    unit: str | None
    match: str  # exact, remembered, suggested, ambiguous, double, spare, unknown
    samples: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()  # the fields to choose from where a person must decide
    score: float = 0.0  # likeness of a suggested one, 0 to 100; 0 where another form of the sender's suggests it
    key: str = ""  # under which a decision about the heading is remembered
    form: str = ""  # the form for which it is remembered

    @property
    def is_open(self) -> bool:
        """True when a person must say which field the heading means."""
        return self.match in ("suggested", "ambiguous")

    def decide(self, body: str, field_name: str) -> Decision:
        """A person's answer to: which field does this heading mean?"""
        return Decision("heading", body, self.key, field_name, self.form)


@dataclass(slots=True)
class RowReading:
    """One row: its values by field, and where a value came from when not from its own column."""

    cell_row: int
    values: dict[str, Any]
    texts: tuple[str | None, ...]  # the row as typed, from column A
    elsewhere: dict[str, tuple[str, str]] = field(default_factory=dict)  # field -> (cell, text)
    rejected: set[str] = field(default_factory=set)
    project_id: str = ""

    def reject(self, name: str) -> None:
        """Take a value back: the last accepted one stays in force."""
        self.rejected.add(name)
        self.values[name] = None


@dataclass(slots=True)
class TableReading:
    """One table of a sheet."""

    sheet: str
    kind: str
    title: str
    unit: str | None
    columns: list[ColumnReading]
    rows: list[RowReading]


@dataclass(frozen=True, slots=True)
class TargetReading:
    """One target of the year for one body, in the unit that the sheet states (个, 亿元)."""

    indicator: str
    body: str
    value: Decimal
    unit: str
    sheet: str
    cell: str
    text: str


@dataclass(slots=True)
class NodeReading:
    """One node of one project in the year's plan: the date planned, or done already."""

    project_id: str
    project_name: str
    district: str
    node: str
    planned_date: date | None
    planned_text: str
    planned_precision: str | None
    is_done: bool
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PermitReading:
    """What a ledger says of one approval step of one project, or of its land.

    ``step`` is a code of ``domain.permit_steps``, ``state`` one of its states; the dates are None where the ledger gives
    none; ``office`` is who grants it, ``number`` the document's number; ``text`` the cell as typed.
    """

    project_id: str
    project_name: str
    district: str
    step: str
    state: str
    applied_date: date | None
    due_date: date | None
    granted_date: date | None
    office: str
    number: str
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class LandReading:
    """Land of one project in 亩: wanted for the year, applied for, granted; None for an empty cell."""

    project_id: str
    project_name: str
    district: str
    wanted_mu: Decimal | None
    applied_mu: Decimal | None
    granted_mu: Decimal | None
    sheet: str
    cell: str  # of the wanted area, else of the first given


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about a wording, remembered for this sender, and of a heading for this form.

    ``kind`` is ``same_project`` (subject: a normalised name; answer: the project's id), ``other_project`` (subject: a
    normalised name; answer: the id of the project that it is not), ``heading`` (subject: a heading's key; answer: a
    field's name; ``form``: that of its table) or ``word`` (subject: field and word; answer: the code that it means).
    """

    kind: str
    body: str
    subject: str
    answer: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell mended on the screen: what was typed in it, and what counts instead; None for an empty cell."""

    sheet: str
    cell: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class NameSuggestion:
    """A name that may be another spelling of a known project; a person decides."""

    sheet: str
    cell: str
    name: str
    known_name: str
    known_project_id: str
    new_project_id: str
    score: float

    def decide(self, body: str, *, is_same: bool) -> Decision:
        """A person's answer to: is this name that known project?"""
        kind = "same_project" if is_same else "other_project"
        return Decision(kind, body, normalise_name(self.name), self.known_project_id)


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """A word that no vocabulary knows, in a field whose values are words; a person may say which of the codes it means."""

    field: str
    word: str
    key: str
    cells: tuple[str, ...]  # sheet!cell of the first places
    count: int
    candidates: tuple[str, ...]

    def decide(self, body: str, code: str) -> Decision:
        """A person's answer to: what does this word mean?"""
        return Decision("word", body, subject_of_word(self.field, self.key), code)


def subject_of_word(field_name: str, key: str) -> str:
    """Under which a decision about a word of a field is remembered."""
    return f"{field_name}:{key}"


@dataclass(frozen=True, slots=True)
class TaskReading:
    """What a return says of a task (落实情况): the task's words, the answer, and the answer's cell."""

    text: str
    said: str
    sheet: str
    cell: str


@dataclass(slots=True)
class Submission:
    """One workbook as read. ``kind`` is the return; ``body`` and ``period`` are None when they cannot be told."""

    file_name: str
    sha256: str
    kind: str = MONTHLY_RETURN
    body: str | None = None
    period: Period | None = None
    tables: list[TableReading] = field(default_factory=list)
    targets: list[TargetReading] = field(default_factory=list)
    nodes: list[NodeReading] = field(default_factory=list)
    permits: list[PermitReading] = field(default_factory=list)
    land: list[LandReading] = field(default_factory=list)
    task_readings: list[TaskReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    suggestions: list[NameSuggestion] = field(default_factory=list)
    words: list[WordQuestion] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()

    @property
    def blocking(self) -> list[Finding]:
        """Findings that keep the whole file out."""
        return [finding for finding in self.findings if finding.kind.blocks]

    @property
    def to_explain(self) -> list[Finding]:
        """Findings that ask for a reason before the file can be accepted."""
        return [finding for finding in self.findings if finding.level == EXPLAIN]

    @property
    def is_acceptable(self) -> bool:
        return not self.blocking

    @property
    def rows(self) -> list[tuple[TableReading, RowReading]]:
        return [(table, row) for table in self.tables for row in table.rows]

    def count(self, kind: str) -> int:
        """Number of rows in the tables of a kind."""
        return sum(len(table.rows) for table in self.tables if table.kind == kind)


@dataclass(slots=True)
class KnownProject:
    """A project on record: its values as last accepted before the period that is being read, empty when it is newer."""

    project_id: str
    body: str
    name: str
    kind: str
    last_period: str
    values: dict[str, Any]


@dataclass(slots=True)
class Known:
    """What is on record before a return is read: projects, and what people decided about wordings."""

    projects: dict[str, KnownProject] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    _by_name: dict[tuple[str, str], str] = field(default_factory=dict, init=False)
    _decided: dict[tuple[str, str, str], str] = field(default_factory=dict, init=False)
    _headings: dict[tuple[str, str, str], str] = field(default_factory=dict, init=False)
    _by_code: dict[tuple[str, str], str] = field(default_factory=dict, init=False)
    _indexes: dict[str, NameIndex] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for project in self.projects.values():
            self._by_name[project.body, normalise_name(project.name)] = project.project_id
            if project.values.get("project_code"):
                self._by_code[project.body, project.values["project_code"]] = project.project_id
        self._decided = {(each.kind, each.body, each.subject): each.answer for each in self.decisions}
        self._headings = {
            (each.body, each.form, each.subject): each.answer for each in self.decisions if each.kind == "heading"
        }

    def with_decisions(self, decisions: list[Decision]) -> Known:
        """The same record with further decisions, to read a return again."""
        return Known(self.projects, [*self.decisions, *decisions])

    def find(self, body: str, name: str, code: str | None = None) -> str | None:
        """The project on record under this code, this name exactly, or this name as a confirmed spelling."""
        key = normalise_name(name)
        by_code = self._by_code.get((body, code)) if code else None
        return by_code or self._by_name.get((body, key)) or self._decided.get(("same_project", body, key))

    def is_other(self, body: str, name: str, project_id: str) -> bool:
        """True when a person said that this name is not that project."""
        return self._decided.get(("other_project", body, normalise_name(name))) == project_id

    def field_of_heading(self, body: str, form: str, heading_key: str) -> str | None:
        """The field that a person confirmed for the heading in this form of the sender's."""
        return self._headings.get((body, form, heading_key))

    def field_in_other_form(self, body: str, heading_key: str) -> str | None:
        """The field last confirmed for the heading in any form of the sender's: to suggest, not to take."""
        return self._decided.get(("heading", body, heading_key))

    def code_of_word(self, body: str, field_name: str, key: str) -> str | None:
        """The code that a person confirmed for this sender's word in a field."""
        return self._decided.get(("word", body, subject_of_word(field_name, key)))

    def name_index(self, body: str) -> NameIndex:
        """The body's known names, to ask for near ones."""
        if body not in self._indexes:
            self._indexes[body] = NameIndex(p.name for p in self.projects.values() if p.body == body)
        return self._indexes[body]

    def of_body(self, body: str) -> list[KnownProject]:
        return [project for project in self.projects.values() if project.body == body]
