"""Returns made by hand: pages from lists of lists, written as real workbooks or handed over as read."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from domain.findings import Finding
from domain.identity import project_id_of
from domain.submissions import PROJECTS, Decision, Known, KnownProject, Submission
from loaders.reading import interpret
from loaders.tables import Block, find_blocks
from loaders.workbook import Cell, Sheet, Workbook

ERROR_TEXT = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?)")
TITLE = "滨海片区2024年8月重大项目推进情况表"
FIRST_ROW = 4  # of the projects in a list made by ``monthly``


@dataclass
class Page:
    """One sheet: its cells row by row. ``=…`` is a formula without a saved result, ``#N/A`` an error."""

    rows: list[list[Any]]
    name: str = "项目"
    merges: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    is_hidden: bool = False
    below: list[list[Any]] = field(default_factory=list)

    @property
    def all_rows(self) -> list[list[Any]]:
        return [*self.rows, *self.below]


def monthly(*projects: dict[str, Any], title: str = TITLE, unit: str = "单位：万元", name: str = "项目",
            below: list[list[Any]] | None = None, **more: Any) -> Page:  # fmt: skip
    """A list of projects under a title and a unit line; headings are the keys, in the order in which they come."""
    headings = list(dict.fromkeys(heading for project in projects for heading in project))
    rows = [[project.get(heading) for heading in headings] for project in projects]
    return Page([[title], [unit], headings, *rows], name, below=below or [], **more)


def write(*pages: Page) -> bytes:
    """The pages as the bytes of an xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row, cells in enumerate(page.all_rows, 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str) and ERROR_TEXT.fullmatch(value):
                    cell.data_type = "e"
        for area in page.merges:
            sheet.merge_cells(area)
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[column].hidden = True
        sheet.sheet_state = "hidden" if page.is_hidden else "visible"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_read(*pages: Page) -> Workbook:
    """The pages as ``read_workbook`` gives them, without the process; a test keeps the two equal."""
    return Workbook("xlsx", [_sheet(page) for page in pages])


def sheet(rows: list[list[Any]], **more: Any) -> Sheet:
    """One sheet as read."""
    return _sheet(Page(rows, **more))


def _sheet(page: Page) -> Sheet:
    width = max((len(cells) for cells in page.all_rows), default=0)
    places = {
        (row, column): value
        for row, cells in enumerate(page.all_rows)
        for column, value in enumerate(cells)
        if isinstance(value, str)
    }
    return Sheet(
        page.name,
        [[_cell(value) for value in [*cells, *[None] * (width - len(cells))]] for cells in page.all_rows],
        sorted(_area(area) for area in page.merges),
        not page.is_hidden,
        {row - 1 for row in page.hidden_rows},
        {openpyxl.utils.column_index_from_string(column) - 1 for column in page.hidden_columns},
        {place: value for place, value in places.items() if ERROR_TEXT.fullmatch(value)},
        {place for place, value in places.items() if value.startswith("=")},
    )


def _cell(value: Any) -> Cell:
    if value == "" or (isinstance(value, str) and value.startswith("=")):
        return None
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _area(area: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(area)
    return top - 1, left - 1, bottom - 1, right - 1


def blocks_of(rows: list[list[Any]], *merges: str, name: str = "项目") -> list[Block]:
    """The tables of one sheet."""
    return find_blocks(sheet(rows, merges=merges, name=name))


def read(*pages: Page, file_name: str = "报表.xlsx", known: Known | None = None) -> Submission:
    """Interpret pages against what is on record, by default nothing."""
    return interpret(as_read(*pages), file_name, "0" * 64, known or Known())


def codes(submission: Submission) -> dict[str, int]:
    """How often each finding was made."""
    return dict(Counter(each.code for each in submission.findings))


def the(code: str, submission: Submission) -> Finding:
    """The one finding of a code."""
    (found,) = (each for each in submission.findings if each.code == code)
    return found


def project(name: str, body: str = "binhai", last_period: str = "2024-07", **values: Any) -> KnownProject:
    """A project on record with its values as last accepted."""
    return KnownProject(project_id_of(body, name), body, name, PROJECTS, last_period, values)


def record(*projects: KnownProject, decisions: tuple[Decision, ...] = ()) -> Known:
    return Known({each.project_id: each for each in projects}, list(decisions))
