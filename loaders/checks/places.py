"""Where a value stands: the place of a finding about a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.fields import find_field
from domain.findings import Finding, finding
from domain.submissions import RowReading, TableReading


@dataclass(frozen=True, slots=True)
class RowPlace:
    """One row of one table; makes findings at the cell of a field, or at the name where the form lacks the field."""

    table: TableReading
    row: RowReading

    def cell(self, name: str) -> str:
        if name in self.row.elsewhere:
            return self.row.elsewhere[name][0]
        letters = {column.field: column.column for column in self.table.columns if column.field}
        letter = letters.get(name) or letters.get("project_name", "A")
        return f"{letter}{self.row.cell_row}"

    def place(self, name: str) -> tuple[str, str]:
        """(sheet, cell) of a field; what another sheet says of the project stands there."""
        sheet, mark, cell = self.cell(name).rpartition("!")
        return (sheet, cell) if mark else (self.table.sheet, cell)

    def text(self, name: str) -> str:
        """The value of a field as typed."""
        if name in self.row.elsewhere:
            return self.row.elsewhere[name][1]
        for column in self.table.columns:
            if column.field == name:
                return self.row.texts[_index(column.column)] or ""
        return ""

    def finding(self, code: str, name: str, value: object = None, /, **details: object) -> Finding:
        field = find_field(name)
        if field is not None:
            details.setdefault("heading", field.heading)
        value = self.text(name) if value is None else value
        sheet, cell = self.place(name)
        return finding(code, sheet=sheet, cell=cell, field=name, value=value, project_id=self.row.project_id, **details)


def amount(value: Any) -> str:
    """Money in 万元 for a sentence: thousands commas, no idle zeros."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
