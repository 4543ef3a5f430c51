"""What the rows of one table are read with."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain import fields
from domain.fields import find_field
from domain.findings import Finding
from domain.submissions import LISTS, PERMITS, ColumnReading, Known, RowReading, TableReading
from loaders.blocks import Block, Column
from loaders.districts import Said, districts_of_lines
from loaders.rates import scale_of_column
from loaders.values import is_empty
from loaders.vocabulary import read_word

NAMING_FIELDS = ("project_name", "project_code", "district")


@dataclass(slots=True)
class Reader:
    """What the rows of one table are read with."""

    block: Block
    kind: str
    columns: list[ColumnReading]
    body: str
    year: int
    known: Known = field(default_factory=Known)
    findings: list[Finding] = field(default_factory=list)
    said: dict[int, int] = field(default_factory=dict)  # column -> the last row read in which it says something itself
    districts: dict[int, Said] = field(init=False)  # row -> the district said beside it
    scales: dict[int, str] = field(init=False)  # column -> how its bare shares are meant
    side_areas: list[tuple[int, int, int]] = field(init=False)  # (top, bottom, column), see Block.side_areas

    def __post_init__(self) -> None:
        self.districts = districts_of_lines(self.block) if self.kind in (*LISTS, PERMITS) else {}
        rates = [
            column.index for column, _, each in self.read_columns if each.kind == fields.RATE and column.part is None
        ]
        self.side_areas = self.block.side_areas()
        self.scales = {index: scale_of_column(self.block, index) for index in rates}

    @property
    def ticks(self) -> dict[int, str]:
        """Column index -> stage, where a column of ticks stands for each stage."""
        pairs = zip(self.block.columns, self.columns, strict=True)
        return {
            column.index: read_word("stage", column.leaf) or "" for column, reading in pairs if reading.match == "tick"
        }

    @property
    def is_tall(self) -> bool:
        """Whether the table has a row for each step of a project."""
        return any(column.field == "permit_step" for column in self.columns)

    def goes_on(self, row: int, name: str) -> bool:
        """Whether a row of a tall ledger without a name goes on with the project above, which says this field for it."""
        return self.is_tall and name in NAMING_FIELDS and is_empty(self.block.sheet.rows[row][self.block.name_column])

    @property
    def read_columns(self) -> list[tuple[Column, ColumnReading, fields.Field]]:
        """(column, reading, field) of the columns that are stored."""
        pairs = zip(self.block.columns, self.columns, strict=True)
        found = [(column, reading, find_field(reading.field or "")) for column, reading in pairs]
        return [
            (column, reading, field_) for column, reading, field_ in found if field_ and field_.kind != fields.IGNORED
        ]

    def drop_rows(self, table: TableReading, rows: list[RowReading]) -> list[str]:
        """Take rows out of a table with what was found in their cells; the cells of their names, from top to bottom."""
        numbers = {row.cell_row - 1 for row in rows}
        table.rows = [row for row in table.rows if row.cell_row - 1 not in numbers]
        address = self.block.sheet.address
        cells = {address(row, column.index) for row in numbers for column in self.block.columns}
        self.findings = [each for each in self.findings if each.cell not in cells]
        return [address(row, self.block.name_column) for row in sorted(numbers)]
