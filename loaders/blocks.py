"""What a table on a sheet is made of: its columns with their headings, its rows, and the lines around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.findings import Finding, finding
from domain.wording import narrow_text
from loaders.values import is_empty, text_of
from loaders.workbook import Cell, Sheet

DATA, GROUP, TOTAL, NOTE, BLANK = "data", "group", "total", "note", "blank"
NAMELESS, CONTINUED = "nameless", "continued"  # figures without a name; further lines of the project above
UNIT_LENGTH = 7  # 单位：万元 and the like
NO_HEADING = "空表头"  # stands for the heading of a column that holds names and has none


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its index on the sheet and the headings above it, outermost first, as typed.

    A column that holds two facts in one cell (总投资/设备投资) stands twice, with ``part`` 0 and 1.
    """

    index: int
    path: tuple[str, ...]
    part: int | None = None

    @property
    def leaf(self) -> str:
        return self.path[-1]

    @property
    def heading(self) -> str:
        return "/".join("".join(text.split()) for text in self.path)


@dataclass(slots=True)
class TableRow:
    """One row below the headings: what it is, its first text, and for a group its depth and stated count."""

    index: int
    kind: str
    text: str = ""
    depth: int = 0
    stated_count: int | None = None


@dataclass(slots=True)
class Block:
    """One table of a sheet. Indexes are zero-based rows and columns of the sheet."""

    sheet: Sheet
    heading_top: int
    heading_bottom: int
    columns: list[Column]
    name_column: int
    serial_column: int
    is_name_suggested: bool = False  # the name's heading is empty or unknown; its cells look like names
    rows: list[TableRow] = field(default_factory=list)
    above_rows: list[int] = field(default_factory=list)  # the lines over the headings
    below: list[str] = field(default_factory=list)  # foot notes and signatures
    sheet_lines: list[str] = field(default_factory=list)  # the lines at the sheet's top, over an earlier table
    repeats: set[int] = field(default_factory=set)  # rows that say the headings again on a further page
    findings: list[Finding] = field(default_factory=list)  # what is to be said of how the table was laid out

    @property
    def above(self) -> list[str]:
        """The texts of the lines over the headings, top down."""
        return [line_text(self.sheet.rows[row]) for row in self.above_rows]

    @property
    def title(self) -> str:
        return self.above[0] if self.above_rows else ""

    @property
    def nearest_line(self) -> str:
        """The last line over the headings that is more than a unit: a table's own title under the sheet's."""
        lines = [line for line in self.above if len(narrow(line)) > UNIT_LENGTH]
        return lines[-1] if lines else ""

    def data_cells(self, column: int) -> list[Cell]:
        """What stands in one column in the rows of projects."""
        return [self.sheet.rows[row.index][column] for row in self.rows if row.kind == DATA]

    def first_cell(self, row: int) -> tuple[str, str]:
        """Where the first filled cell of a row stands, and its text."""
        cells = self.sheet.rows[row]
        column = next((column for column, cell in enumerate(cells) if not is_empty(cell)), 0)
        return self.sheet.address(row, column), text_of(cells[column]) or ""

    def side_areas(self) -> list[tuple[int, int, int]]:
        """(top, bottom, column) of the areas merged down the left of the rows in columns that have no heading."""
        headed = {column.index for column in self.columns}
        return [
            (top, bottom, left)
            for top, left, bottom, right in self.sheet.merged
            if top > self.heading_bottom and right < self.name_column and left not in headed
        ]

    @property
    def cell(self) -> str:
        """The cell at which a thing is told of the whole table: its heading of the names."""
        return self.sheet.address(self.heading_top, self.name_column)

    @property
    def place(self) -> str:
        """Sheet and cell, as a sentence lists several tables."""
        return f"“{self.sheet.name}”{self.cell}"

    def finding(self, code: str, **details: object) -> Finding:
        """A finding about the whole table."""
        return finding(code, sheet=self.sheet.name, cell=self.cell, value=self.title or self.sheet.name, **details)


def narrow(cell: Cell) -> str:
    """A cell's text without any spaces and in one width, for comparison."""
    return narrow_text(text_of(cell) or "")


def line_text(cells: list[Cell]) -> str:
    """The texts of a row as one line."""
    return "    ".join(text_of(cell) or "" for cell in cells if not is_empty(cell))
