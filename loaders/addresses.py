"""How a place on a sheet is written: zero-based row and column to ``F23``."""

from __future__ import annotations


def cell_address(row: int, column: int) -> str:
    """Zero-based row and column to ``F23``."""
    return f"{column_letter(column)}{row + 1}"


def column_letter(column: int) -> str:
    """A column's letters in a sheet, counted from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
