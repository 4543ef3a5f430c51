"""A sheet laid out anew so that it can be read like others: each cell that moves keeps the place where it stood."""

from __future__ import annotations

from dataclasses import replace

from loaders.workbook import Cell, Sheet

Place = tuple[int, int]


class Relaid:
    """A copy of a sheet whose cells are moved about; places are zero-based rows and columns."""

    def __init__(self, sheet: Sheet, columns_added: int = 0) -> None:
        self.old = sheet
        self.rows: list[list[Cell]] = [[*row, *[None] * columns_added] for row in sheet.rows]
        self.moved: dict[Place, Place] = {}
        self.errors = dict(sheet.errors)
        self.uncalculated = set(sheet.uncalculated)

    def move(self, source: Place, target: Place) -> None:
        """Let a cell hold what another one held on the old sheet."""
        (row, column), (old_row, old_column) = target, source
        self.rows[row][column] = self.old.rows[old_row][old_column]
        self.moved[target] = self.old.moved.get(source, source)
        self.errors.pop(target, None)
        self.uncalculated.discard(target)
        if source in self.old.errors:
            self.errors[target] = self.old.errors[source]
        if source in self.old.uncalculated:
            self.uncalculated.add(target)

    def clear(self, place: Place) -> None:
        """Empty a cell."""
        row, column = place
        self.rows[row][column] = None
        self.errors.pop(place, None)
        self.uncalculated.discard(place)

    def sheet(self, merged: list[tuple[int, int, int, int]], letters: dict[int, str]) -> Sheet:
        """The new sheet, with its merged areas and what its columns were called."""
        return replace(
            self.old,
            rows=self.rows,
            merged=merged,
            errors=self.errors,
            uncalculated=self.uncalculated,
            moved={**self.old.moved, **self.moved},
            letters={**self.old.letters, **letters},
        )
